"""How far do days and numbers of a plan, an index or a journal reach?

Beyond, arithmetic overflows or a number takes a thousand million digits; nothing that an office
measures or dates lies there.  Types of the models ask here when they are built, so that one
absurd value is one finding with its place and no command meets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from parplan.problem import N_, Contradiction

FIRST_YEAR, LAST_YEAR = 1900, 2999
LATEST = dt.datetime(LAST_YEAR, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
"""The last moment."""

_DIGITS, _DECIMALS = 15, 18


class OutOfRange(Contradiction):
    """A value outside its bounds; ``key`` is its field."""

    code = "out-of-range"

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


def require_days(block: object, fields: Iterable[str]) -> None:
    """Raise OutOfRange unless each field is None or a day of the years 1900 to 2999.

    A moment counts by the day that its own zone has then.
    """
    for field in fields:
        day: dt.date | None = getattr(block, field)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutOfRange(field.rstrip("_"), N_("the year must be from 1900 to 2999"))


def require_numbers(block: object, fields: Iterable[str]) -> None:
    """Raise OutOfRange unless each field is None or a number of at most 15 digits, 18 decimals."""
    for field in fields:
        value: Decimal | None = getattr(block, field)
        if value is not None and not is_measurable(value):
            text = N_("this is no number of at most 15 digits, and 18 behind the point")
            raise OutOfRange(field, text)


def is_measurable(value: Decimal) -> bool:
    """Tell whether ``value`` is a number of at most 15 digits before the point and 18 behind it.

    >>> [is_measurable(Decimal(text)) for text in ("98.5", "1e99", "1e-99", "NaN")]
    [True, False, False, False]
    """
    # By its digits: to compare it would take time, or overflow.
    if not value.is_finite() or value.adjusted() >= _DIGITS:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_DECIMALS
