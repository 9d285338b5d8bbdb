"""What people type means what ``docs/cach-go.tsv`` says, which was made by hand."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.schedule import periods, typed
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR
from parplan.schedule.periods import Period
from parplan.schedule.typed_day import Ambiguous, TypedContext, read_day
from parplan.text import fold
from tests.helpers.running import ROOT

with (ROOT / "docs" / "cach-go.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = [
        tuple(row.values()) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
TODAY = dt.date(2025, 6, 20)


def meaning(what: str, text: str, context: TypedContext) -> str:
    """Return what ``text`` means, as the table writes it."""
    if what == "period":
        return written(typed.read_period(text, context))
    if what == "reference":
        reference = typed.read_reference(text, context)
        if reference.written is None:
            return reference.task
        periods = written(reference.period).split(" | ")
        return " | ".join(name if name == "?" else f"{reference.task}@{name}" for name in periods)
    if what == "share":
        return written(typed.read_share(text))
    if what == "year":
        return written(typed.read_year(text))
    if what == "day count":
        return written(typed.read_day_count(text))
    if what == "day of month":
        return written(typed.read_day_of_month(text))
    if what == "percent":
        return written(typed.read_percent(text))
    return written(read_day(text, context, "past" if what == "day done" else "deadline"))


def written(value: Period | Ambiguous | dt.date | Decimal | int | None) -> str:
    if isinstance(value, Ambiguous):
        return " | ".join([*map(written, value.meanings), *value.numbers])
    if isinstance(value, Period):
        return value.name
    return "?" if value is None else str(value)


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len(ROWS) >= 150
    assert len({row[:4] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("what", "text", "plan", "today", "expected"),
    [pytest.param(*row, id=f"{number}") for number, row in enumerate(ROWS, 2)],
)
def test_what_is_typed_means(what: str, text: str, plan: str, today: str, expected: str) -> None:
    context = TypedContext(int(plan), dt.date.fromisoformat(today))
    actual = meaning(what, text, context)

    assert sorted(actual.split(" | ")) == sorted(expected.split(" | "))


@pytest.mark.parametrize("row", [row for row in ROWS if row[1].isascii() is False])
def test_accents_and_capitals_do_not_matter(row: tuple[str, ...]) -> None:
    """But for 'tháng sau' and 'tháng sáu': without accents it can be both."""
    what, text, plan, today, _expected = row
    context = TypedContext(int(plan), dt.date.fromisoformat(today))
    if what == "reference" and "@" not in text:
        return
    capital, plain = meaning(what, text.upper(), context), meaning(what, fold(text), context)

    assert capital.casefold() == meaning(what, text, context).casefold()
    if fold(text) == "thang sau":
        assert " | " in plain
    else:
        assert plain.casefold() == capital.casefold()


DAYS = st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))
CONTEXTS = st.builds(TypedContext, st.integers(2001, 2900), DAYS)


@given(DAYS, CONTEXTS, st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d.%m}.{0.year}"]))
def test_a_day_with_its_year_is_that_day_whatever_today_is(
    day: dt.date, context: TypedContext, form: str
) -> None:
    for direction in ("past", "deadline", "plan-year"):
        assert read_day(form.format(day), context, direction) == day


@given(st.dates(dt.date(2001, 1, 1), dt.date(2900, 12, 31)), DAYS)
def test_a_day_done_is_never_ahead_unless_it_is_this_plans(day: dt.date, today: dt.date) -> None:
    context = TypedContext(today.year, today)
    text = f"{day.day}/{day.month}"
    found = read_day(text, context, "past")
    days = (
        [period.first for period in found.meanings if period]
        if isinstance(found, Ambiguous)
        else [found]
    )

    assert all(one is None or (one.day, one.month) == (day.day, day.month) for one in days)
    if isinstance(found, dt.date) and found > today:
        assert found.year == context.year


@given(st.text(max_size=20), CONTEXTS)
def test_any_text_is_read_or_not_and_nothing_breaks(text: str, context: TypedContext) -> None:
    for what in ("period", "reference", "day done", "deadline", "share", "percent"):
        assert isinstance(meaning(what, text, context), str)


@given(st.sampled_from(ROWS), CONTEXTS)
def test_no_form_breaks_in_another_year(row: tuple[str, ...], context: TypedContext) -> None:
    assert isinstance(meaning(row[0], row[1], context), str)


@given(
    st.integers(2001, 2900),
    st.sampled_from(get_args(periods.Length)),
    st.integers(0, 11),
    st.booleans(),
    DAYS,
)
def test_a_short_name_means_its_period(
    year: int, length: periods.Length, number: int, same_year: bool, today: dt.date
) -> None:
    every = list(periods.each(length, year))
    period = every[number % len(every)]
    plan = year if same_year else year + 1

    name = typed.short_name(period, plan)

    assert typed.read_period(name, TypedContext(plan, today)) == period
