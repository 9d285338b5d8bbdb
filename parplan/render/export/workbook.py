"""How does a value become a cell that shows it as it is, and a sheet a page that prints well?

Text is always text: no formula, no link, no number, and nothing that XML or Excel cannot
hold.  The same data give the same bytes.  Limits are those of Excel ("Excel specifications
and limits"), which LibreOffice keeps too.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parplan.agenda.items import Timing
from parplan.i18n import _, language
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.render.document.text_width import lines
from parplan.render.export.columns import Kind, SheetColumn, Value, WorkbookColumn
from parplan.text import one_line, printable

T = TypeVar("T")

MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
MOST_LINE_ENDS = 253
MOST_POINTS = 409
"""The highest that a row can be."""
LINE = 15
"""The height of a line of text, in points."""

TYPED, LOCKED = "#FFFFFF", "#F2F2F2"
"""The ground of cells in which somebody types, and of those that stay as they are."""

_EVERYWHERE = 3  # "Unix", what all systems but Windows say in an archive that they are
_FIRST_YEAR = 1901  # Excel's calendar has a 29 February 1900 and nothing before
_MOST_IN_PROPERTY = 255
_MOST_IN_HEADER = 110  # of 255, for each '&' is doubled
_PICTURE = re.compile(r"&(?=G|\[)")
_FONT = {"font_name": "Times New Roman", "font_size": 11, "font_scheme": False}
"""Without a scheme: else Excel would take its theme's font."""
_CELL = {"border": 1, "border_color": "#A6A6A6", "valign": "top"}
_HEADING = {
    **_CELL,
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "bg_color": "#DCE6F1",
}
_DATES = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}
_KINDS: dict[Kind, dict[str, Any]] = {
    "text": {"text_wrap": True, "align": "left"},
    "short": {"text_wrap": True, "align": "center"},
    "timing": {"text_wrap": True, "align": "center"},
    "date": {"align": "center"},
    "moment": {"align": "center"},
    "percent": {"align": "right", "num_format": "0%"},
    "number": {"align": "right"},
}
_TONES: dict[Timing | None, dict[str, Any]] = {
    "overdue": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "due-soon": {"bg_color": "#FFEB9C", "font_color": "#6B4E00"},
    "late": {"bg_color": "#FCE4D6", "font_color": "#7F3F00"},
    "on-time": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    None: {"font_color": "#595959", "italic": True},
}


class Book:
    """An Excel workbook in the making."""

    def __init__(self, title: str, author: str, as_of: dt.date) -> None:
        self._out = io.BytesIO()
        self._book = Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": _FONT,
            },
        )
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._book.set_properties(
            {
                "title": printable(title)[:_MOST_IN_PROPERTY],
                "author": printable(author)[:_MOST_IN_PROPERTY],
                "created": dt.datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001
            }
        )

    def look(self, **properties: Any) -> Format:
        """Return the format with these ``properties``, each made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format({**_FONT, **properties})
        return self._looks[key]

    def cell(self, kind: Kind, **more: Any) -> Format:
        """Return how a cell of ``kind`` looks, with a line around it."""
        date = {"date": _DATES[language()], "moment": f"{_DATES[language()]} hh:mm"}.get(kind)
        return self.look(
            **{**_CELL, **_KINDS[kind], **({"num_format": date} if date else {}), **more}
        )

    def timed(self, timing: Timing | None) -> Format:
        """Return how the name of ``timing`` looks."""
        return self.cell("timing", **_TONES.get(timing, {}))

    def heading(self, **more: Any) -> Format:
        """Return how the heading of a column looks."""
        return self.look(**{**_HEADING, **more})

    def sheet(self, title: str, rows: int) -> Worksheet:
        """Return a new sheet that is to hold ``rows`` rows; raises UserError if none can."""
        if rows > MOST_ROWS:
            text = N_(
                "the sheet '%(sheet)s' would have %(rows)s rows and Excel takes %(most)s: "
                "narrow it with --unit or --section, or export csv or json"
            )
            raise UserError(text, params(sheet=title, rows=rows, most=MOST_ROWS))
        return self._book.add_worksheet(title)

    def chart(self, options: dict[str, str]) -> Any:
        """Return a new chart."""
        return self._book.add_chart(options)

    def bytes(self) -> bytes:
        """Return the finished workbook, the same whatever system it is made on."""
        self._book.close()
        return _without_system(self._out.getvalue())


def _without_system(book: bytes) -> bytes:
    """Return the archive ``book`` as other systems than Windows write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        if all(part.create_system == _EVERYWHERE for part in old.infolist()):
            return book
        for part in old.infolist():
            part.create_system = _EVERYWHERE
            new.writestr(part, old.read(part))
    return out.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    """Write ``value`` into a cell: dates and numbers as such, text as text."""
    if isinstance(value, dt.date):
        if value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, value, look)
        else:
            sheet.write_string(row, column, value.isoformat(), look)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, cell_text(value), look)
    elif isinstance(value, Decimal) and not _is_exact(value):
        sheet.write_string(row, column, words.with_decimal_mark(str(value)), look)
    else:
        sheet.write_number(row, column, value, look)


def figure_format(value: Decimal) -> dict[str, str]:
    """Return how Excel shows a figure: thousands apart, with as many decimals as it has."""
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}


