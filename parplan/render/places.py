"""Which places of a draft must the clerk fill, and how do they look?"""

from __future__ import annotations

import re
from collections.abc import Iterator

MISSING = "cần bổ sung"
"""How a place that the clerk must fill begins: ``[cần bổ sung: …]``."""

PLACE = rf"\[{MISSING}: [^\]\n]{{0,1000}}\]"
"""A pattern of such a place; bounded, lest each of many that are left open is read to the end."""

TO_FILL = re.compile(rf"(?<!\\){PLACE}")
"""Such a place in Markdown, where a backslash before it makes it a text."""

IN_TEXT = re.compile(f"({PLACE})")
"""Such a place in the text of a document, as a group."""


def places_to_fill(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the text of every place that the clerk must fill."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in TO_FILL.finditer(line):
            yield number, match[0]
