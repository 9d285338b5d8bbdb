"""Rules of a schedule and the days on which they fall due, worked out by hand."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.plan.file import NO_KIND, read_plan
from parplan.schedule import periods
from parplan.schedule.rules import (
    AnyRule,
    BadRule,
    Continuous,
    Days,
    Every,
    In,
    Occurrence,
    On,
    OnDirective,
    Rule,
    occurrences,
)
from parplan.schedule.workdays import Workdays
from tests.helpers.rules import ENTRIES, read_rule

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
LONG_AGO = dt.date(1900, 1, 1)

Made = dict[str, Any]
"""What a rule is made of, by the names of the model."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def due_days(rule: AnyRule, year: int = 2025) -> list[str]:
    return [str(one.due) for one in occurrences("1", [rule], year, LONG_AGO)]


def refs(rule: AnyRule, year: int = 2025) -> list[str]:
    return [one.ref for one in occurrences("1", [rule], year, LONG_AGO)]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        pytest.param(
            Every("month"),
            "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31",
            id="month-its-last-day",
        ),
        pytest.param(
            Every("month", before=25),
            "01-24 02-24 03-24 04-24 05-24 06-24 07-24 08-24 09-24 10-24 11-24 12-24",
            id="month-before-25",
        ),
        pytest.param(
            Every("month", by=20),
            "01-20 02-20 03-20 04-20 05-20 06-20 07-20 08-20 09-20 10-20 11-20 12-20",
            id="month-by-20",
        ),
        pytest.param(
            Every("month", by=31),
            "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31",
            id="month-by-31-is-the-last-day-of-a-short-month",
        ),
        pytest.param(
            Every("month", before=31),
            "01-30 02-28 03-30 04-30 05-30 06-30 07-30 08-30 09-30 10-30 11-30 12-30",
            id="month-before-31-is-the-30th",
        ),
        pytest.param(
            Every("month", by=1),
            "01-01 02-01 03-01 04-01 05-01 06-01 07-01 08-01 09-01 10-01 11-01 12-01",
            id="month-by-1",
        ),
        pytest.param(Every("quarter"), "03-31 06-30 09-30 12-31", id="quarter-its-last-day"),
        pytest.param(Every("quarter", before=10), "03-09 06-09 09-09 12-09", id="quarter-before"),
        pytest.param(Every("quarter", by=10), "03-10 06-10 09-10 12-10", id="quarter-by"),
        pytest.param(Every("quarter", before=1), "02-28 05-31 08-31 11-30", id="quarter-before-1"),
        pytest.param(
            Every("quarter", before=31), "03-30 06-30 09-30 12-30", id="quarter-before-31"
        ),
        pytest.param(Every("half"), "06-30 12-31", id="half-its-last-day"),
        pytest.param(Every("half", before=15), "06-14 12-14", id="half-before"),
        pytest.param(Every("half", by=15), "06-15 12-15", id="half-by"),
        pytest.param(Every("half", before=1), "05-31 11-30", id="half-before-1"),
        pytest.param(Every("half", before=31), "06-30 12-30", id="half-before-31"),
        pytest.param(Every("9-months"), "09-30", id="9-months-its-last-day"),
        pytest.param(Every("9-months", before=10), "09-09", id="9-months-before"),
        pytest.param(Every("9-months", by=10), "09-10", id="9-months-by"),
        pytest.param(Every("9-months", before=1), "08-31", id="9-months-before-1"),
        pytest.param(Every("9-months", before=31), "09-30", id="9-months-before-31"),
        pytest.param(Every("year"), "12-31", id="year-its-last-day"),
        pytest.param(Every("year", before=10), "12-09", id="year-before"),
        pytest.param(Every("year", by=10), "12-10", id="year-by"),
        pytest.param(Every("year", before=1), "11-30", id="year-before-1"),
        pytest.param(Every("year", before=31), "12-30", id="year-before-31"),
    ],
)
def test_every(rule: Every, dates: str) -> None:
    assert due_days(rule) == [f"2025-{date}" for date in dates.split()]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        pytest.param(
            Every("month", before=5, of="next-month"),
            "2025-02-04 2025-03-04 2025-04-04 2025-05-04 2025-06-04 2025-07-04 "
            "2025-08-04 2025-09-04 2025-10-04 2025-11-04 2025-12-04 2026-01-04",
            id="month-before",
        ),
        pytest.param(
            Every("month", by=31, of="next-month"),
            "2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-06-30 2025-07-31 "
            "2025-08-31 2025-09-30 2025-10-31 2025-11-30 2025-12-31 2026-01-31",
            id="month-by-31-of-a-short-month",
        ),
        pytest.param(
            Every("month", before=1, of="next-month"),
            "2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-06-30 "
            "2025-07-31 2025-08-31 2025-09-30 2025-10-31 2025-11-30 2025-12-31",
            id="month-before-1-is-its-own-last-day",
        ),
        pytest.param(
            Every("quarter", before=5, of="next-month"),
            "2025-04-04 2025-07-04 2025-10-04 2026-01-04",
            id="quarter-before",
        ),
        pytest.param(
            Every("quarter", by=5, of="next-month"),
            "2025-04-05 2025-07-05 2025-10-05 2026-01-05",
            id="quarter-by",
        ),
        pytest.param(
            Every("quarter", before=1, of="next-month"),
            "2025-03-31 2025-06-30 2025-09-30 2025-12-31",
            id="quarter-before-1",
        ),
        pytest.param(
            Every("half", before=10, of="next-month"), "2025-07-09 2026-01-09", id="half-before"
        ),
        pytest.param(
            Every("half", by=31, of="next-month"), "2025-07-31 2026-01-31", id="half-by-31"
        ),
        pytest.param(Every("9-months", by=5, of="next-month"), "2025-10-05", id="9-months-by"),
        pytest.param(
            Every("9-months", before=31, of="next-month"), "2025-10-30", id="9-months-before-31"
        ),
        pytest.param(Every("year", by=15, of="next-month"), "2026-01-15", id="year-by"),
        pytest.param(Every("year", before=1, of="next-month"), "2025-12-31", id="year-before-1"),
    ],
)
def test_a_day_of_the_month_after_the_period(rule: Every, dates: str) -> None:
    assert due_days(rule) == dates.split()


