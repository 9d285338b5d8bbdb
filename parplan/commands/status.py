"""``parplan status``: how the year or a period stands, on one screen."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.year import summarize
from parplan.cli.options import FilterOptions, PeriodOptions, ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.params import PeriodName
from parplan.cli.periods import open_in_period
from parplan.cli.session import task_filter
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
    session, chosen = open_in_period(shared, period, period_options)
    keep = task_filter(session, filters)
    summary = summarize(session.plan, session.progress(), session.as_of, keep, chosen)
    if format == "json":
        print_json(StatusAnswer.of(summary, AHEAD, session.units()))
    else:
        show_lines(picture(summary))


CALLBACKS = {"status": status}
