"""The statistical forms of a period as an Excel workbook, a sheet for each form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from parplan.forms.figures import ComparedFigure, FigureCell, FilledForms
from parplan.forms.model import Form
from parplan.i18n import _, date, period_name
from parplan.plan.model import Plan
from parplan.render import figures
from parplan.render.export.columns import Kind, Value
from parplan.render.export.workbook import (
    LINE,
    Book,
    figure_format,
    fit_height,
    number_or_text,
    print_on_a4,
    put,
    set_widths,
    write_above,
)

_WIDTHS = (8, 60, 16, 14, 14, 14, 30)
_KINDS: tuple[Kind, ...] = ("short", "text", "short", "number", "number", "number", "text")
_LONGEST_NAME = 31
"""So many letters can the name of a sheet have in Excel."""


def render(plan: Plan, filled: FilledForms) -> bytes:
    """Return ``filled`` as an xlsx file."""
    title = f"{filled.forms.title}, {period_name(filled.period)}"
    book = Book(title, plan.issuer, filled.window.last)
    for form in filled.forms.forms:
        _page(book, plan, filled, form, title)
    return book.bytes()


def _page(book: Book, plan: Plan, filled: FilledForms, form: Form, title: str) -> None:
    lines = filled.of(form)
    sheet = book.sheet(_sheet_name(filled, form), len(lines) + 8)
    set_widths(sheet, _WIDTHS)
    name = _("Form %(form)s") % {"form": form.id}
    texts = [f"{name}. {form.title}", title, plan.issuer]
    texts += [_("These forms are an example, not the office's own.")] * bool(filled.forms.example)
    heading = write_above(book, sheet, texts, len(_WIDTHS))
    for column, text in enumerate(_titles(filled)):
        put(sheet, heading, column, text, book.heading())
    sheet.set_row(heading, 3 * LINE)
    for row, line in enumerate(lines, heading + 1):
        _row(book, sheet, row, line)
    sheet.freeze_panes(heading + 1, 2)
    print_on_a4(sheet, heading, "", f"{plan.issuer}, {date(filled.window.last)}")


def _sheet_name(filled: FilledForms, form: Form) -> str:
    """Return the name of the sheet: by its place, for a number may be no name in Excel."""
    return (_("Form %(form)s") % {"form": filled.forms.forms.index(form) + 1})[:_LONGEST_NAME]


def _titles(filled: FilledForms) -> Sequence[str]:
    before = period_name(filled.before) if filled.before else "–"
    return (
        _("No."),
        _("Indicator"),
        _("Unit of count"),
        _("Figure"),
        _("Before: %(period)s") % {"period": before},
        _("A year before: %(period)s") % {"period": period_name(filled.year_before)},
        _("Remarks"),
    )


def _row(book: Book, sheet: Worksheet, row: int, line: ComparedFigure) -> None:
    values: list[Value] = [
        line.row.id,
        line.row.title,
        line.row.unit,
        _figure(line.cell),
        _figure(line.before),
        _figure(line.year_before),
        figures.remark(line),
    ]
    for column, (kind, value) in enumerate(zip(_KINDS, values, strict=True)):
        look: dict[str, Any] = {"bold": line.is_heading}
        if isinstance(value, Decimal):
            look |= figure_format(value)
        put(sheet, row, column, value, book.cell(kind, **look))
    fit_height(sheet, row, list(zip(values, _WIDTHS, strict=True)), LINE)


def _figure(cell: FigureCell) -> Value:
    return number_or_text(cell.value, figures.value(cell))
