"""What does an export in JSON hold?  The source of its JSON Schema and of its reference.

The values themselves come from ``render.records``, as those of every command's JSON:
keys may be added, never renamed.  Decimals are text, so that no digit is lost.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from parplan.agenda.items import Timing
from parplan.journal.progress import State
from parplan.journal.record import Kind
from parplan.plan.model import Plan


class ExportedEvidence(msgspec.Struct, frozen=True):
    """A document that proves what was done."""

    number: Annotated[str, Meta(description="Its number, or empty.")]
    file: Annotated[str, Meta(description="A file of the workspace, or empty.")]


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


class ExportedOccurrence(msgspec.Struct, frozen=True):
    """One instance that falls due, as `parplan due` gives it, with what was recorded."""

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
    requirement: Annotated[str, Meta(description="What is required, word for word.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]
    value: Annotated[Decimal | None, Meta(description="Value measured last.")]
    done_on: Annotated[dt.date | None, Meta(description="Day of completion.")]
    reason: Annotated[str, Meta(description="Why it is late, as recorded.")]
    evidence: Annotated[list[ExportedEvidence], Meta(description="All of it, oldest first.")]


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
    criterion: Annotated[str, Meta(description="In a score: number of the index's criterion.")]
    points: Annotated[Decimal | None, Meta(description="In a score: points set by hand.")]
    grade: Annotated[str, Meta(description="In a score: the grade that was given.")]
    not_applicable: Annotated[bool, Meta(description="In a score: it does not apply here.")]
    retracted: Annotated[bool, Meta(description="Whether a later record took it back.")]


class ExportFile(msgspec.Struct, frozen=True):
    """All of a plan and its progress on one day."""

    format: Annotated[Literal[1], Meta(description="Version of this format.")]
    as_of: Annotated[dt.date, Meta(description="Day that counts as today.")]
    year: Annotated[int, Meta(description="The plan's year.")]
    unit: Annotated[str, Meta(description="Unit asked for; empty: all.")]
    section: Annotated[str, Meta(description="Section asked for; empty: all.")]
    plan: Annotated[
        Plan, Meta(description="The plan with every key; of the tasks those asked for.")
    ]
    tasks: Annotated[list[ExportedTask], Meta(description="The tasks, in the plan's order.")]
    occurrences: Annotated[list[ExportedOccurrence], Meta(description="By due date.")]
    journal: Annotated[
        list[ExportedRecord], Meta(description="Records of days until then, oldest first.")
    ]