def number_or_text(value: Decimal | None, text: str) -> Value:
    """Return ``value`` where Excel can hold it exactly, else ``text``."""
    return value if value is not None and _is_exact(value) else text


def _is_exact(value: Decimal) -> bool:
    """Tell whether Excel's numbers, of 15 digits, can hold ``value``."""
    return Decimal(f"{value:.15g}") == value and abs(value) < Decimal("1e300")


def cell_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: no control characters, not too long."""
    *first, rest = printable(text).split("\n", MOST_LINE_ENDS)
    flat = "\n".join([*first, rest.replace("\n", " ")])
    units = flat.encode("utf-16-le")  # Excel counts so: an emoji is two
    if len(units) > 2 * MOST_LETTERS:
        sign = _(" … [cut here: the rest is in parplan]")
        beginning = units[: 2 * (MOST_LETTERS - len(sign))].decode("utf-16-le", errors="ignore")
        flat = beginning + sign
    if flat.startswith("<r>") and flat.endswith("</r>"):
        flat += " "  # XlsxWriter takes such a text for its own markup and would not escape it
    return flat


def print_on_a4(sheet: Worksheet, heading_row: int | None, header: str, footer: str) -> None:
    """Let ``sheet`` print on A4, landscape, one page wide, the heading row on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.4, top=0.7 if header else 0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if heading_row is not None:
        sheet.repeat_rows(heading_row)
    sheet.set_header(f"&C&10{_plain(header)}" if header else "")
    page = _("Page")
    sheet.set_footer(f"&L&9{_plain(footer)}&R&9 {page} &P/&N")


def _plain(text: str) -> str:
    """Return ``text`` for a page's header, where '&' begins a code; not too long."""
    line = printable(one_line(text))
    short = line if len(line) <= _MOST_IN_HEADER else line[: _MOST_IN_HEADER - 1] + "…"
    # XlsxWriter takes '&G' for the place of a picture even after another '&'; a digit after
    # the size of the letters would belong to it.
    return f" {_PICTURE.sub('& ', short).replace('&', '&&')}"


def fit_height(sheet: Worksheet, row: int, cells: Iterable[tuple[Value, int]], line: int) -> None:
    """Make ``row`` as high as its ``cells`` need, texts with the width of each in letters.

    ``line`` is the height of a line, in points.  Programs adjust the heights of rows when
    they feel like it (LibreOffice does not, on opening), and never those of merged cells.
    """
    needed = (lines(value, width) for value, width in cells if isinstance(value, str))
    sheet.set_row(row, min(line * max(needed, default=1), MOST_POINTS))


def write_above(book: Book, sheet: Worksheet, texts: Sequence[str], columns: int) -> int:
    """Write ``texts`` across the ``columns`` of a table; return the row of its headings."""
    first = book.look(bold=True, font_size=13, align="center", valign="vcenter", text_wrap=True)
    other = book.look(italic=True, align="center", valign="vcenter", text_wrap=True)
    for row, text in enumerate(texts):
        look = first if row == 0 else other
        sheet.merge_range(row, 0, row, columns - 1, "", look)
        put(sheet, row, 0, text, look)
    return len(texts) + 1


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Give the first columns of ``sheet`` these widths, in letters."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def lay_out(
    book: Book, sheet: Worksheet, columns: Sequence[SheetColumn], heading_row: int, title: str
) -> None:
    """Head the ``columns`` of a sheet to be filled in, hide the last one, and lock the rest."""
    set_widths(sheet, [column.width for column in columns])
    for place, column in enumerate(columns):
        grey = {"bg_color": "#D9D9D9"} if column.explanation is None else {}
        put(sheet, heading_row, place, _(column.title), book.heading(**grey))
    sheet.set_row(heading_row, 2 * LINE + 4)
    sheet.set_column(len(columns) - 1, len(columns) - 1, None, None, {"hidden": True})
    sheet.freeze_panes(heading_row + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    print_on_a4(sheet, heading_row, "", title)


def table(
    book: Book,
    title: str,
    columns: Sequence[WorkbookColumn[T]],
    rows: Sequence[T],
    footer: str,
    *,
    frozen: int = 1,
    timing: Callable[[T], Timing | None] = lambda _row: None,
) -> None:
    """Add a sheet with a heading row and a line for each of ``rows``, with filters.

    The ``frozen`` first columns stay in sight.  A cell of the kind "timing" has the colour of the
    ``timing`` of its row.
    """
    sheet = book.sheet(title, len(rows) + 1)
    set_widths(sheet, [column.width for column in columns])
    for place, column in enumerate(columns):
        put(sheet, 0, place, _(column.title), book.heading())
    sheet.set_row(0, 2 * LINE + 4)
    widths = [column.width for column in columns]
    looks = [None if column.kind == "timing" else book.cell(column.kind) for column in columns]
    for line, row in enumerate(rows, 1):
        values = [_in_excel(column.kind, column.value(row)) for column in columns]
        for place, (value, look) in enumerate(zip(values, looks, strict=True)):
            put(sheet, line, place, value, look or book.timed(timing(row)))
        fit_height(sheet, line, zip(values, widths, strict=True), LINE)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.freeze_panes(1, frozen)
    print_on_a4(sheet, 0, title, footer)


def _in_excel(kind: Kind, value: Value) -> Value:
    """Return ``value`` as Excel wants it: 50 per cent is 0.5."""
    return Decimal(value) / 100 if kind == "percent" and isinstance(value, int) else value
