"""The answers of ``rollup``: many offices, what they have in common, and what is late."""

from __future__ import annotations

import datetime as dt

import msgspec

from parplan.i18n import problem_line
from parplan.render.answers.answer import JsonAnswer
from parplan.rollup.figures import Figures
from parplan.rollup.join import JoinedRow, Rollup
from parplan.rollup.tally import By, Late, OfficeRow, Request


class FiguresRecord(msgspec.Struct, frozen=True):
    """How many occurrences stand in which way, as in ``status``, and what follows from that."""

    wanted: int
    due: int
    done: int
    early: int
    on_time: int
    late: int
    overdue: int
    not_reached: int
    due_soon: int
    cancelled: int
    no_deadline: int
    unread: int

    @classmethod
    def of(cls, figures: Figures) -> FiguresRecord:
        """Return ``figures``."""
        return cls(
            figures.counts.wanted,
            figures.due,
            figures.counts.done,
            figures.early,
            figures.counts.on_time,
            figures.counts.late,
            figures.counts.overdue,
            figures.not_reached,
            figures.counts.due_soon,
            figures.counts.cancelled,
            figures.no_deadline,
            figures.unread,
        )


class OfficeRecord(msgspec.Struct, frozen=True):
    """One office; no figures where its files cannot be read."""

    office: str
    folder: str
    plan: str
    year: int | None
    wanted: int | None
    due: int | None
    done: int | None
    early: int | None
    on_time: int | None
    late: int | None
    overdue: int | None
    not_reached: int | None
    due_soon: int | None
    cancelled: int | None
    no_deadline: int | None
    unread: int | None
    last_record: dt.datetime | None
    next_report: dt.date | None
    problem: str

    @classmethod
    def of(cls, row: OfficeRow) -> OfficeRecord:
        """Return ``row``; its problem is in the language in use."""
        figures = FiguresRecord.of(row.figures) if row.figures else None
        return cls(
            office=row.office,
            folder=row.folder,
            plan=row.plan,
            year=row.year,
            last_record=row.last_record,
            next_report=row.next_report,
            problem=problem_line(row.problem) if row.problem else "",
            **{name: getattr(figures, name, None) for name in FiguresRecord.__struct_fields__},
        )


class WordingRecord(msgspec.Struct, frozen=True):
    """A wording of a task's deadline, and how many offices have it."""

    deadline_text: str
    offices: int


class JoinedRecord(msgspec.Struct, frozen=True):
    """A section, a unit or a task of several offices."""

    number: str
    title: str
    offices: int
    wanted: int
    due: int
    done: int
    early: int
    on_time: int
    late: int
    overdue: int
    not_reached: int
    due_soon: int
    cancelled: int
    no_deadline: int
    unread: int
    deadlines: list[WordingRecord]

    @classmethod
    def of(cls, joined: JoinedRow) -> JoinedRecord:
        """Return ``joined``."""
        return cls(
            number=joined.number,
            title=joined.title,
            offices=joined.offices,
            deadlines=[WordingRecord(*one) for one in joined.deadlines.items()],
            **msgspec.structs.asdict(FiguresRecord.of(joined.figures)),
        )


class OfficesAnswer(JsonAnswer, frozen=True):
    """What was asked of many offices, and how many of them cannot be read."""

    as_of: dt.date
    period: str | None
    offices: int
    unreadable: int


class RollupAnswer(OfficesAnswer, frozen=True):
    """Many offices, in the order in which they were found."""

    total: FiguresRecord
    items: list[OfficeRecord]

    @classmethod
    def of(cls, rollup: Rollup, request: Request) -> RollupAnswer:
        """Return ``rollup``, the answer of ``request``."""
        items = [OfficeRecord.of(row) for row in rollup.rows]
        return cls(*_asked(rollup, request), FiguresRecord.of(rollup.total), items)


class RollupByAnswer(OfficesAnswer, frozen=True):
    """What many offices have in common; a task of two units counts for both."""

    by: By
    total: FiguresRecord
    items: list[JoinedRecord]

    @classmethod
    def of(cls, rollup: Rollup, request: Request, by: By) -> RollupByAnswer:
        """Return ``rollup``, the answer of ``request``."""
        items = [JoinedRecord.of(one) for one in rollup.groups.values()]
        return cls(*_asked(rollup, request), by, FiguresRecord.of(rollup.total), items)


class RollupDueAnswer(OfficesAnswer, frozen=True):
    """What is overdue in all offices, longest first."""

    items: list[Late]

    @classmethod
    def of(cls, rollup: Rollup, request: Request) -> RollupDueAnswer:
        """Return ``rollup``, the answer of ``request``."""
        return cls(*_asked(rollup, request), rollup.overdue)


def _asked(rollup: Rollup, request: Request) -> tuple[dt.date, str | None, int, int]:
    """Return the day, the period, and how many offices there are and cannot be read."""
    period = request.period.name if request.period else None
    return request.as_of, period, len(rollup.rows), len(rollup.unreadable)
