"""The workbook: what its cells hold, how it prints, and that other programs open it."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parplan import i18n
from parplan.agenda.items import items
from parplan.journal.record import Evidence
from parplan.plan.file import read_plan
from parplan.problem import UserError
from parplan.render.export import content as export
from parplan.render.export import workbook, xlsx
from parplan.text import printable
from tests.helpers.office import Office, any_letters, calc, lacking, made
from tests.helpers.running import PATIENCE, ROOT, run_process

openpyxl: Any = importlib.import_module("openpyxl")  # it has no types of its own

SHEETS = ["Tổng hợp", "Phụ lục", "Kỳ hạn", "Nhật ký"]
RECORDS = (
    made(1, "done", "1@2025-03", on=dt.date(2025, 3, 20), evidence=(Evidence("BC 12"),)),
    made(2, "done", "23@2025-03", on=dt.date(2025, 4, 4), reason="Chờ ý kiến"),
    made(3, "note", "4@2025-06", text="Đã gửi giấy mời", percent=50),
    made(4, "note", "17", value=Decimal("98.5"), text="Năm tháng đầu năm"),
    made(5, "cancel", "6@2025-08", text="Quận không mở lớp"),
    made(6, "note", "2@2025", text="nhầm"),
    made(7, "undo", "2@2025", retracts="r00000000006"),
    made(8, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15), authority="CV 123"),
    made(9, "note", "5@2025-06", text="Sau ngày kết xuất", on=dt.date(2025, 6, 21)),
)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    found = Office(workspace, environment)
    found.write(*RECORDS)
    return found


def opened(office: Office, *args: str) -> Any:
    office.say("export", "xlsx", "-o", "out.xlsx", "--force", *args)
    return openpyxl.load_workbook(office.root / "out.xlsx")


on = dt.datetime.fromisoformat
"""A day as openpyxl gives it."""


def table(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows below the first one, each under its headings."""
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


# What the cells hold.


def test_the_sheets(office: Office) -> None:
    assert opened(office).sheetnames == SHEETS
    english = opened(office, "--lang", "en")
    assert english.sheetnames == ["Summary", "Appendix", "Occurrences", "Journal"]


def test_the_appendix_is_the_office_s(office: Office) -> None:
    sheet = opened(office)["Phụ lục"]
    plan = office.json("list")["items"]
    rows = list(sheet.iter_rows(values_only=True))

    assert [rows[0][0], rows[2][0]] == [
        "PHỤ LỤC",
        "(Ban hành kèm theo Kế hoạch số          /KH-UBND ngày      /3/2025 "
        "của UBND phường Phú La)",
    ]
    assert rows[3] == (
        *("STT", "Nội dung nhiệm vụ", "Yêu cầu năm 2025", "Thời gian hoàn thành"),
        *("Bộ phận thực hiện", "Người phụ trách", "Hạn tới", "Tình trạng"),
    )
    sections = [row for row in rows[4:] if row[0].isalpha()]
    tasks = [row for row in rows[4:] if row not in sections]
    assert [row[:2] for row in sections][3] == ("IV", "Cải cách tổ chức bộ máy")
    assert all(row[2:] == (None,) * 6 for row in sections)
    assert [row[:5] for row in tasks] == [
        (
            one["task"],
            one["title"],
            one["requirement"] or None,
            one["deadline_text"],
            ", ".join(one["units"]),
        )
        for one in plan
    ]
    assert tasks[3][6:] == (on("2025-06-30"), "còn 10 ngày, đang làm, 50%")
    assert tasks[5][6:] == (None, "đã hủy")


def test_section_rows_are_merged(office: Office) -> None:
    sheet = opened(office)["Phụ lục"]
    lines = {cell.row for cell in sheet["A"] if cell.value in ("I", "VIII")}

    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {f"B{line}:H{line}" for line in lines} <= merged
    assert {"A1:H1", "A2:H2", "A3:H3"} <= merged
    assert len(merged) == 3 + 8


def test_the_occurrences_are_those_of_the_agenda(office: Office) -> None:
    rows = table(opened(office)["Kỳ hạn"])
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    wanted = {one.occurrence.ref: one.due for one in items(plan, {}, dt.date(2025, 6, 20))}

    dated = {row["Kỳ"]: row["Hạn cuối"].date() for row in rows if row["Hạn cuối"]}
    assert dated == {**wanted, "12@2025-11-15": dt.date(2025, 11, 15)}
    assert [row["Kỳ"] for row in rows if not row["Hạn cuối"]] == ["8", "15", "17", "18", "20", "21"]


