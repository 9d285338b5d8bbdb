"""Reads the sheets of an xlsx file.

Values as the sheet shows them: a date with the parts that its format shows, a per cent
with its sign, a formula as the value that was stored with it.  What the sheet does not show
as valid, hidden or struck out, is left out and named.  Written here because
openpyxl makes an object of every cell of a merged range that the file only claims
(2 million cells: 19 s, 600 MB) and drops merged ranges when it does not.
"""

from __future__ import annotations

import bisect
import posixpath
import re
from collections.abc import Mapping

from parplan.importer.budget import ROW, Budget
from parplan.importer.grid import (
    MAX_COLUMNS,
    TOO_WIDE,
    Cell,
    Place,
    Row,
    Source,
    Table,
    column_number,
)
from parplan.importer.office.guard import Package, attribute_number
from parplan.importer.office.marks import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    HIDDEN_SHEET,
    STRUCK,
    CellText,
    RunText,
)
from parplan.importer.office.month_first import MONTH_FIRST
from parplan.importer.office.old_fonts import CONVERTED, to_unicode
from parplan.importer.office.sheet_values import (
    DIGITS,
    CellStyle,
    display_number,
    may_be_swapped,
    read_cell_styles,
    shows_month_first,
)
from parplan.problem import N_

SWAPPED = N_("Excel keeps this as a date: make sure that day and month are not swapped")
"""What to look at where Excel may have taken 5/6 for 6 May."""

NO_VALUE = N_("the formula has no stored value; open the file in Excel and save it")
"""Why a cell with a formula is read as empty."""

_WORKBOOK = "xl/workbook.xml"
_TRUE = ("1", "true")
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Excel writes characters that XML cannot hold as "_x000D_".
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, budget: Budget, *, with_hidden: bool = False) -> Source:
    """Return what the xlsx file holds; raises UserError when it cannot be read safely.

    Rows and columns that are hidden, as by a filter, are left out unless ``with_hidden``.
    """
    package = Package(data, budget)
    book = _WorkbookParser(package)
    package.walk(_WORKBOOK, book.start)
    strings = _shared_strings(package)
    styles = read_cell_styles(package)
    source = Source([], [(HIDDEN_SHEET, Place(sheet=name)) for name in book.hidden])
    for name, part in book.sheets:
        sheet = _SheetParser(name, strings, styles, budget, book.from_1904, with_hidden)
        package.walk(part, sheet.start, sheet.end, sheet.text)
        source.blocks.append(sheet.table())
        source.gaps += sheet.gaps
    return source


