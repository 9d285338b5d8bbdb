"""Reads months, quarters, halves and years that are named together.

Read at a cursor like the single dates of ``dates``; several periods named together
share a head word and often a year: "tháng 3, 6 và 9/2025", "quý IV/2025 - quý I/2026".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from parplan.deadlines.grammar.dates import (
    Named,
    NamedUnit,
    accept_next_year,
    accept_numeral,
    accept_year,
    peek_year,
)
from parplan.deadlines.grammar.tokens import Cursor

EARLY, LATE = dt.timedelta(days=92), dt.timedelta(days=45)
"""A dated report of a period is due within these days around the period's end."""


class Series(msgspec.Struct, frozen=True):
    """Dates or periods named together; ``is_range``: the first to the last of two."""

    items: tuple[Named, ...]
    is_range: bool = False

    @property
    def unit(self) -> NamedUnit:
        """What is named."""
        return self.items[0].unit


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _accept_month(cursor: Cursor) -> int:
    return accept_numeral(cursor, 12)


def _accept_quarter(cursor: Cursor) -> int:
    quarter = _ROMAN.get(cursor.word(), 0)
    cursor.position += 1 if quarter else 0
    return quarter or accept_numeral(cursor, 4)


def read_series(cursor: Cursor, plan_year: int = 0) -> Series | None:
    """Read periods named together: "tháng 3 và tháng 9", "quý IV/2025 - quý I/2026", "năm 2025".

    With the ``plan_year`` also "tháng 01 năm kế tiếp".
    """
    for read in (
        _read_milestones,
        _read_parts_of_year,
        _read_months,
        _read_quarters,
        _read_years,
        _read_week,
    ):
        start = cursor.position
        series = read(cursor)
        if series is not None and plan_year and series.unit in ("month", "quarter"):
            first, *others = series.items
            year = 0 if first.year or others else accept_next_year(cursor, plan_year)
            return Series((first.in_year(year),)) if year else series
        if series is not None:
            return series
        cursor.position = start
    return None


def _read_milestones(cursor: Cursor) -> Series | None:
    """Read "quý I, 6 tháng, 9 tháng, năm", "6 tháng đầu năm, cả năm": the year's reports."""
    items: list[Named] = []
    ends = ("9-months", "year") if cursor.is_at("quy") else ("year",)
    while (item := _read_milestone(cursor)) is not None:
        items.append(item)
        if len(items) > 4 or not cursor.accept(", va", ",", "va"):
            break
    units = [item.unit for item in items]
    # Without the half, and the year at its end, it may be another list.
    if len(items) < 2 or units[-1] not in ends or "half" not in units:
        return None
    if len(set(units)) < len(units) or (units[-1] == "year" and cursor.word(-1) != "nam"):
        return None
    year = peek_year(cursor)
    if cursor.number(0, 9999) and not year:
        return None
    cursor.position += 1 if year else 0
    return Series(tuple(item.in_year(year) for item in items))


def _read_milestone(cursor: Cursor) -> Named | None:
    if cursor.accept("quy i", "quy 1"):
        return Named("quarter", 1)
    lengths: tuple[tuple[int, NamedUnit], ...] = ((6, "half"), (9, "9-months"))
    for months, unit in lengths:
        if cursor.number(months, months) and cursor.word(1) == "thang":
            cursor.position += 2
            cursor.accept("dau nam")
            return Named(unit, 1 if months == 6 else 0)
    if cursor.number(3, 3) and cursor.is_at("thang ,", 1):
        cursor.position += 2
        return Named("quarter", 1)
    words = cursor.accept("ca nam", "cuoi nam", "nam", "1 nam", "01 nam", "mot nam", "tong ket nam")
    return Named("year") if words else None


