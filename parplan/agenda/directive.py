"""What a directive asks for: its deadline, and whether it gives a task a new occurrence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from parplan.agenda.items import items
from parplan.journal.progress import Progress
from parplan.plan.lookup import find_task
from parplan.plan.model import Plan, Task
from parplan.problem import N_, UserError, params
from parplan.schedule.bounds import LAST_YEAR
from parplan.schedule.periods import after
from parplan.schedule.reference import Ref
from parplan.schedule.rules import OnDirective


def deadline(plan: Plan, task: Task, due: dt.date | None, event: dt.date | None) -> dt.date:
    """Return ``due``, or the day that the plan's ``within`` counts from ``event``.

    Raises UserError unless exactly one is there, or where the task has no such rule.
    """
    if (due is None) == (event is None):
        raise UserError(N_("give the deadline with --due, or the day of the event with --event"))
    if due is not None:
        return due
    within = next((rule.within for rule in _directed(task) if rule.within is not None), None)
    if within is None or event is None:
        text = N_("task %(task)s has no 'within' in the plan; give the deadline with --due")
        raise UserError(text, params(task=task.id))
    day = after(event, within, plan.workdays)
    if day.year > LAST_YEAR:
        raise UserError(N_("the year must be from 1900 to 2999"))
    return day


def new_period(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, ref: Ref, day: dt.date
) -> str | None:
    """Return the period of the occurrence that a directive for ``day`` adds to a task.

    None where it moves one that is there; a task that waits for no directive has nothing
    else.  Raises UserError where a bare task number leaves open which is meant.
    """
    task = find_task(plan, ref.task)
    directed = _directed(task)
    name = day.isoformat()
    if not directed:
        return None
    if ref.period is not None:
        planned = {occurrence.period.name for occurrence in plan.occurrences(task)}
        return name if ref.period == name and name not in planned else None
    present = list(items(plan, progress, as_of, lambda _section, other: other.id == task.id))
    if any(item.occurrence.period.name == name for item in present):
        text = N_("%(ref)s is there already")
        raise UserError(text, params(ref=str(Ref(task.id, name))))
    still_open = [item for item in present if item.is_open]
    if still_open and len(directed) == len(task.schedule):
        text = N_(
            "%(ref)s is open, due %(due)s; to move it: parplan directive %(ref)s --due %(day)s; "
            "for another occurrence: parplan directive %(task)s@%(day)s --due %(day)s"
        )
        item = still_open[0]
        raise UserError(text, params(ref=item.occurrence.ref, due=item.due, day=name, task=task.id))
    return name


def _directed(task: Task) -> list[OnDirective]:
    return [rule for rule in task.schedule if isinstance(rule, OnDirective)]
