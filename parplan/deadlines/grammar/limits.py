"""Reads what stands before a date: the limit, perhaps an hour, and words that are mere filling.

Small readers at a cursor.  They know words, not rules: what they return is put together
by ``clause``.
"""

from __future__ import annotations

from typing import NamedTuple

from parplan.deadlines.grammar.frequency import peek_length
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.tokens import Cursor, ParseError, is_about_time

_ACTIVITIES = (
    *("hoan thanh 100 %", "hoan thanh", "hoan thien", "ket thuc", "xong", "thuc hien"),
    *("trien khai", "to chuc", "phe duyet", "du an", "chot so lieu", "so lieu", "gui bao cao"),
    *("gui", "nop", "bao cao", "trinh", "ban hanh", "ke hoach", "xay dung", "cong bo", "tong hop"),
    *("ra soat", "tu danh gia", "danh gia", "cham diem", "tong ket", "so ket", "kiem tra"),
    *("khao sat", "tham muu", "cap nhat", "ket qua", "du thao", "cong khai", "nghiem thu"),
    *("lay y kien", "chuyen de", "de an", "noi dung", "nhiem vu", "cong viec", "ho so", "du toan"),
    *("duy tri", "viec", "phai xong", "lam", "co bao cao", "phai hoan thanh"),
    *("yeu cau hoan thanh", "phan dau hoan thanh"),
)
"""What is done, where the deadline's cell says it again; nothing here bears on the date.

Of two that begin alike the longer one stands first.
"""

_ABOUT_DEADLINE = (
    *("du kien", "thoi gian hoan thanh", "thoi gian thuc hien", "thoi gian", "thoi han"),
    *("thoi diem", "han cuoi cung", "han cuoi", "han chot", "han nop", "han gui", "han"),
    *("dinh ky", "( neu co )", "neu co", "( du kien )"),
)
"""Words that announce a deadline without saying which."""


# With a period they say which thing is meant: "dự toán năm 2026" is the budget, no deadline.
_THINGS = frozenset(
    (
        *("ke hoach", "du an", "de an", "du toan", "ho so", "noi dung", "nhiem vu", "du thao"),
        *("chuyen de", "so lieu", "ket qua", "cong viec"),
    )
)
_REPORTS = frozenset(
    (
        *("bao cao", "tong ket", "so ket", "danh gia", "tong hop", "ra soat", "kiem tra"),
        *("cong khai", "cong bo", "xay dung", "ban hanh", "cham diem", "tham muu", "trinh"),
        *("khao sat", "nghiem thu", "cap nhat", "hoan thien"),
    )
)
_FILLING = (*_ACTIVITIES, *_ABOUT_DEADLINE)
_MOST_WORDS = 7
"""An event before which something is due has no more."""
_VAGUE = ("dip", "hoac", "va", "hay", "khoang", "gan", "dau", "giua", "cuoi", "mua", "vu")
"""Words with which no event is named; a season begins on no day."""
BRACKETED = ("( truoc", "( xong truoc", "( hoan thanh truoc", "( hoan thanh chi tra truoc")
SEASONS = ("mua", "vu")
"""They begin on no day, but one that follows may be said: "trước mùa mưa, chậm nhất 30/4"."""
PARTS_OF_DAY = ("sáng", "trưa", "chiều", "tối", "đêm")
_NO_LATER = (
    *("cham nhat", "muon nhat", "khong muon hon", "khong cham hon", "khong qua", "khong sau"),
    *("khong de qua", "khong tre hon", "khong cham qua", "khong tre qua"),
)
_FROM_NOW = ("tu nay", "ke tu nay", "tu ngay ky", "ke tu ngay ky")
_TO_THE_END = (
    *(f"{start} den{end}" for start in _FROM_NOW for end in (" het", "")),
    *("den het", "toi het", "den", "toi", "het", "vao", "trong", "xong trong", "la"),
)


def skip_filling(cursor: Cursor, *, activities: bool = True) -> None:
    """Step over words that do not bear on the date: "hoàn thành", "dự kiến", "(nếu có)".

    Without ``activities`` only over words about the deadline itself: between two dates an
    activity may be a label.
    """
    phrases = _FILLING if activities else _ABOUT_DEADLINE
    start = cursor.position
    while True:
        if cursor.is_at("dinh ky") and (cursor.number(1, 12, 2) or peek_length(cursor, 2)[0]):
            return  # "định kỳ 6 tháng" says more than filling
        if cursor.position > start + 2 and cursor.is_at("ho so nop", -2):
            return  # "rà soát hồ sơ nộp trước ngày 15/6": which were handed in before
        if not cursor.accept(*phrases):
            return


