"""Reads what has no end: "thường xuyên, liên tục 24/7", "cả năm"."""

from __future__ import annotations

from parplan.deadlines.grammar.dates import peek_year
from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.frequency import Lengths
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.recurring import skip_own_year
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule.rules import Continuous

_MEANING = Meaning("continuous", [Continuous(True)])
_ALWAYS = ("thuong xuyen", "lien tuc", "hang ngay", "quanh nam")
_ON_DUTY = (
    *("cong tac thuong xuyen", "nhiem vu thuong xuyen", "viec thuong xuyen"),
    *("truc 24 / 24 h", "truc 24 / 24 gio", "truc 24 / 24", "truc 24 / 7", "xuyen suot"),
    *("hoat dong thuong xuyen", "tat ca cac ngay trong nam", "tat ca cac ngay trong tuan"),
)
_ALL_DAY = ("24 / 24 gio", "24 / 24 h", "24 / 24", "24 / 7")
"""Alone they may be a fraction or a date."""
_WHILE = ("trong suot qua trinh", "trong qua trinh", "trong suot thoi gian")
_SEASONS = ("mua", "dip", "le", "tet", "he")
_LIMITS = ("truoc", "sau", "cham", "muon", "xong", "bao", "rieng", "khi")
"""Words of times without a date, and with which another deadline would begin."""
_ONCE_MORE = (
    *(
        "theo chuc nang , nhiem vu duoc giao",
        "theo chuc nang nhiem vu duoc giao",
        "ca nam hoc",
        "trong nam hoc",
        "lien tuc",
    ),
    *("hang ngay", "thuong xuyen", "ca nam", "khong ke ngay nghi", "ke ca ngay nghi"),
    *("7 ngay / tuan", "7 / 7", "ca tuan", "trong suot nam hoc", "suot nam hoc", "trong suot nam"),
    *("ban dem", "vao ban dem", "ban ngay", "ca ngay va dem", "( ca nam )"),
    *_ALL_DAY,
)
_REPEATED = (*_ONCE_MORE, *(f", {words}" for words in _ONCE_MORE), "va lien tuc", "( 24 / 7 )")
"""What says the same once more."""


def read_continuous(cursor: Cursor, context: Context, _lengths: Lengths) -> Meaning | None:
    """Read "thường xuyên", "hằng ngày" and "cả năm", and what says the same once more."""
    if cursor.accept("tx") and cursor.at_end:
        return _MEANING
    if _accept_whole_year(cursor, context):
        return _MEANING
    if cursor.accept(*_WHILE):
        while not cursor.is_at("thuong xuyen"):
            if not skip_free(cursor):
                return None
    if cursor.position > cursor.start and cursor.word(-1) == "chi":
        return None  # "chi thường xuyên"
    cursor.accept(*_ALL_DAY)
    if not cursor.accept(*_ALWAYS, *_ON_DUTY):
        return None
    cursor.accept("( hang ngay )")
    if cursor.is_at(", trong") and not cursor.is_at(", trong do"):
        cursor.position += 1
    while cursor.accept(*_REPEATED):
        pass
    bracket = cursor.accept("(") if cursor.is_at("( ca nam") else ""
    cursor.accept("ca") if bracket else ""
    skip_own_year(cursor, context)
    return _MEANING if not bracket or cursor.accept(")") else None


def skip_season(cursor: Cursor) -> bool:
    """Step over "trong các tháng mùa khô", "dịp lễ, Tết": when more is done, without a date."""
    start = cursor.position
    while (token := cursor.peek()) is not None and (token.text.isalpha() or token.text == ","):
        if token.text in _LIMITS:
            break
        cursor.position += 1
    words = cursor.phrase.tokens[start : cursor.position]
    if cursor.at_end and any(word.text in _SEASONS for word in words):
        return True
    cursor.position = start
    return False


def _accept_whole_year(cursor: Cursor, context: Context) -> bool:
    """Step over "cả năm", "suốt cả năm 2026", to the end but for "không để gián đoạn"."""
    start = cursor.position
    words = cursor.accept("suot ca nam", "ca nam", "trong ca nam", "suot nam")
    if words and (start == 0 or words == "suot ca nam"):
        if words == "suot ca nam" and peek_year(cursor) == context.year:
            cursor.position += 1
        if cursor.at_end or cursor.is_at(", khong de") or cursor.is_at(", trong do"):
            return True
    cursor.position = start
    return False
