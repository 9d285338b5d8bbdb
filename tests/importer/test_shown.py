"""No deadline that the page does not show: formats, footnotes, what is struck out or hidden.

Each kind in each format that has it.  Right is: read as shown, or left out or open and named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from parplan.importer.office import marks
from parplan.importer.office.month_first import MONTH_FIRST
from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.plan.month_rows import ONLY_START
from parplan.schedule.rules import Continuous, Every
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.office_files import LEFT, document, saved, sheet

ROWS = [
    COLUMNS,
    ("1", "Rà soát văn bản", "Đủ", "Quý I/2026", "Tư pháp"),
    ("2", "Phổ biến pháp luật", "Đủ", "Quý II/2026", "Tư pháp"),
]
OCTOBER = dt.date(2026, 10, 6)


def deadlines(result: ImportedPlan) -> dict[str, tuple[str, list[str]]]:
    """Return the wording of each task by its title, and the days that it means."""
    return {
        task.title: (
            task.deadline_text,
            [str(day) for rule in task.schedule for _period, day in rule.due_dates(2026)],
        )
        for _section, task in result.plan.tasks()
    }


def reasons(result: ImportedPlan) -> list[tuple[str, str]]:
    """Return what is said of cells and rows, with the place; not of units that nobody wrote."""
    return [
        (note.text, note.place.cell if note.place.sheet else str(note.place.row or note.place.line))
        for note in result.notes
        if note.code != "no-unit"
    ]


def workbook(tmp_path: Path, change: Callable[[Any], None]) -> ImportedPlan:
    path = saved(tmp_path, "a.xlsx", sheet(("PL", ROWS)))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return imported(path)


def word(tmp_path: Path, change: Callable[[Any], None]) -> ImportedPlan:
    return imported(saved(tmp_path, "a.docx", document(ROWS, finish=change)))


# Words in the number format of a cell.


@pytest.mark.parametrize(
    ("form", "shown", "day"),
    [
        ('"Trước ngày "dd/mm/yyyy', "Trước ngày 06/10/2026", "2026-10-05"),
        ('dd/mm/yyyy" (trước ngày)"', "06/10/2026 (trước ngày)", None),
        ('"Ngày "d" tháng "m" năm "yyyy', "Ngày 06 tháng 10 năm 2026", "2026-10-06"),
        ('"Sau ngày "dd/mm', "Sau ngày 06/10", None),
        ('"Quý IV: "dd/mm/yyyy', "Quý IV: 06/10/2026", "2026-10-06"),
        (r"\h\ạ\n\ dd/mm/yyyy", "hạn 06/10/2026", "2026-10-06"),
        ("[Red]dd/mm/yyyy", "06/10/2026", "2026-10-06"),
        ("dd/mm/yyyy;@", "06/10/2026", "2026-10-06"),
        ("[$-42A]dd/mm/yyyy", "06/10/2026", "2026-10-06"),
        ("d-mmm", "06/10", "2026-10-06"),
    ],
)
def test_words_of_a_format_are_read(form: str, shown: str, day: str | None, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.active["D2"].value = OCTOBER
        book.active["D2"].number_format = form

    text, days = deadlines(workbook(tmp_path, change))["Rà soát văn bản"]

    assert text == shown
    assert days == ([day] if day else [])


# Raised digits: the marks of footnotes.


@pytest.mark.parametrize("mark", ["1", "12", "(1)"])
def test_footnotes_in_word(mark: str, tmp_path: Path) -> None:
    def change(doc: Any) -> None:
        cell = doc.tables[0].cell(1, 3).paragraphs[0]
        cell.runs[0].text = "Tháng 1"
        cell.add_run(mark).font.superscript = True

    text, days = deadlines(word(tmp_path, change))["Rà soát văn bản"]

    assert text == "Tháng 1" + mark.translate(str.maketrans("12()", "¹²⁽⁾"))
    assert days == ["2026-01-31"]


@pytest.mark.parametrize("number", ["2¹", "2⁽³⁾", "2 (1)", "2*", "2[1]"])
@pytest.mark.parametrize("deadline", ["Quý II/2026⁽³⁾", "Quý II/2026 (1)", "Quý II/2026²"])
def test_marks_of_footnotes_that_were_typed(number: str, deadline: str, tmp_path: Path) -> None:
    rows = [*ROWS[:2], (number, "Phổ biến", "Đủ", deadline, "Tư pháp")]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert deadlines(result)["Phổ biến"] == (deadline, ["2026-06-30"])
    assert [task.id for _section, task in result.plan.tasks()] == ["1", "2"]


def test_footnotes_in_excel(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        block = TextBlock(InlineFont(vertAlign="superscript"), "2")
        book.active["D2"].value = CellRichText("Tháng 1", block)

    path = saved(tmp_path, "a.xlsx", sheet(("PL", ROWS)))
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book)
    book.save(path)

    assert deadlines(imported(path))["Rà soát văn bản"] == ("Tháng 1²", ["2026-01-31"])


# What is struck out.


def test_struck_out_text_in_word(tmp_path: Path) -> None:
    def change(doc: Any) -> None:
        cell = doc.tables[0].cell(1, 3).paragraphs[0]
        cell.runs[0].font.strike = True
        cell.add_run(" Tháng 5/2026")
        second = doc.tables[0].cell(2, 3).paragraphs[0]
        second.runs[0].font.double_strike = True

    result = word(tmp_path, change)

    assert deadlines(result) == {
        "Rà soát văn bản": ("Tháng 5/2026", ["2026-05-31"]),
        "Phổ biến pháp luật": ("", []),
    }
    assert [note for note in reasons(result) if note[0] == marks.STRUCK] == [
        (marks.STRUCK, "2"),
        (marks.STRUCK, "3"),
    ]


def test_a_struck_out_row_in_word(tmp_path: Path) -> None:
    def change(doc: Any) -> None:
        for cell in doc.tables[0].rows[2].cells:
            cell.paragraphs[0].runs[0].font.strike = True

    result = word(tmp_path, change)

    assert list(deadlines(result)) == ["Rà soát văn bản"]
    assert reasons(result) == [(marks.STRUCK, "3")]


def test_struck_out_cells_in_excel(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.active["D2"].font = Font(strike=True)
        for cell in book.active[3]:
            cell.font = Font(strike=True)

    result = workbook(tmp_path, change)

    assert deadlines(result) == {"Rà soát văn bản": ("", [])}
    struck = [place for text, place in reasons(result) if text == marks.STRUCK]
    assert struck == ["D2", "3"]  # one line for the row


def test_struck_out_words_in_excel(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.xlsx", sheet(("PL", ROWS)))
    book = openpyxl.load_workbook(path, rich_text=True)
    struck = TextBlock(InlineFont(strike=True), "Quý I/2026")
    book["PL"]["D2"].value = CellRichText(struck, " Quý III/2026")
    book.save(path)
    result = imported(path)

    assert deadlines(result)["Rà soát văn bản"] == ("Quý III/2026", ["2026-09-30"])
    assert reasons(result) == [(marks.STRUCK, "D2")]


# What is hidden.


def hide_row(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


def filter_rows(book: Any) -> None:
    book.active.auto_filter.ref = "A1:E3"
    book.active.auto_filter.add_filter_column(0, ["1"])
    hide_row(book)  # as Excel writes what a filter hides


def hide_sheet(book: Any) -> None:
    other = book.copy_worksheet(book.active)
    other["B2"].value = "Nháp"
    other.title, other.sheet_state = "Nháp", "hidden"
    book.active.delete_rows(3)


@pytest.mark.parametrize(
    ("hide", "reason", "place"),
    [
        (hide_row, marks.HIDDEN_ROW, "3"),
        (filter_rows, marks.HIDDEN_ROW, "3"),
        (hide_sheet, marks.HIDDEN_SHEET, ""),
    ],
)
def test_hidden_tasks_in_excel(
    hide: Callable[[Any], None], reason: str, place: str, tmp_path: Path
) -> None:
    result = workbook(tmp_path, hide)

    assert list(deadlines(result)) == ["Rà soát văn bản"]
    assert reasons(result) == [(reason, place)]


def test_a_hidden_column_of_deadlines(tmp_path: Path) -> None:
    """The column that is shown counts, not the older one that somebody hid."""

    def change(book: Any) -> None:
        page = book.active
        page.insert_cols(4)
        for row, text in enumerate(("Thời hạn", "Tháng 3/2026", "Tháng 4/2026"), 1):
            page.cell(row, 4).value = text
        page.column_dimensions["D"].hidden = True

    result = workbook(tmp_path, change)

    assert deadlines(result)["Rà soát văn bản"] == ("Quý I/2026", ["2026-03-31"])
    assert reasons(result) == [(marks.HIDDEN_COLUMN, "D")]


def test_hidden_text_in_word(tmp_path: Path) -> None:
    def change(doc: Any) -> None:
        cell = doc.tables[0].cell(1, 3).paragraphs[0]
        cell.runs[0].font.hidden = True
        cell.add_run("Tháng 5/2026")

    result = word(tmp_path, change)

    assert deadlines(result)["Rà soát văn bản"] == ("Tháng 5/2026", ["2026-05-31"])
    assert reasons(result) == [(marks.HIDDEN_TEXT, "2")]


# Tracked changes: the text as changed.


def test_tracked_changes_are_said(tmp_path: Path) -> None:
    gone = f"<w:del {nsdecls('w')}><w:r><w:delText>Quý I/2026</w:delText></w:r></w:del>"
    new = f"<w:ins {nsdecls('w')}><w:r><w:t>Tháng 5/2026</w:t></w:r></w:ins>"

    def change(doc: Any) -> None:
        cell = doc.tables[0].cell(1, 3).paragraphs[0]
        cell.runs[0]._r.getparent().remove(cell.runs[0]._r)
        for piece in (gone, new):
            cell._p.append(parse_xml(piece))

    result = word(tmp_path, change)

    assert deadlines(result)["Rà soát văn bản"] == ("Tháng 5/2026", ["2026-05-31"])
    assert reasons(result) == [(marks.TRACKED, "2")]


# The month before the day.


@pytest.mark.parametrize("form", ["m/d/yyyy", "mm/dd/yyyy", "mm/dd/yy", "[$-409]m/d/yyyy;@"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 10, 6), None),  # shows 10/6/2026
        (dt.date(2026, 10, 25), "2026-10-25"),
        (dt.date(2026, 6, 6), "2026-06-06"),
    ],
)
def test_formats_with_the_month_first(
    day: dt.date, expected: str | None, form: str, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        book.active["D2"].value = day
        book.active["D2"].number_format = form

    result = workbook(tmp_path, change)
    text, days = deadlines(result)["Rà soát văn bản"]

    assert days == ([expected] if expected else [])
    assert reasons(result) == ([] if expected else [(MONTH_FIRST, "D2")])
    assert expected or text == "10/06/2026"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx"])
def test_columns_with_the_month_first(ending: str, tmp_path: Path) -> None:
    """15 February stands first in the same column: a program wrote the dates so."""
    rows = [
        COLUMNS,
        ("1", "Một", "Đủ", "02/15/2026", "Tư pháp"),
        ("2", "Hai", "Đủ", "Trước ngày 10/06/2026", "Tư pháp"),
        ("3", "Ba", "Đủ", "05/05/2026", "Tư pháp"),
        ("4", "Bốn", "Đủ", "Quý II/2026", "Tư pháp"),
    ]
    data = {
        "csv": lambda: "\n".join(map(",".join, rows)).encode(),
        "xlsx": lambda: sheet(("PL", rows)),
        "docx": lambda: document(rows),
    }[ending]()
    result = imported(saved(tmp_path, f"a.{ending}", data))

    assert {title: days for title, (_text, days) in deadlines(result).items()} == {
        "Một": [],
        "Hai": [],
        "Ba": ["2026-05-05"],
        "Bốn": ["2026-06-30"],
    }
    assert MONTH_FIRST in [text for text, _place in reasons(result)]


# Columns of days that are no deadline.


@pytest.mark.parametrize(
    "heading",
    [
        "Thời gian nhận",
        "Ngày nhận nhiệm vụ",
        "Ngày giao",
        "Thời gian giao nhiệm vụ",
        "Ngày hoàn thành thực tế",
        "Thời gian hoàn thành thực tế",
        "Thời gian thực hiện thực tế",
        "Ngày ban hành",
        "Ngày văn bản",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_other_days_are_no_deadline(before: bool, heading: str, tmp_path: Path) -> None:
    rows = []
    for row, other in zip(ROWS, (heading, "05/01/2026", "06/01/2026"), strict=True):
        cells = [*row]
        cells.insert(3 if before else 4, other)
        rows.append(cells)
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert deadlines(result) == {
        "Rà soát văn bản": ("Quý I/2026", ["2026-03-31"]),
        "Phổ biến pháp luật": ("Quý II/2026", ["2026-06-30"]),
    }
    assert heading in result.left_out


# A month that the heading names.


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("Ngày 8", "2026-03-08"),
        ("Trước ngày 25", "2026-03-24"),
        ("Trong tháng", "2026-03-31"),
        ("15/3/2026", "2026-03-15"),
        ("Thường xuyên", ""),
        ("Trước ngày 15/4", None),
        ("Ngày 05-07", "2026-03-07"),
        ("Hằng tuần", None),
        ("Hằng tháng", None),
        ("Quý II", None),
        ("Ngày 32", None),
        ("10", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("heading", ["THÁNG 3", "Tháng 03/2026", "Tháng 3 năm 2026:"])
def test_days_under_their_month(
    heading: str, deadline: str, day: str | None, tmp_path: Path
) -> None:
    rows = [COLUMNS, (heading, *[LEFT] * 4), ("1", "Họp", "", deadline, "Tư pháp")]
    result = imported(saved(tmp_path, "a.docx", document(rows)))
    ((_section, task),) = result.plan.tasks()

    assert [str(due) for rule in task.schedule for _period, due in rule.due_dates(2026)] == (
        [day] if day else []
    )
    assert bool(task.schedule) == (day is not None)
    assert len(reasons(result)) == (day is None)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        ({"T3": "15/3"}, ["2026-03-15"]),
        ({"T3": "15/4"}, None),
        ({"T3": "Trước 20", "T6": "x"}, ["2026-03-19", "2026-06-30"]),
        ({"T2": "Ngày 30"}, None),
        ({"T3": "20"}, None),
        ({"T3": "Tuần 1"}, None),
    ],
)
def test_words_in_the_column_of_a_month(
    cells: dict[str, str], days: list[str] | None, tmp_path: Path
) -> None:
    names = [f"T{month}" for month in range(1, 13)]
    rows = [
        ("STT", "Việc", "Nội dung", *names),
        ("1", "", "Họp", *(cells.get(n, "") for n in names)),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))
    ((_section, task),) = result.plan.tasks()

    assert [str(due) for rule in task.schedule for _p, due in rule.due_dates(2026)] == (days or [])
    assert len(reasons(result)) == (days is None)


# A row that says only when its work begins.


@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize(
    ("start", "text", "kinds"),
    [
        ("15/01/2026", "Bắt đầu: 15/01/2026", []),
        ("Quý I/2026", "Bắt đầu: Quý I/2026", []),
        ("Cả năm", "Cả năm", [Continuous]),
        ("Thường xuyên", "Thường xuyên", [Continuous]),
        ("Hằng tháng", "Hằng tháng", [Every]),
    ],
)
def test_a_start_is_no_deadline(
    start: str, text: str, kinds: list[type], end: bool, tmp_path: Path
) -> None:
    rows = [
        ("STT", "Nội dung", "Phụ trách", "Bắt đầu", *["Kết thúc"] * end),
        ("1", "Rà soát", "Tư pháp", start, *[""] * end),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))
    ((_section, task),) = result.plan.tasks()

    assert (task.deadline_text, [type(rule) for rule in task.schedule]) == (text, kinds)
    assert [text for text, _place in reasons(result)] == ([] if kinds else [ONLY_START])
    assert bool(task.unread_deadline) == (not kinds)