TET = Workdays(
    off=frozenset(day(f"2026-02-{number}") for number in range(16, 21)),
    worked=frozenset({day("2026-02-28")}),
)
"""Tết of 2026, with a Saturday worked at the month's end."""


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        pytest.param(
            Every("month", by=31, count="working-days"),
            "01-30 02-28 03-31 04-30 05-29 06-30 07-31 08-31 09-30 10-30 11-30 12-31",
            id="last-working-day",
        ),
        pytest.param(
            Every("month", by=12, count="working-days"),
            "01-16 02-24 03-17 04-16 05-18 06-16 07-16 08-18 09-16 10-16 11-17 12-16",
            id="twelfth-working-day-over-tet",
        ),
        pytest.param(
            Every("quarter", by=1, count="working-days", of="next-month"),
            "04-01 07-01 10-01 2027-01-01",
            id="first-working-day-after-the-quarter",
        ),
        pytest.param(
            Every("quarter", before=31, count="working-days"),
            "03-30 06-29 09-29 12-30",
            id="before-the-last-working-day",
        ),
        pytest.param(
            Every("month", by=3, count="fridays"),
            "01-16 02-20 03-20 04-17 05-15 06-19 07-17 08-21 09-18 10-16 11-20 12-18",
            id="third-friday-whether-holiday-or-not",
        ),
        pytest.param(
            Every("half", by=31, count="sundays"), "06-28 12-27", id="last-sunday-of-the-half"
        ),
        pytest.param(
            Days((30, 31)),
            "01-30 01-31 02-28 03-30 03-31 04-30 05-30 05-31 06-30 07-30 07-31 08-30 08-31 09-30 "
            "10-30 10-31 11-30 12-30 12-31",
            id="days-that-fall-together-in-a-short-month",
        ),
        pytest.param(
            Days((2, 4), of="week"),
            " ".join(
                str(dt.date(2025, 12, 29) + dt.timedelta(7 * week + day))
                for week in range(53)
                for day in (1, 3)
            ),
            id="tuesdays-and-thursdays-of-the-weeks-of-2026",
        ),
    ],
)
def test_counted_days(rule: AnyRule, dates: str) -> None:
    found = occurrences("1", [rule], 2026, LONG_AGO, TET)

    assert [str(one.due) for one in found] == [
        date if len(date) > 5 else f"2026-{date}" for date in dates.split()
    ]


