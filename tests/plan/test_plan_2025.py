"""Does ``plan/2025.yaml`` say what the issued plan says, and mean what it means?

The wording is held against the source text, word by word; the meaning against a
table of the year's due dates, written by hand.  Text is compared in NFC: the
source mixes composed and decomposed letters, which look the same to a reader.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from parplan.plan.document import Clause
from parplan.plan.file import read_plan
from parplan.plan.model import Plan, Target, Task, units_by_name
from parplan.schedule.rules import Continuous, OnDirective
from parplan.text import width

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
SOURCE = Path(__file__).parents[1] / "data" / "plan-source.txt"


@functools.cache
def the_plan() -> Plan:
    """Return the plan of 2025, read without a problem."""
    reading = read_plan(PLAN.name, PLAN.read_bytes())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


def tasks() -> list[Task]:
    return [task for _, task in the_plan().tasks()]


# The wording.  Tokens are what white space separates.  A part or item is printed as its number
# with a dot, a point or recipient after a dash of its own; a row as its number and its four cells.

PAGE_NUMBER = re.compile(r"^[ ]*[0-9]{1,2}[ ]*\n", re.MULTILINE)  # "2024" alone ends row 33

ROW_18_AS_EXTRACTED = """\
100% kiến nghị được trả lời, xử lý, công khai Thường xuyên Các bộ phận chuyên môn đúng quy định"""
ROW_18_CELL_BY_CELL = """\
100% kiến nghị được trả lời, xử lý, công khai đúng quy định Thường xuyên Các bộ phận chuyên môn"""


def source() -> str:
    """Return the source text in NFC, as it was extracted."""
    return unicodedata.normalize("NFC", SOURCE.read_text(encoding="utf-8"))


def source_words() -> tuple[list[str], list[str]]:
    """Return the tokens of the document and of its appendix, without the page number.

    A page break cuts row 18: the end of its requirement comes after its last cell, and is
    put back.
    """
    running = " ".join(PAGE_NUMBER.sub("", source()).split())
    assert running.count(ROW_18_AS_EXTRACTED) == 1
    running = running.replace(ROW_18_AS_EXTRACTED, ROW_18_CELL_BY_CELL)
    document, heading, rows = running.partition("PHỤ LỤC")
    return document.split(), (heading + rows).split()


def words(pieces: Iterable[str]) -> list[str]:
    return " ".join(pieces).split()


def clauses(pieces: Iterable[Clause]) -> Iterator[str]:
    for clause in pieces:
        yield f"{clause.number}."
        yield clause.title
        yield clause.text
        yield from (f"- {point}" for point in clause.points)
        yield from clauses(clause.items)
        yield clause.remark


def document(plan: Plan) -> Iterator[str]:
    """Yield the plan as printed, up to the appendix."""
    yield plan.document.type.upper()
    yield plan.document.title
    yield from (basis.text for basis in plan.bases)
    yield plan.preamble
    yield from clauses(plan.text)
    yield plan.closing
    yield "Nơi nhận:"
    yield from (f"- {recipient}" for recipient in plan.recipients)
    assert plan.signer is not None
    yield plan.signer.position
    yield plan.signer.name


def appendix(plan: Plan) -> Iterator[str]:
    """Yield the appendix as printed: its heading, then row by row, cell by cell."""
    assert plan.appendix is not None
    yield "PHỤ LỤC"
    yield plan.appendix.title
    yield plan.appendix.reference
    yield from plan.appendix.columns
    for section in plan.sections:
        yield section.id
        yield section.title
        for task in section.tasks:
            yield task.id
            yield task.title
            yield task.requirement
            yield task.deadline_text
            yield ", ".join(task.units)


def test_the_document_is_the_source_word_for_word() -> None:
    assert words(document(the_plan())) == source_words()[0]


def test_the_appendix_is_the_source_word_for_word() -> None:
    assert words(appendix(the_plan())) == source_words()[1]


def test_only_the_page_number_is_left_out_of_the_source() -> None:
    assert [number.strip() for number in PAGE_NUMBER.findall(source())] == ["2"]


def test_each_cell_begins_and_ends_where_the_source_has_it() -> None:
    """Words cannot slip from one cell of a row to the next: each column's wordings are few."""
    assert {task.deadline_text for task in tasks()} == {
        (
            "-Báo cáo tháng: Trước ngày 25 hàng tháng\n"
            "-Báo cáo quý, năm: Trước ngày 10 của tháng cuối kỳ báo cáo\n"
            "-Báo cáo chuyên đề, đột xuất: theo yêu cầu của Quận"
        ),
        "Trong năm 2025",
        "Năm 2025",
        "Tháng 8/2025",
        "Lần 1: tháng 6 Lần 2 tháng 11",
        "Lần 1: tháng 6 Lần 2: tháng 10",
        "Thường xuyên",
        "Theo chỉ đạo của quận",
        "Hàng tháng, quý, năm",
        "Hàng quý",
    }
    assert {task.requirement for task in tasks()} == {
        "",
        "100% báo cáo đầy đủ, đúng hạn",
        "100% cán bộ, công chức được xếp loại",
        "100% hồ sơ TTHC giải quyết đúng và trước hạn",
        "100% hồ sơ được cập nhật đầy đủ, kịp thời",
        "100% kiến nghị được trả lời, xử lý, công khai đúng quy định",
        "100% nhiệm vụ đúng hạn",
        "100% thực hiện đúng quy định",
        "100% vốn đầu tư công được phân bổ kịp thời, đúng quy định",
        "2 lần/năm",
        "Báo cáo theo quy định",
        "Báo cáo đầy đủ, kịp thời",
        "Có ít nhất 02 sáng kiến gửi quận",
        "Hoàn thành 100% chỉ tiêu giao",
        "Hoàn thành 100% kế hoạch",
        "Khảo sát đúng đối tượng, báo cáo đầy đủ, kịp thời",
        "Không có cán bộ, công chức bị kỷ luật",
        "Mức độ so với năm 2024",
        "Mức độ thu hút đầu tư so với năm 2024",
        "Theo chỉ đạo của quận",
        "Thực hiện 100% kế hoạch",
        "Thực hiện đúng quy định",
        "Thực hiện đầy đủ, đúng quy định",
        "Đầy đủ nội dung, đa dạng hình thức",
        "Đầy đủ, kịp thời",
    }
    assert {tuple(task.units) for task in tasks()} == {
        ("Bộ phận Văn hoá thông tin",),
        ("Các bộ phận chuyên môn",),
        ("Các bộ phận chuyên môn", "Văn phòng tổng hợp"),
        ("Công chức phường",),
        ("Một cửa",),
        ("Tài chính kế toán",),
        ("Tư pháp hộ tịch",),
        ("Tư pháp – tiếp dân",),
        ("Văn phòng UBND",),
    }


