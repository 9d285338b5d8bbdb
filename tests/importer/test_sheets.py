"""Excel and CSV files: values as a sheet shows them, encodings, separators."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.importer.budget import Budget
from parplan.importer.grid import TOO_WIDE
from parplan.importer.office.sheet_file import read_xlsx
from parplan.importer.office.sheet_values import display_number
from parplan.importer.read import no_table_error, read_office_file
from parplan.problem import UserError
from tests.helpers.imports import COLUMNS, imported, summary
from tests.helpers.office_files import LEFT, UP, Rows, saved, sheet

ROW = ("1", "Rà soát văn bản", "Đạt 100%", "Quý I/2026", "Tư pháp; Công an phường")
READ = [("1", "Rà soát văn bản", "Quý I/2026", ["Tư pháp", "Công an phường"])]

SIGNED: Rows = [
    ("STT", "Nội dung nhiệm vụ", "Thời gian hoàn thành", "Đơn vị chủ trì", "Phối hợp"),
    ("1", "Rà soát văn bản", "Quý I/2026", "Tư pháp", "Công an phường"),
    ("2", "Tổng kết công tác", "Quý IV/2026", "Văn phòng", "Các bộ phận"),
]


def csv_text(separator: str, end: str = "\r\n") -> str:
    quoted = [f'"{field}"' if separator in field else field for field in ROW]
    return end.join([separator.join(COLUMNS), separator.join(quoted), ""])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(csv_text(",").encode(), id="utf-8"),
        pytest.param(csv_text(",").encode("utf-8-sig"), id="utf-8-with-mark"),
        pytest.param(csv_text(";").encode("utf-8-sig"), id="semicolons"),
        pytest.param(csv_text("\t").encode("utf-16"), id="unicode-text-of-excel"),
        pytest.param(b"\xfe\xff" + csv_text("\t").encode("utf-16-be"), id="big-endian"),
        pytest.param(("sep=;\r\n" + csv_text(";")).encode(), id="separator-named"),
        pytest.param(csv_text("|", "\n").encode(), id="bars"),
        pytest.param(("KẾ HOẠCH NĂM 2026,,,,\n" + csv_text(",")).encode(), id="title-above"),
    ],
)
def test_csv(data: bytes, tmp_path: Path) -> None:
    assert summary(imported(saved(tmp_path, "a.csv", data))) == READ


def test_places_in_a_csv_file_are_lines(tmp_path: Path) -> None:
    text = csv_text(",") + '2,"Việc\nhai",,không rõ,\n3,Việc ba,,khi nào xong,\n'

    result = imported(saved(tmp_path, "a.csv", text.encode()))

    assert [(note.code, note.task, note.place.line) for note in result.notes] == [
        ("no-unit", "", 0),
        ("unread", "2", 3),
        ("unread", "3", 5),
    ]


@pytest.mark.parametrize(
    "data",
    [
        # "Nội dung" as TCVN3 (ABC), VNI and Windows-1258 write it
        pytest.param(b"STT,N\xe9i dung,Th\xeai gian\n", id="tcvn3"),
        pytest.param(b"STT,No\xe4i dung,Th\xf4\xf8i gian\n", id="vni"),
        pytest.param(b"STT,N\xf4\xf2i dung\n", id="windows-1258"),
        pytest.param(csv_text(",").encode("utf-16-le"), id="utf-16-without-mark"),
    ],
)
def test_other_encodings_are_refused_not_guessed(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read_office_file(saved(tmp_path, "a.csv", data))


def test_letters_of_an_old_font_are_named_as_the_reason(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.xlsx", sheet(("A", [("STT", "Néi dung", "Thêi gian", "§¬n vÞ")])))

    assert "TCVN3" in no_table_error(path, read_office_file(path)).text


def test_a_sheet_with_everything_merged(tmp_path: Path) -> None:
    rows = [
        ("UBND PHƯỜNG AN HÒA", LEFT, LEFT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LEFT),
        ("PHỤ LỤC", LEFT, LEFT, LEFT, LEFT),
        ("NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026", LEFT, LEFT, LEFT, LEFT),
        ("", "", "", "", ""),
        COLUMNS,
        ("I", "Thể chế", LEFT, LEFT, LEFT),
        ("1", "Rà soát", "Đủ", "Quý I/2026", "Tư pháp"),
        ("2", "Phổ biến", "Đủ", UP, UP),
    ]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("Phụ lục", rows))), None)

    assert result.plan.year == 2026
    assert result.plan.issuer == "UBND phường An Hòa"
    assert result.plan.appendix is not None
    assert result.plan.appendix.title == "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026"
    assert summary(result) == [
        ("1", "Rà soát", "Quý I/2026", ["Tư pháp"]),
        ("2", "Phổ biến", "Quý I/2026", ["Tư pháp"]),
    ]


def test_every_sheet_is_an_appendix_but_hidden_ones(tmp_path: Path) -> None:
    rows = [COLUMNS, ROW]
    data = sheet(("Cơ quan", rows), ("Tổ dân phố", rows), ("Nháp", rows))
    book = openpyxl.load_workbook(saved(tmp_path, "a.xlsx", data))
    book["Nháp"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    result = imported(tmp_path / "a.xlsx")

    assert [(section.id, section.title) for section in result.plan.sections] == [
        ("I", "Cơ quan"),
        ("II", "Tổ dân phố"),
    ]
    assert [task[0] for task in summary(result)] == ["I.1", "II.1"]


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    rows = [COLUMNS, ("1", "Rà soát", "Đủ", '="Quý I/"&2026', "Tư pháp")]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [(note.code, note.place.cell) for note in result.notes] == [
        ("no-deadline", "2"),
        ("cell", "D2"),
    ]


def test_columns_beyond_the_last_that_is_read_are_named(tmp_path: Path) -> None:
    """As in a sheet with a column for each day of the year."""
    wide = [(*row, *[""] * 195, more) for row, more in ((COLUMNS, ""), (ROW, "x"), (ROW, "x"))]
    as_csv = "\n".join(";".join(f'"{text}"' for text in row) for row in wide)

    for name, data in (("a.xlsx", sheet(("PL", wide))), ("a.csv", as_csv.encode())):
        result = imported(saved(tmp_path, name, data))
        told = [note.place for note in result.notes if note.text == TOO_WIDE]
        assert [(place.cell, place.line) for place in told] in ([("GS2", 0)], [("", 2)])


DAY = dt.date(2026, 6, 5)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        pytest.param(DAY, "dd/mm/yyyy", "05/06/2026", id="date"),
        pytest.param(DAY, "mm-dd-yy", "05/06/2026", id="date-as-the-system-writes-it"),
        pytest.param(DAY, 'd "tháng" m', "05 tháng 06", id="date-without-year"),
        pytest.param(dt.date(2026, 6, 1), "mmm-yy", "06/2026", id="typed-as-6/2026"),
        pytest.param(dt.date(2026, 6, 1), "mm/yyyy", "06/2026", id="month"),
        pytest.param(dt.date(2026, 1, 1), "yyyy", "2026", id="year"),
        pytest.param(1, "0%", "100%", id="per-cent"),
        pytest.param(0.985, "0.0%", "98,5%", id="part-of-a-per-cent"),
        pytest.param(2026, "General", "2026", id="whole"),
        pytest.param(0.1 + 0.2, "General", "0,3", id="no-more-digits-than-excel"),
        pytest.param(True, "General", "TRUE", id="truth"),
        pytest.param("a\nb", "General", "a\nb", id="lines"),
    ],
)
def test_values_are_read_as_the_sheet_shows_them(
    value: object, form: str, text: str, tmp_path: Path
) -> None:
    data = sheet(("A", [[value]]), formats={"A1": form})  # type: ignore[list-item]

    (table,) = read_xlsx(data, Budget(tmp_path / "a.xlsx")).tables()

    assert table.rows[0].cells[0].text == text


def test_a_date_that_excel_may_have_swapped_is_named(tmp_path: Path) -> None:
    rows = [COLUMNS, *((str(i), f"Việc {i}", "", "", "Tư pháp") for i in (1, 2, 3))]
    path = saved(tmp_path, "a.xlsx", sheet(("PL", rows)))
    book = openpyxl.load_workbook(path)
    for row, (day, form) in enumerate(
        [(DAY, "mm-dd-yy"), (dt.date(2026, 6, 30), "mm-dd-yy"), (DAY, "dd/mm/yyyy")], 2
    ):
        book["PL"].cell(row, 4, day).number_format = form
    book.save(path)

    result = imported(path)

    assert [(note.code, note.place.cell) for note in result.notes] == [("cell", "D2")]
    assert [task[2] for task in summary(result)] == ["05/06/2026", "30/06/2026", "05/06/2026"]


@given(st.floats() | st.integers(), st.text(max_size=12))
def test_no_number_and_no_format_stop_the_reading(number: float, form: str) -> None:
    assert isinstance(display_number(repr(number), form), str)


def test_the_same_texts_as_openpyxl_reads(tmp_path: Path) -> None:
    """An independent reader gives the same for a sheet of texts, merged cells and gaps."""
    rows = [
        ("a", LEFT, "b", ""),
        ("", "Tiếng Việt", UP, "x\ny"),
        ("&amp;", " c ", UP, "<&>"),
        ("=1", "'", '"', "đ"),
    ]
    data = sheet(("A", rows))
    (table,) = read_xlsx(data, Budget(tmp_path / "a.xlsx")).tables()
    page = openpyxl.load_workbook(saved(tmp_path, "a.xlsx", data)).worksheets[0]

    for row in table.rows:
        for column, cell in enumerate(row.cells, 1):
            there = page.cell(row.place.row, column)
            value = there.value if there.data_type != "f" else None
            if type(there).__name__ == "Cell":
                assert cell.text == str(value or "").strip()
    assert table.rows[0].cells[0] is table.rows[0].cells[1]
    assert table.rows[0].cells[2] is table.rows[2].cells[2]


BELOW: dict[str, Rows] = {
    "two-signers": [
        ("", "NGƯỜI LẬP BIỂU", "", "TM. ỦY BAN NHÂN DÂN", ""),
        ("", "", "", "CHỦ TỊCH", ""),
        ("", "Nguyễn Văn An", "", "Trần Văn Bình", ""),
    ],
    "one-signer": [("", "", "", "CHỦ TỊCH", ""), ("", "", "", "Trần Văn Bình", "")],
    "over-two-columns": [("", "", "", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", LEFT)],
    "place-and-day": [
        ("", "", "", "Hòa Lạc, ngày 05 tháng 01 năm 2026", ""),
        ("", "Người lập", "", "Thủ trưởng đơn vị", ""),
        ("", "(Ký, ghi rõ họ tên)", "", "(Ký, đóng dấu)", ""),
    ],
    "under-the-deadline": [
        ("", "", "Hòa Lạc, ngày … tháng 01 năm 2026", "", ""),
        ("", "Người lập", "TRƯỞNG PHÒNG", "", ""),
        ("", "Nguyễn Văn An", "Trần Văn Bình", "", ""),
    ],
    "notes": [("Ký hiệu: C - chủ trì; P - phối hợp", LEFT, LEFT, LEFT, LEFT)],
    "recipients": [
        ("Nơi nhận:", LEFT, "", "KT. CHỦ TỊCH", ""),
        ("- Như trên;", LEFT, "", "PHÓ CHỦ TỊCH", ""),
        ("- Lưu: VT.", LEFT, "", "", ""),
    ],
}


@pytest.mark.parametrize("blank", [0, 2], ids=["at-once", "below-blank-rows"])
@pytest.mark.parametrize("below", BELOW)
def test_signatures_below_are_no_tasks(below: str, blank: int, tmp_path: Path) -> None:
    rows = [*SIGNED, *[("",) * 5] * blank, *BELOW[below]]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert summary(result) == [
        ("1", "Rà soát văn bản", "Quý I/2026", ["Tư pháp"]),
        ("2", "Tổng kết công tác", "Quý IV/2026", ["Văn phòng"]),
    ]
    assert [note.place.row for note in result.notes if note.code == "row"] == [4 + blank]


def test_statistics_below_a_blank_row_are_no_tasks(tmp_path: Path) -> None:
    rows = [
        *SIGNED,
        ("",) * 5,
        ("Thống kê hồ sơ tháng 01/2026", LEFT, LEFT, LEFT, LEFT),
        ("", "Tiếp nhận", "Lĩnh vực", "Đúng hạn", ""),
        ("", "112", "Hộ tịch", "110", ""),
    ]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.id for _section, task in result.plan.tasks()] == ["1", "2"]
    assert [note.place.row for note in result.notes if note.code == "row"] == [5]


def test_what_looks_like_a_signature_between_tasks_is_work(tmp_path: Path) -> None:
    rows = [*SIGNED[:2], ("2", "Đối thoại", "Quý II", "CHỦ TỊCH", ""), SIGNED[2]]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.units for _section, task in result.plan.tasks()] == [
        ["Tư pháp"],
        ["CHỦ TỊCH"],
        ["Văn phòng"],
    ]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        pytest.param(
            ("Deadline", "Việc phải làm", "Kết quả", "Ai làm", "Ai hỗ trợ", "Số"),
            ("06/02/2026", "Rà soát", "x", "Ly", "Tuấn", "1"),
            id="as-people-speak",
        ),
        pytest.param(
            ("No.", "Hạng mục công việc", "PIC", "Support", "Start", "Due date", "% hoàn thành"),
            ("1", "Rà soát", "Ly", "Tuấn", "01/01/2026", "06/02/2026", "0%"),
            id="english",
        ),
        pytest.param(
            ("Mã", "Nhiệm vụ", "Mốc thời gian", "Chịu trách nhiệm chính", "Tham gia"),
            ("1", "Rà soát", "06/02/2026", "Ly", "Tuấn"),
            id="responsible",
        ),
        pytest.param(
            ("STT", "Nội dung giao", "Hạn xử lý", "Đơn vị xử lý chính", "Đơn vị đồng xử lý"),
            ("1", "Rà soát", "06/02/2026", "Ly", "Tuấn"),
            id="of-a-program",
        ),
        pytest.param(
            ("TT", "Hoạt động", "Tháng", "Khoa/phòng đầu mối", "Khoa/phòng phối hợp"),
            ("1", "Rà soát", "02/2026", "Ly", "Tuấn"),
            id="hospital",
        ),
        pytest.param(
            ("TT", "Tên việc", "Giao ai", "Phối hợp", "Thời hạn"),
            ("1", "Rà soát", "Ly", "Tuấn", "06/02/2026"),
            id="in-a-hurry",
        ),
    ],
)
def test_headings_of_many_offices(
    headings: tuple[str, ...], row: tuple[str, ...], tmp_path: Path
) -> None:
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", [headings, row]))))

    (_section, task), *others = result.plan.tasks()
    assert not others
    assert (task.id, task.title, task.units, task.supporting) == ("1", "Rà soát", ["Ly"], ["Tuấn"])
    assert task.deadline_text in ("06/02/2026", "02/2026")
    assert task.schedule


MATRIX: Rows = [
    ("STT", "Nhiệm vụ", "Đơn vị thực hiện", LEFT, LEFT, "Thời hạn"),
    (UP, UP, "VP", "KTHT&ĐT", "CAP", UP),
    ("1", "Thu ngân sách", "P", "C", "P", "31/12/2026"),
    ("2", "Cấp phép", "", "x", "", "Thường xuyên"),
    ("3", "Giải thể thao", "C", "", "C", "28/4/2026"),
]


def test_marks_in_columns_of_units_say_who_leads(tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", MATRIX))))

    assert [(task.units, task.supporting) for _section, task in result.plan.tasks()] == [
        (["KTHT&ĐT"], ["VP", "CAP"]),
        (["KTHT&ĐT"], []),
        (["VP", "CAP"], []),
    ]


def test_other_words_in_columns_of_units_stay(tmp_path: Path) -> None:
    rows = [*MATRIX[:2], ("1", "Thu ngân sách", "Ly", "C", "", "31/12/2026")]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.units for _section, task in result.plan.tasks()] == [["Ly C"]]


def test_a_title_above_all_columns_names_none(tmp_path: Path) -> None:
    rows: Rows = [
        ("PHỤ LỤC 2. NHIỆM VỤ CÔNG TÁC DÂN SỐ", LEFT, LEFT, LEFT, LEFT),
        ("TT", "Công việc", "Thời hạn", "Thực hiện", "Phối hợp"),
        ("1", "Truyền thông", "10/7/2026", "Bộ phận Dân số", "Công an xã"),
    ]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [(t.title, t.units, t.supporting) for _section, t in result.plan.tasks()] == [
        ("Truyền thông", ["Bộ phận Dân số"], ["Công an xã"])
    ]


@pytest.mark.parametrize("short", ["ĐV", "Đ/v", "Đvị", "đ.v"])
def test_a_short_heading_of_units(short: str, tmp_path: Path) -> None:
    rows = [("STT", "Nội dung", "Hạn", short), ("1", "Rà soát", "Quý I", "Tư pháp")]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.units for _s, task in result.plan.tasks()] == [["Tư pháp"]]


@pytest.mark.parametrize("short", ["ĐV", "Đ/v", "Đvị"])
def test_a_short_heading_beside_that_of_units_is_something_else(short: str, tmp_path: Path) -> None:
    rows = [
        ("STT", "Nội dung", "Hạn", short, "Số lượng", "Đơn vị thực hiện"),
        ("1", "Trồng cây", "Quý I", "cây", "100", "Tư pháp"),
    ]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.units for _s, task in result.plan.tasks()] == [["Tư pháp"]]
    assert short in result.left_out
