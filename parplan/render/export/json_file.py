"""Everything about a plan as one JSON document, for other programs.

Its keys are described in ``parplan.render.export.model``, from which its schema is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from parplan.agenda.items import Item
from parplan.plan.model import Plan, Unit, units_by_name
from parplan.render import data, records
from parplan.render.export.content import Export

FORMAT = 1
"""The version of this format; keys may be added without a new one."""


def render(found: Export) -> bytes:
    """Return ``found`` as JSON."""
    return data.to_json(payload(found)).encode()


def payload(found: Export) -> dict[str, Any]:
    """Return ``found`` as plain data, and the plan as the model has it."""
    units = units_by_name(found.plan.units)
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "year": found.plan.year,
        "unit": found.unit,
        "section": found.section,
        "plan": _plan(found),
        "tasks": [records.standing_record(row.standing, units) for row in found.summary.rows],
        "occurrences": [_occurrence(item, units) for item in found.summary.items],
        "journal": [
            records.record_record(entry.record, counts=entry.counts) for entry in found.entries
        ],
    }


def _plan(found: Export) -> Plan:
    """Return the plan with the tasks that were asked for, and only their sections."""
    kept = {row.task.id for row in found.summary.rows}
    sections = [
        replace(section, tasks=[task for task in section.tasks if task.id in kept])
        for section in found.plan.sections
    ]
    return replace(found.plan, sections=[section for section in sections if section.tasks])


def _occurrence(item: Item, units: Mapping[str, Unit]) -> dict[str, Any]:
    progress = item.progress
    return {
        **records.item_record(item, units),
        "value": records.decimal(progress.value),
        "done_on": records.iso(progress.done_on),
        "reason": progress.reason,
        "evidence": [{"number": one.number, "file": one.file} for one in progress.evidence],
    }
