"""Which days does a period such as ``2025-Q2`` cover?

A period is a run of calendar days named as in the plan: a year, half, nine
months, quarter, month, ISO week, single day, or a range of two such names.
``first`` and ``last`` are both inclusive, as offices count; no clock is read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from parplan.schedule.workdays import Workdays

Length: TypeAlias = Literal["week", "month", "quarter", "half", "9-months", "year"]
"""How long a recurring period is, in the words of the plan file."""

ROMAN = ("", "I", "II", "III", "IV")
"""The numbers of the quarters as Vietnamese writes them."""

Kind: TypeAlias = Literal[Length, "day", "range"]
"""What a period is: one of a recurring length, a single day, or from one period to another."""

_MONTHS: Mapping[Length, int] = {"month": 1, "quarter": 3, "half": 6, "9-months": 9, "year": 12}
_NAMES: Mapping[Length, str] = {
    "week": "{:04}-W{:02}",
    "month": "{:04}-{:02}",
    "quarter": "{:04}-Q{}",
    "half": "{:04}-H{}",
    "9-months": "{:04}-9M",
    "year": "{:04}",
}
_ONE_DAY = dt.timedelta(days=1)
_NAME = re.compile(
    r"(?P<year>[12][0-9]{3})"
    r"(?:-(?:H(?P<half>[12])|(?P<nine>9M)|Q(?P<quarter>[1-4])|W(?P<week>[0-9]{2})"
    r"|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


class Period(msgspec.Struct, frozen=True):
    """The days from ``first`` to ``last``, both inclusive, under their ``name``.

    ``year`` is the one in its name, a week's that of ISO 8601 and a range's that of its start;
    ``number`` counts the periods of this kind within it from 1 (a day and a range have 1).
    ``ends`` are the two periods that a range is named by, None for other kinds.  The functions
    of this module build periods whose fields agree; references ask for ``name`` too often to
    put it together each time.
    """

    kind: Kind
    name: str
    year: int
    number: int
    first: dt.date
    last: dt.date
    ends: tuple[Period, Period] | None = None

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def covers(self, other: Period) -> bool:
        """Tell whether every day of ``other`` is a day of this period."""
        return self.first <= other.first and other.last <= self.last


def of(length: Length, year: int, number: int = 1) -> Period:
    """Return the period ``number`` of ``length`` in ``year``, counted from 1.

    A week goes from Monday to Sunday, and its year is that of ISO 8601.  Raises ValueError
    when the year has no such period.

    >>> str(of("quarter", 2025, 2).last)
    '2025-06-30'
    """
    name = _NAMES[length].format(year, number)
    if length == "week":
        first = dt.date.fromisocalendar(year, number, 1)
        return Period(length, name, year, number, first, first + 6 * _ONE_DAY)
    count = _MONTHS[length]
    end = count * number
    first = dt.date(year, end - count + 1, 1)
    last = dt.date(year, end, month_length(year, end))
    return Period(length, name, year, number, first, last)


def year(number: int) -> Period:
    """Return the calendar year ``number``."""
    return of("year", number)


def month(number: int, which: int) -> Period:
    """Return the month ``which`` (1-12) of the year ``number``."""
    return of("month", number, which)


def day(date: dt.date) -> Period:
    """Return the single day ``date`` as a period."""
    return Period("day", date.isoformat(), date.year, 1, date, date)


def days(first: dt.date, last: dt.date) -> Period:
    """Return the days from ``first`` to ``last``, both inclusive.

    >>> days(dt.date(2025, 3, 18), dt.date(2025, 6, 30)).name
    '2025-03-18..2025-06-30'
    """
    return _range(day(first), day(last))


def _range(start: Period, stop: Period) -> Period:
    name = f"{start.name}..{stop.name}"
    return Period("range", name, start.year, 1, start.first, stop.last, (start, stop))


@functools.lru_cache(maxsize=1024)
def parse(name: str) -> Period | None:
    """Return the period called ``name``, or None where there is none of that name.

    >>> parse("2025-Q4..2026-Q2").last.isoformat()
    '2026-06-30'
    >>> parse("2025-13") is None
    True
    """
    start, dots, stop = name.partition("..")
    first = _parse_one(start)
    if not dots or first is None:
        return first
    last = _parse_one(stop)
    if last is None or last.last < first.last:
        return None
    return _range(first, last)


def _parse_one(name: str) -> Period | None:
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    number = int(match["year"])
    try:
        if match["day"]:
            return day(dt.date(number, int(match["month"]), int(match["day"])))
        for length in _NUMBERED:
            if match[length]:
                return of(length, number, int(match[length]))
    except ValueError:  # no such week, month or day
        return None
    return of("9-months", number) if match["nine"] else year(number)


_NUMBERED: tuple[Length, ...] = ("half", "quarter", "week", "month")


def each(length: Length, number: int) -> Iterator[Period]:
    """Yield the periods of ``length`` that belong to the year ``number``, in order.

    Weeks belong to the year that ISO 8601 gives them to (that of their Thursday).

    >>> [period.name for period in each("half", 2025)]
    ['2025-H1', '2025-H2']
    """
    if length == "week":
        count = dt.date(number, 12, 28).isocalendar().week  # 28 December is in the last week
    else:
        count = 12 // _MONTHS[length]
    yield from (of(length, number, which) for which in range(1, count + 1))


def month_length(year: int, month: int) -> int:
    """Return the number of days in ``month`` (1-12)."""
    return calendar.monthrange(year, month)[1]


def day_of_month(year: int, month: int, day: int) -> dt.date:
    """Return day ``day`` of a month, its last day where it is shorter.

    Day 0 is the last day of the month before: the last day in time of "before the 1st".
    Months above 12 run into the years that follow.

    >>> day_of_month(2025, 2, 30).isoformat(), day_of_month(2025, 13, 0).isoformat()
    ('2025-02-28', '2025-12-31')
    """
    years, month0 = divmod(month - 1, 12)
    year, month = year + years, month0 + 1
    if day == 0:
        return dt.date(year, month, 1) - _ONE_DAY
    return dt.date(year, month, min(day, month_length(year, month)))


def after(event: dt.date, within: str, days: Workdays) -> dt.date:
    """Return the last day of the time allowed from ``event``, such as '20 days'.

    The day of the event does not count (Bộ luật Dân sự 2015, Điều 147): 3 days from the
    10th end on the 13th.  A number of working days counts only those of ``days``.

    >>> str(after(dt.date(2025, 1, 31), "1 months", Workdays()))
    '2025-02-28'
    """
    count, *kind = within.split()
    number = int(count)
    if kind[0] == "working":
        day = event
        while number:
            day += _ONE_DAY
            number -= day in days
        return day
    from dateutil.relativedelta import relativedelta  # rarely needed

    if kind[0] == "months":
        return event + relativedelta(months=number)
    return event + relativedelta(weeks=number) if kind[0] == "weeks" else event + number * _ONE_DAY
