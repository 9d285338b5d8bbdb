"""What did the clerk type into a draft in place of a gap that names a task?

A gap says what it asks for in its first words and of which task in its last one: "kết quả thực
hiện nhiệm vụ 15", "nguyên nhân chậm 4@2025-06", "lý do hủy 6@2025-08".  An answer is what
stands in its place on a line that is otherwise as it was generated, with the lines after it
that belong to the same paragraph.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec
from markdown_it import MarkdownIt

from parplan.render.places import MISSING, TO_FILL
from parplan.schedule.reference import Ref
from parplan.text import fold

Field: TypeAlias = Literal["text", "reason"]
"""The field of a record that a gap asks for."""

_ASKS: tuple[tuple[str, Field], ...] = (
    ("ket qua", "text"),
    ("nguyen nhan", "reason"),
    ("ly do", "reason"),
)
_NEW_BLOCK = re.compile(r"\s*$|\s*(?:[-+*#|>]|[0-9]{1,9}[.)]\s|```)")
"""How a line begins that belongs to no paragraph above it."""


class Gap(msgspec.Struct, frozen=True):
    """A place of a draft as generated that asks for the ``field`` of a record about ``ref``."""

    line: str
    field: Field
    ref: Ref

    @property
    def ends(self) -> tuple[str, str]:
        """What stands on the line before the place and behind it."""
        before, behind = TO_FILL.split(self.line)
        return before, behind


class Answer(msgspec.Struct, frozen=True):
    """What stands in place of ``gap``, on the lines from ``start`` to before ``end``, from 0."""

    gap: Gap
    text: str
    start: int
    end: int


def answers(generated: str, edited: str, tasks: Container[str]) -> list[Answer]:
    """Return what the draft ``edited``, once ``generated``, has in place of its gaps.

    In the order of the draft; ``tasks`` are the numbers of the plan's tasks.  A gap whose line
    was changed elsewhere too has no answer, nor has one of several lines alike of which some
    are gone: it is not clear what is meant.
    """
    base, lines = generated.split("\n"), edited.split("\n")
    matcher = difflib.SequenceMatcher(None, base, lines, autojunk=False)
    result: list[Answer] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace":
            gaps = list(_gaps(base[start:end], tasks))
            for ends in dict.fromkeys(gap.ends for gap in gaps):
                result += _pair([gap for gap in gaps if gap.ends == ends], lines, first, last)
    return sorted(result, key=lambda answer: answer.start)


def put_back(edited: str, taken: list[Answer]) -> str:
    """Return ``edited`` with the gaps again where the answers ``taken`` stand."""
    lines = edited.split("\n")
    for answer in sorted(taken, key=lambda answer: answer.start, reverse=True):
        lines[answer.start : answer.end] = [answer.gap.line]
    return "\n".join(lines)


def gap_of(place: str) -> tuple[Field, Ref] | None:
    """Return what the ``place`` of a draft asks for, and of what its last word names; else None.

    >>> gap_of("[cần bổ sung: nguyên nhân chậm 4@2025-06]")
    ('reason', Ref(task='4', period='2025-06'))
    >>> gap_of("[cần bổ sung: số kế hoạch]")
    """
    asked = place.removeprefix(f"[{MISSING}: ").removesuffix("]")
    field = next((field for start, field in _ASKS if fold(asked).startswith(start)), None)
    return (field, Ref.parse(asked.split()[-1])) if field else None


def _gaps(lines: Iterable[str], tasks: Container[str]) -> Iterator[Gap]:
    for line in lines:
        places = TO_FILL.findall(line)
        asked = gap_of(places[0]) if len(places) == 1 else None
        if asked is not None and asked[1].task in tasks:
            yield Gap(line, *asked)


def _pair(gaps: Sequence[Gap], lines: Sequence[str], first: int, last: int) -> Iterator[Answer]:
    """Yield the answers to ``gaps``, alike but for what they ask for, from lines ``first`` on."""
    before, behind = gaps[0].ends
    starts = [number for number in range(first, last) if lines[number].startswith(before)]
    if len(starts) != len(gaps) or not before.strip(" -"):
        return
    for gap, start in zip(gaps, starts, strict=True):
        end = start + 1
        while end < last and not _NEW_BLOCK.match(lines[end]):
            end += 1
        block = "\n".join(lines[start:end])
        typed = block[len(before) :].removesuffix(behind)
        if block.endswith(behind) and not TO_FILL.search(typed) and (text := _plain(typed)):
            yield Answer(gap, text, start, end)


def _plain(markdown: str) -> str:
    """Return the text that ``markdown`` shows; a line end inside a paragraph is a space.

    A link has its address behind it.  Empty where there is a picture, which no text can be.

    >>> _plain("Đã làm *tốt* 100\\\\%,<br>xong")
    'Đã làm tốt 100%,\\nxong'
    """
    parts: list[str] = []
    address = ""
    for token in MarkdownIt("commonmark", {"html": True}).parseInline(markdown)[0].children or []:
        if token.type == "image":
            return ""
        if token.type == "link_open":
            address = str(token.attrGet("href"))
        elif token.type == "link_close":
            parts.append(f" ({address})" if address != parts[-1] else "")
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or token.content == "<br>":
            parts.append("\n")
        else:
            parts.append(token.content)
    return "".join(parts).strip()
