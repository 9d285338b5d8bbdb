"""Tables of documents and sheets in one shape: rows of cells, each with its place.

One shape for tables from Word, Excel and CSV: rows of cells by column, merged cells
being one cell in several places.  Every cell knows where it was, so that whatever is
wrong can be found again in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import msgspec

from parplan.importer.budget import Budget
from parplan.problem import N_

MAX_COLUMNS = 200
"""Columns of a table."""

TOO_WIDE = N_("the columns from the 201st on were not read; no table of tasks has so many")
"""What is said of a sheet or csv file with more."""


class Paragraph(msgspec.Struct):
    """A paragraph of running text; ``page`` is its page where the file tells it."""

    text: str
    bold: bool = False
    centred: bool = False
    page: int | None = None


class Place(msgspec.Struct, frozen=True):
    """Where in a file: a table and row of a document, a sheet and cell, or a line."""

    table: int = 0
    row: int = 0
    page: int | None = None
    sheet: str = ""
    line: int = 0
    column: int = 0

    def at(self, column: int) -> Place:
        """Return the place of the cell in ``column``, counted from 0."""
        return msgspec.structs.replace(self, column=column + 1)

    def order(self, sheets: Mapping[str, int]) -> tuple[int, ...]:
        """Return a key that sorts places as they stand in the file; ``sheets`` numbers them."""
        return (sheets.get(self.sheet, 0), self.table, self.row, self.line, self.column)

    @property
    def cell(self) -> str:
        """The cell of a sheet, such as ``C7``; its row or its column where that is meant."""
        return f"{column_letters(self.column)}{self.row or ''}"


class Cell(msgspec.Struct, eq=False):
    """One cell.  Merged cells are one object that stands in several rows and columns."""

    text: str = ""
    paragraphs: list[Paragraph] = []
    doubt: str = ""
    """Why a date in it must not be taken for what it looks like: a marked text."""


class Row(msgspec.Struct):
    """The cells of one row, by column."""

    place: Place
    cells: list[Cell]

    def text(self, column: int) -> str:
        """Return what stands in ``column``; empty where the row is shorter."""
        return self.cells[column].text if column < len(self.cells) else ""

    def cell(self, column: int) -> Cell | None:
        """Return the cell in ``column``, None where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None

    def different(self) -> list[Cell]:
        """Return the cells of the row, each merged one once, from left to right."""
        return list({id(cell): cell for cell in self.cells}.values())


class Table(msgspec.Struct):
    """A table of a document, or a sheet; who works on its rows spends its ``budget`` too."""

    place: Place
    rows: list[Row]
    budget: Budget = msgspec.field(default_factory=lambda: Budget(Path()))

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


Block: TypeAlias = Paragraph | Table


class Source(msgspec.Struct):
    """What a file holds, in its order, and what was left out or could not be read of it."""

    blocks: list[Block]
    gaps: list[tuple[str, Place]] = []

    def tables(self) -> list[Table]:
        """Return the tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


def column_letters(column: int) -> str:
    """Return the name of a sheet's column, counted from 1; nothing for 0.

    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """Return the number, from 1, of the sheet's column called ``name``, in letters from A to Z.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
