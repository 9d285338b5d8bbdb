"""Where do the lines of the year's chart run?

What was due and what was done by each day, as steps in the coordinates of an SVG picture:
x to the right from the year's first day, y downwards.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import msgspec

from parplan.agenda.counts import Counts
from parplan.agenda.year import Point
from parplan.render import status_marks

WIDTH, HEIGHT = 640, 280
_TOP, _BOTTOM, _RIGHT = 16, 28, 44
_DIGIT = 8.5


class End(msgspec.Struct, frozen=True):
    """Where a line ends, and at which number."""

    x: float
    y: float
    number: int


class Chart(msgspec.Struct, frozen=True):
    """The lines as SVG paths, and where months, numbers and today stand beside them."""

    left: float
    right: float
    bottom: float
    due: str
    done: str
    area: str
    due_end: End
    done_end: End | None
    levels: list[End]
    months: list[float]
    today: float | None


def draw(curve: Sequence[Point], as_of: dt.date) -> Chart:
    """Return the chart of ``curve``, which has the year's first day and last."""
    first, last = curve[0].day, curve[-1].day
    levels = _levels(max(curve[-1].due, *(point.done or 0 for point in curve)))
    left = 12 + _DIGIT * len(str(levels[-1]))
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    days = (last - first).days + 1

    def x(day: dt.date) -> float:
        return round(left + (right - left) * (day - first).days / days, 1)

    def y(number: int) -> float:
        return round(bottom - (bottom - _TOP) * number / levels[-1], 1)

    due = _steps([(x(point.day), y(point.due)) for point in curve])
    measured = [(point.day, point.done) for point in curve if point.done is not None]
    done = _steps([(x(day), y(number)) for day, number in measured])
    done_end = End(x(measured[-1][0]), y(measured[-1][1]), measured[-1][1]) if measured else None
    return Chart(
        left=left,
        right=right,
        bottom=bottom,
        due=due + f"H{right:g}",
        done=done,
        area=f"{done}V{bottom:g}H{left:g}Z" if done else "",
        due_end=End(right, y(curve[-1].due), curve[-1].due),
        done_end=done_end,
        levels=[End(left, y(number), number) for number in levels],
        months=[x(dt.date(first.year, number, 1)) for number in range(1, 13)],
        today=x(as_of) if first <= as_of <= last else None,
    )


def _steps(points: Sequence[tuple[float, float]]) -> str:
    if not points:
        return ""
    (x, y), *others = points
    path = f"M{x:g} {y:g}"
    for to_x, to_y in others:
        path += f"H{to_x:g}" + (f"V{to_y:g}" if to_y != y else "")
        y = to_y
    return path


def _levels(most: int) -> list[int]:
    """Return four to six round numbers from 0 up to at least ``most``.

    >>> _levels(91), _levels(3), _levels(0)
    ([0, 20, 40, 60, 80, 100], [0, 1, 2, 3], [0, 1])
    """
    round_numbers = (digit * 10**power for power in itertools.count() for digit in (1, 2, 5))
    step = next(number for number in round_numbers if most <= 5 * number)
    return list(range(0, max(-(-most // step), 1) * step + 1, step))


class BarPiece(msgspec.Struct, frozen=True):
    """A piece of a bar, in per cent of its length."""

    kind: status_marks.Kind
    start: float
    width: float


def bar(counts: Counts) -> list[BarPiece]:
    """Return the bar of ``counts``: what is done, late or due, and the rest left empty."""
    pieces: list[BarPiece] = []
    start = 0
    for kind, number in status_marks.numbers(counts, cancelled=False).items():
        if number and kind != "upcoming":
            place, width = (round(100 * count / counts.wanted, 2) for count in (start, number))
            pieces.append(BarPiece(kind, place, width))
            start += number
    return pieces
