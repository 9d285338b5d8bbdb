"""How do counts look as a strip of letters?

A strip says the same as a coloured bar, to everybody: a letter for each occurrence, or for
a share of them where there are more than fit.
"""

from __future__ import annotations

from collections.abc import Mapping

from parplan.render import status_marks
from parplan.render.status_marks import Kind
from parplan.render.terminal.table import Line, Span

WAITING = "·"
"""Stands for what is not due yet, so that the eye finds the rest."""


def apportion(numbers: Mapping[Kind, int], room: int) -> dict[Kind, int]:
    """Share ``room`` letters among ``numbers`` by size; whatever there is gets one at least.

    The letters add up to ``room``, which has one for each kind at least, unless there is nothing.

    >>> apportion({"on-time": 1, "overdue": 1, "upcoming": 98}, 10)
    {'on-time': 1, 'overdue': 1, 'upcoming': 8}
    """
    rests = {kind: 1 for kind, number in numbers.items() if number}
    while rests and sum(rests.values()) < room:
        # D'Hondt: the next letter to whoever has most for each letter, so that more is never less.
        most = max(rests, key=lambda kind: numbers[kind] / (rests[kind] + 1))
        rests[most] += 1
    return rests


def strip(letters: Mapping[Kind, int]) -> Line:
    """Return the strip in the order of all pictures."""
    return [
        Span(sign(kind) * letters[kind], look.style)
        for kind, look in status_marks.LOOKS.items()
        if letters.get(kind)
    ]


def sign(kind: Kind) -> str:
    """Return the letter of ``kind`` in a strip."""
    return WAITING if kind == "upcoming" else status_marks.letter(kind)


def legend() -> str:
    """Return what each letter means."""
    return ", ".join(f"{sign(kind)} {status_marks.word(kind)}" for kind in status_marks.LOOKS)
