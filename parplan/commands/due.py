"""``parplan due``: what falls due in a period, and what is overdue."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.agenda.items import Agenda, Item, agenda
from parplan.cli.options import FilterOptions, Format, PeriodOptions, Shared, chosen_period
from parplan.cli.output import Table, emit
from parplan.cli.params import PeriodName
from parplan.cli.session import Session, open_session, task_filter
from parplan.i18n import _, date, ngettext, period_name, short_date
from parplan.journal.progress import progress_by_ref
from parplan.plan.assignments import waits_for
from parplan.plan.model import Plan
from parplan.problem import N_, UserError
from parplan.render import records, words
from parplan.render.terminal.table import Column, Span
from parplan.schedule import period as periods
from parplan.schedule.period import Period

EXAMPLES = (
    "parplan due --month 6",
    "parplan due 2025-Q2 --unit tu-phap",
    "parplan due --within 14",
)


def due(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(),
            metavar=N_("[PERIOD]"),
            help=N_("Period; this month by default."),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("Also list what runs on, and what has no deadline."))
    ] = False,
    fail_on_overdue: Annotated[
        bool,
        typer.Option("--fail-on-overdue", help=N_("Exit with status 1 if anything is overdue.")),
    ] = False,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the agenda of the period."""
    session = open_session(shared, period.year if period else None)
    plan, as_of = session.plan, session.as_of
    chosen = chosen_period(period, period_options, plan.year, as_of)
    chosen = chosen or periods.month(as_of.year, as_of.month)
    answer = agenda(plan, session.progress(), chosen, as_of, task_filter(plan, filters))
    emit(
        format,
        lambda: records.agenda_record(answer, session.units()),
        lambda: _table(plan, answer, everything, _left_before(session, filters)),
    )
    if fail_on_overdue and _overdue(answer):
        raise click.exceptions.Exit(1)


def _overdue(answer: Agenda) -> int:
    return sum(item.timing == "overdue" for item in answer.items)


def _left_before(session: Session, filters: FilterOptions) -> list[str]:
    """Say what of last year's plan is overdue still; a new plan in January would hide it."""
    year, workspace = session.plan.year - 1, session.workspace
    narrowed = filters.unit or filters.section
    if narrowed or session.as_of.year <= year or year not in workspace.years():
        return []
    try:
        old, recorded = workspace.read_plan(year).value, workspace.read_journal(year).records
    except UserError:  # this year's answer does not hang on last year's files
        return []
    if old is None:
        return []
    left = agenda(old, progress_by_ref(recorded, session.as_of), periods.year(year), session.as_of)
    if not _overdue(left):
        return []
    late = ngettext("%(n)s overdue", "%(n)s overdue", _overdue(left))
    values = {"year": year, "late": late, "command": f"parplan due --year {year}"}
    return [_("In the plan of %(year)s: %(late)s (%(command)s shows them)") % values]


def _table(plan: Plan, answer: Agenda, everything: bool, before: list[str]) -> Table:
    columns = (
        Column(_("Ref")),
        Column(_("Due")),
        Column(_("Standing"), most=24),
        Column(_("Task"), flexible=True),
    )
    # Overdue first; the order within each group is the agenda's.
    ordered = sorted(answer.items, key=lambda item: item.timing != "overdue")
    rows = [_row(item) for item in ordered]
    if everything:
        rows += [_row(item) for item in answer.running]
        rows += [
            [
                Span(task.id),
                Span(""),
                Span(words.without_date(waits_for(plan, task, answer.as_of)), "dim"),
                Span(task.name),
            ]
            for task in answer.no_deadline
        ]
    notes = [] if everything else _notes(answer)
    return Table(_heading(answer), columns, rows, [*notes, *before])


def _row(item: Item) -> list[Span]:
    occurrence = item.occurrence
    title = f"{item.task.name} – {occurrence.label}" if occurrence.label else item.task.name
    if item.is_open and item.last_working_day != occurrence.due:
        day = short_date(item.last_working_day)
        title += " " + _("(last working day: %(day)s)") % {"day": day}
    return [Span(occurrence.ref), Span(date(occurrence.due)), words.standing(item), Span(title)]


def _heading(answer: Agenda) -> str:
    values = {"period": period_name(answer.period), "day": date(answer.as_of)}
    heading = _("Due in %(period)s, as of %(day)s") % values
    count = ngettext("%(n)s item", "%(n)s items", len(answer.items))
    overdue = _overdue(answer)
    late = ngettext("%(n)s overdue", "%(n)s overdue", overdue) if overdue else _("none overdue")
    return f"{heading}: {count}, {late}"


def _notes(answer: Agenda) -> list[str]:
    parts = []
    if answer.running:
        count = len(answer.running)
        parts.append(ngettext("%(n)s task due later", "%(n)s tasks due later", count))
    if answer.no_deadline:
        count = len(answer.no_deadline)
        parts.append(ngettext("%(n)s without a deadline", "%(n)s without a deadline", count))
    return (
        [_("Beside these: %(parts)s (--all shows them)") % {"parts": ", ".join(parts)}]
        if parts
        else []
    )


CALLBACKS = {"due": due}
