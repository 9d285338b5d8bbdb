"""Prints what the pages of a PDF file hold, as JSON: ``python -m …pdf_pages FILE``.

A program of its own, so that the system can bound it; ``pdf_file`` begins it and reads what it
prints.  A file that is not whole ends it as any mistake ends a program.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from parplan.importer.budget import PARAGRAPH, ROW, Budget, too_big_error
from parplan.importer.grid import MAX_COLUMNS, Cell, Paragraph, Place
from parplan.importer.office.guard import locked_error
from parplan.importer.office.marks import STRUCK
from parplan.importer.office.pdf_file import SCANNED, PageTable, PageText, PdfContent
from parplan.importer.office.pdf_lines import (
    CUT,
    Column,
    Line,
    Word,
    joined,
    may_be_cut,
    split_columns,
    to_lines,
    to_paragraphs,
)
from parplan.importer.office.pdf_overruns import OVERRUN, Box, overrun_boxes
from parplan.problem import N_, UserError

_SCAN = N_(
    "%(path)s is a scan: pictures of pages, no text; ask for the Word or Excel file it was made "
    "from"
)
_UNKNOWN_LETTERS = N_(
    "%(path)s does not say which letters its fonts show; ask for the Word or Excel file it was "
    "made from"
)
_NEAR = 3.0
"""Points between edges that are one."""
_NUMBER = re.compile(r"\W*(trang|page)?\W*[0-9]{1,3}(\s*/\s*[0-9]{1,3})?\W*", re.IGNORECASE)
"""What a page is numbered with."""
# What a font shows whose file does not say which letters it has.
_NO_LETTER = re.compile(r"\(cid:[0-9]+\)|�|[\ue000-\uf8ff]")


def main(name: str) -> PdfContent:
    """Return what the file ``name`` holds; a fault of the library's ends the program."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    path = Path(name)
    try:
        return _read(path)
    except (UserError, MemoryError):  # the budget is spent, or what the system allows
        return PdfContent(refusal=too_big_error(path).text)
    except PdfminerException as error:
        if isinstance(error.args[0], PDFPasswordIncorrect):
            return PdfContent(refusal=locked_error(path).text)
        if isinstance(error.args[0], MemoryError):
            return PdfContent(refusal=too_big_error(path).text)
        raise


def _read(path: Path) -> PdfContent:
    import pdfplumber

    reader = _PagesReader(Budget(path))
    with pdfplumber.open(path) as document:
        for page in document.pages:
            reader.read(page)
            page.close()
    return reader.content_or_refusal()


