"""The numbers that Word writes before paragraphs that it numbers by itself.

Such a number stands nowhere in the text: it follows from the list a paragraph belongs
to and from the paragraphs before it (ISO/IEC 29500-1, 17.9).  Offices number the rows
of their tables in this way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from parplan.importer.office.guard import Package, attribute_number

# "%1.%2" writes the counts of the first and the second level.
_GAP = re.compile(r"%([1-9])")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
_MOST = 10_000
BULLET = "-"
LEVEL_DIGITS = 1
"""Digits of the number of a level: a list has nine of them, from 0."""


class ListLevel(msgspec.Struct):
    """How one level of a list counts and writes its number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


class Numbering(msgspec.Struct):
    """The lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, ListLevel]] = {}
    list_of: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    counts: dict[str, dict[int, int]] = {}
    used: set[str] = set()

    def label(self, number: str, depth: int) -> str:
        """Return the label of the next paragraph of list ``number`` at ``depth``, or nothing."""
        name = self.list_of.get(number, "")
        levels = self.lists.get(name)
        if not levels or depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        # A list that restarts does so with its first paragraph only.
        if number not in self.used:
            self.used.add(number)
            for level, start in self.restarts.get(number, {}).items():
                counts[level] = start - 1
        counts[depth] = min(counts.get(depth, levels[depth].start - 1) + 1, _MOST)
        # A new item begins the levels under it anew: 1.1, 1.2, 2, 2.1.
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        if levels[depth].form == "bullet":
            return BULLET
        if levels[depth].form == "none":
            return ""

        def counted(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            shape = levels.get(level, ListLevel())
            return format_numeral(counts.get(level, shape.start), shape.form)

        return _GAP.sub(counted, levels[depth].text)


def format_numeral(number: int, form: str) -> str:
    """Return ``number`` as the list format ``form`` writes it.

    >>> format_numeral(4, "upperRoman"), format_numeral(28, "lowerLetter")
    ('IV', 'bb')
    >>> format_numeral(7, "decimalZero")
    '07'
    """
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("upperRoman", "lowerRoman"):
        letters, rest = "", number
        for value, numeral in (*((1000, "m"), (900, "cm"), (500, "d"), (400, "cd")), *_ROMAN):
            letters, rest = letters + numeral * (rest // value), rest % value
        letters += "i" * rest
        return letters.upper() if form == "upperRoman" else letters
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    return str(number)


def read_numbering(package: Package) -> Numbering:
    """Return the lists that the document defines."""
    numbering = Numbering()
    if package.has("word/numbering.xml"):
        parser = _NumberingParser(numbering)
        package.walk("word/numbering.xml", parser.start, parser.end)
    return numbering


class _NumberingParser:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.list = self.number = ""
        self.level = ListLevel()
        self.depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self.list = attributes.get("abstractNumId", "")
            self.numbering.lists[self.list] = {}
        elif name == "num":
            self.number = attributes.get("numId", "")
        elif name == "abstractNumId" and self.number:
            self.numbering.list_of[self.number] = value
        elif name in ("lvl", "lvlOverride"):
            self.depth = attribute_number(attributes.get("ilvl", ""), LEVEL_DIGITS)
            self.level = ListLevel()
            if name == "lvl" and not self.number:
                self.numbering.lists.setdefault(self.list, {})[self.depth] = self.level
        elif name == "startOverride" and self.number:
            self.numbering.restarts.setdefault(self.number, {})[self.depth] = attribute_number(
                value
            )
        elif name == "start":
            self.level.start = attribute_number(value)
        elif name == "numFmt":
            self.level.form = value
        elif name == "lvlText":
            self.level.text = value[:40]

    def end(self, name: str) -> None:
        if name == "num":
            self.number = ""
