"""What stands before the appendix, and where among a file's tables another one begins."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.importer.grid import Block, Paragraph, Place, Row, Table
from parplan.importer.plan.finished import lists_finished
from parplan.importer.plan.printed import task_heading

_LINES_OF_TITLE = 3
"""Lines right above a table that may be its title; earlier ones are text."""


def blocks_before(blocks: Sequence[Block], place: Place) -> tuple[list[Block], int]:
    """Return ``blocks``, and where among them the table at ``place`` stands.

    The rows above its heading, as sheets have them, become blocks of their own.
    """
    at = next(
        i for i, block in enumerate(blocks) if isinstance(block, Table) and block.place == place
    )
    table = blocks[at]
    assert isinstance(table, Table)
    heading = task_heading(table)
    above = [_as_block(row) for row in table.rows[: heading.first if heading else 0]]
    return [*blocks[:at], *above, *blocks[at:]], at + len(above)


def _as_block(row: Row) -> Block:
    cells = [cell for cell in row.different() if cell.text]
    if len(cells) == 1:
        return Paragraph(cells[0].text, centred=True)
    return Table(row.place, [Row(row.place, cells)])


def finished_tables(blocks: Sequence[Block]) -> set[int]:
    """Return which tables list what is done, by the lines above them or the sheet's name."""
    finished: set[int] = set()
    index, titles = -1, list[str]()
    for block in blocks:
        if isinstance(block, Paragraph):
            titles = [*titles, block.text][-_LINES_OF_TITLE:] if block.text else titles
            continue
        index += 1
        heading = task_heading(block)
        above = [_as_block(row) for row in block.rows[: heading.first if heading else 0]]
        lines = [line.text for line in above if isinstance(line, Paragraph)]
        if any(map(lists_finished, [*titles, *lines, block.place.sheet])):
            finished.add(index)
        titles = []
    return finished


def fresh_tables(blocks: Sequence[Block]) -> set[int]:
    """Return which tables begin an appendix of their own: a heading stands above them."""
    fresh, index, above = set(), -1, False
    for block in blocks:
        if isinstance(block, Table):
            index += 1
            if above or block.place.sheet:
                fresh.add(index)
            above = False
        elif block.text:
            above = True
    return fresh
