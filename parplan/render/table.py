"""How do rows fit a screen of so many columns?

One layout for every screen: columns as wide as they need, one column that takes
what is left and wraps, and where too little is left, each row stacked over two
or more lines.  Widths are display widths, so that Vietnamese and wide letters
line up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from parplan.text import one_line, pad, visible, width, wrap

Style: TypeAlias = Literal["", "bad", "warn", "good", "dim", "head"]

GAP = 2
"""Blank columns between two columns of a table."""

_LEAST_FLEXIBLE = 16
_INDENT = 2


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: Style = ""


Line: TypeAlias = list[Span]


class Column(NamedTuple):
    """A column of a table; exactly one is ``flexible`` and takes what is left.

    ``most`` is the widest it gets before its cells wrap, 0 meaning as wide as it needs.
    """

    title: str
    flexible: bool = False
    right: bool = False
    most: int = 0


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[Span]], screen: int) -> list[Line]:
    """Return the lines of a table that is at most ``screen`` columns wide."""
    clean = [[Span(visible(one_line(cell.text)), cell.style) for cell in row] for row in rows]
    widths = [_natural(column, [row[i].text for row in clean]) for i, column in enumerate(columns)]
    flexible = next(i for i, column in enumerate(columns) if column.flexible)
    others = sum(widths) - widths[flexible] + GAP * (len(columns) - 1)
    if screen - others < min(_LEAST_FLEXIBLE, widths[flexible]):
        return [line for row in clean for line in _stacked(row, flexible, screen)]
    widths[flexible] = min(widths[flexible], screen - others)
    heads = [Span(column.title, "head") for column in columns]
    return [line for row in [heads, *clean] for line in _side_by_side(columns, row, widths)]


def _natural(column: Column, texts: list[str]) -> int:
    most = max(map(width, [column.title, *texts]))
    return min(most, column.most) if column.most else most


def _side_by_side(
    columns: Sequence[Column], row: Sequence[Span], widths: Sequence[int]
) -> list[Line]:
    wrapped = [wrap(cell.text, columns_) for cell, columns_ in zip(row, widths, strict=True)]
    lines: list[Line] = []
    for level in range(max(map(len, wrapped))):
        line: Line = []
        for column, cell, pieces, room in zip(columns, row, wrapped, widths, strict=True):
            piece = pieces[level] if level < len(pieces) else ""
            line += [Span(pad(piece, room, right=column.right), cell.style), Span(" " * GAP)]
        lines.append(_trimmed(line))
    return lines


def _stacked(row: Sequence[Span], flexible: int, screen: int) -> list[Line]:
    lines: list[Line] = [[]]
    used = 0
    for i, cell in enumerate(row):
        if i == flexible or not cell.text:
            continue
        for piece in wrap(cell.text, screen):
            if used and used + GAP + width(piece) > screen:
                lines.append([])
                used = 0
            if used:
                lines[-1].append(Span(" " * GAP))
                used += GAP
            lines[-1].append(Span(piece, cell.style))
            used += width(piece)
    room = max(screen - _INDENT, 1)
    body = row[flexible]
    if not body.text:
        return lines
    return lines + [[Span(" " * _INDENT + text, body.style)] for text in wrap(body.text, room)]


def _trimmed(line: Line) -> Line:
    while line and not line[-1].text.strip():
        line.pop()
    if line:
        line[-1] = Span(line[-1].text.rstrip(), line[-1].style)
    return line


def paragraph(text: str, screen: int, style: Style = "", indent: int = 0) -> list[Line]:
    """Return ``text`` wrapped to ``screen`` columns; its own line ends are kept."""
    room = max(screen - indent, 1)
    return [
        [Span(" " * indent + piece, style)] if piece else []
        for part in visible(text).split("\n")
        for piece in wrap(part, room)
    ]
