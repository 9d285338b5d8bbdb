"""What was recorded for the rows of the forms, period by period.

For each row and period the record written last counts.  A period that nobody recorded may be
put together from shorter ones that cover each of its days once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from parplan.journal.active import active
from parplan.journal.record import Figure, Record
from parplan.schedule import periods
from parplan.schedule.periods import Length, Period

KINDS: tuple[Length, ...] = ("month", "quarter", "half", "9-months", "year")
"""The periods that figures are of."""

_MOST = Decimal(10) ** 15
_MOST_DECIMALS = 9
_ONE_DAY = dt.timedelta(days=1)
_NOTHING: Mapping[Period, Figure] = {}


class RecordedFigures:
    """The figures by row, '3/3.1.1', and by period."""

    def __init__(self, records: Iterable[Record], as_of: dt.date | None = None) -> None:
        """Take those of ``records``, oldest first, that tell of days until ``as_of``."""
        self._rows: dict[str, dict[Period, Figure]] = {}
        for record in active(records):
            if isinstance(record, Figure) and (as_of is None or record.day <= as_of):
                period = period_of(record)
                if period is not None:
                    self._rows.setdefault(record.row, {})[period] = record

    def rows(self) -> Iterable[str]:
        """Return the rows that have a figure."""
        return self._rows

    def of(self, row: str) -> Mapping[Period, Figure]:
        """Return the records of ``row`` by period."""
        return self._rows.get(row, _NOTHING)

    def values(self, row: str) -> dict[Period, Decimal]:
        """Return the figures of ``row`` by period, without those that can be none."""
        return {
            period: record.value
            for period, record in self.of(row).items()
            if record.value is not None and is_figure(record.value)
        }

    def at_the_end(self, row: str, period: Period) -> Figure | None:
        """Return what was recorded of the last day of ``period``, for it or for another."""
        records = self.of(row)
        same_end = [record for other, record in records.items() if other.last == period.last]
        newest = max(same_end, key=lambda record: (record.at, record.id), default=None)
        return records.get(period, newest)


def period_of(record: Figure) -> Period | None:
    """Return the period of ``record``, None where it is none that figures are of."""
    period = periods.parse(record.period)
    return period if period is not None and period.kind in KINDS else None


def is_figure(value: Decimal) -> bool:
    """Tell whether ``value`` can be a figure: from 0 to 10^15, nine decimals at most."""
    if not value.is_finite() or not 0 <= value <= _MOST:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MOST_DECIMALS


def cover(available: Iterable[Period], first: dt.date, last: dt.date) -> list[Period] | None:
    """Return periods of ``available`` that cover each day from ``first`` to ``last`` once, or None.

    Longer ones are taken first.
    """
    every = list(available)
    if first > last:
        return []
    starting = [period for period in every if period.first == first and period.last <= last]
    for period in sorted(starting, key=lambda period: period.last, reverse=True):
        rest = cover(every, period.last + _ONE_DAY, last)
        if rest is not None:
            return [period, *rest]
    return None


def lacking(available: Iterable[Period], first: dt.date, last: dt.date) -> list[Period]:
    """Return the quarters from ``first`` to ``last`` that ``available`` leave out, or the months.

    Months where only months were recorded, or where the days are no whole quarters.
    """
    within = [each for each in available if first <= each.first and each.last <= last]
    in_months = (last.month % 3 != 0) or all(period.kind == "month" for period in within)
    return [
        period
        for period in periods.each("month" if in_months else "quarter", first.year)
        if first <= period.first
        and period.last <= last
        and not any(other.covers(period) for other in within)
        and cover(within, period.first, period.last) is None
    ]
