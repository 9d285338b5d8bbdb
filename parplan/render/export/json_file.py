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
    officer: Annotated[str, Meta(description="Officer asked for; empty: all.")]
    plan: Annotated[
        Plan, Meta(description="The plan with every key; of the tasks those asked for.")
    ]
    tasks: Annotated[list[ExportedTask], Meta(description="The tasks, in the plan's order.")]
    occurrences: Annotated[list[ExportedOccurrence], Meta(description="By due date.")]
    journal: Annotated[
        list[ExportedRecord], Meta(description="Records of days until then, oldest first.")
    ]


def render(export: Export) -> bytes:
    """Return ``export`` as JSON."""
    return data.to_json(payload(export)).encode()


def payload(export: Export) -> ExportFile:
    """Return what the file holds; keys may be added without another ``format``."""
    units = units_by_name(export.plan.units)
    return ExportFile(
        format=1,
        as_of=export.as_of,
        year=export.plan.year,
        unit=export.unit,
        section=export.section,
        officer=export.officer,
        plan=_plan(export),
        tasks=[ExportedTask.of(row.standing, units) for row in export.summary.rows],
        occurrences=[ExportedOccurrence.of(item, units) for item in export.summary.items],
        journal=[ExportedRecord.of(entry.record, counts=entry.counts) for entry in export.entries],
    )


def _plan(export: Export) -> Plan:
    """Return the plan with the tasks that were asked for, and only their sections."""
    task_ids = {row.task.id for row in export.summary.rows}
    sections = [
        replace(section, tasks=[task for task in section.tasks if task.id in task_ids])
        for section in export.plan.sections
    ]
    return replace(export.plan, sections=[section for section in sections if section.tasks])
