"""How are problems shown to the user?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from parplan import i18n
from parplan.problem import Problem
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span
from parplan.text import one_line, visible, width


def complain(problems: Sequence[Problem], text: str) -> None:
    """Print ``problems`` on stderr, a line each; on a terminal with the place in ``text``."""
    with_source = sys.stderr.isatty()
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
            lines += _pointed_at(source[problem.where.line - 1].rstrip("\r"), problem.where.column)
    paint.write(lines, sys.stderr)


def _pointed_at(line: str, column: int) -> list[Line]:
    room = paint.screen_width() - 4
    before, after = visible(line[: column - 1]), visible(line[column - 1 :])
    while width(before) > room // 2:  # keep the place on the screen
        before = before[1:]
    shown = before + after
    while width(shown) > room:
        shown = shown[:-1]
    caret = " " * width(before) + "^"
    return [[Span("    " + shown)], [Span("    " + caret, "bad")]]


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return ``problem`` as the JSON answer has it."""
    where = problem.where
    return {
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "code": problem.code,
        "message": i18n.message(problem),
    }