def test_each_of_several_days_has_a_reference_of_its_own() -> None:
    assert refs(Days((15, 30)))[:3] == ["1@2025-01-15", "1@2025-01-30", "1@2025-02-15"]


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        pytest.param(
            Every("month", before=5, of="next-month"),
            [f"1@2025-{number:02}" for number in range(1, 13)],
            id="a-month-owed-in-the-next-keeps-its-name",
        ),
        pytest.param(
            Every("quarter", before=10),
            ["1@2025-Q1", "1@2025-Q2", "1@2025-Q3", "1@2025-Q4"],
            id="quarters",
        ),
        pytest.param(Every("half"), ["1@2025-H1", "1@2025-H2"], id="halves"),
        pytest.param(Every("9-months"), ["1@2025-9M"], id="nine-months"),
        pytest.param(Every("year"), ["1@2025"], id="year"),
        pytest.param(In("2025-06"), ["1@2025-06"], id="in-a-month"),
        pytest.param(In("2025-Q4..2026-Q2"), ["1@2025-Q4..2026-Q2"], id="in-a-range"),
        pytest.param(On(before=day("2025-12-01")), ["1@2025-11-30"], id="date-named-by-its-due"),
        pytest.param(On(by=day("2025-11-30")), ["1@2025-11-30"], id="by-a-date"),
    ],
)
def test_references(rule: AnyRule, names: list[str]) -> None:
    assert refs(rule) == names


@pytest.mark.parametrize(
    ("rule", "first", "second", "last"),
    [
        pytest.param(Every("week"), "2025-01-05", "2025-01-12", "2025-12-28", id="its-sunday"),
        pytest.param(Every("week", by=1), "2024-12-30", "2025-01-06", "2025-12-22", id="by-monday"),
        pytest.param(Every("week", by=5), "2025-01-03", "2025-01-10", "2025-12-26", id="by-friday"),
        pytest.param(Every("week", by=7), "2025-01-05", "2025-01-12", "2025-12-28", id="by-sunday"),
        pytest.param(
            Every("week", before=5), "2025-01-02", "2025-01-09", "2025-12-25", id="before-friday"
        ),
        pytest.param(
            Every("week", before=1), "2024-12-29", "2025-01-05", "2025-12-21", id="before-monday"
        ),
        pytest.param(
            Every("week", before=7), "2025-01-04", "2025-01-11", "2025-12-27", id="before-sunday"
        ),
    ],
)
def test_every_week(rule: Every, first: str, second: str, last: str) -> None:
    found = due_days(rule)

    assert (len(found), found[0], found[1], found[-1]) == (52, first, second, last)


def test_a_year_of_53_weeks_owes_53_times() -> None:
    found = occurrences("1", [Every("week")], 2026, LONG_AGO)

    assert (len(found), found[-1].ref, str(found[-1].due)) == (53, "1@2026-W53", "2027-01-03")


def test_a_leap_year_has_a_29th_of_february() -> None:
    assert due_days(Every("month"), 2024)[1] == "2024-02-29"
    assert due_days(Every("month", before=31), 2024)[1] == "2024-02-29"
    assert due_days(Every("quarter", before=1), 2024)[0] == "2024-02-29"


