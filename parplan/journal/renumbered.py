"""Which tasks have records of before the plan was issued again, under another number?

Two states of a plan and the journal in; what is recorded under a number that is another task's
now out, with the number that the task has now where its wording is found again.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

import msgspec

from parplan.journal.active import active, firsts
from parplan.journal.record import News, Record
from parplan.plan.model import Plan
from parplan.text import fold

_SAME = 0.6
"""From this likeness on a wording was changed, and is no other task."""
_AGAIN = 0.9
"""From this likeness on a wording is found again under another number."""


class Renumbered(msgspec.Struct, frozen=True):
    """A number with ``records`` that was the task ``old``, and is the task ``new`` now.

    ``new`` is empty where nothing has the number, ``to`` where the old wording is not found.
    """

    number: str
    records: int
    old: str
    new: str
    to: str


def renumbered(old: Plan, new: Plan, records: Sequence[Record]) -> list[Renumbered]:
    """Return what records were made of a task of ``old`` that has another number in ``new``.

    In the order of ``old``.  What was recorded after records were moved is of the new plan.
    """
    before = {task.id: task.title for _section, task in old.tasks()}
    after = {task.id: task.title for _section, task in new.tasks()}
    result = []
    for number, records_of in _counts(records).items():
        title, now = before.get(number, ""), after.get(number, "")
        if not title or fold(title) == fold(now):
            continue
        to = _place(title, after, 1.0)
        if to or _likeness(title, now) < _SAME:
            place = to or _place(title, after, _AGAIN)
            result.append(Renumbered(number, records_of, title, now, place))
    order = list(before)
    return sorted(result, key=lambda task: order.index(task.number))


def _counts(records: Sequence[Record]) -> Counter[str]:
    """Return how many records count of each task that were made before the plan's new numbers.

    Not those that were moved to it, nor any made after the last was moved.
    """
    news = [record for record in records if isinstance(record, News)]
    first_of = firsts(news)
    moved = {
        record.id: record.at
        for record in news
        if getattr(first_of[record.id], "task", record.task) != record.task
    }
    last = max(moved.values(), default=None)
    return Counter(
        record.task
        for record in active(records)
        if isinstance(record, News)
        and record.id not in moved
        and (last is None or record.at < last)
    )


def _place(title: str, after: dict[str, str], likeness: float) -> str:
    """Return the one number under which the wording ``title`` stands, else an empty text."""
    numbers = [number for number, other in after.items() if _likeness(title, other) >= likeness]
    return numbers[0] if len(numbers) == 1 else ""


def _likeness(first: str, second: str) -> float:
    """Return how much of two wordings is the same, from 0 to 1."""
    if fold(first) == fold(second):
        return 1.0
    # Never 1: what only looks the same is not the same wording.
    matcher = difflib.SequenceMatcher(None, fold(first), fold(second), autojunk=False)
    return min(matcher.ratio(), 0.99)


def move_command(tasks: Sequence[Renumbered]) -> str:
    """Return the command that moves the records to where their tasks are now, if it is known."""
    moves = [f"--move {task.number}={task.to}" for task in tasks if task.to]
    return " ".join(["parplan edit", *moves]) if moves else ""