def test_what_the_source_leaves_blank_stays_blank() -> None:
    plan = the_plan()
    assert (plan.document.number, plan.document.date) == ("", "2025-03")
    assert plan.appendix is not None
    assert f"\n{plan.appendix.reference} \n" in source()  # with the blanks at their full width
    assert [task.id for task in tasks() if not task.requirement] == ["6", "16"]


def test_the_file_is_in_composed_letters() -> None:
    assert unicodedata.is_normalized("NFC", PLAN.read_text(encoding="utf-8"))


def test_editors_find_the_json_schema_in_the_first_line() -> None:
    first, _, rest = PLAN.read_text(encoding="utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=plan.schema.json"
    keys = [line for line in rest.split("\n") if line and not line.startswith("#")]
    assert keys[0] == "schema: 1"


# The meaning.

WHOLE_YEAR = """
1@2025-03   2025-03-24
1@2025-04   2025-04-24
1@2025-05   2025-05-24
1@2025-Q2   2025-06-09
1@2025-06   2025-06-24
1@2025-07   2025-07-24
1@2025-08   2025-08-24
1@2025-Q3   2025-09-09
1@2025-09   2025-09-24
1@2025-10   2025-10-24
1@2025-11   2025-11-24
1@2025-Q4   2025-12-09
1@2025      2025-12-09
1@2025-12   2025-12-24
2@2025      2025-12-31
3@2025      2025-12-31
4@2025-06   2025-06-30
4@2025-11   2025-11-30
5@2025-06   2025-06-30
5@2025-10   2025-10-31
6@2025-08   2025-08-31
7@2025      2025-12-31
9@2025      2025-12-31
10@2025     2025-12-31
11@2025     2025-12-31
13@2025     2025-12-31
14@2025     2025-12-31
16@2025     2025-12-31
19@2025     2025-12-31
22@2025     2025-12-31
23@2025-03  2025-03-31
23@2025-Q1  2025-03-31
23@2025-04  2025-04-30
23@2025-05  2025-05-31
23@2025-06  2025-06-30
23@2025-Q2  2025-06-30
23@2025-07  2025-07-31
23@2025-08  2025-08-31
23@2025-09  2025-09-30
23@2025-Q3  2025-09-30
23@2025-10  2025-10-31
23@2025-11  2025-11-30
23@2025-12  2025-12-31
23@2025-Q4  2025-12-31
23@2025     2025-12-31
24@2025-Q1  2025-03-31
24@2025-Q2  2025-06-30
24@2025-Q3  2025-09-30
24@2025-Q4  2025-12-31
25@2025     2025-12-31
26@2025     2025-12-31
27@2025     2025-12-31
28@2025     2025-12-31
29@2025     2025-12-31
30@2025     2025-12-31
31@2025     2025-12-31
32@2025     2025-12-31
33@2025     2025-12-31
34@2025     2025-12-31
35@2025     2025-12-31
"""
"""Everything that falls due, task by task, written by hand from the plan's wording.

The plan binds from 18 March 2025 on.  So the monthly reports of January and February, the report
of the first quarter (due on 9 March) and the ratings of January and February are not owed.
"""

JUNE = [
    ("1@2025-Q2", "2025-06-09", "Báo cáo quý"),
    ("1@2025-06", "2025-06-24", "Báo cáo tháng"),
    ("4@2025-06", "2025-06-30", "Lần 1"),
    ("5@2025-06", "2025-06-30", "Lần 1"),
    ("23@2025-06", "2025-06-30", "Hàng tháng"),
    ("23@2025-Q2", "2025-06-30", "Hàng quý"),
    ("24@2025-Q2", "2025-06-30", ""),
]


def due() -> list[tuple[str, str, str]]:
    """Return (ref, due date, label) of the year's occurrences, task by task."""
    return [
        (occurrence.ref, occurrence.due.isoformat(), occurrence.label)
        for task in tasks()
        for occurrence in the_plan().occurrences(task)
    ]


def test_the_whole_year_falls_due_as_the_plan_says() -> None:
    expected = [tuple(line.split()) for line in WHOLE_YEAR.split("\n") if line]
    assert [(ref, date) for ref, date, _ in due()] == expected


def test_no_reference_is_used_twice() -> None:
    refs = [ref for ref, _, _ in due()]
    assert len(refs) == len(set(refs))


def test_june() -> None:
    in_june = [row for row in due() if row[1].startswith("2025-06-")]
    assert sorted(in_june, key=lambda row: row[1]) == JUNE


def test_the_plan_binds_from_the_day_of_the_document_it_cites() -> None:
    plan = the_plan()
    assert plan.effective_from == dt.date(2025, 3, 18) == plan.bases[0].date


def test_thirty_five_tasks_in_eight_sections() -> None:
    assert [(section.id, len(section.tasks)) for section in the_plan().sections] == [
        ("I", 12),
        ("II", 3),
        ("III", 4),
        ("IV", 2),
        ("V", 5),
        ("VI", 2),
        ("VII", 3),
        ("VIII", 4),
    ]
    assert [task.id for task in tasks()] == [str(number) for number in range(1, 36)]


def test_tasks_without_a_deadline() -> None:
    kinds = {task.id: {type(rule) for rule in task.schedule} for task in tasks()}
    assert [number for number, kind in kinds.items() if Continuous in kind] == [
        "8",
        "15",
        "17",
        "18",
    ]
    assert [number for number, kind in kinds.items() if OnDirective in kind] == [
        "1",  # its special reports only
        "12",
        "20",
        "21",
    ]
    assert {number for number, kind in kinds.items() if kind <= {Continuous, OnDirective}} == {
        task.id for task in tasks() if not the_plan().occurrences(task)
    }


@pytest.mark.parametrize(
    ("target", "numbers"),
    [
        pytest.param(
            Target(at_least=Decimal(100), unit="%"),
            "1 7 8 13 14 17 18 22 23 26 27 29 31 34 35",
            id="all",
        ),
        pytest.param(Target(at_least=Decimal(2), unit="lần", per="year"), "4 5", id="twice-a-year"),
        pytest.param(Target(at_least=Decimal(2), unit="sáng kiến"), "9", id="two-ideas"),
        pytest.param(Target(at_most=Decimal(0), unit="người"), "25", id="nobody"),
        pytest.param(None, "2 3 6 10 11 12 15 16 19 20 21 24 28 30 32 33", id="not-measured"),
    ],
)
def test_targets(target: Target | None, numbers: str) -> None:
    assert [task.id for task in tasks() if task.target == target] == numbers.split()


def test_every_task_has_a_short_name_of_its_own_that_fits_a_table() -> None:
    names = [task.short for task in tasks()]
    assert all(names)
    assert len(names) == len(set(names))
    assert {name: width(name) for name in names if width(name) > 38} == {}


def test_every_unit_of_a_task_is_known_by_exactly_that_name() -> None:
    units = units_by_name(the_plan().units)
    assert {name for task in tasks() for name in task.units} <= set(units)


def test_no_name_stands_for_two_units() -> None:
    names = [name for unit in the_plan().units for name in unit.names()]
    assert len(names) == len(set(names))


def test_every_unit_has_a_task() -> None:
    units = units_by_name(the_plan().units)
    assert {units[name].id for task in tasks() for name in task.units} == {
        unit.id for unit in the_plan().units
    }


def test_days_off() -> None:
    calendar = the_plan().calendar
    days = [holiday.date for holiday in calendar.holidays]
    assert days == sorted(set(days))
    assert all(day.year == 2025 for day in days)
    assert all(holiday.name for holiday in calendar.holidays)
    assert [(swap.work, swap.day_off) for swap in calendar.swaps] == [
        (dt.date(2025, 4, 26), dt.date(2025, 5, 2))
    ]
    assert all(swap.work.weekday() >= 5 > swap.day_off.weekday() for swap in calendar.swaps)
    assert not {swap.day_off for swap in calendar.swaps} & set(days)
