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


def _names_no_date(cursor: Cursor) -> bool:
    """Tell whether "(định kỳ) trước ngày 20 hằng tháng" stands here, and no single day."""
    begins = cursor.word(2) in ("truoc", "cham", "muon", "vao", "ngay")
    number = next((at for at in range(3, 7) if cursor.number(1, 31, at)), 0)
    return begins and number > 0 and cursor.word(number + 1) not in ("/", "-", ".")


def read_bound(cursor: Cursor, context: Context) -> Bound:
    """Step over a limit and an hour, and return what they say; a bare date is still in time."""
    if cursor.is_at("dinh ky") and _names_no_date(cursor):
        cursor.position += 2
    limit = accept_limit(cursor)
    skip_filling(cursor, activities=False)
    hour = accept_clock(cursor)
    included = limit is None or limit.included or context.before_included
    return Bound(limit, included if hour is None else hour, hour is not None)
