"""Writes the sheet in which a unit says what is new: an Excel workbook that ``record`` reads back.

One row an occurrence.  What parplan knows is locked; what may be typed is white, with a list of
states to choose from.  A hidden column holds the latest record of each row, by which ``record``
sees what somebody else recorded meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from xlsxwriter.worksheet import Worksheet

from parplan.agenda.items import Agenda, Item
from parplan.agenda.updates import KIND_OF_STATE
from parplan.i18n import _, date
from parplan.journal.progress import NOTHING, Progress
from parplan.plan.model import Plan, Task
from parplan.problem import N_
from parplan.render import words
from parplan.render.export.columns import SheetColumn, Value
from parplan.render.export.workbook import (
    LINE,
    LOCKED,
    TYPED,
    Book,
    fit_height,
    lay_out,
    put,
)

_HEADING = 5


class SheetRow(msgspec.Struct, frozen=True):
    """An occurrence, or a task that has none: then ``item`` is None.  ``base``: see ``Update``."""

    task: Task
    item: Item | None
    base: str

    @property
    def ref(self) -> str:
        """The occurrence, ``4@2025-06``, or the task, ``8``."""
        return self.item.occurrence.ref if self.item else self.task.id


COLUMNS = (
    SheetColumn("ref", N_("Ref"), "short", 13),
    SheetColumn("task", N_("Task"), "text", 34),
    SheetColumn("due", N_("Due"), "date", 11),
    SheetColumn("units", N_("Units"), "text", 16),
    SheetColumn("standing", N_("Standing now"), "text", 14),
    SheetColumn(
        "text", N_("Result"), "text", 36, N_("What was done, in a sentence or two for the report.")
    ),
    SheetColumn(
        "state", N_("New state"), "short", 12, N_("Choose from the list; empty: as it was.")
    ),
    SheetColumn("percent", N_("% done"), "number", 8, N_("A whole number from 0 to 100.")),
    SheetColumn(
        "value", N_("Measured"), "number", 9, N_("The number reached, against the target.")
    ),
    SheetColumn("on", N_("Day"), "date", 11, N_("When it was done or happened; empty: today.")),
    SheetColumn(
        "evidence",
        N_("Document numbers"),
        "text",
        18,
        N_("Numbers of documents that prove it, one a line or with ';' between."),
    ),
    SheetColumn("reason", N_("Reason for delay"), "text", 20, N_("Why it is late or paused.")),
    SheetColumn(
        "proposal", N_("Proposal"), "text", 20, N_("What is proposed to the superior body.")
    ),
    SheetColumn("base", N_("Latest record"), "short", 14),
)
"""The columns, from left to right; the last one is hidden."""

UNIT_LABEL = N_("Filled in by:")
"""Before the name under which ``record`` records what the sheet says."""


def sheet_rows(answer: Agenda, progress: Mapping[str, Progress]) -> list[SheetRow]:
    """Return the rows for what ``answer`` asks for: overdue and due, running, then undated."""
    opened = [item for item in (*answer.items, *answer.running) if item.is_open]
    rows = [SheetRow(item.task, item, _base(progress, item.occurrence.ref)) for item in opened]
    tasks = (*answer.unread, *answer.no_deadline)
    return rows + [SheetRow(task, None, _base(progress, task.id)) for task in tasks]


def _base(progress: Mapping[str, Progress], ref: str) -> str:
    records = progress.get(ref, NOTHING).records
    return records[-1].id if records else ""


def render(plan: Plan, rows: Sequence[SheetRow], as_of: dt.date, by: str) -> bytes:
    """Return the sheet of ``rows`` as an xlsx file; ``by`` is who fills it in, if known."""
    title = _("Progress sheet of the plan of %(year)s, %(day)s")
    title %= {"year": plan.year, "day": date(as_of)}
    book = Book(title, plan.issuer, as_of)
    sheet = book.sheet(_("Progress"), len(rows) + _HEADING + 1)
    _top(book, sheet, title, by)
    lay_out(book, sheet, COLUMNS, _HEADING, title)
    for line, row in enumerate(rows, _HEADING + 1):
        _row(book, sheet, line, row)
    _restrict(sheet, len(rows))
    return book.bytes()


def _top(book: Book, sheet: Worksheet, title: str, by: str) -> None:
    """Write the title, who fills the sheet in, and how."""
    plain = book.look(valign="vcenter")
    put(sheet, 0, 0, title, book.look(bold=True, font_size=14))
    put(sheet, 1, 0, _(UNIT_LABEL), plain)
    name = book.look(locked=False, bottom=1, bold=True, align="left")
    put(sheet, 1, 1, by, name)
    texts = (
        _("Type in the white cells only; a row in which nothing is typed changes nothing."),
        _("Save the file and send it back; 'parplan record FILE' shows all before it records."),
    )
    for line, text in enumerate(texts, 2):
        put(sheet, line, 0, text, plain)


def _row(book: Book, sheet: Worksheet, line: int, row: SheetRow) -> None:
    title = row.task.name
    if row.item and row.item.occurrence.label:
        title += f" – {row.item.occurrence.label}"
    values: dict[str, Value] = {
        "ref": row.ref,
        "task": title,
        "due": row.item.due if row.item else None,
        "units": words.doers(row.task),
        "standing": _standing(row),
        "base": row.base,
    }
    for place, column in enumerate(COLUMNS):
        look: dict[str, Any] = {"bg_color": TYPED, "locked": False}
        if column.explanation is None:
            look = {"bg_color": LOCKED}
        elif column.kind in ("text", "short"):
            look["num_format"] = "@"  # else Excel makes a date of 12/6
        put(sheet, line, place, values.get(column.role), book.cell(column.kind, **look))
    texts = [(values.get(column.role), column.width) for column in COLUMNS if column.role != "base"]
    fit_height(sheet, line, texts, LINE)


def _standing(row: SheetRow) -> str:
    if row.item:
        return words.standing(row.item).text
    return words.unread_deadline(row.task).text if row.task.unread_deadline else _("no deadline")


def _restrict(sheet: Worksheet, rows: int) -> None:
    """Let Excel offer the states, and refuse what is no share, number or day."""
    rules: dict[str, dict[str, Any]] = {
        "state": {"validate": "list", "source": [words.state(state) for state in KIND_OF_STATE]},
        "percent": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100},
        "value": {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15},
        "on": {
            "validate": "date",
            "criteria": "between",
            "minimum": dt.date(2000, 1, 1),
            "maximum": dt.date(2999, 12, 31),
        },
    }
    for place, column in enumerate(COLUMNS):
        if not rows or column.explanation is None:
            continue
        rule = rules.get(column.role, {"validate": "any"})
        hint = {"input_title": _(column.title)[:32], "input_message": _(column.explanation)[:255]}
        errors = {"error_title": _(column.title)[:32], "error_message": _(column.explanation)[:255]}
        sheet.data_validation(
            _HEADING + 1, place, _HEADING + rows, place, {**rule, **hint, **errors}
        )
