"""How does the year stand, at a glance?  Computed once, for every picture of it.

A plan, what was recorded and a day in; one ``Summary`` out, which ``status``, the
board and the workbook show.  Every number of it comes from the same items as those of
``due``; nothing is worded here but what people wrote.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from parplan.agenda.counts import Counts, TaskCounts, count, count_tasks
from parplan.agenda.items import Item, Keep, every_task, is_asked, without_date
from parplan.agenda.standings import Standing, standings
from parplan.journal.progress import Progress
from parplan.journal.record import News
from parplan.plan.model import Plan, Task, units_by_name
from parplan.schedule import periods
from parplan.schedule.periods import Period

NOTES = 10
"""How many of the latest records a summary keeps."""

EARLIER, LATER = 0, 13
"""The places, beside the months 1 to 12, of what is due in another year than the plan's."""


class YearRow(msgspec.Struct, frozen=True):
    """One task: how it stands, and its occurrences by the month in which they are due.

    ``units`` are the ids of those who do it or help, each once; ``has_no_date`` tells
    that it goes on, or waits for a directive.
    """

    standing: Standing
    units: list[str]
    months: dict[int, list[Item]]
    has_no_date: bool

    @property
    def task(self) -> Task:
        """The task."""
        return self.standing.task

    @property
    def section(self) -> str:
        """The number of its section."""
        return self.standing.section.id


class YearGroup(msgspec.Struct, frozen=True):
    """The tasks of one section or one unit, and their occurrences counted.

    ``id`` and ``title`` are empty for the tasks that name no unit.
    """

    id: str
    title: str
    tasks: int
    no_deadline: int
    counts: Counts


class Month(msgspec.Struct, frozen=True):
    """What is due in a month: 1 to 12 of the plan's year, or ``EARLIER`` or ``LATER``."""

    number: int
    counts: Counts

    @property
    def is_of_year(self) -> bool:
        """Whether it is a month of the plan's year."""
        return EARLIER < self.number < LATER


class Point(msgspec.Struct, frozen=True):
    """How many were due, and how many done, by the end of ``day``; none done in the future."""

    day: dt.date
    due: int
    done: int | None


class Summary(msgspec.Struct, frozen=True):
    """The picture of a year, or of the ``period`` that was asked for, as of a day.

    Cancelled occurrences are in no number but ``counts.cancelled``, and a task of two
    units counts for both, so that only the sections and months add up to ``counts``.
    ``task_counts`` are of the whole year, whatever the period.
    """

    plan: Plan
    period: Period | None
    as_of: dt.date
    counts: Counts
    fallen_due: Counts
    task_counts: TaskCounts
    no_deadline: list[Task]
    unread: list[Task]
    sections: list[YearGroup]
    units: list[YearGroup]
    months: list[Month]
    rows: list[YearRow]
    curve: list[Point]
    items: list[Item]
    latest: list[News]

    @property
    def overdue(self) -> list[Item]:
        """What is overdue, longest first."""
        return [item for item in self.items if item.timing == "overdue"]

    def by_end_of(self, month: int) -> tuple[int, int | None]:
        """Return how many were due, and done, by the end of ``month``; none done in the future."""
        until = [point for point in self.curve if point.day.month <= month]
        done = [point.done for point in until if point.done is not None]
        has_begun = (self.plan.year, month) <= (self.as_of.year, self.as_of.month)
        return until[-1].due, done[-1] if done and has_begun else None

    def coming(self, days: int) -> list[Item]:
        """Return what is open and due from today to ``days`` days from now (inclusive)."""
        return [item for item in self.items if item.is_open and 0 <= item.days_left <= days]


def summarize(
    plan: Plan,
    progress: Mapping[str, Progress],
    as_of: dt.date,
    keep: Keep = every_task,
    period: Period | None = None,
) -> Summary:
    """Return how the plan stands on the day ``as_of`` that ``progress`` was folded for.

    With a ``period``, only what ``due`` lists for it counts: what is due then, and what
    was due before and is overdue.
    """
    tasks = list(standings(plan, progress, as_of, keep))
    of_task = {
        task.task.id: [item for item in task.items if period is None or is_asked(item, period)]
        for task in tasks
    }
    items = sorted(
        (item for task_items in of_task.values() for item in task_items), key=lambda item: item.due
    )
    dated = {standing.task.id for standing in tasks if standing.items}
    others = without_date(plan, progress, dated, period or periods.year(plan.year), keep)
    rows = _rows(plan, tasks, of_task, {task.id for task in others.no_deadline})
    return Summary(
        plan=plan,
        period=period,
        as_of=as_of,
        counts=count(items),
        fallen_due=count(item for item in items if item.due <= as_of),
        task_counts=count_tasks((task for task in tasks if not task.is_dropped), as_of),
        no_deadline=others.no_deadline,
        unread=others.unread,
        sections=_sections(plan, rows, of_task),
        units=_units(plan, rows, of_task),
        months=_months(plan, items),
        rows=rows,
        curve=_curve(plan.year, items, as_of),
        items=items,
        latest=_latest(progress, of_task),
    )


