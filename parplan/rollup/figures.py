"""How many occurrences stand in which way, in a form that adds up over offices?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import add

import msgspec
from msgspec.structs import astuple

from parplan.agenda.counts import Counts, count, share
from parplan.agenda.items import Item


class Figures(msgspec.Struct, frozen=True):
    """The numbers of ``status``, and those that follow from them.

    ``fallen_due`` are those of ``counts`` whose due day is not after the day that counts as
    today.  Each of ``wanted`` is either ``due``, ``early`` or ``not_reached``.
    """

    counts: Counts = Counts()
    fallen_due: Counts = Counts()
    no_deadline: int = 0
    unread: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Return the figures of both."""
        return Figures(*map(add, astuple(self), astuple(other)))

    @property
    def due(self) -> int:
        """Those whose due day has come, done or not."""
        return self.fallen_due.wanted

    @property
    def reached(self) -> int:
        """Those that are done, or whose due day has come: what a report tells the shares of."""
        return self.due + self.early

    @property
    def behind(self) -> int:
        """Those that are open and whose due day has come: overdue, or due this day."""
        return self.fallen_due.open

    def share(self, number: int) -> Decimal | None:
        """Return ``number`` as per cent of ``reached``, to one decimal; None of nothing."""
        return share(number, self.reached)

    @property
    def early(self) -> int:
        """Those that are done although their due day has not come."""
        return self.counts.done - self.fallen_due.done

    @property
    def not_reached(self) -> int:
        """Those that are open and whose due day has not come."""
        return self.counts.open - self.fallen_due.open


def figures(items: Sequence[Item], as_of: dt.date, no_deadline: int, unread: int) -> Figures:
    """Return the figures of ``items``, beside so many tasks that have no items."""
    fallen_due = count(item for item in items if item.due <= as_of)
    return Figures(count(items), fallen_due, no_deadline, unread)


def total(figures: Iterable[Figures]) -> Figures:
    """Return the sum of ``figures``."""
    return sum(figures, Figures())
