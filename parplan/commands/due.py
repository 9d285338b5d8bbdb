"""``parplan due``: what falls due in a period, and what is overdue."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.agenda.items import agenda
from parplan.cli.options import FilterOptions, Format, PeriodOptions, Shared
from parplan.cli.output import emit
from parplan.cli.params import PeriodName
from parplan.cli.periods import open_in_period
from parplan.cli.session import Session, overdue_last_year, task_filter
from parplan.problem import N_
from parplan.render.answers.tasks import DueAnswer, due_rows
from parplan.render.terminal.agenda import agenda_table, overdue_before
from parplan.schedule.periods import Period, month

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
        typer.Option(
            "--fail-on-overdue",
            help=N_("Exit with status 1 if anything is overdue; print nothing if nothing is open."),
        ),
    ] = False,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the agenda of the period."""
    session, chosen = open_in_period(shared, period, period_options)
    plan, as_of = session.plan, session.as_of
    chosen = chosen or month(as_of.year, as_of.month)
    progress = session.progress()
    items = agenda(plan, progress, chosen, as_of, task_filter(session, filters))
    before = _overdue_before(session, filters)
    is_quiet = fail_on_overdue and format == "table" and not (items.is_open or before)
    if not is_quiet:
        emit(
            format,
            lambda: DueAnswer.of(items, session.units()),
            lambda: agenda_table(plan, items, before, complete=everything),
            lambda: due_rows(plan, items, progress, session.units(), complete=everything),
        )
    if fail_on_overdue and items.overdue:
        raise click.exceptions.Exit(1)


def _overdue_before(session: Session, filters: FilterOptions) -> list[str]:
    if filters != FilterOptions():
        return []
    overdue = overdue_last_year(session)
    return [overdue_before(session.plan.year - 1, overdue)] if overdue else []


CALLBACKS = {"due": due}
