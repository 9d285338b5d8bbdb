"""Steps over what is done by a date, behind it: "đến 30/6 số hóa đạt 60% hồ sơ", "(sơ kết)"."""

from __future__ import annotations

from parplan.deadlines.grammar.actors import skip_actor
from parplan.deadlines.grammar.free_words import accept_action, skip_free, skip_free_bracket
from parplan.deadlines.grammar.limit_begins import is_limit
from parplan.deadlines.grammar.names import EVENTS
from parplan.deadlines.grammar.occasions import skip_occasion
from parplan.deadlines.grammar.purposes import skip_year_of_object
from parplan.deadlines.grammar.tokens import Cursor, is_about_time

_PLACES = ("tại", "ở", "trên", "qua", "bằng", "thông qua", "phải", "toàn bộ", "cùng", "với")
_ORDERED = ("khi", "dot", "theo", "thuong", "lien", "neu")
"""Words with which an order or what has no end may begin behind "và"."""
_BEFORE_DATES = ("het", "den", "cuoi", "trong", "vao", "tu")


def skip_deed(cursor: Cursor) -> str:
    """Step over what is done by then, up to the next date, and return it.

    "(Đến 30/6) số hóa đạt 60% hồ sơ", "(quý I) (xây dựng kế hoạch)".
    """
    start = cursor.position
    if skip_free_bracket(cursor) or _skip_words(cursor):
        return cursor.phrase.between(start, cursor.position).strip("(), ")
    return ""


def _skip_words(cursor: Cursor) -> bool:
    start = cursor.position
    if _may_count_things(cursor):
        return False
    cursor.accept(",", "-")
    cursor.position += 1 if cursor.is_at("co bao cao") else 0
    cursor.accept("dong loat", "dong thoi", "tien hanh")
    is_place = cursor.accented() in _PLACES
    verb = accept_action(cursor) or cursor.accept("viec", "cong tac", *EVENTS)
    is_feast = verb == "phuc vu" and cursor.word() == "tet"  # which is within the month
    if is_feast or verb == "khoi cong" or not (is_place or verb or skip_actor(cursor) >= 0):
        cursor.position = start
        return False
    while not (cursor.at_end or cursor.word() == "." or _goes_on(cursor)):
        if not (
            skip_occasion(cursor)
            or skip_free_bracket(cursor)
            or skip_free(cursor)
            or skip_year_of_object(cursor)
        ):
            cursor.position = start
            return False
    return True


def _goes_on(cursor: Cursor) -> bool:
    """Tell whether another date or order is joined on here: ", trước 15/12", "và khi có …"."""
    ahead = 2 if cursor.is_at(", va") else 1
    following = cursor.peek(ahead)
    if cursor.word() not in (",", "va", "hoac") or following is None:
        return False
    after = cursor.ahead(ahead)
    return (
        following.number >= 0
        or following.accented == "riêng"
        or after.is_at("trong do")
        or following.text in _ORDERED
        or (following.text in _BEFORE_DATES and is_about_time(cursor.peek(ahead + 1)))
        or (is_about_time(following) and following.text != "han")
        or is_limit(after)
    )


def _may_count_things(cursor: Cursor) -> bool:
    """Tell whether what stands before may be a fraction: "8/8 hoàn thành"."""
    at = cursor.position
    tokens = cursor.phrase.tokens[max(at - 4, cursor.start) : at]
    if len(tokens) < 3 or tokens[-2].text != "/":
        return False
    has_word = len(tokens) == 4 and tokens[0].text not in (",", "va", "-", "(")
    return not has_word and tokens[-3].number <= tokens[-1].number
