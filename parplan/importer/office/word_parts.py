"""Paragraphs and tables of Word while they are being read, and the columns that a reader sees.

Word's grid has a column wherever an edge of any cell is; edges that ought to be one, but differ
by a hair after dragging or conversion, leave columns too narrow for a letter.
"""

from __future__ import annotations

import msgspec

from parplan.importer.grid import Cell, Paragraph, Row
from parplan.importer.office.guard import attribute_number
from parplan.importer.office.styles import StyleLook

_SLIVER = 57
"""Widest column that nobody sees, in twentieths of a point: 1 mm."""


class GridColumns(msgspec.Struct):
    """``before[n]`` is how many columns that are seen stand before the n-th of the grid."""

    before: list[int] = msgspec.field(default_factory=lambda: [0])

    def add(self, width: str) -> None:
        """Take in the next column of the grid; one without a width counts."""
        self.before.append(self.before[-1] + (not 0 < attribute_number(width) <= _SLIVER))

    def between(self, left: int, right: int) -> int:
        """Return how many columns are seen from ``left`` to before ``right`` of the grid."""
        return self._seen(right) - self._seen(left)

    def _seen(self, column: int) -> int:
        last = len(self.before) - 1
        return self.before[min(column, last)] + max(column - last, 0)


class OpenParagraph(msgspec.Struct):
    """A paragraph that is being read."""

    parts: list[str] = []
    look: StyleLook = StyleLook()
    list: str | None = None
    depth: int | None = None
    letters: int = 0
    bold_letters: int = 0
    page: int | None = None


class OpenTable(msgspec.Struct):
    """A table that is being read; ``above`` has the merged cells that may go on below."""

    rows: list[Row] = []
    grid: GridColumns = msgspec.field(default_factory=GridColumns)
    above: dict[int, Cell] = {}
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    span: int = 1
    before: int = 0
    reached: int = 0
    goes_on: bool = False
    begins: bool = False
    deleted: bool = False
    number: int = 0
