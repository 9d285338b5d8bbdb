"""Which days does the office work?

Monday to Friday, less the holidays of the plan's calendar, with its swapped days.
The calendar is data that the office owns: a day it does not name is an ordinary one.
"""

from __future__ import annotations

import datetime as dt

import msgspec

_ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5


class Workdays(msgspec.Struct, frozen=True):
    """The exceptions to Monday to Friday."""

    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    def __contains__(self, day: dt.date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.off

    def last_until(self, day: dt.date) -> dt.date:
        """Return the last working day at or before ``day``.

        >>> str(Workdays().last_until(dt.date(2025, 11, 30)))
        '2025-11-28'
        """
        while day not in self:
            day -= _ONE_DAY
        return day

    def before(self, day: dt.date, count: int) -> dt.date:
        """Return the working day that lies ``count`` working days before ``day``.

        >>> str(Workdays().before(dt.date(2025, 6, 9), 3))
        '2025-06-04'
        """
        for _step in range(count):
            day = self.last_until(day - _ONE_DAY)
        return day
