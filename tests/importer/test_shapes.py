"""Shapes of tables, by how often they occur in real plans; truth decided by hand before reading.

Each table is read from Word and from Excel: rows with number, title, due dates, units; sections.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parplan.importer.plan.assemble import ImportedPlan
from tests.helpers.department_shapes import DEPARTMENT_SHAPES
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.office_files import UP, Rows, document, saved, sheet
from tests.helpers.office_shapes import CULTURE, OFFICE_SHAPES
from tests.helpers.shapes import SHAPES, Truth
from tests.helpers.tracking_shapes import TRACKING_SHAPES

ALL = SHAPES | OFFICE_SHAPES | DEPARTMENT_SHAPES | TRACKING_SHAPES


def read_back(result: ImportedPlan) -> Truth:
    return [
        (
            task.id,
            task.title,
            " ".join(f"{due:%d/%m}" for rule in task.schedule for _p, due in rule.due_dates(2026)),
            ", ".join(task.units),
        )
        for _section, task in result.plan.tasks()
    ]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("name", ALL)
def test_shapes(name: str, ending: str, tmp_path: Path) -> None:
    rows, truth = ALL[name]
    data = document(rows) if ending == "docx" else sheet(("Phụ lục", rows))

    assert read_back(imported(saved(tmp_path, f"a.{ending}", data))) == truth


def sections(result: ImportedPlan) -> list[tuple[str, str, list[str]]]:
    return [(s.id, s.title, [task.id for task in s.tasks]) for s in result.plan.sections]


def test_a_column_of_fields_makes_one_section_a_value(tmp_path: Path) -> None:
    rows = [
        ("STT", "Lĩnh vực", "Nhiệm vụ", "Thời hạn", "Phụ trách"),
        ("1", "Đất đai", "Cấp giấy", "Quý I", "Địa chính"),
        ("2", "Đất đai", "Hòa giải", "Quý I", "Địa chính"),
        ("3", "Hộ tịch", "Số hóa sổ", "30/6", "Tư pháp"),
        ("4", "đất đai", "Đo đạc", "Quý II", "Địa chính"),
    ]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert sections(result) == [("I", "Đất đai", ["1", "2", "4"]), ("II", "Hộ tịch", ["3"])]


FIELDS = ("STT", "Lĩnh vực", "Nhiệm vụ", "Thời hạn", "Phụ trách")


@pytest.mark.parametrize("field", ["", UP, "Văn hóa"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_letters_below_a_row_of_a_field(ending: str, field: str, tmp_path: Path) -> None:
    rows = [
        FIELDS,
        ("1", "Văn hóa", "Tổ chức lễ hội", "", ""),
        ("a)", field, "Kế hoạch", "05/02/2026", CULTURE),
        ("b)", field, "Báo cáo", "15/3/2026", CULTURE),
        ("2", field, "Kiểm tra", "Quý III", CULTURE),
        ("3", "Đất đai", "Đo đạc", "30/9/2026", "Địa chính"),
    ]
    data = document(rows) if ending == "docx" else sheet(("PL", rows))

    assert sections(imported(saved(tmp_path, f"a.{ending}", data))) == [
        ("I.1", "Văn hóa: Tổ chức lễ hội", ["1a", "1b"]),
        ("I", "Văn hóa", ["2"]),
        ("II", "Đất đai", ["3"]),
    ]


def test_numbers_that_begin_anew_in_each_field(tmp_path: Path) -> None:
    rows = [
        FIELDS,
        ("1", "Văn hóa", "Lễ hội", "", ""),
        ("a)", UP, "Kế hoạch", "05/02/2026", CULTURE),
        ("b)", UP, "Báo cáo", "15/3/2026", CULTURE),
        ("1", "Đất đai", "Đo đạc", "", ""),
        ("a)", UP, "Ngoại nghiệp", "30/9/2026", "Địa chính"),
    ]

    assert sections(imported(saved(tmp_path, "a.docx", document(rows)))) == [
        ("I.1", "Văn hóa: Lễ hội", ["I.1a", "I.1b"]),
        ("II.1", "Đất đai: Đo đạc", ["II.1a"]),
    ]


def test_letters_below_no_number(tmp_path: Path) -> None:
    rows = [
        COLUMNS,
        ("a)", "Kế hoạch", "", "05/02/2026", "Tư pháp"),
        ("b)", "Báo cáo", "", "15/3/2026", "Tư pháp"),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert [task.id for _s, task in result.plan.tasks()] == ["a", "b"]


def test_groups_are_sections_inside_theirs(tmp_path: Path) -> None:
    rows = SHAPES["groups-inside-sections"][0]

    assert sections(imported(saved(tmp_path, "a.docx", document(rows)))) == [
        ("I.1", "THỂ CHẾ: Văn bản", ["1.1", "1.2"]),
        ("I", "THỂ CHẾ", ["2"]),
        ("II", "THỦ TỤC", ["3"]),
    ]


def test_what_a_group_says_besides_is_told(tmp_path: Path) -> None:
    rows = SHAPES["groups-with-units-of-their-own"][0]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert [(note.code, note.place.row) for note in result.notes] == [("row", 2)]


def test_numbers_that_excel_shortened(tmp_path: Path) -> None:
    """Typed as 1.10, kept as the number 1.1 and shown with a comma."""
    numbers: list[Any] = [float(f"1.{n}") for n in range(1, 12)]
    rows = [COLUMNS, *((n, f"Việc {n}", "", "Quý I/2026", "Tư pháp") for n in numbers)]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.id for _s, task in result.plan.tasks()] == [f"1.{n}" for n in range(1, 12)]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("STT", "Đơn vị", "Số nhiệm vụ", "Hoàn thành đúng hạn", "Quá hạn"),
            ("1", "Văn phòng", "12", "10", "2"),
        ],
        [
            ("STT", "Đơn vị", "Nhiệm vụ được giao", "Đã hoàn thành", "Đang thực hiện"),
            ("1", "Văn phòng", "12", "10", "2"),
            ("2", "Tư pháp", "7", "7", "0"),
        ],
        [
            ("TT", "Nội dung", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ"),
            ("1", "Thu ngân sách", "Tỷ đồng", "1.000,5", "1.200", "120%"),
            ("2", "Thu phí", "Tỷ đồng", "90", "80", "89%"),
        ],
        [
            ("TT", "Công việc", "Kế hoạch 2026", "Thực hiện 2025", "Ước thực hiện"),
            ("1", "Cấp giấy", "12", "10", "11"),
        ],
        [
            ("TT", "Nội dung", "Đơn vị", "Số lượng", "Đơn giá", "Thành tiền"),
            ("1", "Thuê hội trường", "Buổi", "2", "500.000", "1.000.000"),
            ("2", "Nước uống", "người", "50", "20.000", "1.000.000"),
        ],
        [
            ("TT", "Nội dung", "Đơn vị", "Năm 2025", "Năm 2026"),
            ("1", "Tỷ lệ hồ sơ trực tuyến", "%", "80", "90"),
            ("2", "Thu ngân sách", "Tỷ đồng", "5", "6"),
        ],
        [
            ("TT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Nhiệm vụ"),
            ("1", "Nguyễn Văn An", "Chủ tịch", "UBND xã", "Trưởng ban"),
        ],
    ],
)
def test_statistics_are_no_tasks(rows: Rows, tmp_path: Path) -> None:
    tasks = [COLUMNS, ("1", "Rà soát", "", "Quý I/2026", "Tư pháp")]
    result = imported(saved(tmp_path, "a.docx", document(rows, "Danh mục", tasks)))

    assert [task.title for _s, task in result.plan.tasks()] == ["Rà soát"]


TASKS = [COLUMNS, ("1", "Rà soát", "Danh mục", "Quý I/2026", "Tư pháp")]
NO_UNITS = (
    *("Kinh phí thực hiện", "Địa điểm thực hiện", "Cách thức thực hiện", "Địa bàn thực hiện"),
    *("Văn bản thực hiện", "Tình trạng thực hiện", "Căn cứ thực hiện"),
)
"""Headings that end like those of units, and say how, where or with what."""


@pytest.mark.parametrize("heading", NO_UNITS)
def test_what_is_said_of_the_work_names_nobody(heading: str, tmp_path: Path) -> None:
    rows = [
        ("TT", "Nội dung", "Chủ trì", heading, "Thời hạn"),
        ("1", "Tập huấn", "Tư pháp", "Hội trường", "Quý I"),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert read_back(result) == [("1", "Tập huấn", "31/03", "Tư pháp")]
    assert result.left_out == [heading]


@pytest.mark.parametrize(
    "heading", ["Thực hiện", "Phân công", "Tổ thực hiện", "Khoa, phòng thực hiện", "Khoa/phòng"]
)
def test_who_does_the_work_may_be_said_shortly(heading: str, tmp_path: Path) -> None:
    rows = [("TT", "Nội dung", heading, "Thời hạn"), ("1", "Tập huấn", "Tư pháp", "Quý I")]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert read_back(result) == [("1", "Tập huấn", "31/03", "Tư pháp")]


@pytest.mark.parametrize("heading", ["Tháng thực hiện", "Quý thực hiện", "Năm thực hiện"])
def test_a_time_of_the_work_is_its_deadline(heading: str, tmp_path: Path) -> None:
    rows = [
        ("TT", "Nội dung", "Đơn vị", heading, "Hạn chế"),
        ("1", "Tập huấn", "Tư pháp", "Quý I", "30/6 chưa xong"),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert read_back(result) == [("1", "Tập huấn", "31/03", "Tư pháp")]
    assert result.left_out == ["Hạn chế"]


@pytest.mark.parametrize(
    ("heading", "cell", "days"),
    [
        ("Tháng", "3", "31/03"),
        ("Tháng thực hiện", "3, 6", "31/03 30/06"),
        ("THÁNG", "4-5", "31/05"),
        ("Tháng", "13", ""),
        ("Quý", "I", "31/03"),
        ("Quý", "II, IV", "30/06 31/12"),
        ("Thời gian (tháng)", "3", ""),
        ("Thời gian", "3", ""),
    ],
)
def test_a_heading_may_say_that_numbers_are_months(
    heading: str, cell: str, days: str, tmp_path: Path
) -> None:
    rows = [("TT", "Nội dung", "Đơn vị", heading), ("1", "Tập huấn", "Tư pháp", cell)]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert read_back(result) == [("1", "Tập huấn", days, "Tư pháp")]


@pytest.mark.parametrize(
    ("headings", "cells", "days"),
    [
        (("Ngày", "Tháng"), ("15", "3"), ""),
        (("Quý", "Thời hạn"), ("I", "15/3"), "15/03"),
        (("Quý", "Tháng"), ("I", "3"), "31/03"),
    ],
)
def test_a_month_or_quarter_beside_another_time(
    headings: tuple[str, str], cells: tuple[str, str], days: str, tmp_path: Path
) -> None:
    rows = [("TT", "Nội dung", "Đơn vị", *headings), ("1", "Tập huấn", "Tư pháp", *cells)]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert read_back(result) == [("1", "Tập huấn", days, "Tư pháp")]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_steps_of_the_work_in_a_column_of_their_own(ending: str, tmp_path: Path) -> None:
    rows = [
        ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Các bước thực hiện", "Thời hạn"),
        ("1", "Cải tạo tuyến ống", "Kỹ thuật", "Lập hồ sơ", "Tháng 2"),
        (UP, UP, UP, "Thi công", "Trước 01/5"),
        ("2", "Kiểm định", "Kỹ thuật", "Toàn Công ty", "Quý III"),
    ]
    data = document(rows) if ending == "docx" else sheet(("PL", rows))

    assert read_back(imported(saved(tmp_path, f"a.{ending}", data))) == [
        ("1.1", "Cải tạo tuyến ống\nLập hồ sơ", "28/02", "Kỹ thuật"),
        ("1.2", "Cải tạo tuyến ống\nThi công", "30/04", "Kỹ thuật"),
        ("2", "Kiểm định\nToàn Công ty", "30/09", "Kỹ thuật"),
    ]


@pytest.mark.parametrize(
    "heading", ["Thời gian bắt đầu - kết thúc", "Từ ngày - đến ngày", "Ngày bắt đầu/hoàn thành"]
)
def test_beginning_and_end_may_share_a_column(heading: str, tmp_path: Path) -> None:
    rows = [("TT", "Nội dung", heading, "Đơn vị"), ("1", "Rà soát", "01/3 - 31/3/2026", "Tư pháp")]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert read_back(result) == [("1", "Rà soát", "31/03", "Tư pháp")]


HEADS = ("TT", "Nội dung", "Đơn vị", "Thời hạn")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("titles", [("CÔNG TÁC A", "CÔNG TÁC B"), ("Công tác a", "Công tác b")])
def test_rows_without_a_number_head_others(
    titles: tuple[str, str], ending: str, tmp_path: Path
) -> None:
    rows = [
        HEADS,
        ("", titles[0], "", ""),
        ("1", "Rà soát", "Tư pháp", "Quý I"),
        ("", titles[1], "", ""),
        ("2", "Họp", "Văn phòng", "Quý II"),
    ]
    data = document(rows) if ending == "docx" else sheet(("PL", rows))

    assert sections(imported(saved(tmp_path, f"a.{ending}", data))) == [
        ("I", titles[0], ["1"]),
        ("II", titles[1], ["2"]),
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Công tác tài chính", ("Rà soát", ["row"])),
        ("và báo cáo", ("Rà soát và báo cáo", [])),
        ("- Báo cáo", ("Rà soát\n- Báo cáo", [])),
    ],
)
def test_what_may_head_a_section_goes_into_no_title(
    title: str, expected: tuple[str, list[str]], tmp_path: Path
) -> None:
    rows = [HEADS, ("1", "Rà soát", "Tư pháp", "Quý I"), ("", title, "", ""), ("2", "Họp", "", "")]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    titles = [task.title for _s, task in result.plan.tasks()]
    others = ("no-deadline", "no-unit")
    codes = [note.code for note in result.notes if note.code not in others]
    assert (titles, codes) == ([expected[0], "Họp"], expected[1])


def test_who_leads_may_stand_beside_the_title_of_a_section(tmp_path: Path) -> None:
    rows = [
        HEADS,
        ("I", "Công tác A", "Phòng X", ""),
        ("1", "Rà soát", "Tư pháp", "Quý I"),
        ("II", "Công tác B", "Phòng Y", ""),
        ("1", "Họp", "Văn phòng", "Quý II"),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert sections(result) == [("I", "Công tác A", ["I.1"]), ("II", "Công tác B", ["II.1"])]
    assert [note.code for note in result.notes] == ["row", "row"]


def test_a_number_alone_heads_rows_without_one(tmp_path: Path) -> None:
    rows = [
        HEADS,
        ("1", "Công tác A", "", ""),
        ("", "Rà soát", "Tư pháp", "Quý I"),
        ("", "Phổ biến", "Tư pháp", "Quý I"),
        ("2", "Họp", "Văn phòng", ""),
        ("3", "Công tác B", "", ""),
        ("", "Đối thoại", "Văn phòng", "Quý II"),
    ]
    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert [(title, ids) for _id, title, ids in sections(result)] == [
        ("Công tác A", ["1.1", "1.2"]),
        ("Nhiệm vụ", ["2"]),
        ("Công tác B", ["3.1"]),
    ]


OTHER_LISTS = {
    "documents": [
        ("TT", "Văn bản căn cứ", "Trích yếu", "Ngày ban hành", "Cơ quan ban hành"),
        ("1", "Nghị quyết số 5", "về CCHC", "15/3/2026", "Tỉnh ủy"),
        ("2", "Kế hoạch số 7", "về CCHC", "16/3/2026", "Tỉnh ủy"),
    ],
    "people": [
        ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ"),
        ("1", "Nguyễn Văn An", "Nam", "12/5", "Chủ tịch"),
    ],
    "figures": [
        ("STT", "Chỉ tiêu", "ĐVT", "Thực hiện 2025", "Đơn vị"),
        ("1", "Hồ sơ", "%", "8/8", "Một cửa"),
    ],
}
"""Lists as wide as the appendix, whose dates are no deadlines."""


@pytest.mark.parametrize("name", OTHER_LISTS)
@pytest.mark.parametrize("between", [(), ("Phụ lục II", "DANH MỤC")])
def test_another_list_does_not_go_on_with_the_tasks(
    name: str, between: tuple[str, ...], tmp_path: Path
) -> None:
    result = imported(saved(tmp_path, "a.docx", document(TASKS, *between, OTHER_LISTS[name])))

    assert [task.title for _s, task in result.plan.tasks()] == ["Rà soát"]


@pytest.mark.parametrize("name", OTHER_LISTS)
def test_another_list_lower_on_the_sheet_is_named(name: str, tmp_path: Path) -> None:
    blank = ("", "", "", "", "")
    rows = [*TASKS, blank, *OTHER_LISTS[name]]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert [task.title for _s, task in result.plan.tasks()] == ["Rà soát"]
    assert [note.code for note in result.notes if "another list" in str(note.values)] == ["row"]


@pytest.mark.parametrize("word", ["Tổng số", "Tổng cộng", "Cộng"])
def test_a_total_with_its_word_in_the_column_of_numbers(word: str, tmp_path: Path) -> None:
    rows = [*TASKS, (word, "1 việc", "", "30/11/2026", "")]

    result = imported(saved(tmp_path, "a.docx", document(rows)))

    assert [task.title for _s, task in result.plan.tasks()] == ["Rà soát"]


@pytest.mark.parametrize("heading", ["Số ngày", "Thời gian thực hiện (ngày)"])
def test_a_number_of_days_is_no_second_deadline(heading: str, tmp_path: Path) -> None:
    rows = [
        ("STT", "Nội dung", "Ngày kết thúc", heading, "Đơn vị thực hiện"),
        ("1", "Rà soát", "30/6/2026", "5", "Tư pháp"),
    ]

    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    (task,) = [task for _s, task in result.plan.tasks()]
    assert [day.isoformat() for rule in task.schedule for _p, day in rule.due_dates(2026)] == [
        "2026-06-30"
    ]
