"""``parplan rollup due``: what is overdue in many offices, longest first."""

from __future__ import annotations

from parplan.cli.options import Format, OfficeOptions, PartOptions, PeriodOptions, Shared
from parplan.cli.output import emit
from parplan.cli.rollups import ask
from parplan.render.answers.rollup import RollupDueAnswer
from parplan.render.terminal.rollup import overdue_table

EXAMPLES = ("parplan rollup due .", "parplan rollup due . --section IV --format csv")


def rollup_due(
    *,
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print what is overdue."""
    asked = ask(offices, period_options, filters, shared, late=True)
    answer, request = asked.rollup, asked.request
    emit(
        format,
        lambda: RollupDueAnswer.of(answer, request),
        lambda: overdue_table(answer, request),
    )
    asked.end()


CALLBACKS = {"rollup due": rollup_due}
