"""How does each task stand, all of its occurrences and records summed up?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from parplan.agenda.items import Item, Keep, Timing, every_task, items
from parplan.journal.progress import NOTHING, Progress, State
from parplan.journal.record import News
from parplan.plan.assignments import Amended, waits_for
from parplan.plan.model import Plan, Section, Task
from parplan.text import fold


class Standing(msgspec.Struct, frozen=True):
    """How a whole task stands at ``as_of``: its items, summed up.

    ``progress`` is what was recorded for the task as a whole, without an occurrence.
    """

    section: Section
    task: Task
    items: list[Item]
    progress: Progress
    state: State
    timing: Timing | None
    next_item: Item | None
    waits_for: list[str] = []
    """Whose word gives it a date, as far as its rules wait for one."""
    is_dropped: bool = False
    """Whether its last day is over; what was due by then still counts."""

    @property
    def latest_value(self) -> Decimal | None:
        """The value measured last, of the task as a whole or of its occurrences."""
        measured = [
            (record.at, record.value)
            for progress in (self.progress, *(item.progress for item in self.items))
            for record in progress.records
            if record.value is not None
        ]
        return max(measured, default=(None, None))[1]

    def mentions(self, words: str) -> bool:
        """Tell whether all of ``words`` stand in the task; accents and capitals do not matter."""
        task = self.task
        labels = [getattr(rule, "label", "") for rule in task.schedule]
        texts = (task.id, task.title, task.short, task.requirement, task.deadline_text)
        folded = fold(" ".join([*texts, *labels, *task.units, *task.officers]))
        return all(word in folded for word in fold(words).split())

    def records(self) -> list[News]:
        """Return what was recorded about the task and its occurrences, newest first."""
        every = [self.progress, *(item.progress for item in self.items)]
        return sorted(
            (record for progress in every for record in progress.records),
            key=lambda record: (record.at, record.id),
            reverse=True,
        )


def standings(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, keep: Keep = every_task
) -> Iterator[Standing]:
    """Yield how each task of the plan stands, in the plan's order, with its units of ``as_of``.

    A task of which ``keep`` keeps an occurrence is one of them: another unit may have it today.
    """
    items_of: dict[str, list[Item]] = {}
    for item in items(plan, progress, as_of, keep):
        items_of.setdefault(item.task.id, []).append(item)
    amended = Amended(plan)
    for section, task in plan.tasks():
        assigned = amended.on(task, as_of)
        if task.id in items_of or keep(section, assigned):
            recorded = progress.get(task.id, NOTHING)
            standing = _standing(section, assigned, items_of.get(task.id, []), recorded)
            is_dropped = task.until is not None and task.until < as_of
            yield msgspec.structs.replace(
                standing, waits_for=waits_for(plan, task, as_of), is_dropped=is_dropped
            )


def _standing(section: Section, task: Task, items: list[Item], recorded: Progress) -> Standing:
    following = next((item for item in items if item.is_open), None)
    timing: Timing | None = "unread" if task.unread_deadline else "no-deadline"
    if recorded.state == "cancelled":
        timing = None
    if items:
        timing = (following or items[-1]).timing
    state = state_of_all(items) if items else recorded.state
    return Standing(section, task, items, recorded, state, timing, following)


def state_of_all(items: list[Item]) -> State:
    """Return the state of a task from those of its occurrences, of which there is one at least.

    Those that were cancelled count only where all were.
    """
    states = {item.state for item in items}
    counting = states - {"cancelled"} or states
    if len(counting) == 1:
        return counting.pop()
    return "in-progress" if counting & {"done", "in-progress"} else "paused"
