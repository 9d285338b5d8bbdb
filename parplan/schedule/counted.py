"""Which day of a month is its fifth working day, its third Friday, its last?"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias, get_args

from parplan.schedule import periods
from parplan.schedule.workdays import Workdays

Counted: TypeAlias = Literal[
    "working-days",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
]
"""What a rule may count instead of calendar days."""
WEEKDAYS: tuple[Counted, ...] = get_args(Counted)[1:]
"""Monday first, as in ISO 8601."""
LAST = 31
"""The last one, as day 31 is the last day of every month."""


def counted_day(
    year: int, month: int, number: int, counted: Counted, workdays: Workdays
) -> dt.date:
    """Return the ``number``-th of the days ``counted`` in a month; 13 is January of next year.

    The last where the month has fewer, the month's last day where it has none.
    """
    length = periods.day_of_month(year, month, 31).day
    days = [periods.day_of_month(year, month, day) for day in range(1, length + 1)]
    if counted == "working-days":
        chosen = [day for day in days if day in workdays]
    else:
        chosen = [day for day in days if day.weekday() == WEEKDAYS.index(counted)]
    return chosen[number - 1] if number <= len(chosen) else (chosen or days)[-1]
