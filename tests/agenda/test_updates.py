"""What becomes of each row of a sheet, as things stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from parplan.agenda.updates import AlreadyRecorded, Rejection, Update, UpdateStep, plan_steps
from parplan.i18n import fill
from parplan.journal.progress import Progress, progress_by_ref
from parplan.journal.record import Evidence, Record
from parplan.plan.model import Plan
from parplan.schedule.reference import Ref
from tests.helpers.office import made
from tests.helpers.plans import the_plan

TODAY = date(2025, 6, 20)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return the_plan()


def progress(*records: Record) -> dict[str, Progress]:
    return progress_by_ref(records, TODAY)


def update(ref: str = "4@2025-06", **rest: Any) -> Update:
    return Update(Ref.parse(ref), **rest)


def outcomes(plan: Plan, updates: list[Update], *records: Record) -> list[str]:
    """Return a word for each update: the kind of its record, 'before', or why it is rejected."""
    words: list[str] = []
    for outcome in plan_steps(plan, progress(*records), updates, TODAY):
        if isinstance(outcome, UpdateStep):
            words.append(outcome.record.kind)
        elif isinstance(outcome, AlreadyRecorded):
            words.append(f"before {outcome.record.id}")
        else:
            assert isinstance(outcome, Rejection)
            words.append(outcome.text.split(";")[0])
    return words


DONE = made(1, "done", text="đã họp")
STARTED = made(1, "start", text="bắt đầu")
PAUSED = made(1, "pause", reason="chờ kinh phí")


@pytest.mark.parametrize(
    ("records", "row", "expected"),
    [
        ((), update(text="đã gửi"), "note"),
        ((), update(percent=0), "note"),
        ((), update(value=Decimal("98.5")), "note"),
        ((), update(state="in-progress"), "start"),
        ((STARTED,), update(state="in-progress", text="tiếp"), "note"),
        ((PAUSED,), update(state="in-progress"), "start"),
        ((), update(state="done"), "done"),
        ((PAUSED,), update(state="done"), "done"),
        ((), update(state="paused", reason="x"), "pause"),
        ((PAUSED,), update(state="paused", reason="khác"), "it is paused already"),
        ((), update(state="cancelled"), "cancel"),
        ((DONE,), update(state="done", text="khác"), "it is done already"),
        ((DONE,), update(state="in-progress"), "it is done already"),
        ((DONE,), update(state="done", text="đã họp"), f"before {DONE.id}"),
        ((STARTED,), update(state="in-progress", text="bắt đầu"), f"before {STARTED.id}"),
        ((), update(on=date(2025, 6, 21), text="x"), "%(day)s is in the future"),
        (
            (),
            update(on=date(2023, 12, 31), text="x"),
            "%(day)s is long before the plan of %(year)s",
        ),
        ((), update("8", text="x"), "note"),
        ((), update("8", state="done"), "the task is continuous: it is never done"),
        ((), update("4", text="x"), "several occurrences are open"),
        ((), update("4@2025-07", text="x"), "the task has no such occurrence"),
        ((), update("99", text="x"), "no task '%(task)s' in the plan of %(year)s"),
        ((), update("giao ban@2025-06", text="x"), "note"),
        ((), update("quyết định", text="x"), "the words can be several"),
        ((), update("xây cầu", text="x"), "no task has the words '%(words)s' in its name"),
        # November has not begun: only whoever names it can mean it.
        (
            (DONE,),
            update("4", state="done", text="x"),
            "the period of %(ref)s has not begun on %(day)s",
        ),
        (
            (DONE,),
            update("giao ban", state="done"),
            "the period of %(ref)s has not begun on %(day)s",
        ),
        ((DONE,), update("4@2025-11", state="done", text="x"), "done"),
        ((DONE,), update("4", text="x"), "note"),
    ],
)
def test_a_row(plan: Plan, records: tuple[Record, ...], row: Update, expected: str) -> None:
    assert outcomes(plan, [row], *records) == [expected]


def test_rows_about_one_occurrence_follow_each_other(plan: Plan) -> None:
    rows = [update(state="in-progress"), update(state="in-progress"), update(state="done")]

    assert outcomes(plan, rows) == ["start", "before ", "done"]


def test_a_bare_number_read_twice_never_reaches_the_next_occurrence(plan: Plan) -> None:
    """June's is closed when the line is read again, and November's the only one that is open."""
    first, other = made(1, "cancel", "4@2025-11"), made(2, "done", text="đã họp")

    assert outcomes(plan, [update("4", state="done", text="đã họp")], first) == ["done"]
    assert outcomes(plan, [update("4", state="done", text="đã họp")], other) == [
        f"before {other.id}"
    ]


def doubts(plan: Plan, updates: list[Update], *records: Record) -> list[list[str]]:
    """Return for each update that becomes a record what is doubted about it."""
    steps = plan_steps(plan, progress(*records), updates, TODAY)
    return [[doubt.text for doubt in step.doubts] for step in steps if isinstance(step, UpdateStep)]


def test_what_is_rarely_meant_is_doubted(plan: Plan) -> None:
    early = "%(ref)s is of a period that begins on %(first)s only, after %(day)s"

    assert doubts(plan, [update("4@2025-11", state="done")]) == [[early]]
    assert doubts(plan, [update("4@2025-11", text="x")]) == [[]]
    assert doubts(plan, [update(text="x", on=date(2024, 12, 31))]) == [
        ["%(day)s is before the year of the plan"]
    ]


def test_a_number_that_completes_a_second_occurrence_is_doubted(plan: Plan) -> None:
    november = date(2025, 11, 10)
    rows = [update(state="done", text="a"), update("4", state="done", text="b")]
    steps = [step for step in plan_steps(plan, {}, rows, november) if isinstance(step, UpdateStep)]

    assert [step.target.ref for step in steps] == ["4@2025-06", "4@2025-11"]
    assert [[fill(doubt.text, doubt.values) for doubt in step.doubts] for step in steps] == [
        [],
        ["a row above completes 4@2025-06 of the same task"],
    ]


def test_in_january_a_number_may_be_last_years_task(plan: Plan) -> None:
    rows = [
        update("9", state="done"),
        update("9", state="cancelled"),
        update("9", text="x"),
        update("9@2025", state="done"),
    ]
    steps = list(plan_steps(plan, {}, rows, TODAY, {"9"}))

    assert [isinstance(step, UpdateStep) for step in steps] == [False, False, True, True]


def test_what_a_record_says_is_all_that_makes_it_the_same(plan: Plan) -> None:
    record = made(1, text="a", evidence=(Evidence(number="TB 1"),), on=date(2025, 6, 3))
    same = update(text="a", evidence=(Evidence(number="TB 1"),))

    assert outcomes(plan, [same], record) == [f"before {record.id}"]
    for row in (
        update(text="a"),
        update(text="a", evidence=(Evidence(number="TB 2"),)),
        update(text="a", evidence=(Evidence(number="TB 1"),), on=date(2025, 6, 4)),
        update(text="a", evidence=(Evidence(number="TB 1"),), percent=0),
        update(text="a", evidence=(Evidence(number="TB 1"),), proposal="b"),
        update("4@2025-11", text="a", evidence=(Evidence(number="TB 1"),)),
    ):
        assert outcomes(plan, [row], record) == ["note"]


def test_who_recorded_since_the_sheet_is_told(plan: Plan) -> None:
    records = [made(number, text=f"lần {number}") for number in (1, 2, 3)]

    def newer(base: str | None) -> list[str]:
        (step,) = plan_steps(plan, progress(*records), [update(text="x", base=base)], TODAY)
        assert isinstance(step, UpdateStep)
        return [record.text for record in step.newer]

    assert newer(records[0].id) == ["lần 2", "lần 3"]
    assert newer(records[2].id) == []
    assert newer("") == ["lần 1", "lần 2", "lần 3"]
    assert newer(None) == []


def test_a_row_that_names_the_deadline_is_recorded_once(plan: Plan) -> None:
    """Task 4 is due on 30 June; its occurrence is called by the month."""
    row = update("4@2025-06-30", text="đã gửi")

    assert outcomes(plan, [row, row]) == ["note", "before "]
