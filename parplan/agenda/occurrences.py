"""On which days does each task of a plan fall due, directives included?

Many tasks of a plan have the same rules: what these ask for is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from parplan.journal.progress import Progress
from parplan.plan.model import Plan, Task
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref
from parplan.schedule.rules import AnyRule, Occurrence, OnDirective


class Dues:
    """What the tasks of ``plan`` owe.

    With a ``period``, nothing that is due after it, but for what is owed of a longer one around it.
    """

    def __init__(
        self, plan: Plan, progress: Mapping[str, Progress], period: Period | None = None
    ) -> None:
        self._plan = plan
        self._progress = progress
        self._period = period
        self._directed = directed(progress)
        self._by_schedule: dict[tuple[AnyRule, ...], list[Occurrence]] = {}

    def of(self, task: Task) -> list[Occurrence]:
        """Return the occurrences of ``task``, by due date."""
        if task.id in self._directed or task.from_ or task.until:
            return self._asked(task, self._directed.get(task.id, ()))
        schedule = tuple(task.schedule)
        if schedule not in self._by_schedule:
            self._by_schedule[schedule] = self._asked(task, ())
        return [
            Occurrence(task.id, rule_occurrence.period, rule_occurrence.due, rule_occurrence.label)
            for rule_occurrence in self._by_schedule[schedule]
        ]

    def _asked(self, task: Task, directed: Iterable[str]) -> list[Occurrence]:
        every, period = owed(self._plan, task, self._progress, directed), self._period
        if period is None:
            return every
        return [o for o in every if o.due <= period.last or o.period.covers(period)]


def owed(
    plan: Plan, task: Task, progress: Mapping[str, Progress], directed: Iterable[str]
) -> list[Occurrence]:
    """Return the occurrences of ``task``, by due date: the plan's and those ``directed``.

    ``directed`` are the references that directives gave a date.
    """
    moved = {ref: progress[ref].due for ref in directed}
    occurrences = [
        msgspec.structs.replace(occurrence, due=moved.pop(occurrence.ref))
        if occurrence.ref in moved
        else occurrence
        for occurrence in plan.occurrences(task)
    ]
    label = next((rule.label for rule in task.schedule if isinstance(rule, OnDirective)), "")
    for ref, due in moved.items():
        period = periods.parse(Ref.parse(ref).period or "")
        if period is not None and due is not None:
            occurrences.append(Occurrence(task.id, period, due, label))
    occurrences.sort(key=lambda occurrence: occurrence.due)
    return occurrences


def directed(progress: Mapping[str, Progress]) -> dict[str, list[str]]:
    """Return, by task, the references of the occurrences that a directive gave a date."""
    refs: dict[str, list[str]] = {}
    for ref, record in progress.items():
        if record.due is not None:
            about = Ref.parse(ref)
            if periods.parse(about.period or "") is not None:
                refs.setdefault(about.task, []).append(ref)
    return refs
