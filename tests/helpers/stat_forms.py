"""Statistical forms of a few lines, figures for them, and those of two real drafts."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from parplan.forms.file import read_forms
from parplan.forms.model import Forms
from parplan.journal.record import Record
from tests.helpers.office import made

DATA = Path(__file__).parents[1] / "data" / "stat-forms.tsv"
"""The seven forms as printed, with the figures of quarter I of 2026 and of the year 2025."""


def the_forms(*rows: str) -> Forms:
    """Return form 1 of ``rows``, such as ``id: "1", unit: Văn bản``."""
    blocks = "".join(f"      - {{title: t, {row}}}\n" for row in rows)
    text = (
        f'schema: 1\nyear: 2025\ntitle: t\nforms:\n  - id: "1"\n    title: f\n    rows:\n{blocks}'
    )
    reading = read_forms("2025.forms.yaml", text.encode())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


def figures_of(values: dict[str, str], period: str | None = None, first: int = 1) -> list[Record]:
    """Return records of ``values`` by reference, '1/2.1@2025-Q1'; '-' is none.

    With a ``period`` the references are rows alone.  ``first`` is the number of the first record.
    """
    return [
        made(
            number,
            "figure",
            f"{ref}@{period}" if period else ref,
            value=None if value == "-" else Decimal(value),
        )
        for number, (ref, value) in enumerate(values.items(), first)
    ]


def printed_rows() -> list[dict[str, str]]:
    """Return the rows of the forms as they were printed."""
    with DATA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def drafted(column: str, period: str) -> list[Record]:
    """Return the figures that stand in ``column`` of the forms, as records of ``period``."""
    values = {
        f"{row['form'].partition(' ')[0]}/{row['no']}": row[column]
        .replace(".", "")
        .replace(",", ".")
        for row in printed_rows()
        if row[column]
    }
    return figures_of(values, period)
