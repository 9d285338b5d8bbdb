"""Reads updates from a table with headings: the sheet that ``parplan sheet`` writes, or a CSV file.

Columns are told by their headings, in any order; rows may be sorted, left out or added.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parplan.importer.columns import Heading, Role, counts_columns, find_heading
from parplan.importer.grid import Source, Table
from parplan.importer.updates.rows import UpdateRow, is_month_first, read_row
from parplan.problem import N_, UserError, params
from parplan.schedule.typed_day import TypedContext
from parplan.text import fold

ROLES = (
    Role("ref", ("ky", "ma viec", "ma ky", "ref"), first=True),
    Role("base", ("ban ghi gan nhat", "latest record"), first=True),
    Role("standing", ("tinh trang hien nay", "standing now"), first=True),
    Role("due", ("han cuoi", "due"), first=True),
    Role("reason", ("nguyen nhan", "ly do", "reason for delay"), first=True),
    Role("state", ("tinh trang moi", "trang thai", "new state"), weak=("tinh trang",)),
    Role("percent", ("da lam", "hoan thanh", "phan tram", "ty le", "tien do", "done"), weak=("%",)),
    Role("value", ("do duoc", "so do", "gia tri", "measured")),
    Role("evidence", ("so van ban", "van ban", "tai lieu", "minh chung", "document numbers")),
    Role("on", ("ngay", "ngay xong", "ngay thuc hien", "day")),
    Role("proposal", ("de xuat", "kien nghi", "proposal")),
    Role("units", ("bo phan", "don vi", "units")),
    Role("text", ("ket qua", "noi dung da lam", "result"), first=True),
    Role("task", ("nhiem vu", "noi dung", "task")),
)
"""What the columns of a sheet may be called."""

_TYPED = ("text", "state", "percent", "value", "on", "evidence", "reason", "proposal")
_UNIT = ("nguoi ghi:", "bo phan ghi:", "filled in by:")


def updates_heading(table: Table) -> Heading | None:
    """Return the heading of ``table`` where it lists updates by reference, else None."""
    return find_heading(table, ROLES, lambda roles: "ref" in roles and not roles.isdisjoint(_TYPED))


def read_updates(path: Path, source: Source, context: TypedContext) -> tuple[list[UpdateRow], str]:
    """Return the updates of the first table that lists some, and who filled it in.

    Raises UserError where there is no such table.  Short forms are read by ``context``.
    """
    for table in source.tables():
        heading = updates_heading(table)
        if heading is not None:
            return list(_rows(table, heading, context)), _author(table, heading)
    text = N_(
        "%(path)s holds no table of updates: it needs a column of references and one of results; "
        "'parplan sheet' writes one to fill in"
    )
    raise UserError(text, params(path=path))


def _rows(table: Table, heading: Heading, context: TypedContext) -> Iterator[UpdateRow]:
    columns = {role: heading.of(role)[0] for role in ("ref", "base", *_TYPED) if heading.of(role)}
    rows = table.rows[heading.last + 1 :]
    dates = [*heading.of("due"), *heading.of("on")]
    month_first = any(is_month_first(row.text(column)) for row in rows for column in dates)
    for row in rows:
        if heading.repeated_in(row) or counts_columns(row):
            continue
        texts = {role: row.text(column) for role, column in columns.items()}
        update = read_row(texts, row.place, columns, context, month_first=month_first)
        if update is not None:
            yield update


def _author(table: Table, heading: Heading) -> str:
    """Return who filled the sheet in: what stands right of the label above the heading."""
    for row in table.rows[: heading.first]:
        texts = [cell.text for cell in row.different() if cell.text]
        if texts and fold(texts[0]) in _UNIT:
            return " ".join(texts[1].split()) if len(texts) > 1 else ""
    return ""
