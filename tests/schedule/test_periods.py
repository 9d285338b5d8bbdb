"""Period names and the days they cover."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parplan.schedule import periods
from parplan.schedule.periods import Kind, Length, Period

YEARS = st.integers(1900, 2998)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2998, 12, 31))


def single_periods() -> st.SearchStrategy[Period]:
    """Return periods of every kind but ranges."""
    weeks = DAYS.map(lambda day: periods.of("week", *day.isocalendar()[:2]))
    return st.one_of(
        YEARS.map(periods.year),
        st.builds(periods.of, st.just("half"), YEARS, st.integers(1, 2)),
        st.builds(periods.of, st.just("9-months"), YEARS),
        st.builds(periods.of, st.just("quarter"), YEARS, st.integers(1, 4)),
        st.builds(periods.month, YEARS, st.integers(1, 12)),
        weeks,
        DAYS.map(periods.day),
    )


@pytest.mark.parametrize(
    ("name", "kind", "year", "number", "first", "last"),
    [
        pytest.param("2025", "year", 2025, 1, "2025-01-01", "2025-12-31", id="year"),
        pytest.param("2025-H1", "half", 2025, 1, "2025-01-01", "2025-06-30", id="first-half"),
        pytest.param("2025-H2", "half", 2025, 2, "2025-07-01", "2025-12-31", id="second-half"),
        pytest.param("2025-9M", "9-months", 2025, 1, "2025-01-01", "2025-09-30", id="nine-months"),
        pytest.param("2025-Q1", "quarter", 2025, 1, "2025-01-01", "2025-03-31", id="first-quarter"),
        pytest.param(
            "2025-Q2", "quarter", 2025, 2, "2025-04-01", "2025-06-30", id="second-quarter"
        ),
        pytest.param("2025-Q3", "quarter", 2025, 3, "2025-07-01", "2025-09-30", id="third-quarter"),
        pytest.param(
            "2025-Q4", "quarter", 2025, 4, "2025-10-01", "2025-12-31", id="fourth-quarter"
        ),
        pytest.param("2025-01", "month", 2025, 1, "2025-01-01", "2025-01-31", id="january"),
        pytest.param(
            "2025-04", "month", 2025, 4, "2025-04-01", "2025-04-30", id="month-of-30-days"
        ),
        pytest.param("2025-02", "month", 2025, 2, "2025-02-01", "2025-02-28", id="february"),
        pytest.param(
            "2024-02", "month", 2024, 2, "2024-02-01", "2024-02-29", id="february-of-a-leap-year"
        ),
        pytest.param(
            "2100-02",
            "month",
            2100,
            2,
            "2100-02-01",
            "2100-02-28",
            id="no-leap-year-after-a-century",
        ),
        pytest.param(
            "2000-02",
            "month",
            2000,
            2,
            "2000-02-01",
            "2000-02-29",
            id="leap-year-after-four-centuries",
        ),
        pytest.param("2025-12", "month", 2025, 12, "2025-12-01", "2025-12-31", id="december"),
        pytest.param(
            "2025-W23", "week", 2025, 23, "2025-06-02", "2025-06-08", id="week-monday-to-sunday"
        ),
        pytest.param(
            "2025-W01",
            "week",
            2025,
            1,
            "2024-12-30",
            "2025-01-05",
            id="week-begins-in-the-year-before",
        ),
        pytest.param("2026-W53", "week", 2026, 53, "2026-12-28", "2027-01-03", id="week-53"),
        pytest.param(
            "2021-W01",
            "week",
            2021,
            1,
            "2021-01-04",
            "2021-01-10",
            id="january-1-in-week-53-before",
        ),
        pytest.param("2025-08-15", "day", 2025, 1, "2025-08-15", "2025-08-15", id="day"),
        pytest.param("2024-02-29", "day", 2024, 1, "2024-02-29", "2024-02-29", id="leap-day"),
        pytest.param(
            "2025-Q4..2026-Q2", "range", 2025, 1, "2025-10-01", "2026-06-30", id="range-of-quarters"
        ),
        pytest.param(
            "2025-03..2025-05", "range", 2025, 1, "2025-03-01", "2025-05-31", id="range-of-months"
        ),
        pytest.param(
            "2025-03..2025-Q4",
            "range",
            2025,
            1,
            "2025-03-01",
            "2025-12-31",
            id="range-of-two-kinds",
        ),
        pytest.param(
            "2025..2025", "range", 2025, 1, "2025-01-01", "2025-12-31", id="range-of-one-year"
        ),
        pytest.param(
            "2025-06-10..2025-06-24",
            "range",
            2025,
            1,
            "2025-06-10",
            "2025-06-24",
            id="range-of-days",
        ),
    ],
)
def test_a_name_means_a_period(
    name: str, kind: Kind, year: int, number: int, first: str, last: str
) -> None:
    found = periods.parse(name)

    assert found is not None
    assert (found.kind, found.year, found.number) == (kind, year, number)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.name == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("25", id="year-of-two-digits"),
        pytest.param("0925", id="before-1000"),
        pytest.param("3025", id="after-2999"),
        pytest.param("20250", id="year-of-five-digits"),
        pytest.param("2025-", id="nothing-after-the-dash"),
        pytest.param("2025-H0", id="half-0"),
        pytest.param("2025-H3", id="half-3"),
        pytest.param("2025-6M", id="six-months-are-a-half"),
        pytest.param("2025-Q0", id="quarter-0"),
        pytest.param("2025-Q5", id="quarter-5"),
        pytest.param("2025-q2", id="small-letter"),
        pytest.param("2025-00", id="month-0"),
        pytest.param("2025-13", id="month-13"),
        pytest.param("2025-6", id="month-of-one-digit"),
        pytest.param("2025-W00", id="week-0"),
        pytest.param("2025-W53", id="year-of-52-weeks"),
        pytest.param("2026-W54", id="week-54"),
        pytest.param("2025-W1", id="week-of-one-digit"),
        pytest.param("2025-06-00", id="day-0"),
        pytest.param("2025-06-31", id="day-31-of-a-short-month"),
        pytest.param("2025-02-29", id="leap-day-of-a-common-year"),
        pytest.param("2025-06-3", id="day-of-one-digit"),
        pytest.param("2025/06/30", id="slashes"),
        pytest.param("30/6/2025", id="day-month-year"),
        pytest.param(" 2025", id="space-before"),
        pytest.param("2025 ", id="space-after"),
        pytest.param("2025\n", id="line-end-after"),
        pytest.param("٢٠٢٥", id="digits-of-another-script"),
        pytest.param("2025-Q2..", id="range-without-an-end"),
        pytest.param("..2025-Q2", id="range-without-a-start"),
        pytest.param("..", id="range-of-nothing"),
        pytest.param("2025-Q2..2025-Q1", id="range-backwards"),
        pytest.param("2025-Q2..2025-13", id="range-to-no-month"),
        pytest.param("2025-01..2025-02..2025-03", id="range-of-three"),
        pytest.param("2025-01...2025-02", id="three-dots"),
        pytest.param("2025-01–2025-02", id="dash-for-a-range"),
        pytest.param("next month", id="words"),
    ],
)
def test_other_names_are_no_periods(name: str) -> None:
    assert periods.parse(name) is None


@given(single_periods())
def test_a_name_leads_back_to_its_period(one: Period) -> None:
    assert periods.parse(one.name) == one


@given(single_periods(), single_periods())
def test_a_range_goes_from_the_start_of_one_to_the_end_of_the_other(
    one: Period, other: Period
) -> None:
    assume(one.first <= other.first and one.last <= other.last)
    found = periods.parse(f"{one.name}..{other.name}")

    assert found is not None
    assert (found.kind, found.ends) == ("range", (one, other))
    assert (found.first, found.last) == (one.first, other.last)


@given(single_periods(), single_periods())
def test_no_range_goes_backwards(one: Period, other: Period) -> None:
    assume(other.last < one.first)

    assert periods.parse(f"{one.name}..{other.name}") is None


@given(DAYS, DAYS)
def test_a_range_of_days_is_called_by_its_ends(first: dt.date, last: dt.date) -> None:
    assume(first <= last)
    found = periods.days(first, last)

    assert found.name == f"{first}..{last}"
    assert periods.parse(found.name) == found


@given(st.text(max_size=20))
def test_no_text_is_too_strange(name: str) -> None:
    found = periods.parse(name)

    assert found is None or (found.name == name and found.first <= found.last)


@pytest.mark.parametrize("length", ["month", "quarter", "half", "year"])
@given(number=YEARS)
def test_the_periods_of_a_length_tile_the_year(length: Length, number: int) -> None:
    found = list(periods.each(length, number))
    following = [one.last + dt.timedelta(days=1) for one in found]

    assert found[0].first == dt.date(number, 1, 1)
    assert [one.first for one in found[1:]] == following[:-1]
    assert following[-1] == dt.date(number + 1, 1, 1)


@given(number=YEARS)
def test_weeks_follow_each_other_from_year_to_year(number: int) -> None:
    found = [*periods.each("week", number), *periods.each("week", number + 1)]
    gaps = {later.first - one.first for one, later in itertools.pairwise(found)}

    assert gaps == {dt.timedelta(days=7)}
    assert all(one.first.isoweekday() == 1 for one in found)


@pytest.mark.parametrize(
    ("length", "names"),
    [
        pytest.param("quarter", "2025-Q1 2025-Q2 2025-Q3 2025-Q4", id="quarters"),
        pytest.param("half", "2025-H1 2025-H2", id="halves"),
        pytest.param("9-months", "2025-9M", id="nine-months-once"),
        pytest.param("year", "2025", id="year"),
    ],
)
def test_each(length: Length, names: str) -> None:
    assert [one.name for one in periods.each(length, 2025)] == names.split()


def test_each_month_in_order() -> None:
    assert [one.name for one in periods.each("month", 2025)] == [
        f"2025-{number:02}" for number in range(1, 13)
    ]


@pytest.mark.parametrize(
    ("year", "weeks"),
    [
        pytest.param(2020, 53, id="leap-year-from-wednesday"),
        pytest.param(2024, 52, id="leap-year-from-monday"),
        pytest.param(2025, 52, id="from-wednesday"),
        pytest.param(2026, 53, id="from-thursday"),
    ],
)
def test_weeks_of_a_year(year: int, weeks: int) -> None:
    names = [one.name for one in periods.each("week", year)]

    assert names == [f"{year}-W{number:02}" for number in range(1, weeks + 1)]


def test_every_length_has_its_periods() -> None:
    counts = {length: len(list(periods.each(length, 2025))) for length in get_args(Length)}

    assert counts == {
        "week": 52,
        "month": 12,
        "quarter": 4,
        "half": 2,
        "9-months": 1,
        "year": 1,
    }


@given(st.sampled_from(get_args(Length)), YEARS)
def test_the_periods_of_a_year_are_counted_from_1(length: Length, number: int) -> None:
    found = list(periods.each(length, number))

    assert found == [periods.of(length, number, one.number) for one in found]
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert {(one.kind, one.year) for one in found} == {(length, number)}


@pytest.mark.parametrize(
    ("around", "inside", "covered"),
    [
        pytest.param("2025", "2025-06", True, id="month-of-the-year"),
        pytest.param("2025-06", "2025-06", True, id="itself"),
        pytest.param("2025-06", "2025", False, id="the-longer-one"),
        pytest.param("2025-Q2", "2025-06..2025-07", False, id="one-end-outside"),
        pytest.param("2025", "2025-W01", False, id="week-begins-before-the-year"),
    ],
)
def test_covers(around: str, inside: str, covered: bool) -> None:
    outer, inner = periods.parse(around), periods.parse(inside)

    assert outer is not None
    assert inner is not None
    assert outer.covers(inner) is covered


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        pytest.param("2025-05-31", False, id="day-before"),
        pytest.param("2025-06-01", True, id="first-day"),
        pytest.param("2025-06-30", True, id="last-day"),
        pytest.param("2025-07-01", False, id="day-after"),
    ],
)
def test_both_ends_belong_to_the_period(day: str, inside: bool) -> None:
    assert (dt.date.fromisoformat(day) in periods.month(2025, 6)) is inside


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        pytest.param(6, 9, "2025-06-09", id="plain"),
        pytest.param(1, 31, "2025-01-31", id="31-of-a-long-month"),
        pytest.param(4, 31, "2025-04-30", id="31-of-a-short-month"),
        pytest.param(2, 31, "2025-02-28", id="31-of-february"),
        pytest.param(2, 29, "2025-02-28", id="29-of-february"),
        pytest.param(6, 0, "2025-05-31", id="before-the-first"),
        pytest.param(3, 0, "2025-02-28", id="before-the-first-of-march"),
        pytest.param(1, 0, "2024-12-31", id="before-the-first-of-january"),
        pytest.param(13, 4, "2026-01-04", id="month-13"),
        pytest.param(13, 0, "2025-12-31", id="before-month-13"),
        pytest.param(14, 31, "2026-02-28", id="month-14"),
        pytest.param(25, 1, "2027-01-01", id="month-25"),
    ],
)
def test_day_of_month(month: int, day: int, expected: str) -> None:
    assert periods.day_of_month(2025, month, day).isoformat() == expected


def test_day_of_month_in_a_leap_year() -> None:
    assert periods.day_of_month(2024, 2, 31) == dt.date(2024, 2, 29)
    assert periods.day_of_month(2024, 3, 0) == dt.date(2024, 2, 29)
