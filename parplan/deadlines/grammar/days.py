"""Which day of which recurring period does a phrase name?

"Ngày 25 hàng tháng", "ngày 05 tháng cuối quý", "ngày 10 tháng đầu quý sau", "thứ Sáu hàng
tuần".  A day that could belong to several months ("ngày 10 hàng quý") is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parplan.deadlines.grammar.dates import accept_day
from parplan.deadlines.grammar.recurrences import (
    accept_following,
    accept_weekday,
    peek_length,
    read_units,
)
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.period import Length


class Day(msgspec.Struct, frozen=True):
    """A day of every period of some lengths; day 0 is the period's last."""

    day: int
    units: list[Length]
    in_next_month: bool = False


def read_day(cursor: Cursor, given: Sequence[Length]) -> Day | None:
    """Return the day at ``cursor``, or None where no day of a recurring period stands.

    ``given`` are the periods named before: by a label, or "hàng quý" at the beginning.
    Raises ParseError where they do not go with the day.
    """
    start = cursor.at
    found = _read_weekday(cursor, given) or _read_day_of_month(cursor, given)
    if found is None:
        cursor.at = start
        return None
    if not given or list(given) == found.units:
        return found
    if found.units == ["quarter"] and list(given) == ["quarter", "year"]:
        # The last month of the year is that of its last quarter.
        return msgspec.structs.replace(found, units=list(given))
    raise ParseError(start)


def _read_weekday(cursor: Cursor, given: Sequence[Length]) -> Day | None:
    start = cursor.at
    day = accept_weekday(cursor)
    if not day:
        return None
    if read_units(cursor) == ["week"] or list(given) == ["week"]:
        return Day(day, ["week"])
    raise ParseError(start)


def _read_day_of_month(cursor: Cursor, given: Sequence[Length]) -> Day | None:
    if cursor.take("thang cuoi cung", "thang cuoi"):
        cursor.take("cua")
        cursor.take("moi", "hang", "tung")
        unit, steps = peek_length(cursor)
        cursor.at += steps
        return Day(0, ["quarter"]) if unit == "quarter" and steps == 1 else None
    if cursor.take("ngay cuoi cung", "ngay cuoi", "cuoi"):
        cursor.take("cua")
        units = read_units(cursor)
        return Day(0, units) if units else None
    has_word = bool(cursor.take("ngay"))
    has_word = bool(cursor.take("mung", "mong")) or has_word
    day = accept_day(cursor)
    if not day:
        return None
    cursor.take("cua")
    units = read_units(cursor)
    if units:
        if units != ["month"]:
            raise ParseError(cursor.at - 1)  # "ngày 10 hàng quý": of which month?
        return Day(day, units)
    if not has_word or not cursor.take("thang"):  # "6 tháng cuối năm" is no day
        return None
    return _in_month(cursor, day, given)


def _in_month(cursor: Cursor, day: int, given: Sequence[Length]) -> Day | None:
    """Read which month the day is of, behind the word "tháng"."""
    if cursor.take("cuoi cung", "cuoi"):
        cursor.take("cua")
        return Day(day, _last_of(cursor, given))
    if cursor.take("dau tien", "dau"):
        cursor.take("cua")
        if cursor.take("quy") and accept_following(cursor):
            return Day(day, ["quarter"], in_next_month=True)
        return None
    if accept_following(cursor):
        return Day(day, _read_period_named(cursor, given) or ["month"], in_next_month=True)
    return Day(day, ["month"]) if cursor.take("bao cao") else None


def _last_of(cursor: Cursor, given: Sequence[Length]) -> list[Length]:
    start = cursor.at
    cursor.take("moi", "hang", "tung")
    if found := _read_period_named(cursor, given):
        return found
    raise ParseError(start)


def _read_period_named(cursor: Cursor, given: Sequence[Length]) -> list[Length]:
    """Read "quý báo cáo", "kỳ báo cáo", "năm": the periods whose month is meant."""
    start = cursor.at
    cursor.take("cua", "sau")
    unit = cursor.take("quy", "ky", "nam", "thang")
    if not unit:
        cursor.at = start
        return list(given)
    cursor.take("bao cao")
    known: dict[str, list[Length]] = {
        "quy": ["quarter"],
        "nam": ["year"],
        "thang": ["month"],
        "ky": list(given),
    }
    found = known[unit]
    if not found or "week" in found:
        raise ParseError(start)
    return found
