"""What does a report tell of each task?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from parplan.agenda.items import Item, Keep, Timing, goes_on, has_no_date, items
from parplan.agenda.standings import state_of_all
from parplan.journal.progress import NOTHING, Progress, progress_by_ref
from parplan.journal.record import Cancel, Directive, Done, News, Pause, Record, Reopen
from parplan.plan.assignments import Amended, waits_for
from parplan.plan.model import Plan, Task
from parplan.report.model import Due, ReportRow, Sentence, reason_of
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref


class YearData(msgspec.Struct, frozen=True):
    """The plan of a year, as ``keep`` has it, with its occurrences at the end of ``window``."""

    plan: Plan
    window: Period
    keep: Keep
    progress: Mapping[str, Progress]
    items: list[Item]

    @classmethod
    def of(cls, plan: Plan, records: Sequence[Record], window: Period, keep: Keep) -> YearData:
        """Return what ``records`` tell of ``plan`` until the end of ``window``."""
        progress = progress_by_ref(records, window.last)
        return cls(plan, window, keep, progress, list(items(plan, progress, window.last, keep)))

    def counted(self) -> list[Item]:
        """Return the occurrences that count in the window."""
        return [item for item in self.items if counts(item, self.window)]

    def labels(self) -> dict[str, str]:
        """Return what the occurrences are called, by their reference."""
        return {item.occurrence.ref: item.occurrence.label for item in self.items}


def rows_of(data: YearData) -> dict[str, ReportRow]:
    """Return a row a task in force in the window, by its number, as it stands at the end."""
    plan, window = data.plan, data.window
    items_of: dict[str, list[Item]] = {}
    for item in data.items:
        items_of.setdefault(item.task.id, []).append(item)
    recorded_of: dict[str, list[Progress]] = {}
    for ref, of_ref in data.progress.items():
        recorded_of.setdefault(Ref.parse(ref).task, []).append(of_ref)
    amended = Amended(plan)
    replaced_by = {task.replaces: task.id for _section, task in plan.tasks() if task.replaces}
    labels = data.labels()
    return {
        task.id: _row(
            data,
            assigned,
            items_of.get(task.id, []),
            recorded_of.get(task.id, []),
            labels,
            replaced_by.get(task.id, ""),
        )
        for section, task in plan.tasks()
        if task.is_in_force(window.first, window.last)
        and data.keep(section, assigned := amended.on(task, window.last))
    }


def counts(item: Item, window: Period) -> bool:
    """Tell whether ``item`` was closed in the window, or is due by its end and not closed before.

    What is done before its due day counts where it was done, and not once more where it is due.
    """
    closed_on = item.progress.done_on if item.state == "done" else None
    if item.state == "cancelled":
        closed_on = next(
            record.day for record in reversed(item.progress.records) if isinstance(record, Cancel)
        )
    if closed_on is not None:
        return closed_on in window
    return item.due <= window.last


def _row(
    data: YearData,
    task: Task,
    every: list[Item],
    recorded: list[Progress],
    labels: Mapping[str, str],
    replaced_by: str,
) -> ReportRow:
    window, whole = data.window, data.progress.get(task.id, NOTHING)
    asked = [item for item in every if counts(item, window)]
    latest = _latest(asked, window)
    records = sorted((record for of_ref in recorded for record in of_ref.records), key=by_day)
    sentences = _sentences(task, recorded, labels, window)
    values = [record.value for record in records if record.value is not None]
    current = latest.progress if latest else every[-1].progress if every else whole
    return ReportRow(
        task=task.id,
        title=task.title,
        name=task.name,
        requirement=task.requirement,
        target=task.target,
        deadline_text=task.deadline_text,
        units=task.units,
        sentences=sentences,
        due=[Due(item) for item in asked],
        state=latest.state if latest else (state_of_all(every) if every else whole.state),
        timing=latest.timing if latest else None if every else _undated(task),
        percent=latest.progress.percent if latest else whole.percent,
        value=values[-1] if values else None,
        evidence=list(dict.fromkeys(entry for record in records for entry in record.evidence)),
        wants_news=not sentences and _is_asked(task, asked, records, window),
        waits_for=waits_for(data.plan, task, window.last)
        if not every and has_no_date(task)
        else [],
        reason=_row_reason(task, current, records),
        last_day=task.until if task.until and task.until < window.last else None,
        replaced_by=replaced_by,
    )


def _latest(asked: Sequence[Item], window: Period) -> Item | None:
    """Return the first open one of ``asked`` that is due by the window's end, else their last."""
    due_by_now = [item for item in asked if item.due <= window.last]
    is_open = (item for item in due_by_now if item.is_open)
    return next(is_open, due_by_now[-1] if due_by_now else None)


def _sentences(
    task: Task, recorded: Sequence[Progress], labels: Mapping[str, str], window: Period
) -> list[Sentence]:
    """Return what was recorded of ``task`` in ``window`` and tells something, by day."""
    standing = (record for of_ref in recorded for record in _standing(of_ref.records))
    sentences = (
        sentence_of(record, task.name, labels)
        for record in sorted(standing, key=by_day)
        # A directive is an order, and no result.
        if record.day in window and not isinstance(record, Directive)
    )
    return [sentence for sentence in sentences if _says_something(sentence)]


def _is_asked(task: Task, asked: Sequence[Item], records: Sequence[News], window: Period) -> bool:
    """Tell whether news of ``task`` are asked for: unless it was stopped in the window."""
    if any(isinstance(record, Cancel | Pause) and record.day in window for record in records):
        return False
    return bool(asked) or goes_on(task)


def _undated(task: Task) -> Timing | None:
    """Return the timing of ``task``, of which nothing is ever due; None where that is wrong."""
    if not has_no_date(task):
        return None
    return "unread" if task.unread_deadline else "no-deadline"


def _row_reason(task: Task, current: Progress, records: Sequence[News]) -> str:
    """Return why ``task`` is paused or cancelled, or misses its target: told with its last value.

    Or later; ``records`` are in the order of their days.
    """
    if current.state in ("paused", "cancelled"):
        return reason_of(current)
    measured = [i for i, record in enumerate(records) if record.value is not None]
    value = records[measured[-1]].value if measured else None
    if value is None or task.target is None or task.target.is_met(value):
        return ""
    since = records[measured[-1] :]
    return next((record.reason for record in reversed(since) if record.reason), "")


def by_day(record: News) -> tuple[dt.date, dt.datetime, str]:
    """Return the key that sorts records by the day they tell of."""
    return record.day, record.at, record.id


def _standing(records: Sequence[News]) -> list[News]:
    """Return ``records`` of one occurrence without a completion or cancellation taken back.

    A report must not say that something was done, or why it will not be, once it was reopened.
    """
    standing: list[News] = []
    for record in records:
        if isinstance(record, Reopen):
            standing = [earlier for earlier in standing if not isinstance(earlier, Done | Cancel)]
        standing.append(record)
    return standing


def _says_something(sentence: Sentence) -> bool:
    return bool(
        sentence.text
        or sentence.evidence
        or sentence.finishes
        or sentence.percent is not None
        or sentence.value is not None
    )


def sentence_of(record: News, name: str, labels: Mapping[str, str], text: str = "") -> Sentence:
    """Return what ``record`` tells of the task called ``name``: its text, or ``text``."""
    return Sentence(
        name=name,
        text=text or record.text,
        day=record.day,
        ref=record.ref,
        label=labels.get(record.ref, ""),
        evidence=list(record.evidence),
        percent=record.percent,
        value=record.value,
        finishes=isinstance(record, Done),
    )
