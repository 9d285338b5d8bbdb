"""A plan that parplan writes is read back the same, and reads like one that a clerk wrote."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.plan.write import write_plan
from tests.helpers.any_plans import plans, texts

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "plan" / "2025.yaml"


@given(plan=plans, heading=st.lists(texts, max_size=2), comment=texts)
def test_any_plan_is_read_back_the_same(plan: Plan, heading: list[str], comment: str) -> None:
    comments = {("units",): [comment], ("sections", 0): [comment], ("superior", 0): [comment]}

    written = write_plan(plan, heading, comments)

    assert read_plan("a.yaml", written.encode()).value == plan


def test_the_sample_plan_is_read_back_the_same() -> None:
    plan = read_plan("a", SAMPLE.read_bytes()).value
    assert plan is not None

    assert read_plan("b", write_plan(plan).encode()).value == plan


def lines_of(text: str) -> list[str]:
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def test_the_style_is_that_of_the_sample_plan() -> None:
    """Most lines come out as the clerk wrote them; long text may be broken elsewhere."""
    sample = SAMPLE.read_text(encoding="utf-8")
    plan = read_plan("a", sample.encode()).value
    assert plan is not None

    written = write_plan(plan)

    ours, theirs = lines_of(written), [line.partition("  # ")[0] for line in lines_of(sample)]
    assert len(set(ours) & set(theirs)) / len(set(theirs)) > 0.8
    assert written.startswith("# yaml-language-server: $schema=plan.schema.json\n")
    assert max(map(len, written.splitlines())) <= 110


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("Trong năm 2025", "deadline_text: Trong năm 2025", id="plain"),
        pytest.param("2025", 'deadline_text: "2025"', id="a-number"),
        pytest.param("Lần 1: tháng 6", 'deadline_text: "Lần 1: tháng 6"', id="a-colon"),
        pytest.param("-a\n-b", "deadline_text: |-", id="lines"),
        pytest.param("từ " * 60 + "đó", "deadline_text: >-", id="long"),
        pytest.param("a\x1b[31m", 'deadline_text: "a\\u001b[31m"', id="an-escape"),
    ],
)
def test_text_is_written_in_the_form_that_reads_best(text: str, line: str) -> None:
    plan = read_plan("a", SAMPLE.read_bytes()).value
    assert plan is not None
    task = msgspec.structs.replace(plan.sections[0].tasks[0], deadline_text=text)
    section = msgspec.structs.replace(plan.sections[0], tasks=[task])
    plan = msgspec.structs.replace(plan, sections=[section])

    assert line in [row.strip() for row in write_plan(plan).splitlines()]