class _WorkbookParser:
    """The sheets that hold cells, by name and part, in order, but the hidden ones."""

    def __init__(self, package: Package) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.from_1904 = False
        self.parts: dict[str, str] = {}
        package.walk("xl/_rels/workbook.xml.rels", self._relation)

    def _relation(self, name: str, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            self.parts[attributes.get("Id", "")] = part

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            part = self.parts.get(attributes.get("id", ""), "")
            if "/worksheets/" in f"/{part}":
                self.sheets.append((attributes.get("name", ""), part))
        elif name == "sheet" and attributes.get("state") == "hidden":  # Excel can show it again
            self.hidden.append(attributes.get("name", ""))


def _shared_strings(package: Package) -> list[CellText]:
    """Return the texts that cells share."""
    strings: list[CellText] = []
    if not package.has("xl/sharedStrings.xml"):
        return strings
    run = RunText()

    def end(name: str) -> None:
        run.end(name)
        if name == "si":
            string = run.take()
            package.budget.spend(letters=len(string.text))
            strings.append(string)

    package.walk("xl/sharedStrings.xml", run.start, end, run.text)
    return strings


class _SheetParser:
    """Collects the cells of one sheet that hold something, and its merged ranges."""

    def __init__(
        self,
        name: str,
        strings: list[CellText],
        styles: list[CellStyle],
        budget: Budget,
        from_1904: bool,
        with_hidden: bool,
    ) -> None:
        self.name, self.strings, self.styles = name, strings, styles
        self.budget, self.from_1904, self.with_hidden = budget, from_1904, with_hidden
        self.gaps: list[tuple[str, Place]] = []
        self.noted: set[tuple[str, Place]] = set()
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.row = self.column = 0
        self.kind = ""
        self.style = CellStyle()
        self.hidden_columns: set[int] = set()
        self.is_hidden_row = False
        self.run = RunText()
        self.formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self.row = attribute_number(attributes.get("r", ""), DIGITS) or self.row + 1
            self.column = 0
            self.is_hidden_row = attributes.get("hidden") in _TRUE
        elif name == "col":
            self._column(attributes)
        elif name == "c":
            ref = _REF.fullmatch(attributes.get("r", ""))
            self.column = column_number(ref[1]) if ref else self.column + 1
            self.kind = attributes.get("t", "n")
            number = attribute_number(attributes.get("s", ""), DIGITS)
            self.style = self.styles[number] if number < len(self.styles) else CellStyle()
            self.run.take()
            self.formula = False
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            self.run.start(name, attributes)

    def text(self, text: str) -> None:
        self.run.text(text)

    def end(self, name: str) -> None:
        self.run.end(name)
        if name == "c" and self.column and self.row:
            self._add_cell(self.run.take())

    def _column(self, attributes: Mapping[str, str]) -> None:
        first = attribute_number(attributes.get("min", ""))
        last = attribute_number(attributes.get("max", ""))
        if attributes.get("hidden") in _TRUE:
            self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def _add_cell(self, value: CellText) -> None:
        shown = self._displayed(value)
        text = shown.text if shown.has_fonts else to_unicode(shown.text, self.style.font)
        place = Place(sheet=self.name, row=self.row, column=self.column)
        if self.column > MAX_COLUMNS:
            if text:
                self._note_once(TOO_WIDE, place)
            return
        reason = self._reason_to_leave_out() if text else ""
        if reason:
            self._note_once(reason, place)
            return
        if shown.has_struck:
            self._note_once(STRUCK, place)
        if text != shown.text:
            self._note_once(CONVERTED, place)
        doubt = ""
        if self.kind == "n" and shows_month_first(text, self.style.form):
            day, month, year = text.split("/", 2)
            text, doubt = f"{month}/{day}/{year}", MONTH_FIRST
        if text:
            self.budget.spend(cells=1 if self.row in self.rows else 1 + ROW)
            self.rows.setdefault(self.row, {})[self.column] = Cell(text, doubt=doubt)
        if self.formula and not text:
            self._note(NO_VALUE, place)
        elif self.kind == "n" and may_be_swapped(text, self.style.form):
            self._note(SWAPPED, place)

    def _reason_to_leave_out(self) -> str:
        if self.style.struck:
            return STRUCK
        if self.with_hidden:
            return ""
        if self.is_hidden_row:
            return HIDDEN_ROW
        return HIDDEN_COLUMN if self.column in self.hidden_columns else ""

    def _note_once(self, reason: str, place: Place) -> None:
        """Note something about each row once, or each column, or of fonts the whole sheet."""
        key = place
        if reason == HIDDEN_COLUMN:
            key = place = Place(sheet=self.name, column=place.column)
        elif reason == HIDDEN_ROW:
            key = place = Place(sheet=self.name, row=place.row)
        elif reason == STRUCK:
            key = Place(sheet=self.name, row=place.row)
            if self.gaps and self.gaps[-1][0] == STRUCK and self.gaps[-1][1].row == place.row:
                self.gaps[-1] = (STRUCK, key)  # several cells: the row
        elif reason in (CONVERTED, TOO_WIDE):
            key = Place(sheet=self.name)
        if (reason, key) not in self.noted:
            self.noted.add((reason, key))
            self._note(reason, place)

    def _note(self, reason: str, place: Place) -> None:
        self.budget.spend(cells=1)
        self.gaps.append((reason, place))

    def _displayed(self, value: CellText) -> CellText:
        """Return what the cell shows."""
        text = value.text
        if self.kind == "s":
            index = attribute_number(text, DIGITS)
            value = self.strings[index] if text and index < len(self.strings) else CellText()
            text = value.text
        elif self.kind == "b":
            return CellText("TRUE" if text == "1" else "FALSE")
        elif self.kind == "n" and text:
            return CellText(display_number(text, self.style.form, self.from_1904))
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = self.budget.text(text).replace("\xa0", " ").replace("\r\n", "\n")
        return value._replace(text=text.replace("\r", "\n").strip())

    def _merge(self, ref: str) -> None:
        first, _colon, last = ref.partition(":")
        begin, end = _REF.fullmatch(first), _REF.fullmatch(last)
        if begin and end:
            self.budget.spend(cells=1)
            self.merged.append(
                (int(begin[2]), column_number(begin[1]), int(end[2]), column_number(end[1]))
            )

    def table(self) -> Table:
        """Return the rows that hold something, merged cells joined."""
        numbers = sorted(self.rows)
        width = max((max(cells) for cells in self.rows.values()), default=0)
        for top, left, bottom, right in self.merged:
            cell = self.rows.get(top, {}).get(left)
            among = numbers[bisect.bisect_left(numbers, top) : bisect.bisect(numbers, bottom)]
            # Only rows and columns that hold something: a range may claim the whole sheet.
            columns = range(left, min(right, width) + 1)
            joined = cell or Cell()
            places = len(among) * len(columns)
            self.budget.spend(cells=len(among) + places, letters=places * len(joined.text))
            for number in among:
                self.rows[number].update(dict.fromkeys(columns, joined))
        self.budget.spend(cells=len(numbers) * width)
        rows = [
            Row(
                Place(sheet=self.name, row=number),
                [self.rows[number].get(column) or Cell() for column in range(1, width + 1)],
            )
            for number in numbers
        ]
        return Table(Place(sheet=self.name), rows, self.budget)
