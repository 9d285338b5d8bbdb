"""Everything about a plan as one JSON document, for other programs.

``ExportFile`` is the source of its JSON Schema and of its reference.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from parplan.plan.model import Plan, units_by_name
from parplan.render import data
from parplan.render.export.content import Export
from parplan.render.records import ExportedOccurrence, ExportedRecord, ExportedTask


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


def render(found: Export) -> bytes:
    """Return ``found`` as JSON."""
    return data.to_json(payload(found)).encode()


def payload(found: Export) -> ExportFile:
    """Return what the file holds; keys may be added without another ``format``."""
    units = units_by_name(found.plan.units)
    return ExportFile(
        format=1,
        as_of=found.as_of,
        year=found.plan.year,
        unit=found.unit,
        section=found.section,
        plan=_plan(found),
        tasks=[ExportedTask.of(row.standing, units) for row in found.summary.rows],
        occurrences=[ExportedOccurrence.of(item, units) for item in found.summary.items],
        journal=[ExportedRecord.of(entry.record, counts=entry.counts) for entry in found.entries],
    )


def _plan(found: Export) -> Plan:
    """Return the plan with the tasks that were asked for, and only their sections."""
    kept = {row.task.id for row in found.summary.rows}
    sections = [
        replace(section, tasks=[task for task in section.tasks if task.id in kept])
        for section in found.plan.sections
    ]
    return replace(found.plan, sections=[section for section in sections if section.tasks])
