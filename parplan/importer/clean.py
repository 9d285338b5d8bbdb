"""Sets text from an office file right without changing what it says."""

from __future__ import annotations

import re

DASHES = tuple("-–—+•*")
"""Marks with which the lines of a list begin."""
# Word puts in no-break and typographic spaces; U+3000 comes from East Asian keyboards.
_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]+")
# A line end after a word and before a letter: where a cell was too narrow, not a new sentence.
_BROKEN = re.compile(r"(?<=[^\s.;:!?])\n(?=[^\W\d_])")


def tidy(text: str) -> str:
    """Return ``text`` with single spaces, and no empty lines; line ends stay.

    >>> tidy("  Lần 1:   tháng 6 \\n\\n Lần 2: tháng 11")
    'Lần 1: tháng 6\\nLần 2: tháng 11'
    """
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def join_broken_lines(text: str) -> str:
    """Return ``text`` with the lines joined that were broken inside a sentence.

    >>> join_broken_lines("Báo cáo kết quả\\nthực hiện\\nKế hoạch năm")
    'Báo cáo kết quả thực hiện\\nKế hoạch năm'
    """
    lines = tidy(text)
    return _BROKEN.sub(lambda match: " " if lines[match.end()].islower() else "\n", lines)
