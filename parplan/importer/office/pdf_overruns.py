"""Finds text of a PDF page that runs over the edges of its cell, as in a sheet with too low rows.

Letters know only where they stand: what runs over stands in the cell of another row or column,
and may end a deadline there or begin it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TypeAlias

from parplan.importer.clean import DASHES
from parplan.importer.office.pdf_lines import Word, to_lines
from parplan.problem import N_

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the upper left of the page."""

_PAGE = (0.0, 0.0, math.inf, math.inf)
OVERRUN = N_("text runs over the edge of a cell here; compare this row and those beside it")
"""Why deadlines are left open near such text."""


def overrun_boxes(
    boxes: Sequence[Box], content: Sequence[Sequence[Word]], outside: Sequence[Word]
) -> set[int]:
    """Return which of ``boxes``, each with the words that stand in it, text runs into or out of.

    ``outside`` are the words of the page that stand in none.
    """
    over = {
        number
        for number, (box, words) in enumerate(zip(boxes, content, strict=True))
        if any(_crosses(box, word) for word in words) or _overlap(words)
    }
    boxes = [*boxes, _PAGE]
    placed = ((n, word) for n, words in enumerate([*content, outside]) for word in words)
    written = sorted(placed, key=lambda place: place[1].order)
    for (first, before), (second, after) in itertools.pairwise(written):
        if first != second and _goes_on(before, after, boxes[first], boxes[second]):
            over |= {first, second}
    return over - {len(content)}


def _crosses(box: Box, word: Word) -> bool:
    """Tell whether letters of ``word`` stand on an edge of its cell."""
    left, top, right, bottom = box
    near = 0.2 * word.size
    return (
        word.base - 0.6 * word.size < top
        or word.base > bottom
        or word.left < left - near
        or word.right > right + near
    )


def _overlap(words: Sequence[Word]) -> bool:
    """Tell whether some of ``words`` stand on each other."""
    lines = to_lines(words)
    beside = (pair for line in lines for pair in itertools.pairwise(line.words))
    if any(word.left < before.right - 0.25 * word.size for before, word in beside):
        return True
    return any(
        below.base - above.base < 0.7 * below.size
        and below.left < above.right
        and above.left < below.right
        for above, below in itertools.pairwise(lines)
    )


def _goes_on(before: Word, after: Word, box: Box, other: Box) -> bool:
    """Tell whether ``after``, written right after ``before`` in another cell, goes on with it."""
    if before.size != after.size or after.text[0].isupper() or after.text[0] in DASHES:
        return False  # as a cell begins
    down = after.base - before.base
    if abs(down) < 0.2 * after.size:
        return 0 <= after.left - before.right < 0.32 * after.size
    left, right = max(box[0], other[0]), min(box[2], other[2])
    had_room = before.right + 0.25 * after.size + after.right - after.left < right - 1
    is_below = 0.9 * after.size < down < 1.45 * after.size and after.left <= before.left
    return is_below and left <= before.left and before.right <= right + 1 and not had_room
