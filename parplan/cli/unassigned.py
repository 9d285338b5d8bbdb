"""Tells of tasks that reach nobody where units are written to, since they belong to none."""

from __future__ import annotations

from collections.abc import Iterable

from parplan.cli.streams import say
from parplan.i18n import _
from parplan.plan.model import Task


def say_left_out(tasks: Iterable[Task]) -> bool:
    """Say that no unit is told of ``tasks``, which have none; tell whether there are any."""
    numbers = dict.fromkeys(task.id for task in tasks)
    if numbers:
        text = _("no unit is told of these, which belong to none: tasks %(tasks)s")
        say(text % {"tasks": ", ".join(numbers)}, error=True)
    return bool(numbers)
