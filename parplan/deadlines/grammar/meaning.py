"""What the pieces of one phrase share, and what a piece means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import msgspec

from parplan.deadlines.grammar.dates import Named
from parplan.deadlines.grammar.tokens import ParseError
from parplan.schedule.periods import Period
from parplan.schedule.rules import AnyRule, In

Sort = Literal["date", "period", "recurring", "directed", "continuous"]
DATELESS: tuple[Sort, ...] = ("directed", "continuous")


class Context(msgspec.Struct):
    """What the clauses of one phrase share."""

    year: int
    before_included: bool
    years: set[int]
    """Years that are written out."""
    after: dt.date = dt.date.min
    """The day up to which the data reach, before which nothing of them is due."""
    named: Sequence[Period] = ()
    """The periods that the label of the part names: "quý I, 6 tháng: …"."""
    is_parted: bool = False
    """There are several clauses."""
    is_open: bool = False
    """Some date is without a year, so the plan's is meant."""

    def period(self, named: Named, at: int) -> Period:
        """Return the days that ``named`` means; raises ParseError at token ``at`` for 30/02."""
        if named.year:
            self.years.add(named.year)
        else:
            self.is_open = True
        period = named.in_year(self.year).period()
        if period is None:
            raise ParseError(at)
        return period

    def range(self, ends: Sequence[Named], at: int) -> In:
        """Return the rule due on the last day of the second of ``ends``; raises ParseError.

        The first takes its year from the second where it has none.
        """
        if len(ends) != 2:
            raise ParseError(at)
        first, last = ends
        start, end = self.period(first.in_year(last.year), at), self.period(last, at)
        if start.first >= end.first or start.last >= end.last:
            raise ParseError(at)
        return In(f"{start.name}..{end.name}")


class Meaning(msgspec.Struct, frozen=True):
    """A piece of a clause, understood."""

    sort: Sort
    rules: list[AnyRule]
    is_bare: bool = False
    """A date without "trước" or "chậm nhất", which may take it from the one before."""
    deed: str = ""
    """What is done then, where that is said: "(tháng 9) tổng kết"."""
