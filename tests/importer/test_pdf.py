"""PDF files with text: the same plan as from the docx that they were made from.

LibreOffice makes them here; what is drawn otherwise, or meant to do harm, is written by hand.
"""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Side

from parplan.importer.office.marks import STRUCK
from parplan.importer.office.pdf_lines import (
    Column,
    Line,
    Word,
    joined,
    may_be_cut,
    split_columns,
    to_lines,
    to_paragraphs,
)
from parplan.importer.office.pdf_overruns import OVERRUN, overrun_boxes
from parplan.importer.read import no_table_error, read_office_file
from parplan.plan.model import Section
from parplan.problem import UserError
from tests.conftest import Run
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.libreoffice import made_by_libreoffice
from tests.helpers.office_files import LEFT, Rows, document, pdf, saved, sheet
from tests.helpers.office_shapes import OFFICE_SHAPES
from tests.helpers.shapes import SHAPES

PLANS = {
    name: (SHAPES | OFFICE_SHAPES)[name][0]
    for name in (
        "three-steps-one-unit",
        "groups-inside-sections",
        "lead-and-support",
        # So narrow on an upright page that words and dates are cut between their letters.
        "months-t1-t12",
        "months-beside-a-deadline",
        "months-under-one-heading",
        "start-end-and-day-of-completion",
        "province-with-steps",
    )
}


def ruled(doc: Any) -> None:
    """Draw the lines of the last table, as plans have them."""
    doc.tables[-1].style = "Table Grid"


