"""``parplan explain``: what a deadline's wording means, and on which days it falls due."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.session import find_workspace, open_session, today
from parplan.cli.user_settings import workspace_at
from parplan.deadlines.read import read_deadline
from parplan.plan.model import Plan
from parplan.problem import N_
from parplan.render.answers.deadline import ExplainAnswer
from parplan.render.terminal.deadline import deadline_lines
from parplan.schedule.workdays import Workdays

EXAMPLES = (
    'parplan explain "Trước ngày 25 hàng tháng"',
    'parplan explain "Lần 1: tháng 6 Lần 2 tháng 11" --year 2026 --format json',
)


def explain(
    text: Annotated[
        tuple[str, ...],
        typer.Argument(metavar=N_("PHRASE..."), help=N_("Wording of a deadline, as issued.")),
    ],
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the rules that the wording stands for; exit 1 where it is not understood."""
    phrase = " ".join(text)
    plan = _plan(shared)
    year = plan.year if plan else shared.year or today(shared).year
    before_included = plan is not None and plan.before_included
    workdays = plan.workdays if plan else Workdays()
    reading = read_deadline(phrase, year, before_included=before_included)
    if format == "json":
        print_json(ExplainAnswer.of(phrase, reading, year, workdays))
    else:
        lines = deadline_lines(phrase, reading, year, workdays, before_included=before_included)
        show_lines(lines)
    if reading.kind == "unread":
        raise click.exceptions.Exit(1)


def _plan(shared: Shared) -> Plan | None:
    """Return the plan in which the wording is read, None outside a workspace."""
    workspace = find_workspace(shared) if shared.folder else workspace_at(None)
    if workspace is None or (shared.year is not None and shared.year not in workspace.years()):
        return None
    return open_session(shared).plan


CALLBACKS = {"explain": explain}
