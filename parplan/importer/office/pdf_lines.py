"""Puts the words of a PDF page back into lines, and lines into paragraphs.

A PDF knows where each letter stands and nothing else.  A line that ends although the next word
had room in it ends a paragraph; one that was full goes on in the next.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from parplan.importer.office.marks import raised
from parplan.importer.office.pdf_cuts import is_certain, rejoin
from parplan.problem import N_

CUT = N_("a number may be cut in two where the line ends; compare it with the file")
"""Why a deadline must be looked at whose digits stand on two lines."""

_COLUMN_GAP = 18.0
"""Points between two columns of text, such as those of a letterhead."""
_BULLET = re.compile(r"[-–+•*]\s|\(?[0-9a-zđ]{1,2}[.)]\s")


class Word(msgspec.Struct):
    """Letters without a space between them; places in points from the page's upper left.

    ``base`` is the height of the line that the letters stand on.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    first: float = 0.0
    """How wide the first letter is, where that is known."""
    order: int = 0
    """Which letter of the page's it begins with, in the order in which they were written."""

    @property
    def letter(self) -> float:
        """How wide its first letter is, or all of them are."""
        return self.first or (self.right - self.left) / len(self.text)

    @property
    def middle(self) -> float:
        """The height of the middle of its small letters."""
        return self.base - 0.25 * self.size


class Line(msgspec.Struct):
    """The words of one line, from left to right."""

    words: list[Word]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def base(self) -> float:
        """The height that most of its letters stand on."""
        return _main(self.words).base

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return _main(self.words).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """What it says, the digits of footnotes raised."""
        parts: list[str] = []
        main = _main(self.words)
        for before, word in zip([None, *self.words], self.words, strict=False):
            is_apart = before is not None and word.left - before.right > 0.12 * main.size
            is_raised = word.size <= 0.8 * main.size and word.base < main.base - 0.1 * main.size
            parts.append(" " * is_apart + (raised(word.text) if is_raised else word.text))
        return unicodedata.normalize("NFC", "".join(parts)).replace("\xa0", " ").strip()


class Column(msgspec.Struct, frozen=True):
    """Where lines begin and end."""

    left: float
    right: float

    def has_centred(self, line: Line) -> bool:
        """Tell whether ``line`` stands in the middle."""
        return abs(line.left + line.right - self.left - self.right) < line.size


def _main(words: Sequence[Word]) -> Word:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    most = sizes.most_common(1)[0][0]
    return next(word for word in words if word.size == most)


def to_lines(words: Iterable[Word]) -> list[Line]:
    """Return the lines that ``words`` stand in, from top to bottom."""
    lines: list[Line] = []
    # The largest first: the digit of a footnote belongs to the line that it is raised from.
    for word in sorted(words, key=lambda word: (-word.size, word.base, word.left)):
        near = [line for line in lines if _is_beside(word, line.words[0])]
        if near:
            best = min(near, key=lambda line: abs(line.words[0].base - word.base))
            best.words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.left)
    return sorted(lines, key=lambda line: line.base)


def _is_beside(word: Word, other: Word) -> bool:
    return abs(word.base - other.base) < 0.45 * other.size


def to_paragraphs(lines: Sequence[Line], column: Column) -> list[list[Line]]:
    """Return ``lines`` by the paragraphs that they make in their ``column``."""
    paragraphs: list[list[Line]] = []
    heights = [below.base - above.base for above, below in itertools.pairwise(lines)]
    usual = min(heights, default=0.0)
    for number, line in enumerate(lines):
        above = lines[number - 1]
        goes_on = (
            number > 0
            and not _has_room(above, line, column)
            and line.bold == above.bold
            and heights[number - 1] < 1.45 * usual
            and not _is_indented(line, paragraphs[-1], column)
            and not (_BULLET.match(line.text) and not _is_range(above.text, line.text))
        )
        if goes_on:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _has_room(above: Line, below: Line, column: Column) -> bool:
    """Tell whether the first word of ``below`` would have fitted in the line ``above``."""
    word = below.words[0]
    return 0.25 * above.size + word.right - word.left < _room(above, column) - 1


def _room(line: Line, column: Column) -> float:
    """Return how much longer ``line`` could be."""
    if column.has_centred(line):
        return column.right - column.left - (line.right - line.left)
    return column.right - line.right


