"""Which rows does the appendix have: as it was issued, or with the amendments until a day?"""

from __future__ import annotations

import datetime as dt

import msgspec

from parplan.plan.assignments import Amended
from parplan.plan.model import Handover, Plan, Section, Task


class AppendixRow(msgspec.Struct, frozen=True):
    """A task as one row, and how amendments changed it."""

    task: Task
    last_day: dt.date | None = None
    """The last day of a task that ended; None of one that holds."""
    added: dt.date | None = None
    """The first day of a task that was not issued with the plan."""
    handed_over: Handover | None = None
    """The latest change of its units."""


class AppendixSection(msgspec.Struct, frozen=True):
    """A field of the appendix with its rows, in the plan's order."""

    section: Section
    rows: list[AppendixRow]


def issued_appendix(plan: Plan) -> list[AppendixSection]:
    """Return the appendix as it was issued: without what amendments added or changed."""
    return [
        AppendixSection(
            section, [AppendixRow(task) for task in section.tasks if task.from_ is None]
        )
        for section in plan.sections
    ]


def consolidated_appendix(plan: Plan, day: dt.date) -> list[AppendixSection]:
    """Return the appendix with all that was amended until ``day`` (inclusive).

    Tasks that ended stay, with their last day; those that begin later are not there yet.
    """
    amended = Amended(plan)
    return [
        AppendixSection(
            section,
            [
                _row(amended.on(task, day), day)
                for task in section.tasks
                if task.from_ is None or task.from_ <= day
            ],
        )
        for section in plan.sections
    ]


def _row(task: Task, day: dt.date) -> AppendixRow:
    over = [entry for entry in task.handed_over if entry.units and entry.from_ <= day]
    return AppendixRow(
        task,
        last_day=task.until if task.until is not None and task.until < day else None,
        added=task.from_,
        handed_over=over[-1] if over else None,
    )
