"""What did one document change in a plan: each amended entry, as it was and as it is then?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.plan.model import Plan, Task, in_force
from parplan.text import fold

Amended: TypeAlias = Literal["deadline", "ended", "added", "task-units", "unit", "superior"]
_ONE_DAY = dt.timedelta(days=1)


class Decision(msgspec.Struct, frozen=True):
    """One change; ``old`` and ``new`` in the words of the plan, empty where there was nothing."""

    what: Annotated[Amended, Meta(description="What changes.")]
    old: Annotated[str, Meta(description="As it was; empty for what is added.")]
    new: Annotated[str, Meta(description="As it is then; empty for what ends.")]
    start: Annotated[dt.date, Meta(description="First day on which the change holds.")]
    task: Annotated[Task | None, Meta(description="The task before it; none of a body.")] = None
    number: Annotated[str, Meta(description="Number of the task then, where it is new.")] = ""


def decided_by(plan: Plan, by: str) -> list[Decision]:
    """Return the changes of ``plan`` that name the document ``by``; those without one for ''."""
    return [decision for authority, decision in _decisions(plan) if fold(authority) == fold(by)]


def deciding_documents(plan: Plan) -> list[str]:
    """Return the documents that changes of ``plan`` name, each once; '' for those without one."""
    return list(dict.fromkeys(authority for authority, _decision in _decisions(plan)))


def _decisions(plan: Plan) -> Iterator[tuple[str, Decision]]:
    """Yield every change with the document that it names, in the plan's order."""
    for body in plan.superior:
        before = in_force(plan.superior, body.from_ - _ONE_DAY) if body.from_ else None
        if body.from_ and before:
            yield body.by, Decision("superior", before.name, body.name, body.from_)
    names = {unit.id: unit.name for unit in plan.units}
    for unit in plan.units:
        if unit.until and unit.successor in names:
            start = unit.until + _ONE_DAY
            yield unit.by, Decision("unit", unit.name, names[unit.successor], start)
    tasks = {task.id: task for _section, task in plan.tasks()}
    replacing = {task.replaces: task for task in tasks.values() if task.replaces}
    for task in tasks.values():
        yield from _handed_over(task)
        new = replacing.get(task.id)
        if task.until and (new is None or fold(new.by) != fold(task.by)):
            wording = task.deadline_text
            yield task.by, Decision("ended", wording, "", task.until + _ONE_DAY, task)
        if new and new.from_:
            yield (
                new.by,
                Decision(
                    "deadline", task.deadline_text, new.deadline_text, new.from_, task, new.id
                ),
            )
        if task.from_ and task.replaces not in tasks:
            yield task.by, Decision("added", "", task.deadline_text, task.from_, task, task.id)


def _handed_over(task: Task) -> Iterator[tuple[str, Decision]]:
    units = task.units
    for handover in task.handed_over:
        old, new = ", ".join(units), ", ".join(handover.units)
        yield handover.by, Decision("task-units", old, new, handover.from_, task)
        units = handover.units
