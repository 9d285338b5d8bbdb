"""How does the time of each program grow, as a picture?

SVG written by hand: two logarithmic axes, a panel an action, a line a program.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

Points = Mapping[tuple[str, str, int], float]
"""Milliseconds by action, program and number of tasks."""

_COLOURS = ("#c0392b", "#2c6fbb", "#7fb3e6", "#2f8f4e", "#8e5bb5", "#b57d1c")
"""Of the programs in their order; a seventh wants one more."""
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 330, 260, 60, 40, 50


def growth(points: Points, actions: Sequence[str]) -> str:
    """Return the picture: CPU time against the number of tasks, for each of ``actions``."""
    plotted = [action for action in actions if any(key[0] == action for key in points)]
    names = list(dict.fromkeys(name for _action, name, _size in points))
    colours = dict(zip(names, _COLOURS[: len(names)], strict=True))
    scale = _Scale(points)
    width = _LEFT + len(plotted) * (_WIDTH + _GAP)
    height = _TOP + _HEIGHT + 70
    body: list[str] = []
    for place, action in enumerate(plotted):
        left = _LEFT + place * (_WIDTH + _GAP)
        body += _panel(action, left, scale)
        for name, colour in colours.items():
            line = sorted(
                (n, ms) for (a, who, n), ms in points.items() if (a, who) == (action, name)
            )
            spots = [(left + scale.x(n), _TOP + scale.y(ms)) for n, ms in line]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
            body.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            )
            body += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
    for place, (name, colour) in enumerate(colours.items()):
        x, y = _LEFT + place // 2 * 210, height - 26 + place % 2 * 16
        body.append(f'<rect x="{x}" y="{y - 9}" width="14" height="4" fill="{colour}"/>')
        body.append(f'<text x="{x + 20}" y="{y}">{escape(name)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" fill="#333">\n'
        '<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


class _Scale:
    """Where a number of tasks and a time stand inside a panel."""

    def __init__(self, points: Points) -> None:
        sizes = [math.log10(size) for *_who, size in points]
        times = [math.log10(ms) for ms in points.values()]
        self.sizes = sorted({size for *_who, size in points})
        self.decades = range(math.floor(min(times)), math.ceil(max(times)) + 1)
        self._low, self._span = min(sizes), (max(sizes) - min(sizes)) or 1

    def x(self, tasks: int) -> float:
        return 15 + (math.log10(tasks) - self._low) / self._span * (_WIDTH - 30)

    def y(self, milliseconds: float) -> float:
        low, high = self.decades[0], self.decades[-1]
        return _HEIGHT * (1 - (math.log10(milliseconds) - low) / max(high - low, 1))


def _panel(action: str, left: int, scale: _Scale) -> Iterator[str]:
    title = f"{escape(action)}: CPU ms by tasks"
    yield f'<text x="{left}" y="{_TOP - 14}" font-size="15">{title}</text>'
    yield (
        f'<rect x="{left}" y="{_TOP}" width="{_WIDTH}" height="{_HEIGHT}" fill="none" '
        'stroke="#999"/>'
    )
    for decade in scale.decades:
        y = _TOP + scale.y(10.0**decade)
        yield f'<line x1="{left}" x2="{left + _WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10**decade:,}</text>'
    for size in scale.sizes:
        x = left + scale.x(size)
        yield f'<text x="{x:.1f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{size:,}</text>'
