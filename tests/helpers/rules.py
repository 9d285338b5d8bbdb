"""An entry of ``schedule:`` for each kind of deadline rule."""

from __future__ import annotations

from collections.abc import Mapping

from parplan.plan.file import read_plan
from parplan.schedule.rules import AnyRule, Continuous, Days, Every, In, On, OnDirective, Rule

ENTRIES: Mapping[type[Rule], str] = {
    Every: "every: month, before: 25",
    Days: "days: [15, 30]",
    In: "in: 2025-Q4..2026-Q2",
    On: "before: 2025-12-15",
    Continuous: "continuous: true",
    OnDirective: "on_directive: UBND quận",
}


def read_rule(entry: str) -> AnyRule:
    """Return the rule that a plan's file states by ``entry``."""
    text = f"""\
schema: 1
year: 2025
document: {{type: Kế hoạch, symbol: KH-UBND, title: Một kế hoạch, place: Phú La}}
issuer: UBND phường Phú La
effective_from: 2025-01-01
sections: [{{id: I, title: Chỉ đạo, tasks: [{{id: "1", title: t, schedule: [{{{entry}}}]}}]}}]
"""
    reading = read_plan("2025.yaml", text.encode())
    assert reading.value is not None, reading.problems
    ((_section, task),) = reading.value.tasks()
    return task.schedule[0]
