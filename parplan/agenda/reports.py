"""Which periodic reports does the plan ask for, by when, and which of them have been sent?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from parplan.agenda.items import Item
from parplan.plan.model import Plan, Reporting
from parplan.schedule.periods import Period


class ExpectedReport(msgspec.Struct, frozen=True):
    """A report that is to be sent by ``due``, inclusive; ``rule`` is what the plan says of it."""

    rule: Reporting
    period: Period
    due: dt.date


def expected_reports(plan: Plan) -> Iterator[ExpectedReport]:
    """Yield the periodic reports of the plan's year."""
    for rule in plan.reporting:
        for period, due in rule.sending.due_dates(plan.year):
            yield ExpectedReport(rule, period, due)


def serves(rule: Reporting | None, period: Period, every: Iterable[Item]) -> Iterator[Item]:
    """Yield the occurrences among ``every`` that a report on ``period`` settles by the ``rule``."""
    served = {entry.task: entry.every for entry in rule.serves} if rule else {}
    for item in every:
        part = item.occurrence.period
        if part.last == period.last and part.kind in served.get(item.task.id, ()):
            yield item


def is_sent(report: ExpectedReport, every: Iterable[Item]) -> bool:
    """Tell whether the occurrences that ``report`` settles are closed; one without stays open."""
    served = list(serves(report.rule, report.period, every))
    return bool(served) and not any(item.is_open for item in served)
