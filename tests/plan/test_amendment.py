"""A change in mid-year is edits of the plan's text, and nothing else in it moves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from parplan.plan.amendment import Change, amend
from parplan.plan.file import read_plan
from parplan.plan.lookup import find_task
from parplan.plan.model import Plan
from parplan.problem import UserError

PATH = "plan/2025.yaml"
TEXT = (Path(__file__).parents[2] / PATH).read_text(encoding="utf-8")
START = dt.date(2025, 7, 1)


def plan_of(text: str) -> Plan:
    plan = read_plan(PATH, text.encode()).value
    assert plan is not None
    return plan


def test_the_text_is_edited_and_reads_as_the_new_plan() -> None:
    change = Change("task", "20", START, drop=True, by="QĐ 15")

    text, reading = amend(plan_of(TEXT), PATH, TEXT, change)

    assert reading.value == plan_of(text)
    ended = find_task(plan_of(text), "20")
    assert (ended.until, ended.by) == (dt.date(2025, 6, 30), "QĐ 15")
    added = set(text.splitlines()) - set(TEXT.splitlines())
    assert {line.strip() for line in added} == {"until: 2025-06-30", "by: QĐ 15"}
    assert set(TEXT.splitlines()) <= set(text.splitlines())


def test_mistakes_that_the_change_brings_are_told_and_those_before_it_are_not() -> None:
    change = Change("task", "20", START, deadline="Tháng 12/2025", number="1")

    _text, reading = amend(plan_of(TEXT), PATH, TEXT, change)

    assert reading.value is None
    assert [problem.code for problem in reading.problems] == ["repeated-id"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            Change("task", "4", START, ["Bộ phận Tư pháp – Hộ tịch"]),
            Change("task", "giao ban", START, ["tư pháp"]),
            id="task",
        ),
        pytest.param(
            Change("unit", "mot-cua", START, ["tu-phap"]),
            Change("unit", "tiếp nhận", START, ["tu phap"]),
            id="unit",
        ),
        pytest.param(
            Change("unit", "van-phong", START, ["Văn phòng mới"]),
            Change("unit", "van-phong", START, ["Văn phòng mới"]),
            id="new-unit",
        ),
    ],
)
def test_words_name_tasks_and_units(change: Change, words: Change) -> None:
    text, reading = amend(plan_of(TEXT), PATH, TEXT, change)

    assert reading.value is not None
    assert amend(plan_of(TEXT), PATH, TEXT, words)[0] == text


def test_a_new_name_of_words_of_the_old_one_is_a_new_unit() -> None:
    change = Change("unit", "van-phong", START, ["Văn phòng UBND phường Phú"])

    _text, reading = amend(plan_of(TEXT), PATH, TEXT, change)

    assert reading.value is not None
    assert reading.value.units[-1].name == "Văn phòng UBND phường Phú"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(Change("task", "20", START), "write 'amend superior", id="no-way"),
        pytest.param(Change("unit", "x", START, ["y"]), "no unit", id="unknown-unit"),
        pytest.param(Change("task", "99", START, drop=True), "no task", id="unknown-task"),
        pytest.param(Change("task", "4", START, ["bộ phận"]), "several units", id="units"),
        pytest.param(Change("task", "kế hoạch", START, drop=True), "several tasks", id="tasks"),
        pytest.param(
            Change("task", "20", START, deadline="khi nào xong"), "not understood", id="deadline"
        ),
    ],
)
def test_what_cannot_be_done_is_refused(change: Change, message: str) -> None:
    with pytest.raises(UserError, match=message):
        amend(plan_of(TEXT), PATH, TEXT, change)


@pytest.mark.parametrize(
    ("numbers", "number"),
    [
        pytest.param(["4", "5"], "36", id="plain"),
        pytest.param(["A.4", "A.5"], "A.6", id="by-section"),
        pytest.param(["A.4", "A.05"], "A.6", id="with-nought"),
        pytest.param(["4.1", "4.3"], "4.4", id="steps"),
        pytest.param(["4a", "5"], "36", id="letter"),
        pytest.param(["IV.4", "V.5"], "IV.5", id="of-this-section-alone"),
    ],
)
def test_a_new_deadline_gets_the_next_number_of_its_kind(numbers: list[str], number: str) -> None:
    """Tasks 4 and 5 of our plan, numbered as others number theirs."""
    text = TEXT
    for old, new in zip(("4", "5"), numbers, strict=True):
        text = text.replace(f'- id: "{old}"', f'- id: "{new}"')
        text = text.replace(f'"{old}"]', f'"{new}"]')
    change = Change("task", numbers[0], START, deadline="Tháng 12/2025")

    _text, reading = amend(plan_of(text), PATH, text, change)

    assert reading.value is not None, reading.problems
    assert [task.id for _section, task in reading.value.tasks() if task.replaces] == [number]


IMPORTED = """\
        # CHƯA ĐỌC: một việc khác
        deadline_text: Khoảng giữa năm
        # ghi chú của tôi
        # CHƯA ĐỌC: không hiểu thời hạn
        schedule: []
        # CHƯA ĐỌC: không hiểu bộ phận
        units: []
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_comment_that_it_was_not_read_goes_with_its_deadline(end: str) -> None:
    lines = TEXT.split("\n")
    at = lines.index('      - id: "2"')
    text = end.join([*lines[: at + 2], *IMPORTED.splitlines(), *_from_next_task(lines, at)])
    plan = read_plan(PATH, text.encode()).value
    assert plan is not None

    new, reading = amend(plan, PATH, text, Change("task", "2", None, deadline="Quý II/2025"))

    assert reading.value is not None
    gone = [line for line in text.split(end) if line not in new.split(end)]
    assert gone == ["        # CHƯA ĐỌC: không hiểu thời hạn", "        schedule: []"]


def _from_next_task(lines: list[str], at: int) -> list[str]:
    return lines[lines.index('      - id: "3"', at) :]
