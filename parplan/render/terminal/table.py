"""How do rows fit a screen of so many columns?

One layout for every screen: columns as wide as they need, one column that takes
what is left and wraps, and where too little is left, each row stacked over two
or more lines.  Widths are display widths, so that Vietnamese and wide letters
line up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from parplan.text import one_line, visible, width, wrap

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


class TextColumn(NamedTuple):
    """A column of a table; exactly one is ``flexible`` and takes what is left.

    ``most`` is the widest it gets before its cells wrap, 0 meaning as wide as it needs.
    """

    title: str
    flexible: bool = False
    right: bool = False
    most: int = 0


class TerminalTable(NamedTuple):
    """An answer for the eye: a heading, rows, and what stands below them."""

    heading: str
    columns: Sequence[TextColumn]
    rows: Sequence[Sequence[Span]]
    notes: Sequence[str] = ()


def lay_out(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[Span]], screen: int
) -> list[Line]:
    """Return the lines of a table that is at most ``screen`` columns wide."""
    texts = [_Texts(column, [row[i].text for row in rows]) for i, column in enumerate(columns)]
    widths = [column_texts.widest() for column_texts in texts]
    flexible = next(i for i, column in enumerate(columns) if column.flexible)
    others = sum(widths) - widths[flexible] + GAP * (len(columns) - 1)
    if screen - others < min(_LEAST_FLEXIBLE, widths[flexible]):
        cells = zip(*(column_texts.texts[1:] for column_texts in texts), strict=True)
        clean = [
            [Span(text, cell.style) for text, cell in zip(cell_texts, row, strict=True)]
            for cell_texts, row in zip(cells, rows, strict=True)
        ]
        return [line for row in clean for line in _stacked(row, flexible, screen)]
    widths[flexible] = min(widths[flexible], screen - others)
    heads = [Span(column.title, "head") for column in columns]
    gaps = [GAP] * (len(columns) - 1) + [0]
    pieces = [
        column_texts.pieces(room, gap)
        for column_texts, room, gap in zip(texts, widths, gaps, strict=True)
    ]
    return [
        line
        for row, cells in zip((heads, *rows), zip(*pieces, strict=True), strict=True)
        for line in _side_by_side(row, cells, widths)
    ]


def without_head(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[Span]], screen: int
) -> list[Line]:
    """Return the lines of a table whose columns have no titles."""
    return [line for line in lay_out(columns, rows, screen) if line]


class _Texts:
    """A column's title and cells, each in one line and with nothing that a terminal obeys."""

    def __init__(self, column: TextColumn, cells: Sequence[str]) -> None:
        self.column = column
        self.texts = [visible(one_line(text)) for text in (column.title, *cells)]
        self.widths = list(map(width, self.texts))

    def widest(self) -> int:
        """Return how wide the column needs to be, or may be."""
        most = max(self.widths)
        return min(most, self.column.most) if self.column.most else most

    def pieces(self, room: int, gap: int) -> list[list[str]]:
        """Return the lines of the title and of each cell, filled to ``room`` columns and a gap."""
        return [
            [self._filled(text, taken, room, gap)]
            if taken <= room
            else [self._filled(piece, width(piece), room, gap) for piece in wrap(text, room)]
            for text, taken in zip(self.texts, self.widths, strict=True)
        ]

    def _filled(self, text: str, taken: int, room: int, gap: int) -> str:
        space = " " * (room - taken)
        return (space + text if self.column.right else text + space) + " " * gap


def _side_by_side(
    row: Sequence[Span], cells: Sequence[list[str]], widths: Sequence[int]
) -> list[Line]:
    lines: list[Line] = []
    for pieces in itertools.zip_longest(*cells):
        line: Line = []
        blank = 0
        for piece, cell, room in zip(pieces, row, widths, strict=True):
            if piece is None:
                blank += room + GAP
                continue
            if blank:
                line.append(Span(" " * blank))
                blank = 0
            line.append(Span(piece, cell.style))
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
    while line:
        text, style = line[-1]
        words = text.rstrip()
        if words:
            if words != text:
                line[-1] = Span(words, style)
            break
        line.pop()
    return line


def paragraph(text: str, screen: int, style: Style = "", indent: int = 0) -> list[Line]:
    """Return ``text`` wrapped to ``screen`` columns; its own line ends are kept."""
    room = max(screen - indent, 1)
    return [
        [Span(" " * indent + piece, style)] if piece else []
        for part in visible(text).split("\n")
        for piece in wrap(part, room)
    ]


def dashed(text: str, screen: int) -> Iterator[Line]:
    """Yield ``text`` as an item of a list, its further lines indented."""
    for index, line in enumerate(paragraph(visible(text), max(screen - 2, 20))):
        yield [Span("  " if index else "- "), *line]