@pytest.mark.parametrize(
    ("rule", "date"),
    [
        pytest.param(In("2025-06"), "2025-06-30", id="in-a-month"),
        pytest.param(In("2025-02"), "2025-02-28", id="in-february"),
        pytest.param(In("2025-Q3"), "2025-09-30", id="in-a-quarter"),
        pytest.param(In("2025-H1"), "2025-06-30", id="in-a-half"),
        pytest.param(In("2025-9M"), "2025-09-30", id="in-nine-months"),
        pytest.param(In("2025"), "2025-12-31", id="in-a-year"),
        pytest.param(In("2025-W23"), "2025-06-08", id="in-a-week"),
        pytest.param(In("2025-Q4..2026-Q2"), "2026-06-30", id="in-a-range-into-the-next-year"),
        pytest.param(In("2025-03..2025-05"), "2025-05-31", id="in-a-range-of-months"),
        pytest.param(In("2026-06"), "2026-06-30", id="in-another-year-than-the-plan"),
        pytest.param(On(by=day("2025-11-30")), "2025-11-30", id="by-a-date"),
        pytest.param(On(before=day("2025-12-15")), "2025-12-14", id="before-a-date"),
        pytest.param(On(before=day("2025-03-01")), "2025-02-28", id="before-a-first"),
        pytest.param(On(before=day("2026-01-01")), "2025-12-31", id="before-new-year"),
        pytest.param(On(by=day("2026-01-15")), "2026-01-15", id="by-a-date-of-the-next-year"),
    ],
)
def test_once(rule: AnyRule, date: str) -> None:
    assert due_days(rule) == [date]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(Continuous(True), id="continuous"),
        pytest.param(OnDirective("UBND quận"), id="on-directive"),
        pytest.param(OnDirective("UBND quận", within="20 days"), id="within-20-days-of-an-event"),
    ],
)
def test_without_a_date(rule: AnyRule) -> None:
    assert occurrences("1", [rule], 2025, LONG_AGO) == []


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        pytest.param(Every, {"every": "month", "before": 25, "by": 24}, id="before-and-by"),
        pytest.param(Every, {"every": "month", "of": "next-month"}, id="next-month-without-a-day"),
        pytest.param(
            Every, {"every": "week", "by": 1, "of": "next-month"}, id="next-month-of-a-week"
        ),
        pytest.param(Every, {"every": "week", "before": 8}, id="week-before-its-8th-day"),
        pytest.param(Every, {"every": "week", "by": 31}, id="week-by-its-31st-day"),
        pytest.param(Every, {"every": "month", "count": "fridays"}, id="which-friday"),
        pytest.param(Every, {"every": "month", "by": 5, "count": "fridays"}, id="fifth-friday"),
        pytest.param(
            Every, {"every": "month", "by": 16, "count": "working-days"}, id="more-than-tet-leaves"
        ),
        pytest.param(
            Every, {"every": "week", "by": 1, "count": "working-days"}, id="count-in-a-week"
        ),
        pytest.param(Days, {"days": (30, 15)}, id="days-out-of-order"),
        pytest.param(Days, {"days": (15, 15)}, id="a-day-twice"),
        pytest.param(Days, {"days": (2, 8), "of": "week"}, id="day-8-of-weeks"),
        pytest.param(In, {"in_": ""}, id="in-nothing"),
        pytest.param(In, {"in_": "June"}, id="in-words"),
        pytest.param(In, {"in_": "2025-13"}, id="in-month-13"),
        pytest.param(In, {"in_": "2025-W53"}, id="in-week-53-of-52"),
        pytest.param(In, {"in_": "2026-Q2..2025-Q4"}, id="in-a-range-backwards"),
        pytest.param(On, {}, id="no-date"),
        pytest.param(On, {"by": day("2025-06-30"), "before": day("2025-07-01")}, id="two-dates"),
    ],
)
def test_nonsense_is_refused(kind: type[Rule], made: Made) -> None:
    with pytest.raises(BadRule):
        kind(**made)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        pytest.param(Every, {"every": "fortnight"}, id="unknown-unit"),
        pytest.param(Every, {"every": "month", "by": 0}, id="day-0"),
        pytest.param(Every, {"every": "month", "by": 32}, id="day-32"),
        pytest.param(Every, {"every": "month", "before": -1}, id="negative-day"),
        pytest.param(Every, {"every": "month", "of": "next-year", "by": 1}, id="of-next-year"),
        pytest.param(On, {"by": "2025-06-31"}, id="no-such-day"),
        pytest.param(On, {"by": "30/6/2025"}, id="date-in-another-order"),
        pytest.param(Continuous, {"continuous": False}, id="not-continuous"),
        pytest.param(OnDirective, {"on_directive": ""}, id="directive-of-nobody"),
        pytest.param(
            OnDirective, {"on_directive": "UBND", "within": "soon"}, id="within-no-number"
        ),
        pytest.param(OnDirective, {"on_directive": "UBND", "within": "0 days"}, id="within-0-days"),
        pytest.param(Every, {"every": "month", "befor": 25}, id="misspelt-key"),
        pytest.param(Every, {"every": "month", "by": "first"}, id="by-another-word"),
        pytest.param(Days, {"days": [15]}, id="one-day-alone"),
        pytest.param(Days, {"days": [15, 32]}, id="a-day-32-of-several"),
    ],
)
def test_a_file_cannot_say(kind: type[Rule], made: Made) -> None:
    tag = {"rule": kind.__struct_config__.tag}

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**tag, **made}, kind)


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        pytest.param(
            "every: month, by: 5, of: next-month",
            {
                "every": "month",
                "by": 5,
                "before": None,
                "of": "next-month",
                "count": None,
                "label": "",
            },
            id="every",
        ),
        pytest.param(
            "every: month, by: 31, count: working-days",
            {
                "every": "month",
                "by": 31,
                "before": None,
                "of": None,
                "count": "working-days",
                "label": "",
            },
            id="count",
        ),
        pytest.param("days: [15, 30]", {"days": (15, 30), "of": None, "label": ""}, id="days"),
        pytest.param(
            "days: [2, 4], of: week", {"days": (2, 4), "of": "week", "label": ""}, id="weekdays"
        ),
        pytest.param("in: 2025-06", {"in_": "2025-06", "label": ""}, id="in"),
        pytest.param(
            "by: 2025-11-30", {"by": day("2025-11-30"), "before": None, "label": ""}, id="by"
        ),
        pytest.param(
            "before: 2025-11-30, label: L",
            {"by": None, "before": day("2025-11-30"), "label": "L"},
            id="before",
        ),
        pytest.param("continuous: true", {"continuous": True}, id="continuous"),
        pytest.param(
            "on_directive: Q",
            {"on_directive": "Q", "within": None, "label": ""},
            id="on-directive",
        ),
    ],
)
def test_a_file_says_each_kind_of_rule(entry: str, fields: Made) -> None:
    """Its first key is named in ``plan/file.py``; what it means is this module's."""
    assert msgspec.structs.asdict(read_rule(entry)) == fields