def as_pdf(folder: Path, *rows: Rows, finish: Callable[[Any], None] = ruled) -> Path:
    """Return the PDF file that LibreOffice makes of a document with these tables."""
    saved(folder, "a.docx", document(*rows, finish=finish))
    made_by_libreoffice(folder, "pdf", "a.docx")
    return folder / "a.pdf"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with each plan as docx and PDF, and a sheet whose rows are too low."""
    folder = tmp_path_factory.mktemp("plans")
    for name, rows in PLANS.items():
        saved(folder, f"{name}.docx", document("*^PHỤ LỤC", rows, finish=ruled))
    saved(folder, "low.xlsx", low_rows())
    made_by_libreoffice(folder, "pdf", *(path.name for path in folder.glob("*.*x")))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_the_same_tasks_as_from_word(name: str, plans: Path) -> None:
    source, plan = imported(plans / f"{name}.docx").plan, imported(plans / f"{name}.pdf").plan

    assert as_one_line(plan.sections) == as_one_line(source.sections)
    assert plan.units == source.units


def as_one_line(sections: Sequence[Section]) -> object:
    """Return ``sections`` with blanks for the ends of lines, of which a PDF has more."""
    return [
        (section.id, section.title, task.id, " ".join(task.deadline_text.split()), task.schedule,
         " ".join(task.title.split()), " ".join(task.requirement.split()), task.units,
         task.supporting)
        for section in sections
        for task in section.tasks
    ]  # fmt: skip


LOW = [
    COLUMNS,
    ("I", "Thể chế", LEFT, LEFT, LEFT),
    ("1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
    ("2", "Họp", "", "Tháng 6/2026", "Tư pháp"),
    ("3", "Phổ biến", "", "Trước ngày 15/12/2026 (hoặc theo chỉ đạo)", "Tư pháp"),
    ("4", "Sơ kết", "", "", "Tư pháp"),
    ("5", "Kiểm tra", "", "Tháng 9/2026", "Tư pháp"),
    ("6", "Niêm yết", "", "Tháng 10/2026", "Tư pháp"),
    ("7", "Báo cáo", "", "Trong năm 2026 hoặc theo chỉ đạo", "Tư pháp"),
]


def low_rows() -> bytes:
    """Return a sheet whose rows have the height of one line, some with two."""
    book = openpyxl.load_workbook(io.BytesIO(sheet(("PL", LOW))))
    page = book.worksheets[0]
    thin = Side(style="thin")
    for row in page.iter_rows():
        page.row_dimensions[row[0].row or 0].height = 15
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter in "BDE":
        page.column_dimensions[letter].width = 24
    page.page_setup.orientation = "landscape"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.slow
def test_rows_that_are_too_low_for_their_text(plans: Path) -> None:
    """What runs over the edge of a cell stands in another: nothing there is certain."""
    result = imported(plans / "low.pdf")
    live = [task.id for _section, task in result.plan.tasks() if task.schedule]

    assert live == ["1"]
    assert OVERRUN in {note.text for note in result.notes}


@pytest.mark.slow
def test_the_plan_of_2025_with_its_document(workspace: Path, run: Run) -> None:
    """Over seven pages: letterhead, text, signature, and a table cut by four of them."""
    for name in ("a.docx", "a.pdf"):
        assert run("document", "-o", name).returncode == 0
    source = imported(workspace / "a.docx", None).plan
    plan = imported(workspace / "a.pdf", None).plan

    assert plan.sections == source.sections
    for part in ("year", "document", "issuer", "superior", "effective_from", "bases", "preamble",
                 "text", "closing", "recipients", "signer"):  # fmt: skip
        assert getattr(plan, part) == getattr(source, part), part


@pytest.mark.slow
def test_what_is_struck_out_or_raised(tmp_path: Path) -> None:
    rows = [
        COLUMNS,
        ("1", "Rà soát", "", "Tháng 3/2026", "Tư pháp"),
        ("2", "In", "", "Tháng 1", ""),
    ]

    def finish(doc: Any) -> None:
        ruled(doc)
        dates = [row.cells[3].paragraphs[0] for row in doc.tables[-1].rows]
        dates[1].runs[0].font.strike = True
        dates[1].add_run(" Tháng 6/2026")
        dates[2].add_run("2").font.superscript = True

    path = as_pdf(tmp_path, rows, finish=finish)
    plan = imported(path)

    assert [task.deadline_text for _s, task in plan.plan.tasks()] == ["Tháng 6/2026", "Tháng 1²"]
    assert [
        due.month for _s, task in plan.plan.tasks() for _p, due in task.schedule[0].due_dates(2026)
    ] == [6, 1]
    struck = [note.place for note in plan.notes if note.text == STRUCK]
    assert [(place.page, place.table, place.row) for place in struck] == [(1, 1, 2)]


def test_without_the_library_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(
        UserError, match=r"install parplan with its extra: pip install 'parplan\[pdf\]'"
    ):
        read_office_file(saved(tmp_path, "a.pdf", b"%PDF-1.7"))


def test_who_can_install_nothing_is_not_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    with pytest.raises(UserError, match="ask for the Word or Excel file it was made from"):
        read_office_file(saved(tmp_path, "a.pdf", b"%PDF-1.7"))


def test_a_table_without_lines_is_told(tmp_path: Path) -> None:
    row = b"1 0 0 1 %d %d Tm (%s) Tj"
    words = [row % (50 + 150 * (n % 3), 700 - 20 * (n // 3), text) for n, text in enumerate(
        (b"Noi dung", b"Thoi gian", b"Don vi", b"Ra soat", b"Quy I", b"Tu phap"))]  # fmt: skip
    path = saved(tmp_path, "a.pdf", pdf(b"BT /F 9 Tf " + b" ".join(words) + b" ET"))

    assert "by the lines around its cells" in no_table_error(path, read_office_file(path)).text


# Lines and paragraphs, with letters half as wide as high.


def line(text: str, left: float = 0, top: float = 0, size: float = 10) -> list[Word]:
    words, at = [], left
    for part in text.split(" "):
        right = at + len(part) * size / 2
        if part:
            words.append(Word(part, at, right, top + size, size))
        at = right + size / 2
    return words


def paragraphs(width: float, *texts: str, left: float = 0) -> list[str]:
    lines = to_lines([w for n, text in enumerate(texts) for w in line(text, left, n * 12)])
    column = Column(0, width)
    return [joined(paragraph, column) for paragraph in to_paragraphs(lines, column)]


@pytest.mark.parametrize(
    ("width", "lines", "expected"),
    [
        pytest.param(60, ("Trước ngày", "25/3/2026"), ["Trước ngày 25/3/2026"], id="full"),
        pytest.param(200, ("Văn phòng", "Tư pháp"), ["Văn phòng", "Tư pháp"], id="room-was-left"),
        pytest.param(60, ("Kế hoạch", "- Báo cáo"), ["Kế hoạch", "- Báo cáo"], id="a-dash"),
        pytest.param(60, ("giai đoạn 21", "– 2025"), ["giai đoạn 21 – 2025"], id="a-range"),
        pytest.param(60, ("Số 15/KH-", "UBND phường"), ["Số 15/KH-UBND phường"], id="a-symbol"),
        pytest.param(60, ("Trước 31", "/12/2026"), ["Trước 31/12/2026"], id="a-date"),
        pytest.param(48, ("31/12/202", "6"), ["31/12/2026"], id="a-year-cut-in-two"),
        pytest.param(30, ("15/3/2", "026"), ["15/3/2026"], id="most-of-a-year"),
        pytest.param(15, ("Nộ", "i", "du", "ng"), ["Nội dung"], id="words-cut-between-letters"),
        pytest.param(15, ("kết", "qu", "ả"), ["kết quả"], id="one-word-whole"),
        pytest.param(15, ("T1", "0"), ["T10"], id="a-month"),
        pytest.param(20, ("UBND", "xã"), ["UBND xã"], id="an-abbreviation"),
        pytest.param(15, ("UBN", "D"), ["UBND"], id="an-abbreviation-cut"),
    ],
)  # fmt: skip
def test_lines_that_were_full_go_on(
    width: float, lines: tuple[str, ...], expected: list[str]
) -> None:
    assert paragraphs(width, *lines) == expected


def test_a_raised_digit_belongs_to_its_line() -> None:
    words = [*line("Tháng 1"), Word("2", 36, 39, 7, 6), *line("Năm", top=12)]

    assert [one.text for one in to_lines(words)] == ["Tháng 1²", "Năm"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("31/12/202", "6", False),  # which can be nothing else
        ("31/12/202", "năm", False),
        ("31/12/20", "6/2026", True),
        ("15/1", "2/2026", True),  # 15/12/2026, or two dates
        ("Tháng 1", "2/2026", True),
    ],
)
def test_a_number_cut_by_a_narrow_column_is_doubted(
    first: str, second: str, expected: bool
) -> None:
    lines = to_lines([*line(first), *line(second, top=12)])

    assert may_be_cut(lines, Column(0, len(first) * 5 + 3)) is expected


def test_text_that_goes_on_in_another_cell() -> None:
    """Written right after what stands above it, where that line was full."""
    boxes = [(0.0, 0.0, 60.0, 13.0), (0.0, 13.0, 60.0, 26.0), (60.0, 13.0, 99.0, 26.0)]
    rows = [line("Trước ngày", 1, 1), line("15/12/2026", 1, 13), line("Tư", 65, 13)]
    for order, word in enumerate(word for words in rows for word in words):
        word.order = order

    assert overrun_boxes(boxes, rows, []) == {0, 1}
    assert overrun_boxes(boxes, [rows[0], [], rows[2]], rows[1]) == {0}
    rows[2][0].order, rows[1][0].order = 2, 3  # the next row of a table, written after its first
    assert overrun_boxes(boxes, rows, []) == set()


@pytest.mark.parametrize(
    ("left", "top"), [(1, -5), (1, 4), (-3, 1), (45, 1)], ids=["up", "down", "left", "right"]
)
def test_text_on_the_edge_of_its_cell(left: float, top: float) -> None:
    words = [line("dòng", left, top)]

    assert overrun_boxes([(0.0, 0.0, 60.0, 13.0)], words, []) == {0}
    assert overrun_boxes([(0.0, 0.0, 60.0, 13.0)], [line("dòng", 1, 1)], []) == set()


def test_words_on_each_other() -> None:
    box = (0.0, 0.0, 60.0, 30.0)

    assert overrun_boxes([box], [[*line("Sở", 1, 1), *line("Hội", 6, 2)]], []) == {0}
    assert overrun_boxes([box], [[*line("Sở", 1, 1), *line("Hội", 1, 13)]], []) == set()


def test_a_letterhead_has_two_columns() -> None:
    left, right = ["UBND QUẬN", "UBND PHƯỜNG"], ["CỘNG HÒA", "Độc lập"]
    words = [
        *(w for n, text in enumerate(left) for w in line(text, 20, n * 12)),
        *(w for n, text in enumerate(right) for w in line(text, 200, n * 13)),
        *line("KẾ HOẠCH", 180, 40),
        *line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", 0, 60),
    ]
    blocks = split_columns(to_lines(words), Column(0, 400))

    assert [[[one.text for one in column] for column in block] for block in blocks] == [
        [left, right],
        [["KẾ HOẠCH", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"]],
    ]


def test_a_blank_to_be_filled_makes_no_columns() -> None:
    words = [*line("Kế hoạch số", 0), *line("/KH-UBND", 100)]
    (((only,),),) = split_columns(to_lines(words), Column(0, 400))

    assert isinstance(only, Line)
    assert only.text == "Kế hoạch số /KH-UBND"


# Files that hold no text, or are made to do harm.


PICTURE = (
    b"6 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
    b"/BitsPerComponent 8/Length 1>>stream\n0\nendstream\nendobj\n"
)
SCAN = pdf(b"600 0 0 800 0 0 cm /I Do", b"/XObject<</I 6 0 R>>", PICTURE)
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>"
)
RULES = b"".join(
    b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n % 600, n % 600, n % 800, n % 800)
    for n in range(60_000)
)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a-scan": (lambda: SCAN, "is a scan"),
    "rubbish": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 400, "damaged"),
    "pages-in-a-circle": (lambda: LOOP, "damaged"),
    "inflates": (lambda: pdf(b" " * 900_000_000), "far more"),
    "millions-of-letters": (lambda: pdf(b"BT /F 9 Tf " + b"(a) Tj " * 5_000_000), "far more"),
    "thousands-of-lines": (lambda: pdf(b"BT /F 9 Tf (a) Tj ET " + RULES), "far more"),
    "no-table": (lambda: pdf(b"BT /F 9 Tf 50 700 Td (Ke hoach) Tj ET"), "by the lines around"),
}


def read_or_refuse(path: Path) -> None:
    """Read as ``import`` does, to whom a file without a table is none to be read."""
    raise no_table_error(path, read_office_file(path))


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_one_sentence(name: str, tmp_path: Path) -> None:
    """Bounded by the system in the processor's time and memory; nothing is left to this test."""
    make, said = HOSTILE[name]
    saved(tmp_path, "a.pdf", make())

    with pytest.raises(UserError, match=said):
        read_or_refuse(tmp_path / "a.pdf")


@pytest.mark.slow
def test_a_file_with_a_password(tmp_path: Path) -> None:
    options = {
        "EncryptFile": {"type": "boolean", "value": "true"},
        "DocumentOpenPassword": {"type": "string", "value": "x"},
    }
    saved(tmp_path, "a.docx", document("Kế hoạch"))
    made_by_libreoffice(tmp_path, f"pdf:writer_pdf_Export:{json.dumps(options)}", "a.docx")

    with pytest.raises(UserError, match="locked with a password"):
        read_office_file(tmp_path / "a.pdf")


@pytest.mark.slow
def test_a_word_that_is_half_struck_is_left_open(tmp_path: Path) -> None:
    """A "1" struck right before "2/2026" looks like 12/2026 to who joins letters to words."""
    rows = [COLUMNS, ("1", "Rà soát", "", "Tháng 1", "Tư pháp")]

    def finish(doc: Any) -> None:
        ruled(doc)
        date = doc.tables[-1].rows[1].cells[3].paragraphs[0]
        date.runs[0].font.strike = True
        date.add_run("2/2026")

    plan = imported(as_pdf(tmp_path, rows, finish=finish))

    assert [task.schedule for _s, task in plan.plan.tasks()] == [[]]
