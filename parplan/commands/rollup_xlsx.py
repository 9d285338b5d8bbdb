"""``parplan rollup xlsx``: many offices as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from parplan.cli.delivery import deliver
from parplan.cli.options import OfficeOptions, OutputOptions, PartOptions, PeriodOptions, Shared
from parplan.cli.rollups import ask

EXAMPLES = ("parplan rollup xlsx .", "parplan rollup xlsx . --period Q2 -o quy-2.xlsx")


def xlsx(
    *,
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the workbook."""
    from parplan.render.export import xlsx_rollup  # XlsxWriter takes its time

    asked = ask(offices, period_options, filters, shared, "task", late=True)
    data = xlsx_rollup.render(asked.rollup, asked.request)
    deliver(data, Path.cwd(), f"rollup-{asked.request.as_of}.xlsx", output)
    asked.end()


CALLBACKS = {"rollup xlsx": xlsx}
