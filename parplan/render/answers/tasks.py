"""The answers of ``due``, ``list`` and ``log``: occurrences, tasks and records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from typing import Any

import msgspec

from parplan.agenda.items import Agenda
from parplan.agenda.standings import Standing
from parplan.journal.progress import NOTHING, Progress
from parplan.journal.record import Record
from parplan.plan.model import Plan, Task, Unit
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import ExportedRecord, ExportedTask, ItemRecord, unit_ids


class DueAnswer(JsonAnswer, frozen=True):
    """What a period asks for, and by number or reference what runs on beside it."""

    as_of: dt.date
    period: str
    items: list[ItemRecord]
    running: list[str]
    no_deadline: list[str]
    unread: list[str]

    @classmethod
    def of(cls, agenda: Agenda, units: Mapping[str, Unit]) -> DueAnswer:
        """Return ``agenda``; ``units`` by every name."""
        return cls(
            agenda.as_of,
            agenda.period.name,
            [ItemRecord.of(item, units) for item in agenda.items],
            [item.occurrence.ref for item in agenda.running],
            [task.id for task in agenda.no_deadline],
            [task.id for task in agenda.unread],
        )


def due_rows(
    plan: Plan,
    agenda: Agenda,
    progress: Mapping[str, Progress],
    units: Mapping[str, Unit],
    *,
    complete: bool,
) -> list[dict[str, Any]]:
    """Return what CSV lists of ``agenda``: as the table, tasks without a date too.

    They have the keys of an item, empty where those speak of an occurrence.
    """
    items = [*agenda.items, *(agenda.running if complete else ())]
    rows = [
        {**msgspec.to_builtins(ItemRecord.of(item, units)), "unread_deadline": ""} for item in items
    ]
    sections = {task.id: section.id for section, task in plan.tasks()}
    undated = [*agenda.unread, *(agenda.no_deadline if complete else ())]
    return rows + [
        _undated_row(sections[task.id], task, progress.get(task.id, NOTHING), units)
        for task in undated
    ]


def _undated_row(
    section: str, task: Task, recorded: Progress, units: Mapping[str, Unit]
) -> dict[str, Any]:
    known = {
        "ref": task.id,
        "task": task.id,
        "section": section,
        "title": task.title,
        "short": task.name,
        "state": recorded.state,
        "timing": "unread" if task.unread_deadline else "no-deadline",
        "units": task.units,
        "unit_ids": unit_ids(task.units, units),
        "officer": task.officers,
        "requirement": task.requirement,
        "percent": recorded.percent,
        "unread_deadline": task.unread_deadline,
    }
    return dict.fromkeys(ItemRecord.__struct_fields__, "") | known


class ListAnswer(JsonAnswer, frozen=True):
    """Tasks of the plan, as they stand."""

    as_of: dt.date
    year: int
    items: list[ExportedTask]

    @classmethod
    def of(
        cls, as_of: dt.date, year: int, tasks: Iterable[Standing], units: Mapping[str, Unit]
    ) -> ListAnswer:
        """Return ``tasks`` of the plan of ``year``; ``units`` by every name."""
        return cls(as_of, year, [ExportedTask.of(standing, units) for standing in tasks])


class LogAnswer(JsonAnswer, frozen=True):
    """Records, newest first."""

    as_of: dt.date
    year: int
    items: list[ExportedRecord]

    @classmethod
    def of(
        cls, as_of: dt.date, year: int, records: Iterable[Record], active: Set[str]
    ) -> LogAnswer:
        """Return ``records``; those whose id is not ``active`` were retracted."""
        items = [ExportedRecord.of(record, counts=record.id in active) for record in records]
        return cls(as_of, year, items)
