"""Reads a piece that recurs: "hàng quý", "trước ngày 25 hàng tháng"."""

from __future__ import annotations

from typing import Literal

from parplan.deadlines.grammar.counted_days import (
    read_days_of_month,
    read_days_of_week,
    read_nth_weekday,
    read_week_of_month,
)
from parplan.deadlines.grammar.dated import read_dated
from parplan.deadlines.grammar.dates import accept_day, peek_year
from parplan.deadlines.grammar.day_of_period import Day, read_day
from parplan.deadlines.grammar.frequency import (
    Lengths,
    accept_following,
    read_lengths,
    read_recurring,
)
from parplan.deadlines.grammar.limits import Bound, read_bound, skip_filling
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.names import DOCUMENTS
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.deadlines.grammar.vocabulary import REPORTS
from parplan.schedule import periods
from parplan.schedule.periods import Length, Period
from parplan.schedule.rules import AnyRule, Days, Every, In, On

_EARLIEST: dict[Length, int] = {"month": 1, "quarter": 20}
"""From which day on a day alone is one of the period's last month."""


_HALF = 15
"""From this day on a monthly report is one of its own month."""


def read_recurrent(cursor: Cursor, context: Context, lengths: Lengths) -> Meaning | None:
    """Read "hàng tháng, quý, năm", alone or before a day: "hằng năm, trước ngày 15/12".

    ``lengths`` are the periods that the label names.
    """
    start = cursor.position
    units = read_recurring(cursor)
    if not units and cursor.position > cursor.start + 2 and cursor.is_at("bao cao", -2):
        units = read_lengths(cursor, "")  # "thường xuyên, có báo cáo quý"
        units = units if cursor.at_end else []
    if not units:
        return None
    if lengths and [unit for unit, _words in units] != [unit for unit, _words in lengths]:
        raise ParseError(start)  # "Báo cáo quý: hàng tháng"
    return read_of_units(cursor, context, units)


def read_of_units(cursor: Cursor, context: Context, units: Lengths) -> Meaning:
    """Read the day of every period in ``units``, which were named before it, if there is one."""
    skip_own_year(cursor, context)
    end = cursor.position
    cursor.accept(",", ":", "vao")
    bracket = cursor.accept("(")
    skip_filling(cursor)
    years_before = set(context.years)
    meaning = read_bounded(cursor, context, units) or _day_of_month(cursor, context, units)
    if context.years - years_before - {context.year}:
        raise ParseError(end)  # "hằng năm, giai đoạn 2021-2025"
    if meaning is not None and (meaning.sort == "recurring" or _only(units, "year")):
        if bracket:
            cursor.expect(")")
        return meaning
    cursor.position = end
    several = len(units) > 1
    rules: list[AnyRule] = [
        Every(unit, label=_capital(words) if several else "") for unit, words in units
    ]
    return Meaning("recurring", rules)


def read_within(cursor: Cursor, context: Context, meaning: Meaning) -> Meaning:
    """Read ", từ tháng 9 đến tháng 12/2026" behind "hằng tháng": each of these months."""
    start = cursor.position
    bracket = cursor.accept(", (", "(", ",")
    series = None
    if cursor.accented() == "từ":
        cursor.position += 1
        series = read_series(cursor)
    if series is None or not series.is_range or (bracket == "(" and not cursor.accept(")")):
        cursor.position = start
        return meaning
    period = context.range(series.items, start).period()
    return within(meaning, period, context, start)


def within(meaning: Meaning, period: Period, context: Context, start: int) -> Meaning:
    """Return what recurs in ``meaning`` for each month of ``period``; raises ParseError."""
    rules: list[AnyRule] = []
    for rule in meaning.rules:
        if not isinstance(rule, Every) or rule.every not in ("month", "quarter") or rule.count:
            raise ParseError(start)
        rules += [
            On(by=due) if rule.by or rule.before else In(each.name)
            for each, due in rule.due_dates(context.year)
            if period.covers(each)
        ]
    whole = [each for rule in meaning.rules for each, _due in rule.due_dates(context.year)]
    is_cut = any(each.first < day <= each.last for each in whole for day in (period.first,))
    is_cut = is_cut or any(each.first <= period.last < each.last for each in whole)
    if period.last.year != context.year or not rules or is_cut:
        raise ParseError(start)
    return Meaning("date", rules)


def read_bounded(cursor: Cursor, context: Context, lengths: Lengths) -> Meaning | None:
    """Read what stands behind a limit: a day of every period, dates, or periods."""
    start = cursor.position
    before = read_bound(cursor, context)
    at = cursor.position
    meaning = (
        _on_nth_weekday(cursor, context, before)
        or _on_day_of_each(cursor, context, before)
        or _in_every(cursor, context, before, lengths)
    )
    if meaning is None:
        cursor.position = at
        meaning = read_dated(cursor, context, before)
        if meaning is not None and _tells_of_thing(cursor, start, before):
            raise ParseError(start)
    if meaning is None:
        cursor.position = start
    return meaning


