"""Reads the last day within a period that was named before: "quý I, chậm nhất 20/3"."""

from __future__ import annotations

from parplan.deadlines.grammar.bounds import Bound, read_bound
from parplan.deadlines.grammar.dated import read_dated
from parplan.deadlines.grammar.dates import accept_day
from parplan.deadlines.grammar.limits import skip_filling
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.periods import Period
from parplan.schedule.rules import On


def read_narrowed(cursor: Cursor, context: Context, meaning: Meaning) -> Meaning | None:
    """Read the last day within a period: "quý I, chậm nhất 20/3", "tháng 9 (trước ngày 20)".

    None where no such limit follows.  Raises ParseError for a day outside the period.
    """
    start = cursor.position
    bracket = cursor.accept("(")
    cursor.accept(",")
    skip_filling(cursor)
    is_limit = cursor.word() in ("cham", "muon") or cursor.is_at("khong qua")
    if not (is_limit or (bracket and cursor.word() in ("truoc", "xong"))):
        cursor.position = start
        return None
    (period, _last), *others = meaning.rules[0].due_dates(context.year)
    before = read_bound(cursor, context)
    date = read_dated(cursor, context, before) or _day_within(cursor, period, before)
    rules = date.rules if date is not None else []
    days = [due for rule in rules if isinstance(rule, On) for _p, due in rule.due_dates(0)]
    if others or len(meaning.rules) > 1 or len(days) != 1 or len(rules) != 1:
        raise ParseError(start)
    if not period.first <= days[0] <= period.last or (bracket and not cursor.accept(")")):
        raise ParseError(start)
    return date


def _day_within(cursor: Cursor, period: Period, before: Bound) -> Meaning | None:
    """Read "ngày 20" of the month that was named before."""
    day = accept_day(cursor) if cursor.accept("ngay") else 0
    if not day or (period.first.month, period.first.year) != (period.last.month, period.last.year):
        return None
    if day > period.last.day:
        return None
    date = period.first.replace(day=day)
    rule = On(by=date) if before.includes_day else On(before=date)
    return Meaning("date", [rule])
