"""The answers of ``due``, ``list`` and ``log``: occurrences, tasks and records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set

from parplan.agenda.items import Agenda
from parplan.agenda.standings import Standing
from parplan.journal.record import Record
from parplan.plan.model import Unit
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import ExportedRecord, ExportedTask, ItemRecord


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
