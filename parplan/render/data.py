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

# Full-width and small forms too: East Asian settings of spreadsheets take them for the sign.
_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def to_json(payload: object) -> str:
    """Return ``payload`` as indented JSON ending in a line end."""
    return escape_json(msgspec.json.format(msgspec.json.encode(payload), indent=2).decode()) + "\n"


def to_csv(records: Sequence[Record], line_end: str = "\n") -> str:
    """Return ``records`` as CSV with a heading line; a list becomes one cell.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it; a
    negative number is none.  RFC 4180 wants ``line_end`` to be ``\\r\\n``, pipes do not.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
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
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
