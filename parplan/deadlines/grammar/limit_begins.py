"""Tells whether a deadline begins here, so that the words before it end."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.deadlines.grammar.counted_days import read_days_of_week
from parplan.deadlines.grammar.free_words import is_regular
from parplan.deadlines.grammar.frequency import accept_weekday, peek_length, read_times, read_units
from parplan.deadlines.grammar.limits import PARTS_OF_DAY, skip_event_of_date, skip_event_with_limit
from parplan.deadlines.grammar.orders import accept_event, counts_from_event
from parplan.deadlines.grammar.tokens import Cursor, Token, is_about_time

_LIMITS = (
    *("khong sau", "khong de qua", "khong tre hon", "cham nhat", "muon nhat", "khong qua"),
    *("khong muon hon", "khong cham hon", "xong trong", "xong vao", "xong truoc", "den het"),
    *("den truoc", "vao cuoi", "trong ca nam", "hang ngay", "trong cac thang", "vao cac thang"),
)
_BEFORE_DATES = ("hang", "moi", "dinh", "trong", "vao", "tu", "xong", "den", "het", "cuoi")
_ORDERS = (
    *("theo yeu cau", "theo lenh", "theo chi dao", "theo de nghi", "dot xuat", "khi co"),
    *("khi duoc", "khi can", "khi phat sinh", "khi so", "khi ubnd", "khi cap", "ngay khi"),
    *("ngay sau khi", "sau khi"),
)


def is_limit(cursor: Cursor) -> bool:
    """Tell whether a limit, or how often, stands here."""
    ahead = 1 if cursor.word() == "(" else 0
    word, following = cursor.word(ahead), cursor.word(ahead + 1)
    if cursor.first_of(_LIMITS, ahead) or is_regular(cursor, ahead) or _is_end(cursor, ahead):
        return True
    numbered = cursor.number(1, 12, ahead + 1) or following in ("i", "ii", "iii", "iv")
    if ahead and word in ("thang", "quy") and numbered:
        return True
    if word == "cuoi" and following in ("moi", "hang", "cac"):
        return True
    if word == "truoc" and following in ("thang", "quy") and cursor.word(ahead + 2) != "truoc":
        return cursor.number(1, 12, ahead + 2) > 0 or cursor.word(ahead + 2)[:1] == "i"
    if word in ("truoc", "xong"):
        is_day = following == "ngay" or cursor.number(0, 31, ahead + 1) > 0
        return is_day or _is_event_with_date(cursor, ahead)
    if word in ("trong", "vao"):
        if cursor.number(1, 31, ahead + 1) and cursor.word(ahead + 2) == "/":
            return True
        return (
            following in ("ngay", "thang", "quy", "nam")
            or (cursor.number(6, 9, ahead + 1) > 0 and cursor.word(ahead + 2) == "thang")
            or is_order(cursor)
        )
    if word == "ngay" and _is_day_of_months(cursor):
        return True
    if cursor.number(1, 12, ahead) and cursor.word(ahead + 1) in ("lan", "buoi"):
        return bool(read_times(cursor.ahead(ahead))[1])
    if _is_weekday(cursor, ahead):
        return True
    if is_order(cursor) or _is_range(cursor, ahead) or _is_without_end(cursor):
        return True
    return word in ("hang", "moi") and peek_length(cursor, ahead + 1)[0] is not None


def _is_end(cursor: Cursor, ahead: int) -> bool:
    """Tell whether "lúc 9h00 (ngày 18/5)", or "đến 30/6" behind a share, stands here."""
    if cursor.word(ahead) in ("luc", "hoi") and cursor.word(ahead + 2) in ("h", "g", "gio"):
        return cursor.number(1, 24, ahead + 1) > 0
    is_date = cursor.number(1, 31, ahead + 1) > 0 and cursor.word(ahead + 2) in ("/", "thang")
    tokens = cursor.phrase.tokens[cursor.start : cursor.position]
    has_share = any(token.text == "%" for token in tokens) or cursor.is_at("giai ngan", -2)
    return is_date and cursor.word(ahead) == "den" and len(tokens) > 0 and has_share


def _is_day_of_months(cursor: Cursor) -> bool:
    """Tell whether "ngày 10 và 20 hằng tháng" stands here."""
    ahead = 1
    while cursor.number(1, 31, ahead) or cursor.word(ahead) in (",", "va", "ngay", "den", "-"):
        ahead += 1
    return ahead > 1 and read_units(cursor.ahead(ahead)) == ["month"]


def _is_weekday(cursor: Cursor, ahead: int) -> bool:
    """Tell whether "(sáng) thứ Hai hằng tuần", "thứ Ba và thứ Năm hằng tuần" stands here."""
    here = cursor.ahead(ahead + (1 if cursor.accented(ahead) in PARTS_OF_DAY else 0))
    if read_days_of_week(here, ()):
        return True
    return accept_weekday(here) > 0 and read_units(here) == ["week"]


def _is_event_with_date(cursor: Cursor, ahead: int) -> bool:
    """Tell whether "trước khai giảng (05/9/2026)" stands here."""
    here = cursor.ahead(ahead)
    if not here.accept("xong truoc", "truoc"):
        return False
    return skip_event_of_date(here) or skip_event_with_limit(here)


def is_order(cursor: Cursor) -> bool:
    """Tell whether an order or an occasion begins here."""
    if cursor.first_of(_ORDERS):
        return True
    if cursor.word() in ("trong", "cham") and counts_from_event(cursor.ahead()):
        return True
    return cursor.word() == "khi" and accept_event(cursor.ahead())


def _is_without_end(cursor: Cursor) -> bool:
    """Tell whether "thường xuyên" here tells how often, not what: "chi thường xuyên"."""
    if not (cursor.is_at("thuong xuyen") or cursor.is_at("lien tuc")):
        return False
    return cursor.position > cursor.start and cursor.word(-1) not in ("chi", "vu", "viec", "khong")


def _is_range(cursor: Cursor, start: int) -> bool:
    """Tell whether "từ 01/5 - 31/5", "từ tháng 3 đến tháng 6" begins here."""
    if cursor.accented(start) != "từ":
        return False
    is_date = cursor.word(start + 1) in ("ngay", "thang", "quy") or cursor.number(1, 31, start + 1)
    return bool(is_date) and any(cursor.word(start + n) in ("den", "-") for n in range(2, 10))


def is_certain_period(cursor: Cursor) -> bool:
    """Tell whether "tháng 6" or "quý II" stands here, and no colon behind it."""
    numbered = cursor.number(1, 12, 1) > 0 or cursor.word(1) in ("i", "ii", "iii", "iv")
    return cursor.word() in ("thang", "quy") and numbered and cursor.word(2) != ":"


def begins_with_date(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a date, or a limit before it, begins at token ``at``."""
    is_before = tokens[at].text in _BEFORE_DATES
    return is_about_time(tokens[at]) or (is_before and is_about_time(tokens[at + 1]))
