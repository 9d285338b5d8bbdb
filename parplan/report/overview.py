"""What waits for a clerk today: what is overdue or due soon, and which report is next?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from parplan.agenda.items import Item, items
from parplan.agenda.reports import ExpectedReport, expected_reports, is_sent
from parplan.journal.progress import Progress
from parplan.plan.model import Plan


class Overview(msgspec.Struct, frozen=True):
    """What is open on the day ``as_of``, in the order of due days, and the reports next sent."""

    as_of: dt.date
    overdue: list[Item]
    soon: list[Item]
    reports: list[ExpectedReport]


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


def _next_reports(plan: Plan, every: list[Item], as_of: dt.date) -> list[ExpectedReport]:
    first = max(as_of, plan.effective_from)
    ahead = [report for report in expected_reports(plan) if report.due >= first]
    ahead = [report for report in ahead if not is_sent(report, every)]
    nearest = min((report.due for report in ahead), default=None)
    return [report for report in ahead if report.due == nearest]
