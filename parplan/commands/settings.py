"""``parplan settings``: show and change what holds for all commands of this user."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.cli.output import show
from parplan.cli.params import OneOf
from parplan.cli.recording import clean
from parplan.cli.streams import say
from parplan.cli.user_settings import (
    NAMES,
    VARIABLES,
    Name,
    change_setting,
    read_settings,
    settings_path,
)
from parplan.i18n import _
from parplan.problem import N_
from parplan.render.terminal.table import Span, TerminalTable, TextColumn

EXAMPLES = (
    "parplan settings",
    'parplan settings author "Nguyễn Thị Lan"',
    "parplan settings workspace .",
    'parplan settings language ""',
    'parplan settings officer "Nguyễn Thị Lan"',
)


_VIETNAMESE = dict(zip(NAMES, ("người-ghi", "ngôn-ngữ", "thư-mục", "người-phụ-trách"), strict=True))


def settings(
    name: Annotated[
        Name | None,
        typer.Argument(
            parser=OneOf(_VIETNAMESE),
            metavar="[author|language|workspace|officer]",
            help=N_("Which setting; all by default."),
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar=N_("[VALUE]"), help=N_("What it shall be; '' takes it out.")),
    ] = None,
    *,
    shared: Shared,
) -> None:
    """Print the settings, or the value of one for a script to read, or change one."""
    if name is None:
        show(_table())
        return
    if value is None:
        say(os.environ.get(VARIABLES.get(name, "")) or str(getattr(read_settings(), name)))
        return
    change_setting(name, clean(value).strip())
    now = getattr(read_settings(), name)
    text = _("%(name)s is set: %(value)s") if now else _("%(name)s is not set any more")
    say(text % {"name": name, "value": now})


_DEFAULTS = {
    "author": N_("git's user name, else the login name"),
    "language": N_("the language of the plan"),
    "officer": N_("the author"),
    "workspace": N_("looked for upwards from the working folder"),
}
"""What holds where nothing is set."""


def _table() -> TerminalTable:
    """Return what holds now for each setting, and where that comes from."""
    columns = (
        TextColumn(_("Setting")),
        TextColumn(_("Value"), flexible=True),
        TextColumn(_("From"), most=24),
    )
    path, settings = settings_path(), read_settings()
    rows = []
    for name in NAMES:
        variable, value = VARIABLES.get(name, ""), str(getattr(settings, name))
        if os.environ.get(variable):
            cells = (os.environ[variable], variable)
        else:
            cells = (value, path.name) if value else (_(_DEFAULTS[name]), "")
        rows.append([Span(name), *map(Span, cells)])
    heading = _("Settings in %(path)s") % {"path": path}
    return TerminalTable(
        heading, columns, rows, [_("An option of the command line comes before all of it.")]
    )


CALLBACKS = {"settings": settings}
