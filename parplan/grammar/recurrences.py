"""How does a Vietnamese phrase say that something recurs?

"Hàng tháng, quý, năm", "6 tháng một lần", "của tháng kế tiếp", "thứ Sáu hàng tuần".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from parplan.grammar.dates import numeral
from parplan.grammar.tokens import Cursor

Recurring = Literal["week", "month", "quarter", "half", "9-months", "year"]
_LENGTHS: tuple[tuple[str, Recurring], ...] = (
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

Lengths: TypeAlias = Sequence[tuple[Recurring, str]]
"""Periods of a recurrence, each with the words that name it."""


def recurring(cursor: Cursor) -> list[tuple[Recurring, str]]:
    """Read the periods of a recurrence, each with its words: "hàng tháng, quý, năm".

    Nothing is read unless "hàng", "mỗi" or "định kỳ" stands before the first.
    """
    start = cursor.at
    regular = bool(cursor.take("dinh ky"))
    head = _head(cursor)
    if not regular and not head:
        return []
    found = listed(cursor, head)
    if not found:
        cursor.at = start
    return found


def names(cursor: Cursor) -> list[Recurring]:
    """Read the same without the words: "hàng năm" is year."""
    return [unit for unit, _words in recurring(cursor)]


def listed(cursor: Cursor, head: str) -> list[tuple[Recurring, str]]:
    """Read "tháng, quý, 6 tháng và năm"; ``head`` is the word before, for the labels."""
    found: list[tuple[Recurring, str]] = []
    while True:
        unit, steps = one(cursor)
        if unit is None:
            break
        found.append((unit, _said(cursor, head, steps)))
        cursor.at += steps
        before = cursor.at
        if not cursor.take(", va", ",", "/", "va", "&", "+"):
            break
        _head(cursor)
        if one(cursor)[0] is None:
            cursor.at = before
            break
    return found


def _head(cursor: Cursor) -> str:
    """Step over "hàng", "hằng" or "mỗi" before a period's name and return it as written."""
    if cursor.word() not in ("hang", "moi", "tung") or one(cursor, 1)[0] is None:
        return ""
    cursor.at += 1
    return cursor.phrase.between(cursor.at - 1, cursor.at)


def _said(cursor: Cursor, head: str, steps: int) -> str:
    words = cursor.phrase.between(cursor.at, cursor.at + steps)
    return f"{head} {words}" if head else words


def one(cursor: Cursor, ahead: int = 0) -> tuple[Recurring | None, int]:
    """Return the length of period named ``ahead`` places on, and how many tokens name it."""
    number = cursor.number(1, 12, ahead)
    if number or (cursor.word(ahead) == "sau" and cursor.sees("thang", ahead + 1)):
        token = cursor.peek(ahead)
        if not number and token is not None and token.said != "sáu":
            return None, 0
        unit: Recurring | None = {6: "half", 9: "9-months"}.get(number or 6)  # type: ignore[assignment]
        is_length = cursor.sees("thang", ahead + 1) and not _goes_on(cursor, ahead + 2)
        return (unit, 2) if is_length else (None, 0)
    for words, length in _LENGTHS:
        steps = words.count(" ") + 1
        if cursor.sees(words, ahead):
            return (None, 0) if _goes_on(cursor, ahead + steps) else (length, steps)
    return None, 0


def _goes_on(cursor: Cursor, ahead: int) -> bool:
    """Tell whether what seemed a length is a certain month, quarter or half."""
    token = cursor.peek(ahead)
    if token is None:
        return False
    if token.number >= 0:  # "quý 1"; but "mỗi quý 1 lần"
        return not cursor.sees("lan", ahead + 1)
    if token.text in ("dau", "cuoi") and cursor.sees("nam", ahead + 1):
        return True
    return token.text in ("i", "ii", "iii", "iv", "nay", "truoc", "hoc", "dau", "cuoi", "sau")


def times(cursor: Cursor) -> tuple[int, list[tuple[Recurring, str]]]:
    """Read "1 lần/quý", "6 tháng một lần", "2 lần mỗi năm": how often, in which period."""
    start = cursor.at
    cursor.take("it nhat", "toi thieu")
    count = numeral(cursor, 99)
    if count and cursor.take("lan"):
        if cursor.take("/", "moi", "hang", "mot", "trong mot", "trong", "1"):
            cursor.take("1", "01", "mot")
            if found := listed(cursor, ""):
                return count, found[:1] if len(found) == 1 else []
    else:
        cursor.at = start
        cursor.take("moi", "hang", "1", "01", "mot")
        unit, steps = one(cursor)
        if unit is not None:
            words = cursor.phrase.between(cursor.at, cursor.at + steps)
            cursor.at += steps
            cursor.take("/")
            count = numeral(cursor, 99) or (1 if cursor.word(-1) == "/" else 0)
            if count and cursor.take("lan"):
                return count, [(unit, words)]
    cursor.at = start
    return 0, []


def following_period(cursor: Cursor) -> bool:
    """Step over "kế tiếp", "tiếp theo", "sau"; "sau" only with no accent that says "sáu"."""
    token = cursor.peek()
    if token is not None and token.text == "sau" and token.said != "sau":
        return False
    if token is not None and token.text == "sau" and cursor.phrase.text.isascii():
        return False  # without accents it may be "tháng sáu", June
    return bool(cursor.take(*_NEXT))


_WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}


def weekday(cursor: Cursor) -> int:
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
