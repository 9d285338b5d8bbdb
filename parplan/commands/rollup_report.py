"""``parplan rollup report``: the draft of a report on many offices."""

from __future__ import annotations

from pathlib import Path

import msgspec

from parplan.cli.delivery import part_name
from parplan.cli.drafts import write
from parplan.cli.options import (
    DraftOptions,
    FilterOptions,
    OfficeOptions,
    PartOptions,
    PeriodOptions,
    Shared,
)
from parplan.cli.rollups import ask
from parplan.render.document.offices import offices_report
from parplan.rollup.report import build

EXAMPLES = (
    "parplan rollup report .",
    "parplan rollup report . --quarter 2",
    "parplan rollup report phuong-a phuong-b --section IV -o linh-vuc-4.docx",
)


def report(
    *,
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write a draft."""
    asked = ask(offices, period_options, filters, shared, late=True)
    content = build(asked.rollup, asked.request)
    part = part_name(FilterOptions(**msgspec.structs.asdict(filters)))
    name = f"rollup-{content.period.name.replace('..', '_')}{part}"
    write(Path.cwd(), name, options, lambda: offices_report(content))
    asked.end()


CALLBACKS = {"rollup report": report}
