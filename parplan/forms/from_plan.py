"""What does the plan answer of the statistical forms?

Counted as in every report: a task is a row of the appendix, an occurrence is what a directive
asked for.  From the year's beginning until the last day of the data, but for what was done in
the period itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from parplan.agenda.counts import count
from parplan.agenda.items import Item
from parplan.agenda.occurrences import directed
from parplan.agenda.standings import Standing, standings
from parplan.forms.model import Forms, FromPlan
from parplan.journal.progress import Progress, progress_by_ref
from parplan.journal.record import Record
from parplan.plan.model import Plan
from parplan.schedule.periods import Period


def plan_values(
    forms: Forms, plan: Plan, records: Sequence[Record], window: Period
) -> dict[str, Decimal]:
    """Return by row, '1/2.1', what ``plan`` answers; ``window`` are the days of the data."""
    asked = {form.key(row): row.from_plan for form, row in forms.rows() if row.from_plan}
    if not asked:
        return {}
    progress = progress_by_ref(records, window.last)
    every = [each for each in standings(plan, progress, window.last) if not each.is_dropped]
    return {
        key: Decimal(_measure(source, plan, progress, every, window))
        for key, source in asked.items()
    }


def _measure(
    source: FromPlan,
    plan: Plan,
    progress: Mapping[str, Progress],
    every: Sequence[Standing],
    window: Period,
) -> int:
    asked = [each for each in every if not source.tasks or each.task.id in source.tasks]
    tasks = [each for each in asked if each.state != "cancelled"]
    items = [item for each in asked for item in each.items]
    ordered = count(_ordered(plan, progress, items))
    match source.measure:
        case "tasks":
            return len(tasks)
        case "tasks-done":
            return sum(each.state == "done" for each in tasks)
        case "directed":
            return ordered.wanted
        case "directed-on-time":
            return ordered.on_time
        case "directed-late":
            return ordered.late
        case "directed-overdue":
            return ordered.overdue
        case "done-in-period":
            return int(any(_is_done_in(item, window) for item in items))


def _ordered(plan: Plan, progress: Mapping[str, Progress], items: Sequence[Item]) -> list[Item]:
    """Return those of ``items`` that stand in no rule of the plan: a directive asked for them."""
    dated = {ref for refs in directed(progress).values() for ref in refs}
    issued = {due.ref for _section, task in plan.tasks() for due in plan.occurrences(task)}
    ordered = dated - issued
    return [item for item in items if item.occurrence.ref in ordered]


def _is_done_in(item: Item, window: Period) -> bool:
    done_on = item.progress.done_on
    return item.state == "done" and done_on is not None and done_on in window
