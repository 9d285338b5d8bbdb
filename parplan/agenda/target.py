"""Which occurrence does a reference mean, as things stand?

A reference with a period names one; a bare task number means the one that is open, or
the one that is closed where it is to be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.items import Item, items
from parplan.journal.progress import CHANGES, NOTHING, Progress
from parplan.plan.lookup import find_task, tasks_with_words
from parplan.plan.model import Plan, Task
from parplan.schedule import periods
from parplan.schedule.reference import Ref, ref_text

MOST_REFS = 15
"""How many occurrences a complaint names: a year's months and quarters, not its weeks."""


class RecordTarget(msgspec.Struct, frozen=True):
    """What a record is about: a task, and its occurrence unless it has none."""

    task: Task
    period: str
    progress: Progress
    item: Item | None = None

    @property
    def ref(self) -> str:
        """The reference, ``4@2025-06`` or ``8``."""
        return ref_text(self.task.id, self.period or None)


Why: TypeAlias = Literal["no-occurrence", "none-closed", "none-open", "several", "several-tasks"]


class Unclear(msgspec.Struct, frozen=True):
    """Why a reference does not mean one occurrence.

    ``candidates`` are those to choose from: of ``several`` the ones that fit, else all that
    the task has.  Of ``several-tasks`` each has the words, and ``task`` is the first of them.
    """

    why: Why
    task: Task
    candidates: list[RecordTarget]

    def refs_near(self, day: date) -> str:
        """Return the references of the candidates, of many those due nearest to ``day`` and "…"."""
        if len(self.candidates) <= MOST_REFS:
            return ", ".join(target.ref for target in self.candidates)
        near = sorted(self.candidates, key=lambda target: _distance(target, day))[:MOST_REFS]
        return ", ".join(target.ref for target in self.candidates if target in near) + ", …"


def find(
    plan: Plan, progress: Mapping[str, Progress], ref: Ref, as_of: date, *, closed: bool = False
) -> RecordTarget | Unclear:
    """Return what ``ref`` means on the day ``as_of`` that ``progress`` was folded for.

    A bare number means an open occurrence, or with ``closed`` a done, paused or cancelled
    one; of a task without occurrences it means the task.  A period that names none means the one
    that is due on that day, or alone in that month.  Raises UserError where the plan has no such
    task.
    """
    task = find_task(plan, ref.task)
    every = _targets(plan, progress, task, as_of)
    if ref.period is not None:
        named = _named(every, ref.period)
        return named[0] if named else Unclear("no-occurrence", task, every)
    if not every:
        return RecordTarget(task, "", progress.get(task.id, NOTHING))
    fitting = [target for target in every if _fits(target, closed)]
    if not fitting:
        return Unclear("none-closed" if closed else "none-open", task, every)
    return fitting[0] if len(fitting) == 1 else Unclear("several", task, fitting)


def find_by_words(
    plan: Plan, progress: Mapping[str, Progress], ref: Ref, as_of: date, *, closed: bool = False
) -> RecordTarget | Unclear:
    """Return what ``find`` does, where the task may be named by words of its name or title.

    Of several tasks that have the words, those with nothing open are not meant.
    """
    tasks = tasks_with_words(plan, ref.task)
    if len(tasks) == 1:
        return find(plan, progress, Ref(tasks[0].id, ref.period), as_of, closed=closed)
    candidates: list[RecordTarget] = []
    for task in tasks:
        every = _targets(plan, progress, task, as_of)
        if ref.period is not None:
            candidates += _named(every, ref.period)
        elif every:
            candidates += [target for target in every if _fits(target, closed)]
        else:
            candidates.append(RecordTarget(task, "", progress.get(task.id, NOTHING)))
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        why: Why = "no-occurrence" if ref.period else "none-closed" if closed else "none-open"
        return Unclear(why, tasks[0], [])
    return Unclear("several-tasks", candidates[0].task, candidates)


def _targets(
    plan: Plan, progress: Mapping[str, Progress], task: Task, as_of: date
) -> list[RecordTarget]:
    every = items(plan, progress, as_of, lambda _section, other: other.id == task.id)
    return [
        RecordTarget(item.task, item.occurrence.period.name, item.progress, item) for item in every
    ]


def _named(targets: list[RecordTarget], name: str) -> list[RecordTarget]:
    """Return those of ``targets`` whose period is called ``name``, else what is due in it.

    That must be one alone, and ``name`` that of a day or month: of a task of each week or quarter
    people name the deadline that they see.
    """
    named = [target for target in targets if target.period == name]
    period = periods.parse(name)
    if named or period is None or period.kind not in ("day", "month"):
        return named
    due = [target for target in targets if target.item and target.item.due in period]
    return due if len(due) == 1 else []


def _distance(target: RecordTarget, day: date) -> timedelta:
    return abs(target.item.due - day) if target.item else timedelta(0)


def _fits(target: RecordTarget, closed: bool) -> bool:
    """Tell whether an occurrence is what a bare number means."""
    if target.item is None:
        return True
    return target.item.state in CHANGES["reopen"][0] if closed else target.item.is_open
