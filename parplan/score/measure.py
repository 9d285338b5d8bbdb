"""Measure what a plan's tasks come to, as things stand and as they may end.

Three ends: ``now`` counts what is done and what has fallen due; ``best`` lets
everything open be done today; ``worst`` lets nothing more be done until the year ends.
Cancelled occurrences count nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.items import Item
from parplan.agenda.standings import Standing
from parplan.plan.model import Target
from parplan.score.rules import MeasureName, Ratio, YesNo, plain

End: TypeAlias = Literal["now", "best", "worst"]


class Tally(msgspec.Struct, frozen=True):
    """Counts of occurrences: owed, done, done in time, days late in all.

    ``never`` tells that one is not done by the year's end.
    """

    owed: int = 0
    done: int = 0
    on_time: int = 0
    days: int = 0
    never: bool = False

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.owed + other.owed,
            self.done + other.done,
            self.on_time + other.on_time,
            self.days + other.days,
            self.never or other.never,
        )


_NOTHING = Tally()


def is_open(standing: Standing) -> bool:
    """Tell whether something of the task is still to be done."""
    if standing.items:
        return standing.next_item is not None
    return standing.progress.state not in ("done", "cancelled")


def tally_of(standing: Standing, end: End, as_of: dt.date) -> Tally:
    """Return what the occurrences of a task come to at that end."""
    if standing.items:
        return sum((_of_item(item, end, as_of) for item in standing.items), _NOTHING)
    state = standing.progress.state  # a task without dates: it is done or it is not
    if state == "done" or (end == "best" and state != "cancelled"):
        return Tally(1, 1, 1)
    return Tally(1, never=True) if end == "worst" and state != "cancelled" else _NOTHING


def _of_item(item: Item, end: End, as_of: dt.date) -> Tally:
    if item.state == "cancelled":
        return _NOTHING
    if item.state == "done" or end == "best":
        done_on = (item.progress.done_on or item.due) if item.state == "done" else as_of
        days = max((done_on - item.due).days, 0)
        return Tally(1, 1, int(days == 0), days)
    if end == "worst":
        return Tally(1, never=True)
    # Open and not yet due: it is owed by nobody so far.
    return Tally(1, days=(as_of - item.due).days) if item.due < as_of else _NOTHING


def counted(name: MeasureName, tally: Tally, rule: object) -> Ratio | None:
    """Return the measure ``name`` of ``tally``, None where nothing counts yet.

    For a yes-or-no rule it is the share of what is owed, 1 being all of it.
    """
    if not tally.owed:
        return None
    number = {"done": tally.done, "on-time": tally.on_time}
    if name == "days-late":
        return Ratio(Decimal(tally.days))
    if isinstance(rule, YesNo):
        return Ratio(Decimal(number[name]), Decimal(tally.owed))
    if name.endswith("-rate"):
        top = Decimal(100 * number[name.removesuffix("-rate")])
        return Ratio(top, Decimal(tally.owed))
    return Ratio(Decimal(number[name]))


def values(standings: Iterable[Standing], *, hopeful: bool) -> list[tuple[Decimal, Target | None]]:
    """Return the values measured last, each with the task's target.

    ``hopeful`` adds what the targets of open tasks ask for.
    """
    pairs: list[tuple[Decimal, Target | None]] = []
    for standing in standings:
        measured = standing.latest_value
        if measured is not None and measured.is_finite():
            pairs.append((plain(measured), standing.task.target))
        target = standing.task.target
        if hopeful and target is not None and is_open(standing):
            bounds = (target.at_least, target.at_most)
            pairs += [(plain(bound), target) for bound in bounds if bound is not None]
    return pairs
