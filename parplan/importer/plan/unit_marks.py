"""Reads columns of one unit each, in which a mark says what it does: C leads, P helps."""

from __future__ import annotations

import itertools

from parplan.importer.columns import Heading
from parplan.importer.grid import Row
from parplan.importer.plan.printed import MARKS

_FEWEST_UNITS = 3
"""Columns of units, below which they are who leads and who helps, in words."""
_LEADS = frozenset({"C", "CT", "c", "ct", *MARKS})
_HELPS = frozenset({"P", "PH", "p", "ph"})


def marked_units(heading: Heading, row: Row) -> dict[str, str] | None:
    """Return the units that ``row`` marks, by ``units`` and ``supporting``, parted by semicolons.

    None where the columns of units are not each the column of one, or hold other words.
    """
    columns = heading.of("units")
    marks = {column: row.text(column).strip() for column in columns}
    used = {mark for mark in marks.values() if mark}
    if len(columns) < _FEWEST_UNITS or not used or used - _LEADS - _HELPS:
        return None
    names = dict(zip(columns, _names([heading.texts[column] for column in columns]), strict=True))
    return {
        part: "; ".join(names[column] for column in columns if marks[column] in group)
        for part, group in (("units", _LEADS), ("supporting", _HELPS))
    }


def _names(headings: list[str]) -> list[str]:
    """Return the headings without the words that stand above all of them."""
    words = [heading.split() for heading in headings]
    shared = len(
        list(itertools.takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False)))
    )
    return [" ".join(heading[shared:]) for heading in words]
