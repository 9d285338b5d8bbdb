"""The picture of the year as the JSON contract names it; keys may be added, never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parplan.agenda.counts import Counts
from parplan.agenda.year import EARLIER, LATER, Group, Summary
from parplan.plan.model import Unit
from parplan.render import records


def summary_record(found: Summary, ahead: int, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return the answer of ``status``; ``units`` by every name.

    ``items`` are what is overdue, and what is open and due within ``ahead`` days.
    """
    items = [*found.overdue, *found.coming(ahead)]
    return {
        "as_of": found.as_of,
        "year": found.plan.year,
        "period": found.period.name if found.period else None,
        "counts": counts_record(found.counts),
        "fallen_due": counts_record(found.fallen_due),
        "no_deadline": [task.id for task in found.no_deadline],
        "sections": [_group("section", one) for one in found.sections],
        "units": [_group("unit", one) for one in found.units],
        "months": [
            {
                "month": _month(found.plan.year, one.number),
                "counts": counts_record(one.counts),
            }
            for one in found.months
        ],
        "curve": found.curve,
        "items": [records.ItemRecord.of(item, units) for item in items],
    }


def counts_record(counts: Counts) -> dict[str, int]:
    """Return ``counts`` with its sums."""
    return {
        "wanted": counts.wanted,
        "done": counts.done,
        "open": counts.open,
        "on_time": counts.on_time,
        "late": counts.late,
        "overdue": counts.overdue,
        "due_soon": counts.due_soon,
        "upcoming": counts.upcoming,
        "cancelled": counts.cancelled,
        "paused": counts.paused,
        "in_progress": counts.in_progress,
    }


def _group(key: str, group: Group) -> dict[str, Any]:
    return {
        key: group.id,
        "title": group.title,
        "tasks": group.tasks,
        "no_deadline": group.no_deadline,
        "counts": counts_record(group.counts),
    }


def _month(year: int, number: int) -> str:
    """Return '2025-06'; '..2024' and '2026..' for what is due in other years."""
    if number == EARLIER:
        return f"..{year - 1}"
    return f"{year + 1}.." if number == LATER else f"{year}-{number:02}"
