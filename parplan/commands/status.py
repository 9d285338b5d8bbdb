"""``parplan status``: how the year or a period stands, on one screen."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parplan.agenda import year as summary
from parplan.agenda.year import Summary
from parplan.cli.options import FilterOptions, PeriodOptions, ReportFormat, Shared, chosen_period
from parplan.cli.output import show_lines
from parplan.cli.params import PeriodName
from parplan.cli.session import open_session, task_filter
from parplan.problem import N_
from parplan.render.terminal.status import AHEAD, picture
from parplan.schedule.period import Period

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
    session = open_session(shared, period.year if period else None)
    plan, as_of = session.plan, session.as_of
    chosen = chosen_period(period, period_options, plan.year, as_of)
    keep = task_filter(plan, filters)
    found = summary.build(plan, session.progress(), as_of, keep, chosen)
    if format == "json":
        _print_json(found, session.units())
    else:
        show_lines(picture(found))


def _print_json(found: Summary, units: Any) -> None:
    import sys

    from parplan.render import data, overview

    sys.stdout.write(data.to_json(overview.summary_record(found, AHEAD, units)))


CALLBACKS = {"status": status}
