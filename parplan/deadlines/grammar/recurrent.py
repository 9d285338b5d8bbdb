"""What does a piece that recurs mean: "hàng quý", "trước ngày 25 hàng tháng"?"""

from __future__ import annotations

from typing import Literal

from parplan.deadlines.grammar import dated, dates, days, limits, recurrences
from parplan.deadlines.grammar.dated import Bound
from parplan.deadlines.grammar.days import Day
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.recurrences import Lengths
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.period import Length
from parplan.schedule.rules import AnyRule, Every


def read(cursor: Cursor, context: Context, given: Lengths) -> Meaning | None:
    """Read "hàng tháng, quý, năm", alone or before a day: "hằng năm, trước ngày 15/12".

    ``given`` are the periods that the label names.
    """
    start = cursor.at
    units = recurrences.recurring(cursor)
    if not units:
        return None
    if given and [unit for unit, _words in units] != [unit for unit, _words in given]:
        raise ParseError(start)  # "Báo cáo quý: hàng tháng"
    skip_own_year(cursor, context)
    end = cursor.at
    cursor.take(",", ":", "vao")
    bracket = cursor.take("(")
    limits.skip_filling(cursor)
    known = set(context.years)
    found = bounded(cursor, context, units) or _day_of_month(cursor, context, units)
    if context.years - known - {context.year}:
        raise ParseError(end)  # "hằng năm, giai đoạn 2021-2025"
    if found is not None and (found.sort == "recurring" or _only(units, "year")):
        if bracket:
            cursor.need(")")
        return found
    cursor.at = end
    several = len(units) > 1
    rules: list[AnyRule] = [
        Every(unit, label=_capital(words) if several else "") for unit, words in units
    ]
    return Meaning("recurring", rules)


def bounded(cursor: Cursor, context: Context, given: Lengths) -> Meaning | None:
    """Read what stands behind a limit: a day of every period, dates, or periods."""
    start = cursor.at
    before = dated.bound(cursor, context)
    at = cursor.at
    found = _in_every(cursor, context, before, given)
    if found is None:
        cursor.at = at
        found = dated.read(cursor, context, before)
    if found is None:
        cursor.at = start
    return found


def skip_own_year(cursor: Cursor, context: Context) -> None:
    """Step over "trong năm 2025" behind a recurrence.

    Raises ParseError for another year than the plan's.
    """
    start = cursor.at
    words = cursor.take("trong ca nam", "trong suot nam", "trong nam", "cua nam", "nam")
    if not words:
        return
    year = dates.year_number(cursor)
    if year and year != context.year:
        raise ParseError(start)
    if year:
        cursor.at += 1
    elif words == "nam":
        cursor.at = start


def _only(units: Lengths, unit: Length) -> bool:
    return [one for one, _words in units] == [unit]


def _day_of_month(cursor: Cursor, context: Context, units: Lengths) -> Meaning | None:
    """Read "trước ngày 25" behind "hàng tháng"; for longer periods the month is missing."""
    if not _only(units, "month"):
        return None
    start = cursor.at
    before = dated.bound(cursor, context)
    if cursor.take("ngay") and (day := dates.digits(cursor)):
        return Meaning("recurring", [_every(Day(day, ["month"]), "month", before, "")])
    cursor.at = start
    return None


def _in_every(cursor: Cursor, context: Context, before: Bound, given: Lengths) -> Meaning | None:
    """Read a day of every period: "ngày 25 hàng tháng", "ngày 10 tháng cuối quý"."""
    found = days.read(cursor, [unit for unit, _words in given])
    if found is None:
        return None
    if not found.day and not before.includes_day:
        raise ParseError(cursor.at - 1)
    skip_own_year(cursor, context)
    labels = dict(given) if len(given) > 1 else {}
    rules = [_every(found, unit, before, _capital(labels.get(unit, ""))) for unit in found.units]
    return Meaning("recurring", rules)


def _every(found: Day, unit: Length, before: Bound, label: str) -> AnyRule:
    if not found.day:
        return Every(unit, label=label)
    of: Literal["next-month"] | None = "next-month" if found.in_next_month else None
    if before.includes_day:
        return Every(unit, by=found.day, of=of, label=label)
    return Every(unit, before=found.day, of=of, label=label)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
