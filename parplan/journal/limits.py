"""How much text does a record take? Asked before it is written; what older ones hold is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from parplan.journal.record import Record
from parplan.problem import N_, UserError, params

MOST_LETTERS = 5000
MOST_MARKS = 4
"""Marks on one letter; Vietnamese has two, written apart."""


def require_short_texts(record: Record) -> None:
    """Raise UserError unless each text of ``record`` has at most 5 000 letters, with few marks.

    Whoever has more to tell names a file.  A letter under thousands of marks takes minutes to
    lay out, and nobody can read it.
    """
    for key, text in _texts(record):
        if len(text) > MOST_LETTERS:
            message = N_(
                "'%(key)s' has %(count)s letters; a record takes %(most)s: name a file with --file"
            )
            raise UserError(message, params(key=key, count=len(text), most=MOST_LETTERS))
        if not text.isascii() and _most_marks(text) > MOST_MARKS:
            message = N_("'%(key)s' has a letter with more than %(most)s marks on it")
            raise UserError(message, params(key=key, most=MOST_MARKS))


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, str):
            yield field, value
    for evidence in record.evidence:
        yield from (("evidence", text) for text in msgspec.structs.astuple(evidence))


def _most_marks(text: str) -> int:
    """Return how many marks stand on one letter of ``text`` at most."""
    most = marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        most = max(most, marks)
    return most
