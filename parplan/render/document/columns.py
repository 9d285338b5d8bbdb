"""How wide should the columns of a table on paper be?"""

from __future__ import annotations

import re

from parplan.render.document.metrics import text_width

_SIGNS = re.compile(r"<br>|\*\*|\\(?=[^A-Za-z0-9 ])")
_MARGINS = 240
_LIST = 4
"""So many lines make a cell a list, which gets a line each as long as they are short."""
_SHORT = 24


def column_widths(rows: list[list[str]], room: int) -> list[int]:
    """Share ``room`` twips among the columns: no word cut, long texts wider than short ones.

    Texts are Markdown; a row whose cells after the second are all empty spans them.
    """
    spans = [len(row) > 2 and not any(row[2:]) for row in rows]
    texts = [
        [_SIGNS.sub(" ", cell) if i < 1 or not wide else "" for i, cell in enumerate(row)]
        for row, wide in zip(rows, spans, strict=True)
    ]
    columns = list(zip(*texts, strict=True))
    longest = [
        max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns
    ]
    lists = [[_listed(cell) for cell in column] for column in zip(*rows, strict=True)]
    least = [
        max(135 * min(letters, 14) + _MARGINS, *rooms)
        for letters, rooms in zip(longest, lists, strict=True)
    ]
    weights = [
        max(min(_average(column, rooms), 90), 3) ** 0.7
        for column, rooms in zip(columns, lists, strict=True)
    ]
    spare, total = max(room - sum(least), 0), sum(weights)
    widths = [low + int(spare * weight / total) for low, weight in zip(least, weights, strict=True)]
    if sum(widths) > room:
        widths = [wide * room // sum(widths) for wide in widths]
    return widths


def _listed(cell: str) -> int:
    """Return the room that ``cell`` takes for a line each, 0 where it is no list of short lines.

    A year of "24/03/2025: đúng hạn" in two lines each makes a row that no page can hold.
    """
    lines = [_SIGNS.sub("", line) for line in cell.split("<br>")]
    if len(lines) < _LIST or max(map(len, lines)) > _SHORT:
        return 0
    return max(text_width(line, 12) for line in lines) + _MARGINS


def _average(column: tuple[str, ...], rooms: list[int]) -> float:
    """Return how long the texts of ``column`` are, but for lists, which have their room."""
    return sum(len(cell) for cell, room in zip(column, rooms, strict=True) if not room) / len(rooms)
