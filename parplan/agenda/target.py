"""Which occurrence does a reference mean, as things stand?

A reference with a period names one; a bare task number means the one that is open, or
the one that is closed where it is to be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.items import Item, items
from parplan.journal.progress import CHANGES, NOTHING, Progress
from parplan.plan.lookup import find_task
from parplan.plan.model import Plan, Task
from parplan.schedule.reference import Ref, ref_text


class Target(msgspec.Struct, frozen=True):
    """What a record is about: a task, and its occurrence unless it has none."""

    task: Task
    period: str
    progress: Progress
    item: Item | None = None

    @property
    def ref(self) -> str:
        """The reference, ``4@2025-06`` or ``8``."""
        return ref_text(self.task.id, self.period or None)


Why: TypeAlias = Literal["no-occurrence", "none-closed", "none-open", "several"]


class Unclear(msgspec.Struct, frozen=True):
    """Why a reference does not mean one occurrence.

    ``candidates`` are those to choose from: of ``several`` the ones that fit, else all that
    the task has.
    """

    why: Why
    task: Task
    candidates: list[Item]


def find(
    plan: Plan, progress: Mapping[str, Progress], ref: Ref, as_of: date, *, closed: bool = False
) -> Target | Unclear:
    """Return what ``ref`` means on the day ``as_of`` that ``progress`` was folded for.

    A bare number means an open occurrence, or with ``closed`` a done, paused or cancelled
    one; of a task without occurrences it means the task.  Raises UserError where the plan
    has no such task.
    """
    task = find_task(plan, ref.task)
    own = list(items(plan, progress, as_of, lambda _section, one: one.id == ref.task))
    if ref.period is not None:
        named = [item for item in own if item.occurrence.period.name == ref.period]
        return _target(named[0]) if named else Unclear("no-occurrence", task, own)
    if not own:
        return Target(task, "", progress.get(task.id, NOTHING))
    if closed:
        fitting = [item for item in own if item.state in CHANGES["reopen"][0]]
    else:
        fitting = [item for item in own if item.is_open]
    if not fitting:
        return Unclear("none-closed" if closed else "none-open", task, own)
    return _target(fitting[0]) if len(fitting) == 1 else Unclear("several", task, fitting)


def _target(item: Item) -> Target:
    return Target(item.task, item.occurrence.period.name, item.progress, item)
