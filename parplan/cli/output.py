"""How does an answer go out in the form that the user asked for?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from parplan.cli.options import Format
from parplan.render.terminal import paint
from parplan.render.terminal.table import Column, Line, Span, lay_out, paragraph
from parplan.text import visible


class Table(NamedTuple):
    """An answer for the eye: a heading, rows, and what stands below them."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Span]]
    notes: Sequence[str] = ()


def emit(form: Format, payload: Callable[[], dict[str, Any]], table: Callable[[], Table]) -> None:
    """Print one of the two in the form ``form``.

    ``payload`` is the JSON answer; its ``items`` are the records of CSV.
    """
    if form == "table":
        show(table())
        return
    from parplan.render import data
    from parplan.render.template import markdown

    if form == "json":
        sys.stdout.write(data.to_json(payload()))
    elif form == "csv":
        sys.stdout.write(data.to_csv(msgspec.to_builtins(payload())["items"]))
    else:
        shown = table()
        titles = [column.title for column in shown.columns]
        rows = [[cell.text for cell in row] for row in shown.rows]
        sys.stdout.write(markdown.table(titles, rows))


def show(table: Table) -> None:
    """Print ``table`` as wide as the screen."""
    screen = paint.screen_width()
    lines = paragraph(table.heading, screen, "head")
    if table.rows:
        lines += [[], *lay_out(table.columns, table.rows, screen)]
    if table.notes:
        lines.append([])
    for note in table.notes:
        lines += paragraph(note, screen, "dim")
    show_lines(lines)


def show_lines(lines: Sequence[Line]) -> None:
    """Print ``lines`` on the screen."""
    paint.write(lines, sys.stdout)


def dashed(text: str, screen: int) -> Iterator[Line]:
    """Yield ``text`` as an item of a list, its further lines indented."""
    for index, line in enumerate(paragraph(visible(text), max(screen - 2, 20))):
        yield [Span("  " if index else "- "), *line]