def _is_indented(line: Line, paragraph: Sequence[Line], column: Column) -> bool:
    """Tell whether ``line`` begins further right than those above it, but for the first of them."""
    return (
        len(paragraph) > 1
        and line.left - paragraph[-1].left > line.size
        and not column.has_centred(line)
    )


def _is_range(above: str, below: str) -> bool:
    """Tell whether ``below`` goes on with a range such as "2021 – 2025"."""
    return above[-1:].isdigit() and bool(re.match(r"[-–]\s*[0-9]", below))


def joined(paragraph: Sequence[Line], column: Column) -> str:
    """Return the text of the lines of one paragraph in its ``column``."""
    text = ""
    for pieces in _words(paragraph, column):
        piece = "".join(pieces)
        is_cut = re.search(r"\S[-/]$", text) or piece.startswith("/")
        text += piece if is_cut or not text else f" {piece}"
    return text


def may_be_cut(paragraph: Sequence[Line], column: Column) -> bool:
    """Tell whether two lines may share a number, since not even a digit more had room."""
    pairs = {pair for word in _words(paragraph, column) if is_certain(word)
             for pair in itertools.pairwise(word)}  # fmt: skip
    return any(
        _is_full(above, below, column)
        and above.text[-1:].isdigit()
        and below.text[:1].isdigit()
        and (above.text, below.words[0].text) not in pairs
        for above, below in itertools.pairwise(paragraph)
    )


def _words(paragraph: Sequence[Line], column: Column) -> list[list[str]]:
    """Return the words of all lines, those in pieces that are cut where a line ends."""
    words: list[list[str]] = []
    pieces: list[str] = []
    for above, line in zip([None, *paragraph], paragraph, strict=False):
        if above is not None and not (len(above.words) == 1 and _is_full(above, line, column)):
            words += rejoin(pieces)
            pieces = []
        first, _space, rest = line.text.partition(" ")
        pieces.append(first)
        if rest:
            words += [*rejoin(pieces), [rest]]
            pieces = []
    return words + rejoin(pieces)


def _is_full(line: Line, below: Line, column: Column) -> bool:
    """Tell whether not even the first letter of ``below`` had room in ``line``."""
    return _room(line, column) < below.words[0].letter + 0.5


def split_columns(lines: Sequence[Line], page: Column) -> list[list[list[Line]]]:
    """Return ``lines`` in blocks of one column, or of two that stand beside each other.

    Beside each other stand the two halves of a letterhead, and of what stands under a document.
    A title that stands in the middle of the ``page`` ends them.
    """
    blocks: list[list[list[Line]]] = []
    edge: float | None = None
    for line in lines:
        if edge is not None and not _has_gap(line, edge):
            edge = None if line.left < edge < line.right or page.has_centred(line) else edge
        if edge is None:
            edge = _widest_gap(line)
            blocks.append([[], []] if edge is not None else [[]])
        if edge is None:
            blocks[-1][0].append(line)
            continue
        for column, side in enumerate(_halves(line, edge)):
            if side:
                blocks[-1][column].append(Line(side))
    return _merged(blocks)


def _halves(line: Line, edge: float) -> tuple[list[Word], list[Word]]:
    left = [word for word in line.words if word.right <= edge]
    return left, [word for word in line.words if word.right > edge]


def _has_gap(line: Line, edge: float) -> bool:
    """Tell whether ``line`` stands on both sides of ``edge``, a gap between."""
    left, right = _halves(line, edge)
    return bool(left and right) and right[0].left - left[-1].right > _COLUMN_GAP


def _widest_gap(line: Line) -> float | None:
    """Return the middle of the widest gap, None where no gap parts columns."""
    pairs = list(itertools.pairwise(line.words))
    if not pairs:
        return None
    before, after = max(pairs, key=lambda pair: pair[1].left - pair[0].right)
    if after.left - before.right <= _COLUMN_GAP:
        return None
    return (before.right + after.left) / 2


def _merged(blocks: Sequence[list[list[Line]]]) -> list[list[list[Line]]]:
    """Return ``blocks`` with neighbours of one column made one."""
    merged: list[list[list[Line]]] = []
    for block in blocks:
        columns = block
        if len(block) == 2 and sum(map(len, block)) == 2:  # one line with a blank to be filled
            columns = [[Line([word for (line,) in block for word in line.words])]]
        if merged and len(columns) == len(merged[-1]) == 1:
            merged[-1][0].extend(columns[0])
        else:
            merged.append(columns)
    return merged
