"""Reads a piece with a date or period: "trước ngày 15/12", "trong quý III".

A limit and perhaps an hour stand before it.  "Trước tháng 6" ends in May; a date that may
or may not count ("đến tháng 6") is not read.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from parplan.deadlines.grammar.after_date import (
    read_date_with_weekday,
    refuse_fraction,
    skip_yearly,
)
from parplan.deadlines.grammar.dates import FARTHEST, LAST_DAY, Named, accept_day, read_date
from parplan.deadlines.grammar.limits import BRACKETED, Bound, names_thing
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.named_periods import Series, read_series
from parplan.deadlines.grammar.ranges import read_day_of_months, read_from_to, read_range_of_days
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.rules import AnyRule, In, On


def read_dated(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Return what the dates or periods at ``cursor`` mean, or None where none stand there."""
    bracket = cursor.accept("(") if before.limit and cursor.word(-1) not in _LIMIT_ENDS else ""
    if bracket:
        cursor.accept(*(words.removeprefix("( ") for words in BRACKETED))
    for reader in _DATED_READERS:
        at = cursor.position
        meaning = reader(cursor, context, before)
        if meaning is not None:
            if bracket:
                cursor.expect(")")
            if before.has_hour and meaning.sort == "period":
                raise ParseError(at)
            return meaning
        cursor.position = at
    return None


_LIMIT_ENDS = ("truoc", "den", "het", "la", "nhat")
"""Words behind which a bracket is no event's date."""


def _read_days(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Read "ngày 15/6 và 15/12": the limit before the first holds for those that follow."""
    start = cursor.position
    named = (
        read_day_of_months(cursor)
        or _read_days_of_one_month(cursor, context)
        or _read_one_date(cursor, context)
    )
    while named and cursor.word() in (",", "va"):
        at = cursor.position
        cursor.position += 2 if cursor.is_at(", va") else 1
        following = _read_one_date(cursor, context)
        if not following:
            cursor.position = at
            break
        named += following
    if not named:
        return None
    refuse_fraction(cursor, named[-1], start)
    skip_yearly(cursor, named)
    days = [context.period(date, start).first for date in named]
    pairs = itertools.pairwise((day.month, day.day) for day in days)
    if not before.includes_day and ((4, 30), (5, 1)) in list(pairs):
        raise ParseError(start)  # one holiday, before which it is due
    return Meaning(
        "date",
        [On(by=day) if before.includes_day else On(before=day) for day in days],
        is_bare=before.limit is None and not before.has_hour,
    )


def _read_one_date(cursor: Cursor, context: Context) -> list[Named]:
    date = read_date_with_weekday(cursor, context.year) or _read_last_day(cursor)
    return [date] if date else []


def _read_last_day(cursor: Cursor) -> Named | None:
    """Read "ngày cuối cùng của tháng 6", which "trước" excludes."""
    if not cursor.accept("ngay cuoi cung cua", "ngay cuoi cung", "ngay cuoi cua", "ngay cuoi"):
        return None
    month = read_series(cursor) if cursor.word() == "thang" else None
    if month is None or len(month.items) > 1:
        return None
    return msgspec.structs.replace(month.items[0], unit="day", day=LAST_DAY)


def _read_days_of_one_month(cursor: Cursor, context: Context) -> list[Named]:
    """Read "ngày 10, 20/5/2026", "ngày 05 và 20 tháng 11".

    "Ngày 15, 16/6" may be one meeting of two days, and is not read.
    """
    start = cursor.position
    days: list[int] = []
    cursor.accept("ngay")
    while cursor.word(-1) in ("ngay", ",", "va") and cursor.word(1) in (",", "va"):
        if day := accept_day(cursor):
            days.append(day)
        if not day or not cursor.accept(", va", ",", "va"):
            break
    is_shared = days and (cursor.word() != "ngay" or cursor.word(2) == "thang")
    last = read_date(cursor, context.year, has_word=True) if is_shared else None
    if last is None or cursor.word() in (",", "va"):
        cursor.position = start
        return []
    days.append(last.day)
    if any(after - before < 2 for before, after in itertools.pairwise(days)):
        raise ParseError(start)
    return [msgspec.structs.replace(last, day=day) for day in days]


def _read_periods(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Read periods, due on their last day: "tháng 6 và tháng 11", "cuối quý II", "cả năm"."""
    start = cursor.position
    at_end = bool(cursor.accept("ngay cuoi cung cua", "ngay cuoi cua", "cuoi", "het", "ca"))
    series = read_series(cursor, context.year)
    if series is None and (at_end or before.limit) and cursor.accept("nam"):
        series = Series((Named("year"),))
    if series is None:
        return None
    if before.limit and before.limit.until and not at_end:
        raise ParseError(start)  # "đến tháng 6": with June or without it?
    if before.limit is None and not at_end:
        _require_time(cursor, context, start, series)
        _require_near_year(cursor, context, start, series)
    if len({item.unit for item in series.items}) > 1 and series.items[0].year not in (
        0,
        context.year,
    ):
        raise ParseError(start)  # "6 tháng, năm 2027": of which year is the half?
    skip_yearly(cursor, series.items)
    rules: list[AnyRule] = (
        [context.range(series.items, start)]
        if series.is_range
        else [In(context.period(item, start).name) for item in series.items]
    )
    if before.limit and not before.limit.included:
        if len(series.items) > 1 or at_end or series.unit in ("half", "9-months"):
            raise ParseError(start)
        rules = [On(before=context.period(series.items[0], start).first)]
    return Meaning("period", rules)


def _require_time(cursor: Cursor, context: Context, start: int, series: Series) -> None:
    """Raise ParseError where periods say which thing is meant: "dự toán năm 2026"."""
    other_year = any(item.year not in (0, context.year) for item in series.items)
    if names_thing(cursor, start, other_year=other_year):
        raise ParseError(start)


def _require_near_year(cursor: Cursor, context: Context, start: int, series: Series) -> None:
    """Raise ParseError for a number that only looks like a year: "1974", "2495"."""
    is_number = series.unit == "year" and cursor.number(0, 9999, start - cursor.position) > 0
    if is_number and not 0 <= series.items[0].year - context.year <= FARTHEST:
        raise ParseError(start)


_DatedReader: TypeAlias = Callable[[Cursor, Context, Bound], Meaning | None]
# A range before its first day, a day before the month that it names: the longest reading first.
_DATED_READERS: tuple[_DatedReader, ...] = (
    read_from_to,
    read_range_of_days,
    _read_days,
    _read_periods,
)