def _rows(
    plan: Plan, tasks: Sequence[Standing], of_task: Mapping[str, list[Item]], without: Set[str]
) -> list[YearRow]:
    """Return a row a task; ``without`` are the tasks that have no date."""
    names = {name: unit.id for name, unit in units_by_name(plan.units).items()}
    return [
        YearRow(
            standing,
            _unit_ids(standing.task, names),
            _by_month(of_task[standing.task.id], plan.year),
            standing.task.id in without,
        )
        for standing in tasks
    ]


def _months(plan: Plan, items: Sequence[Item]) -> list[Month]:
    """Return the twelve months, and what lies before and after them where anything does."""
    months = _by_month(items, plan.year)
    return [
        Month(number, count(months.get(number, ())))
        for number in range(EARLIER, LATER + 1)
        if number in months or EARLIER < number < LATER
    ]


def _unit_ids(task: Task, ids: Mapping[str, str]) -> list[str]:
    """Return the units of ``task``; a name that the plan does not list stands for itself."""
    return list(dict.fromkeys(ids.get(name, name) for name in (*task.units, *task.supporting)))


def _by_month(items: Iterable[Item], year: int) -> dict[int, list[Item]]:
    by_month: dict[int, list[Item]] = {}
    for item in items:
        due = item.due
        place = due.month if due.year == year else EARLIER if due.year < year else LATER
        by_month.setdefault(place, []).append(item)
    return by_month


def _sections(
    plan: Plan, rows: Sequence[YearRow], of_task: Mapping[str, list[Item]]
) -> list[YearGroup]:
    rows_of: dict[str, list[YearRow]] = {}
    for row in rows:
        rows_of.setdefault(row.section, []).append(row)
    return [
        _group(section.id, section.title, rows_of[section.id], of_task)
        for section in plan.sections
        if section.id in rows_of
    ]


def _units(
    plan: Plan, rows: Sequence[YearRow], of_task: Mapping[str, list[Item]]
) -> list[YearGroup]:
    rows_of: dict[str, list[YearRow]] = {unit.id: [] for unit in plan.units}
    for row in rows:
        for name in row.units or [""]:
            rows_of.setdefault(name, []).append(row)
    titles = {unit.id: unit.name for unit in plan.units}
    return [
        _group(name, titles.get(name, name), of_unit, of_task)
        for name, of_unit in rows_of.items()
        if of_unit
    ]


def _group(
    name: str, title: str, rows: Sequence[YearRow], of_task: Mapping[str, list[Item]]
) -> YearGroup:
    return YearGroup(
        id=name,
        title=title,
        tasks=len(rows),
        no_deadline=sum(row.has_no_date for row in rows),
        counts=count(item for row in rows for item in of_task[row.task.id]),
    )


def _curve(year: int, items: Iterable[Item], as_of: dt.date) -> list[Point]:
    """Return a point for the year's first day and last, and each on which a number changes."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counted = [item for item in items if item.timing is not None]
    due = Counter(max(item.due, first) for item in counted if item.due <= last)
    done_on = (item.progress.done_on for item in counted if item.state == "done")
    done = Counter(max(day, first) for day in done_on if day is not None and day <= last)
    today = {as_of} if first <= as_of <= last else set()
    points: list[Point] = []
    due_by = done_by = 0
    for day in sorted({first, last, *today, *due, *done}):
        due_by += due[day]
        done_by += done[day]
        points.append(Point(day, due_by, done_by if day <= as_of else None))
    return points


def _latest(progress: Mapping[str, Progress], of_task: Mapping[str, list[Item]]) -> list[News]:
    """Return the latest records about these tasks, newest first."""
    candidates = (
        record
        for task_progress in progress.values()
        for record in task_progress.records[-NOTES:]  # oldest first, as they were folded
        if record.task in of_task
    )
    return heapq.nlargest(NOTES, candidates, key=lambda record: (record.at, record.id))
