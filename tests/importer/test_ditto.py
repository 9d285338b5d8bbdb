"""Ditto marks: what they stand for, and what stays open where the cell above is empty."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from parplan.importer.plan.text import note_in_words
from parplan.schedule.rules import Every
from tests.helpers.imports import imported, summary
from tests.helpers.office_files import Rows, document, saved, sheet

HEAD = ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Hạn hoàn thành")
MARKS = ['"', "nt", "-nt-", "Như trên", "//", "“", "– ” –", '""', "〃", "’’"]
MONTHLY = Every(every="month", by=5)


def written(folder: Path, ending: str, rows: Rows) -> Path:
    if ending == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return saved(folder, "a.csv", text.getvalue().encode())
    data = document(rows) if ending == "docx" else sheet(("PL", rows))
    return saved(folder, f"a.{ending}", data)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv"])
def test_stands_for_the_cell_above(ending: str, mark: str, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("1", "Họp", "VP", "Ngày 05 hàng tháng"),
        ("2", "Gửi giấy mời", mark, mark),
        ("3", "Thu quỹ", mark, mark),
    ]
    result = imported(written(tmp_path, ending, rows))

    assert [row[2:] for row in summary(result)] == [("Ngày 05 hàng tháng", ["VP"])] * 3
    assert all(task.schedule == [MONTHLY] for _s, task in result.plan.tasks())


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv"])
def test_stays_open_below_an_empty_cell(ending: str, mark: str, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("1", "Họp", "VP", "Ngày 05 hàng tháng"),
        ("2", "Gửi giấy mời", "", ""),
        ("3", "Thu quỹ", mark, mark),
        ("4", "Chi quỹ", mark, mark),
    ]
    result = imported(written(tmp_path, ending, rows))

    assert summary(result)[2:] == [("3", "Thu quỹ", mark, []), ("4", "Chi quỹ", mark, [])]
    assert [bool(task.schedule) for _s, task in result.plan.tasks()] == [True, False, False, False]
    codes = {(note.code, note.task) for note in result.notes}
    assert {("unread", "3"), ("units", "3"), ("unread", "4"), ("units", "4")} <= codes


def test_the_cell_is_named(tmp_path: Path) -> None:
    rows = [HEAD, ("1", "Họp", "VP", ""), ("2", "Thu quỹ", "VP", "nt")]

    notes = imported(written(tmp_path, "xlsx", rows)).notes

    said = "sheet PL, cell D3: task 2: “nt” stands for the cell above it, which is empty"
    assert note_in_words(notes[-1]) == said


def test_below_a_heading_of_a_section_or_of_steps(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("I", "CÔNG TÁC MỘT", "", ""),
        ("1", "Họp", "VP", "Quý I"),
        ("II", "CÔNG TÁC HAI", "", ""),
        ("2", "Thu quỹ", "nt", "nt"),
        ("3", "Tổ chức hội nghị", "Tư pháp", ""),
        ("3.1", "Gửi giấy mời", "nt", "Quý II"),
    ]
    result = imported(written(tmp_path, "docx", rows))

    assert [row[2:] for row in summary(result)] == [
        ("Quý I", ["VP"]),
        ("Quý I", ["VP"]),
        ("Quý II", ["Tư pháp"]),
    ]


def test_below_a_cell_that_a_page_cuts_in_two(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("1", "Rà soát văn bản do phường", "VP", "Từ ngày 01/6 đến"),
        ("", "ban hành", "", "ngày 30/6/2026"),
        ("2", "Thu quỹ", "nt", "nt"),
    ]
    result = imported(written(tmp_path, "docx", rows))

    assert [row[2] for row in summary(result)] == ["Từ ngày 01/6 đến ngày 30/6/2026"] * 2


def test_of_requirements_and_officers(tmp_path: Path) -> None:
    head = (*HEAD, "Sản phẩm", "Cán bộ phụ trách")
    rows = [
        head,
        ("1", "Họp", "VP", "Quý I", "Biên bản", "Lê Văn Cường"),
        ("2", "Thu quỹ", "VP", "Quý I", "nt", "nt"),
        ("3", "Gửi giấy mời", "VP", "Quý I", "", ""),
        ("4", "Chi quỹ", "VP", "Quý I", "nt", "nt"),
    ]
    result = imported(written(tmp_path, "xlsx", rows))

    assert [(t.requirement, list(t.officers)) for _s, t in result.plan.tasks()] == [
        ("Biên bản", ["Lê Văn Cường"]),
        ("Biên bản", ["Lê Văn Cường"]),
        ("", []),
        ("", []),
    ]
    assert [(note.code, note.place.cell) for note in result.notes] == [
        ("cell", "E5"),
        ("officers", "F5"),
    ]


def test_marks_typed_by_hand_in_a_csv_open_no_quotes(tmp_path: Path) -> None:
    rows = [
        "STT;Nội dung công việc;Giao cho;Hạn hoàn thành",
        "1;Họp;VP;Ngày 05 hàng tháng",
        '2;Gửi giấy mời;";"',
        '3;Thu quỹ;VP;"',
        '4;"Chi; quỹ";";Quý I',
        '"5";Tuyên truyền "Ngày Chủ nhật xanh";"VP\nTư pháp; Thuế";"',
        '6;Tổng kết;VP;"',
    ]
    result = imported(saved(tmp_path, "a.csv", "\r\n".join(rows).encode()))

    assert summary(result) == [
        ("1", "Họp", "Ngày 05 hàng tháng", ["VP"]),
        ("2", "Gửi giấy mời", "Ngày 05 hàng tháng", ["VP"]),
        ("3", "Thu quỹ", "Ngày 05 hàng tháng", ["VP"]),
        ("4", "Chi; quỹ", "Quý I", ["VP"]),
        ("5", 'Tuyên truyền "Ngày Chủ nhật xanh"', "Quý I", ["VP", "Tư pháp", "Thuế"]),
        ("6", "Tổng kết", "Quý I", ["VP"]),
    ]
    assert not result.notes


def test_a_cell_with_separators_or_an_empty_line_stays_one(tmp_path: Path) -> None:
    rows = [
        "STT;Nội dung công việc;Đơn vị;Hạn hoàn thành",
        '1;"Họp\n";"Phòng A; Phòng B; Phòng C; Phòng D;";Quý I',
        '2;"Thu quỹ\n";"VP\n";Quý II',
        "3;Tổng kết;VP;Quý IV",
    ]
    result = imported(saved(tmp_path, "a.csv", "\n".join(rows).encode()))

    assert [row[:3] for row in summary(result)] == [
        ("1", "Họp", "Quý I"),
        ("2", "Thu quỹ", "Quý II"),
        ("3", "Tổng kết", "Quý IV"),
    ]
    assert not result.notes


def test_rows_that_a_quotation_mark_makes_one_cell_are_told(tmp_path: Path) -> None:
    rows = [
        "STT;Nội dung công việc;Đơn vị;Hạn hoàn thành",
        "1;Họp;VP;Quý I",
        '2;"Ngày hội;VP;Quý I',
        "3;Thu quỹ;VP;Quý I",
        '4;Tổng kết "năm";VP;Quý IV',
        '5;Chấm điểm;"VP\nPhòng A; Phòng B; Phòng C; Phòng D";Quý IV',
    ]
    notes = imported(saved(tmp_path, "a.csv", "\n".join(rows).encode())).notes

    told = [note for note in map(note_in_words, notes) if "quotation mark" in note]
    assert len(told) == 1
    assert told[0].startswith("line 3: a quotation mark opens here")
