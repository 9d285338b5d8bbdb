"""Reads the brackets of a part: around the whole of it, behind an event's name, a remark."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.names import EVENTS
from parplan.deadlines.grammar.tokens import Cursor, Phrase, Token


def is_remark(phrase: Phrase, start: int, stop: int) -> bool:
    """Tell whether "(phần còn lại)" stands from token ``start`` to ``stop``."""
    cursor = Cursor(phrase, start, stop)
    if not cursor.accept("("):
        return False
    while skip_free(cursor) or cursor.accept("con lai"):
        pass
    return cursor.at_end


def _span_of_event(tokens: Sequence[Token], start: int, stop: int) -> tuple[int, int] | None:
    """Return where the span of "Chiến dịch hè (từ 01/6 - 31/8)" stands, None for other texts."""
    phrase = Phrase("", list(tokens))
    cursor = Cursor(phrase, start, stop)
    is_length = cursor.number(2, 90) > 0 and cursor.is_at("ngay (", 1)
    cursor.position += 2 if is_length else 0
    if not is_length and not cursor.accept(*EVENTS):
        return None
    while cursor.word() != "(" and skip_free(cursor):
        pass
    begin, end = cursor.position + 1, stop - 1
    inner = [token.text for token in tokens[begin:end]]
    is_span = bool(inner) and (inner[0] == "tu" or "-" in inner or "den" in inner)
    has_end = tokens[end].text == ")" and "(" not in inner
    return (begin, end) if cursor.word() == "(" and is_span and has_end else None


def unbracketed(tokens: Sequence[Token], start: int, stop: int) -> tuple[int, int]:
    """Return the clause without the brackets around the whole of it, or behind an event's name.

    "(Trước ngày 15/6)", "tháng hành động vì ATTP (15/4 - 15/5)".
    """
    if span := _span_of_event(tokens, start, stop):
        return span
    if start < stop and tokens[start].text == "(":
        marks = [at for at in range(start, stop) if tokens[at].text in ("(", ")")]
        if len(marks) == 2 and tokens[stop - 1].text == ")":
            return start + 1, stop - 1
    return start, stop
