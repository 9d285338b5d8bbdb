"""How wide should the columns of a table on paper be?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from parplan.render.document.text_width import lines, text_width

_SIGNS = re.compile(r"<br>|\*\*|\\(?=[^A-Za-z0-9 ])")
_MARGINS = 240
_POINTS = 12
_DIGIT_TWIPS = 120
_READABLE = 10
"""So many letters must fit a line, where a column has a text that long."""
_LONGEST = 18
"""A word of more letters may be broken."""
_LIST = 4
"""So many lines make a cell a list, which gets a line each as long as they are short."""
_SHORT = 24


def column_widths(rows: list[list[str]], room: int) -> list[int]:
    """Share ``room`` twips among the columns: no word cut, the rows as low as can be.

    Texts are Markdown; a row whose cells after the second are all empty spans them.
    """
    spans = [len(row) > 2 and not any(row[2:]) for row in rows]
    columns = [
        [cell if index < 1 or not wide else "" for cell, wide in zip(cells, spans, strict=True)]
        for index, cells in enumerate(zip(*rows, strict=True))
    ]
    least = [_least(column) for column in columns]
    if sum(least) >= room:
        return [wide * room // sum(least) for wide in least]
    return _shares(room, least, [_weight(column) for column in columns])


def row_lines(cells: list[str], widths: list[int]) -> int:
    """Return about how many lines a row of Markdown ``cells`` takes in columns of ``widths``."""
    return max(
        lines("\n".join(_text_lines(cell)), (wide - _MARGINS) / _DIGIT_TWIPS)
        for cell, wide in zip(cells, widths, strict=True)
    )


def _text_lines(cell: str) -> list[str]:
    return [_SIGNS.sub("", line) for line in cell.split("<br>")]


def _least(column: list[str]) -> int:
    """Return the room below which words are cut, or lines too short to be read."""
    texts = [line for cell in column for line in _text_lines(cell)]
    words = {word[:_LONGEST] for text in texts for word in text.split()}
    readable = _DIGIT_TWIPS * min(_READABLE, max(map(len, texts)))
    widest = max([readable, *(text_width(word, _POINTS) for word in words)])
    return max(widest + _MARGINS, *map(_list_width, column))


def _list_width(cell: str) -> int:
    """Return the room that ``cell`` takes for a line each, 0 where it is no list of short lines.

    A year of "24/03/2025: đúng hạn" in two lines each makes a row that no page can hold.
    """
    texts = _text_lines(cell)
    if len(texts) < _LIST or max(map(len, texts)) > _SHORT:
        return 0
    return max(text_width(text, _POINTS) for text in texts) + _MARGINS


def _weight(column: list[str]) -> float:
    """Return what share of the room makes the rows low.

    A text of length t takes about t/w lines in a column w wide, and a row is as high as its
    highest cell.  The sum of the cubes of these lines, in which the high cells count
    most, is least where each w is as the fourth root of the sum of t cubed in its column.
    """
    lengths = [0 if _list_width(cell) else len(cell) for cell in column]
    cubes: float = max(sum(length**3 for length in lengths), 1)
    return math.sqrt(math.sqrt(cubes))


def _shares(room: int, least: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Share ``room``, which is more than the sum of ``least``, by ``weights``.

    What would be too narrow by its weight is fixed at its least, and the rest shared anew.
    """
    narrow: set[int] = set()
    while True:
        rest = room - sum(least[i] for i in narrow)
        total = sum(weight for i, weight in enumerate(weights) if i not in narrow)
        widths = [
            least[i] if i in narrow else int(rest * weight / total)
            for i, weight in enumerate(weights)
        ]
        below = {i for i, wide in enumerate(widths) if wide < least[i]}
        if not below:
            return widths
        narrow |= below
