"""Which day does somebody mean who types ``5/6``, ``20/3/25``, ``hôm qua`` or ``thứ sáu``?

A day that can be two is ``Ambiguous``; one that does not exist, or is not understood, is None.
Which of several days of that name is meant, its ``Direction`` says.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, TypeAlias

import msgspec

from parplan.schedule import periods
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR
from parplan.schedule.periods import Period
from parplan.text import fold, whole_number

Direction: TypeAlias = Literal["past", "deadline", "plan-year"]
"""What a day is for, where its year or its week is not written.

``past``: something done, so the latest such day; one more than 92 days ago is ambiguous.
``deadline``: that of the plan's year, where it is the nearest too.  ``plan-year``: that of the
plan's year, whatever day it is today.
"""

_PAST_DAYS = 92
"""As far back as a day without its year is surely meant: a quarter."""


class TypedContext(msgspec.Struct, frozen=True):
    """What short forms are read by: the year of the plan, and the day that counts as today."""

    year: int
    today: dt.date


class Ambiguous(msgspec.Struct, frozen=True):
    """The several things that a text can mean: periods and days, or numbers as to be typed."""

    meanings: tuple[Period | None, ...] = ()
    numbers: tuple[str, ...] = ()


TypedDay: TypeAlias = dt.date | Ambiguous | None

_RELATIVE = {
    **dict.fromkeys(("hom nay", "nay", "today"), 0),
    **dict.fromkeys(("hom qua", "qua", "yesterday"), -1),
    "hom kia": -2,
    **dict.fromkeys(("ngay mai", "mai", "tomorrow"), 1),
    **dict.fromkeys(("ngay kia", "ngay mot"), 2),
}
_WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
"""As they are counted in Vietnam, where Monday is the second day."""
_WEEKDAY = re.compile(
    r"(?:thu ?(?P<name>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat|cn))"
    r"(?P<week> tuan (?:nay|truoc|qua|sau|toi)| nay)?"
)
_WEEKS = {" nay": 0, " tuan nay": 0, " tuan truoc": -1, " tuan qua": -1}
_SHORT_WEEKDAY = re.compile("t([2-7])")
_DATE = re.compile(
    r"(?:ngay )?(?P<day>[0-9]{1,2})(?: ?[-/.] ?| thang )(?P<month>[0-9]{1,2})"
    r"(?:(?: ?[-/.] ?| nam )(?P<year>[0-9]{4}|[0-9]{2}))?"
)
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_END = re.compile(
    r"(?:ngay )?cuoi (?:(?P<this>thang|quy|nam)(?: nay)?|thang (?P<month>[0-9]{1,2})"
    r"|(?P<last>thang) truoc)"
)


def read_day(text: str, context: TypedContext, direction: Direction = "plan-year") -> TypedDay:
    """Return the day that ``text`` means.

    >>> str(read_day("hôm qua", TypedContext(2025, dt.date(2025, 6, 20))))
    '2025-06-19'
    """
    plain = fold(text)
    if plain in _RELATIVE:
        return context.today + dt.timedelta(days=_RELATIVE[plain])
    if short := _SHORT_WEEKDAY.fullmatch(plain):
        weekday = _on_weekday(int(short[1]) - 2, context, "past")
        return Ambiguous((periods.day(weekday), periods.month(context.year, int(short[1]))))
    if weekday_match := _WEEKDAY.fullmatch(plain):
        return _weekday(weekday_match, context, direction)
    if end := _END.fullmatch(plain):
        return _end(end, context, direction)
    date = _DATE.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    return _date(date, context, direction) if date else None


def full_year(written: str, context: TypedContext) -> int | None:
    """Return the year of four figures, or of two where it is near the plan's; else None."""
    number = whole_number(written)
    if number is None:
        return None
    if len(written) == 2:
        number += context.year // 100 * 100
        return number if abs(number - context.year) <= 2 else None
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def _date(match: re.Match[str], context: TypedContext, direction: Direction) -> TypedDay:
    number, month = int(match["day"]), int(match["month"])
    if match["year"]:
        year = full_year(match["year"], context)
        return None if year is None else _make(year, month, number)
    in_plan = _make(context.year, month, number)
    if direction == "plan-year":
        return in_plan
    around = (_make(context.today.year + step, month, number) for step in (-1, 0, 1))
    days = [day for day in around if day is not None]
    if direction == "deadline":
        nearest = min(days, key=lambda day: abs(day - context.today), default=None)
        return in_plan if nearest == in_plan else _either(in_plan, nearest)
    latest = max((day for day in days if day <= context.today), default=None)
    if latest is None:
        return in_plan
    is_near = (context.today - latest).days <= _PAST_DAYS
    return latest if is_near or latest == in_plan else _either(latest, in_plan)


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _either(*days: dt.date | None) -> TypedDay:
    """Return the one day that there is, or that there are several."""
    exist = sorted({day for day in days if day is not None})
    if len(exist) > 1:
        return Ambiguous(tuple(map(periods.day, exist)))
    return exist[0] if exist else None


def _weekday(match: re.Match[str], context: TypedContext, direction: Direction) -> TypedDay:
    name = match["name"]
    number = 6 if match["sunday"] else (_WEEKDAYS.get(name) or int(name)) - 2
    week = match["week"]
    if week:
        monday = context.today - dt.timedelta(days=context.today.weekday())
        return monday + dt.timedelta(weeks=_WEEKS.get(week, 1), days=number)
    last = _on_weekday(number, context, "past")
    following = _on_weekday(number, context, "deadline")
    if direction == "past":
        return last
    if direction == "deadline" and following > context.today:
        return following
    coming = following if following > context.today else following + dt.timedelta(weeks=1)
    return _either(last, coming)


def _on_weekday(number: int, context: TypedContext, direction: Direction) -> dt.date:
    """Return the last or the next day with the weekday ``number``, today included."""
    away = number - context.today.weekday()
    return context.today + dt.timedelta(days=-(-away % 7) if direction == "past" else away % 7)


def _end(match: re.Match[str], context: TypedContext, direction: Direction) -> TypedDay:
    today = context.today
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            return None
        day = periods.month_length(context.year, month)
        return _make(context.year, month, day)
    if match["last"]:
        return today.replace(day=1) - dt.timedelta(days=1)
    length: dict[str, Period] = {
        "thang": periods.month(today.year, today.month),
        "quy": periods.of("quarter", today.year, (today.month + 2) // 3),
        "nam": periods.year(today.year),
    }
    period = length[match["this"]]
    if direction != "past" or period.last == today:
        return period.last
    return period.first - dt.timedelta(days=1)
