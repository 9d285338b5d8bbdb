"""Items and tasks as the JSON contract of the command line names them.

Keys may be added, never renamed: other programs read these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from parplan.agenda.items import Agenda, Item, Standing
from parplan.journal.record import Record, Undo, every_field
from parplan.plan.model import Section, Task, Unit
from parplan.schedule.rules import AnyRule


def item_record(item: Item, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return ``item`` as ``due`` prints it; ``units`` by every name."""
    occurrence = item.occurrence
    return {
        "ref": occurrence.ref,
        "task": item.task.id,
        "section": item.section.id,
        "title": item.task.title,
        "short": item.task.name,
        "label": occurrence.label,
        "period": occurrence.period.name,
        "due": occurrence.due.isoformat(),
        "last_working_day": item.last_working_day.isoformat(),
        "days_left": item.days_left,
        "state": item.state,
        "timing": item.timing,
        "units": item.task.units,
        "unit_ids": _ids(item.task.units, units),
        "requirement": item.task.requirement,
        "percent": item.progress.percent,
    }


def agenda_record(agenda: Agenda, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return the whole answer of ``due``."""
    return {
        "as_of": agenda.as_of.isoformat(),
        "period": agenda.period.name,
        "items": [item_record(item, units) for item in agenda.items],
        "running": [item.occurrence.ref for item in agenda.running],
        "no_deadline": [task.id for task in agenda.no_deadline],
    }


def task_record(section: Section, task: Task, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return the row of the appendix as ``list`` and ``show`` print it."""
    return {
        "task": task.id,
        "section": section.id,
        "title": task.title,
        "short": task.name,
        "requirement": task.requirement,
        "target": _plain(task.target),
        "deadline_text": task.deadline_text,
        "schedule": [rule_record(rule) for rule in task.schedule],
        "units": task.units,
        "unit_ids": _ids(task.units, units),
        "supporting": task.supporting,
        "from": iso(task.from_),
        "until": iso(task.until),
        "by": task.by,
        "replaces": task.replaces,
    }


def standing_record(one: Standing, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return a task with its state, as ``list`` prints it."""
    following = one.next_item
    return {
        **task_record(one.section, one.task, units),
        "state": one.state,
        "timing": one.timing,
        "percent": following.progress.percent if following else one.progress.percent,
        "value": decimal(one.latest_value),
        "next_due": iso(following.due if following else None),
        "waits_for": one.waits_for,
    }


def rule_record(rule: AnyRule) -> dict[str, Any]:
    """Return ``rule`` as it stands in a plan."""
    return {
        key: value
        for key, value in msgspec.to_builtins(rule).items()
        if key != "rule" and value not in (None, "")
    }


def record_record(record: Record, *, counts: bool = True) -> dict[str, Any]:
    """Return a record of the journal, every key present; ``counts`` unless it was retracted."""
    plain: dict[str, Any] = msgspec.to_builtins(every_field(record))
    return {
        "ref": record.ref,
        **plain,
        "on": record.day.isoformat(),
        "evidence": [{"number": one.number, "file": one.file} for one in record.evidence],
        "retracted": not counts and not isinstance(record, Undo),
    }


def iso(day: dt.date | None) -> str | None:
    """Return ``day`` as JSON has it."""
    return day.isoformat() if day else None


def decimal(value: Decimal | None) -> str | None:
    """Return ``value`` as JSON has it: text, so that no digit is lost."""
    return None if value is None else str(value)


def _plain(value: msgspec.Struct | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {key: part for key, part in msgspec.to_builtins(value).items() if part not in (None, "")}


def _ids(names: list[str], units: Mapping[str, Unit]) -> list[str]:
    return [units[name].id for name in names if name in units]
