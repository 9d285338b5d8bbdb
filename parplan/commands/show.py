"""``parplan show``: one task as issued, its occurrences, unit and target."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer

from parplan.agenda.items import Item, Standing, standings
from parplan.cli import candidates as complete
from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit, show_lines
from parplan.cli.session import Session, open_session
from parplan.i18n import _, date, weekday
from parplan.problem import N_, UserError, params
from parplan.render import records, words
from parplan.render.terminal.table import Column, Span
from parplan.render.terminal.task import as_issued, history
from parplan.schedule.reference import Ref

EXAMPLES = ("parplan show 4",)


def show(
    task: Annotated[
        str,
        typer.Argument(
            metavar=N_("TASK"),
            help=N_("Number of the task, such as 4."),
            autocompletion=complete.tasks,
        ),
    ],
    *,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print one row of the appendix."""
    session = open_session(shared)
    about = Ref.parse(task)
    found = next(
        standings(
            session.plan,
            session.progress(),
            session.as_of,
            lambda _section, one: one.id == about.task,
        ),
        None,
    )
    known = {item.occurrence.ref for item in found.items} if found else set()
    if found is None or (about.period is not None and task not in known):
        text = N_("no task '%(task)s' in the plan of %(year)s; 'parplan list' shows them all")
        raise UserError(text, params(task=task, year=session.plan.year))
    if format == "table":
        show_lines(as_issued(session.plan, found))
    emit(format, lambda: _payload(session, found), lambda: _table(found))
    if format == "table":
        show_lines(history(found))


def _payload(session: Session, found: Standing) -> dict[str, Any]:
    units = session.units()
    return {
        "as_of": session.as_of,
        **msgspec.to_builtins(records.ExportedTask.of(found, units)),
        "items": [records.ItemRecord.of(item, units) for item in found.items],
        "history": [records.ExportedRecord.of(one) for one in found.records()],
    }


def _table(found: Standing) -> Table:
    if not found.items:
        return Table(_("No dated occurrences."), (), ())
    columns = (
        Column(_("Ref")),
        Column(_("Due")),
        Column(_("Last working day")),
        Column(_("Standing"), most=24),
        Column(_("Occurrence"), flexible=True),
    )
    return Table(_("Occurrences:"), columns, [_row(item) for item in found.items])


def _row(item: Item) -> list[Span]:
    occurrence = item.occurrence
    last = item.last_working_day
    return [
        Span(occurrence.ref),
        Span(date(occurrence.due)),
        Span(f"{date(last)}" if last != occurrence.due else weekday(last), "dim"),
        words.standing(item),
        Span(occurrence.label),
    ]


CALLBACKS = {"show": show}
