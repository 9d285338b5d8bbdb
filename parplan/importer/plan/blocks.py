"""What stands before the appendix, and where among a file's tables another one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parplan.importer.columns import Heading
from parplan.importer.grid import Block, Paragraph, Row, Table
from parplan.importer.plan.printed import task_heading

_LINES_OF_TITLE = 3
"""Lines right above a table that may be its title; earlier ones are text."""


def blocks_before(blocks: Sequence[Block], table: Table) -> tuple[list[Block], int]:
    """Return ``blocks``, and where among them ``table`` stands.

    The rows above its heading, as sheets have them, become blocks of their own.
    """
    at = next(i for i, block in enumerate(blocks) if block is table)
    above = rows_above(table, task_heading(table))
    return [*blocks[:at], *above, *blocks[at:]], at + len(above)


def rows_above(table: Table, heading: Heading | None) -> list[Block]:
    """Return the rows above the ``heading`` of ``table`` as blocks; none where there is none."""
    return [_as_block(row) for row in table.rows[: heading.first if heading else 0]]


def _as_block(row: Row) -> Block:
    cells = [cell for cell in row.different() if cell.text]
    if len(cells) == 1:
        return Paragraph(cells[0].text, centred=True)
    return Table(row.place, [Row(row.place, cells)])


def tables_with_titles(blocks: Sequence[Block]) -> Iterator[tuple[Table, list[str]]]:
    """Yield every table with the last lines of text above it, which may be its title."""
    titles: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            yield block, titles
            titles = []
        elif block.text:
            titles = [*titles, block.text][-_LINES_OF_TITLE:]
