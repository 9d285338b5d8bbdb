"""Read many files of which much is the same, each different part of them once.

A file of people is a mapping whose keys begin a line each: what stands under one key can be
read without the rest.  Where that is not certain, nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from parplan.yamlfile.parse import PlainData, YamlError, load_yaml

_KEY = re.compile(r"^(?=[a-z_]+:(?: |$))", re.MULTILINE)
# A line that neither begins a key nor goes on under one: a document's mark, a closing bracket, a
# quoted key.  What it means is left to whoever reads the whole.
_OTHER = re.compile(r"^(?![a-z_]+:(?: |$)|[ #]|- |$)", re.MULTILINE)
_COMMENTS = re.compile(r"(?:(?:#[^\n]*)?\n)*")


def split_blocks(text: str) -> list[str] | None:
    """Return ``text`` cut before each line that begins with a key, None where it is not sure.

    What stands before the first key is left out: comments, which say nothing.

    >>> split_blocks("# plan\\nyear: 2025\\nunits:\\n  - {id: a}\\n")
    ['year: 2025\\n', 'units:\\n  - {id: a}\\n']
    """
    if _OTHER.search(text):
        return None
    comments, *blocks = _KEY.split(text)
    return blocks if _COMMENTS.fullmatch(comments) else None


class SharedBlocks:
    """What the blocks of files hold, kept from one file to the next.

    ``prepare`` makes a block's data ready once; the data is shared, and is not to be changed.
    """

    MOST = 64
    """How many blocks are kept; those that were not asked for in a while go first."""

    def __init__(self, prepare: Callable[[Any], None]) -> None:
        self._prepare = prepare
        self._kept: dict[str, dict[str, PlainData]] = {}

    def load(self, text: str) -> dict[str, PlainData] | None:
        """Return what ``load_yaml`` returns for ``text``, None where it is not certain to."""
        blocks = split_blocks(text)
        data: dict[str, PlainData] = {}
        for block in blocks or ():
            content = self._block(block)
            if content is None or len(content) != 1 or not data.keys().isdisjoint(content):
                return None
            data.update(content)
        return data or None

    def _block(self, block: str) -> dict[str, PlainData] | None:
        content = self._kept.pop(block, None)
        if content is None:
            try:
                content = load_yaml("", block)
            except YamlError:
                return None
            self._prepare(content)
            if len(self._kept) == self.MOST:
                del self._kept[next(iter(self._kept))]
        self._kept[block] = content
        return content
