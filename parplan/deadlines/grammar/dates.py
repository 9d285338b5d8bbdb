"""Reads the single dates that a Vietnamese phrase names.

Each function reads at a cursor: it returns what it understood and steps over it, returns
nothing and stays where it is, or raises ``ParseError`` at the word that makes no sense.  A
date without its year is left open for whoever knows which year is meant.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import msgspec

from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule import periods
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR
from parplan.schedule.periods import Length, Period

FARTHEST = 30
"""How many years after the plan's a number may lie to be a year, where no "năm" is said."""
_MOST_MONTHS = 12
_CENTURY, _FIRST_SHORT, _LAST_SHORT = 2000, 20, 49
"""Of which "26" is a year."""
LAST_DAY = 99
"""The day of a ``Named`` that is its month's last."""
_NEAR = 10
"""How many years from the plan's a year of two digits may lie."""

NamedUnit: TypeAlias = Literal[Length, "day"]


class Named(msgspec.Struct, frozen=True):
    """A date or period as named: ``number`` is the month, quarter, half or week; year 0 is open."""

    unit: NamedUnit
    number: int = 0
    day: int = 0
    year: int = 0

    def in_year(self, year: int) -> Named:
        """Return the same with its year, which is ``year`` where it is open."""
        return self if self.year else msgspec.structs.replace(self, year=year)

    def period(self) -> Period | None:
        """Return the days meant, None where the calendar has none such; the year is known."""
        try:
            if self.unit == "day":
                last = periods.month_length(self.year, self.number)
                day = last if self.day == LAST_DAY else self.day
                return periods.day(dt.date(self.year, self.number, day))
            return periods.of(self.unit, self.year, self.number or 1)
        except ValueError:
            return None


_DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_LAST_DIGITS = {**_DIGITS, "lam": 5}
_MUST_BE_SAID = {"tu": "tư", "sau": "sáu"}
"""Words that mean something else without their accent: "từ" is from, "sau" is after."""


def accept_numeral(cursor: Cursor, most: int) -> int:
    """Step over a number from 1 to ``most`` in digits or words and return it, else 0.

    "Năm" alone (five, or year) is no number here.
    """
    if number := cursor.number(1, most):
        cursor.position += 1
        return number
    tens, steps = 0, 0
    if cursor.word() == "muoi":
        tens, steps = 10, 1
    elif cursor.word() in ("hai", "ba") and cursor.word(1) == "muoi":
        tens, steps = {"hai": 20, "ba": 30}[cursor.word()], 2
    digit = _digit(cursor, steps, _LAST_DIGITS if tens else _DIGITS)
    value = tens + digit
    if not 0 < value <= most:
        return 0
    cursor.position += steps + (1 if digit else 0)
    return value


def _digit(cursor: Cursor, ahead: int, digits: dict[str, int]) -> int:
    token = cursor.peek(ahead)
    if token is None or _MUST_BE_SAID.get(token.text, token.accented) != token.accented:
        return 0
    return digits.get(token.text, 0)


def peek_year(cursor: Cursor, ahead: int = 0) -> int:
    """Return the year of four digits ``ahead`` places on, else 0."""
    return cursor.number(FIRST_YEAR, LAST_YEAR, ahead)


def accept_year(cursor: Cursor) -> int:
    """Step over "/2025", "-2025", "năm 2025" or ", năm 2025" and return the year, else 0."""
    for words in ("/", "-", ".", "nam", ", nam", "cua nam"):
        steps = words.count(" ") + 1
        if cursor.is_at(words) and (year := peek_year(cursor, steps)):
            if words == "-" and cursor.word(steps + 1) == "-":
                return 0  # the first year of a range of years
            cursor.position += steps + 1
            return year
    return _accept_short_year(cursor)


def _is_blank(cursor: Cursor) -> bool:
    """Tell whether "/20..." stands here: a year that nobody has written yet."""
    behind = cursor.phrase.tokens[cursor.position + 2 : cursor.position + 4]
    return [token.text for token in behind] == [".", "."] or any(t.text == "…" for t in behind[:1])


def _accept_short_year(cursor: Cursor) -> int:
    """Step over the "/26" of "tháng 5/26": no day and no month has that number."""
    is_head = cursor.word(-2) in ("thang", "quy", "qui", "t", "q") and cursor.position >= 2
    year = cursor.peek(1)
    if not is_head or cursor.word() != "/" or year is None or year.space:
        return 0
    if (
        _is_blank(cursor)
        or not _FIRST_SHORT <= year.number <= _LAST_SHORT
        or cursor.word(2) in ("/", "-", ".")
    ):
        return 0
    cursor.position += 2
    return _CENTURY + year.number


def read_date(cursor: Cursor, plan_year: int, *, has_word: bool = False) -> Named | None:
    """Read one date with its month: "ngày 15/12", "15-12-2025", "ngày 5 tháng 6 năm 2025".

    ``has_word``: "ngày" has been said before.
    """
    start = cursor.position
    is_limited = start > cursor.start and cursor.word(-1) in ("truoc", "nhat", "tu")
    is_end = start > cursor.start + 2 and cursor.word(-1) in ("-", "den") and cursor.word(-3) == "."
    is_limited = is_limited or is_end
    has_word = bool(cursor.accept("ngay", "cac ngay")) or has_word or is_limited
    if date := _date_by_year(cursor):
        return date
    has_word = bool(cursor.accept("mung", "mong")) or has_word
    day = _day_number(cursor) if has_word else accept_day(cursor)
    if day:
        mark = cursor.word()
        if mark in ("/", ".", "-") and cursor.peek(1) is not None:
            date = _after_mark(cursor, mark, day, plan_year, has_word=has_word)
        else:
            is_day = has_word or _is_bare_day(cursor, day)
            date = _after_word(cursor, day, plan_year) if is_day else None
        if date:
            return date
    cursor.position = start
    return None


