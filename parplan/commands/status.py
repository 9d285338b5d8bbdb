"""``parplan status``: how the year or a period stands, on one screen."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.year import summarize
from parplan.cli.options import (
    FilterOptions,
    PeriodOptions,
    ReportFormat,
    Shared,
    chosen_period,
    named_year,
)
from parplan.cli.output import print_json, show_lines
from parplan.cli.params import PeriodName
from parplan.cli.session import open_session, task_filter
from parplan.problem import N_
from parplan.render.answers.status import StatusAnswer
from parplan.render.terminal.status import AHEAD, picture
from parplan.schedule.periods import Period

EXAMPLES = ("parplan status", "parplan status 2025-Q2", "parplan status --unit tu-phap")


def status(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(),
            metavar=N_("[PERIOD]"),
            help=N_("Period; the whole year by default."),
        ),
    ] = None,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the picture of the year."""
    session = open_session(shared, named_year(period, period_options))
    plan, as_of = session.plan, session.as_of
    chosen = chosen_period(period, period_options, plan.year, as_of)
    keep = task_filter(session, filters)
    summary = summarize(plan, session.progress(), as_of, keep, chosen)
    if format == "json":
        print_json(StatusAnswer.of(summary, AHEAD, session.units()))
    else:
        show_lines(picture(summary))


CALLBACKS = {"status": status}
