"""Statistical forms with mistakes: every one is reported with its place; the example has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.forms.checks import check_forms
from parplan.forms.file import read_forms
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.yamlfile.parse import load_yaml
from tests.helpers.schemas import mistakes, plain
from tests.helpers.stat_forms import printed_rows

FOLDER = Path(__file__).parents[2] / "plan"
EXAMPLE = FOLDER / "example.forms.yaml"
NAME = "plan/2025.forms.yaml"

MINIMAL = """\
schema: 1
year: 2025
title: Biểu mẫu
forms:
  - id: "1"
    title: Chỉ đạo
    rows:
      - {id: "1", title: Kiểm tra}
      - {id: "1.1", title: Tỷ lệ xử lý, unit: "%", formula: 1.3 / 1.2}
      - {id: "1.2", title: Số vấn đề, unit: Vấn đề}
      - {id: "1.3", title: Đã xử lý, unit: Vấn đề}
      - {id: "2", title: Số văn bản, unit: Văn bản, formula: 2.1 + 2.2}
      - {id: "2.1", title: Công văn, unit: Văn bản}
      - {id: "2.2", title: Kết luận, unit: Văn bản}
      - id: "3"
        title: Đối thoại
        unit: Có = 1; Không = 0
        from_plan: {measure: done-in-period, tasks: ["5"]}
"""
"""Short forms without mistakes; each test below changes one line of them."""


def the_plan() -> Plan:
    plan = read_plan("2025.yaml", (FOLDER / "2025.yaml").read_bytes()).value
    assert plan is not None
    return plan


PLAN = the_plan()


def problems(text: str, plan: Plan | None = PLAN) -> list[str]:
    """Return ``LINE:COLUMN CODE`` of all that is wrong with the forms ``text``."""
    reading = read_forms(NAME, text.encode())
    listed = reading.problems
    if reading.value is not None:
        listed = reading.locate(check_forms(reading.value, plan, NAME))
    return [f"{one.where.line}:{one.where.column} {one.code}" for one in listed]


def test_the_example_is_right_and_says_that_it_is_one() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    forms = read_forms(NAME, text.encode()).value

    assert problems(text) == []
    assert forms is not None
    assert forms.example
    assert text.splitlines()[2].startswith("# VÍ DỤ")
    assert mistakes("forms file", plain(load_yaml(NAME, text))) == []


def test_the_example_has_every_row_as_printed() -> None:
    forms = read_forms(NAME, EXAMPLE.read_bytes()).value
    assert forms is not None

    rows = [
        (f"{form.id} {form.title}", row.id, row.title, row.unit, row.formula)
        for form, row in forms.rows()
    ]

    keys = ("form", "no", "indicator", "unit", "formula")
    assert rows == [tuple(row[key] for key in keys) for row in printed_rows()]
    assert len(rows) == 123


def test_only_rows_with_parts_and_without_a_unit_are_headings() -> None:
    forms = read_forms(NAME, EXAMPLE.read_bytes()).value
    assert forms is not None

    headings = [form.key(row) for form, row in forms.rows() if form.is_heading(row)]

    assert headings == [
        *("1/3", "1/4", "2/2", "2/3", "3/1", "3/2", "3/3", "4/1", "4/2", "4/3", "5/1", "5/2"),
        *("6/2", "7/3", "7/3.1", "7/4"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(MINIMAL, [], id="right"),
        pytest.param("", ["1:1 empty-file"], id="empty"),
        pytest.param(MINIMAL.replace("2025", "2024", 1), ["2:7 wrong-year"], id="other-year"),
        pytest.param(
            MINIMAL.replace('"2.2"', '"2.1"'), ["12:62 bad-row", "14:14 repeated-row"], id="same"
        ),
        pytest.param(MINIMAL.replace('"1.1"', "1.1"), ["9:14 wrong-type"], id="id-is-a-number"),
        pytest.param(
            MINIMAL.replace('"2.2"', '"2.x"'), ["14:14 out-of-range"], id="id-with-a-letter"
        ),
        pytest.param(
            MINIMAL.replace("unit: Vấn đề}", "unit: Vấn đề, sum: 1}", 1),
            ["10:53 unknown-key"],
            id="key",
        ),
        pytest.param(MINIMAL.replace("1.3 / 1.2", "1.3 - 1.2"), ["9:61 bad-row"], id="no-formula"),
        pytest.param(MINIMAL.replace("1.3 / 1.2", "1.3 / 1.9"), ["9:61 bad-row"], id="no-such-row"),
        pytest.param(
            MINIMAL.replace("1.3 / 1.2", "1.3 + 1.2"), ["9:61 bad-row"], id="sum-in-per-cent"
        ),
        pytest.param(
            MINIMAL.replace("2.1 + 2.2", "2.1 / 2.2"), ["12:62 bad-row"], id="share-in-another-unit"
        ),
        pytest.param(MINIMAL.replace("2.1 + 2.2", "2.1 + 2"), ["12:62 bad-row"], id="from-itself"),
        pytest.param(
            MINIMAL.replace("Công văn, unit: Văn bản", "Công văn, unit: Văn bản, formula: 2 + 2.2"),
            ["12:62 bad-row", "13:62 bad-row"],
            id="in-a-circle",
        ),
        pytest.param(
            MINIMAL.replace("1.3 / 1.2", "1.3 / 1.2, counts: period"),
            ["9:80 bad-row"],
            id="a-share-adds",
        ),
        pytest.param(
            MINIMAL.replace('tasks: ["5"]', 'tasks: ["5", "99"]'),
            ["18:59 unknown-task"],
            id="no-task",
        ),
        pytest.param(
            MINIMAL.replace("done-in-period", "held"), ["18:30 not-one-of"], id="no-such-measure"
        ),
        pytest.param(
            MINIMAL.replace("Kiểm tra}", "Kiểm tra, from_plan: {measure: tasks}}"),
            ["8:47 bad-row"],
            id="a-heading-from-the-plan",
        ),
        pytest.param(MINIMAL.replace('"3"', '"3.1"'), ["15:13 bad-row"], id="part-of-nothing"),
    ],
)
def test_every_mistake_has_its_place(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_without_a_plan_no_task_is_looked_up() -> None:
    assert problems(MINIMAL.replace('"5"', '"99"'), plan=None) == []
