"""``parplan log``: what was recorded, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from parplan.cli import candidates as complete
from parplan.cli.options import FilterOptions, Format, PeriodOptions, Shared, chosen_period
from parplan.cli.output import Table, emit
from parplan.cli.params import Number
from parplan.cli.recording import SHOWN_ID
from parplan.cli.session import Session, open_session, task_filter
from parplan.i18n import _, date, ngettext
from parplan.journal.record import Record, Score, Undo, active
from parplan.plan.lookup import find_task
from parplan.problem import N_
from parplan.render import records, words
from parplan.render.terminal.table import Column, Span, Style
from parplan.schedule.period import Period
from parplan.schedule.reference import Ref
from parplan.text import fold

EXAMPLES = (
    "parplan log",
    "parplan log 4",
    "parplan log --month 6 --author An",
    "parplan log --revisions",
)


def log(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[TASK[@PERIOD]]"),
            help=N_("Only this task, or this occurrence."),
            autocompletion=complete.references,
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--number",
            "-n",
            parser=Number(1, 10**9),
            metavar=N_("N"),
            help=N_("Only so many of the newest."),
        ),
    ] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help=N_("List instead who changed the plan when."))
    ] = False,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    author: Annotated[
        str | None, typer.Option(help=N_("Only records of this author."), metavar=N_("NAME"))
    ] = None,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the records that fit all filters."""
    session = open_session(shared)
    if revisions:
        from parplan.cli.revisions import print_revisions

        print_revisions(session, format)
        return
    recorded = session.read_and_complain().records
    counted = {record.id for record in active(recorded)}
    period = chosen_period(None, period_options, session.plan.year, session.as_of)
    fits = _filter(session, filters, ref, period, fold(author or ""))
    found = [record for record in reversed(recorded) if fits(record)][:number]
    if ref is not None and not found:
        find_task(session.plan, Ref.parse(ref).task)
    emit(format, lambda: _payload(session, found, counted), lambda: _table(found, counted))


def _filter(
    session: Session, filters: FilterOptions, ref: str | None, period: Period | None, by: str
) -> Callable[[Record], bool]:
    """Return the test of all filters; a record of a task that is gone passes those of the plan."""
    keep = task_filter(session.plan, filters)
    kept = {task.id for section, task in session.plan.tasks() if keep(section, task)}
    everywhere = filters.unit is None and filters.section is None

    def fits(record: Record) -> bool:
        return (
            (ref is None or ref == record.ref or ref == _task(record))
            and (period is None or record.day in period)
            and by in fold(record.by)
            and (everywhere or _task(record) in kept)
        )

    return fits


def _task(record: Record) -> str:
    return "" if isinstance(record, Score) else record.task


def _payload(session: Session, found: list[Record], counted: set[str]) -> dict[str, Any]:
    return {
        "as_of": session.as_of,
        "year": session.plan.year,
        "items": [
            records.ExportedRecord.of(record, counts=record.id in counted) for record in found
        ],
    }


def _table(found: list[Record], counted: set[str]) -> Table:
    columns = (
        Column(_("Id")),
        Column(_("Day")),
        Column(_("Ref")),
        Column(_("What")),
        Column(_("Content"), flexible=True),
    )
    heading = ngettext("%(n)s record, newest first", "%(n)s records, newest first", len(found))
    return Table(heading, columns, [_row(record, record.id in counted) for record in found])


def _row(record: Record, counts: bool) -> list[Span]:
    retracted = not counts and not isinstance(record, Undo)
    content = words.content(record)
    if retracted:
        content = _("(retracted) %(content)s") % {"content": content}
    content = _("%(content)s (%(author)s)") % {"content": content, "author": record.by}
    style: Style = "dim" if retracted else ""
    texts = [
        record.id[:SHOWN_ID],
        date(record.day),
        record.ref,
        words.kind(record.kind),
        content,
    ]
    return [Span(text, style) for text in texts]


CALLBACKS = {"log": log}
