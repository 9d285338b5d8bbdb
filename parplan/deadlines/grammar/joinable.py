"""Tells whether two pieces can be joined: not "trong năm, trước 15/12", which may be one."""

from __future__ import annotations

import datetime as dt

from parplan.deadlines.grammar.meaning import DATELESS, Meaning
from parplan.deadlines.grammar.tokens import Cursor, ParseError
from parplan.schedule.periods import Period
from parplan.schedule.rules import AnyRule, In, On

_SEASON = dt.timedelta(days=100)
"""Of a longer period "thường xuyên" behind it may tell how the work is done in it."""


def accept_break(cursor: Cursor, *, is_beside: bool) -> str:
    """Step over what joins by its place: a line's end, and a stop behind what has no end."""
    if is_beside and (cursor.word(-1) == "." or cursor.is_at("/ bao cao")):
        return cursor.accept("/") or "."
    token = cursor.peek()
    return "line" if token is not None and token.line else ""


def require_joint(first: Meaning, second: Meaning, joint: str, at: int) -> None:
    """Raise ParseError unless two pieces can be joined in that way.

    "Trong năm, trước ngày 15/12" may be one deadline or two; "tháng 6 và tháng 12" are two.
    """
    sorts = (first.sort, second.sort)
    if sorts == ("continuous", "period") and not second.deed:
        raise ParseError(at)  # "thường xuyên, tháng 6": which of them?
    if sorts == ("period", "continuous") and (
        not (second.deed or joint == "va") or _is_long(first)
    ):
        raise ParseError(at)  # "trong năm, thường xuyên": all the year
    if second.sort in DATELESS:
        return
    if joint == "hoac" or (first.sort == "directed" and second.is_bare):
        raise ParseError(at)  # "theo kế hoạch của Quận, ngày 15/3": the plan's own date
    if first.sort in DATELESS:
        return
    if first.sort == "period" and second.sort == "recurring" and not first.deed:
        raise ParseError(at)  # "quý I và 6 tháng, năm trước ngày 15": is that of the first, too?
    is_before = isinstance(first.rules[-1], On) and first.rules[-1].before is not None
    if first.deed and second.deed and not (second.is_bare and is_before):
        return
    if second.is_bare and is_before:
        raise ParseError(at)  # "trước ngày 15/6 (nếu có) và 15/12": before the second, too?
    mixed = first.sort != second.sort
    if (mixed or joint in (",", "line")) and _is_within_either(first, second):
        raise ParseError(at)  # "tháng 6 và ngày 12/6"
    if joint in (",", "line") and mixed:
        raise ParseError(at)
    if _is_another_year(first, second):
        raise ParseError(at)  # "tháng 6 năm 2025 và năm 2026": is it June there too?


def _is_long(meaning: Meaning) -> bool:
    spans = [period.last - period.first for rule in meaning.rules for period in _periods_of(rule)]
    return max(spans, default=_SEASON) > _SEASON


def _is_within_either(earlier: Meaning, later: Meaning) -> bool:
    """Tell whether a period of the one lies within a period of the other."""
    earlier_periods = [period for rule in earlier.rules for period in _periods_of(rule)]
    later_periods = [period for rule in later.rules for period in _periods_of(rule)]
    return any(a.covers(b) or b.covers(a) for a in earlier_periods for b in later_periods)


def _periods_of(rule: AnyRule) -> list[Period]:
    return [period for period, _due in rule.due_dates(0)] if isinstance(rule, In | On) else []


def _is_another_year(first: Meaning, second: Meaning) -> bool:
    last, year = first.rules[-1], second.rules[0]
    if not (isinstance(year, In) and year.in_.isdigit()) or not isinstance(last, In | On):
        return False
    due = next(day for _period, day in last.due_dates(0))
    whole = isinstance(last, In) and last.in_.isdigit()
    return not whole and str(due.year) != year.in_