def test_every_kind_of_rule_has_an_example() -> None:
    assert set(ENTRIES) == set(get_args(AnyRule))


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_first_key_of_every_kind_of_rule_is_told(kind: type[Rule]) -> None:
    key = ENTRIES[kind].partition(":")[0]

    assert isinstance(read_rule(ENTRIES[kind]), kind)
    assert f"'{key}'" in NO_KIND


@pytest.mark.parametrize("key", ["before", "by"])
@pytest.mark.parametrize(
    ("number", "is_a_day"), [(0, False), (1, True), (2, True), (30, True), (31, True), (32, False)]
)
def test_a_month_has_days_from_1_to_31(key: str, number: int, is_a_day: bool) -> None:
    made = {"rule": "every", "every": "month", key: number}
    try:
        read = getattr(msgspec.convert(made, Every), key) == number
    except msgspec.ValidationError:
        read = False

    assert read is is_a_day


@pytest.mark.parametrize("key", ["before", "by"])
@pytest.mark.parametrize(
    ("date", "is_taken"),
    [("1899-12-31", False), ("1900-01-01", True), ("2999-12-31", True), ("3000-01-01", False)],
)
def test_a_date_is_of_the_years_1900_to_2999(key: str, date: str, is_taken: bool) -> None:
    made: Made = {key: day(date)}
    try:
        taken = getattr(On(**made), key) == day(date)
    except BadRule:
        taken = False

    assert taken is is_taken


