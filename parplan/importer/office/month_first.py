"""Finds dates that can be read in two ways, as a program with American settings writes them.

A date with the month first gives itself away where its second number is above 12: then no other
date of the table is certain whose two first numbers could change places.
"""

from __future__ import annotations

import re

from parplan.importer.grid import Table
from parplan.problem import N_

MONTH_FIRST = N_(
    "dates are written with the month before the day here, so that this one can be read in two "
    "ways; its deadline is left open"
)
"""Why a date is no deadline where 10/6 may be 6 October or 10 June."""

_DATE = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}(?![0-9/])")


def doubt_dates(table: Table) -> None:
    """Mark the cells of ``table`` whose dates are uncertain, if one has its month first."""
    cells = {id(cell): cell for row in table.rows for cell in row.cells if "/" in cell.text}
    dates = [
        (cell, int(match[1]), int(match[2]))
        for cell in cells.values()
        for match in _DATE.finditer(cell.text)
    ]
    if any(1 <= first <= 12 < second <= 31 for _cell, first, second in dates):
        for cell, first, second in dates:
            # The month stands first, or may.
            if 1 <= first <= 12 and second <= 31 and first != second:
                cell.doubt = MONTH_FIRST
