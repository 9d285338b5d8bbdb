"""The columns of a Word table as a reader sees them.

Word's grid has a column wherever an edge of any cell is; edges that ought to be one, but differ
by a hair after dragging or conversion, leave columns too narrow for a letter.
"""

from __future__ import annotations

import msgspec

from parplan.importer.office.guard import attribute_number

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
