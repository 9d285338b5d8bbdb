"""Reads the words that say that something recurs.

"Hàng tháng, quý, năm", "6 tháng một lần", "của tháng kế tiếp", "thứ Sáu hàng tuần".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from parplan.deadlines.grammar.dates import accept_numeral
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule.periods import Length

_LENGTHS: dict[str, Length] = {
    "tuan": "week",
    "thang": "month",
    "quy": "quarter",
    "qui": "quarter",
    "nua nam": "half",
    "nam": "year",
}
_LENGTH_WORDS = tuple(_LENGTHS)
_NO_QUARTERS = ("quy dinh", "quy che", "quy hoach", "quy trinh", "quy mo")
_NEXT = (
    *("ke tiep lien ke", "tiep theo lien ke", "sau lien ke", "ke tiep", "tiep theo"),
    *("lien ke", "lien sau", "sau do", "sau"),
)
_LATE_DAY = 15
"""From this day on a monthly report is one of its own month."""
_COUNTED: dict[tuple[int, str], Length] = {
    (6, "thang"): "half",
    (9, "thang"): "9-months",
    (3, "thang"): "quarter",
    (1, "thang"): "month",
    (1, "quy"): "quarter",
    (1, "nam"): "year",
}

TIMES = (
    *("lan", "dot", "buoi", "cuoc", "hoi nghi", "lop", "chuyen de", "phien", "ky"),
    *("cuoc kiem tra", "cuoc hop", "buoi sinh hoat", "lop tap huan", "buoi tuyen truyen"),
)
"""What is held so often: "01 hội nghị/quý"."""

Lengths: TypeAlias = Sequence[tuple[Length, str]]
"""Periods of a recurrence, each with the words that name it."""


def read_recurring(cursor: Cursor) -> list[tuple[Length, str]]:
    """Read the periods of a recurrence, each with its words: "hàng tháng, quý, năm".

    Nothing is read unless "hàng", "mỗi" or "định kỳ" stands before the first, or several
    are listed.
    """
    start = cursor.position
    if words := cursor.accept("thuong nien"):
        return [("year", words)]
    regular = bool(cursor.accept("dinh ky"))
    head = _accept_every_word(cursor)
    lengths = read_lengths(cursor, head)
    if not lengths or not (regular or head or _is_list(cursor, start, lengths)):
        cursor.position = start
        return []
    return lengths


def _is_list(cursor: Cursor, start: int, lengths: Lengths) -> bool:
    """Tell whether periods recur though no "hàng" is said: "quý, 6 tháng, năm".

    "Tháng, năm" and "quý/năm" are headings of columns.
    """
    units = [unit for unit, _words in lengths]
    tokens = cursor.phrase.tokens[start : cursor.position]
    return (
        len(set(units)) == len(units) > 1
        and units != ["month", "year"]
        and not any(token.text == "/" for token in tokens)
        and (units[-2:] == ["half", "year"] or not any(token.number in (1, 3) for token in tokens))
    )


def read_units(cursor: Cursor) -> list[Length]:
    """Read the same without the words: "hàng năm" is year."""
    return [unit for unit, _words in read_recurring(cursor)]


def read_lengths(cursor: Cursor, head: str) -> list[tuple[Length, str]]:
    """Read "tháng, quý, 6 tháng và năm"; ``head`` is the word before, for the labels."""
    lengths: list[tuple[Length, str]] = []
    while True:
        unit, steps = peek_length(cursor)
        if unit is None:
            break
        words = cursor.phrase.between(cursor.position, cursor.position + steps)
        lengths.append((unit, f"{head} {words}".strip()))
        cursor.position += steps
        before = cursor.position
        if not cursor.accept(", va", ",", "/", "va", "&", "+"):
            break
        _accept_every_word(cursor)
        if peek_length(cursor)[0] is None:
            cursor.position = before
            break
    return lengths


def _accept_every_word(cursor: Cursor) -> str:
    """Step over "hàng", "hằng" or "mỗi" before a period's name and return it as written."""
    if cursor.word() not in ("hang", "moi", "tung", "theo") or peek_length(cursor, 1)[0] is None:
        return ""
    cursor.position += 1
    return cursor.phrase.between(cursor.position - 1, cursor.position)


