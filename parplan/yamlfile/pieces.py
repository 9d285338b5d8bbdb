"""Cut a YAML text into the pieces that its keys and list entries are, comments and all.

A piece is an entry of a mapping or a list in block style with the comment lines that lead to
it.  Put together again the pieces are the text, byte for byte; any of them may be left out,
taken from another text or moved, and keeps what a person typed.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec

from parplan.problem import DataPath
from parplan.yamlfile.edit import split_lines
from parplan.yamlfile.parse import PlainData, find_places, load_yaml

Identify: TypeAlias = Callable[[PlainData], str]
"""Returns by what an entry of a list is known."""

_IDENTIFYING = ("id", "number", "date", "work", "from", "every", "name", "task", "title")


class Piece(msgspec.Struct, frozen=True):
    """An entry: the full lines ``lead`` above it, ``head`` up to its value, ``tail`` behind that.

    ``column`` is where its key or hyphen stands.  A block has ``entries``, whose keys or hyphens
    stand in the column ``inner``; other values are ``text`` as typed.
    """

    key: str
    column: int
    lead: str
    head: str
    tail: str
    data: PlainData
    text: str = ""
    entries: tuple[Piece, ...] = ()
    inner: int = 0

    def written(self, column: int) -> str:
        """Return the text of the entry with its key or hyphen in ``column``."""
        value = self.text
        if self.entries:
            lines = "".join(entry.written(self.inner) for entry in self.entries)
            # The first key of a list entry stands in the line of the hyphen.
            value = lines if self.head.endswith(("\n", "\r")) else lines[self.inner :]
        text = f"{self.lead}{' ' * self.column}{self.head}{value}{self.tail}"
        return _shifted(text, column - self.column)


class SplitText(msgspec.Struct, frozen=True):
    """A whole text: its pieces, and what stands behind the last of them."""

    data: PlainData
    entries: tuple[Piece, ...]
    end: str


def _shifted(text: str, columns: int) -> str:
    """Return ``text`` with each line moved to the right, or to the left where that is below 0."""
    if not columns:
        return text
    lines = text.splitlines(keepends=True)
    if columns > 0:
        return "".join(" " * columns + line if line.strip() else line for line in lines)
    return "".join(line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines)


def cut(text: str) -> SplitText:
    """Return the pieces of ``text``, a mapping in block style; raises YamlError."""
    data = load_yaml("", text)
    cutter = _Cutter(text)
    if not isinstance(data, dict) or not data or cutter.is_flow(()):
        return SplitText(data, (), text)
    entries, end = cutter.entries((), data, 0)
    return SplitText(data, entries, text[end:])


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.places = find_places("", text)
        lengths = (len(line) + len(line.end) for line in split_lines(text))
        self.lines = [0, *itertools.accumulate(lengths)]

    def offset(self, place: tuple[int, int]) -> int:
        return min(self.lines[min(place[0], len(self.lines) - 1)] + place[1], len(self.text))

    def is_flow(self, path: DataPath) -> bool:
        start = self.offset(self.places.values[path])
        return self.text[start : start + 1] in ("{", "[")

    def entries(self, path: DataPath, data: Any, start: int) -> tuple[tuple[Piece, ...], int]:
        """Return the pieces of the block at ``path``, whose first begins at ``start``."""
        keys = list(data) if isinstance(data, dict) else range(len(data))
        pieces = []
        for key in keys:
            piece, start = self._piece((*path, key), data[key], start, str(key))
            pieces.append(piece)
        return tuple(pieces), start

    def _piece(self, path: DataPath, data: Any, start: int, key: str) -> tuple[Piece, int]:
        begin = self._begin(path)
        line = self._line_start(begin)
        column = begin - line
        value = self.offset(self.places.values[path])
        if isinstance(data, dict | list) and data and not self.is_flow(path):
            first = self._begin((*path, next(iter(data)) if isinstance(data, dict) else 0))
            line_start = self._line_start(first)
            value = line_start if line_start > begin else first
            entries, end = self.entries(path, data, value)
            lead, head = self.text[start:line], self.text[begin:value]
            inner = entries[0].column
            return Piece(key, column, lead, head, "", data, entries=entries, inner=inner), end
        value_end = self.offset(self.places.ends[path])
        end = self._line_end(value_end)
        lead, head = self.text[start : max(line, start)], self.text[begin:value]
        tail = self.text[value_end:end]
        return Piece(key, column, lead, head, tail, data, self.text[value:value_end]), end

    def _begin(self, path: DataPath) -> int:
        """Return where the key or the hyphen of the entry at ``path`` stands."""
        if path in self.places.keys:
            return self.offset(self.places.keys[path])
        return self.text.rindex("-", 0, self.offset(self.places.values[path]))

    def _line_start(self, offset: int) -> int:
        return self.lines[bisect.bisect_right(self.lines, offset) - 1]

    def _line_end(self, offset: int) -> int:
        """Return where the line ends that ends at or behind ``offset``."""
        index = bisect.bisect_left(self.lines, offset)
        return self.lines[index] if index < len(self.lines) else len(self.text)


def identify(lists: Sequence[Sequence[PlainData]]) -> Identify | None:
    """Return by what the entries of all ``lists`` are told apart, None where nothing does it."""
    if all(not isinstance(entry, dict | list) for entries in lists for entry in entries):
        return str if all(len(set(map(str, each))) == len(each) for each in lists) else None
    for key in _IDENTIFYING:
        if all(_has_each_once(entries, key) for entries in lists):
            return lambda entry, key=key: str(entry[key])  # type: ignore[misc]
    return None


def _has_each_once(entries: Sequence[PlainData], key: str) -> bool:
    if not all(isinstance(entry, dict) and key in entry for entry in entries):
        return False
    values = [entry[key] for entry in entries]
    return all(isinstance(value, str | int) for value in values) and len(
        set(map(str, values))
    ) == len(values)
