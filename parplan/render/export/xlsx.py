"""The plan and its progress as an Excel workbook: what the district asks for.

Four sheets: a summary with charts, the appendix as the office knows it, the
occurrences, the journal.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parplan.agenda.standings import Standing
from parplan.i18n import _, date
from parplan.plan.model import Section
from parplan.render import words
from parplan.render.export import xlsx_summary
from parplan.render.export.columns import JOURNAL, OCCURRENCES, Value
from parplan.render.export.content import Export
from parplan.render.export.workbook import (
    LINE,
    Book,
    fit_height,
    print_on_a4,
    put,
    set_widths,
    table,
)

_APPENDIX_WIDTHS = (6, 48, 34, 28, 24, 16, 12, 20)
_APPENDIX_HEADING = 3


def render(export: Export) -> bytes:
    """Return ``export`` as an xlsx file; raises UserError where a sheet would be too long."""
    plan = export.plan
    title = f"{plan.document.type} {plan.document.title}"
    book = Book(title, plan.issuer, export.as_of)
    values = {"issuer": plan.issuer, "year": plan.year, "day": date(export.as_of)}
    footer = _("%(issuer)s, plan of %(year)s, as of %(day)s") % values
    xlsx_summary.write(book, export, title, footer)
    _appendix(book, export, footer)
    table(
        book,
        _("Occurrences"),
        OCCURRENCES,
        export.rows,
        footer,
        frozen=4,
        timing=lambda row: row.timing,
    )
    table(book, _("Journal"), JOURNAL, export.entries, footer, frozen=2)
    return book.bytes()


def _appendix(book: Book, export: Export, footer: str) -> None:
    sections: dict[str, list[Standing]] = {}
    for row in export.summary.rows:
        sections.setdefault(row.section, []).append(row.standing)
    shown_sections = [section for section in export.plan.sections if section.id in sections]
    count = _APPENDIX_HEADING + 1 + len(shown_sections) + sum(map(len, sections.values()))
    sheet = book.sheet(_("Appendix"), count)
    set_widths(sheet, _APPENDIX_WIDTHS)
    _appendix_heading(book, sheet, export)
    line = _APPENDIX_HEADING + 1
    for section in shown_sections:
        _section_row(book, sheet, line, section)
        for standing in sections[section.id]:
            line += 1
            _task_row(book, sheet, line, standing)
        line += 1
    last = len(_APPENDIX_WIDTHS) - 1
    sheet.autofilter(_APPENDIX_HEADING, 0, max(line - 1, _APPENDIX_HEADING), last)
    sheet.freeze_panes(_APPENDIX_HEADING + 1, 2)
    print_on_a4(sheet, _APPENDIX_HEADING, "", footer)


def _appendix_heading(book: Book, sheet: Worksheet, export: Export) -> None:
    appendix = export.plan.appendix
    texts: tuple[tuple[str, dict[str, Any]], ...] = (
        (_("APPENDIX"), {"bold": True, "font_size": 13}),
        (appendix.title if appendix else export.plan.document.title, {"bold": True}),
        (appendix.reference if appendix else "", {"italic": True}),
    )
    letters, last = sum(_APPENDIX_WIDTHS), len(_APPENDIX_WIDTHS) - 1
    for line, (text, properties) in enumerate(texts):
        look = book.look(align="center", valign="vcenter", text_wrap=True, **properties)
        _merge(sheet, line, 0, last, text, look)
        fit_height(sheet, line, [(text, letters)], LINE + 3)
    ours = book.heading(bg_color="#E2EFDA")
    for column, title in enumerate(export.plan.columns):
        put(sheet, _APPENDIX_HEADING, column, title, book.heading())
    more = (_("Officers"), _("Next due"), _("Standing"))
    for column, title in enumerate(more, len(export.plan.columns)):
        put(sheet, _APPENDIX_HEADING, column, title, ours)


def _section_row(book: Book, sheet: Worksheet, line: int, section: Section) -> None:
    properties = {"bold": True, "bg_color": "#F2F2F2", "valign": "vcenter"}
    put(sheet, line, 0, section.id, book.cell("short", **properties))
    last = len(_APPENDIX_WIDTHS) - 1
    _merge(sheet, line, 1, last, section.title, book.cell("text", **properties))
    fit_height(sheet, line, [(section.title, sum(_APPENDIX_WIDTHS[1:]))], LINE + 3)


def _merge(sheet: Worksheet, line: int, first: int, last: int, text: str, look: Format) -> None:
    sheet.merge_range(line, first, line, last, "", look)
    put(sheet, line, first, text, look)


def _task_row(book: Book, sheet: Worksheet, line: int, standing: Standing) -> None:
    task, text = standing.task, book.cell("text")
    due = standing.next_item.due if standing.next_item else None
    cells: tuple[tuple[Value, Format], ...] = (
        (task.id, book.cell("short")),
        (task.title, text),
        (task.requirement, text),
        (task.deadline_text, text),
        (words.units(task), text),
        (", ".join(task.officers), text),
        (due, book.cell("date")),
        (words.standing_of_task(standing).text, book.timed(standing.timing)),
    )
    for column, (value, look) in enumerate(cells):
        put(sheet, line, column, value, look)
    values = [value for value, _look in cells]
    fit_height(sheet, line, zip(values, _APPENDIX_WIDTHS, strict=True), LINE)
