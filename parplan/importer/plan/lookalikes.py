"""Tells tables and columns that only look like those of tasks: statistics, our own workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from parplan.importer.columns import Heading
from parplan.importer.grid import Table

_REF = re.compile(r"[^@\s]+@[12][0-9]{3}\S*")
_FIGURE = re.compile(r"[\d.,/%\s+-]*\d[\d.,/%\s+-]*")


def without_figures(table: Table, heading: Heading) -> Heading:
    """Return ``heading`` without columns of units that hold figures: "Thực hiện" of statistics."""
    columns = dict(heading.columns)
    for part in ("units", "supporting"):
        columns[part] = tuple(
            column
            for column in heading.of(part)
            if not _holds_figures([row.text(column) for row in table.rows[heading.last + 1 :]])
        )
    return msgspec.structs.replace(heading, columns={r: at for r, at in columns.items() if at})


def _holds_figures(texts: Sequence[str]) -> bool:
    """Tell whether ``texts`` hold nothing but numbers, shares and sums."""
    written = [text for text in texts if text.strip()]
    return bool(written) and all(_FIGURE.fullmatch(text.strip()) for text in written)


def counts_tasks(table: Table, heading: Heading) -> bool:
    """Tell whether ``table`` holds statistics: where tasks should stand, most rows have numbers."""
    titles = [row.text(heading.of("title")[0]) for row in table.rows[heading.last + 1 :]]
    texts = [text for text in titles if text]
    return sum(not re.search(r"[^\W\d_]", text) for text in texts) * 2 > len(texts)


def lists_occurrences(table: Table) -> bool:
    """Tell whether ``table`` is of parplan's own workbook and lists occurrences or records."""
    return any(_REF.fullmatch(cell.text) for row in table.rows for cell in row.cells)
