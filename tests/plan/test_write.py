"""A plan that parplan writes is read back the same, and reads like one that a clerk wrote."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.document import Appendix, Basis, Clause, Document, Signer
from parplan.plan.file import read_plan
from parplan.plan.model import Dated, Plan, Section, Target, Task, Unit
from parplan.plan.write import write_plan
from parplan.schedule.rules import Continuous, Every, In, On, OnDirective

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "plan" / "2025.yaml"

words = st.text(min_size=1)
# What YAML takes for something else than text, or for the end of it.
traps = st.sampled_from(
    [
        *("", " ", "null", "~", "yes", "2025", "2025-06", "12.5", "-", "- a", "a: b", "a #b", "#a"),
        *(
            "a:",
            ": a",
            "[a]",
            "{a: b}",
            "a, b",
            "'a'",
            '"a"',
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "&a",
            "*a",
        ),
        *("!a", "? a", "---", "...", " a", "a ", "a\nb", "a\n\nb\n", "\n", "\ta", "a\tb", "a\r\nb"),
        *("a\x85b", "a\u2028b", "\ufeffa", "a\x07", "true", "=", "<<", "a  b " * 40, "a\n b\n" * 9),
    ]
)
texts = st.one_of(st.text(), traps)
names = st.one_of(words, traps.filter(bool))
days = st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31))
rules = st.one_of(
    st.builds(Every, st.sampled_from(["month", "year"]), before=st.integers(1, 31), label=texts),
    st.builds(In, st.sampled_from(["2025", "2025-06", "2025-Q4..2026-Q2"]), label=texts),
    st.builds(On, by=days, label=texts),
    st.builds(Continuous, st.just(True)),
    st.builds(OnDirective, names, within=st.just("20 days")),
)
tasks = st.builds(
    Task,
    id=st.from_regex(r"[^@\s]+", fullmatch=True),
    title=names,
    schedule=st.lists(rules, max_size=3),
    short=texts,
    requirement=texts,
    target=st.none() | st.builds(Target, at_least=st.just(Decimal("99.5")), unit=texts),
    deadline_text=texts,
    units=st.lists(names, max_size=3),
    supporting=st.lists(names, max_size=2),
)
clauses = st.recursive(
    st.builds(Clause, texts, texts, texts, st.lists(names, max_size=2), remark=texts),
    lambda inner: st.builds(Clause, texts, title=texts, items=st.lists(inner, max_size=2)),
    max_leaves=4,
)
plans = st.builds(
    Plan,
    schema=st.just(1),
    year=st.integers(1900, 2999),
    document=st.builds(Document, names, names, names, names, number=texts, date=st.just("2025-03")),
    issuer=names,
    effective_from=days,
    sections=st.lists(st.builds(Section, names, names, st.lists(tasks, max_size=2)), max_size=2),
    superior=st.lists(st.builds(Dated, names, st.none() | days, st.none() | days), max_size=2),
    bases=st.lists(st.builds(Basis, names, texts, st.none() | days, texts), max_size=2),
    preamble=texts,
    text=st.lists(clauses, max_size=2),
    closing=texts,
    recipients=st.lists(names, max_size=3),
    signer=st.none() | st.builds(Signer, names, texts, texts),
    appendix=st.none() | st.builds(Appendix, names, texts, st.lists(names, max_size=3)),
    units=st.lists(st.builds(Unit, st.just("a-1"), names, st.lists(names, max_size=2)), max_size=2),
)


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
