"""Tells rows that only head those below them: parents of a), b) or of 1.1, 1.2.

Such a row has no deadline of its own; it is a group, not a task.
"""

from __future__ import annotations

import re

from parplan.importer.clean import DASHES, join_broken_lines, tidy
from parplan.importer.columns import Heading
from parplan.importer.grid import Row
from parplan.importer.plan.continued import texts
from parplan.importer.plan.period_marks import marked_periods

_LETTER = re.compile("[a-zđ]")
_SECTION = re.compile("[IVXL]{1,7}|[A-ZĐ]")
# "1,1" or "1.1", as a sheet shows the number that was typed as 1.10.
_SHORT = re.compile(r"([0-9]+)[.,]([0-9]+)")


def group_row(
    heading: Heading, row: Row, below: Row | None, number: str, number_below: str
) -> tuple[str, str] | None:
    """Return number and title where ``row`` heads a group, None for a task or something else."""
    title = "\n".join(filter(None, (row.text(column) for column in heading.of("title"))))
    if not number or not tidy(title) or below is None or _SECTION.fullmatch(number):
        return None
    if not lacks_deadline(heading, row):
        return None
    numbered = is_child(number, number_below) and bool(number_below)
    title_below = tidy(texts(heading, below, "title"))
    dashed = not number_below and title_below.startswith(DASHES)
    bare = not number_below and not says_more(heading, row) and title_below[:1].isupper()
    if not numbered and not ((dashed or bare) and not lacks_deadline(heading, below)):
        return None
    return number, join_broken_lines(title)


def says_more(heading: Heading, row: Row) -> bool:
    """Tell whether ``row`` says more than its title: who does what is below it, or with what."""
    parts = ("requirement", "units", "supporting")
    cells = [row.cell(column) for part in parts for column in heading.of(part)]
    titles = [row.cell(column) for column in heading.of("title")]
    return any(cell is not None and tidy(cell.text) and cell not in titles for cell in cells)


def lacks_deadline(heading: Heading, row: Row) -> bool:
    """Tell whether ``row`` has no deadline where the table has a column for it."""
    if not heading.of("deadline") and not heading.of("period"):
        return False
    title = tidy(texts(heading, row, "title"))
    deadlines = [tidy(row.text(column)) for column in heading.of("deadline")]
    is_written = any(text and text != title for text in deadlines)
    return not is_written and marked_periods(heading, row) is None


def is_child(parent: str, number: str) -> bool:
    """Tell whether ``number`` stands under ``parent``: 1.1, a or nothing under 1.

    >>> is_child("1", "1.2"), is_child("1", "b"), is_child("1", ""), is_child("1", "2")
    (True, True, True, False)
    """
    if not number or number.startswith(DASHES):
        return True
    return number.startswith(f"{parent}.") or (
        _LETTER.fullmatch(number) is not None and _LETTER.fullmatch(parent) is None
    )


def with_lost_zero(printed: str, before: str) -> str:
    """Return a number of a sheet as it was typed: 1.1 for "1,1", and 1.10 after 1.9.

    >>> with_lost_zero("1,1", "1"), with_lost_zero("1,1", "1.9"), with_lost_zero("1.2", "1.19")
    ('1.1', '1.10', '1.20')
    """
    match = _SHORT.fullmatch(printed)
    if match is None:
        return printed
    tens = f"{match[1]}.{int(match[2]) * 10 - 1}" if len(match[2]) == 1 else ""
    return f"{match[1]}.{match[2]}0" if before == tens else f"{match[1]}.{match[2]}"
