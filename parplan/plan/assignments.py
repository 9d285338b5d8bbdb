"""Tell who does a task, and whose word it waits for, on a given day.

A plan that was changed in mid-year keeps what held before: units that ended name their
successor, a task handed over keeps its old units, a superior that was replaced stays in
the list.  Here the entries of a day are picked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from parplan.plan.model import Dated, Plan, Task, in_force, units_by_name
from parplan.schedule.rules import OnDirective
from parplan.text import fold


class Amended:
    """The changes of one plan, looked up by day."""

    def __init__(self, plan: Plan) -> None:
        self._units_change = any(unit.successor for unit in plan.units)
        self._by_name = units_by_name(plan.units)
        self._by_id = {unit.id: unit for unit in plan.units}

    def changes(self, task: Task) -> bool:
        """Tell whether the units or officers of ``task`` may differ from day to day."""
        return self._units_change or bool(task.handed_over)

    def on(self, task: Task, day: dt.date) -> Task:
        """Return ``task`` with those who have it on ``day``, or had it when it ended.

        The officers of a unit that hands it over keep it only where the plan says so.
        """
        if not self.changes(task):
            return task
        day = _in_plan(task, day)
        names, officers = task.units, task.officers
        for handover in task.handed_over:
            if handover.from_ <= day:
                names, officers = handover.units or names, handover.officers
        units, supporting = self._named(names, day), self._named(task.supporting, day)
        return msgspec.structs.replace(task, units=units, supporting=supporting, officers=officers)

    def inherited(self, task: Task, day: dt.date) -> Task:
        """Return ``task`` with, for each of its units that ended, who has taken over by ``day``.

        What an ended unit left undone is its successor's to answer for.
        """
        if not self._units_change:
            return task
        units, supporting = self._named(task.units, day), self._named(task.supporting, day)
        return msgspec.structs.replace(task, units=units, supporting=supporting)

    def _named(self, names: Sequence[str], day: dt.date) -> list[str]:
        return list(dict.fromkeys(self._successor(name, day) for name in names))

    def _successor(self, name: str, day: dt.date) -> str:
        """Return ``name``, or that of the unit which has taken over by ``day``."""
        unit = self._by_name.get(name)
        passed: set[str] = set()
        while unit and unit.until and unit.until < day and unit.id not in passed:
            passed.add(unit.id)  # a circle is a mistake that 'check' reports
            unit = self._by_id.get(unit.successor)
            name = unit.name if unit else name
        return name


def _in_plan(task: Task, day: dt.date) -> dt.date:
    """Return ``day``, or the last one on which ``task`` was in the plan where that is earlier."""
    return min(day, task.until) if task.until else day


def waits_for(plan: Plan, task: Task, day: dt.date) -> list[str]:
    """Return whose word gives ``task`` its dates on ``day``, for each rule that waits for one.

    A superior that no longer holds the office has its successor's name: a task that waited
    for "UBND quận" waits for the city once the district is abolished.
    """
    day = _in_plan(task, day)
    return [
        _superior_on(plan, rule.on_directive, day)
        for rule in task.schedule
        if isinstance(rule, OnDirective)
    ]


def superior_meant(plan: Plan, name: str) -> Dated | None:
    """Return the superior that ``name`` is or begins: "UBND quận" is UBND quận Hà Đông."""
    start = f"{fold(name)} "  # with the space, so that only whole words match
    matches = (body for body in plan.superior if f"{fold(body.name)} ".startswith(start))
    return next(matches, None)


def _superior_on(plan: Plan, name: str, day: dt.date) -> str:
    """Return ``name``, or the superior in force on ``day`` where ``name`` is a former one."""
    meant = superior_meant(plan, name)
    current = in_force(plan.superior, day)
    return current.name if meant and current and current is not meant else name
