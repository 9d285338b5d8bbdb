"""Reads a day of a recurring period.

"Ngày 25 hàng tháng", "ngày 05 tháng cuối quý", "ngày 10 tháng đầu quý sau", "thứ Sáu hàng
tuần".  A day that could belong to several months ("ngày 10 hàng quý") is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parplan.deadlines.grammar.counted_days import CountedDay, read_counted_day
from parplan.deadlines.grammar.dates import accept_day
from parplan.deadlines.grammar.frequency import (
    accept_following,
    accept_weekday,
    peek_length,
    read_units,
)
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.counted import LAST, Counted
from parplan.schedule.periods import Length


class Day(msgspec.Struct, frozen=True):
    """A day of every period of some lengths; day 0 is the period's last calendar day."""

    day: int
    units: list[Length]
    in_next_month: bool = False
    count: Counted | None = None
    """What ``day`` counts; None are calendar days."""


def read_day(cursor: Cursor, lengths: Sequence[Length]) -> Day | None:
    """Return the day at ``cursor``, or None where no day of a recurring period stands.

    ``lengths`` are the periods named before: by a label, or "hàng quý" at the beginning.
    Raises ParseError where they do not go with the day.
    """
    start = cursor.position
    day = (
        _read_counted(cursor, lengths)
        or _read_weekday(cursor, lengths)
        or _read_day_of_month(cursor, lengths)
    )
    if day is None:
        cursor.position = start
        return None
    if not lengths or list(lengths) == day.units:
        return day
    if day.units == ["quarter"] and list(lengths) == ["quarter", "year"]:
        # The last month of the year is that of its last quarter.
        return msgspec.structs.replace(day, units=list(lengths))
    raise ParseError(start)


def _read_counted(cursor: Cursor, lengths: Sequence[Length]) -> Day | None:
    """Read a counted day and its month: "ngày làm việc thứ 5 của tháng kế tiếp"."""
    start = cursor.position
    counted = read_counted_day(cursor)
    if counted is None:
        return None
    day = _month_of_counted(cursor, counted, lengths)
    if day is None or not set(day.units) <= {"month", "quarter", "half", "9-months", "year"}:
        raise ParseError(start)
    return msgspec.structs.replace(day, day=counted.number, count=counted.counted)


def _month_of_counted(cursor: Cursor, counted: CountedDay, lengths: Sequence[Length]) -> Day | None:
    is_last = counted.number == LAST
    cursor.accept("cua", "trong")
    if units := read_units(cursor):
        return Day(0, units) if is_last or units == ["month"] else None
    if cursor.accept("thang"):
        if cursor.number(0, 9999):
            return None  # "của tháng 6": once, and not read
        return _in_month(cursor, 1, lengths) or Day(0, ["month"])
    if is_last and cursor.accept("quy"):
        return Day(0, ["quarter"]) if not _names_quarter(cursor) else None
    if is_last and cursor.accept("nam"):
        return Day(0, ["year"]) if not cursor.number(0, 9999) else None
    units = list(lengths)
    return Day(0, units) if is_last or units == ["month"] else None


def _names_quarter(cursor: Cursor) -> bool:
    return cursor.number(0, 9999) > 0 or cursor.word() in ("i", "ii", "iii", "iv")


def _read_weekday(cursor: Cursor, lengths: Sequence[Length]) -> Day | None:
    start = cursor.position
    day = accept_weekday(cursor)
    if not day:
        return None
    # "Thứ Sáu" alone names one Friday, but not which.
    if read_units(cursor) == ["week"] or list(lengths) == ["week"]:
        return Day(day, ["week"])
    if _names_date(cursor):
        return None
    raise ParseError(start)


def _names_date(cursor: Cursor) -> bool:
    """Tell whether a date follows the weekday: "thứ Hai, ngày 15/6", "thứ Hai (15/6)"."""
    ahead = 1 if cursor.word() in (",", "(") else 0
    ahead += 1 if cursor.word(ahead) == "ngay" else 0
    return cursor.number(1, 31, ahead) > 0 and cursor.word(ahead + 1) in (*"/.-", "thang")


def _read_day_of_month(cursor: Cursor, lengths: Sequence[Length]) -> Day | None:
    if cursor.accept("thang cuoi cung", "thang cuoi"):
        cursor.accept("cua")
        cursor.accept("moi", "hang", "tung")
        unit, steps = peek_length(cursor)
        cursor.position += steps
        return Day(0, ["quarter"]) if unit == "quarter" and steps == 1 else None
    if words := cursor.accept("ngay cuoi cung", "ngay cuoi", "cuoi"):
        cursor.accept("cua")
        units = read_units(cursor)
        if not units and words != "cuoi" and cursor.accept("thang") and cursor.at_end:
            units = ["month"]  # "cuối tháng" alone may be the last days of one month
        elif not units and words != "cuoi" and cursor.accept("quy") and cursor.at_end:
            units = ["quarter"]
        return Day(0, units) if units else None
    has_word = bool(cursor.accept("ngay"))
    has_word = bool(cursor.accept("mung", "mong")) or has_word
    day = accept_day(cursor)
    if not day:
        return None
    is_of = bool(cursor.accept("cua"))
    units = read_units(cursor)
    if units:
        if units != ["month"] and not has_word:
            return None  # "3 tháng, 6 tháng, năm"
        if units != ["month"]:
            raise ParseError(cursor.position - 1)  # "ngày 10 hàng quý": of which month?
        return Day(day, units)
    if not has_word or not cursor.accept("thang"):  # "6 tháng cuối năm" is no day
        return None
    if is_of and cursor.word() in ("", ",", ".", ")", "de"):
        return Day(day, ["month"])  # "trước ngày 25 của tháng"
    return _in_month(cursor, day, lengths)


def _in_month(cursor: Cursor, day: int, lengths: Sequence[Length]) -> Day | None:
    """Read which month the day is of, behind the word "tháng"."""
    if cursor.accept("cuoi cung", "cuoi"):
        cursor.accept("cua")
        return Day(day, _last_of(cursor, lengths))
    if cursor.accept("dau tien", "dau"):
        cursor.accept("cua")
        if cursor.accept("quy") and accept_following(cursor):
            return Day(day, ["quarter"], in_next_month=True)
        return None
    if accept_following(cursor):
        return Day(day, _read_period_named(cursor, lengths) or ["month"], in_next_month=True)
    return Day(day, ["month"]) if cursor.accept("bao cao") else None


def _last_of(cursor: Cursor, lengths: Sequence[Length]) -> list[Length]:
    start = cursor.position
    cursor.accept("moi", "hang", "tung")
    if units := _read_period_named(cursor, lengths):
        return units
    raise ParseError(start)


def _read_period_named(cursor: Cursor, lengths: Sequence[Length]) -> list[Length]:
    """Read "quý báo cáo", "kỳ báo cáo", "năm": the periods whose month is meant."""
    start = cursor.position
    cursor.accept("cua", "sau")
    unit = cursor.accept("quy", "ky", "nam", "thang")
    if not unit:
        cursor.position = start
        return list(lengths)
    if cursor.word(2) in ("", *",.;)("):  # "tháng cuối quý báo cáo UBND tỉnh" says to whom
        cursor.accept("bao cao")
    units_by_word: dict[str, list[Length]] = {
        "quy": ["quarter"],
        "nam": ["year"],
        "thang": ["month"],
        "ky": list(lengths),
    }
    units = units_by_word[unit]
    if not units or "week" in units:
        raise ParseError(start)
    return units
