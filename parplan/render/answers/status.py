"""The answer of ``status``: the picture of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from parplan.agenda.counts import Counts, TaskCounts
from parplan.agenda.year import EARLIER, LATER, Point, Summary, YearGroup
from parplan.plan.model import Unit
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import ItemRecord


class CountsRecord(msgspec.Struct, frozen=True):
    """How many occurrences stand in which way, with the sums."""

    wanted: int
    done: int
    open: int
    on_time: int
    late: int
    overdue: int
    due_soon: int
    upcoming: int
    cancelled: int
    paused: int
    in_progress: int

    @classmethod
    def of(cls, counts: Counts) -> CountsRecord:
        """Return ``counts`` with its sums."""
        return cls(*(getattr(counts, name) for name in cls.__struct_fields__))


class SectionRecord(msgspec.Struct, frozen=True):
    """How a section stands."""

    section: str
    title: str
    tasks: int
    no_deadline: int
    counts: CountsRecord


class UnitRecord(msgspec.Struct, frozen=True):
    """How the tasks of a unit stand."""

    unit: str
    title: str
    tasks: int
    no_deadline: int
    counts: CountsRecord


class MonthRecord(msgspec.Struct, frozen=True):
    """How what is due in a month stands: '2025-06'; '..2024' and '2026..' are other years."""

    month: str
    counts: CountsRecord


class StatusAnswer(JsonAnswer, frozen=True):
    """The picture of the year; ``items`` are what is overdue, and what is due soon and open."""

    as_of: dt.date
    year: int
    period: str | None
    counts: CountsRecord
    fallen_due: CountsRecord
    no_deadline: list[str]
    sections: list[SectionRecord]
    units: list[UnitRecord]
    months: list[MonthRecord]
    curve: list[Point]
    items: list[ItemRecord]
    unread: list[str]
    task_counts: TaskCounts

    @classmethod
    def of(cls, summary: Summary, ahead: int, units: Mapping[str, Unit]) -> StatusAnswer:
        """Return ``summary``, with what is due within ``ahead`` days; ``units`` by every name."""
        year = summary.plan.year
        return cls(
            as_of=summary.as_of,
            year=year,
            period=summary.period.name if summary.period else None,
            counts=CountsRecord.of(summary.counts),
            fallen_due=CountsRecord.of(summary.fallen_due),
            no_deadline=[task.id for task in summary.no_deadline],
            sections=[SectionRecord(*_group(group)) for group in summary.sections],
            units=[UnitRecord(*_group(group)) for group in summary.units],
            months=[
                MonthRecord(_month(year, month.number), CountsRecord.of(month.counts))
                for month in summary.months
            ],
            curve=summary.curve,
            items=[
                ItemRecord.of(item, units) for item in (*summary.overdue, *summary.coming(ahead))
            ],
            unread=[task.id for task in summary.unread],
            task_counts=summary.task_counts,
        )


def _group(group: YearGroup) -> tuple[str, str, int, int, CountsRecord]:
    return group.id, group.title, group.tasks, group.no_deadline, CountsRecord.of(group.counts)


def _month(year: int, number: int) -> str:
    if number == EARLIER:
        return f"..{year - 1}"
    return f"{year + 1}.." if number == LATER else f"{year}-{number:02}"
