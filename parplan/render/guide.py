"""Which sections has the user's guide, and in which of them do words stand?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from parplan.text import fold

PAGES = ("docs/huong-dan.md", "docs/tuan-dau-tien.md")
"""The files of the guide, in the order in which they are read."""

_FENCE = re.compile(r" {0,3}```")
_HEADING = re.compile(r"(#{1,3}) +(.+?) *")
_SIGNS = re.compile(r"[`*]+")
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)


class GuideSection(msgspec.Struct, frozen=True):
    """A piece of the guide: ``number`` is '5', or '5.1' within it; ``body`` is Markdown.

    The sections within it are pieces of their own.
    """

    number: str
    title: str
    body: str

    @property
    def level(self) -> int:
        """1, or 2 for a section within another one."""
        return 1 + self.number.count(".")


def read_sections(*pages: str) -> list[GuideSection]:
    """Return the sections of the Markdown ``pages``, in their order.

    What stands above the first section is left out; each further page is a section, and its
    sections are within it.
    """
    pieces = [
        piece for number, page in enumerate(pages) for piece in _pieces(page, deeper=number > 0)
    ]
    numbers = _numbers(level for level, _title, _body in pieces)
    return [
        GuideSection(number, title, "\n".join(lines))
        for number, (_level, title, lines) in zip(numbers, pieces, strict=True)
    ]


def _pieces(page: str, *, deeper: bool) -> list[tuple[int, str, list[str]]]:
    """Return each section of ``page`` as its level, 1 or 2, its title and its lines."""
    pieces: list[tuple[int, str, list[str]]] = []
    in_fence = False
    for line in _COMMENT.sub("", page).splitlines():
        in_fence ^= bool(_FENCE.match(line))
        heading = None if in_fence else _HEADING.fullmatch(line)
        if heading:
            level = min(len(heading[1]) - (not deeper), 2)
            pieces.append((level, heading[2], []))
        elif pieces:
            pieces[-1][2].append(line)
    return [piece for piece in pieces if piece[0]]


def _numbers(levels: Iterable[int]) -> Iterator[str]:
    outer = inner = 0
    for level in levels:
        if level == 1:
            outer, inner = outer + 1, 0
            yield str(outer)
        else:
            inner += 1
            yield f"{outer}.{inner}"


def find_sections(sections: Sequence[GuideSection], words: str) -> list[GuideSection]:
    """Return the sections that ``words`` mean: by number, by title, else by what they say.

    Accents and capitals do not matter, nor the last letters of a word.
    """
    sought = fold(words)
    ways: tuple[Callable[[GuideSection], bool], ...] = (
        lambda section: sought in (section.number, fold(section.title)),
        lambda section: sought in fold(section.title),
        lambda section: sought in fold(section.body),
        lambda section: has_words(section.title, sought),
        lambda section: has_words(section.body, sought),
    )
    for is_meant in ways:
        if matches := [section for section in sections if is_meant(section)]:
            return matches
    return []


def has_words(text: str, sought: str) -> bool:
    """Tell whether words of ``text`` begin with each of the folded words ``sought``."""
    folded = " ".join(re.findall(r"\w+", fold(text)))
    return all(f" {word}" in f" {folded}" for word in sought.split())


def within(sections: Sequence[GuideSection], section: GuideSection) -> list[GuideSection]:
    """Return ``section`` and the sections within it."""
    return [other for other in sections if f"{other.number}.".startswith(f"{section.number}.")]


def line_with(section: GuideSection, words: str) -> str:
    """Return the first line of ``section`` that has the ``words``, or one of them; else nothing."""
    sought = fold(words)
    lines = [_SIGNS.sub("", line).strip(" |") for line in section.body.splitlines()]
    whole = [line for line in lines if sought in fold(line)]
    parts = [line for line in lines if any(has_words(line, word) for word in sought.split())]
    return next(iter([*whole, *parts]), "")
