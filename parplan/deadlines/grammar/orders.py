"""Reads deadlines that somebody's word, or an event, sets.

"Theo chỉ đạo của quận", "khi có yêu cầu", "trong thời hạn 30 ngày kể từ ngày kế hoạch được
ban hành".  The words after "của" or "kể từ" are free, but hold no date of their own.
"""

from __future__ import annotations

from parplan.deadlines.grammar.dates import accept_numeral
from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.frequency import peek_length
from parplan.deadlines.grammar.names import skip_short_name
from parplan.deadlines.grammar.tokens import Cursor, ParseError, is_about_time
from parplan.deadlines.waiting import ORDERS
from parplan.schedule.rules import OnDirective
from parplan.text import fold

_LEVELS = frozenset(
    ("quan", "huyen", "thanh pho", "tinh", "phuong", "xa", "thi xa", "thi tran", "dac khu")
)
_PLANS = ("ke hoach", "lich", "chuong trinh", "chi tieu")
"""With whose name behind them they are an order; alone they may be the office's own."""
# They name nobody: the occasion itself is what the deadline waits for.
_OCCASIONS = (
    *("khi can thiet", "khi xet thay can thiet", "khi thay can thiet", "khi can"),
    *("khi phat sinh vu viec", "khi phat sinh nhiem vu", "khi phat sinh", "khi co phat sinh"),
    *("khi duoc yeu cau", "dot xuat"),
)
_GOES_ON = (
    *("khi", "theo", "dot", "hang", "truoc", "trong", "thang", "quy", "cham", "tu", "xong"),
    *("ngay", "muon"),
)
"""Words with which another deadline begins behind "và"."""
_MORE_BODIES = ("ban", "nganh", "don", "doan", "phong", "so", "dia", "xa", "phuong", "ubnd", "to")
"""Words with which a list of bodies goes on behind a comma: "các sở, ban, ngành"."""
_DATELESS_ENDS = ("xuyen", "tuc", "xuat")
"""Last words of what has no date: behind it no other date can be meant."""
_AT_EVENTS = ("ngay sau khi", "ngay khi", "sau khi", "khi")
_OFFICIAL = frozenset(
    ("có", "được", "yêu", "chỉ", "đề", "phát", "ban", "phê", "xảy", "nhận", "kết", "thông", "hoàn")
)
"""Words of an event that the office learns of: not "sau khi thu hoạch"."""
_EVENTS = (
    *("ke tu ngay", "ke tu khi", "ke tu", "tinh tu ngay", "tinh tu khi", "tu ngay", "tu khi"),
    *("sau khi", "sau ngay", "khi"),
)
_ENDS_OF_PERIODS = tuple(
    f"ket thuc {unit}" for unit in ("quy", "nam", "thang", "ky", "hoc ky", "tuan", "6", "nam hoc")
)
_HELD = ("dot kiem tra", "ky hop", "ky thi", "dot giam sat", "dot thanh tra")
"""Events with a word of time."""
_HOURS = 24
_COUNTED = {"ngay lam viec": "working days", "ngay": "days", "tuan": "weeks", "thang": "months"}


def read_directive(cursor: Cursor) -> OnDirective | None:
    """Read "theo chỉ đạo của quận", "đột xuất khi có yêu cầu"; None where none stands here."""
    start = cursor.position
    label = ""
    if cursor.accept("dot xuat"):
        label = cursor.phrase.between(start, cursor.position)
        cursor.accept(",")
        if cursor.is_at("khi") and cursor.word(-1) != "," and accept_event(cursor):
            return OnDirective(
                cursor.phrase.between(start + 2, cursor.position),
                label=label[:1].upper() + label[1:],
            )
    issuer = None if cursor.is_at("khi co phat sinh") else _order_giver(cursor)
    if issuer is None:
        cursor.position = start
        if not (accept_event(cursor) or cursor.accept(*_OCCASIONS)):
            return None
        return OnDirective(cursor.phrase.between(start, cursor.position))
    return OnDirective(issuer, label=label[:1].upper() + label[1:])


def _order_giver(cursor: Cursor) -> str | None:
    """Return who gives the order, or None where an occasion stands here and no order."""
    start = cursor.position
    try:
        return _read_order_giver(cursor)
    except ParseError:
        cursor.position = start
        if cursor.first_of(_AT_EVENTS):
            return None
        raise


