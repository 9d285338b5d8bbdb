"""What tests of counts and documents share: the plan of 2025, its days, periods and journals."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from parplan.journal.record import Kind, Record
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.schedule import periods
from tests.helpers.office import ZONE, made
from tests.helpers.running import ROOT


@functools.cache
def the_plan() -> Plan:
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    return plan


def day(text: str) -> dt.date:
    """Return a day of 2025 written as month and day, or any day written in full."""
    return dt.date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


def period(name: str) -> periods.Period:
    found = periods.parse(name)
    assert found is not None
    return found


def told(number: int, kind: Kind, ref: str, written: str, **rest: Any) -> Record:
    """Return the ``number``-th record, written at noon of a day."""
    at = dt.datetime.combine(day(written), dt.time(12), ZONE)
    return made(number, kind, ref, at=at, **rest)


REFS = [one.ref for _, task in the_plan().tasks() for one in the_plan().occurrences(task)]

KINDS: Sequence[Kind] = ("note", "start", "done", "pause", "cancel", "reopen", "directive")

days = st.dates(dt.date(2025, 3, 1), dt.date(2025, 12, 31))

names = st.sampled_from(
    [
        *(one.name for unit in ("month", "quarter", "half", "9-months", "year", "week")
          for one in periods.each(unit, 2025)),
        "2025-03-18..2025-06-30",
        "2025-06-14",
    ]
)  # fmt: skip


@st.composite
def journals(draw: st.DrawFn) -> list[Record]:
    """Draw records of every kind about the plan's occurrences, oldest first."""
    drawn = draw(
        st.lists(st.tuples(days, st.sampled_from(REFS), st.sampled_from(KINDS), days), max_size=30)
    )
    return [
        told(
            number,
            kind,
            ref,
            on.isoformat(),
            **({"due": due} if kind == "directive" else {}),
        )
        for number, (on, ref, kind, due) in enumerate(sorted(drawn, key=lambda one: one[0]))
    ]
