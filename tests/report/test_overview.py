"""What waits on a day, by the plan of phường Phú La: worked out by hand from its wording."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Record
from parplan.plan.model import Reporting
from parplan.report.overview import Overview, overview
from tests.helpers.office import made
from tests.helpers.plans import the_plan

# The monthly report is sent before the 25th, all others before the 10th of the last month.
NEXT = [
    ("2025-03-17", ["2025-03 24/03"]),  # nothing holds before the 18th
    ("2025-06-09", ["2025-Q2 09/06", "2025-H1 09/06"]),
    ("2025-06-10", ["2025-06 24/06"]),
    ("2025-06-24", ["2025-06 24/06"]),
    ("2025-06-25", ["2025-07 24/07"]),
    ("2025-09-01", ["2025-Q3 09/09", "2025-9M 09/09"]),
    ("2025-11-25", ["2025-Q4 09/12", "2025-H2 09/12", "2025 09/12"]),
    ("2025-12-24", ["2025-12 24/12"]),
    ("2025-12-25", []),
]


def on(day: str, *records: Record) -> Overview:
    today = dt.date.fromisoformat(day)
    return overview(the_plan(), progress_by_ref(records, today), today)


def reports(found: Overview) -> list[str]:
    return [f"{report.period.name} {report.due:%d/%m}" for report in found.reports]


@pytest.mark.parametrize(("day", "expected"), NEXT)
def test_the_next_report_is_the_first_whose_last_day_is_not_over(
    day: str, expected: list[str]
) -> None:
    assert reports(on(day)) == expected


def test_a_report_that_was_sent_is_not_next() -> None:
    sent = made(1, "done", "1@2025-Q2", on=dt.date(2025, 6, 5))

    assert reports(on("2025-06-09", sent)) == ["2025-06 24/06"]


def test_a_report_that_settles_nothing_is_next_until_its_day() -> None:
    weekly = Reporting(every="week", name="Báo cáo tuần", by=5)
    plan = msgspec.structs.replace(the_plan(), reporting=[weekly])

    assert reports(overview(plan, {}, dt.date(2025, 6, 7))) == ["2025-W24 13/06"]


@pytest.mark.parametrize(
    ("day", "soon"),
    [("2025-06-16", []), ("2025-06-17", ["1@2025-06"]), ("2025-06-24", ["1@2025-06"])],
)
def test_seven_days_are_soon(day: str, soon: list[str]) -> None:
    found = on(day)

    assert [item.occurrence.ref for item in found.soon if item.task.id == "1"] == soon


def test_what_is_longest_overdue_stands_first_and_what_is_done_nowhere() -> None:
    done = made(1, "done", "23@2025-03", on=dt.date(2025, 3, 31))
    refs = [item.occurrence.ref for item in on("2025-05-01", done).overdue]

    assert refs == ["1@2025-03", "23@2025-Q1", "24@2025-Q1", "1@2025-04", "23@2025-04"]
