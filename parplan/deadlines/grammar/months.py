"""Reads one day of named months: "ngày 15 các tháng 3, 6, 9", "ngày cuối cùng của tháng 6"."""

from __future__ import annotations

import msgspec

from parplan.deadlines.grammar.dates import LAST_DAY, Named, accept_day, peek_year
from parplan.deadlines.grammar.named_periods import is_date_mark, read_series
from parplan.deadlines.grammar.tokens import Cursor


def read_day_of_months(cursor: Cursor) -> list[Named]:
    """Read one day in several months: "ngày 15 các tháng 3, 6, 9 và 12/2025"."""
    start = cursor.position
    day = accept_day(cursor) if cursor.accept("ngay") else 0
    cursor.accept("cua")
    least = 1 if cursor.is_at("cac thang") else 3
    if day and cursor.word() in ("cac", "thang"):
        months = read_series(cursor)
        is_list = months is not None and not months.is_range and len(months.items) >= least
        if months and months.unit == "month" and is_list and not is_date_mark(cursor):
            return [Named("day", month.number, day, month.year) for month in months.items]
    cursor.position = start
    return []


def read_last_day(cursor: Cursor) -> Named | None:
    """Read "ngày cuối cùng của tháng 6", which "trước" excludes."""
    if not cursor.accept("ngay cuoi cung cua", "ngay cuoi cung", "ngay cuoi cua", "ngay cuoi"):
        return None
    month = read_series(cursor) if cursor.word() == "thang" else None
    if month is None or len(month.items) > 1:
        return None
    return msgspec.structs.replace(month.items[0], unit="day", day=LAST_DAY)


def read_december(cursor: Cursor) -> list[Named]:
    """Read the "năm 2025" of "từ tháng 6 đến hết năm 2025", which ends with its last month."""
    if not cursor.accept("nam"):
        return []
    year = peek_year(cursor)
    cursor.position += 1 if year else 0
    return [Named("month", 12, 0, year)]
