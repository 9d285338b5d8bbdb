"""Tasks, occurrences and records as every command's JSON has them, and the export's.

The structs are what its JSON Schema and its reference are made of.  Keys may be added,
never renamed: other programs read these.  Decimals are text, so that no digit is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

import msgspec
from msgspec import Meta, field

from parplan.agenda.items import Item, Timing
from parplan.agenda.standings import Standing
from parplan.journal.progress import State
from parplan.journal.record import Evidence, Kind, Record, Undo, every_field
from parplan.plan.model import Unit
from parplan.schedule.rules import AnyRule


class ExportedEvidence(msgspec.Struct, frozen=True):
    """A document that proves what was done."""

    number: Annotated[str, Meta(description="Its number, or empty.")]
    file: Annotated[str, Meta(description="A file of the workspace, or empty.")]

    @classmethod
    def of(cls, evidence: Evidence) -> ExportedEvidence:
        """Return ``evidence`` with both keys."""
        return cls(evidence.number, evidence.file)


class ExportedTask(msgspec.Struct, frozen=True):
    """One row of the appendix, as `parplan list` gives it."""

    task: Annotated[str, Meta(description="Number as printed: '4'.")]
    section: Annotated[str, Meta(description="Number of its section: 'IV'.")]
    title: Annotated[str, Meta(description="The task, word for word as issued.")]
    short: Annotated[str, Meta(description="Short name; the title where it has none.")]
    requirement: Annotated[str, Meta(description="What is required, word for word.")]
    target: Annotated[dict[str, Any] | None, Meta(description="As in the plan, keys in use only.")]
    deadline_text: Annotated[str, Meta(description="The deadline, word for word.")]
    schedule: Annotated[list[dict[str, Any]], Meta(description="Its rules, as in the plan's file.")]
    units: Annotated[list[str], Meta(description="Who does it, in the plan's words.")]
    unit_ids: Annotated[list[str], Meta(description="The same by their ids.")]
    supporting: Annotated[list[str], Meta(description="Units that help.")]
    officer: Annotated[list[str], Meta(description="Officers who have it in hand.")]
    from_: Annotated[dt.date | None, Meta(description="First day, if added in mid-year.")] = field(
        name="from"
    )
    until: Annotated[dt.date | None, Meta(description="Last day, if dropped in mid-year.")]
    by: Annotated[str, Meta(description="Document that added or dropped it.")]
    replaces: Annotated[str, Meta(description="Number of the task that it replaces.")]
    state: Annotated[State, Meta(description="Work state of the task as a whole.")]
    timing: Annotated[Timing | None, Meta(description="Of its next open occurrence, or its last.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]
    value: Annotated[Decimal | None, Meta(description="Value measured last.")]
    next_due: Annotated[dt.date | None, Meta(description="Due date of the next open occurrence.")]
    waits_for: Annotated[list[str], Meta(description="Whose word gives it a date.")]
    unread_deadline: Annotated[
        str, Meta(description="The deadline, word for word, until somebody has read it; or empty.")
    ]

    @classmethod
    def of(cls, standing: Standing, units: Mapping[str, Unit]) -> ExportedTask:
        """Return a task with its state; ``units`` by every name."""
        task, following = standing.task, standing.next_item
        return cls(
            task=task.id,
            section=standing.section.id,
            title=task.title,
            short=task.name,
            requirement=task.requirement,
            target=_in_use(task.target) if task.target else None,
            deadline_text=task.deadline_text,
            schedule=[rule_record(rule) for rule in task.schedule],
            units=task.units,
            unit_ids=unit_ids(task.units, units),
            supporting=task.supporting,
            officer=task.officers,
            from_=task.from_,
            until=task.until,
            by=task.by,
            replaces=task.replaces,
            state=standing.state,
            timing=standing.timing,
            percent=following.progress.percent if following else standing.progress.percent,
            value=standing.latest_value,
            next_due=following.due if following else None,
            waits_for=standing.waits_for,
            unread_deadline=task.unread_deadline,
        )


class ItemRecord(msgspec.Struct, frozen=True):
    """One instance that falls due, as `parplan due` gives it."""

    ref: Annotated[str, Meta(description="Reference: '4@2025-06'.")]
    task: Annotated[str, Meta(description="Number of the task.")]
    section: Annotated[str, Meta(description="Number of its section.")]
    title: Annotated[str, Meta(description="The task, word for word as issued.")]
    short: Annotated[str, Meta(description="Short name; the title where it has none.")]
    label: Annotated[str, Meta(description="What the occurrence is called: 'Lần 1'.")]
    period: Annotated[str, Meta(description="Its period: '2025-Q2'.")]
    due: Annotated[dt.date, Meta(description="Last day in time, inclusive.")]
    last_working_day: Annotated[dt.date, Meta(description="Last working day until then.")]
    days_left: Annotated[int, Meta(description="Days from the export's day; negative if past.")]
    state: Annotated[State, Meta(description="Work state.")]
    timing: Annotated[Timing | None, Meta(description="Timing; null if cancelled.")]
    units: Annotated[list[str], Meta(description="Who does it, in the plan's words.")]
    unit_ids: Annotated[list[str], Meta(description="The same by their ids.")]
    officer: Annotated[list[str], Meta(description="Officers who have it in hand.")]
    requirement: Annotated[str, Meta(description="What is required, word for word.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]

    @classmethod
    def of(cls, item: Item, units: Mapping[str, Unit], **more: Any) -> Self:
        """Return ``item`` with what is said of it beside; ``units`` by every name."""
        occurrence, task = item.occurrence, item.task
        return cls(
            ref=occurrence.ref,
            task=task.id,
            section=item.section.id,
            title=task.title,
            short=task.name,
            label=occurrence.label,
            period=occurrence.period.name,
            due=occurrence.due,
            last_working_day=item.last_working_day,
            days_left=item.days_left,
            state=item.state,
            timing=item.timing,
            units=task.units,
            unit_ids=unit_ids(task.units, units),
            officer=task.officers,
            requirement=task.requirement,
            percent=item.progress.percent,
            **more,
        )


class ExportedOccurrence(ItemRecord, frozen=True):
    """One instance that falls due, as `parplan due` gives it, with what was recorded."""

    value: Annotated[Decimal | None, Meta(description="Value measured last.")]
    done_on: Annotated[dt.date | None, Meta(description="Day of completion.")]
    reason: Annotated[str, Meta(description="Why it is late, as recorded.")]
    evidence: Annotated[list[ExportedEvidence], Meta(description="All of it, oldest first.")]

    @classmethod
    def of(cls, item: Item, units: Mapping[str, Unit], **more: Any) -> Self:
        """Return ``item`` with all that was recorded of it; ``units`` by every name."""
        progress = item.progress
        return super().of(
            item,
            units,
            value=progress.value,
            done_on=progress.done_on,
            reason=progress.reason,
            evidence=[ExportedEvidence.of(evidence) for evidence in progress.evidence],
            **more,
        )


class ExportedRecord(msgspec.Struct, frozen=True):
    """One record of the journal, as `parplan log` gives it."""

    ref: Annotated[str, Meta(description="Occurrence or task that it is about.")]
    id: Annotated[str, Meta(description="Its own name.")]
    at: Annotated[dt.datetime, Meta(tz=True, description="When it was written.")]
    by: Annotated[str, Meta(description="Who wrote it.")]
    kind: Annotated[Kind, Meta(description="What it records.")]
    task: Annotated[str, Meta(description="Number of the task.")]
    period: Annotated[str, Meta(description="Period; empty: the task as a whole.")]
    on: Annotated[dt.date, Meta(description="Day that it tells of.")]
    text: Annotated[str, Meta(description="What was written; may hold line ends.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]
    value: Annotated[Decimal | None, Meta(description="Measured value.")]
    evidence: Annotated[list[ExportedEvidence], Meta(description="Documents that prove it.")]
    reason: Annotated[str, Meta(description="Why it is late.")]
    proposal: Annotated[str, Meta(description="What is proposed to the superior body.")]
    due: Annotated[dt.date | None, Meta(description="Due date that a directive gives.")]
    authority: Annotated[str, Meta(description="Document or body that gives it.")]
    retracts: Annotated[str, Meta(description="Id of the record that it takes back.")]
    replaces: Annotated[str, Meta(description="Id of the record that it corrects.")]
    criterion: Annotated[str, Meta(description="In a score: number of the index's criterion.")]
    points: Annotated[Decimal | None, Meta(description="In a score: points set by hand.")]
    grade: Annotated[str, Meta(description="In a score: the grade that was given.")]
    not_applicable: Annotated[bool, Meta(description="In a score: it does not apply here.")]
    row: Annotated[str, Meta(description="In a figure: form and row, '3/3.1.1'.")]
    retracted: Annotated[bool, Meta(description="Whether a later record took back or corrects it.")]

    @classmethod
    def of(cls, record: Record, *, counts: bool = True) -> ExportedRecord:
        """Return a record of the journal; ``counts`` unless it was retracted."""
        fields = every_field(record) | {
            "ref": record.ref,
            "on": record.day,
            "evidence": [ExportedEvidence.of(evidence) for evidence in record.evidence],
            "retracted": not counts and not isinstance(record, Undo),
        }
        return cls(**fields)


def rule_record(rule: AnyRule) -> dict[str, Any]:
    """Return ``rule`` as it stands in a plan."""
    return {key: value for key, value in _in_use(rule).items() if key != "rule"}


def _in_use(block: msgspec.Struct) -> dict[str, Any]:
    """Return ``block`` of a plan as plain data, keys in use only."""
    return {
        key: value for key, value in msgspec.to_builtins(block).items() if value not in (None, "")
    }


def unit_ids(names: list[str], units: Mapping[str, Unit]) -> list[str]:
    """Return the ids of the units called ``names``; ``units`` by every name."""
    return [units[name].id for name in names if name in units]
