"""Working days: weekends, holidays and swapped days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.file import read_plan
from parplan.schedule.workdays import Workdays

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
CALENDAR = Workdays(
    off=frozenset(map(dt.date.fromisoformat, ["2025-04-30", "2025-05-01", "2025-05-02"])),
    worked=frozenset([dt.date(2025, 4, 26)]),
)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        pytest.param("2025-04-25", True, id="friday"),
        pytest.param("2025-04-26", True, id="swapped-saturday"),
        pytest.param("2025-04-27", False, id="sunday"),
        pytest.param("2025-04-28", True, id="monday"),
        pytest.param("2025-04-30", False, id="holiday"),
        pytest.param("2025-05-02", False, id="swapped-friday"),
        pytest.param("2025-05-03", False, id="saturday"),
    ],
)
def test_a_day_is_worked(day: str, worked: bool) -> None:
    assert (dt.date.fromisoformat(day) in CALENDAR) is worked


@pytest.mark.parametrize(
    ("day", "last"),
    [
        pytest.param("2025-06-24", "2025-06-24", id="working-day-itself"),
        pytest.param("2025-06-28", "2025-06-27", id="saturday-to-friday"),
        pytest.param("2025-06-29", "2025-06-27", id="sunday-to-friday"),
        pytest.param("2025-04-30", "2025-04-29", id="holiday-to-the-day-before"),
        pytest.param("2025-05-04", "2025-04-29", id="weekend-after-holidays"),
        pytest.param("2025-04-27", "2025-04-26", id="sunday-to-a-worked-saturday"),
        pytest.param("2025-06-01", "2025-05-30", id="into-the-month-before"),
    ],
)
def test_last_working_day_until(day: str, last: str) -> None:
    assert CALENDAR.last_until(dt.date.fromisoformat(day)) == dt.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        pytest.param("2025-04-30", "2025-04-29", id="holiday"),
        pytest.param("2025-05-04", "2025-04-29", id="swapped-day-off"),
        pytest.param("2025-04-27", "2025-04-26", id="swapped-day-worked"),
        pytest.param("2025-11-30", "2025-11-28", id="sunday"),
        pytest.param("2025-02-02", "2025-01-24", id="new-year-of-the-moon-and-two-weekends"),
    ],
)
def test_the_calendar_of_the_real_plan(day: str, last: str) -> None:
    plan = read_plan("plan/2025.yaml", PLAN.read_bytes()).value
    assert plan is not None

    found = plan.workdays.last_until(dt.date.fromisoformat(day))

    assert found == dt.date.fromisoformat(last)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Workdays, dt.date]:
    """Return a calendar with exceptions near a day, and that day."""
    day = draw(DAYS)
    near = st.frozensets(st.integers(-12, 3).map(lambda step: day + dt.timedelta(days=step)))
    return Workdays(off=draw(near), worked=draw(near)), day


@given(calendars())
def test_the_last_working_day_is_worked_and_none_follows_it(
    given_: tuple[Workdays, dt.date],
) -> None:
    days, day = given_
    last = days.last_until(day)
    after = [last + dt.timedelta(days=step) for step in range(1, (day - last).days + 1)]

    assert last <= day
    assert last in days
    assert not any(one in days for one in after)


@given(DAYS)
def test_without_a_calendar_the_office_works_monday_to_friday(day: dt.date) -> None:
    assert (day in Workdays()) is (day.isoweekday() <= 5)