def _date_by_year(cursor: Cursor) -> Named | None:
    """Read "2026-06-30", as programs write it."""
    tokens = [token for ahead in range(5) if (token := cursor.peek(ahead))]
    year, month, day = peek_year(cursor), cursor.number(1, 12, 2), cursor.number(1, 31, 4)
    if len(tokens) < 5 or (tokens[1].text, tokens[3].text) != ("-", "-"):
        return None
    if not (year and month and day) or any(token.space for token in tokens[1:]):
        return None
    cursor.position += 5
    return Named("day", month, day, year)


def accept_day(cursor: Cursor) -> int:
    """Step over a day of the month in digits and return it, else 0."""
    day = cursor.number(1, 31)
    cursor.position += 1 if day else 0
    return day


def _day_number(cursor: Cursor) -> int:
    if cursor.word() == "nam" and cursor.word(1) == "thang" and cursor.word(-1) in ("mung", "mong"):
        cursor.position += 1
        return 5
    return accept_numeral(cursor, 31)


def _is_bare_day(cursor: Cursor, day: int) -> bool:
    """Tell whether the number just read is the day of "15 tháng 6", not "6 tháng", a length."""
    token = cursor.peek(-1)
    has_two_digits = token is not None and token.end - token.start == 2
    return has_two_digits and day not in (3, 6, 9) and cursor.word(2) != "thang"


def _after_mark(
    cursor: Cursor, mark: str, day: int, plan_year: int, *, has_word: bool
) -> Named | None:
    month = cursor.peek(1)
    if month is None or month.number < 0 or peek_year(cursor, 1):
        return None
    is_spaced = mark != "/" and (_spaced(cursor, 0) or _spaced(cursor, 1))
    if is_spaced and not (day > _MOST_MONTHS and cursor.word(2) == mark and peek_year(cursor, 3)):
        return None
    has_year = cursor.word(2) == mark and _number_at(cursor, 3) >= 0
    if mark != "/" and not (has_word or has_year):
        return None  # "2-3" may be two months, "1.1" a heading
    if not 1 <= month.number <= 12:
        raise ParseError(cursor.position - 1)
    cursor.position += 2
    if has_year:
        year = _full_year(cursor, plan_year)
    elif cursor.word() in ("/", "-"):  # other marks than between day and month: no date
        year = 0
    else:
        year = accept_year(cursor) or _named_year(cursor, plan_year)
    return Named("day", month.number, day, year)


_OF_REPORT = ("nam bao cao", "so voi nam bao cao", "sau nam bao cao", "cua nam bao cao")


def _named_year(cursor: Cursor, plan_year: int) -> int:
    """Step over "năm báo cáo", "năm sau", "của năm kế tiếp" and return which it is, else 0."""
    if cursor.accept("cua nam bao cao", "nam bao cao"):
        return plan_year
    if year := accept_next_year(cursor, plan_year):
        return year
    if not cursor.phrase.text.isascii() and cursor.accept("cua nam sau", "nam sau"):
        cursor.accept(*_OF_REPORT)
        return plan_year + 1
    return 0


def accept_next_year(cursor: Cursor, plan_year: int) -> int:
    """Step over "năm liền kề", "của năm kế tiếp" and return the year after the plan's, else 0."""
    start = cursor.position
    words = cursor.accept("cua nam ke tiep", "cua nam tiep theo", "nam ke tiep", "nam tiep theo")
    if not words and not cursor.phrase.text.isascii():
        words = cursor.accept(
            *("cua nam sau lien ke", "nam sau lien ke", "cua nam lien ke", "nam lien ke")
        )
    if words and cursor.word() in ("truoc", "hoac", "va"):
        cursor.position = start  # "năm liền kề trước đó" is the one before
        return 0
    cursor.accept(*_OF_REPORT) if words else ""
    return plan_year + 1 if words else 0


def _spaced(cursor: Cursor, ahead: int) -> bool:
    token = cursor.peek(ahead)
    return token is not None and token.space


def _number_at(cursor: Cursor, ahead: int) -> int:
    token = cursor.peek(ahead)
    return token.number if token else -1


def _full_year(cursor: Cursor, plan_year: int) -> int:
    token = cursor.peek(1)
    year = peek_year(cursor, 1)
    if token is not None and not (year or _is_blank(cursor)) and token.end - token.start == 2:
        year = plan_year - plan_year % 100 + token.number
        year = year if abs(year - plan_year) <= _NEAR else 0
    if not year:
        raise ParseError(cursor.position + 1)
    cursor.position += 2
    return year


def _after_word(cursor: Cursor, day: int, plan_year: int) -> Named | None:
    if not cursor.accept("thang", "cua thang"):
        return None
    month = accept_numeral(cursor, 12)
    if not month or cursor.word() == "lan":
        return None
    year = accept_year(cursor) or _named_year(cursor, plan_year)
    follows = cursor.word() in (",", "va", "-", "&", "+", "den")
    is_day = cursor.number(1, 31, 1) > 0 and cursor.word(2) == "thang"
    if follows and not is_day and (cursor.number(1, 12, 1) or cursor.word(1) in ("thang", "cac")):
        # "15 tháng 6 và tháng 12": of both, or is December a month?
        raise ParseError(cursor.position)
    return Named("day", month, day, year)
