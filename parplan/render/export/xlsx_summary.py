"""The first sheet of the workbook: the year in numbers and charts.

The numbers are those of ``parplan.agenda.year``; the charts are Excel's own and draw from
the tables below them, so that they follow whoever changes a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format

from parplan.agenda.counts import Counts
from parplan.agenda.items import SOON_DAYS
from parplan.agenda.year import EARLIER, LATER, Month, Summary, YearGroup
from parplan.i18n import _, date, period_name
from parplan.problem import N_
from parplan.render import words
from parplan.render.export.columns import Kind, Value
from parplan.render.export.content import Export
from parplan.render.export.workbook import LINE, Book, fit_height, print_on_a4, put, set_widths
from parplan.schedule import periods

_WIDTHS = (7, 42, 12, *(10,) * 9)
_LETTERS = sum(_WIDTHS)
_ROW = 20
"""Height of a row in pixels, as Excel makes it."""

_LEFT = {"width": 430, "height": 16 * _ROW}
_RIGHT = {"width": 660, "height": 16 * _ROW}
_DASH_FOR_NONE = '0;-0;"–"'
_RIGHT_COLUMN = 3
_TOP = 4
"""The row of the headline, and of the first chart beside it."""

_COUNTS: tuple[tuple[str, Callable[[Counts], int], str], ...] = (
    (N_("On time"), lambda counts: counts.on_time, "#2E7D32"),
    (N_("Late"), lambda counts: counts.late, "#F9A825"),
    (N_("Overdue"), lambda counts: counts.overdue, "#C62828"),
    (N_("Due soon"), lambda counts: counts.due_soon, "#4FC3F7"),
    (N_("Upcoming"), lambda counts: counts.upcoming, "#B0BEC5"),
)
"""What every table counts: heading, number, colour in the charts."""

_GRID = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
_FIRST_COUNT = 3
_SHARE = _FIRST_COUNT + len(_COUNTS) + 1


class _SummaryWriter:
    """Writes the sheet from the top down."""

    def __init__(self, book: Book, title: str, rows: int) -> None:
        self.book = book
        self.title = title
        self.sheet = book.sheet(title, rows)
        self.line = 0

    def text(self, text: str, height: int = LINE + 1, **properties: Any) -> None:
        """Write ``text`` over the whole width."""
        look = self.book.look(text_wrap=True, valign="vcenter", **properties)
        self.sheet.merge_range(self.line, 0, self.line, len(_WIDTHS) - 1, "", look)
        put(self.sheet, self.line, 0, text, look)
        fit_height(self.sheet, self.line, [(text, _LETTERS)], height)
        self.line += 1

    def table(
        self, title: str, first: Sequence[str], last: Sequence[str], rows: Sequence[Sequence[Value]]
    ) -> int:
        """Write a table whose columns are ``first``, the counts, ``last``; return its first row."""
        self.text(title, height=20, bold=True, font_size=12)
        counted = [_("Occurrences"), *(_(name) for name, _count, _colour in _COUNTS)]
        names = [*first, *counted, _("Cancelled"), _("Share done"), *last]
        for column, name in enumerate(names):
            put(self.sheet, self.line, column, name, self.book.heading())
        self.sheet.set_row(self.line, 32)
        start = self.line + 1
        for line, row in enumerate(rows, start):
            for column, value in enumerate(row):
                put(self.sheet, line, column, value, self._look(column))
            fit_height(self.sheet, line, [(row[1], _WIDTHS[1])], LINE)
        self.line = start + len(rows) + 1
        return start

    def _look(self, column: int) -> Format:
        if column == _SHARE:
            return self.book.cell("percent", num_format="0.0%")
        kinds: tuple[Kind, ...] = ("short", "text")
        if column < len(kinds):
            return self.book.cell(kinds[column])
        return self.book.cell("number", num_format=_DASH_FOR_NONE)

    def stacked(self, kind: str, title: str, first: int, last: int, names: int) -> Any:
        """Return a chart of the counts in the rows ``first`` to ``last``.

        ``names`` is the column that names the rows.
        """
        chart = self.book.chart({"type": kind, "subtype": "stacked"})
        for column, (_name, _count, colour) in enumerate(_COUNTS, _FIRST_COUNT):
            chart.add_series(
                {
                    "name": [self.title, first - 1, column],
                    "categories": [self.title, first, names, last, names],
                    "values": [self.title, first, column, last, column],
                    "fill": {"color": colour},
                    "border": {"color": "white", "width": 0.5},
                    "gap": 40,
                }
            )
        return _titled(chart, title)

    def curve(self, title: str, first: int, last: int, columns: Sequence[int]) -> Any:
        """Return a chart with a line for each of ``columns``."""
        chart = self.book.chart({"type": "line"})
        for column, colour, dash in zip(
            columns, ("#37474F", "#2E7D32"), ("dash", "solid"), strict=True
        ):
            chart.add_series(
                {
                    "name": [self.title, first - 1, column],
                    "categories": [self.title, first, 0, last, 0],
                    "values": [self.title, first, column, last, column],
                    "line": {"color": colour, "width": 2.25, "dash_type": dash},
                }
            )
        return _titled(chart, title)


def _titled(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"min": 0, **_GRID})
    return chart


def write(book: Book, export: Export, title: str, footer: str) -> None:
    """Add the sheet to ``book``; ``title`` is the plan's."""
    summary = export.summary
    rows = len(summary.sections) + len(summary.units) + len(summary.months)
    writer = _SummaryWriter(book, _("Summary"), rows + 60)
    sheet = writer.sheet
    set_widths(sheet, _WIDTHS)
    writer.text(title, height=20, bold=True, font_size=14)
    writer.text(footer, italic=True)
    writer.text(_part(export), italic=True)
    writer.line = _TOP
    _headline(writer, summary)
    writer.line = _TOP + 34
    breaks = [writer.line]
    months = _months(writer, summary)
    sections = _groups(writer, _("By section"), _("Section"), summary.sections)
    breaks.append(writer.line)
    sheet.set_h_pagebreaks(breaks)
    _groups(writer, _("By unit"), _("Unit"), summary.units, numbered=True)
    by_month = writer.stacked("column", _("Occurrences by month of their deadline"), *months, 0)
    total = writer.curve(_("Due and done so far"), *months, (_SHARE + 1, _SHARE + 2))
    count = len(summary.sections)
    by_section = writer.stacked(
        "bar", _("Occurrences by section"), sections, sections + max(count, 1) - 1, 0
    )
    by_section.set_y_axis({"reverse": True, "crossing": "max"})
    by_section.set_x_axis({"min": 0, **_GRID})
    for chart, row, column, size in (
        (by_month, _TOP, _RIGHT_COLUMN, _RIGHT),
        (total, _TOP + 17, 0, _LEFT),
        (by_section, _TOP + 17, _RIGHT_COLUMN, _RIGHT),
    ):
        chart.set_size(size)
        sheet.insert_chart(row, column, chart, {"x_offset": 8 if column else 0})
    sheet.hide_gridlines(2)
    print_on_a4(sheet, None, "", footer)