def _read_parts_of_year(cursor: Cursor) -> Series | None:
    end = ""
    if cursor.accept("nua"):
        length, end = 6, cursor.accept("dau", "cuoi")
    else:
        length = accept_numeral(cursor, 11)
        if not length or not cursor.accept("thang"):
            return None
        end = cursor.accept("dau", "cuoi")
        if not end and not (length == 9 and cursor.word() == "nam" and peek_year(cursor, 1)):
            return None
    cursor.accept("cua")
    unit = _ENDS.get((length, end or "dau"))
    if unit is None and end == "dau" and cursor.accept("nam"):
        year = peek_year(cursor)
        cursor.position += 1 if year else 0
        ends = (Named("month", 1, 0, year), Named("month", length, 0, year))
        return Series(ends, is_range=True) if length > 1 else None
    if unit is None or not cursor.accept("nam"):
        return None
    year = peek_year(cursor)
    cursor.position += 1 if year else 0
    return Series((Named(unit[0], unit[1], 0, year),))


_ENDS: dict[tuple[int, str], tuple[NamedUnit, int]] = {
    (3, "dau"): ("quarter", 1),
    (3, "cuoi"): ("quarter", 4),
    (6, "dau"): ("half", 1),
    (6, "cuoi"): ("half", 2),
    (9, "dau"): ("9-months", 0),
}


def _read_months(cursor: Cursor) -> Series | None:
    token, following = cursor.peek(), cursor.peek(1)
    if cursor.is_at("th .") and cursor.number(1, 12, 2):
        cursor.position += 2
        return _read_several(cursor, "month", ("thang", "th"), _accept_month)
    if token and token.text in ("t", "th") and following and not following.space:  # "T6/2025"
        cursor.position += 1
        has_year = cursor.word(1) == "/" and peek_year(cursor, 2)
        month = cursor.number(1, 12)
        is_month = has_year or _spans_months(cursor) or not 2 <= month <= 7 or _after_end(cursor)
        if month and (is_month or _lists_months(cursor)):
            return _read_several(cursor, "month", ("thang", "t"), _accept_month)
        return None
    if cursor.accept("thang", "cac thang"):
        return _read_several(cursor, "month", ("thang", "t"), _accept_month)
    if cursor.number(1, 12) and cursor.word(1) == "/" and peek_year(cursor, 2):
        return _read_several(cursor, "month", ("thang",), _accept_month)
    if _is_dashed(cursor):
        return _read_several(cursor, "month", ("thang",), _accept_month)
    return None


def _spans_months(cursor: Cursor) -> bool:
    """Tell whether "T1-T6", "T3 đến T9" goes on here: T2 to T7 may be days of the week."""
    if not (cursor.is_at("- t", 1) or cursor.is_at("den t", 1)):
        return False
    first, last = cursor.number(1, 12), cursor.number(1, 12, 3)
    has_year = cursor.word(4) == "/" and peek_year(cursor, 5) > 0
    return has_year or not 2 <= first <= 7 or not 2 <= last <= 7


def _after_end(cursor: Cursor) -> bool:
    """Tell whether "cuối" or the like stands before "T5", so that it is no Thursday."""
    before = cursor.position - 2
    ends = ("cuoi", "het", "thang", "trong")
    return before >= cursor.start and cursor.phrase.tokens[before].text in ends


def _lists_months(cursor: Cursor) -> bool:
    """Tell whether "T6, T12" goes on here: T2 to T7 alone may be days of the week."""
    numbers, ahead = [cursor.number(1, 12)], 1
    while cursor.word(ahead) in (",", "va") and cursor.word(ahead + 1) == "t":
        numbers.append(cursor.number(1, 12, ahead + 2))
        ahead += 3
    has_year = cursor.word(ahead) == "/" and peek_year(cursor, ahead + 1) > 0
    is_month = has_year or any(not 2 <= number <= 7 for number in numbers)
    return len(numbers) > 1 and all(numbers) and is_month


def _is_dashed(cursor: Cursor) -> bool:
    """Tell whether "11–12/2025" stands here, two months; with a hyphen it may be a date."""
    month = cursor.number(1, 12)
    if not month or cursor.accented(1) not in ("–", "—"):
        return False
    year_follows = cursor.word(3) == "/" and peek_year(cursor, 4) > 0
    return cursor.number(1, 12, 2) == month + 1 and year_follows


