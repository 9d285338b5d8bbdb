"""A reference means one occurrence, or it is told why not and what there is to choose from."""

from __future__ import annotations

import msgspec
import pytest

from parplan.agenda.target import RecordTarget, Unclear, Why, find
from parplan.journal.progress import NOTHING, progress_by_ref
from parplan.journal.record import Record
from parplan.plan.model import Plan
from parplan.problem import UserError
from parplan.schedule.reference import Ref
from parplan.schedule.rules import AnyRule, Every, On
from tests.helpers.office import made
from tests.helpers.plans import day, the_plan

JUNE, NOVEMBER = "4@2025-06", "4@2025-11"
BOTH = [JUNE, NOVEMBER]


def meant(ref: str, *records: Record, closed: bool = False) -> RecordTarget | Unclear:
    progress = progress_by_ref(records, day("06-20"))
    return find(the_plan(), progress, Ref.parse(ref), day("06-20"), closed=closed)


@pytest.mark.parametrize(
    ("ref", "records", "closed", "expected"),
    [
        pytest.param(JUNE, [], False, JUNE, id="by-name"),
        pytest.param(JUNE, [made(1, "done")], False, JUNE, id="by-name-though-closed"),
        pytest.param("4", [made(1, "done")], False, NOVEMBER, id="the-open-one"),
        pytest.param("4", [made(1, "done")], True, JUNE, id="the-closed-one"),
        pytest.param("4", [made(1, "pause")], True, JUNE, id="the-paused-one"),
        pytest.param("8", [], False, "8", id="task-without-occurrences"),
        pytest.param("8", [], True, "8", id="task-without-occurrences-reopened"),
    ],
)
def test_what_is_meant(ref: str, records: list[Record], closed: bool, expected: str) -> None:
    found = meant(ref, *records, closed=closed)

    assert isinstance(found, RecordTarget)
    assert found.ref == expected
    assert (found.item is None) == ("@" not in expected)
    assert found.progress.records == [one for one in records if one.ref == expected]


WEEKLY, QUARTERLY = Every("week", by=3), Every("quarter")
MONTHLY, ONCE = Every("month", by=5, of="next-month"), On(by=day("06-14"))


def scheduled(*schedule: AnyRule) -> Plan:
    """Return the plan whose task 4 is due by ``schedule``."""
    replace = msgspec.structs.replace
    sections = [
        replace(
            section,
            tasks=[
                replace(task, schedule=list(schedule)) if task.id == "4" else task
                for task in section.tasks
            ],
        )
        for section in the_plan().sections
    ]
    return replace(the_plan(), sections=sections)


@pytest.mark.parametrize(
    ("rules", "ref", "expected"),
    [
        pytest.param([WEEKLY], "4@2025-06-04", "4@2025-W23", id="day-of-a-week"),
        pytest.param([WEEKLY], "4@2025-06-05", None, id="another-day"),
        pytest.param([WEEKLY], "4@2025-06", None, id="several-in-the-month"),
        pytest.param([QUARTERLY], "4@2025-06", "4@2025-Q2", id="alone-in-the-month"),
        pytest.param([QUARTERLY], "4@2025-05", None, id="none-in-the-month"),
        pytest.param([ONCE], "4@2025-06", "4@2025-06-14", id="a-day-by-its-month"),
        pytest.param([ONCE], "4@2025-Q2", None, id="not-by-its-quarter"),
        pytest.param([MONTHLY, ONCE], "4@2025-06", "4@2025-06", id="its-name-goes-first"),
    ],
)
def test_a_deadline_names_its_occurrence(
    rules: list[AnyRule], ref: str, expected: str | None
) -> None:
    found = find(scheduled(*rules), {}, Ref.parse(ref), day("06-20"))

    assert (found.ref if isinstance(found, RecordTarget) else None) == expected


def test_a_complaint_names_those_that_are_near() -> None:
    found = find(scheduled(WEEKLY), {}, Ref.parse("4@2025-06"), day("06-20"))

    assert isinstance(found, Unclear)
    near = ", ".join(f"4@2025-W{week}" for week in range(18, 33))
    assert found.refs_near(day("06-20")) == f"{near}, …"


@pytest.mark.parametrize(
    ("ref", "records", "closed", "why", "candidates"),
    [
        pytest.param("4@2025-07", [], False, "no-occurrence", BOTH, id="another-period"),
        pytest.param("4@", [], False, "no-occurrence", BOTH, id="period-missing"),
        pytest.param("8@2025-06", [], False, "no-occurrence", [], id="of-a-continuous-task"),
        pytest.param("4", [], False, "several", BOTH, id="two-open"),
        pytest.param("4", [], True, "none-closed", BOTH, id="none-closed"),
        pytest.param(
            "4",
            [made(1, "done"), made(2, "cancel", NOVEMBER)],
            False,
            "none-open",
            BOTH,
            id="none-open",
        ),
        pytest.param(
            "4",
            [made(1, "done"), made(2, "done", NOVEMBER)],
            True,
            "several",
            BOTH,
            id="two-closed",
        ),
    ],
)
def test_why_it_is_unclear(
    ref: str, records: list[Record], closed: bool, why: Why, candidates: list[str]
) -> None:
    found = meant(ref, *records, closed=closed)

    assert isinstance(found, Unclear)
    assert found.task.id == "4" or not candidates
    assert (found.why, [one.ref for one in found.candidates]) == (why, candidates)


@pytest.mark.parametrize("ref", ["99", "99@2025-06"])
def test_a_task_that_is_not_there_is_refused(ref: str) -> None:
    with pytest.raises(UserError):
        meant(ref)


def test_nothing_recorded_is_no_progress() -> None:
    found = meant("8")

    assert isinstance(found, RecordTarget)
    assert found.progress == NOTHING
