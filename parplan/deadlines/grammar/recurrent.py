"""What does a piece that recurs mean: "hàng quý", "trước ngày 25 hàng tháng"?"""

from __future__ import annotations

from typing import Literal

from parplan.deadlines.grammar.dated import Bound, read_bound, read_dated
from parplan.deadlines.grammar.dates import accept_day, peek_year
from parplan.deadlines.grammar.days import Day, read_day
from parplan.deadlines.grammar.limits import skip_filling
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.recurrences import Lengths, read_recurring
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.period import Length
from parplan.schedule.rules import AnyRule, Every


def read_recurrent(cursor: Cursor, context: Context, given: Lengths) -> Meaning | None:
    """Read "hàng tháng, quý, năm", alone or before a day: "hằng năm, trước ngày 15/12".

    ``given`` are the periods that the label names.
    """
    start = cursor.at
    units = read_recurring(cursor)
    if not units:
        return None
    if given and [unit for unit, _words in units] != [unit for unit, _words in given]:
        raise ParseError(start)  # "Báo cáo quý: hàng tháng"
    skip_own_year(cursor, context)
    end = cursor.at
    cursor.take(",", ":", "vao")
    bracket = cursor.take("(")
    skip_filling(cursor)
    known = set(context.years)
    found = read_bounded(cursor, context, units) or _day_of_month(cursor, context, units)
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


def read_bounded(cursor: Cursor, context: Context, given: Lengths) -> Meaning | None:
    """Read what stands behind a limit: a day of every period, dates, or periods."""
    start = cursor.at
    before = read_bound(cursor, context)
    at = cursor.at
    found = _in_every(cursor, context, before, given)
    if found is None:
        cursor.at = at
        found = read_dated(cursor, context, before)
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
    year = peek_year(cursor)
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
    before = read_bound(cursor, context)
    if cursor.take("ngay") and (day := accept_day(cursor)):
        return Meaning("recurring", [_every_rule(Day(day, ["month"]), "month", before, "")])
    cursor.at = start
    return None


def _in_every(cursor: Cursor, context: Context, before: Bound, given: Lengths) -> Meaning | None:
    """Read a day of every period: "ngày 25 hàng tháng", "ngày 10 tháng cuối quý"."""
    found = read_day(cursor, [unit for unit, _words in given])
    if found is None:
        return None
    if not found.day and not before.includes_day:
        raise ParseError(cursor.at - 1)
    skip_own_year(cursor, context)
    labels = dict(given) if len(given) > 1 else {}
    rules = [
        _every_rule(found, unit, before, _capital(labels.get(unit, ""))) for unit in found.units
    ]
    return Meaning("recurring", rules)


def _every_rule(found: Day, unit: Length, before: Bound, label: str) -> AnyRule:
    if not found.day:
        return Every(unit, label=label)
    of: Literal["next-month"] | None = "next-month" if found.in_next_month else None
    if before.includes_day:
        return Every(unit, by=found.day, of=of, label=label)
    return Every(unit, before=found.day, of=of, label=label)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