class _PagesReader:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.content = PdfContent()
        self.tables = self.letters = self.unknown = 0

    def read(self, page: Any) -> None:
        """Take in what stands on ``page``."""
        words = _without_number(_words(page))
        letters = sum(len(word.text) for word in words)
        self.budget.spend(cells=PARAGRAPH, letters=letters)
        self.letters += letters
        self.unknown += sum(len(_NO_LETTER.findall(word.text)) for word in words)
        if not words and page.images:
            self.content.gaps.append((SCANNED, Place(page=page.page_number)))
        tables = sorted((t.cells for t in page.find_tables() if len(t.cells) > 1), key=_top)
        struck, half_struck = _struck(words, page, tables)
        area = _area(words) if words else Column(0, page.width)
        for cells in tables:
            top = _top(cells)
            above = [word for word in words if word.middle < top]
            inside = [word for word in words if any(_holds(cell, word) for cell in cells)]
            taken = {id(word) for word in (*above, *inside)}
            words = [word for word in words if id(word) not in taken]
            self._texts(page.page_number, area, [word for word in above if id(word) not in struck])
            self._table(page.page_number, cells, inside, [*above, *words], struck, half_struck)
        self._texts(page.page_number, area, [word for word in words if id(word) not in struck])

    def _texts(self, page: int, area: Column, words: Sequence[Word]) -> None:
        """Take in text that stands in no table, in the ``area`` that holds all of the page."""
        for block in split_columns(to_lines(words), area):
            if len(block) == 2:
                self.content.blocks.append(PageTable(page, list(map(_side, block)), [[0, 1]]))
                self.tables += 1
                continue
            for paragraph in to_paragraphs(block[0], area):
                first = paragraph[0]
                is_short = first.right - first.left < 0.9 * (area.right - area.left)
                is_centred = is_short and all(map(area.has_centred, paragraph))
                self._add(PageText(joined(paragraph, area), first.bold, is_centred, page))

    def _add(self, text: PageText) -> None:
        """Take in a paragraph, or the rest of the one with which the page before ends."""
        blocks = self.content.blocks
        above = blocks[-1] if blocks else None
        if (
            isinstance(above, PageText)
            and above.page != text.page
            and text.text[0].islower()
            and above.text[-1] not in ".;:"
        ):
            above.text, above.page = f"{above.text} {text.text}", text.page
        else:
            blocks.append(text)

    def _table(
        self,
        page: int,
        boxes: Sequence[Box],
        words: Sequence[Word],
        outside: Sequence[Word],
        struck: set[int],
        half_struck: set[int],
    ) -> None:
        """Take in a table: its cells by the edges that they stand between."""
        across = _edges([box[side] for box in boxes for side in (0, 2)])
        down = _edges([box[side] for box in boxes for side in (1, 3)])
        self.tables += 1
        self.budget.spend(cells=(len(down) - 1) * (ROW + len(across)))
        if len(across) > MAX_COLUMNS:
            raise too_big_error(self.budget.path)
        content = [[word for word in words if _holds(box, word)] for box in boxes]
        padding = min(6.0, max(1.0, min(map(_room, boxes, content), default=1.0)))
        over = {
            row
            for number in overrun_boxes(boxes, content, outside)
            for row in (_at(down, boxes[number][1]), _at(down, boxes[number][3]) - 1)
        }
        places = (Place(self.tables, row + 1, page) for row in sorted(over))
        self.content.gaps += [(OVERRUN, place) for place in places]
        cells: list[Cell] = []
        for box, inside in zip(boxes, content, strict=True):
            top, bottom = _at(down, box[1]), _at(down, box[3])
            lines = to_lines([word for word in inside if id(word) not in struck])
            cell = _cell(lines, Column(box[0] + padding, box[2] - padding))
            if len(inside) > sum(len(line.words) for line in lines):
                self.content.gaps.append((STRUCK, Place(self.tables, top + 1, page)))
            if any(id(word) in half_struck for word in inside):
                cell.doubt = STRUCK  # "1" struck before "2/2026" is one word, 12/2026
            if over.intersection(range(top - 1, bottom + 1)):
                cell.doubt = cell.doubt or OVERRUN
            cells.append(cell)
        self.content.blocks.append(PageTable(page, cells, _rows(boxes, across, down)))

    def content_or_refusal(self) -> PdfContent:
        """Return what was read, or why there is nothing to be read."""
        if not self.letters:
            return PdfContent(refusal=_SCAN)
        if self.unknown * 20 > self.letters:
            return PdfContent(refusal=_UNKNOWN_LETTERS)
        return self.content


def _words(page: Any) -> list[Word]:
    letters = page.dedupe_chars(tolerance=1)
    orders = {id(letter): order for order, letter in enumerate(letters.chars)}
    found = letters.extract_words(
        x_tolerance_ratio=0.15, extra_attrs=["fontname", "size"], return_chars=True
    )
    return [
        Word(
            text=word["text"],
            left=word["x0"],
            right=word["x1"],
            base=_base(word["chars"][0]),
            size=round(word["size"], 1),
            bold="bold" in word["fontname"].lower(),
            first=word["chars"][0]["width"],
            order=orders[id(word["chars"][0])],
        )
        for word in found
    ]


