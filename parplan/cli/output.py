"""Prints an answer in the form that the user asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from parplan.cli.options import Format
from parplan.render.answers.answer import JsonAnswer
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, TerminalTable, lay_out, paragraph


def emit(
    form: Format,
    answer: Callable[[], JsonAnswer],
    table: Callable[[], TerminalTable],
    records: Callable[[], Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Print what is answered in the form ``form``.

    ``answer`` is that of JSON; its ``items`` are the records of CSV, unless ``records`` has more.
    """
    if form == "table":
        show(table())
    elif form == "json":
        print_json(answer())
    elif form == "csv":
        from parplan.render import data

        items = records() if records else msgspec.to_builtins(answer())["items"]
        sys.stdout.write(data.to_csv(items))
    else:
        from parplan.render.template import markdown

        content = table()
        titles = [column.title for column in content.columns]
        rows = [[cell.text for cell in row] for row in content.rows]
        sys.stdout.write(markdown.table(titles, rows))


def print_json(answer: JsonAnswer) -> None:
    """Print ``answer`` as JSON."""
    from parplan.render import data

    sys.stdout.write(data.to_json(answer))


def show(table: TerminalTable) -> None:
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
