"""Records as JSON or CSV, for other programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from parplan.text import escape_json, visible

Record: TypeAlias = Mapping[str, Any]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_json(payload: object) -> str:
    """Return ``payload`` as indented JSON ending in a line end."""
    return escape_json(msgspec.json.format(msgspec.json.encode(payload), indent=2).decode()) + "\n"


def to_csv(records: Sequence[Record]) -> str:
    """Return ``records`` as CSV with a heading line; a list becomes one cell.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if records:
        writer.writerow(records[0])
    for record in records:
        writer.writerow([_harmless(visible(_flat(value))) for value in record.values()])
    return out.getvalue()


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_flat, value))
    if isinstance(value, str | int):
        return str(value)
    return msgspec.json.encode(value).decode()


def _harmless(cell: str) -> str:
    is_number = re.fullmatch(r"-?[0-9]+", cell)
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not is_number else cell
