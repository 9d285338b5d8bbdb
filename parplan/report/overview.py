"""What waits for a clerk today: what is overdue or due soon, and which report is next?"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from parplan.agenda.items import Item, items
from parplan.journal.progress import Progress
from parplan.plan.model import Plan, Reporting
from parplan.report.build import serves
from parplan.schedule.periods import Period
from parplan.schedule.rules import BadRule, Every


class NextReport(msgspec.Struct, frozen=True):
    """A report that is to be sent by ``due``, inclusive; ``rule`` is what the plan says of it."""

    rule: Reporting
    period: Period
    due: dt.date


class Overview(msgspec.Struct, frozen=True):
    """What is open on the day ``as_of``, in the order of due days, and the reports next sent."""

    as_of: dt.date
    overdue: list[Item]
    soon: list[Item]
    reports: list[NextReport]


def overview(plan: Plan, progress: Mapping[str, Progress], as_of: dt.date) -> Overview:
    """Return what waits on the day ``as_of``.

    ``soon`` falls due within ``SOON_DAYS``; ``reports`` are the first still to be sent in the
    plan's year, several where their last day is the same.
    """
    every = sorted(items(plan, progress, as_of), key=lambda item: item.due)
    return Overview(
        as_of,
        [item for item in every if item.timing == "overdue"],
        [item for item in every if item.timing == "due-soon"],
        _next_reports(plan, every, as_of),
    )


def _next_reports(plan: Plan, every: list[Item], as_of: dt.date) -> list[NextReport]:
    first = max(as_of, plan.effective_from)
    ahead = [report for report in _reports(plan) if report.due >= first]
    ahead = [report for report in ahead if not _is_settled(report, every)]
    nearest = min((report.due for report in ahead), default=None)
    return [report for report in ahead if report.due == nearest]


def _reports(plan: Plan) -> Iterator[NextReport]:
    for rule in plan.reporting:
        with contextlib.suppress(BadRule):  # a day that a week has not is no day to send by
            sending = Every(every=rule.every, before=rule.before, by=rule.by)
            for period, due in sending.due_dates(plan.year, plan.workdays):
                yield NextReport(rule, period, due)


def _is_settled(report: NextReport, every: Iterable[Item]) -> bool:
    """Tell whether the occurrences that ``report`` settles are closed; one without stays open."""
    served = list(serves(report.rule, report.period, every))
    return bool(served) and not any(item.is_open for item in served)
