"""What about a new record is rarely meant, so that somebody should say so first?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from parplan.agenda.items import items
from parplan.agenda.target import Target
from parplan.journal.progress import Progress
from parplan.plan.model import Plan
from parplan.problem import N_, Values, params


class Doubt(msgspec.Struct, frozen=True):
    """Why a record may be a slip: a marked text and its values."""

    text: str
    values: Values = ()


def early_completion(target: Target, on: dt.date) -> Doubt | None:
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


def overdue_of(
    plan: Plan, progress: Mapping[str, Progress], number: str, as_of: dt.date
) -> list[str]:
    """Return the occurrences of the task ``number`` that are overdue.

    Asked of last year's plan: in January a number can mean its task, or this year's.
    """
    every = items(plan, progress, as_of, lambda _section, task: task.id == number)
    return [item.occurrence.ref for item in every if item.timing == "overdue"]
