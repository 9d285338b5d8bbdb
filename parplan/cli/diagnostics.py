"""Prints problems on stderr, on a terminal with the places that they point at."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from parplan import i18n
from parplan.cli.streams import is_terminal
from parplan.problem import Problem
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span
from parplan.text import one_line, visible, width


def complain(problems: Sequence[Problem], text: str) -> None:
    """Print ``problems`` on stderr, a line each; on a terminal with the place in ``text``."""
    with_source = is_terminal(sys.stderr)
    source = text.split("\n")
    lines: list[Line] = []
    for problem in problems:
        lines.append(
            [
                Span(f"{problem.where}: ", "head"),
                Span(visible(one_line(i18n.message(problem)))),
                Span(f" [{problem.code}]", "dim"),
            ]
        )
        if with_source and 0 < problem.where.line <= len(source):
            lines += _excerpt(source[problem.where.line - 1].rstrip("\r"), problem.where.column)
    paint.write(lines, sys.stderr)


def _excerpt(line: str, column: int) -> list[Line]:
    room = paint.screen_width() - 4
    before, after = visible(line[: column - 1]), visible(line[column - 1 :])
    while width(before) > room // 2:  # keep the place on the screen
        before = before[1:]
    excerpt = before + after
    while width(excerpt) > room:
        excerpt = excerpt[:-1]
    caret = " " * width(before) + "^"
    return [[Span("    " + excerpt)], [Span("    " + caret, "bad")]]
