"""Which tasks serve a criterion once some of them were replaced in mid-year?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from parplan.plan.model import Plan
from parplan.score.index import Criterion, Index


def follow_replaced(index: Index, plan: Plan) -> Index:
    """Return ``index`` with each task that replaces one of ``plan`` beside the one it replaces.

    The index names the tasks of the plan as issued; what was due of one before it was replaced
    counts still.  The newest stands first, so that a value is that of the newest that has one.
    """
    successors = {task.replaces: task.id for _section, task in plan.tasks() if task.replaces}
    if not successors:
        return index
    return msgspec.structs.replace(
        index,
        fields=[
            msgspec.structs.replace(field, criteria=_followed(field.criteria, successors))
            for field in index.fields
        ],
        groups=[
            msgspec.structs.replace(group, criteria=_followed(group.criteria, successors))
            for group in index.groups
        ],
    )


def _followed(criteria: Sequence[Criterion], successors: Mapping[str, str]) -> list[Criterion]:
    return [
        msgspec.structs.replace(
            criterion,
            items=_followed(criterion.items, successors),
            tasks=list(
                dict.fromkeys(
                    number for task in criterion.tasks for number in _line(task, successors)
                )
            ),
        )
        for criterion in criteria
    ]


def _line(task: str, successors: Mapping[str, str]) -> list[str]:
    """Return ``task`` and those that replaced it one after the other, the newest first."""
    line = [task]
    while (following := successors.get(line[0])) and following not in line:
        line.insert(0, following)
    return line
