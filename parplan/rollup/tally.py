"""What does one office add to the answer about many?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.items import (
    Item,
    Keep,
    Timing,
    is_asked,
    items,
    keep_named,
    without_date,
)
from parplan.agenda.occurrences import directed
from parplan.agenda.reports import expected_reports, is_sent
from parplan.journal.progress import State
from parplan.plan.assignments import Amended
from parplan.plan.lookup import sections_named, units_named
from parplan.plan.model import Section, Task, units_by_name
from parplan.problem import Problem
from parplan.rollup.figures import Figures, figures
from parplan.rollup.office import Office
from parplan.rollup.sources import OfficeSource
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.text import fold

By: TypeAlias = Literal["unit", "section", "task"]


class Request(msgspec.Struct, frozen=True):
    """What is asked of every office; ``unit`` and ``section`` as the user wrote them.

    ``year`` is that of the plan, None for the one that each office works by on ``as_of``.
    """

    as_of: dt.date
    year: int | None
    period: Period | None
    unit: str | None
    section: str | None
    by: By | None
    late: bool
    """Whether to name what is overdue, beside counting it."""


class TallyGroup(msgspec.Struct, frozen=True):
    """The tasks of an office's unit or section, or one task.

    ``key`` is what it has in common with those of other offices, ``number`` as printed, and
    ``deadline`` the wording of a task's deadline.
    """

    key: str
    number: str
    title: str
    figures: Figures
    deadline: str = ""


class OfficeRow(msgspec.Struct, frozen=True):
    """One office: ``figures`` where its files can be read, else the ``problem``.

    ``folder`` is where it was found; ``problem`` may also be one of the journal, of which the
    other records count.  ``records`` is the number of those that count, ``next_report`` the day
    to send the next one.
    """

    folder: str
    office: str = ""
    plan: str = ""
    year: int | None = None
    figures: Figures | None = None
    records: int = 0
    last_record: dt.datetime | None = None
    next_report: dt.date | None = None
    problem: Problem | None = None
    sections: list[TallyGroup] = []
    """Its sections, where it was asked for by section."""


class Late(msgspec.Struct, frozen=True):
    """An occurrence that is overdue."""

    office: str
    folder: str
    ref: str
    task: str
    section: str
    title: str
    short: str
    label: str
    period: str
    due: dt.date
    days_left: int
    state: State
    timing: Timing | None
    percent: int | None
    units: list[str]


class OfficeTally(msgspec.Struct, frozen=True):
    """What one office adds; ``has_tasks`` tells whether any of its tasks were asked for."""

    row: OfficeRow
    groups: list[TallyGroup] = []
    late: list[Late] = []
    has_tasks: bool = False


def tally(source: OfficeSource, office: Office, request: Request) -> OfficeTally:
    """Return what the office adds to the answer of ``request``."""
    plan, as_of = office.plan, request.as_of
    tasks = _Tasks(office, request)
    groups = list(tasks.groups(request.by))
    row = OfficeRow(
        source.name,
        plan.issuer,
        plan.document.title,
        plan.year,
        figures(tasks.items, as_of, len(tasks.undated), len(tasks.unread)),
        office.records,
        office.last_record,
        next_report(office, as_of),
        office.problem,
        groups if request.by == "section" else [],
    )
    overdue = (item for item in tasks.items if item.timing == "overdue")
    late = [_late(row, item) for item in overdue] if request.late else []
    return OfficeTally(row, groups, late, bool(tasks.kept))


class _Tasks:
    """The tasks of an office that were asked for, with their occurrences."""

    def __init__(self, office: Office, request: Request) -> None:
        self.plan, self.as_of = office.plan, request.as_of
        keep = self._keep(request)
        amended = Amended(self.plan)
        self.kept = {
            task.id: (section, assigned)
            for section, task in self.plan.tasks()
            if keep(section, assigned := amended.on(task, self.as_of))
        }
        period = request.period
        self.items = [
            item
            for item in items(self.plan, office.progress, self.as_of, keep)
            if item.task.id in self.kept and (period is None or is_asked(item, period))
        ]
        dated = directed(office.progress).keys()
        asked = period or periods.year(self.plan.year)
        without = without_date(self.plan, office.progress, dated, asked, keep)
        self.undated = {task.id for task in without.no_deadline}
        self.unread = {task.id for task in without.unread}

    def _keep(self, request: Request) -> Keep:
        unit, section = request.unit, request.section
        return keep_named(
            self.plan,
            None if unit is None else units_named(self.plan, unit),
            None if section is None else sections_named(self.plan, section),
        )

    def groups(self, by: By | None) -> Iterator[TallyGroup]:
        """Yield the groups of the kind ``by``, in the order of the plan; none for None."""
        if by is None:
            return
        of_task: dict[str, list[Item]] = {}
        for item in self.items:
            of_task.setdefault(item.task.id, []).append(item)
        members: dict[str, tuple[str, str, list[Task]]] = {}
        units = {name: unit.name for name, unit in units_by_name(self.plan.units).items()}
        for section, task in self.kept.values():
            for key, named in _keys(section, task, by, units).items():
                members.setdefault(key, (*named, []))[2].append(task)
        for key, (number, title, tasks) in members.items():
            yield TallyGroup(
                key,
                number,
                title,
                figures(
                    [item for task in tasks for item in of_task.get(task.id, ())],
                    self.as_of,
                    sum(task.id in self.undated for task in tasks),
                    sum(task.id in self.unread for task in tasks),
                ),
                tasks[0].deadline_text if by == "task" else "",
            )


def _keys(
    section: Section, task: Task, by: By, units: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return the groups of ``task`` by what joins them across offices, with number and title.

    The same joins them within an office: two of its sections may have one title.
    """
    if by == "section":
        return {fold(section.title): (section.id, section.title)}
    if by == "task":
        return {f"{task.id} {fold(task.title)}": (task.id, task.name)}
    keys: dict[str, tuple[str, str]] = {}
    for name in (*task.units, *task.supporting) or ("",):
        full = units.get(name, name)
        keys.setdefault(fold(full), ("", full))
    return keys


def next_report(office: Office, as_of: dt.date) -> dt.date | None:
    """Return the day by which the next periodic report is to be sent, None where none is left."""
    every = list(items(office.plan, office.progress, as_of))
    ahead = (report for report in expected_reports(office.plan) if report.due >= as_of)
    return min((report.due for report in ahead if not is_sent(report, every)), default=None)


def _late(row: OfficeRow, item: Item) -> Late:
    occurrence, task = item.occurrence, item.task
    return Late(
        row.office,
        row.folder,
        occurrence.ref,
        task.id,
        item.section.id,
        task.title,
        task.name,
        occurrence.label,
        occurrence.period.name,
        item.due,
        item.days_left,
        item.state,
        item.timing,
        item.progress.percent,
        task.units,
    )
