"""Lists of what is done, and days on which it was: neither is to do, and both are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.importer.plan.finished import DONE_DAY, FINISHED, lists_finished
from parplan.importer.read import no_table_error, read_office_file
from parplan.problem import UserError
from tests.helpers.imports import COLUMNS, imported, summary
from tests.helpers.office_files import LEFT, Rows, document, saved, sheet

OPEN = [COLUMNS, ("1", "Rà soát", "", "Quý I/2026", "Tư pháp")]
DONE = [COLUMNS, ("1", "Số hóa hồ sơ", "", "15/3/2026", "Tư pháp")]
DONE_BY_HEADING = [
    ("STT", "Nhiệm vụ đã hoàn thành", "Thời gian", "Đơn vị"),
    ("1", "Số hóa hồ sơ", "15/3/2026", "Tư pháp"),
]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Danh mục nhiệm vụ đã hoàn thành", True),
        ("PHỤ LỤC II\nDANH MỤC NHIỆM VỤ ĐÃ HOÀN THÀNH NĂM 2025", True),
        ("II. Các công việc đã hoàn thành trong quý I", True),
        ("Đã hoàn thành", True),
        ("Biểu 2: Nhiệm vụ đã thực hiện xong", True),
        ("Danh mục nhiệm vụ đã hoàn thành và đang thực hiện", False),
        ("Danh mục chỉ tiêu đã hoàn thành năm 2025, chỉ tiêu giao năm 2026", False),
        ("Các nhiệm vụ đã hoàn thành cần duy trì", False),
        ("Nhiệm vụ chưa hoàn thành", False),
        ("Nhiệm vụ phải hoàn thành trong năm 2026", False),
        ("Trong năm 2025, phường đã hoàn thành 20 nhiệm vụ được giao", False),
        ("Nhiệm vụ hoàn thành trong quý I", False),
    ],
)
def test_titles(title: str, expected: bool) -> None:
    assert lists_finished(title) == expected


@pytest.mark.parametrize(
    "blocks",
    [
        (OPEN, "*^DANH MỤC NHIỆM VỤ ĐÃ HOÀN THÀNH", DONE),
        ("*^PHỤ LỤC I", "*^Nhiệm vụ đã hoàn thành năm 2026", DONE, "*^PHỤ LỤC II", OPEN),
        (OPEN, "Phụ lục II", DONE_BY_HEADING),
    ],
)
def test_a_finished_list_beside_the_plan(blocks: tuple[str | Rows, ...], tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.docx", document(*blocks)))

    assert [title for _id, title, _deadline, _units in summary(result)] == ["Rà soát"]
    assert [str(dict(note.values)["why"]) for note in result.notes if note.code == "row"] == [
        FINISHED
    ]


def test_a_sheet_of_what_is_finished(tmp_path: Path) -> None:
    book = sheet(("Kế hoạch", OPEN), ("Đã hoàn thành", DONE))
    result = imported(saved(tmp_path, "a.xlsx", book))

    assert [title for _id, title, _deadline, _units in summary(result)] == ["Rà soát"]
    assert [(note.place.sheet, note.code) for note in result.notes] == [("Đã hoàn thành", "row")]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_section_of_what_is_finished(ending: str, tmp_path: Path) -> None:
    """With headings of its own; the next one of its kind is to do."""
    rows = [
        COLUMNS,
        ("A", "NHIỆM VỤ ĐÃ HOÀN THÀNH", LEFT, LEFT, LEFT),
        ("I", "Thể chế", LEFT, LEFT, LEFT),
        ("1", "Số hóa hồ sơ", "", "15/3/2026", "Tư pháp"),
        ("2", "Tập huấn", "", "15/4/2026", "Tư pháp"),
        ("B", "NHIỆM VỤ TIẾP TỤC THỰC HIỆN", LEFT, LEFT, LEFT),
        ("3", "Rà soát", "", "Quý IV/2026", "Tư pháp"),
    ]
    data = document(rows) if ending == "docx" else sheet(("PL", rows))
    result = imported(saved(tmp_path, f"a.{ending}", data))

    assert summary(result) == [("3", "Rà soát", "Quý IV/2026", ["Tư pháp"])]
    assert len(result.notes) == 1


def test_a_file_of_nothing_else_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.docx", document("*^NHIỆM VỤ ĐÃ HOÀN THÀNH", DONE))
    with pytest.raises(AssertionError):
        imported(path)
    error = no_table_error(path, read_office_file(path))

    assert isinstance(error, UserError)
    assert "finished" in error.text


# The only column of days is "Ngày hoàn thành".


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("15/3/2026", ""), False),  # plain days, as they are noted when work is done
        (("15/3/2026", "20/4/2026"), False),
        (("Trước ngày 15/3/2026", "20/4/2026"), True),
        (("Quý I/2026", "20/4/2026"), True),
    ],
)
def test_a_day_of_completion(days: tuple[str, str], expected: bool, tmp_path: Path) -> None:
    rows = [
        ("STT", "Nội dung", "Ngày hoàn thành", "Đơn vị"),
        ("1", "Rà soát", days[0], "Tư pháp"),
        ("2", "Tập huấn", days[1], "Tư pháp"),
    ]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    tasks = [task for _section, task in result.plan.tasks() if task.deadline_text]
    assert all(bool(task.schedule) == expected for task in tasks)
    assert {note.text for note in result.notes if note.code == "unread"} == (
        set() if expected else {DONE_DAY}
    )


def test_a_day_of_completion_behind_a_day_of_beginning_is_planned(tmp_path: Path) -> None:
    rows = [
        ("STT", "Nội dung", "Ngày bắt đầu", "Ngày hoàn thành", "Đơn vị"),
        ("1", "Rà soát", "01/3/2026", "15/3/2026", "Tư pháp"),
    ]
    result = imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows))))

    assert result.deadlines() == (1, 0)