def names_thing(cursor: Cursor, at: int, *, other_year: bool) -> bool:
    """Tell whether a period at token ``at`` says which thing: "dự toán năm 2026", not by when.

    ``other_year``: it is not of the plan's year; then "tổng kết năm 2024" is such a thing too.
    """
    if at < cursor.start + 2:  # what stands before is the label of a step
        return False
    words = " ".join(token.text for token in cursor.phrase.tokens[at - 2 : at])
    return words in _THINGS or (other_year and words in _REPORTS)


def counts_things(cursor: Cursor) -> bool:
    """Tell whether the words here are things that are counted: "8/8 nhiệm vụ"."""
    return f"{cursor.word()} {cursor.word(1)}" in _THINGS


class Limit(NamedTuple):
    """How a deadline is bounded; ``included``: the day named is still in time."""

    included: bool
    until: bool
    """Only "đến" is said, which with a period may or may not include it."""


def accept_limit(cursor: Cursor) -> Limit | None:
    """Step over a limit and return it, or None where none is said.

    "Trước" excludes the day, "chậm nhất", "muộn nhất", "đến hết" include it, and "chậm nhất
    trước" excludes it.
    """
    start = cursor.position
    is_latest = bool(cursor.accept(*_NO_LATER))
    if is_latest:
        cursor.accept("la")
        cursor.accept("vao", "trong")
    # "Chậm nhất trước ngày 25" excludes the day, so "trước" decides over what stood before.
    if _skip_event_before_end(cursor):
        return Limit(included=True, until=False)
    if cursor.accept("truoc", "den truoc", "xong truoc"):
        if cursor.word() in ("hoac", "va", ",", "khi", "mat", "het", "cuoi"):
            raise ParseError(start)  # "trước hoặc trong ngày": neither one nor the other
        if skip_event_of_date(cursor) or not skip_event_with_limit(cursor):
            return Limit(included=False, until=False)
        return None if cursor.at_end else accept_limit(cursor) or Limit(included=False, until=False)
    last = ""
    while words := cursor.accept(*_TO_THE_END):
        last = words
    if not (is_latest or last):
        return None
    return Limit(included=True, until=last.endswith(("den", "toi")) and not is_latest)


def skip_event_of_date(cursor: Cursor) -> bool:
    """Step over the event of "(trước) khai giảng (05/9/2026)", "(trước) ngày Quốc khánh 02/9".

    Nothing is stepped over unless its day follows at once, alone.
    """
    start = cursor.position
    cursor.accept("ngay")
    begin = cursor.position
    token = cursor.peek()
    while token is not None and token.text.isalpha() and token.text not in _VAGUE:
        if is_about_time(token) or len(token.text) < 2:  # "l5/12" is the fifteenth, misread
            break
        cursor.position += 1
        token = cursor.peek()
    is_apart = token is not None and token.space
    if is_apart and 0 < cursor.position - begin <= _MOST_WORDS and _is_day_alone(cursor):
        return True
    cursor.position = start
    return False


def skip_event_with_limit(cursor: Cursor) -> bool:
    """Step over the event of "(trước) vụ mùa, (chậm nhất 30/6)", up to the limit."""
    start = cursor.position
    vague = () if cursor.word() in SEASONS else _VAGUE
    while (token := cursor.peek()) is not None and token.text.isalpha() and len(token.text) > 1:
        if is_about_time(token) or token.text in vague:
            break
        cursor.position += 1
    is_event = 0 < cursor.position - start <= _MOST_WORDS
    if is_event and (cursor.first_of(BRACKETED) or cursor.word() == ","):
        is_mark = cursor.accept(",") == ""
        if is_mark or cursor.word() in ("cham", "muon", "truoc", "xong"):
            return True
    cursor.position = start
    return False


