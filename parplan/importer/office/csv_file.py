"""Reads the rows of a CSV file.

UTF-8, or UTF-16 with a byte order mark; any other encoding would have to be guessed,
and a wrong guess looks like text.  The separator is the one that cuts the heading best.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

from parplan.importer.grid import MAX_COLUMNS, MAX_ROWS, Cell, Place, Row, Source, Table
from parplan.importer.office.guard import too_big_error
from parplan.problem import N_, UserError, params

# ";" first: Excel writes it where the comma is the decimal mark, as in Vietnam.
_SEPARATORS = (";", ",", "\t", "|")
# Letters of a cell, of which Excel itself allows 32 767.
_MAX_CELL = 50_000
_MAX_CELLS = 500_000
_LOOKED_AT = 60


def read_csv(path: Path, data: bytes, is_right: Callable[[Table], bool]) -> Source:
    """Return what the CSV file holds; ``is_right`` tells whether a table has a heading.

    Raises UserError when the file is no text in a known encoding, or far too long.
    """
    text = _decode(path, data)
    tops = {separator: _cut_table(path, text, separator, _LOOKED_AT) for separator in _SEPARATORS}
    right = [separator for separator in _SEPARATORS if is_right(tops[separator])] or list(
        _SEPARATORS
    )
    separator = max(right, key=lambda separator: tops[separator].width)
    return Source([_cut_table(path, text, separator, MAX_ROWS)])


def _decode(path: Path, data: bytes) -> str:
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
        raise UserError(reason, params(path=path, line=line)) from error
    if "\0" in text:
        raise UserError(N_("%(path)s is no text"), params(path=path))
    return unicodedata.normalize("NFC", text)


def _cut_table(path: Path, text: str, separator: str, most: int) -> Table:
    """Return the rows cut at ``separator``: the first ones, or all where ``most`` is MAX_ROWS."""
    first_line = text.partition("\n")[0].strip().strip('"').lower()
    # "sep=;" is no row: it tells Excel the separator.
    skipped = 1 if first_line.startswith("sep=") and len(first_line) <= 5 else 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    line, cells = 1, 0
    csv.field_size_limit(_MAX_CELL)
    try:
        for fields in reader:
            if line > skipped and any(map(str.strip, fields)):
                rows.append(Row(Place(line=line), list(map(_cell, fields[:MAX_COLUMNS]))))
                cells += len(fields)
            line = reader.line_num + 1
            if len(rows) >= most or cells > _MAX_CELLS:
                if most < MAX_ROWS:
                    break
                raise too_big_error(path)
    except csv.Error as error:  # a field longer than the limit
        raise too_big_error(path) from error
    return Table(Place(line=1), rows)


def _cell(field: str) -> Cell:
    lines = field.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return Cell(lines.strip())
