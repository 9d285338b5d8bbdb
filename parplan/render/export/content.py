"""What goes into an export: the picture of the year, every row of it, and the journal?

Computed once; every format gets the same.  Pure: a plan, what was recorded and a day
in, one ``Export`` out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from parplan.agenda.items import Item, Keep, Timing, every_task
from parplan.agenda.standings import Standing
from parplan.agenda.year import Summary, summarize
from parplan.journal.active import active
from parplan.journal.progress import Progress, State, progress_by_ref
from parplan.journal.record import Figure, Record, Score
from parplan.plan.model import Plan, Section, Task


class ExportRow(msgspec.Struct, frozen=True):
    """One occurrence, or a task that has no date: then ``item`` is None."""

    standing: Standing
    item: Item | None

    @property
    def section(self) -> Section:
        """The section of the task."""
        return self.standing.section

    @property
    def task(self) -> Task:
        """The task, with the units that have it on the due date, else today."""
        return self.item.task if self.item else self.standing.task

    @property
    def ref(self) -> str:
        """The occurrence, ``4@2025-06``, or the task, ``8``."""
        return self.item.occurrence.ref if self.item else self.task.id

    @property
    def progress(self) -> Progress:
        """What was recorded of the occurrence, or of the task as a whole."""
        return self.item.progress if self.item else self.standing.progress

    @property
    def state(self) -> State:
        """The work state."""
        return self.progress.state

    @property
    def timing(self) -> Timing | None:
        """The timing; a cancelled row has none."""
        if self.item:
            return self.item.timing
        if self.state == "cancelled":
            return None
        return "unread" if self.task.unread_deadline else "no-deadline"


class JournalEntry(msgspec.Struct, frozen=True):
    """One record of the journal; ``counts`` unless it was retracted, or retracts another."""

    record: Record
    counts: bool


class Export(msgspec.Struct, frozen=True):
    """All that an export can hold: ``rows`` by due date, ``entries`` oldest first.

    ``unit``, ``section`` and ``officer`` are what the tasks were filtered by, as the user wrote it.
    """

    plan: Plan
    as_of: dt.date
    summary: Summary
    rows: list[ExportRow]
    entries: list[JournalEntry]
    unit: str
    section: str
    officer: str


def build(
    plan: Plan,
    records: Sequence[Record],
    as_of: dt.date,
    keep: Keep = every_task,
    *,
    unit: str = "",
    section: str = "",
    officer: str = "",
) -> Export:
    """Return the export of the tasks that ``keep`` chooses, as they stood on ``as_of``.

    Records of days after ``as_of`` are not in it; those of tasks that the plan no longer
    has are, unless tasks are filtered.
    """
    summary = summarize(plan, progress_by_ref(records, as_of), as_of, keep)
    task_ids = {row.task.id for row in summary.rows}
    all_kept = task_ids == {task.id for _section, task in plan.tasks()}
    counted = {record.id for record in active(records)}
    entries = [
        JournalEntry(record, record.id in counted)
        for record in records
        if record.day <= as_of and (all_kept or _task(record) in task_ids)
    ]
    return Export(plan, as_of, summary, _rows(summary), entries, unit, section, officer)


def _task(record: Record) -> str:
    return "" if isinstance(record, Score | Figure) else record.task


def _rows(summary: Summary) -> list[ExportRow]:
    """Return a row for each occurrence by due date, then for each task without a date."""
    standings = {row.task.id: row.standing for row in summary.rows}
    dated = [ExportRow(standings[item.task.id], item) for item in summary.items]
    undated = [
        ExportRow(row.standing, None)
        for row in summary.rows
        if row.has_no_date or not row.standing.items
    ]
    return dated + undated
