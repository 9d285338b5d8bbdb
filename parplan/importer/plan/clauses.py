"""Cuts the running text of a plan into its numbered pieces.

Parts (I), items (1, 1.1), points (a) and dashes, by their marks.  Whatever has no mark
belongs to the piece before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from parplan.importer.grid import Paragraph
from parplan.plan.document import Clause
from parplan.text import one_line

_PART = re.compile(r"(?:Phần\s+)?([IVXL]{1,7})\s*[.)/:–-]\s*(\S.*)", re.DOTALL)
_ITEM = re.compile(
    r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,3})\s*[.)/:]?\s+(\S.*)|([0-9]{1,2})[.)]\s*(\S.*)", re.DOTALL
)
_POINT = re.compile(r"([a-zđ])\s*[.)]\s*(\S.*)", re.DOTALL)
_DASH = re.compile(r"[-–—+•*]\s*(\S.*)", re.DOTALL)
# Letters; a numbered paragraph of more is a sentence, not a title.
_LONGEST_TITLE = 160


class _Piece(msgspec.Struct):
    """A clause that is being read; ``level`` is 1 for parts."""

    level: int
    number: str = ""
    title: str = ""
    text: list[str] = []
    points: list[str] = []
    items: list[_Piece] = []
    remark: list[str] = []

    def to_clause(self) -> Clause:
        return Clause(
            number=self.number,
            title=self.title,
            text="\n".join(self.text),
            points=self.points,
            items=[item.to_clause() for item in self.items],
            remark="\n".join(self.remark),
        )


def begins_part(text: str) -> bool:
    """Tell whether ``text`` begins a numbered piece of the text."""
    return any(mark.fullmatch(text) for mark in (_PART, _ITEM))


def read_clauses(paragraphs: Sequence[Paragraph]) -> list[Clause]:
    """Return the pieces that ``paragraphs`` make up, in order."""
    top = _Piece(0)
    chain = [top]
    for paragraph in paragraphs:
        line = one_line(paragraph.text)
        if not line:
            continue
        mark = _split_mark(line)
        if mark is None:
            _add_unmarked(chain, line)
            continue
        level, number, rest = mark
        if level == 0:
            chain[-1].points.append(rest)
            continue
        while chain[-1].level >= level:
            chain.pop()
        piece = _Piece(level, number)
        if _is_title(paragraph, rest):
            piece.title = rest
        else:
            piece.text.append(rest)
        chain[-1].items.append(piece)
        chain.append(piece)
    loose = [Clause(text="\n".join(top.text), points=top.points)] if top.text or top.points else []
    return loose + [piece.to_clause() for piece in top.items]


def _split_mark(line: str) -> tuple[int, str, str] | None:
    """Return level, number and text of a marked paragraph; level 0 is a dash."""
    if match := _PART.fullmatch(line):
        return 1, match[1], match[2]
    if match := _ITEM.fullmatch(line):
        number = match[1] or match[3]
        return 2 + number.count("."), number, match[2] or match[4]
    if match := _POINT.fullmatch(line):
        return 6, match[1], match[2]
    if match := _DASH.fullmatch(line):
        return 0, "", match[1]
    return None


def _add_unmarked(chain: list[_Piece], line: str) -> None:
    """Put a paragraph without a mark where it belongs: under a heading, or after it all."""
    last = chain[-1]
    if not last.points and not last.items:
        last.text.append(line)
    elif line.startswith("(") and len(chain) > 1:
        chain[1].remark.append(line)  # about the whole part
    else:
        last.remark.append(line)


def _is_title(paragraph: Paragraph, rest: str) -> bool:
    short = len(rest) <= _LONGEST_TITLE
    return short and (paragraph.bold or (not rest.endswith((".", ";", ":")) and len(rest) < 90))