def _is_day_alone(cursor: Cursor) -> bool:
    """Tell whether "02/9", "02/9/2026" or the same in brackets stands here, up to the end."""
    if cursor.word() != "(":
        is_day = cursor.number(1, 31) and cursor.word(1) == "/" and cursor.number(1, 12, 2)
        return bool(is_day) and cursor.word(3) in ("", "/")
    ahead = 2 if cursor.word(1) == "truoc" else 1
    ahead += 1 if cursor.word(ahead) == "ngay" else 0
    end = next((at for at in range(9) if cursor.word(at) == ")"), 0)
    marks = {cursor.word(at) for at in range(end)}
    is_last = cursor.position + end + 1 >= cursor.stop and not marks & {",", "va", "-"}
    return end > 0 and is_last and cursor.number(1, 31, ahead) > 0 and cursor.word(ahead + 1) == "/"


def _skip_event_before_end(cursor: Cursor) -> bool:
    """Step over "từ ngày ban hành kế hoạch đến (hết)" before a date; its beginning is an event."""
    start = cursor.position
    if not cursor.accept("tu ngay", "tu khi", "ke tu ngay", "ke tu khi"):
        return False
    while (token := cursor.peek()) is not None and token.text.isalpha():
        if token.accented == "đến" and cursor.position > start + 2:
            cursor.position += 1
            cursor.accept("het")
            if cursor.word() == "ngay" or cursor.number(1, 31) > 0 or cursor.word(-1) == "het":
                return True
            break
        if token.text in ("ngay", "thang", "quy", "nam", "truoc", "tuan"):
            break
        cursor.position += 1
    cursor.position = start
    return False


def accept_clock(cursor: Cursor) -> bool | None:
    """Step over an hour: True where its day is still in time, None where there is no hour.

    "Trước 16 giờ ngày 25" ends on the 25th; "trước 0 giờ ngày 25" on the 24th.
    """
    start = cursor.position
    if _part_of_day(cursor):
        return True
    cursor.accept("luc", "vao luc", "vao hoi", "hoi")
    token, mark = cursor.peek(), cursor.word(1)
    is_colon = mark == ":" and cursor.number(0, 59, 2) >= 0 and _minutes(cursor, 2) >= 0
    if token is None or token.number < 0 or not (mark in ("h", "g", "gio") or is_colon):
        cursor.position = start
        return None
    hour = token.number
    cursor.position += 2
    minute = max(_minutes(cursor, 0), 0)
    if _minutes(cursor, 0) >= 0:
        cursor.position += 1
        cursor.accept("phut", "'", "’", "p")
    if cursor.accented() in PARTS_OF_DAY:
        cursor.position += 1
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ParseError(start)
    cursor.accept(",")
    return bool(hour or minute)


def _part_of_day(cursor: Cursor) -> bool:
    """Step over "sáng", "chiều", "tối" before a day; without accents they are other words."""
    start = cursor.position
    is_before = cursor.word(-1) == "truoc"
    cursor.accept("buoi", "vao buoi")
    has_day = cursor.word(1) in ("ngay", "thu") or cursor.number(1, 31, 1)
    if cursor.accented() not in PARTS_OF_DAY or not has_day:
        cursor.position = start
        return False
    if is_before and cursor.accented() == "sáng":
        raise ParseError(start)  # "trước sáng ngày 12/3": the day before?
    cursor.position += 1
    return True


def _minutes(cursor: Cursor, ahead: int) -> int:
    token = cursor.peek(ahead)
    return token.number if token and token.end - token.start == 2 else -1


class Bound(NamedTuple):
    """What stands before a date: the words, and whether the day named is still in time."""

    limit: Limit | None
    includes_day: bool
    has_hour: bool


def _names_no_date(cursor: Cursor) -> bool:
    """Tell whether "(định kỳ) trước ngày 20 hằng tháng" stands here, and no single day."""
    begins = cursor.word(2) in ("truoc", "cham", "muon", "vao", "ngay")
    number = next((at for at in range(3, 7) if cursor.number(1, 31, at)), 0)
    return begins and number > 0 and cursor.word(number + 1) not in ("/", "-", ".")


def read_bound(cursor: Cursor, context: Context) -> Bound:
    """Step over a limit and an hour, and return what they say; a bare date is still in time."""
    if cursor.is_at("dinh ky") and _names_no_date(cursor):
        cursor.position += 2
    limit = accept_limit(cursor)
    skip_filling(cursor, activities=False)
    hour = accept_clock(cursor)
    included = limit is None or limit.included or context.before_included
    return Bound(limit, included if hour is None else hour, hour is not None)
