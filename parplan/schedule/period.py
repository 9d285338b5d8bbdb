"""Which days does a period such as ``2025-Q2`` cover?

A period is a run of calendar days named as in the plan: a year, half, nine
months, quarter, month, ISO week, single day, or a range of two such names.
``first`` and ``last`` are both inclusive, as offices count; no clock is read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

import msgspec

from parplan.schedule.workdays import Workdays

Unit = str
"""How long a recurring period is: one of ``UNITS``."""

UNITS = ("week", "month", "quarter", "half", "9-months", "year")

_ONE_DAY = dt.timedelta(days=1)
_NAME = re.compile(
    r"(?P<year>[12][0-9]{3})"
    r"(?:-(?:H(?P<half>[12])|(?P<nine>9M)|Q(?P<quarter>[1-4])|W(?P<week>[0-9]{2})"
    r"|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


class Period(msgspec.Struct, frozen=True):
    """The days from ``first`` to ``last``, both inclusive, under their ``name``."""

    name: str
    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def covers(self, other: Period) -> bool:
        """Tell whether every day of ``other`` is a day of this period."""
        return self.first <= other.first and other.last <= self.last


def months(year: int, first: int, count: int, name: str) -> Period:
    """Return the ``count`` months of ``year`` that begin with month ``first`` (1-12).

    >>> str(months(2025, 4, 3, "2025-Q2").last)
    '2025-06-30'
    """
    last = first + count - 1
    return Period(name, dt.date(year, first, 1), dt.date(year, last, month_length(year, last)))


def year(number: int) -> Period:
    """Return the calendar year ``number``."""
    return months(number, 1, 12, f"{number:04}")


def half(number: int, which: int) -> Period:
    """Return the half-year ``which`` (1 or 2) of the year ``number``."""
    return months(number, 6 * which - 5, 6, f"{number:04}-H{which}")


def nine_months(number: int) -> Period:
    """Return January to September of the year ``number``."""
    return months(number, 1, 9, f"{number:04}-9M")


def quarter(number: int, which: int) -> Period:
    """Return the quarter ``which`` (1-4) of the year ``number``."""
    return months(number, 3 * which - 2, 3, f"{number:04}-Q{which}")


def month(number: int, which: int) -> Period:
    """Return the month ``which`` (1-12) of the year ``number``."""
    return months(number, which, 1, f"{number:04}-{which:02}")


def week(number: int, which: int) -> Period:
    """Return the ISO 8601 week ``which`` of the ISO year ``number``, Monday to Sunday.

    Raises ValueError when the year has no such week.
    """
    monday = dt.date.fromisocalendar(number, which, 1)
    return Period(f"{number:04}-W{which:02}", monday, monday + 6 * _ONE_DAY)


def day(date: dt.date) -> Period:
    """Return the single day ``date`` as a period."""
    return Period(date.isoformat(), date, date)


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
    return Period(name, first.first, last.last)


def _parse_one(name: str) -> Period | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    number = int(found["year"])
    try:
        if found["half"]:
            return half(number, int(found["half"]))
        if found["nine"]:
            return nine_months(number)
        if found["quarter"]:
            return quarter(number, int(found["quarter"]))
        if found["week"]:
            return week(number, int(found["week"]))
        if found["day"]:
            return day(dt.date(number, int(found["month"]), int(found["day"])))
        if found["month"]:
            return month(number, int(found["month"]))
    except ValueError:  # no such week, month or day
        return None
    return year(number)


def each(unit: Unit, number: int) -> Iterator[Period]:
    """Yield the periods of length ``unit`` that belong to the year ``number``, in order.

    Weeks belong to the year that ISO 8601 gives them to (that of their Thursday).

    >>> [period.name for period in each("half", 2025)]
    ['2025-H1', '2025-H2']
    """
    if unit == "week":
        weeks = dt.date(number, 12, 28).isocalendar().week  # 28 December is in the last week
        yield from (week(number, which) for which in range(1, weeks + 1))
    elif unit == "month":
        yield from (month(number, which) for which in range(1, 13))
    elif unit == "quarter":
        yield from (quarter(number, which) for which in range(1, 5))
    elif unit == "half":
        yield from (half(number, which) for which in (1, 2))
    elif unit == "9-months":
        yield nine_months(number)
    else:
        yield year(number)


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