def peek_length(cursor: Cursor, ahead: int = 0) -> tuple[Length | None, int]:
    """Return the length of period named ``ahead`` places on, and how many tokens name it."""
    number = cursor.number(1, 12, ahead) or (9 if cursor.is_at("chin thang", ahead) else 0)
    if number or (cursor.word(ahead) == "sau" and cursor.is_at("thang", ahead + 1)):
        if not number and cursor.accented(ahead) != "sáu":
            return None, 0
        unit = _COUNTED.get((number or 6, cursor.word(ahead + 1)))
        return (unit, 2) if unit and not _is_certain_period(cursor, ahead + 2) else (None, 0)
    if cursor.first_of(_NO_QUARTERS, ahead):
        return None, 0
    words = cursor.first_of(_LENGTH_WORDS, ahead)
    steps = words.count(" ") + 1
    if not words or _is_certain_period(cursor, ahead + steps):
        return None, 0
    return _LENGTHS[words], steps


def _is_certain_period(cursor: Cursor, ahead: int) -> bool:
    """Tell whether what seemed a length is a certain month, quarter or half."""
    token = cursor.peek(ahead)
    if token is None:
        return False
    if token.text == "truoc" and _is_limit(cursor, ahead):
        return False
    if token.number >= 0:  # "quý 1"; but "mỗi quý 1 lần"
        return not cursor.first_of(TIMES, ahead + 1)
    if token.text in ("dau", "cuoi") and cursor.is_at("nam", ahead + 1):
        return True
    return token.text in ("i", "ii", "iii", "iv", "nay", "truoc", "hoc", "dau", "cuoi", "sau")


def _is_limit(cursor: Cursor, ahead: int) -> bool:
    """Tell whether "trước" here begins a limit: "báo cáo năm trước ngày 15/12".

    "Báo cáo tháng trước ngày 5" may be that of last month; "hàng tháng trước ngày 5" is not.
    """
    following = cursor.peek(ahead + 1)
    if following is None or not (following.text == "ngay" or following.number > 0):
        return False
    if cursor.word(ahead - 1) != "thang":
        return True
    if cursor.number(_LATE_DAY, 31, ahead + 2) and cursor.is_at("hang thang", ahead + 3):
        return True
    if cursor.word(ahead + 3) == "thang" and cursor.word(ahead + 4) in ("sau", "ke", "tiep"):
        return True
    counted = cursor.peek(ahead - 2) if cursor.position + ahead >= 2 else None
    return counted is not None and (counted.number > 0 or counted.text in ("hang", "moi", "tung"))


def read_times(cursor: Cursor) -> tuple[int, list[tuple[Length, str]]]:
    """Read "1 lần/quý", "6 tháng một lần", "2 lần mỗi năm": how often, in which period."""
    start = cursor.position
    cursor.accept("it nhat", "toi thieu", "dinh ky", "cu")
    count = accept_numeral(cursor, 99)
    if count and cursor.accept(*TIMES):
        cursor.accept("trong nam")
        listed = cursor.word() in ("", "(", ":", "vao") or cursor.is_at(", vao")
        if count > 1 and listed:
            return count, [("year", "")]
        if cursor.accept("/", "moi", "hang", "mot", "trong mot", "trong", "1"):
            cursor.accept("1", "01", "mot")
            if lengths := read_lengths(cursor, ""):
                return count, lengths[:1] if len(lengths) == 1 else []
    else:
        cursor.position = start
        cursor.accept("dinh ky", "cu", "it nhat", "toi thieu")
        cursor.accept("moi", "hang", "1", "01", "mot")
        unit, steps = peek_length(cursor)
        if unit is not None:
            words = cursor.phrase.between(cursor.position, cursor.position + steps)
            cursor.position += steps
            cursor.accept("/")
            cursor.accept("it nhat", "toi thieu", "to chuc", "to chuc it nhat")
            count = accept_numeral(cursor, 99) or (1 if cursor.word(-1) == "/" else 0)
            if count and cursor.accept(*TIMES):
                return count, [(unit, words)]
    cursor.position = start
    return 0, []


def accept_following(cursor: Cursor) -> bool:
    """Step over "kế tiếp", "tiếp theo", "sau"; "sau" only with no accent that says "sáu"."""
    if cursor.word() == "sau" and (cursor.accented() != "sau" or cursor.phrase.text.isascii()):
        return False  # without accents it may be "tháng sáu", June
    return bool(cursor.accept(*_NEXT))


_WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}


def accept_weekday(cursor: Cursor) -> int:
    """Step over "thứ Sáu", "thứ 6" or "Chủ nhật" and return 1 (Monday) to 7, else 0."""
    start = cursor.position
    cursor.accept("ngay")
    if cursor.accept("chu nhat"):
        return 7
    if cursor.accept("thu"):
        number = cursor.number(2, 7)
        weekday = number - 1 if number else _WEEKDAYS.get(cursor.word(), 0)
        if weekday:
            cursor.position += 1
            return weekday
    cursor.position = start
    return 0
