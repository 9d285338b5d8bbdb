"""When does a phrase leave the date to somebody's word, or to an event?

"Theo chỉ đạo của quận", "khi có yêu cầu", "trong thời hạn 30 ngày kể từ ngày kế hoạch được
ban hành".  The words after "của" or "kể từ" are free, but hold no date of their own.
"""

from __future__ import annotations

from parplan.deadlines.grammar.dates import accept_numeral
from parplan.deadlines.grammar.tokens import Cursor, ParseError, Token
from parplan.schedule.rules import OnDirective
from parplan.text import fold

_CALENDAR = (
    *("ngày", "ngay", "tháng", "thang", "quý", "tuần", "tuan", "năm", "kỳ", "trước", "truoc"),
    *("hàng", "hằng", "hang", "mỗi", "moi", "chậm", "cham", "muộn", "muon", "lần", "lan"),
    *("đợt", "dot", "cuối", "cuoi", "hạn", "han", "giữa", "giua", "đến"),
)
"""Words that speak of time: where one stands in free text, the text is not understood."""

_LEVELS = frozenset(
    ("quan", "huyen", "thanh pho", "tinh", "phuong", "xa", "thi xa", "thi tran", "dac khu")
)
_ORDERS = (
    *("su chi dao", "y kien chi dao", "van ban chi dao", "chi dao", "yeu cau cong viec"),
    *("yeu cau", "van ban huong dan", "huong dan", "van ban yeu cau", "van ban", "cong van"),
    *("thong bao", "de nghi", "su phan cong", "phan cong"),
)
_OCCASIONS = (
    "khi can thiet",
    "khi can",
    "khi phat sinh",
    "khi co phat sinh",
    "khi duoc yeu cau",
    "dot xuat",
)
_EVENTS = (
    *("ke tu ngay", "ke tu khi", "ke tu", "tinh tu ngay", "tinh tu khi", "tu ngay", "tu khi"),
    *("sau khi", "sau ngay", "khi"),
)
_COUNTED = {"ngay lam viec": "working days", "ngay": "days", "tuan": "weeks", "thang": "months"}


def read_directive(cursor: Cursor) -> OnDirective | None:
    """Read "theo chỉ đạo của quận", "đột xuất khi có yêu cầu"; None where none stands here."""
    start = cursor.at
    label = ""
    if cursor.take("dot xuat"):
        label = cursor.phrase.between(start, cursor.at)
        cursor.take(",")
    giver = None if cursor.sees("khi co phat sinh") else _read_order_giver(cursor)
    if giver is None:
        cursor.at = start
        if not cursor.take(*_OCCASIONS):
            return None
        return OnDirective(cursor.phrase.between(start, cursor.at))
    return OnDirective(giver, label=label[:1].upper() + label[1:])


def _read_order_giver(cursor: Cursor) -> str | None:
    """Return who gives the order, or the order where nobody is named."""
    start = cursor.at
    cursor.take("ngay")
    if cursor.take("khi co", "sau khi co"):
        cursor.take("cac")
    elif not cursor.take("theo"):
        cursor.at = start
        return None
    named = cursor.at
    if cursor.take(*_ORDERS):
        order = cursor.phrase.between(named, cursor.at)
        return _accept_body_name(cursor) or order
    if cursor.take("ke hoach") and cursor.sees("cua"):
        return _accept_body_name(cursor)
    raise ParseError(start)


def is_order(text: str) -> bool:
    """Tell whether ``text`` is the order itself ("yêu cầu"), not who gives it."""
    return fold(text) in _ORDERS


def _accept_body_name(cursor: Cursor) -> str:
    """Return the body named by free words, "" where none is; "quận" is UBND quận."""
    cursor.take("cua", "tu")
    start = cursor.at
    while not cursor.ended and cursor.word() not in (",", "(", ")", "hoac", "."):
        if cursor.word() == "va" and cursor.word(1) in ("khi", "theo", "dot", "hang", "truoc"):
            break
        _require_free(cursor)
        cursor.at += 1
    said = cursor.phrase.between(start, cursor.at)
    return f"UBND {said.lower()}" if fold(said) in _LEVELS else said


def _require_free(cursor: Cursor) -> None:
    token = cursor.peek()
    if token is None or is_about_time(token):
        raise ParseError(cursor.at)


def is_about_time(token: Token) -> bool:
    """Tell whether ``token`` is a number or a word of the calendar, which free text has not."""
    return token.text[0].isdigit() or token.said in _CALENDAR


def read_event(cursor: Cursor) -> OnDirective | None:
    """Read "trong thời hạn 30 ngày kể từ ngày …"; None where no time is counted here."""
    start = cursor.at
    cursor.take("trong thoi han", "trong vong", "trong", "thoi han", "cham nhat", "muon nhat")
    cursor.take("khong qua", "la", "cham nhat")
    count = accept_numeral(cursor, 9999)
    unit = cursor.take(*_COUNTED)
    if not (count and unit and any(cursor.sees(words) for words in _EVENTS)):
        cursor.at = start
        return None
    words = cursor.take(*_EVENTS)
    begin = cursor.at - (1 if words.endswith(("ngay", "khi")) else 0)
    while not cursor.ended and cursor.word() not in ("(", "."):
        _require_free(cursor)
        if cursor.sees("ket thuc"):
            raise ParseError(cursor.at)  # of a quarter or year: a date that we cannot name
        cursor.at += 1
    named = cursor.phrase.between(begin, cursor.at)
    if not cursor.phrase.between(begin + 1, cursor.at):
        raise ParseError(start)
    return OnDirective(named, within=f"{count} {_COUNTED[unit]}")
