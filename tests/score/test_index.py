"""An index with mistakes: every one is reported with its place; the example has none."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan import schema
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import CODES
from parplan.score.index_checks import check_index
from parplan.score.index_file import read_index
from parplan.score.rules import ScoreRule
from parplan.yamlfile.parse import load_yaml
from tests.helpers.schemas import mistakes, plain

FOLDER = Path(__file__).parents[2] / "plan"
EXAMPLE = FOLDER / "example.index.yaml"
NAME = "plan/2025.index.yaml"

MINIMAL = """\
schema: 1
year: 2025
title: Bộ chỉ số thử
points: 10
fields:
  - id: "1"
    title: Chỉ đạo
    points: 10
    criteria:
      - id: "1.1"
        title: Giao ban
        points: 4
        items:
          - {id: 1.1.1, title: Lần, points: 4, rule: {per_item: 2}, tasks: ["4"]}
      - id: "1.2"
        title: Đối thoại
        points: 6
        rule: {by_hand: true}
"""
"""A short index without mistakes; each test below changes one line of it."""


def the_plan() -> Plan:
    plan = read_plan("2025.yaml", (FOLDER / "2025.yaml").read_bytes()).value
    assert plan is not None
    return plan


PLAN = the_plan()


def problems(text: str, plan: Plan | None = PLAN) -> list[str]:
    """Return ``LINE:COLUMN CODE`` of all that is wrong with the index ``text``."""
    reading = read_index(NAME, text.encode())
    listed = reading.problems
    if reading.value is not None:
        listed = reading.locate(check_index(reading.value, plan, NAME))
    return [f"{problem.where.line}:{problem.where.column} {problem.code}" for problem in listed]


def with_rule(rule: str, more: str = "") -> str:
    """Return the minimal index with ``rule`` for the criterion of 6 points, in line 18."""
    return MINIMAL.replace("rule: {by_hand: true}", f"rule: {rule}{more}")


def with_group(group: str) -> str:
    """Return the minimal index with a group, whose block begins in line 20."""
    return MINIMAL + f"groups:\n  - {group}\n"


def test_the_minimal_index_is_right() -> None:
    assert problems(MINIMAL) == []


def test_the_example_is_right_and_says_that_it_is_one() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    index = read_index(NAME, text.encode()).value

    assert problems(text) == []
    assert index is not None
    assert index.example
    assert "KHÔNG PHẢI bộ chỉ số chính thức" in text.partition("schema:")[0]
    titles = [index.title, *(part.title for part in index.parts())]
    titles += [leaf.criterion.title for leaf in index.leaves()]
    assert [title for title in titles if not title.casefold().startswith("ví dụ")] == []


def test_the_example_shows_every_kind_of_rule() -> None:
    index = read_index(NAME, EXAMPLE.read_bytes()).value
    assert index is not None

    used = {type(leaf.criterion.rule) for leaf in index.leaves()}

    assert used == set(ScoreRule.__subclasses__())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["1:1 empty-file"], id="empty"),
        pytest.param("a: [", ["2:1 not-yaml"], id="not-yaml"),
        pytest.param("- 1\n", ["1:1 wrong-type"], id="a-list"),
        pytest.param(MINIMAL.replace("2025", "2024"), ["2:7 wrong-year"], id="other-year"),
        pytest.param(MINIMAL.replace('"1.2"', "1.2"), ["15:13 wrong-type"], id="id-is-a-number"),
        pytest.param(
            MINIMAL.replace("points: 10\nf", "points: 11\nf"), ["4:9 wrong-sum"], id="sum-of-all"
        ),
        pytest.param(
            MINIMAL.replace("    points: 10\n    c", "    points: 9.5\n    c"),
            ["4:9 wrong-sum", "8:13 wrong-sum"],
            id="sum-of-a-field",
        ),
        pytest.param(
            MINIMAL.replace("Lần, points: 4", "Lần, points: 3.75"),
            ["12:17 wrong-sum"],
            id="sum-of-a-criterion",
        ),
        pytest.param(
            MINIMAL.replace("points: 6", "points: -6"), ["17:17 out-of-range"], id="negative"
        ),
        pytest.param(
            MINIMAL.replace("points: 6", "points: 6.001"),
            ["17:17 out-of-range"],
            id="three-decimals",
        ),
        pytest.param(
            MINIMAL.replace("points: 6", "points: 1e999999999"), ["17:17 out-of-range"], id="huge"
        ),
        pytest.param(MINIMAL.replace("points: 6", "points: nan"), ["17:17 wrong-type"], id="nan"),
        pytest.param(
            MINIMAL.replace('tasks: ["4"]', 'tasks: ["4", "99"]'),
            ["14:82 unknown-task"],
            id="no-such-task",
        ),
        pytest.param(
            MINIMAL.replace("id: 1.1.1", 'id: "1.2"'), ["15:13 repeated-criterion"], id="id-twice"
        ),
        pytest.param(
            MINIMAL.replace("    rule: {by_hand: true}\n", ""), ["15:9 bad-criterion"], id="no-rule"
        ),
        pytest.param(
            MINIMAL.replace("        items:", "        rule: {by_hand: true}\n        items:"),
            ["13:15 bad-criterion"],
            id="rule-of-a-criterion-made-of-others",
        ),
        pytest.param(
            MINIMAL.replace(
                'rule: {per_item: 2}, tasks: ["4"]',
                "items: [{id: a, title: b, points: 4, rule: {by_hand: true}}]",
            ),
            ["14:56 bad-criterion"],
            id="fourth-level",
        ),
        pytest.param(with_rule("{by_hand: yes}"), ["18:25 not-one-of"], id="yes-is-text"),
        pytest.param(with_rule("{by_hands: true}"), ["18:16 unknown-key"], id="misspelt-rule"),
        pytest.param(with_rule("{foo: 1}"), ["18:15 bad-rule"], id="no-such-rule"),
        pytest.param(with_rule("{kind_of_rule: survey}"), ["18:15 bad-rule"], id="tag-by-hand"),
        pytest.param(with_rule("{}"), ["18:15 bad-rule"], id="empty-rule"),
        pytest.param(with_rule("{steps: []}"), ["18:23 out-of-range"], id="no-steps"),
        pytest.param(with_rule("{per_item: 0}"), ["18:26 out-of-range"], id="nothing-per-item"),
        pytest.param(with_rule("{per_item: 7}"), ["18:26 impossible-score"], id="one-item-beyond"),
        pytest.param(with_rule("{per_day_late: 0}"), ["18:30 out-of-range"], id="nothing-a-day"),
        pytest.param(
            with_rule("{steps: [{at_least: 98, points: 5}]}"),
            ["18:24 impossible-score"],
            id="best-step-too-low",
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 98, points: 8}]}"),
            ["18:24 impossible-score"],
            id="best-step-too-high",
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 90, points: 6}, {at_least: 98, points: 3}]}"),
            ["18:51 bad-steps"],
            id="steps-overlap",
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 98, points: 6}, {above: 98, points: 3}]}"),
            ["18:51 bad-steps"],
            id="above-before-at-least",
        ),
        pytest.param(
            with_rule("{steps: [{above: 98, points: 6}, {at_least: 98, points: 3}]}"),
            [],
            id="at-least-after-above",
        ),
        pytest.param(
            with_rule("{steps: [{below: 2, points: 6}, {at_most: 2, points: 3}]}"),
            [],
            id="at-most-after-below",
        ),
        pytest.param(
            with_rule("{steps: [{at_most: 2, points: 6}, {below: 2, points: 3}]}"),
            ["18:49 bad-steps"],
            id="below-after-at-most",
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 98, points: 6}, {at_least: 90, points: 6}]}"),
            ["18:51 bad-steps"],
            id="same-points",
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 98, points: 6}, {at_most: 90, points: 3}]}"),
            ["18:51 bad-steps"],
            id="two-directions",
        ),
        pytest.param(
            with_rule("{steps: [{points: 6}]}"), ["18:24 bad-rule"], id="step-without-bound"
        ),
        pytest.param(
            with_rule("{steps: [{at_least: 9, below: 99, points: 6}]}"),
            ["18:24 bad-rule"],
            id="step-with-two-bounds",
        ),
        pytest.param(
            with_rule("{full_at: 60, zero_below: 85}"), ["18:41 bad-steps"], id="floor-above-cap"
        ),
        pytest.param(
            with_rule("{full_at: 60, zero_below: 60}"), ["18:41 bad-steps"], id="floor-is-the-cap"
        ),
        pytest.param(with_rule("{full_at: 0}"), ["18:25 out-of-range"], id="all-for-nothing"),
        pytest.param(
            with_rule("{grades: [{grade: A, percent: 75}, {grade: B, percent: 100}]}"),
            ["18:50 bad-steps"],
            id="grades-go-up",
        ),
        pytest.param(
            with_rule("{grades: [{grade: A, percent: 75}, {grade: A, percent: 50}]}"),
            ["18:50 bad-steps"],
            id="grade-twice",
        ),
        pytest.param(
            with_rule("{grades: [{grade: A, percent: 101}]}"), ["18:45 out-of-range"], id="share"
        ),
        pytest.param(
            with_rule("{by_hand: true}", "\n        target: 6.5"),
            ["19:17 impossible-score"],
            id="target-too-high",
        ),
        pytest.param(
            with_rule("{by_hand: true}", "\n        measure: done"),
            ["19:18 bad-criterion"],
            id="nothing-to-measure",
        ),
        pytest.param(
            with_rule("{full_at: 85}", '\n        tasks: ["17", "18"]'),
            ["19:16 bad-criterion"],
            id="value-of-two-tasks",
        ),
        pytest.param(
            with_rule("{yes_no: true}", '\n        tasks: ["6"]\n        measure: value'),
            ["19:17 bad-criterion"],
            id="value-without-a-target",
        ),
        pytest.param(
            with_rule("{yes_no: true}", '\n        tasks: ["8"]'),
            ["19:17 bad-criterion"],
            id="continuous-task-is-never-done",
        ),
        pytest.param(
            with_rule("{per_item: 1}", '\n        tasks: ["4"]\n        measure: days-late'),
            ["20:18 bad-criterion"],
            id="points-for-days-late",
        ),
        pytest.param(
            with_rule(
                "{steps: [{at_most: 1, points: 6}]}",
                '\n        tasks: ["4"]\n        measure: done',
            ),
            ["18:15 bad-criterion"],
            id="fewer-points-for-more-done",
        ),
        pytest.param(
            MINIMAL.replace("points: 10\nf", "points: 10\nceiling: 11\nf"),
            ["5:10 impossible-score"],
            id="ceiling-without-bonus",
        ),
        pytest.param(
            with_group(
                "{id: T, title: t, kind: bonus, ceiling: 3, criteria: "
                "[{id: T.1, title: t, points: 2, rule: {by_hand: true}}]}"
            ),
            ["20:45 impossible-score"],
            id="ceiling-out-of-reach",
        ),
        pytest.param(
            with_group(
                "{id: P, title: t, kind: penalty, ceiling: 2, criteria: "
                "[{id: P.1, title: t, points: 2, rule: {yes_no: true}}]}"
            ),
            ["20:98 bad-criterion"],
            id="penalty-by-yes-or-no",
        ),
        pytest.param(
            with_group(
                "{id: P, title: t, kind: penalty, ceiling: 2, criteria: "
                '[{id: P.1, title: t, points: 2, rule: {per_item: 1}, tasks: ["4"]}]}'
            ),
            ["20:61 bad-criterion"],
            id="penalty-for-work-done",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place(text: str, expected: list[str]) -> None:
    assert problems(text) == expected
    assert {line.split()[1] for line in expected} <= set(CODES)


def test_without_a_plan_tasks_are_not_looked_up() -> None:
    assert problems(MINIMAL.replace('["4"]', '["99"]'), None) == []


pieces = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 200)
    | st.text(max_size=3)
    | st.sampled_from(["1e999", "NaN", "-0", "4", "Infinity", "0.001"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "points",
                    "criteria",
                    "items",
                    "rule",
                    "steps",
                    "at_least",
                    "below",
                    "per_item",
                    "grades",
                    "grade",
                    "percent",
                    "full_at",
                    "zero_below",
                    "tasks",
                    "measure",
                    "kind",
                    "ceiling",
                    "survey",
                    "by_hand",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["fields", "groups", "points", "ceiling"]), pieces, pieces)
def test_no_index_is_too_strange_to_be_complained_about(key: str, value: Any, field: Any) -> None:
    whole = {"schema": 1, "year": 2025, "title": "t", "fields": [field], key: value}

    for text in (json.dumps(whole), json.dumps(value)):
        reading = read_index(NAME, text.encode())
        assert (reading.value is None) == bool(reading.problems)
        if reading.value is not None:
            reading.locate(check_index(reading.value, PLAN, NAME))


def example_data() -> Any:
    return plain(load_yaml(NAME, EXAMPLE.read_text(encoding="utf-8")))


def test_the_shipped_schema_is_fresh_and_named_in_the_first_line() -> None:
    """``python -m parplan.schema index > plan/index.schema.json`` makes it so."""
    shipped = (FOLDER / "index.schema.json").read_text(encoding="utf-8")
    first = EXAMPLE.read_text(encoding="utf-8").partition("\n")[0]

    assert shipped == schema.schema_text("index")
    assert first == "# yaml-language-server: $schema=index.schema.json"
    assert mistakes("index", example_data()) == []


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({"by_hand": False}, id="by-hand-false"),
        pytest.param({"steps": [{"at_least": 9}]}, id="step-without-points"),
        pytest.param({"per_item": 1, "foo": 2}, id="unknown-key"),
        pytest.param({"kind_of_rule": "survey", "survey": True}, id="tag"),
        pytest.param({}, id="empty"),
    ],
)
def test_the_schema_refuses_a_wrong_rule(rule: dict[str, Any]) -> None:
    data = copy.deepcopy(example_data())
    data["fields"][1]["criteria"][0]["rule"] = rule

    assert mistakes("index", data)
