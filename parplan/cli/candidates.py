"""What can the shell complete: tasks, units, sections and criteria of the plan here.

Completion runs at every press of the Tab key: it stays silent, whatever is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from parplan.cli.context import typing_context, workspace_of
from parplan.i18n import date, period_name
from parplan.journal.record import SHOWN_ID
from parplan.plan.lookup import all_officers
from parplan.plan.model import Plan
from parplan.problem import UserError
from parplan.schedule import periods, typed
from parplan.schedule.periods import Length, Period
from parplan.schedule.reference import Ref, ref_text
from parplan.text import fold
from parplan.workspace.workspace import Workspace

T = TypeVar("T")

_MOST_RECORDS = 20


def tasks(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the task numbers that begin with ``incomplete``, with the tasks' short names."""
    plan = _plan(ctx)
    if plan is None:
        return []
    return [
        (task.id, task.name) for _section, task in plan.tasks() if task.id.startswith(incomplete)
    ]


def references(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return tasks, or after ``4@`` the occurrences of task 4, under their short names."""
    plan = _plan(ctx)
    about = Ref.parse(incomplete)
    if plan is None or about.period is None:
        return tasks(ctx, incomplete)
    names = []
    for _section, task in plan.tasks():
        for occurrence in plan.occurrences(task) if task.id == about.task else ():
            period = _typed_so_far(occurrence.period, plan.year, about.period)
            if period:
                ref = ref_text(task.id, period)
                names.append((ref, f"{task.name} {date(occurrence.due)}"))
    return names


def records(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of the latest records, or after ``4@`` the occurrences of task 4."""
    return references(ctx, incomplete) if "@" in incomplete else record_ids(ctx, incomplete)


def record_ids(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of the latest records that count, newest first, with what each says."""
    from parplan.journal.active import active  # few commands name records
    from parplan.render import words

    journal = _read(ctx, Workspace.read_journal)
    every = journal.records if journal else []
    counted = {record.id for record in active(every)}
    latest = [record for record in reversed(every) if record.id in counted][:_MOST_RECORDS]
    return [
        (record.id[:SHOWN_ID], f"{record.ref} {words.kind(record.kind)} {words.content(record)}")
        for record in latest
        if record.id.startswith(incomplete)
    ]


def periods_of_year(
    ctx: click.Context, incomplete: str, lengths: Sequence[Length]
) -> list[tuple[str, str]]:
    """Return the periods of ``lengths`` in the year of the plan, under their short names."""
    year = typing_context(ctx).year
    every = (period for length in lengths for period in periods.each(length, year))
    names = ((_typed_so_far(period, year, incomplete), period) for period in every)
    return [(name, period_name(period)) for name, period in names if name]


def _typed_so_far(period: Period, year: int, incomplete: str) -> str:
    """Return the name of ``period`` that ``incomplete`` begins: 6, T6 or 2025-06."""
    letter = (f"T{period.number}",) if (period.kind, period.year) == ("month", year) else ()
    names = (typed.short_name(period, year), *letter, period.name)
    return next((name for name in names if name.startswith(incomplete.upper())), "")


def units(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the units whose id or name begins with ``incomplete``."""
    plan = _plan(ctx)
    start = fold(incomplete)
    return [
        (unit.id, unit.name)
        for unit in (plan.units if plan else ())
        if any(fold(name).startswith(start) for name in unit.names())
    ]


def amendable(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the units or the tasks, whichever 'amend' is about so far."""
    kinds = {"unit": units, "task": tasks}
    candidates_of = kinds.get(ctx.params.get("what") or "")
    return candidates_of(ctx, incomplete) if candidates_of else []


def officers(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the officers of whose name a word begins with ``incomplete``."""
    plan = _plan(ctx)
    start = f" {fold(incomplete)}"
    return [
        (name, "") for name in (all_officers(plan) if plan else ()) if start in f" {fold(name)}"
    ]


def sections(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the sections whose number begins with ``incomplete``."""
    plan = _plan(ctx)
    return [
        (section.id, section.title)
        for section in (plan.sections if plan else ())
        if section.id.startswith(incomplete.upper())
    ]


def criteria(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the criteria that the index scores and whose number begins with ``incomplete``."""
    from parplan.score.index_file import read_index  # other commands need no index

    reading = _read(ctx, lambda here, year: here.read_by(read_index, here.index_path(year)))
    index = reading.value if reading else None
    return [
        (leaf.criterion.id, leaf.criterion.title)
        for leaf in (index.leaves() if index else ())
        if leaf.criterion.id.startswith(incomplete)
    ]


def figures(ctx: click.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the rows of the statistical forms whose name begins with ``incomplete``, with '@'."""
    from parplan.forms.file import read_forms  # other commands need no forms

    reading = _read(ctx, lambda here, year: here.read_by(read_forms, here.forms_path(year)))
    forms = reading.value if reading else None
    return [
        (f"{form.key(row)}@", row.title)
        for form, row in (forms.rows() if forms else ())
        if form.key(row).startswith(incomplete) and not (row.formula or form.is_heading(row))
    ]


def _read(ctx: click.Context, read: Callable[[Workspace, int], T]) -> T | None:
    """Return what ``read`` finds for the year that is typed so far, None where it finds nothing.

    The options are asked of ``ctx``, since no command has them yet.
    """
    workspace = workspace_of(ctx)
    try:
        return read(workspace, typing_context(ctx).year) if workspace else None
    except UserError:
        return None


def _plan(ctx: click.Context) -> Plan | None:
    reading = _read(ctx, Workspace.read_plan)
    return reading.value if reading else None