def test_an_occurrence_in_full(office: Office) -> None:
    rows = {row["Kỳ"]: row for row in table(opened(office)["Kỳ hạn"])}

    assert rows["4@2025-06"] == {
        "Kỳ": "4@2025-06",
        "STT": "4",
        "Lĩnh vực": "I",
        "Nhiệm vụ": "Giao ban BCĐ CCHC, CĐS, Đề án 06",
        "Lần": "Lần 1",
        "Hạn cuối": on("2025-06-30"),
        "Ngày làm việc cuối": on("2025-06-30"),
        "Tình trạng": "đang làm",
        "Thời hạn": "chưa đến hạn",
        "Còn (ngày)": 10,
        "Đã làm (%)": 0.5,
        "Ngày xong": None,
        "Đo được": None,
        "Bộ phận thực hiện": "Văn phòng UBND",
        "Người phụ trách": None,
        "Kiểm chứng": None,
        "Nguyên nhân chậm": None,
        "Ghi chú mới nhất": "Đã gửi giấy mời",
    }
    late = rows["23@2025-03"]
    assert (late["Thời hạn"], late["Ngày xong"]) == ("trễ hạn", on("2025-04-04"))
    assert (late["Còn (ngày)"], late["Nguyên nhân chậm"]) == (None, "Chờ ý kiến")
    assert (rows["17"]["Thời hạn"], rows["17"]["Đo được"]) == ("không có hạn", 98.5)
    assert rows["4@2025-11"]["Ngày làm việc cuối"] == on("2025-11-28")


def test_dates_and_numbers_are_such(office: Office) -> None:
    sheet = opened(office)["Kỳ hạn"]
    line = next(cell.row for cell in sheet["A"] if cell.value == "4@2025-06")

    due, percent = sheet.cell(line, 6), sheet.cell(line, 11)
    assert (due.data_type, due.number_format) == ("d", "dd/mm/yyyy")
    assert (percent.data_type, percent.number_format) == ("n", "0%")
    english = opened(office, "--lang", "en")["Occurrences"]
    assert english.cell(line, 6).number_format == "yyyy-mm-dd"


def test_the_journal_to_the_day(office: Office) -> None:
    rows = table(opened(office)["Nhật ký"])

    assert [row["Mã"] for row in rows] == [one.id for one in RECORDS[:8]]
    assert [row["Chú thích"] for row in rows[5:7]] == [
        "đã rút lại hoặc đã sửa",
        "rút lại r00000000006",
    ]
    assert rows[3]["Đo được"] == 98.5
    assert rows[7]["Hạn được giao"] == on("2025-11-15")
    assert rows[0]["Ngày"] == on("2025-03-20")
    assert rows[0]["Ghi lúc"] == on("2025-06-01 08:01")  # as its author's clock said
    later = table(opened(office, "--as-of", "2025-06-21")["Nhật ký"])
    assert [row["Nội dung"] for row in later[8:]] == ["Sau ngày kết xuất"]


def test_the_summary_counts_by_hand(office: Office) -> None:
    """Due until 20 June: 8 of March to June, of which the first of the three lists are done."""
    sheet = opened(office)["Tổng hợp"]
    numbers = {row[0]: row[2] for row in sheet.iter_rows(5, 15, values_only=True)}

    assert numbers == {
        "Số kỳ hạn phải thực hiện trong năm": 60,  # 61 with the one that a directive gave
        "Đến hạn tính đến ngày 20/06/2025": 9,  # March 1 23 23 24, April 1 23, May 1 23, June 1
        "trong đó đã hoàn thành": 2,
        "tỷ lệ đã hoàn thành": pytest.approx(0.222),
        "Hoàn thành đúng hạn": 1,
        "Hoàn thành trễ hạn": 1,
        "Quá hạn": 7,
        "Đến hạn trong 7 ngày tới": 1,  # 1@2025-06, on the 24th
        "Chưa đến hạn": 50,
        "Đã hủy": 1,
        "Nhiệm vụ không có hạn": 6,
    }


def test_the_tables_of_the_summary_add_up(office: Office) -> None:
    sheet = opened(office)["Tổng hợp"]
    lines = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    months = _numbers(sheet, lines["Theo tháng đến hạn"] + 2, 12)
    sections = _numbers(sheet, lines["Theo lĩnh vực"] + 2, 8)

    # occurrences, on time, late, overdue, due soon, upcoming, cancelled
    totals = [60, 1, 1, 7, 1, 50, 1]
    assert [sum(column) for column in zip(*months, strict=True)] == totals
    assert [sum(column) for column in zip(*sections, strict=True)] == totals
    january = lines["Theo tháng đến hạn"] + 2
    so_far = list(sheet.iter_rows(january, january + 11, 11, 12, values_only=True))
    assert [due for due, _done in so_far] == [0, 0, 4, 6, 8, 15, 17, 19, 24, 27, 31, 60]
    assert [done for _due, done in so_far] == [0, 0, 1, 2, 2, 2, *[None] * 6]


