"""Titles of plans and appendices, the sections that take theirs from them, and who signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.plan.model import Task
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.office_files import LEFT, Rows, document, saved, sheet

HEAD: Rows = [
    ("UBND TỈNH LONG\nTHƯ VIỆN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập"),
    ("Số: 02/KH-TV", "Long, ngày 07 tháng 01 năm 2026"),
]
TASKS = [COLUMNS, ("1", "Rà soát", "", "Quý I", "Tư pháp")]


def test_a_title_in_one_line_is_type_and_subject(tmp_path: Path) -> None:
    blocks = (
        HEAD,
        "",
        "*^KẾ HOẠCH CÔNG TÁC NĂM 2026",
        "Thư viện xây dựng kế hoạch như sau:",
        TASKS,
    )
    plan = imported(saved(tmp_path, "a.docx", document(*blocks)), None).plan

    assert (plan.document.type, plan.document.title) == ("Kế hoạch", "CÔNG TÁC NĂM 2026")
    assert (plan.year, plan.document.number, plan.appendix) == (2026, "02", None)
    assert plan.preamble == "Thư viện xây dựng kế hoạch như sau:"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["*^PHỤ LỤC"], []),
        ([], ["^(Kèm theo Công văn số 14/CV ngày 14/01/2026)"]),
    ],
)
def test_a_title_in_one_line_may_be_that_of_an_appendix(
    above: list[str], below: list[str], tmp_path: Path
) -> None:
    title = "*^KẾ HOẠCH CHI TIẾT NĂM 2026"
    plan = imported(saved(tmp_path, "a.docx", document(*above, title, *below, TASKS)), None).plan

    assert plan.appendix is not None
    assert plan.appendix.title == "KẾ HOẠCH CHI TIẾT NĂM 2026"
    assert plan.document.title == "KẾ HOẠCH CHI TIẾT NĂM 2026"


@pytest.mark.parametrize(
    "text",
    [
        ["*^KẾ HOẠCH CÔNG TÁC NĂM 2026", "Thư viện xây dựng kế hoạch như sau:"],
        ["*^KẾ HOẠCH", "*^Phòng chống thiên tai", "*I. MỤC ĐÍCH", "Giảm hại.", "*II. NỘI DUNG"],
        ["*^KẾ HOẠCH", "*^Phòng chống thiên tai"],
    ],
)
def test_text_before_a_table_is_no_section(text: list[str], tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.docx", document(HEAD, *text, TASKS)))

    assert [(section.id, section.title) for section in result.plan.sections] == [("I", "Nhiệm vụ")]


def test_each_sheet_has_a_title_of_its_own(tmp_path: Path) -> None:
    titles = ("NHIỆM VỤ KHỐI THU", "NHIỆM VỤ KHỐI CHI")
    sheets = [(f"Khối {i}", [(title, *[LEFT] * 4), *TASKS]) for i, title in enumerate(titles)]
    result = imported(saved(tmp_path, "a.xlsx", sheet(*sheets, ("Khối 2", TASKS))))

    assert [section.title for section in result.plan.sections] == [*titles, "Khối 2"]


@pytest.mark.parametrize(
    "post",
    ["CHỦ TỊCH", "PHÓ TỔNG GIÁM ĐỐC", "HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "CHI CỤC TRƯỞNG"],
)
def test_who_signs(post: str, tmp_path: Path) -> None:
    tail: Rows = [("*Nơi nhận:\n- Như trên;\n- Lưu: VT.", f"*{post}\n\n\n*Lê Văn Cường")]
    plan = imported(saved(tmp_path, "a.docx", document(HEAD, TASKS, "", tail))).plan

    assert plan.signer is not None
    assert (plan.signer.position, plan.signer.name) == (post, "Lê Văn Cường")


def test_a_sheet_may_be_the_whole_document(tmp_path: Path) -> None:
    blank = ("",) * 5
    rows: Rows = [
        ("UBND TỈNH LONG", LEFT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LEFT, LEFT),
        ("Số: 12/KH-TV", LEFT, "Long, ngày 05 tháng 01 năm 2026", LEFT, LEFT),
        ("KẾ HOẠCH CÔNG TÁC NĂM 2026", LEFT, LEFT, LEFT, LEFT),
        *TASKS,
        blank,
        ("Nơi nhận:", LEFT, "", "GIÁM ĐỐC", LEFT),
        ("- Như trên;", LEFT, "", "", ""),
        ("- Lưu: VT.", LEFT, "", "", ""),
        ("", "", "", "Lê Văn Cường", LEFT),
    ]
    plan = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))), None).plan

    assert (plan.document.number, plan.document.date) == ("12", "2026-01-05")
    assert plan.document.title == "CÔNG TÁC NĂM 2026"
    assert plan.recipients == ["Như trên;", "Lưu: VT."]
    assert plan.signer is not None
    assert (plan.signer.position, plan.signer.name) == ("GIÁM ĐỐC", "Lê Văn Cường")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *((name, "Nhiệm vụ") for name in ("Sheet1", "Sheet", "SHEET 2", "Trang tính1")),
        *((name, "Nhiệm vụ") for name in ("Trang_tính1", "Trang tính 3", "Bảng tính1")),
        *((name, name) for name in ("Khối thu", "Sheet thu chi", "2026")),
    ],
)
def test_a_name_that_a_program_gave_a_sheet_is_no_title(
    name: str, title: str, tmp_path: Path
) -> None:
    result = imported(saved(tmp_path, "a.xlsx", sheet((name, TASKS))))

    assert [section.title for section in result.plan.sections] == [title]


@pytest.mark.parametrize("mark", ["- ", "-", "+ ", "• ", "* ", "– "])
def test_the_mark_of_a_list_is_kept_in_the_title_and_not_in_the_name(
    mark: str, tmp_path: Path
) -> None:
    head = ("STT", "Nội dung", "Thời hạn", "Đơn vị")
    rows = [head, ("1", "Rà soát", "Quý I", "Tư pháp"), ("", f"{mark}Họp", "Quý II", "Tư pháp")]
    plan = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows)))).plan

    assert [task.title for _section, task in plan.tasks()] == ["Rà soát", f"{mark}Họp"]
    assert [task.name for _section, task in plan.tasks()] == ["Rà soát", "Họp"]


@pytest.mark.parametrize("title", ["-5 độ", "-", "Rà soát - báo cáo", "* 5"])
def test_what_is_no_mark_of_a_list_stays(title: str) -> None:
    assert Task(id="1", title=title, schedule=[]).name == title


def test_a_short_name_stays_as_it_was_typed() -> None:
    assert Task(id="1", title="- Họp giao ban", short="- Họp", schedule=[]).name == "- Họp"
