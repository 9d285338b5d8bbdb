"""The two bodies above the number: which is which, and how their capitals are written out."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.importer.plan.capitals import as_written, split_bodies
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.office_files import document, saved


@pytest.mark.parametrize(
    ("above", "below", "superior", "issuer"),
    [
        ("PHÒNG GD&ĐT AN PHÚ", "TRƯỜNG THCS LÊ LỢI", "Phòng GD&ĐT An Phú", "Trường THCS Lê Lợi"),
        ("UBND HUYỆN AN PHÚ", "TRƯỜNG THCS LÊ LỢI", "UBND huyện An Phú", "Trường THCS Lê Lợi"),
        ("*UBND HUYỆN AN PHÚ", "*TRƯỜNG MN HOA SEN", "UBND huyện An Phú", "Trường MN Hoa Sen"),
        ("UBND XÃ VŨ LỄ", "*TRẠM Y TẾ", "UBND xã Vũ Lễ", "Trạm Y tế"),
        (
            *("SỞ Y TẾ TỈNH LẠNG SƠN", "TRUNG TÂM Y TẾ BẮC SƠN"),
            *("Sở Y tế tỉnh Lạng Sơn", "Trung tâm Y tế Bắc Sơn"),
        ),
        ("HUYỆN ỦY BẮC SƠN", "UBND XÃ VŨ LỄ", "Huyện ủy Bắc Sơn", "UBND xã Vũ Lễ"),
        ("ỦY BAN NHÂN DÂN", "XÃ VŨ LỄ", "", "UBND xã Vũ Lễ"),
        ("SỞ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG TỈNH LONG AN", "",
         "Sở Tài nguyên và Môi trường tỉnh Long An"),
        ("PHÒNG VĂN HÓA - XÃ", "HỘI PHƯỜNG PHÚ LA", "", "Phòng Văn hóa - Xã hội phường Phú La"),
        ("BAN CHỈ HUY", "PHÒNG CHỐNG THIÊN TAI", "", "Ban Chỉ huy phòng chống thiên tai"),
    ],
)  # fmt: skip
def test_who_issued_it(above: str, below: str, superior: str, issuer: str, tmp_path: Path) -> None:
    head = [
        (f"{above}\n{below}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("Số: 15/KH", "An Phú, ngày 12 tháng 01 năm 2026"),
    ]
    rows = [COLUMNS, ("1", "Rà soát", "", "Quý I", "Tổ Toán")]
    path = saved(tmp_path, "a.docx", document(head, "*^KẾ HOẠCH\nNăm học mới", rows))

    plan = imported(path).plan

    assert plan.issuer == issuer
    assert [body.name for body in plan.superior] == ([superior] if superior else [])


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("UBND THÀNH PHỐ HẢI PHÒNG", "UBND thành phố Hải Phòng"),
        ("UBND XÃ HỘI SƠN", "UBND xã Hội Sơn"),
        ("TRƯỜNG TIỂU HỌC VÀ THCS NGUYỄN VĂN TRỖI", "Trường Tiểu học và THCS Nguyễn Văn Trỗi"),
        ("TRƯỜNG MẦM NON SỐ 2 AN PHÚ", "Trường Mầm non số 2 An Phú"),
        ("ĐẢNG ỦY PHƯỜNG PHÚ LA", "Đảng ủy phường Phú La"),
        ("TRƯỜNG PTDTBT-THCS TÀ LONG", "Trường PTDTBT-THCS Tà Long"),
        ("CHI CỤC THUẾ KHU VỰC III", "Chi cục Thuế khu vực III"),
        ("CÔNG AN XÃ VŨ LỄ", "Công an xã Vũ Lễ"),
        ("UBND QUẬN 3", "UBND quận 3"),
    ],
)
def test_capitals_are_written_out(printed: str, written: str) -> None:
    assert as_written(printed, "") == written


def test_the_running_text_knows_better() -> None:
    text = "Trạm Y Tế xã xây dựng kế hoạch"

    assert as_written("TRẠM Y TẾ", text) == "Trạm Y Tế"


def test_a_bold_name_runs_over_two_lines() -> None:
    lines = [("UBND TỈNH LONG AN", False), ("TRUNG TÂM PHỤC VỤ", True), ("SỞ NỘI VỤ", True)]

    assert split_bodies(lines) == ["UBND TỈNH LONG AN", "TRUNG TÂM PHỤC VỤ SỞ NỘI VỤ"]
