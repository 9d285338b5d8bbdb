"""``parplan list``: the plan's tasks, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import click
import typer

from parplan.agenda.items import Standing, standings
from parplan.cli.options import FilterOptions, Format, Shared
from parplan.cli.output import Table, emit
from parplan.cli.session import Session, open_session, task_filter
from parplan.i18n import _, date, ngettext
from parplan.journal.progress import STATES, State
from parplan.problem import N_
from parplan.render import records, words
from parplan.render.terminal.table import Column, Span
from parplan.text import fold

EXAMPLES = ("parplan list", "parplan list bao cao quy", "parplan list --section V --state done")


def run(
    text: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("[WORDS]..."), help=N_("Words of the task; accents do not matter.")
        ),
    ] = (),
    *,
    filters: FilterOptions,
    state: Annotated[
        State | None,
        typer.Option(parser=click.Choice(STATES), help=N_("Only tasks in this state.")),
    ] = None,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the tasks that hold all the words."""
    session = open_session(shared)
    keep = task_filter(session.plan, filters)
    found = [
        one
        for one in standings(session.plan, session.progress(), session.as_of, keep)
        if state in (None, one.state) and _holds(one, fold(" ".join(text)))
    ]
    emit(format, lambda: _payload(session, found), lambda: _table(session, found))


def _holds(one: Standing, words_wanted: str) -> bool:
    task = one.task
    labels = [getattr(rule, "label", "") for rule in task.schedule]
    everything = [task.id, task.title, task.short, task.requirement, task.deadline_text, *labels]
    folded = fold(" ".join([*everything, *task.units]))
    return all(word in folded for word in words_wanted.split())


def _payload(session: Session, found: Sequence[Standing]) -> dict[str, Any]:
    units = session.units()
    return {
        "as_of": session.as_of,
        "year": session.plan.year,
        "items": [records.ExportedTask.of(one, units) for one in found],
    }


def _table(session: Session, found: Sequence[Standing]) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("Next due")),
        Column(_("Standing"), most=24),
        Column(_("Task"), flexible=True),
        Column(_("Unit"), most=20),
    )
    heading = ngettext("%(n)s task", "%(n)s tasks", len(found))
    year = _("plan of %(year)s, as of %(day)s") % {
        "year": session.plan.year,
        "day": date(session.as_of),
    }
    return Table(f"{heading} ({year})", columns, [_row(one) for one in found])


def _row(one: Standing) -> list[Span]:
    due = date(one.next_item.due) if one.next_item else ""
    measured = words.measured(one.task.target, one.latest_value)
    name = f"{one.task.name} – {measured}" if measured else one.task.name
    units = ", ".join(one.task.units)
    return [Span(one.task.id), Span(due), words.standing_of_task(one), Span(name), Span(units)]


CALLBACKS = {"list": run}
