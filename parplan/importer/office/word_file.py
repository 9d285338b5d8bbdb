"""Reads the paragraphs and tables of a docx file.

One pass over the document's XML, without building a tree: text, merged cells, numbers that
Word writes by itself, and pages where Word left a note of them.  Text boxes are left out and
named; so is what is deleted, struck out or hidden.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parplan.importer.budget import PARAGRAPH, ROW, Budget, too_big_error
from parplan.importer.grid import MAX_COLUMNS, Block, Cell, Paragraph, Place, Row, Source, Table
from parplan.importer.office.guard import Package, attribute_number, damaged_error, is_on
from parplan.importer.office.marks import (
    HIDDEN_TEXT,
    STRUCK,
    TABLE_IN_BOX,
    TEXT_BOX,
    TRACKED,
    raised,
)
from parplan.importer.office.numbering import LEVEL_DIGITS, read_numbering
from parplan.importer.office.old_fonts import CONVERTED, to_unicode
from parplan.importer.office.styles import font_of, read_styles
from parplan.importer.office.word_parts import OpenParagraph, OpenTable

_MAIN = "word/document.xml"

# Deleted and moved text, pictures and text boxes, and what a tracked change looked like before.
_SKIPPED = frozenset(
    {
        *("Fallback", "drawing", "pict", "object", "del", "moveFrom", "pPrChange", "rPrChange"),
        *("tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange"),
        "numberingChange",
    }
)
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo"))
# Ticks of the font Wingdings.
_TICKS = frozenset(("F0FC", "F0FE"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, budget: Budget) -> Source:
    """Return what the docx file holds; raises UserError when it cannot be read safely."""
    package = Package(data, budget)
    reader = _DocumentParser(package)
    package.walk(_MAIN, reader.start, reader.end, reader.text)
    if not reader.pages_known:
        _forget_pages(reader.blocks)
        reader.gaps = [
            (reason, msgspec.structs.replace(place, page=None)) for reason, place in reader.gaps
        ]
    return Source(reader.blocks, list(dict.fromkeys(reader.gaps)))


def _forget_pages(blocks: list[Block]) -> None:
    """Take back the page of everything: the program that wrote the file noted none."""
    for block in blocks:
        if isinstance(block, Paragraph):
            block.page = None
        else:
            for row in block.rows:
                row.place = msgspec.structs.replace(row.place, page=None)


class _DocumentParser:
    def __init__(self, package: Package) -> None:
        self.budget = package.budget
        self.numbering = read_numbering(package)
        self.styles = read_styles(package)
        self.blocks: list[Block] = []
        self.open: list[OpenTable] = []
        self.paragraph: OpenParagraph | None = None
        self.skipping = 0
        self.bold: bool | None = None
        self.font = ""
        self.in_run = self.in_text = False
        self.struck = self.hidden = self.raised = self.tracked = False
        self.gaps: list[tuple[str, Place]] = []
        self.noted: set[tuple[str, int]] = set()
        self.page, self.pages_known = 1, False
        self.tables = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _TRACKED and self.open and not self.tracked:
            self.tracked = True  # said once
            self._note(TRACKED)
        if name == "txbxContent" and self.open:
            self._note(TEXT_BOX)
        if name == "tbl" and self.skipping:
            self.gaps.append((TABLE_IN_BOX, Place(table=self.tables, page=self.page)))
        if self.skipping or name in _SKIPPED:
            self._skip(name)
            return
        value = attributes.get("val", "")
        if name == "p":
            self.budget.spend(cells=PARAGRAPH)
            self.paragraph = OpenParagraph(look=self.styles.look(""))
        elif name in ("tbl", "tr", "tc"):
            self._begin(name)
        elif self.in_run or name == "r":
            self._run(name, attributes)
        elif self.paragraph is not None:
            self._paragraph(name, value)
        elif self.open:
            self._cell(name, attributes)

    def _skip(self, name: str) -> None:
        if name == "del" and not self.skipping and self.open and self.paragraph is None:
            self.open[-1].deleted = True  # the whole row
        self.skipping += 1

    def _begin(self, name: str) -> None:
        if name == "tbl":
            # A table inside a cell is not counted: places name those that a reader sees as tables.
            self.tables += not self.open
            self.budget.spend(cells=ROW)
            self.open.append(OpenTable())
            return
        if not self.open:
            raise damaged_error(self.budget.path)
        table = self.open[-1]
        if name == "tr":
            self.budget.spend(cells=ROW)
            table.cells, table.before, table.reached = [], 0, 0
            table.deleted = False
            table.number += 1
        else:
            table.paragraphs, table.span = [], 1
            table.goes_on = table.begins = False

    def _run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "r":
            self.in_run, self.bold, self.font = True, None, ""
            self.struck = self.hidden = self.raised = False
        elif name == "b":
            self.bold = is_on(attributes)
        elif name in ("strike", "dstrike"):
            self.struck = self.struck or is_on(attributes)
        elif name == "rFonts":
            self.font = font_of(attributes) or self.font
        elif name == "vanish":
            self.hidden = is_on(attributes)
        elif name == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
        # What the run says by itself counts before its style.
        elif name == "rStyle" and self.bold is None:
            look = self.styles.look(attributes.get("val", ""))
            self.bold, self.font = look.bold or None, self.font or look.font
        elif name == "t":
            self.in_text = True
        elif name == "lastRenderedPageBreak":
            self.page, self.pages_known = self.page + 1, True
        elif name == "sym" and attributes.get("char", "").upper() in _TICKS:
            self.text_of_sign("✓")
        elif name == "softHyphen" and self._show("\xad") != "\xad":  # a letter in old fonts
            self.text_of_sign("\xad")
        elif name in _BREAKS and self.paragraph is not None:
            self.paragraph.parts.append(_BREAKS[name])

    def _note(self, reason: str) -> None:
        """Note something about the row that is being read; text around the tables is no task."""
        if self.open:
            table = self.open[-1]
            self.budget.spend(cells=1)
            self.gaps.append((reason, Place(table=self.tables, row=table.number, page=self.page)))

    def _note_once(self, reason: str) -> None:
        """Note something once about a table, with the first place of it."""
        if self.open and (reason, self.tables) not in self.noted:
            self.noted.add((reason, self.tables))
            self._note(reason)

    def _paragraph(self, name: str, value: str) -> None:
        paragraph = self.paragraph
        assert paragraph is not None
        if name == "pStyle":
            paragraph.look = self.styles.look(value)
        elif name == "jc":
            paragraph.look = msgspec.structs.replace(paragraph.look, centred=value == "center")
        elif name == "numId":
            paragraph.list = value
        elif name == "ilvl":
            paragraph.depth = attribute_number(value, LEVEL_DIGITS)

    def _cell(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        table = self.open[-1]
        if name == "gridCol":
            table.grid.add(attributes.get("w", ""))
        elif name == "gridSpan":
            table.span = min(max(attribute_number(value), 1), MAX_COLUMNS)
        elif name == "gridBefore":
            table.before = min(attribute_number(value), MAX_COLUMNS)
        elif name == "vMerge":
            table.begins = value == "restart"
            table.goes_on = not table.begins

    def text_of_sign(self, sign: str) -> None:
        """Take in a sign that Word writes by its place in a font of signs."""
        self.in_text = True
        self.text(sign)
        self.in_text = False

    def _show(self, text: str) -> str:
        """Return ``text`` as the font of the run or of the paragraph's style shows it."""
        return to_unicode(text, self.font or (self.paragraph.look.font if self.paragraph else ""))

    def text(self, text: str) -> None:
        paragraph = self.paragraph
        if self.in_text and paragraph is not None and not self.skipping:
            if self.struck or self.hidden:
                if not text.isspace():
                    self._note(STRUCK if self.struck else HIDDEN_TEXT)
                return
            shown = self._show(text)
            if shown != text:
                self._note_once(CONVERTED)
            text = raised(shown) if self.raised else shown
            paragraph.parts.append(text)
            paragraph.page = paragraph.page or self.page
            letters = sum(map(str.isalnum, text))
            paragraph.letters += letters
            bold = paragraph.look.bold if self.bold is None else self.bold
            paragraph.bold_letters += letters if bold else 0

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif name == "t":
            self.in_text = False
        elif name == "r":
            self.in_run = False
        elif name == "p" and self.paragraph is not None:
            paragraph, self.paragraph = self._to_paragraph(self.paragraph), None
            (self.open[-1].paragraphs if self.open else self.blocks).append(paragraph)
        elif name in ("tc", "tr", "tbl") and self.open:
            {"tc": self._end_cell, "tr": self._end_row, "tbl": self._end_table}[name]()

    def _to_paragraph(self, paragraph: OpenParagraph) -> Paragraph:
        text = self.budget.text("".join(paragraph.parts)).replace("\xa0", " ").strip()
        number = paragraph.look.list if paragraph.list is None else paragraph.list
        if number:
            depth = paragraph.look.depth if paragraph.depth is None else paragraph.depth
            label = self.numbering.label(number, depth)
            self.budget.spend(letters=len(label))
            text = f"{label} {text}".strip()
        bold = paragraph.bold_letters > 0 and paragraph.bold_letters == paragraph.letters
        return Paragraph(text, bold, paragraph.look.centred, paragraph.page or self.page)

    def _end_cell(self) -> None:
        table = self.open[-1]
        lines = [paragraph.text for paragraph in table.paragraphs if paragraph.text]
        text = self.budget.text("\n".join(lines))
        if not table.reached:
            table.reached = table.before
            table.cells += [Cell() for _ in range(table.grid.between(0, table.before))]
        left = len(table.cells)
        span = table.grid.between(table.reached, table.reached + table.span) or bool(text)
        table.reached += table.span
        if left + span > MAX_COLUMNS:
            raise too_big_error(self.budget.path)
        cell = table.above.get(left) if table.goes_on else None
        if cell is None:
            cell = Cell(text, table.paragraphs)
        elif text:  # that Word hides
            cell = Cell(text)
        self.budget.spend(cells=span * (1 + len(cell.paragraphs)), letters=span * len(cell.text))
        for column in range(left, left + span):
            if table.begins or table.goes_on:
                table.above[column] = cell
            else:
                table.above.pop(column, None)
        table.cells += [cell] * span
        table.paragraphs = []

    def _end_row(self) -> None:
        table = self.open[-1]
        if not table.deleted:
            begin = next((p.page for c in table.cells for p in c.paragraphs if p.text), None)
            place = Place(table=self.tables, row=table.number, page=begin or self.page)
            table.rows.append(Row(place, table.cells))
        table.cells = []

    def _end_table(self) -> None:
        table = self.open.pop()
        if self.open:  # a table inside a cell is text of that cell
            lines = [" ".join(c.text for c in row.different() if c.text) for row in table.rows]
            # Spent again at each depth: merged cells multiply their text there.
            texts = [self.budget.text(line) for line in lines if line]
            self.open[-1].paragraphs += map(Paragraph, texts)
        else:
            self.blocks.append(Table(Place(table=self.tables), table.rows, self.budget))
