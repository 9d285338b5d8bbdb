"""Reads the last day within a period that was named before: "quý I, chậm nhất 20/3"."""

from __future__ import annotations

from parplan.deadlines.grammar.dated import read_dated
from parplan.deadlines.grammar.dates import accept_day
from parplan.deadlines.grammar.limits import Bound, read_bound, skip_filling
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.periods import Period
from parplan.schedule.rules import On

_EARLY_MONTHS = 2


def read_narrowed(cursor: Cursor, context: Context, meaning: Meaning) -> Meaning | None:
    """Read the last day within a period: "quý I, chậm nhất 20/3", "tháng 9 (trước ngày 20)".

    None where no such limit follows.  Raises ParseError for a day outside the period.
    """
    start = cursor.position
    if (inner := _read_inner(cursor, context, meaning)) is not None:
        return inner
    cursor.position = start
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
    if period.kind == "year" and days[0].month <= _EARLY_MONTHS:
        raise ParseError(start)  # "cả năm (báo cáo trước 15/01)": of the year after
    if not period.first <= days[0] <= period.last or (bracket and not cursor.accept(")")):
        raise ParseError(start)
    return date


def _read_inner(cursor: Cursor, context: Context, meaning: Meaning) -> Meaning | None:
    """Read "(tháng 5)" behind "quý II", "(tháng 6 và tháng 12)" behind "năm 2026": when in it.

    None where not every period has one within it, or one is as long as the period itself.
    """
    if not cursor.accept("("):
        return None
    cursor.accept("hoan thanh", "xong", "thuc hien", "to chuc", "du kien", "khoang")
    cursor.accept("trong", "vao")
    inner = read_dated(cursor, context, read_bound(cursor, context))
    if inner is None or not cursor.accept(")"):
        return None
    outer = [period for rule in meaning.rules for period, _ in rule.due_dates(context.year)]
    days = [period for rule in inner.rules for period, _ in rule.due_dates(context.year)]
    is_inside = all(any(period.covers(day) and period != day for period in outer) for day in days)
    has_each = all(any(period.covers(day) for day in days) for period in outer)
    return inner if is_inside and has_each else None


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
