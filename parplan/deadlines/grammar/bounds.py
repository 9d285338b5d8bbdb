"""Reads what stands before a date: the limit, and perhaps an hour."""

from __future__ import annotations

from typing import NamedTuple

from parplan.deadlines.grammar.limits import Limit, accept_clock, accept_limit, skip_filling
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.tokens import Cursor


class Bound(NamedTuple):
    """What stands before a date: the words, and whether the day named is still in time."""

    limit: Limit | None
    includes_day: bool
    has_hour: bool


def read_bound(cursor: Cursor, context: Context) -> Bound:
    """Step over a limit and an hour, and return what they say; a bare date is still in time."""
    limit = accept_limit(cursor)
    skip_filling(cursor, activities=False)
    hour = accept_clock(cursor)
    included = limit is None or limit.included or context.before_included
    return Bound(limit, included if hour is None else hour, hour is not None)
