"""How does a Vietnamese phrase say that something recurs?

"Hàng tháng, quý, năm", "6 tháng một lần", "của tháng kế tiếp", "thứ Sáu hàng tuần".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from parplan.deadlines.grammar.dates import accept_numeral
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule.period import Length

_LENGTHS: tuple[tuple[str, Length], ...] = (
    ("tuan", "week"),
    ("thang", "month"),
    ("quy", "quarter"),
    ("qui", "quarter"),
    ("nua nam", "half"),
    ("nam", "year"),
)
_NEXT = (
    *("ke tiep lien ke", "tiep theo lien ke", "sau lien ke", "ke tiep", "tiep theo"),
    *("lien ke", "lien sau", "sau do", "sau"),
)
_COUNTED: dict[tuple[int, str], Length] = {
    (6, "thang"): "half",
    (9, "thang"): "9-months",
    (3, "thang"): "quarter",
    (1, "thang"): "month",
    (1, "quy"): "quarter",
    (1, "nam"): "year",
}

Lengths: TypeAlias = Sequence[tuple[Length, str]]
"""Periods of a recurrence, each with the words that name it."""


def read_recurring(cursor: Cursor) -> list[tuple[Length, str]]:
    """Read the periods of a recurrence, each with its words: "hàng tháng, quý, năm".

    Nothing is read unless "hàng", "mỗi" or "định kỳ" stands before the first, or several
    are listed.
    """
    start = cursor.at
    regular = bool(cursor.take("dinh ky"))
    head = _accept_every_word(cursor)
    found = read_lengths(cursor, head)
    if not found or not (regular or head or _is_list(cursor, start, found)):
        cursor.at = start
        return []
    return found


def _is_list(cursor: Cursor, start: int, found: Lengths) -> bool:
    """Tell whether periods recur though no "hàng" is said: "quý, 6 tháng, năm".

    "Tháng, năm" and "quý/năm" are headings of columns.
    """
    units = [unit for unit, _words in found]
    tokens = cursor.phrase.tokens[start : cursor.at]
    return (
        len(set(units)) == len(units) > 1
        and units != ["month", "year"]
        and not any(token.text == "/" or token.number in (1, 3) for token in tokens)
    )


def read_units(cursor: Cursor) -> list[Length]:
    """Read the same without the words: "hàng năm" is year."""
    return [unit for unit, _words in read_recurring(cursor)]


def read_lengths(cursor: Cursor, head: str) -> list[tuple[Length, str]]:
    """Read "tháng, quý, 6 tháng và năm"; ``head`` is the word before, for the labels."""
    found: list[tuple[Length, str]] = []
    while True:
        unit, steps = peek_length(cursor)
        if unit is None:
            break
        found.append((unit, _length_words(cursor, head, steps)))
        cursor.at += steps
        before = cursor.at
        if not cursor.take(", va", ",", "/", "va", "&", "+"):
            break
        _accept_every_word(cursor)
        if peek_length(cursor)[0] is None:
            cursor.at = before
            break
    return found


def _accept_every_word(cursor: Cursor) -> str:
    """Step over "hàng", "hằng" or "mỗi" before a period's name and return it as written."""
    if cursor.word() not in ("hang", "moi", "tung") or peek_length(cursor, 1)[0] is None:
        return ""
    cursor.at += 1
    return cursor.phrase.between(cursor.at - 1, cursor.at)


def _length_words(cursor: Cursor, head: str, steps: int) -> str:
    words = cursor.phrase.between(cursor.at, cursor.at + steps)
    return f"{head} {words}" if head else words


def peek_length(cursor: Cursor, ahead: int = 0) -> tuple[Length | None, int]:
    """Return the length of period named ``ahead`` places on, and how many tokens name it."""
    number = cursor.number(1, 12, ahead)
    if number or (cursor.word(ahead) == "sau" and cursor.sees("thang", ahead + 1)):
        token = cursor.peek(ahead)
        if not number and token is not None and token.said != "sáu":
            return None, 0
        unit = _COUNTED.get((number or 6, cursor.word(ahead + 1)))
        return (unit, 2) if unit and not _is_certain_period(cursor, ahead + 2) else (None, 0)
    for words, length in _LENGTHS:
        steps = words.count(" ") + 1
        if cursor.sees(words, ahead):
            return (None, 0) if _is_certain_period(cursor, ahead + steps) else (length, steps)
    return None, 0


def _is_certain_period(cursor: Cursor, ahead: int) -> bool:
    """Tell whether what seemed a length is a certain month, quarter or half."""
    token = cursor.peek(ahead)
    if token is None:
        return False
    if token.text == "truoc" and _is_limit(cursor, ahead):
        return False
    if token.number >= 0:  # "quý 1"; but "mỗi quý 1 lần"
        return not cursor.sees("lan", ahead + 1)
    if token.text in ("dau", "cuoi") and cursor.sees("nam", ahead + 1):
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
    counted = cursor.peek(ahead - 2) if cursor.at + ahead >= 2 else None
    return counted is not None and (counted.number > 0 or counted.text in ("hang", "moi", "tung"))


def read_times(cursor: Cursor) -> tuple[int, list[tuple[Length, str]]]:
    """Read "1 lần/quý", "6 tháng một lần", "2 lần mỗi năm": how often, in which period."""
    start = cursor.at
    cursor.take("it nhat", "toi thieu", "dinh ky")
    count = accept_numeral(cursor, 99)
    if count and cursor.take("lan", "dot"):
        if count > 1 and cursor.word() in ("(", ":"):
            return count, [("year", "")]
        if cursor.take("/", "moi", "hang", "mot", "trong mot", "trong", "1"):
            cursor.take("1", "01", "mot")
            if found := read_lengths(cursor, ""):
                return count, found[:1] if len(found) == 1 else []
    else:
        cursor.at = start
        cursor.take("dinh ky")
        cursor.take("moi", "hang", "1", "01", "mot")
        unit, steps = peek_length(cursor)
        if unit is not None:
            words = cursor.phrase.between(cursor.at, cursor.at + steps)
            cursor.at += steps
            cursor.take("/")
            count = accept_numeral(cursor, 99) or (1 if cursor.word(-1) == "/" else 0)
            if count and cursor.take("lan"):
                return count, [(unit, words)]
    cursor.at = start
    return 0, []


def accept_following(cursor: Cursor) -> bool:
    """Step over "kế tiếp", "tiếp theo", "sau"; "sau" only with no accent that says "sáu"."""
    token = cursor.peek()
    if token is not None and token.text == "sau" and token.said != "sau":
        return False
    if token is not None and token.text == "sau" and cursor.phrase.text.isascii():
        return False  # without accents it may be "tháng sáu", June
    return bool(cursor.take(*_NEXT))


_WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}


def accept_weekday(cursor: Cursor) -> int:
    """Step over "thứ Sáu", "thứ 6" or "Chủ nhật" and return 1 (Monday) to 7, else 0."""
    cursor_start = cursor.at
    cursor.take("ngay")
    if cursor.take("chu nhat"):
        return 7
    if cursor.take("thu"):
        number = cursor.number(2, 7)
        found = number - 1 if number else _WEEKDAYS.get(cursor.word(), 0)
        if found:
            cursor.at += 1
            return found
    cursor.at = cursor_start
    return 0
