"""Writes the sheet in which figures are filled in: a workbook that ``forms record`` reads back.

One row a row of the forms.  What is computed or only heads others is locked; what may be typed is
white and holds what is there already.  A hidden column tells what that was, so that ``forms
record`` sees what is new, and what somebody else recorded meanwhile.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from parplan.forms.entry import base_of, entry_text
from parplan.forms.figures import ComparedFigure, FilledForms
from parplan.forms.model import Form
from parplan.i18n import _, period_name
from parplan.plan.model import Plan
from parplan.problem import N_
from parplan.render import figures
from parplan.render.export.columns import SheetColumn, Value
from parplan.render.export.workbook import (
    LINE,
    LOCKED,
    TYPED,
    Book,
    figure_format,
    fit_height,
    lay_out,
    number_or_text,
    put,
)
from parplan.schedule.reference import ref_text

_HEADING = 4


COLUMNS = (
    SheetColumn("ref", N_("Row and period"), "short", 17),
    SheetColumn("title", N_("Indicator"), "text", 52),
    SheetColumn("unit", N_("Unit of count"), "text", 14),
    SheetColumn("counts", N_("How it counts"), "text", 22),
    SheetColumn("before", N_("Before"), "number", 12),
    SheetColumn("year_before", N_("A year before"), "number", 12),
    SheetColumn("value", N_("Figure"), "number", 14, explanation=""),
    SheetColumn("text", N_("Remarks"), "text", 28, explanation=""),
    SheetColumn("base", N_("As written"), "short", 14),
)
"""The columns, from left to right; the last one is hidden."""

_COUNTS = {
    None: "",
    "period": "",
    "year-to-date": N_("of the period; parplan adds it up from January"),
    "moment": N_("at the end of the period"),
    "alone": N_("of the period alone"),
}


def render(plan: Plan, filled: FilledForms) -> bytes:
    """Return the sheet of ``filled`` as an xlsx file."""
    title = f"{filled.forms.title}, {period_name(filled.period)}"
    book = Book(title, plan.issuer, filled.window.last)
    rows = len(filled.lines) + len(filled.forms.forms)
    sheet = book.sheet(_("Figures"), rows + _HEADING + 1)
    _top(book, sheet, title)
    lay_out(book, sheet, COLUMNS, _HEADING, title)
    line = _HEADING + 1
    for form in filled.forms.forms:
        _form(book, sheet, line, form)
        for row in filled.of(form):
            line += 1
            _row(book, sheet, line, row, filled)
        line += 1
    return book.bytes()


def _top(book: Book, sheet: Worksheet, title: str) -> None:
    put(sheet, 0, 0, title, book.look(bold=True, font_size=14))
    texts = (
        _("Type in the white cells only: the figure of the period, or '-' where there is none."),
        _("Save the file; 'parplan forms record FILE' shows all before it records."),
    )
    for line, text in enumerate(texts, 1):
        put(sheet, line, 0, text, book.look(valign="vcenter"))


def _form(book: Book, sheet: Worksheet, line: int, form: Form) -> None:
    for place in range(len(COLUMNS)):
        text = (form.id, form.title)[place] if place < 2 else ""
        put(sheet, line, place, text, book.cell("text", bold=True, bg_color="#DCE6F1"))


def _row(
    book: Book, sheet: Worksheet, place: int, line: ComparedFigure, filled: FilledForms
) -> None:
    is_locked = line.is_heading or bool(line.row.formula)
    values: dict[str, Value] = {
        "ref": "" if line.is_heading else ref_text(line.key, filled.period.name),
        "title": f"{line.row.id}. {line.row.title}",
        "unit": line.row.unit,
        "counts": _how(line),
        "before": number_or_text(line.before.value, figures.value(line.before)),
        "year_before": number_or_text(line.year_before.value, figures.value(line.year_before)),
        "value": number_or_text(
            line.cell.value if line.cell.added is None else line.cell.added, entry_text(line.cell)
        ),
        "text": line.cell.record.text if line.cell.record else "",
        "base": "" if line.is_heading else base_of(line.cell),
    }
    for number, column in enumerate(COLUMNS):
        look: dict[str, Any] = {"bg_color": LOCKED, "bold": line.is_heading}
        if column.explanation is not None and not is_locked:
            look = {"bg_color": TYPED, "locked": False}
        value = values[column.role]
        if isinstance(value, Decimal):
            look |= figure_format(value)
        put(sheet, place, number, value, book.cell(column.kind, **look))
    texts = [(values[column.role], column.width) for column in COLUMNS if column.role != "base"]
    fit_height(sheet, place, texts, LINE)


def _how(line: ComparedFigure) -> str:
    if line.is_heading:
        return ""
    if line.row.formula:
        return _("computed: %(formula)s") % {"formula": line.row.formula}
    parts = [_(_COUNTS[line.row.counts]) if _COUNTS[line.row.counts] else ""]
    if line.cell.source == "plan":
        parts.append(_("from the plan"))
    return "; ".join(filter(None, parts))
