"""Reads spans from one day or period to another: "từ ngày 01/3 đến ngày 15/3"."""

from __future__ import annotations

import msgspec

from parplan.deadlines.grammar.after_date import skip_yearly
from parplan.deadlines.grammar.dates import Named, accept_day, peek_year, read_date
from parplan.deadlines.grammar.frequency import read_units
from parplan.deadlines.grammar.limits import Bound, accept_clock, read_bound
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.named_periods import is_date_mark, read_series
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.rules import Every, On


def read_from_to(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Read "từ ngày 01/3 đến ngày 15/3", "từ quý IV/2025 đến hết quý II/2026"."""
    if cursor.accented() not in ("từ", "tu") or before.limit is not None:
        return None
    cursor.position += 1
    start = cursor.position
    if meaning := _read_from_hour(cursor, context):
        return meaning
    cursor.position = start
    if last_day := _days_of_every_month(cursor):
        return Meaning("recurring", [Every("month", by=last_day)])
    if meaning := read_range_of_days(cursor, context, before):
        return meaning
    cursor.position = start
    cursor.accept("dau", "giua", "cuoi")  # the end alone is due
    ends = _read_ends(cursor, context)
    if len(ends) == 1 and cursor.is_at("den truoc"):
        return _read_open_end(cursor, context, ends[0], start)
    if len(ends) == 1:
        words = cursor.expect("den het", "den cuoi", "den", "- het", "-")
        whole_year = words.endswith(("het", "cuoi")) and ends[0].unit != "year"
        ends += (_read_december(cursor) if whole_year else None) or _read_ends(cursor, context)
    skip_yearly(cursor, ends)
    return Meaning("period", [context.range(ends, start)])


def _read_december(cursor: Cursor) -> list[Named]:
    """Read the "năm 2025" of "từ tháng 6 đến hết năm 2025", which ends with its last month."""
    if not cursor.accept("nam"):
        return []
    year = peek_year(cursor)
    cursor.position += 1 if year else 0
    return [Named("month", 12, 0, year)]


def _read_open_end(cursor: Cursor, context: Context, first: Named, start: int) -> Meaning:
    """Read the end of "từ 20/4 đến trước ngày 15/5/2026", on which it is too late."""
    cursor.position += 1
    bound = read_bound(cursor, context)
    at = cursor.position
    last = read_date(cursor, context.year)
    if last is None or cursor.word() in (",", "va", "-"):
        raise ParseError(at)
    context.range([first, last], start)
    day = context.period(last, at).first
    return Meaning("date", [On(by=day) if bound.includes_day else On(before=day)])


def _read_from_hour(cursor: Cursor, context: Context) -> Meaning | None:
    """Read "20 giờ 15 phút ngày 23 tháng 1", "8 giờ 00 ngày 12/5 đến 17 giờ 00 ngày 14/5".

    What begins at an hour of a day is held on that day, or ends at the hour named after it.
    """
    start = cursor.position
    hour = accept_clock(cursor)
    if hour is None:
        return None
    if not hour:
        raise ParseError(start)  # from midnight on: a start
    if cursor.accept("den", "-") and not accept_clock(cursor):
        raise ParseError(start)  # until 0 o'clock, or until what is no hour
    first = read_date(cursor, context.year)
    if first is None:
        raise ParseError(start)
    if not cursor.accept("den het", "den", "-"):
        return Meaning("date", [On(by=context.period(first, start).first)])
    is_included = accept_clock(cursor)
    last = read_date(cursor, context.year)
    if last is None or is_included is False:
        raise ParseError(start)
    return Meaning("period", [context.range([first, last], start)])


def _days_of_every_month(cursor: Cursor) -> int:
    """Read "ngày 20 đến ngày 25 hàng tháng" and return its last day, else 0."""
    start = cursor.position
    cursor.accept("ngay")
    first = accept_day(cursor)
    if first and cursor.accept("den", "-"):
        cursor.accept("ngay")
        last = accept_day(cursor)
        if last >= first and read_units(cursor) == ["month"]:
            return last
    cursor.position = start
    return 0


def _read_ends(cursor: Cursor, context: Context) -> list[Named]:
    """Read one end of a range, or both where they share a head: "tháng 3 đến tháng 6"."""
    day = read_date(cursor, context.year)
    if day is not None:
        return [day]
    series = read_series(cursor)
    if series is None or (len(series.items) > 1 and not series.is_range):
        raise ParseError(cursor.position)
    return list(series.items)


def read_range_of_days(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Read "15/6 - 20/6/2025", "ngày 20-25/6"; with a limit before them they make no sense."""
    start = cursor.position
    if read_day_of_months(cursor):
        return None  # "ngày 15 tháng 3, 6, 9, 12"
    is_free = before.limit is None and not before.has_hour
    if is_free and (last_day := _days_of_every_month(cursor)):
        return Meaning("recurring", [Every("month", by=last_day)])
    first = None if _shares_month(cursor) else read_date(cursor, context.year)
    if first is None:
        cursor.accept("ngay")
        day = accept_day(cursor)
    if not (first or day) or not cursor.accept("den het", "den", "-"):
        return None
    last = read_date(cursor, context.year, has_word=cursor.word(1) == "thang")
    if last is None:
        return None
    if not is_free or cursor.word() in ("-", "den"):
        raise ParseError(start)
    ends = [first or msgspec.structs.replace(last, day=day), last]
    skip_yearly(cursor, ends)
    return Meaning("period", [context.range(ends, start)])


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


def _shares_month(cursor: Cursor) -> bool:
    """Tell whether "ngày 20-25/6" stands here, whose first number has no month of its own."""
    skip = 1 if cursor.word() == "ngay" else 0
    return cursor.word(skip + 1) == "-" and cursor.word(skip + 3) == "/"
