"""Reads summaries that say by their period when they are due: "sơ kết 6 tháng, tổng kết năm"."""

from __future__ import annotations

from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.recurrences import Lengths, peek_length
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule import periods
from parplan.schedule.periods import Length
from parplan.schedule.rules import AnyRule, In

_FIRST: tuple[Length, ...] = ("half", "9-months", "year")
"""Of a year's halves the first is summed up with "6 tháng"."""


def is_summary(cursor: Cursor) -> bool:
    """Tell whether a summary with its period stands here."""
    return _accept_summary(Cursor(cursor.phrase, cursor.position, cursor.stop)) is not None


def read_summary(cursor: Cursor, context: Context, _lengths: Lengths) -> Meaning | None:
    """Read "sơ kết 6 tháng", "tổng kết năm", each due at the end of what it sums up."""
    rules: list[AnyRule] = []
    end = cursor.position
    while (length := _accept_summary(cursor)) is not None:
        words = cursor.phrase.between(end, cursor.position)
        label = words[:1].upper() + words[1:]
        rules.append(In(periods.of(length, context.year).name, label=label))
        end = cursor.position
        cursor.accept(", va", ",", "va")
        if not is_summary(cursor):
            cursor.position = end
            break
        end = cursor.position
    return Meaning("period", rules) if rules else None


def _accept_summary(cursor: Cursor) -> Length | None:
    start = cursor.position
    cursor.accept("bao cao")
    if cursor.accept("so ket", "tong ket"):
        cursor.accept("cong tac")
        length, steps = peek_length(cursor)
        goes_on = peek_length(cursor, steps + 1)[0] is not None
        ends = not goes_on and cursor.word(steps) in ("", ",", ".", "va", ";")
        if length in _FIRST and ends:
            cursor.position += steps
            return length
    cursor.position = start
    return None
