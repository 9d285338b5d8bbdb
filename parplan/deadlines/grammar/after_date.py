"""Reads what stands behind a date and belongs to it: the weekday, a part of the day, a remark.

"Ngày 12/3/2026 (buổi sáng)", "15/6/2026 (thứ Hai)", "ngày 05/6 (Ngày Môi trường thế giới)".
"""

from __future__ import annotations

import datetime as dt

from parplan.deadlines.grammar.dates import Named, read_date
from parplan.deadlines.grammar.frequency import accept_weekday, read_units
from parplan.deadlines.grammar.limits import accept_clock, counts_things
from parplan.deadlines.grammar.names import skip_reference
from parplan.deadlines.grammar.tokens import Cursor, ParseError, is_about_time
from parplan.problem import N_
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR

OTHER_WEEKDAY = N_("that day is no such weekday")

_WHOLE_DATE = 5
"""Tokens of 28/02/2026."""
_JOINED = ("va", "hoac", "den", "hang", "moi", "nam", "cua", "tai", "de", "doi", "nham")
"""Words behind a day and month that count nothing, unlike "5/7 tổ"."""
_PARTS_OF_DAY = tuple(
    form.format(part)
    for part in ("buoi sang", "buoi trua", "buoi chieu", "buoi toi", "ca ngay")
    for form in ("( {} )", ", {}", "{}")
)
_PARTS_IN_BRACKETS = ("( sang )", "( chieu )")

_EVENTS_IN_BRACKETS = tuple(
    f"( ngay {event} )"
    for event in ("bau cu", "khai giang", "khai mac", "le", "hoi", "dai hoi", "phat dong", "hop")
)
_DATA = ("so lieu", "so lieu bao cao", "ky so lieu", "thoi gian lay so lieu", "nien do", "tinh")
_REACHES = ("tinh", "tu", "den", "lay", "trong", "cua", "ngan")
_DUE = ("truoc", "cham", "muon", "xong", "gui", "nop", "chot", "(", ";", "bao")
"""Words of data, of how far they reach, and of what is due."""
_OF_WORK = (
    *("bat dau", "khoi cong", "nhan", "giao", "ky", "ban hanh", "chot", "gui", "nop", "trinh"),
    *("hoan thanh", "ket thuc", "co hieu luc", "het", "cuoi", "dau", "lam viec", "du kien"),
)
"""What a day can be of a piece of work: "(Ngày bắt đầu)" may be no deadline."""


def read_date_with_weekday(cursor: Cursor, plan_year: int) -> Named | None:
    """Read one date, with or without its weekday: "Thứ Hai, ngày 15/6/2026".

    Raises ParseError, with the reason, where the calendar has another weekday on that day.
    """
    start = cursor.position
    weekday = accept_weekday(cursor)
    bracket = cursor.accept("(") if weekday else ""
    if weekday and not bracket:
        cursor.accept(",")
    date = read_date(cursor, plan_year)
    if date is None or (bracket and not cursor.accept(")")):
        cursor.position = start
        return None
    weekday = weekday or _weekday_in_brackets(cursor)
    if weekday and _is_other_weekday(date.in_year(plan_year), weekday):
        raise ParseError(start, OTHER_WEEKDAY)
    return date


def _weekday_in_brackets(cursor: Cursor) -> int:
    start = cursor.position
    weekday = accept_weekday(cursor) if cursor.accept("(") else 0
    if weekday and cursor.accept(")"):
        return weekday
    cursor.position = start
    return 0


def _is_other_weekday(date: Named, weekday: int) -> bool:
    try:
        return dt.date(date.year, date.number, date.day).isoweekday() != weekday
    except ValueError:  # 30/02: whoever needs the day refuses it
        return False


def skip_remark(cursor: Cursor) -> None:
    """Step over an hour, a part of the day, and the name of the day."""
    _skip_hour(cursor)
    cursor.accept(*_PARTS_OF_DAY, *_PARTS_IN_BRACKETS)
    cursor.accept(*_EVENTS_IN_BRACKETS)
    _skip_event(cursor)
    _skip_days_before(cursor)
    _skip_name_of_day(cursor)
    skip_data(cursor)
    _skip_document(cursor)


def _skip_document(cursor: Cursor) -> None:
    """Step over ", theo Quyết định số 766/QĐ-TTg ngày 23/6/2022", if the clause ends with it."""
    start = cursor.position
    cursor.accept(",")
    is_named = cursor.word() == "theo" and skip_reference(cursor)
    if not (is_named and cursor.word() in ("", ";", ".")):
        cursor.position = start