def _numbers(sheet: Any, first: int, count: int) -> list[tuple[int, ...]]:
    return list(sheet.iter_rows(first, first + count - 1, 3, 9, values_only=True))


def test_the_charts_draw_from_the_tables(office: Office) -> None:
    charts = opened(office)["Tổng hợp"]._charts

    assert [type(chart).__name__ for chart in charts] == ["BarChart", "LineChart", "BarChart"]
    sources = [str(series.val.numRef.f) for chart in charts for series in chart.series]
    assert len(sources) == 5 + 2 + 5
    assert all(source.startswith("'Tổng hợp'!$") for source in sources)


def test_a_filter_reaches_every_sheet(office: Office) -> None:
    book = opened(office, "--unit", "tu-phap", "--section", "II")

    assert [row["Kỳ"] for row in table(book["Kỳ hạn"])] == ["13@2025", "14@2025", "15"]
    appendix = [row[0] for row in book["Phụ lục"].iter_rows(5, values_only=True)]
    assert appendix == ["II", "13", "14", "15"]
    assert table(book["Nhật ký"]) == []
    assert book["Tổng hợp"]["A3"].value == "3 nhiệm vụ: chưa làm 3; lĩnh vực: II; bộ phận: tu-phap"


# How it prints, and how it is used.


@pytest.mark.parametrize(
    ("name", "heading", "frozen", "filtered"),
    [
        pytest.param("Phụ lục", 4, "C5", "A4:H47", id="appendix"),
        pytest.param("Kỳ hạn", 1, "E2", "A1:R68", id="occurrences"),
        pytest.param("Nhật ký", 1, "C2", "A1:O9", id="journal"),
    ],
)
def test_headings_stay_and_filter(
    name: str, heading: int, frozen: str, filtered: str, office: Office
) -> None:
    sheet = opened(office)[name]

    assert sheet.freeze_panes == frozen
    assert sheet.auto_filter.ref == filtered
    assert sheet.print_title_rows == f"${heading}:${heading}"


@pytest.mark.parametrize("name", SHEETS)
def test_a4_landscape_one_page_wide(name: str, office: Office) -> None:
    sheet = opened(office)[name]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "tính đến ngày 20/06/2025" in sheet.oddFooter.left.text
    assert sheet.oddFooter.right.text.endswith("Trang &P/&N")


def test_long_cells_wrap_and_their_rows_are_high_enough(office: Office) -> None:
    sheet = opened(office)["Phụ lục"]
    line = next(cell.row for cell in sheet["A"] if cell.value == "1")

    deadline = sheet.cell(line, 4)
    assert deadline.alignment.wrap_text
    assert deadline.value.count("\n") == 2
    assert sheet.row_dimensions[line].height >= 6 * 15  # six lines in this column


def test_the_same_data_give_the_same_bytes(office: Office) -> None:
    opened(office)
    first = (office.root / "out.xlsx").read_bytes()
    again = Office(office.root, {**office.env, "PYTHONHASHSEED": "3"}, run_process)
    again.say("export", "xlsx", "-o", "out.xlsx", "--force")

    assert (office.root / "out.xlsx").read_bytes() == first


def test_a_sheet_that_excel_cannot_hold_is_refused() -> None:
    book = workbook.Book("t", "a", dt.date(2025, 6, 20))

    book.sheet("Kỳ hạn", 1_048_576)
    with pytest.raises(UserError) as refusal:
        book.sheet("Nhật ký", 1_048_577)
    assert dict(refusal.value.values) == {
        "sheet": "Nhật ký",
        "rows": "1048577",
        "most": "1048576",
    }


def test_the_font_is_the_office_s(office: Office) -> None:
    opened(office)

    with zipfile.ZipFile(office.root / "out.xlsx") as parts:
        styles = parts.read("xl/styles.xml").decode()
    assert set(re.findall('<name val="([^"]+)"', styles)) == {"Times New Roman"}
    assert "<scheme" not in styles  # it would let Excel take its theme's font instead


# Text that a cell cannot hold as it is.


def test_a_text_that_is_too_long_is_cut_with_a_sign() -> None:
    i18n.use("en")
    text = "dài 😀" * 20_000

    cut = workbook.cell_text(text)

    assert len(cut.encode("utf-16-le")) // 2 in (32_766, 32_767)  # an emoji is never halved
    assert cut.endswith(" … [cut here: the rest is in parplan]")
    assert text.startswith(cut.removesuffix(" … [cut here: the rest is in parplan]"))
    assert workbook.cell_text("x" * 32_767) == "x" * 32_767