def _read_order_giver(cursor: Cursor) -> str | None:
    """Return who gives the order, or the order where nobody is named."""
    start = cursor.position
    cursor.accept("ngay")
    if cursor.accept("khi co", "sau khi co", "khi nhan duoc", "sau khi nhan duoc"):
        cursor.accept("cac")
    elif not cursor.accept("theo") or peek_length(cursor)[0] is not None:
        cursor.position = start
        return None
    named = cursor.position
    if cursor.accept(*ORDERS):
        order = cursor.phrase.between(named, cursor.position)
        return _accept_body_name(cursor) or order
    if cursor.accept(*_PLANS):
        while not cursor.is_at("cua") and skip_free(cursor):
            pass
        if cursor.is_at("cua"):
            return _accept_body_name(cursor)
    raise ParseError(start)


def accept_event(cursor: Cursor) -> bool:
    """Step over "(ngay) sau khi thủ tục được công bố", "khi có công dân phản ánh, kiến nghị".

    Not behind a comma: there it may tell which of two things the date before it is of.
    """
    start = cursor.position
    is_apart = start > cursor.start and cursor.word(-1) == ","
    if (is_apart and cursor.word(-2) not in _DATELESS_ENDS) or not cursor.accept(*_AT_EVENTS):
        return False
    begin = cursor.position
    while (token := cursor.peek()) is not None:
        if cursor.accept(*_HELD):
            continue
        if is_about_time(token):
            break
        is_word = token.text.isalpha() or token.text in ("/", "-", "&")
        is_list = token.text == "," and (cursor.peek(1) is not None)
        if not (is_word or is_list) or (token.text == "hoac" and cursor.word(1) == "dot"):
            break
        cursor.position += 1
    words = {token.accented for token in cursor.phrase.tokens[begin : cursor.position]}
    if not words & _OFFICIAL or cursor.word() not in ("", ".", ")"):
        cursor.position = start
        return False
    return True


def _accept_body_name(cursor: Cursor) -> str:
    """Return the body named by free words, "" where none is; "quận" is UBND quận."""
    cursor.accept("cua", "tu")
    start = cursor.position
    cursor.accept("to chuc , ca nhan", "ca nhan , to chuc")
    while not cursor.at_end and (
        cursor.word() not in (",", "(", ")", "hoac", ".") or cursor.word(1) in _MORE_BODIES
    ):
        if cursor.word() == "va" and (cursor.word(1) in _GOES_ON or cursor.number(1, 31, 1)):
            break
        if skip_short_name(cursor):
            continue
        _require_free(cursor)
        cursor.position += 1
    words = cursor.phrase.between(start, cursor.position)
    return f"UBND {words.lower()}" if fold(words) in _LEVELS else words


def _require_free(cursor: Cursor) -> None:
    token = cursor.peek()
    if token is None or is_about_time(token):
        raise ParseError(cursor.position)


def counts_from_event(cursor: Cursor) -> bool:
    """Tell whether "trong 05 ngày làm việc sau khi có ý kiến" stands here, and is understood."""
    try:
        return read_event(cursor) is not None
    except ParseError:
        return False


def read_event(cursor: Cursor) -> OnDirective | None:
    """Read "trong thời hạn 30 ngày kể từ ngày …"; None where no time is counted here."""
    start = cursor.position
    cursor.accept("trong thoi han", "trong vong", "trong", "thoi han", "cham nhat", "muon nhat")
    cursor.accept("khong qua", "toi da", "la", "cham nhat")
    count = accept_numeral(cursor, 9999)
    unit = cursor.accept(*_COUNTED)
    if count and count % _HOURS == 0 and cursor.accept("gio", "h"):
        count, unit = count // _HOURS, "ngay"
    if cursor.is_at(", ke tu") or cursor.is_at(", tinh tu"):
        cursor.position += 1
    if not (count and unit and cursor.first_of(_EVENTS)):
        cursor.position = start
        return None
    words = cursor.accept(*_EVENTS)
    begin = cursor.position - (1 if words.endswith(("ngay", "khi")) else 0)
    while not cursor.at_end and cursor.word() not in ("(", "."):
        if cursor.accept(*_HELD):
            continue
        _require_free(cursor)
        if cursor.first_of(_ENDS_OF_PERIODS):
            raise ParseError(cursor.position)  # of a quarter or year: a date that we cannot name
        cursor.position += 1
    named = cursor.phrase.between(begin, cursor.position)
    if not cursor.phrase.between(begin + 1, cursor.position):
        raise ParseError(start)
    return OnDirective(named, within=f"{count} {_COUNTED[unit]}")
