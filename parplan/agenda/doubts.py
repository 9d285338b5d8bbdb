"""What about a new record is rarely meant, so that somebody should say so first?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from parplan.agenda.items import items
from parplan.agenda.target import RecordTarget
from parplan.journal.progress import Progress
from parplan.plan.model import Plan
from parplan.problem import N_, Values, params


class Doubt(msgspec.Struct, frozen=True):
    """Why a record may be a slip: a marked text and its values."""

    text: str
    values: Values


def early_completion(target: RecordTarget, on: dt.date) -> Doubt | None:
    """Doubt that an occurrence is done on a day before its period begins.

    A period of one day is that of a deadline, before which work is to be done.
    """
    if target.item is None:
        return None
    period = target.item.occurrence.period
    if period.kind == "day" or on >= period.first:
        return None
    text = N_("%(ref)s is of a period that begins on %(first)s only, after %(day)s")
    return Doubt(text, params(ref=target.ref, first=period.first, day=on))


def distant_deadline(plan: Plan, due: dt.date) -> Doubt | None:
    """Doubt a deadline in another year than the plan's."""
    if due.year == plan.year:
        return None
    text = N_("the deadline %(day)s is not in the year of the plan, %(year)s")
    return Doubt(text, params(day=due, year=plan.year))


def early_day(plan: Plan, on: dt.date) -> Doubt | None:
    """Doubt a day of work that is before the year of the plan, and before it takes effect."""
    if on >= min(plan.effective_from, dt.date(plan.year, 1, 1)):
        return None
    return Doubt(N_("%(day)s is before the year of the plan"), params(day=on))


def overdue_by_task(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date
) -> dict[str, list[str]]:
    """Return the references of the overdue occurrences, by the number of their task.

    Asked of last year's plan: in January a number can mean its task, or this year's.
    """
    overdue: dict[str, list[str]] = {}
    for item in items(plan, progress, as_of):
        if item.timing == "overdue":
            overdue.setdefault(item.task.id, []).append(item.occurrence.ref)
    return overdue