def skip_data(cursor: Cursor) -> None:
    """Step over "(số liệu tính từ 15/12/2025 đến 14/12/2026)": of which days the data are.

    Not where something is due of them: "(số liệu gửi trước 15/12)".
    """
    start = cursor.position
    if cursor.accept("(", ",") and cursor.accept(*_DATA) and cursor.word() in _REACHES:
        is_listed = cursor.phrase.tokens[start].text == ","
        while not (cursor.at_end or cursor.word() in _DUE or (is_listed and cursor.word() == ",")):
            if cursor.accept(")"):
                return
            cursor.position += 1
        if cursor.at_end and cursor.phrase.tokens[start].text == ",":
            return
    cursor.position = start


def _skip_hour(cursor: Cursor) -> None:
    """Step over the hour of "28/02/2026 17:00", as programs write it; midnight stays open.

    Behind a limit it may be on that day or the day before: "trước 28/02/2026 17:00".
    """
    start = cursor.position
    is_bare = start - cursor.start == _WHOLE_DATE and cursor.number(FIRST_YEAR, LAST_YEAR, -1) > 0
    if is_bare and not accept_clock(cursor):
        cursor.position = start


def _skip_event(cursor: Cursor) -> None:
    """Step over "(trước Tết Nguyên đán)" behind a day."""
    start = cursor.position
    if not (cursor.accept("( truoc") and cursor.number(0, 9999, -3) and _ends_bracket(cursor)):
        cursor.position = start


def _skip_days_before(cursor: Cursor) -> None:
    """Step over "(25 ngày trước ngày bầu cử)" behind a day with its year."""
    start = cursor.position
    is_full = start >= cursor.start + 5 and cursor.number(FIRST_YEAR, LAST_YEAR, -1) > 0
    if is_full and cursor.accept("(") and cursor.number(1, 365):
        cursor.position += 1
        words = ("ngay truoc ngay", "ngay truoc", "ngay sau ngay", "ngay sau khi")
        if cursor.accept(*words) and _ends_bracket(cursor):
            return
    cursor.position = start


def _ends_bracket(cursor: Cursor) -> bool:
    """Step over words that speak of no time, and the bracket behind them; tell whether it is."""
    while (token := cursor.peek()) is not None and token.text.isalpha():
        if is_about_time(token):
            return False
        cursor.position += 1
    return bool(cursor.accept(")"))


def _is_name(cursor: Cursor) -> bool:
    """Tell whether "Ngày", just read, begins the name of a day: it has a capital, its end has none.

    What the day is of a piece of work is no name: "(Ngày bắt đầu)".
    """
    token = cursor.phrase.tokens[cursor.position - 1]
    word = cursor.phrase.text[token.start : token.end]
    return word[:1].isupper() and not word.isupper() and not cursor.first_of(_OF_WORK)


def _skip_name_of_day(cursor: Cursor) -> None:
    """Step over "(Ngày Môi trường thế giới)", in which nothing else speaks of time."""
    start = cursor.position
    mark = cursor.accept("( ngay", "( nhan ngay", ", ngay")
    if not mark or not _is_name(cursor):
        cursor.position = start  # "30/6 (ngày bắt đầu)" tells which date it is
        return
    while (token := cursor.peek()) is not None and not is_about_time(token):
        if mark != ", ngay" and cursor.accept(")"):
            return
        cursor.position += 1
    if mark != ", ngay" or not cursor.at_end:
        cursor.position = start


def refuse_fraction(cursor: Cursor, last: Named, start: int) -> None:
    """Raise ParseError for "8/8 nhiệm vụ", a fraction, and "24/7", around the clock."""
    if last.year or cursor.word(-2) != "/":
        return
    following = cursor.peek()
    counts = following is not None and following.text.isalpha() and following.text not in _JOINED
    if counts and last.day <= last.number and cursor.position == start + 3:
        raise ParseError(start)
    is_around_clock = cursor.position == start + 3 and (last.day, last.number) == (24, 7)
    if counts_things(cursor) or is_around_clock:
        raise ParseError(start)


def skip_yearly(cursor: Cursor, named: list[Named] | tuple[Named, ...]) -> None:
    """Step over "hằng năm"; a year of its own, or "hàng tháng", does not go with dates."""
    start = cursor.position
    bracket = cursor.accept("(")
    units = read_units(cursor)
    if bracket and not (units and cursor.accept(")")):
        cursor.position = start
        return
    if units and (units != ["year"] or any(item.year for item in named)):
        raise ParseError(cursor.position - 1)
