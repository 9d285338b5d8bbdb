"""Reads a file of updates with the reader that fits its name."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from parplan.importer.budget import SIZE, Budget
from parplan.importer.office.guard import STARTS, read_bounded_file
from parplan.importer.read import read_office_file
from parplan.importer.updates.lines import read_lines, require_letters
from parplan.importer.updates.rows import UpdateRow
from parplan.importer.updates.sheet import read_updates, updates_heading
from parplan.problem import N_, UserError, params
from parplan.schedule.typed_day import TypedContext


class UpdateFile(msgspec.Struct, frozen=True):
    """The rows of a file in which something was typed, and who filled it in, if it says so."""

    name: str
    rows: list[UpdateRow]
    author: str = ""


def read_update_file(name: str, context: TypedContext) -> UpdateFile:
    """Return the updates of the file ``name``; '-' is the input.

    Short forms are read by ``context``.  Raises UserError when it cannot be read.
    """
    path = Path(name)
    budget = Budget(path)
    if name == "-":
        data = sys.stdin.buffer.read(SIZE + 1)
        budget.spend(size=len(data))
        rows = read_lines(data, context, budget)
        require_letters(data.decode("utf-8-sig"))
        return UpdateFile(name, rows)
    if path.suffix.lower() == ".txt":
        return UpdateFile(path.name, read_lines(read_bounded_file(budget), context, budget))
    if path.suffix.lower() not in STARTS:
        text = N_("%(path)s should end in %(endings)s")
        raise UserError(text, params(path=path, endings=" ".join((*STARTS, ".txt"))))
    # With what a filter hides: it was typed all the same, and one column is hidden on purpose.
    source = read_office_file(path, updates_heading, with_hidden=True)
    rows, author = read_updates(path, source, context)
    return UpdateFile(path.name, rows, author)
