"""What are the short forms on this command line read by: which plan's year, which day?"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

import click

from parplan.cli.clock import clock_day
from parplan.cli.user_settings import workspace_at
from parplan.problem import UserError
from parplan.schedule.typed_day import TypedContext
from parplan.workspace.workspace import Workspace


def workspace_of(ctx: click.Context | None) -> Workspace | None:
    """Return the workspace that ``--dir``, the working folder or the settings name, else None."""
    try:
        return workspace_at(_option(ctx, "folder", str))
    except UserError:  # said where the command itself asks
        return None


def typing_context(ctx: click.Context | None) -> TypedContext:
    """Return the year and the day that the options of ``ctx`` name, which are read first.

    Else the clock's day, and the year whose plan is meant on it.
    """
    today = _option(ctx, "as_of", dt.date) or clock_day()
    year = _option(ctx, "year", int)
    if year is None:
        folders = _option(ctx, "folders", tuple)
        workspace = workspace_of(ctx) if folders is None else _first_below(ctx, folders)
        year = workspace.year_on(today) if workspace else today.year
    return TypedContext(year, today)


def _first_below(ctx: click.Context | None, folders: tuple[str, ...]) -> Workspace | None:
    """Return a workspace in ``folders``, of a command that is about many."""
    from parplan.rollup.sources import walk  # for that command alone

    sources = walk(folders or (_option(ctx, "folder", str) or ".",))
    return next((Workspace(source.path) for source in sources if source.years), None)


_Kind = TypeVar("_Kind")


def _option(ctx: click.Context | None, name: str, kind: type[_Kind]) -> _Kind | None:
    """Return the value of an option, None where it is not given, or not read yet."""
    while ctx is not None:
        value = ctx.params.get(name)
        if isinstance(value, kind):  # Click marks what is not given by a value of its own
            return value
        ctx = ctx.parent
    return None
