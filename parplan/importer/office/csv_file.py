"""Reads the rows of a CSV file.

UTF-8, or UTF-16 with a byte order mark; any other encoding would have to be guessed,
and a wrong guess looks like text.  The separator is the one that cuts the heading best.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator

from parplan.importer.budget import LONGEST_TEXT, ROW, Budget, too_big_error
from parplan.importer.columns import Heading
from parplan.importer.grid import MAX_COLUMNS, TOO_WIDE, Cell, Place, Row, Source, Table
from parplan.problem import N_, UserError, params

# ";" first: Excel writes it where the comma is the decimal mark, as in Vietnam.
_SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 60
_SWALLOWED = N_(
    "a quotation mark opens here and closes lines below, so rows between stand in one cell; "
    "take it out of the file, then import again"
)


def read_csv(data: bytes, heading_of: Callable[[Table], Heading | None], budget: Budget) -> Source:
    """Return what the CSV file holds; ``heading_of`` finds the heading of a table.

    Raises UserError when the file is no text in a known encoding, or far too long.
    """
    text = _decode(data, budget)
    tops = {separator: _cut_table(text, separator, budget, _LOOKED_AT) for separator in _SEPARATORS}
    right = [separator for separator, top in tops.items() if heading_of(top) is not None]
    separator = max(right or tops, key=lambda separator: tops[separator].width)
    table = _cut_table(text, separator, budget)
    if _cells_like_rows(table, separator):
        other = _cut_table(_with_ditto_marks_quoted(text, separator), separator, budget)
        table = min(table, other, key=lambda table: _cells_like_rows(table, separator))
    beyond = [row for row in table.rows if any(cell.text for cell in row.cells[MAX_COLUMNS:])]
    for row in table.rows:
        del row.cells[MAX_COLUMNS:]
    gaps = [(TOO_WIDE, row.place) for row in beyond[:1]]
    swallowing = (row for row in table.rows if _swallows_rows(row, separator))
    return Source([table], gaps + [(_SWALLOWED, row.place) for row in swallowing])


def _cells_like_rows(table: Table, separator: str) -> int:
    """Count the cells that begin as none does, or have a line with as many cells as their row."""
    return sum(
        cell.text.startswith(separator)
        or any(line.count(separator) >= len(row.cells) - 1 for line in cell.text.split("\n"))
        for row in table.rows
        for cell in row.cells
        if separator in cell.text
    )


def _with_ditto_marks_quoted(text: str, separator: str) -> str:
    """Return ``text`` where quotes stand around each cell that is one mark, typed by hand."""
    cut = re.escape(separator)
    mark = f'{separator}""""'
    return re.sub(f'{cut} *" *(?={cut}|\r?$)', lambda _: mark, text, flags=re.MULTILINE)


def _swallows_rows(row: Row, separator: str) -> bool:
    """Tell whether a line inside a cell is a row itself: as many cells, and a number first."""
    lines = (line.split(separator) for cell in row.cells for line in cell.text.split("\n")[1:])
    return any(
        len(cells) >= len(row.cells) > 1 and re.fullmatch(r"[\w.]{1,6}", cells[0].strip())
        for cells in lines
    )


def _decode(data: bytes, budget: Budget) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        reason = N_(
            "%(path)s:%(line)s: not UTF-8 text, so its letters are not certain (an old encoding "
            "such as TCVN3, VNI or Windows-1258?); save it in Excel as 'CSV UTF-8'"
        )
        raise UserError(reason, params(path=budget.path, line=line)) from error
    if "\0" in text:
        raise UserError(N_("%(path)s is no text"), params(path=budget.path))
    budget.spend(letters=len(text))
    return text


def _cut_table(text: str, separator: str, budget: Budget, most: int | None = None) -> Table:
    """Return the rows cut at ``separator``: the ``most`` first ones, or all."""
    first_line = text.partition("\n")[0].strip().strip('"').lower()
    # "sep=;" is no row: it tells Excel the separator.
    skipped = 1 if first_line.startswith("sep=") and len(first_line) <= 5 else 0
    reader = csv.reader(_lines(text, separator, budget), delimiter=separator)
    rows: list[Row] = []
    line = 1
    csv.field_size_limit(LONGEST_TEXT)
    try:
        for fields in reader:
            budget.spend(cells=ROW)
            if line > skipped and any(map(str.strip, fields)):
                cells = [_cell(budget.text(field)) for field in fields]
                rows.append(Row(Place(line=line), cells))
            line = reader.line_num + 1
            if len(rows) == most:
                break
    except csv.Error as error:  # a field longer than the limit
        raise too_big_error(budget.path) from error
    return Table(Place(line=1), rows, budget)


def _lines(text: str, separator: str, budget: Budget) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        budget.spend(cells=line.count(separator))  # before the fields are there
        yield line


def _cell(field: str) -> Cell:
    lines = field.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return Cell(lines.strip())
