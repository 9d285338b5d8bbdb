"""How wide is text in Times, and how many lines does it take?

By Adobe's metrics of Times Bold, so that plain text is rather narrower than said.
Widths are in twips: 1 cm = 567.
"""

from __future__ import annotations

import functools
import unicodedata

# Widths of Times Bold in thousandths of the type size, A to Z and a to z (Adobe's metrics).
_CAPITALS = (
    "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722"
)
_SMALL = "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500"
_WIDTHS = {
    chr(ord(first) + place): int(wide)
    for first, row in (("A", f"{_CAPITALS} 1000 722 722 667"), ("a", f"{_SMALL} 722 500 500 444"))
    for place, wide in enumerate(row.split())
}
_OTHERS = {" ": 250, "-": 333, "–": 500, ",": 250, ".": 250, "Đ": _WIDTHS["D"], "đ": _WIDTHS["d"]}
_DIGIT = 500  # and whatever is not named here
_WIDE = 1000


def text_width(text: str, points: float) -> int:
    """Return about how wide ``text`` is in bold Times of so many ``points``, in twips."""
    return round(sum(map(_letter_width, text)) * points * 20 / 1000)


@functools.cache
def _letter_width(letter: str) -> int:
    plain = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.combining(plain):
        return 0
    other = _WIDE if unicodedata.east_asian_width(plain) in "WF" else _DIGIT
    return _WIDTHS.get(plain, _OTHERS.get(plain, other))


def lines(text: str, digits: float) -> int:
    """Return about how many lines ``text`` takes where so many ``digits`` stand side by side.

    Broken at spaces; a longer word at any letter.  ``digits`` is how spreadsheets measure
    columns.

    >>> lines("Tổ chức giao ban", 20), lines("Tổ chức giao ban", 8), lines("a\\nb", 20)
    (1, 2, 2)
    """
    room = round(digits * _DIGIT)
    return sum(_wrapped(line, room) for line in text.split("\n"))


@functools.lru_cache(maxsize=4096)  # a table says the same many times
def _wrapped(line: str, room: int) -> int:
    if len(line) * _WIDE <= room or sum(map(_letter_width, line)) <= room:
        return 1
    count, used = 1, 0
    for word in line.split(" "):
        wide = sum(map(_letter_width, word))
        if used and used + wide > room:
            count, used = count + 1, 0
        extra, used = divmod(used + wide, room) if wide > room else (0, used + wide)
        count += extra
        used += _OTHERS[" "]
    return count