def _on_nth_weekday(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    at = cursor.position
    named = read_nth_weekday(cursor, context.year)
    if named is None and before.includes_day:
        named = read_week_of_month(cursor, context.year)
    if named is None:
        return None
    day = context.period(named, at).first
    return Meaning("date", [On(by=day) if before.includes_day else On(before=day)])


def _on_day_of_each(cursor: Cursor, context: Context, before: Bound) -> Meaning | None:
    """Read "ngày 25 của tháng cuối quý" of each period of the label: "quý I, quý III: …"."""
    start = cursor.position
    cursor.accept("ngay")
    day = accept_day(cursor) if context.named else 0
    cursor.accept("cua")
    is_last = day > 0 and bool(cursor.accept("thang cuoi cung", "thang cuoi"))
    is_first = day > 0 and bool(cursor.accept("thang dau quy", "thang dau tien cua quy"))
    is_next = day > 0 and not is_last and (is_first or bool(cursor.accept("thang")))
    is_next = is_next and accept_following(cursor)
    cursor.accept("cua")
    if not (is_next or (is_last and cursor.accept("quy bao cao", "ky bao cao", "quy", "ky"))):
        cursor.position = start
        return None
    months = 1 if is_next else 0
    ends = [(period.last.year, period.last.month + months) for period in context.named]
    days = [periods.day_of_month(year, month, day) for year, month in ends]
    rules = [On(by=due) if before.includes_day else On(before=due) for due in days]
    return Meaning("date", list(rules))


def read_day_of_label(cursor: Cursor, context: Context, lengths: Lengths) -> Meaning | None:
    """Read the "trước ngày 15" of "báo cáo tháng: trước ngày 15".

    An early day may be one of the month after.
    """
    start = cursor.position
    meaning = _day_of_month(cursor, context, lengths)
    day = cursor.number(1, 31, -1) if meaning is not None else 0
    if day >= _HALF:
        return meaning
    cursor.position = start
    return None


def _tells_of_thing(cursor: Cursor, start: int, before: Bound) -> bool:
    """Tell whether the date behind token ``start`` is that of a thing named before it.

    "Ban hành Kế hoạch ngày 15/3" may be the plan of that day, "số liệu đến 30/6" reaches so far.
    """
    tokens = cursor.phrase.tokens
    if start < cursor.start + 2:
        return False
    thing = f"{tokens[start - 2].text} {tokens[start - 1].text}"
    is_day = tokens[start].text == "ngay" or tokens[start].number > 0
    is_document = thing in DOCUMENTS and before.limit is None and is_day
    reaches = tokens[start].accented in ("từ", "đến", "tới", *("trong",) * (thing == "so lieu"))
    verb = " ".join(token.text for token in tokens[max(start - 4, cursor.start) : start - 2])
    is_data = thing in ("so lieu", "ket qua") or (thing == "ho so" and verb in REPORTS)
    return is_document or (is_data and reaches)


def skip_own_year(cursor: Cursor, context: Context) -> None:
    """Step over "trong năm 2025" behind a recurrence.

    Raises ParseError for another year than the plan's.
    """
    start = cursor.position
    words = cursor.accept("trong ca nam", "trong suot nam", "trong nam", "cua nam", "nam")
    if not words:
        return
    year = peek_year(cursor)
    if year and year != context.year:
        raise ParseError(start)
    if year:
        cursor.position += 1
    elif words == "nam":
        cursor.position = start


def _only(units: Lengths, unit: Length) -> bool:
    return [length for length, _words in units] == [unit]


def _day_of_month(cursor: Cursor, context: Context, units: Lengths) -> Meaning | None:
    """Read "trước ngày 25" behind "hàng tháng".

    Behind "hàng quý" a late day is one of its last month; an early one may be of the next.
    """
    unit = next((unit for unit in _EARLIEST if _only(units, unit)), None)
    if unit is None:
        return None
    start = cursor.position
    before = read_bound(cursor, context)
    if cursor.accept("ngay") and (day := accept_day(cursor)) >= _EARLIEST[unit]:
        return Meaning("recurring", [_every_rule(Day(day, [unit]), unit, before, "")])
    cursor.position = start
    return None


def _in_every(cursor: Cursor, context: Context, before: Bound, lengths: Lengths) -> Meaning | None:
    """Read a day of every period: "ngày 25 hàng tháng", "ngày 10 tháng cuối quý"."""
    units = [unit for unit, _words in lengths]
    start = cursor.position
    if days := read_days_of_month(cursor, units):
        if days[0] == 1 and not before.includes_day:
            raise ParseError(start)  # before the first: a day of the month before
        in_time = days if before.includes_day else tuple(day - 1 for day in days)
        return Meaning("recurring", [Days(in_time)])
    if weekdays := read_days_of_week(cursor, units):
        if not before.includes_day:
            raise ParseError(start)  # "trước thứ Ba và thứ Năm hằng tuần"
        return Meaning("recurring", [Days(weekdays, of="week")])
    day = read_day(cursor, units)
    if day is None:
        return None
    if not day.day and not before.includes_day:
        raise ParseError(cursor.position - 1)
    skip_own_year(cursor, context)
    labels = dict(lengths) if len(lengths) > 1 else {}
    rules = [_every_rule(day, unit, before, _capital(labels.get(unit, ""))) for unit in day.units]
    return Meaning("recurring", rules)


def _every_rule(day: Day, unit: Length, before: Bound, label: str) -> AnyRule:
    if not day.day:
        return Every(unit, label=label)
    of: Literal["next-month"] | None = "next-month" if day.in_next_month else None
    if before.includes_day:
        return Every(unit, by=day.day, of=of, count=day.count, label=label)
    return Every(unit, before=day.day, of=of, count=day.count, label=label)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