@pytest.mark.parametrize(
    ("text", "within"),
    [
        pytest.param("20 days", True, id="days"),
        pytest.param("5 working days", True, id="working-days"),
        pytest.param("2 weeks", True, id="weeks"),
        pytest.param("3 months", True, id="months"),
        pytest.param("20 ngày", False, id="another-language"),
        pytest.param("20days", False, id="no-space"),
    ],
)
def test_time_allowed_from_an_event(text: str, within: bool) -> None:
    made = {"rule": "directive", "on_directive": "UBND", "within": text}
    try:
        read = msgspec.convert(made, OnDirective).within == text
    except msgspec.ValidationError:
        read = False

    assert read is within


@pytest.mark.parametrize(
    ("start", "first"),
    [
        pytest.param("2025-06-08", "2025-06-09", id="day-before-it-is-due"),
        pytest.param("2025-06-09", "2025-06-09", id="on-the-day"),
        pytest.param("2025-06-10", "2025-09-09", id="day-after"),
    ],
)
def test_the_plan_binds_from_its_first_day(start: str, first: str) -> None:
    found = occurrences("1", [Every("quarter", before=10)], 2025, day(start))

    assert str(found[0].due) == first


def test_a_label_belongs_to_its_occurrences() -> None:
    rules = [In("2025-06", label="Lần 1"), In("2025-11", label="Lần 2"), In("2025-12")]

    found = occurrences("4", rules, 2025, LONG_AGO)

    assert [(one.ref, one.label) for one in found] == [
        ("4@2025-06", "Lần 1"),
        ("4@2025-11", "Lần 2"),
        ("4@2025-12", ""),
    ]


def test_on_one_day_the_shorter_period_comes_first() -> None:
    rules = [Every("year"), Every("half"), Every("quarter"), Every("month")]

    found = occurrences("1", rules, 2025, day("2025-12-31"))

    assert [one.ref for one in found] == ["1@2025-12", "1@2025-Q4", "1@2025-H2", "1@2025"]


def test_june_of_the_real_plan() -> None:
    plan = read_plan("plan/2025.yaml", PLAN.read_bytes()).value
    assert plan is not None
    june = periods.month(2025, 6)
    found = [one for _, task in plan.tasks() for one in plan.occurrences(task) if one.due in june]

    assert {one.ref: str(one.due) for one in found} == {
        "1@2025-Q2": "2025-06-09",
        "1@2025-06": "2025-06-24",
        "4@2025-06": "2025-06-30",
        "5@2025-06": "2025-06-30",
        "23@2025-06": "2025-06-30",
        "23@2025-Q2": "2025-06-30",
        "24@2025-Q2": "2025-06-30",
    }
    assert len(found) == 7


# Laws.

DAYS_OF_2025 = st.dates(dt.date(2025, 1, 1), dt.date(2026, 2, 28))
DAY_NUMBERS = st.integers(1, 31)


