"""How many of some occurrences stand in which way?

Reports, the board and ``status`` all count through here, so that no two of them can
differ.  Every occurrence is in exactly one of the six first numbers of ``Counts``, every task
in exactly one of those of ``TaskCounts``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from operator import add
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import astuple

from parplan.agenda.items import Item
from parplan.agenda.standings import Standing
from parplan.journal.record import Directive


class Counts(msgspec.Struct, frozen=True):
    """How many occurrences there are of each timing; ``cancelled`` ones have none.

    ``paused`` and ``in_progress`` are states of open ones, counted under their timing too.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    due_soon: int = 0
    upcoming: int = 0
    cancelled: int = 0
    paused: int = 0
    in_progress: int = 0

    @property
    def done(self) -> int:
        """Those that are done, on time or late."""
        return self.on_time + self.late

    @property
    def open(self) -> int:
        """Those that are neither done nor cancelled."""
        return self.overdue + self.due_soon + self.upcoming

    @property
    def wanted(self) -> int:
        """Those that are not cancelled: what a share is a share of."""
        return self.done + self.open

    @property
    def every(self) -> int:
        """All of them, cancelled ones too."""
        return self.wanted + self.cancelled

    def __add__(self, other: Counts) -> Counts:
        """Return the numbers of both."""
        return Counts(*map(add, astuple(self), astuple(other)))

    def share(self, number: int) -> Decimal | None:
        """Return ``number`` as per cent of ``wanted``, to one decimal; None of nothing."""
        return share(number, self.wanted)


def share(number: int, whole: int) -> Decimal | None:
    """Return ``number`` as per cent of ``whole``, to one decimal, half up; None of nothing.

    >>> str(share(1, 3)), share(0, 0)
    ('33.3', None)
    """
    if not whole:
        return None
    return (Decimal(100 * number) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def count(items: Iterable[Item]) -> Counts:
    """Return how many of ``items`` stand in which way."""
    items = list(items)
    timings = Counter(item.timing for item in items)
    states = Counter(item.state for item in items)
    return Counts(
        on_time=timings["on-time"],
        late=timings["late"],
        overdue=timings["overdue"],
        due_soon=timings["due-soon"],
        upcoming=timings["upcoming"],
        cancelled=timings[None],
        paused=states["paused"],
        in_progress=states["in-progress"],
    )


class TaskCounts(msgspec.Struct, frozen=True):
    """How many rows of the appendix stand in which way."""

    done: Annotated[int, Meta(description="All that the year asks of them is done.")] = 0
    in_progress: Annotated[int, Meta(description="Something is recorded, not all is done.")] = 0
    not_started: Annotated[int, Meta(description="Nothing is recorded, their time has come.")] = 0
    not_reached: Annotated[int, Meta(description="Nothing is recorded; their time comes.")] = 0
    waiting: Annotated[int, Meta(description="Without a date until somebody gives one.")] = 0
    cancelled: Annotated[int, Meta(description="Cancelled; in none of the other counts.")] = 0

    @property
    def total(self) -> int:
        """All of them, without the cancelled ones."""
        return self.done + self.in_progress + self.not_started + self.not_reached + self.waiting

    def share(self, number: int) -> Decimal | None:
        """Return ``number`` as per cent of ``total``, to one decimal, half up; None of nothing."""
        return share(number, self.total)


def count_tasks(standings: Iterable[Standing], as_of: dt.date) -> TaskCounts:
    """Return how many tasks stand in which way on the day ``as_of``.

    A task is in progress from its first record that is no order, paused or not.
    """
    return TaskCounts(**Counter(_standing_of(standing, as_of) for standing in standings))


def _standing_of(standing: Standing, as_of: dt.date) -> str:
    if standing.state in ("done", "cancelled"):
        return standing.state
    if any(not isinstance(record, Directive) for record in standing.records()):
        return "in_progress"
    if not standing.items:
        return "waiting" if standing.waits_for else "not_started"
    periods = [item.occurrence.period for item in standing.items]
    # What is due on a day is to be worked on until then.
    has_begun = any(period.kind == "day" or period.first <= as_of for period in periods)
    return "not_started" if has_begun else "not_reached"
