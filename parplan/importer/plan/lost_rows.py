"""Finds rows of tasks outside the tables that were read, so that none is lost in silence.

Old files lose their tables when another program opens them: rows become lines of text, or a
table of other columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parplan.deadlines.read import read_deadline
from parplan.importer.grid import Block, Paragraph, Place, Row, Table
from parplan.problem import N_

OTHER_TABLE = N_("this table looks like tasks, but has no headings that say so; it was not read")
AS_TEXT = N_("a row of a table stands here as text, perhaps with others")

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2}){0,2}[a-zđ]?|[a-zđ]|[IVX]{1,5})[.)]?")
_MOST_CELLS = 8
"""Lines after a number that may be the other cells of its row."""
_FEWEST_JOINTS = 4
"""Small letters with a capital right behind them, of which a text has one or two: "eOffice"."""
_LONGEST = 200
_YEAR = 2024  # any: only whether it is a deadline counts, and this one has a 29 February


def first_task_row(table: Table) -> Row | None:
    """Return the first row of ``table`` that looks like a task with its deadline."""
    rows = (row for row in table.rows if _is_task([cell.text for cell in row.different()]))
    return next(rows, None)


def is_glued(text: str) -> bool:
    """Tell whether ``text`` is a whole table without anything between its cells.

    So LibreOffice reads the table at the end of some .doc files.

    >>> is_glued("TTNội dungThời hạnĐơn vị1Rà soátQuý ITư phápHọp"), is_glued("VNeID, eOffice")
    (True, False)
    """
    joints = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(text))
    return joints >= _FEWEST_JOINTS


def lines_of_tasks(blocks: Sequence[Block]) -> Iterator[tuple[str, Place]]:
    """Yield rows of tasks that became lines of text, the first after each table."""
    table, is_told = 0, False
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            table, is_told = table + 1, False
        elif not is_told and (cells := _cells(blocks, at)):
            is_told = True
            place = Place(page=block.page) if block.page else Place(table=table)
            yield " | ".join(cells), place


def _cells(blocks: Sequence[Block], at: int) -> list[str]:
    """Return the cells that line ``at`` and those after it were; none where it is plain text."""
    first = blocks[at]
    if not isinstance(first, Paragraph):
        return []
    if is_glued(first.text):
        return [first.text]
    if "\t" in first.text:
        cells = [cell.strip() for cell in first.text.split("\t")]
        return cells if _is_task(cells) else []
    if not _NUMBER.fullmatch(first.text):
        return []
    cells = [first.text]
    for block in blocks[at + 1 : at + 1 + _MOST_CELLS]:
        if not isinstance(block, Paragraph) or _NUMBER.fullmatch(block.text):
            break
        cells += [block.text] if block.text else []
    return cells if _is_task(cells) else []


def _is_task(cells: Sequence[str]) -> bool:
    number, *others = cells or [""]
    if not _NUMBER.fullmatch(number.strip()) or len(others) < 2:
        return False
    return any(
        # A plain date may be that of a document, or of a birth.
        re.search(r"[^\W\d_]", text) and len(text) < _LONGEST and read_deadline(text, _YEAR).rules
        for text in others
    )
