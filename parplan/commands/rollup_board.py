"""``parplan rollup board``: many offices on one page, by section."""

from __future__ import annotations

from pathlib import Path

from parplan.cli.delivery import deliver
from parplan.cli.options import OfficeOptions, OutputOptions, PartOptions, PeriodOptions, Shared
from parplan.cli.rollups import ask

EXAMPLES = ("parplan rollup board .", "parplan rollup board . --period Q2 -o quy-2.html")


def board(
    *,
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the page."""
    from parplan.render.board.offices import offices_page  # Jinja2 takes its time

    asked = ask(offices, period_options, filters, shared, "section")
    page = offices_page(asked.rollup, asked.request)
    deliver(page.encode(), Path.cwd(), f"rollup-{asked.request.as_of}.html", output)
    asked.end()


CALLBACKS = {"rollup board": board}
