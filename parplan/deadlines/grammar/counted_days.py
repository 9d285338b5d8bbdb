"""Reads a counted day of a month: a working day, or a weekday of one of its weeks.

"Ngày làm việc thứ 5", "05 ngày làm việc đầu tiên", "thứ Sáu tuần thứ ba", "thứ Hai đầu tiên";
several days of every month: "ngày 15 và 30 hàng tháng".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from parplan.deadlines.grammar.dates import LAST_DAY, Named, accept_day
from parplan.deadlines.grammar.frequency import accept_weekday, read_units
from parplan.deadlines.grammar.limits import PARTS_OF_DAY
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.counted import LAST, WEEKDAYS, Counted, counted_day
from parplan.schedule.periods import Length
from parplan.schedule.workdays import Workdays

_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"), 1
    )
}
_MOST_WORKING_DAYS, _MOST_WEEKS = 15, 4


class CountedDay(NamedTuple):
    """The ``number``-th day of a kind in some month."""

    number: int
    counted: Counted


def read_counted_day(cursor: Cursor) -> CountedDay | None:
    """Return the counted day at ``cursor``, or None; raises ParseError for half of one."""
    start = cursor.position
    if cursor.accept("ngay lam viec"):
        if number := _accept_place(cursor, _MOST_WORKING_DAYS):
            return CountedDay(number, "working-days")
        raise ParseError(start)
    many = cursor.number(1, _MOST_WORKING_DAYS)
    if many and cursor.is_at("ngay lam viec dau", 1):
        cursor.position += 5
        cursor.accept("tien")
        return CountedDay(many, "working-days")
    weekday = accept_weekday(cursor)
    if weekday:
        of_week = cursor.accept("tuan", "cua tuan")
        number = _accept_place(cursor, _MOST_WEEKS)
        if of_week and number == LAST:
            raise ParseError(start)  # a month's last week may have no such day in the month
        if number:
            return CountedDay(number, WEEKDAYS[weekday - 1])
    cursor.position = start
    return None


def _accept_place(cursor: Cursor, most: int) -> int:
    """Step over "thứ 5", "đầu tiên", "cuối cùng"; 0 where none stands here."""
    if cursor.accept("cuoi cung"):
        return LAST
    if cursor.word() == "cuoi" and cursor.word(1) in ("thang", "quy", "nam", "cua"):
        cursor.position += 1
        return LAST
    if cursor.accept("dau tien"):
        return 1
    if cursor.word() != "thu":
        return 0
    number = cursor.number(1, most, 1) or _ORDINALS.get(cursor.word(1), 0)
    if not 0 < number <= most:
        return 0
    cursor.position += 2
    return number


def read_nth_weekday(cursor: Cursor, plan_year: int) -> Named | None:
    """Read "thứ Sáu tuần thứ hai của tháng 9", "thứ Hai đầu tiên của tháng 10/2026".

    The weeks of a month may be counted from its first day or its first Monday: where a week is
    named and that makes two days of it, raises ParseError.
    """
    start = cursor.position
    counted = read_counted_day(cursor)
    if counted is None or counted.counted == "working-days":
        cursor.position = start
        return None
    of_week = any(token.text == "tuan" for token in cursor.phrase.tokens[start : cursor.position])
    cursor.accept("cua", "trong")
    month = _read_month(cursor, start)
    if month is None:
        return None
    named = month.in_year(plan_year)
    day = counted_day(named.year, named.number, counted.number, counted.counted, Workdays())
    first = day.replace(day=1).weekday()
    if of_week and first > day.weekday():
        raise ParseError(start)
    return Named("day", named.number, day.day, month.year)


def read_week_of_month(cursor: Cursor, plan_year: int) -> Named | None:
    """Read the last day of "tuần đầu tháng 6", "tuần cuối tháng 5".

    Raises ParseError where that week is not all in its month: which days are then meant?
    """
    start = cursor.position
    is_first = bool(cursor.accept("tuan dau tien", "tuan dau"))
    if not (is_first or cursor.accept("tuan cuoi cung", "tuan cuoi")):
        return None
    cursor.accept("cua")
    month = _read_month(cursor, start)
    if month is None:
        return None
    named = month.in_year(plan_year)
    days = named.period()
    edge = None if days is None else days.first if is_first else days.last + dt.timedelta(1)
    if edge is None or edge.weekday():
        raise ParseError(start)
    return Named("day", named.number, 7 if is_first else LAST_DAY, month.year)


def _read_month(cursor: Cursor, start: int) -> Named | None:
    """Return the one month that stands here; where none does, go back to ``start``."""
    months = read_series(cursor) if cursor.word() == "thang" else None
    if months is None or len(months.items) != 1:
        cursor.position = start
        return None
    return months.items[0]


def read_days_of_week(cursor: Cursor, lengths: Sequence[Length]) -> tuple[int, ...]:
    """Read "thứ Ba và thứ Năm hằng tuần", "sáng thứ 2, 4, 6 hằng tuần"; () for others."""
    start = cursor.position
    days: list[int] = []
    while True:
        cursor.position += 1 if cursor.accented() in PARTS_OF_DAY else 0
        day = accept_weekday(cursor)
        if not day and days and cursor.number(2, 7):
            day = cursor.number(2, 7) - 1
            cursor.position += 1
        if not day:
            break
        days.append(day)
        if not cursor.accept(", va", ",", "va", "&"):
            break
    return _of_every(cursor, "week", lengths, days, start)


def read_days_of_month(cursor: Cursor, lengths: Sequence[Length]) -> tuple[int, ...]:
    """Read "ngày 15 và 30 hàng tháng", "ngày 10, 20, 30" behind "hàng tháng"; () for others."""
    start = cursor.position
    days: list[int] = []
    if cursor.is_at("vao cac ngay"):
        cursor.accept("vao")
    while cursor.accept("cac ngay", "ngay") or days:
        day = accept_day(cursor)
        if not day:
            break
        days.append(day)
        if not cursor.accept(", va", ",", "va"):
            break
    return _of_every(cursor, "month", lengths, days, start)


def _of_every(
    cursor: Cursor, unit: Length, lengths: Sequence[Length], days: Sequence[int], start: int
) -> tuple[int, ...]:
    """Return several ``days`` of every ``unit``, as it says here; else () and back to ``start``."""
    units = read_units(cursor) or (list(lengths) if cursor.at_end else [])
    if len(days) < 2 or units != [unit]:
        cursor.position = start
        return ()
    if len(set(days)) < len(days):
        raise ParseError(start)
    return tuple(sorted(days))
