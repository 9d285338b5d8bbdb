"""How wide should the columns of a table on paper be?"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"<br>|\*\*|\\(?=[^A-Za-z0-9 ])")


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
    least = [135 * min(letters, 14) + 240 for letters in longest]
    weights = [max(min(sum(map(len, column)) / len(column), 90), 3) ** 0.7 for column in columns]
    spare, total = max(room - sum(least), 0), sum(weights)
    widths = [low + int(spare * weight / total) for low, weight in zip(least, weights, strict=True)]
    if sum(widths) > room:
        widths = [wide * room // sum(widths) for wide in widths]
    return widths