def _read_quarters(cursor: Cursor) -> Series | None:
    dot = 1 if cursor.is_at("q .") else 0
    if cursor.word() == "q" and cursor.word(dot + 2) == "/" and peek_year(cursor, dot + 3):
        cursor.position += dot + 1  # "Q3/2026"; "Q3" alone may be a district
    elif not cursor.accept("quy", "qui", "cac quy"):
        return None
    return _read_several(cursor, "quarter", ("quy", "qui"), _accept_quarter)


def _read_several(
    cursor: Cursor, unit: NamedUnit, heads: tuple[str, ...], value: Callable[[Cursor], int]
) -> Series | None:
    """Read "6", "3, 6 và 9/2025", "IV/2025 - I/2026" behind the head word."""
    first = value(cursor)
    if not first:
        return None
    items = [Named(unit, first, 0, accept_year(cursor))]
    shares_head = True
    if cursor.word() in ("-", "den"):
        start = cursor.position
        cursor.position += 1
        cursor.accept("het")
        cursor.accept(*heads)
        last = value(cursor)
        if last and cursor.word() not in ("thang", "lan"):  # "đến hết 6 tháng cuối năm"
            items.append(Named(unit, last, 0, accept_year(cursor)))
            return Series((items[0].in_year(items[1].year), items[1]), is_range=True)
        cursor.position = start
    while cursor.word() in (",", "va", "&", "+"):
        start = cursor.position
        cursor.position += 2 if cursor.is_at(", va") else 1
        has_head = bool(cursor.accept(*heads))
        following = value(cursor)
        if not following or cursor.word() in ("thang", "lan") or is_date_mark(cursor):
            cursor.position = start
            break
        items.append(Named(unit, following, 0, accept_year(cursor)))
        shares_head = shares_head and not has_head
    if shares_head:  # "tháng 3, 9/2026": one year for both
        items = _with_years(items)
    if items != sorted(items, key=lambda item: (item.year, item.number)) and items[-1].year:
        return None  # "tháng 12 và 01/2027": December of which year?
    return Series(tuple(items))


def _with_years(items: list[Named]) -> list[Named]:
    """Return ``items``, each without a year with that of the next that has one."""
    dated: list[Named] = []
    for item in reversed(items):
        dated.append(item.in_year(dated[-1].year) if dated else item)
    return dated[::-1]


def is_date_mark(cursor: Cursor) -> bool:
    """Tell whether the number just read goes on as a date: "tháng 6, 9/12"."""
    return cursor.word() == "/" and not peek_year(cursor, 1)


def _read_years(cursor: Cursor) -> Series | None:
    has_head = bool(cursor.accept("giai doan"))
    has_head = bool(cursor.accept("nam", "cac nam")) or has_head
    first = peek_year(cursor)
    if not first:
        return None
    cursor.position += 1
    if not has_head and cursor.word() in ("/", "."):
        return None
    items = [Named("year", 0, 0, first)]
    if cursor.word() in ("-", "den"):
        steps = 2 if cursor.word(1) == "nam" else 1
        if last := peek_year(cursor, steps):
            cursor.position += steps + 1
            return Series((items[0], Named("year", 0, 0, last)), is_range=True)
    while cursor.word() in (",", "va"):
        steps = 2 if cursor.word(1) == "nam" else 1
        following = peek_year(cursor, steps)
        if not following:
            break
        cursor.position += steps + 1
        items.append(Named("year", 0, 0, following))
    return Series(tuple(items))


def _read_week(cursor: Cursor) -> Series | None:
    if not cursor.accept("tuan"):
        return None
    cursor.accept("thu")
    number = cursor.number(1, 53)
    if not number:
        return None
    cursor.position += 1
    year = accept_year(cursor)
    return Series((Named("week", number, 0, year),)) if year else None
