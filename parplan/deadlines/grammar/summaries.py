"""Reads summaries that say by their period when they are due: "sơ kết 6 tháng, tổng kết năm"."""

from __future__ import annotations

from parplan.deadlines.grammar.frequency import Lengths, peek_length
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule import periods
from parplan.schedule.periods import Length
from parplan.schedule.rules import AnyRule, In

_FIRST: tuple[Length, ...] = ("half", "9-months", "year")
"""Of a year's halves the first is summed up with "6 tháng"."""


def is_summary(cursor: Cursor) -> bool:
    """Tell whether a summary with its period stands here."""
    return _accept_summary(cursor.ahead()) is not None


def read_summary(cursor: Cursor, context: Context, _lengths: Lengths) -> Meaning | None:
    """Read "sơ kết 6 tháng", "tổng kết năm", each due at the end of what it sums up."""
    rules: list[AnyRule] = []
    end = cursor.position
    while (length := _accept_summary(cursor, goes_on=bool(rules))) is not None:
        words = cursor.phrase.between(end, cursor.position)
        label = words[:1].upper() + words[1:]
        rules.append(In(periods.of(length, context.year).name, label=label))
        end = cursor.position
        cursor.accept(", va", ",", "va")
        if _accept_summary(cursor.ahead(), goes_on=True) is None:
            cursor.position = end
            break
        end = cursor.position
    return Meaning("period", rules) if rules else None


def _accept_summary(cursor: Cursor, *, goes_on: bool = False) -> Length | None:
    """Step over "sơ kết 6 tháng"; where it ``goes_on``, over "9 tháng" alone."""
    start = cursor.position
    cursor.accept("bao cao")
    if cursor.accept("so ket", "tong ket") or goes_on:
        cursor.accept("cong tac")
        length, steps = peek_length(cursor)
        following = peek_length(cursor, steps + 1)[0]
        ends = following in (None, *_FIRST) and cursor.word(steps) in ("", ",", ".", "va", ";")
        if length in _FIRST and ends:
            cursor.position += steps
            return length
    cursor.position = start
    return None
