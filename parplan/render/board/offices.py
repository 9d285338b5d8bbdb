"""What stands on the board of many offices: a row an office, a column a section.

One page that needs nothing else, in the manner of the board of one office.
"""

from __future__ import annotations

from parplan.render.board.page import OFFICES, fill
from parplan.rollup.join import Rollup
from parplan.rollup.tally import Request

MOST_SECTIONS = 12
"""How many columns of sections fit on a screen: those that most offices have."""


def offices_page(rollup: Rollup, request: Request) -> str:
    """Return the page of ``rollup``, which was asked for by section, in the language in use."""
    every = list(rollup.groups)
    widespread = sorted(every, key=lambda key: -rollup.groups[key].offices)[:MOST_SECTIONS]
    keys = [key for key in every if key in widespread]
    lines = [
        (row, name, [cells.get(key) for key in keys])
        for row, name in zip(rollup.rows, rollup.names, strict=True)
        for cells in ({group.key: group.figures for group in row.sections},)
    ]
    context = {
        "as_of": request.as_of,
        "period": request.period.name if request.period else "",
        "total": rollup.total,
        "sections": [rollup.groups[key] for key in keys],
        "left_out": len(every) - len(keys),
        "lines": lines,
        "unreadable": len(rollup.unreadable),
    }
    return fill(OFFICES, context)