def test_a_cell_has_no_more_line_ends_than_excel_takes() -> None:
    cell = workbook.cell_text("\n".join(map(str, range(1000))))

    assert cell.count("\n") == 253
    assert cell.endswith(" 998 999")
    assert cell.split() == list(map(str, range(1000)))


NUMBERS = {
    "1": 1,
    "98.5": 98.5,
    "-0.1": -0.1,
    "123456789012345": 123456789012345,
    "0.123456789012345678": "0.123456789012345678",
}


@pytest.mark.parametrize("digits", NUMBERS)
def test_no_digit_of_a_number_is_lost(digits: str) -> None:
    i18n.use("en")
    found = built(made(1, "note", "4@2025-06", value=Decimal(digits)))

    rows = {row["Ref"]: row for row in table(read(found)["Occurrences"])}

    assert rows["4@2025-06"]["Measured"] == NUMBERS[digits]


PLAN = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value


def built(*records: Any) -> bytes:
    assert PLAN is not None
    return xlsx.render(export.build(PLAN, records, dt.date(2025, 6, 20)))


def read(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_days_before_excel_s_calendar_are_text() -> None:
    i18n.use("en")
    rows = table(read(built(made(1, on=dt.date(1900, 1, 1))))["Journal"])

    assert rows[0]["Day"] == "1900-01-01"


@pytest.mark.slow
@settings(max_examples=40)
@given(text=st.text(min_size=1), author=st.text())
def test_any_text_comes_back_as_text(text: str, author: str) -> None:
    i18n.use("en")
    data = built(made(1, "note", "4@2025-06", text=text, by=author))

    (row,) = table(read(data)["Journal"])

    assert (row["Content"] or "").rstrip(" ") == workbook.cell_text(text).rstrip(" ")
    assert row["Author"] in (printable(author), f"{printable(author)} ", None)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            root = ElementTree.fromstring(parts.read(name))
            assert not root.findall(".//{*}f/..[@r]"), name  # no cell has a formula


# Other programs.


@pytest.fixture
def converted(office: Office) -> Mapping[str, bytes]:
    """Return what LibreOffice makes of the workbook: pdf, and each sheet as CSV."""
    program = calc()
    opened(office)
    # UTF-8, quoted text, cells as they are shown, every sheet to a file of its own
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for form in ("pdf", as_csv):
        profile = (office.root / "profile").as_uri()
        done = subprocess.run(
            [
                *(program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form),
                *("--outdir", str(office.root / "made"), str(office.root / "out.xlsx")),
            ],
            env=any_letters(),
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        assert b"rror" not in done.stderr, done.stderr
    return {path.name: path.read_bytes() for path in (office.root / "made").iterdir()}


@pytest.mark.slow
def test_libreoffice_opens_it(converted: Mapping[str, bytes], office: Office) -> None:
    assert set(converted) == {"out.pdf", *(f"out-{name}.csv" for name in SHEETS)}
    assert converted["out.pdf"].startswith(b"%PDF")

    rows = list(csv.DictReader(io.StringIO(converted["out-Kỳ hạn.csv"].decode())))
    (row,) = [row for row in rows if row["Kỳ"] == "4@2025-06"]
    assert (row["Đã làm (%)"], row["Ghi chú mới nhất"]) == ("50%", "Đã gửi giấy mời")
    assert len(rows) == 67
    log = list(csv.DictReader(io.StringIO(converted["out-Nhật ký.csv"].decode())))
    assert [row["Mã"] for row in log] == [one.id for one in RECORDS[:8]]


@pytest.mark.slow
def test_the_pages_of_the_pdf(converted: Mapping[str, bytes], office: Office) -> None:
    if shutil.which("pdftotext") is None:
        lacking("pdftotext is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(office.root / "made" / "out.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    ).stdout.decode()
    pages = [" ".join(page.split()) for page in text.split("\f") if page.strip()]

    assert all(f"Trang {number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    # every page of the appendix and of the occurrences begins with the headings
    assert sum("STT Nội dung nhiệm vụ" in page for page in pages) >= 2
    assert sum("Hạn cuối" in page and "Ghi chú mới nhất" in page for page in pages) >= 3
    (line,) = [one for one in text.splitlines() if one.split()[:2] == ["4@2025-06", "4"]]
    assert "30/06/2025" in line
    assert "###" not in text  # a number or a date too wide for its column