def _base(letter: Any) -> float:
    """Return what ``letter`` stands on: fonts do not agree how far below that its box ends."""
    return float(letter["bottom"] - (letter["matrix"][5] - letter["y0"]))


def _without_number(words: Sequence[Word]) -> list[Word]:
    """Return ``words`` without the number of the page above or below all others."""
    lines = to_lines(words)
    if lines and _NUMBER.fullmatch(lines[0].text):
        lines = lines[1:]
    if lines and _NUMBER.fullmatch(lines[-1].text):
        lines = lines[:-1]
    return [word for line in lines for word in line.words]


def _side(lines: Sequence[Line]) -> Cell:
    """Return one of two columns: a letterhead's lines are short, each says something else."""
    return Cell(
        "\n".join(line.text for line in lines), [Paragraph(line.text, line.bold) for line in lines]
    )


def _cell(lines: Sequence[Line], column: Column) -> Cell:
    paragraphs = to_paragraphs(lines, column)
    texts = [Paragraph(joined(lines, column), lines[0].bold) for lines in paragraphs]
    doubt = CUT if any(may_be_cut(paragraph, column) for paragraph in paragraphs) else ""
    return Cell("\n".join(paragraph.text for paragraph in texts), texts, doubt)


def _area(words: Sequence[Word]) -> Column:
    return Column(min(word.left for word in words), max(word.right for word in words))


def _top(boxes: Sequence[Box]) -> float:
    return min(box[1] for box in boxes)


def _room(box: Box, words: Sequence[Word]) -> float:
    """Return how far the text in ``box`` keeps from its sides."""
    return min(
        (min(word.left - box[0], box[2] - word.right) for word in words), default=box[2] - box[0]
    )


def _holds(box: Box, word: Word) -> bool:
    middle = (word.left + word.right) / 2
    return box[0] <= middle <= box[2] and box[1] <= word.middle <= box[3]


def _edges(places: Sequence[float]) -> list[float]:
    """Return ``places`` in order, those that are nearly one once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _at(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


def _rows(boxes: Sequence[Box], across: Sequence[float], down: Sequence[float]) -> list[list[int]]:
    """Return by row and column which of ``boxes`` stands there."""
    rows = [[-1] * (len(across) - 1) for _ in down[1:]]
    for number, (left, top, right, bottom) in enumerate(boxes):
        for row in rows[_at(down, top) : _at(down, bottom)]:
            for column in range(_at(across, left), _at(across, right)):
                row[column] = number
    return rows


def _struck(
    words: Sequence[Word], page: Any, tables: Sequence[Sequence[Box]]
) -> tuple[set[int], set[int]]:
    """Return which words have a line through their middle, and through a part, by identity."""
    borders = sorted({box[side] for boxes in tables for box in boxes for side in (1, 3)})
    strokes = [
        stroke
        for stroke in _strokes(page)
        if not any(abs(stroke[1] - border) < 1 for border in borders)
    ]
    struck, half_struck = set(), set()
    for word in words:
        for left, height, right in strokes:
            covered = min(right, word.right) - max(left, word.left)
            if not 0.1 * word.size < word.base - height < 0.5 * word.size or covered <= 0:
                continue
            if covered > 0.5 * (word.right - word.left):
                struck.add(id(word))
            elif covered > 0.1 * word.size:
                half_struck.add(id(word))
    return struck, half_struck - struck


def _strokes(page: Any) -> Iterator[tuple[float, float, float]]:
    """Yield the left end, height and right end of what is drawn flat."""
    for drawn in (*page.lines, *page.rects, *page.curves):
        if drawn["bottom"] - drawn["top"] < 2.5 and drawn["x1"] - drawn["x0"] > 2:
            yield drawn["x0"], (drawn["top"] + drawn["bottom"]) / 2, drawn["x1"]


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(main(sys.argv[1])))
