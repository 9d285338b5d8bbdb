"""Reads figures from a table with headings: the sheet of ``forms sheet``, or a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from parplan.forms.entry import Typed
from parplan.importer.columns import Heading, Role, counts_columns, find_heading
from parplan.importer.grid import Place, Table
from parplan.importer.read import read_office_file
from parplan.problem import N_, UserError, params
from parplan.schedule.reference import Ref
from parplan.text import one_line

ROLES = (
    Role("ref", ("dong va ky", "ma dong", "row and period"), first=True),
    Role("value", ("so lieu", "gia tri", "figure"), first=True),
    Role("text", ("ghi chu", "remarks"), first=True),
    Role("base", ("luc lap phieu", "as written"), first=True),
)
"""What the columns of a sheet may be called."""


class FigureRow(msgspec.Struct, frozen=True):
    """What one row says, and where its figure stands."""

    place: Place
    typed: Typed


def read_figures(path: Path) -> list[FigureRow]:
    """Return the rows with a reference of all tables of figures in the file ``path``.

    Raises UserError where there is none, or the file cannot be read.
    """
    # With what a filter hides: it was typed all the same, and one column is hidden on purpose.
    source = read_office_file(path, _figures_heading, with_hidden=True)
    tables = [(table, heading) for table in source.tables() if (heading := _figures_heading(table))]
    if not tables:
        text = N_(
            "%(path)s holds no table of figures: it needs a column 'Dòng và kỳ' and one 'Số liệu'; "
            "'parplan forms sheet' writes one to fill in"
        )
        raise UserError(text, params(path=path))
    return [row for table, heading in tables for row in _rows(table, heading)]


def _figures_heading(table: Table) -> Heading | None:
    return find_heading(table, ROLES, lambda roles: {"ref", "value"} <= roles)


def _rows(table: Table, heading: Heading) -> Iterator[FigureRow]:
    columns = {role.name: heading.of(role.name)[0] for role in ROLES if heading.of(role.name)}
    for row in table.rows[heading.last + 1 :]:
        if heading.repeated_in(row) or counts_columns(row):
            continue
        texts = {role: row.text(column) for role, column in columns.items()}
        ref = one_line(texts["ref"])
        if ref:
            yield FigureRow(
                row.place.at(columns["value"]),
                Typed(
                    ref=Ref.parse(ref),
                    value=one_line(texts["value"]),
                    text=texts.get("text"),
                    base=texts.get("base"),
                ),
            )