def _part(export: Export) -> str:
    """Return which tasks the workbook is about."""
    chosen = [
        _(name) % {"wanted": filters}
        for name, filters in (
            (N_("section: %(wanted)s"), export.section),
            (N_("unit: %(wanted)s"), export.unit),
            (N_("officer: %(wanted)s"), export.officer),
        )
        if filters
    ]
    tasks = words.tasks_counted(export.summary.task_counts).removesuffix(".")
    return "; ".join([tasks, *chosen])


def _headline(writer: _SummaryWriter, summary: Summary) -> None:
    counts, fallen = summary.counts, summary.fallen_due
    rows: tuple[tuple[str, Value, bool], ...] = (
        (_("Occurrences of the year"), counts.wanted, True),
        (_("Due until %(day)s") % {"day": date(summary.as_of)}, fallen.wanted, True),
        (_("of these done"), fallen.done, False),
        (_("of these done, in per cent"), _share(fallen.share(fallen.done)), False),
        (_("Done on time"), counts.on_time, False),
        (_("Done late"), counts.late, False),
        (_("Overdue"), counts.overdue, True),
        (_("Due in the next %(days)s days") % {"days": SOON_DAYS}, counts.due_soon, False),
        (_("Due later"), counts.upcoming, False),
        (_("Cancelled"), counts.cancelled, False),
        (_("Tasks without a deadline"), len(summary.no_deadline), False),
    )
    if summary.unread:
        rows = (*rows, (_("Deadlines not read"), len(summary.unread), True))
    book, sheet = writer.book, writer.sheet
    for line, (name, value, strong) in enumerate(rows, writer.line):
        look = book.cell("text", bold=strong)
        sheet.merge_range(line, 0, line, 1, "", look)
        put(sheet, line, 0, name, look)
        number = {"num_format": "0.0%"} if isinstance(value, Decimal) else {}
        put(sheet, line, 2, value, book.cell("number", bold=strong, **number))


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


def _counted(counts: Counts) -> list[Value]:
    numbers: list[Value] = [count(counts) for _name, count, _colour in _COUNTS]
    return [counts.wanted, *numbers, counts.cancelled, _share(counts.share(counts.done))]


def _groups(
    writer: _SummaryWriter,
    title: str,
    name: str,
    groups: Sequence[YearGroup],
    *,
    numbered: bool = False,
) -> int:
    """Write the table of ``groups``; return its first row."""
    last = (_("Tasks"), _("Without deadline"))
    rows = [
        [
            number if numbered else group.id,
            group.title or _("(no unit)"),
            *_counted(group.counts),
            group.tasks,
            group.no_deadline,
        ]
        for number, group in enumerate(groups, 1)
    ]
    return writer.table(title, (_("No."), name), last, rows)


def _months(writer: _SummaryWriter, summary: Summary) -> tuple[int, int]:
    """Write the table of the months; return the rows of January and December."""
    last = (_("Due so far"), _("Done so far"))
    rows = [
        [
            month.number if month.is_of_year else None,
            _month_name(summary, month),
            *_counted(month.counts),
            *(summary.by_end_of(month.number) if month.is_of_year else (None, None)),
        ]
        for month in summary.months
    ]
    start = writer.table(_("By month of the deadline"), (_("No."), _("Month")), last, rows)
    january = start + (summary.months[0].number == EARLIER)
    return january, january + 11


def _month_name(summary: Summary, month: Month) -> str:
    year = summary.plan.year
    if month.number == EARLIER:
        return _("before %(year)s") % {"year": year}
    if month.number == LATER:
        return _("after %(year)s") % {"year": year}
    return period_name(periods.month(year, month.number))
