"""What is due, what is late, and how long is left?

A plan, what was recorded, a period and today's date in; items out, every number
of them computed here once.  ``as_of`` is today's stand-in and comes from the
caller.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.occurrences import Dues, directed
from parplan.journal.progress import NOTHING, Progress, State
from parplan.plan.assignments import Amended
from parplan.plan.model import Plan, Section, Task, units_by_name
from parplan.schedule.periods import Period
from parplan.schedule.rules import Continuous, Occurrence, OnDirective

Timing: TypeAlias = Literal[
    "upcoming", "due-soon", "overdue", "on-time", "late", "no-deadline", "unread"
]
"""How something stands against its deadline; ``unread`` is one that nobody has read yet."""

_WITHOUT_DATE = {Continuous, OnDirective}

SOON_DAYS = 7
"""An open item is due soon from this many days before its due date, and on it."""


class Item(msgspec.Struct, frozen=True):
    """One occurrence as it stands at ``as_of``; ``due`` is the plan's day or a directive's."""

    section: Section
    task: Task
    occurrence: Occurrence
    progress: Progress
    timing: Timing | None
    days_left: int
    last_working_day: dt.date

    @property
    def due(self) -> dt.date:
        """The last day in time, inclusive."""
        return self.occurrence.due

    @property
    def state(self) -> State:
        """The work state."""
        return self.progress.state

    @property
    def counts_workdays(self) -> bool:
        """Whether a holiday moves its due date, or the last working day that is shown with it."""
        return self.task.counts_workdays or self.last_working_day != self.due

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.progress.state not in ("done", "cancelled")


class Agenda(msgspec.Struct, frozen=True):
    """What a period asks for: its items, and the tasks that run on beside them."""

    period: Period
    as_of: dt.date
    items: list[Item]
    running: list[Item]
    no_deadline: list[Task]
    unread: list[Task]

    @property
    def overdue(self) -> int:
        """How many of its items are overdue."""
        return sum(item.timing == "overdue" for item in self.items)

    @property
    def is_open(self) -> bool:
        """Whether something in it is still to be done, or its deadline to be read."""
        return bool(self.unread) or any(item.is_open for item in self.items)


Keep: TypeAlias = Callable[[Section, Task], bool]


def every_task(section: Section, task: Task) -> bool:
    """Keep all tasks: the filter that filters nothing."""
    return True


def keep_named(
    plan: Plan,
    units: Set[str] | None,
    sections: Set[str] | None,
    officer: str | None = None,
) -> Keep:
    """Keep the tasks of these ``sections`` that one of ``units`` does or helps with, by their ids.

    And that ``officer`` has in hand, by the name but for capitals.  None keeps the tasks of all.
    """
    if units is None and sections is None and officer is None:
        return every_task
    name = officer.casefold() if officer is not None else None
    by_name = units_by_name(plan.units)

    def keep(section: Section, task: Task) -> bool:
        if sections is not None and section.id not in sections:
            return False
        if name is not None and name not in map(str.casefold, task.officers):
            return False
        names = (*task.units, *task.supporting)
        return units is None or any(name in by_name and by_name[name].id in units for name in names)

    return keep


def timing_of(
    state: State, due: dt.date, as_of: dt.date, done_on: dt.date | None = None
) -> Timing | None:
    """Return how an occurrence stands against its ``due`` day (inclusive).

    A cancelled one has no timing.  ``done_on`` is the day of completion.

    >>> timing_of("not-started", dt.date(2025, 6, 9), dt.date(2025, 6, 9))
    'due-soon'
    """
    if state == "cancelled":
        return None
    if state == "done":
        return "late" if done_on is not None and done_on > due else "on-time"
    if due < as_of:
        return "overdue"
    return "due-soon" if (due - as_of).days <= SOON_DAYS else "upcoming"


def items(
    plan: Plan,
    progress: Mapping[str, Progress],
    as_of: dt.date,
    keep: Keep = every_task,
    period: Period | None = None,
) -> Iterator[Item]:
    """Yield every occurrence of the plan's year, task by task.

    With a ``period``, none that is due after it, but for those of a longer one around it.
    Their tasks name the units and officers that have them on the due date.
    """
    dues = Dues(plan, progress, period)
    last_working_day = functools.cache(plan.workdays.last_until)  # most days are many tasks'
    amended = Amended(plan)
    for section, task in plan.tasks():
        changes = amended.changes(task)
        if not changes and not keep(section, task):
            continue
        for occurrence in dues.of(task):
            due = occurrence.due
            assigned = amended.on(task, due) if changes else task
            if changes and not keep(section, assigned):
                continue
            recorded = progress.get(occurrence.ref, NOTHING)
            timing = timing_of(recorded.state, due, as_of, recorded.done_on)
            left = (due - as_of).days
            working_day = last_working_day(due)
            yield Item(section, assigned, occurrence, recorded, timing, left, working_day)


def agenda(
    plan: Plan,
    progress: Mapping[str, Progress],
    period: Period,
    as_of: dt.date,
    keep: Keep = every_task,
) -> Agenda:
    """Return what falls due in ``period``, and what fell due before it and is overdue.

    Items stand by due date, then in the order of the plan.  ``running`` are open
    items of a longer period around this one; ``no_deadline`` the tasks that are
    continuous or wait for a directive, ``unread`` those whose deadline nobody has read yet.
    """
    chosen: list[Item] = []
    running: list[Item] = []
    for item in items(plan, progress, as_of, keep, period):
        if item.due > period.last:
            if item.is_open:
                running.append(item)
        elif is_asked(item, period):
            chosen.append(item)
    chosen.sort(key=lambda item: item.occurrence.due)  # stable: the plan's order within a day
    others = without_date(plan, progress, directed(progress).keys(), period, keep)
    return Agenda(period, as_of, chosen, running, others.no_deadline, others.unread)


def is_asked(item: Item, period: Period) -> bool:
    """Tell whether ``period`` asks for ``item``: due in it, or before it and overdue."""
    due = item.occurrence.due
    return due <= period.last and (due >= period.first or item.timing == "overdue")


class WithoutDate(msgspec.Struct, frozen=True):
    """The tasks of a plan that have no date.

    ``no_deadline`` are continuous or wait for a directive.  ``unread`` are open and have words
    for a deadline and no rule, until somebody decides or a directive gives a date.
    """

    no_deadline: list[Task]
    unread: list[Task]


def without_date(
    plan: Plan,
    progress: Mapping[str, Progress],
    dated: Set[str],
    period: Period,
    keep: Keep = every_task,
) -> WithoutDate:
    """Return the tasks without a date in force in ``period``, with the units of its last day.

    ``dated`` are the tasks that have an occurrence, which a directive may have given.
    """
    result = WithoutDate([], [])
    amended = Amended(plan)
    for section, task in plan.tasks():
        if not has_no_date(task) or not task.is_in_force(period.first, period.last):
            continue
        assigned = amended.on(task, period.last)
        if not keep(section, assigned):
            continue
        if task.unread_deadline:
            state = progress.get(task.id, NOTHING).state
            if task.id not in dated and state not in ("done", "cancelled"):
                result.unread.append(assigned)
        elif task.id not in dated or goes_on(task):
            result.no_deadline.append(assigned)
    return result


def goes_on(task: Task) -> bool:
    """Tell whether ``task`` is continuous: a directive may add a date, it still goes on."""
    return any(isinstance(rule, Continuous) for rule in task.schedule)


def has_no_date(task: Task) -> bool:
    """Tell whether no rule of ``task`` has a date: it is continuous, or waits for a directive."""
    # A set of types is made in half the time of a generator, and asked of every task.
    return set(map(type, task.schedule)) <= _WITHOUT_DATE
