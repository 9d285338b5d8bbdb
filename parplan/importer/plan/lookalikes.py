"""Tells tables and columns that only look like those of tasks: statistics, our own workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parplan.importer.columns import Heading, simplify_heading
from parplan.importer.grid import Table
from parplan.text import fold

_REF = re.compile(r"[^@\s]+@[12][0-9]{3}\S*")
_POST = re.compile(r"chuc (?:vu|danh)\b")
# What "Đơn vị" names in tables of targets and costs.
_MEASURES = frozenset(
    (
        *("%", "dong", "nghin dong", "trieu dong", "ty dong", "trd", "tr dong", "usd", "ha", "m"),
        *("m2", "m3", "km", "kg", "tan", "ta", "lit", "ho", "nguoi", "luot", "luot nguoi", "cuoc"),
        *("lop", "buoi", "cai", "chiec", "bo", "suat", "goi", "phieu", "ho so", "van ban", "vu"),
        *("vu viec", "ngay", "thang", "nam", "gio", "tiet", "tieu chi", "chi tieu", "hoi nghi"),
        *("con", "cay"),
    )
)
_FIGURE = re.compile(r"[\d.,/%\s+-]*\d[\d.,/%\s+-]*")


def without_figures(table: Table, heading: Heading) -> Heading:
    """Return ``heading`` without columns of units that hold figures, or what is counted.

    "Thực hiện" of statistics is one, and "Đơn vị" over "%" and "Triệu đồng".
    """
    rows = table.rows[heading.last + 1 :]
    for part in ("units", "supporting"):
        named = [c for c in heading.of(part) if not _holds_figures([row.text(c) for row in rows])]
        heading = heading.with_role(part, named)
    return heading


def _holds_figures(texts: Sequence[str]) -> bool:
    """Tell whether ``texts`` hold nothing but numbers, shares and sums, or units of measure."""
    written = [fold(text).strip(" .") for text in texts if text.strip()]
    return bool(written) and all(_FIGURE.fullmatch(t) or t in _MEASURES for t in written)


def lists_people(heading: Heading) -> bool:
    """Tell whether ``heading`` is that of a list of people with their posts, who make a board.

    What it calls their tasks is what they are in it; nothing of that is due.
    """
    if heading.of("deadline") or heading.of("period"):
        return False
    return any(_POST.match(simplify_heading(text)) for text in heading.texts)


def counts_tasks(table: Table, heading: Heading) -> bool:
    """Tell whether ``table`` holds statistics: where tasks should stand, most rows have numbers."""
    titles = [row.text(heading.of("title")[0]) for row in table.rows[heading.last + 1 :]]
    texts = [text for text in titles if text]
    return sum(not re.search(r"[^\W\d_]", text) for text in texts) * 2 > len(texts)


def lists_occurrences(table: Table) -> bool:
    """Tell whether ``table`` is of parplan's own workbook and lists occurrences or records."""
    return any(_REF.fullmatch(cell.text) for row in table.rows for cell in row.cells)