@st.composite
def every_rules(draw: st.DrawFn) -> Every:
    """Return a rule that recurs."""
    unit: Any = draw(st.sampled_from(get_args(periods.Length)))
    number = draw(st.integers(1, 7) if unit == "week" else DAY_NUMBERS)
    kind = draw(st.sampled_from(["", "before", "by"]))
    following = bool(kind) and unit != "week" and draw(st.booleans())
    made: Made = {kind: number} if kind else {}
    return Every(unit, **made, of="next-month" if following else None)


def any_rules() -> st.SearchStrategy[AnyRule]:
    """Return a rule of any kind."""
    names = st.sampled_from(["2025", "2025-H2", "2025-Q1", "2025-04", "2025-Q4..2026-Q2"])
    return st.one_of(
        every_rules(),
        names.map(In),
        DAYS_OF_2025.map(lambda date: On(by=date)),
        DAYS_OF_2025.map(lambda date: On(before=date)),
        st.sampled_from([read_rule(entry) for entry in ENTRIES.values()]),
    )


def in_span(found: list[Occurrence], first: dt.date, last: dt.date) -> list[Occurrence]:
    return [one for one in found if first <= one.due <= last]


@given(rules=st.lists(any_rules(), max_size=4), cut=DAYS_OF_2025)
def test_cutting_a_span_in_two_loses_and_doubles_nothing(
    rules: list[AnyRule], cut: dt.date
) -> None:
    start, end = dt.date(2025, 1, 1), dt.date(2026, 12, 31)
    found = occurrences("1", rules, 2025, start)
    halves = [in_span(found, start, cut), in_span(found, cut + dt.timedelta(days=1), end)]

    assert halves[0] + halves[1] == found


@given(rules=st.lists(any_rules(), max_size=4), start=DAYS_OF_2025)
def test_a_later_start_only_drops_what_was_due_before_it(
    rules: list[AnyRule], start: dt.date
) -> None:
    everything = occurrences("1", rules, 2025, LONG_AGO)

    assert occurrences("1", rules, 2025, start) == [one for one in everything if one.due >= start]


@given(rules=st.lists(any_rules(), max_size=4), start=DAYS_OF_2025)
def test_occurrences_stand_by_due_date(rules: list[AnyRule], start: dt.date) -> None:
    found = [one.due for one in occurrences("1", rules, 2025, start)]

    assert found == sorted(found)
    assert all(due >= start for due in found)


@given(rules=st.permutations([Every("month"), Every("quarter"), Every("half"), Every("year")]))
def test_the_order_of_the_rules_does_not_matter(rules: list[AnyRule]) -> None:
    expected = occurrences(
        "1", [Every("month"), Every("quarter"), Every("half"), Every("year")], 2025, LONG_AGO
    )

    assert occurrences("1", rules, 2025, LONG_AGO) == expected


@given(rule=every_rules(), year=st.integers(1900, 2998))
def test_references_of_one_rule_are_unique(rule: Every, year: int) -> None:
    names = refs(rule, year)

    assert len(names) == len(set(names))
    assert all(periods.parse(name.removeprefix("1@")) is not None for name in names)


@given(units=st.sets(st.sampled_from(get_args(periods.Length)), min_size=2))
def test_references_of_different_units_are_unique(units: set[Any]) -> None:
    names = [one.ref for one in occurrences("1", [Every(unit) for unit in units], 2025, LONG_AGO)]

    assert len(names) == len(set(names))


@given(rule=every_rules(), year=st.integers(1900, 2998))
def test_each_due_date_lies_near_its_period(rule: Every, year: int) -> None:
    """At most a month before the end of its period, and at most a month after."""
    assert all(
        dt.timedelta(days=-31) <= one.due - one.period.last <= dt.timedelta(days=31)
        for one in occurrences("1", [rule], year, LONG_AGO)
    )


@given(every_rules())
def test_consecutive_periods_fall_due_in_order(rule: Every) -> None:
    found = [due for _, due in rule.due_dates(2025)]

    assert all(one < later for one, later in itertools.pairwise(found))
