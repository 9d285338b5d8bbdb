"""Text as Markdown that shows it as it is, and the parts of a Markdown draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parplan.text import visible

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~!&$]")
_BLANKS = re.compile(r"[^\S ]")  # tabs and the like; runs of spaces stay: they are blanks to fill
_LINE_START = re.compile(r"^(\s*)([-+=:]|[0-9]{1,9}(?=[.)]))")
BREAK = "<br>"
"""A line end inside a paragraph or a cell: the one tag that a draft may hold."""


def escape(plain: str) -> str:
    """Return ``plain`` so that Markdown shows it as it is; line ends become ``<br>``.

    >>> escape("- 50% *xong*")
    '\\\\- 50% \\\\*xong\\\\*'
    """
    lines = [_BLANKS.sub(" ", visible(line)).strip() for line in plain.strip("\n").split("\n")]
    return BREAK.join(_LINE_START.sub(_escape_start, _SIGNS.sub(_escape, line)) for line in lines)


def _escape(match: re.Match[str]) -> str:  # a pattern of the replacement takes four times as long
    return f"\\{match[0]}"


def _escape_start(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, nothing where it has no columns; text stays text."""
    if not titles:
        return ""
    lines = [_row(titles), "|" + "---|" * len(titles), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"
