"""Which unit or officer is reminded of which work: what is overdue or due soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set

import msgspec

from parplan.agenda.items import Item, Keep, items, keep_named
from parplan.journal.progress import Progress
from parplan.plan.assignments import Amended
from parplan.plan.lookup import all_officers
from parplan.plan.model import Plan, Task, Unit
from parplan.plan.unit_ids import unit_id


def reminders(
    plan: Plan,
    progress: Mapping[str, Progress],
    as_of: dt.date,
    keep: Keep,
    unit_ids: Set[str] | None,
) -> Iterator[tuple[Unit, list[Item]]]:
    """Yield each unit that has urgent work, with its items.

    They are those of the tasks that ``keep`` keeps; ``unit_ids`` are the units to remind,
    None meaning all.
    """
    urgent = list(_urgent(plan, progress, as_of, keep))
    for unit in plan.units:
        names = set(unit.names())
        of_unit = [item for item in urgent if names & set(item.task.units)]
        if of_unit and (unit_ids is None or unit.id in unit_ids):
            yield unit, of_unit


def without_unit(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, keep: Keep
) -> Iterator[Task]:
    """Yield the tasks that ``keep`` keeps with urgent work of which no unit is reminded."""
    for item in _urgent(plan, progress, as_of, keep):
        if not item.task.units:
            yield item.task


def officer_reminders(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, keep: Keep, officer: str | None
) -> Iterator[tuple[Unit, list[Item]]]:
    """Yield each officer, or the one ``officer``, as ``reminders`` yields units.

    An officer is written to as a unit of that name: a letter needs no more of either.
    """
    urgent = list(_urgent(plan, progress, as_of, keep))
    taken = {unit.id for unit in plan.units}
    for name in all_officers(plan) if officer is None else [officer]:
        mine = keep_named(plan, None, None, name)
        if items_of := [item for item in urgent if mine(item.section, item.task)]:
            unit = Unit(id=unit_id(name, taken), name=name)
            taken.add(unit.id)
            yield unit, items_of


def _urgent(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, keep: Keep
) -> Iterator[Item]:
    """Yield what is overdue or due soon, each with the units that are there to be written to."""
    amended = Amended(plan)
    for item in items(plan, progress, as_of):
        task = amended.inherited(item.task, as_of)
        if item.timing in ("overdue", "due-soon") and keep(item.section, task):
            yield msgspec.structs.replace(item, task=task)
