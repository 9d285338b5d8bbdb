"""Which days' records does a report take, and which report stands before and after it?"""

from __future__ import annotations

import datetime as dt

from parplan.plan.model import Plan, Reporting
from parplan.report.model import Kind
from parplan.schedule import periods
from parplan.schedule.periods import Period

_ONE_DAY = dt.timedelta(days=1)


def kind_of(period: Period) -> Kind:
    """Return the kind of a report on ``period``: its length, 'thematic' for a range or a day."""
    match period.kind:
        case "day" | "range":
            return "thematic"
        case length:
            return length


def reporting_for(plan: Plan, period: Period) -> Reporting | None:
    """Return what the plan says of reports on periods such as ``period``."""
    kind = kind_of(period)
    return next((rule for rule in plan.reporting if rule.every == kind), None)


def window_of(
    rule: Reporting | None,
    period: Period,
    as_of: dt.date,
    previous_end: dt.date | None = None,
    until: dt.date | None = None,
) -> Period:
    """Return the days whose data a report on ``period`` takes, ended by the day of drafting.

    It begins after ``previous_end``, the last day that the report before it took, or where
    there is none as the plan's rule says; it ends with ``until`` instead of the rule's day.  So
    each day is in one report, whenever they were drafted.  The window may end before it
    begins: then the period has not begun.
    """
    first, last = period.first, until or period.last
    if previous_end is not None:
        first = previous_end + _ONE_DAY
    elif rule is not None and rule.data_from is not None:
        first = data_start(rule, period)
    if until is None and rule is not None and rule.data_until is not None:
        last = periods.day_of_month(last.year, last.month, rule.data_until)
    return periods.days(first, min(last, as_of))


def data_start(rule: Reporting, period: Period) -> dt.date:
    """Return the first day of the data of ``period`` by the plan's ``rule``.

    The day after the last one of the period before, where both have a rule: the 31st in a
    shorter month neither leaves a day out nor counts one twice.
    """
    month = period.first.year, period.first.month - 1
    if rule.data_until is not None and rule.data_from == rule.data_until + 1:
        return periods.day_of_month(*month, rule.data_until) + _ONE_DAY
    assert rule.data_from is not None
    return periods.day_of_month(*month, rule.data_from)


def previous(period: Period) -> Period | None:
    """Return the period of the report that ended where that on ``period`` begins; None for days.

    Reports on 6 months, 9 months and a year all begin with the year: before them stands the
    report on the year before.

    >>> previous(periods.month(2026, 1)).name, previous(periods.of("9-months", 2026)).name
    ('2025-12', '2025')
    """
    match kind_of(period):
        case "thematic":
            return None
        case "half" if period.number == 2:
            return periods.of("half", period.year, 1)
        case "half" | "9-months" | "year":
            return periods.year(period.year - 1)
        case kind:
            day = period.first - _ONE_DAY
            year = day.isocalendar().year if kind == "week" else day.year
            return next(candidate for candidate in periods.each(kind, year) if day in candidate)


def following(period: Period) -> Period:
    """Return the period of the same length that comes next.

    >>> following(periods.of("quarter", 2025, 4)).name
    '2026-Q1'
    """
    kind = kind_of(period)
    start = period.last + dt.timedelta(days=1)
    if kind == "9-months":
        return periods.of("quarter", period.last.year, 4)
    if kind == "thematic":
        last = period.last + (period.last - period.first) + dt.timedelta(days=1)
        return periods.days(start, last)
    year = start.isocalendar().year if kind == "week" else start.year
    return next(candidate for candidate in periods.each(kind, year) if candidate.first == start)
