"""Tells rows that only head those below them: parents of a), b) or of 1.1, 1.2.

Such a row has no deadline of its own; it is a group, not a task.
"""

from __future__ import annotations

import re

import msgspec

from parplan.importer.clean import join_broken_lines, tidy
from parplan.importer.columns import Heading
from parplan.importer.grid import Row
from parplan.importer.plan.period_marks import marked_periods

_LETTER = re.compile("[a-zđ]")
_SECTION = re.compile("[IVXL]{1,7}|[A-ZĐ]")
_DASHES = tuple("-–—+•*")
# "1,1" or "1.1", as a sheet shows the number that was typed as 1.10.
_SHORT = re.compile(r"([0-9]+)[.,]([0-9]+)")


class GroupRow(msgspec.Struct, frozen=True):
    """A row that heads others; ``lost`` tells whether it says more than its title."""

    number: str
    title: str
    lost: bool


def group_row(
    heading: Heading, row: Row, below: Row | None, number: str, number_below: str
) -> GroupRow | None:
    """Return the group that ``row`` heads, None where it is a task or something else."""
    title = "\n".join(filter(None, (row.text(column) for column in heading.of("title"))))
    if not number or not tidy(title) or below is None or _SECTION.fullmatch(number):
        return None
    if _has_deadline(heading, row) or not (heading.of("deadline") or heading.of("period")):
        return None
    numbered = is_child(number, number_below) and bool(number_below)
    dashed = not number_below and _title(heading, below).startswith(_DASHES)
    if not numbered and not (dashed and _has_deadline(heading, below)):
        return None
    parts = ("requirement", "units", "supporting")
    others = [row.text(column) for part in parts for column in heading.of(part)]
    return GroupRow(
        number, join_broken_lines(title), any(text and text != title for text in others)
    )


def _title(heading: Heading, row: Row) -> str:
    return tidy(" ".join(row.text(column) for column in heading.of("title")))


def _has_deadline(heading: Heading, row: Row) -> bool:
    texts = [row.text(column) for column in heading.of("deadline")]
    title = _title(heading, row)
    return any(tidy(text) and tidy(text) != title for text in texts) or (
        marked_periods(heading, row) is not None
    )


def is_child(parent: str, number: str) -> bool:
    """Tell whether ``number`` stands under ``parent``: 1.1, a or nothing under 1.

    >>> is_child("1", "1.2"), is_child("1", "b"), is_child("1", ""), is_child("1", "2")
    (True, True, True, False)
    """
    if not number or number.startswith(_DASHES):
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
