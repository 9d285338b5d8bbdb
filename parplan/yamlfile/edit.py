"""Changes one thing in a plan's YAML text, every other byte staying as it is.

Text in, text out.  A key or an entry is put in at the places where it may stand, one
after the other, until the text reads as the same data with that change and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from parplan.problem import DataPath
from parplan.yamlfile.parse import Places, YamlError, load_with_places, load_yaml

# YAML counts these as line ends, str.splitlines() more of them (form feed, U+001C).
_BREAK = re.compile("(\r\n|[\r\n\x85\u2028\u2029])")


class SetKey(msgspec.Struct, frozen=True):
    """A key that the mapping at ``path`` gets, or whose value changes to ``value``.

    That is YAML in one line.
    """

    path: DataPath
    key: str
    value: str


class AddEntry(msgspec.Struct, frozen=True):
    """An entry for the list at ``path``, in block style, behind entry ``after`` (-1: the last).

    ``lines`` begin with "- " and are not indented.
    """

    path: DataPath
    lines: Sequence[str]
    after: int = -1


class SetList(msgspec.Struct, frozen=True):
    """The list at ``path`` gets other entries, which need a line each; ``lines`` as above.

    One that holds comments has no safe place: they would be lost.
    """

    path: DataPath
    lines: Sequence[str]

    @property
    def as_key(self) -> SetKey:
        """The same, in brackets."""
        entries = ", ".join(line.removeprefix("- ") for line in self.lines)
        return SetKey(self.path[:-1], str(self.path[-1]), f"[{entries}]")


Edit = SetKey | AddEntry | SetList


def apply_edits(text: str, edits: Sequence[Edit]) -> str | None:
    """Return ``text`` with all ``edits``, or None where one of them finds no place.

    Line ends stay as they are; ``text`` must be readable YAML, but for the mark that some editors
    put before it.
    """
    try:
        data, places = load_with_places(text)
    except YamlError:  # a second mark of the encoding
        return None
    for edit in edits:
        # Each edit is read back before the next, which finds its places in the changed text.
        expected = _change_data(data, edit)
        for candidate in _candidates_of(text, places, edit):
            try:
                data, places = load_with_places(candidate)
            except YamlError:
                continue
            # A place fits where the text reads as meant: comments, flow style and odd indents
            # need no rules of their own.
            if data == expected:
                text = candidate
                break
        else:
            return None
    return text


def without_comments(text: str, path: DataPath, beginning: str) -> str:
    """Return ``text`` without the comments right above the key at ``path`` that begin so."""
    _data, places = load_with_places(text)
    if path not in places.keys:
        return text
    lines = split_lines(text)
    stop = start = places.keys[path][0]
    while start > 0 and lines[start - 1].lstrip().startswith(beginning):
        start -= 1
    return _join_lines([*lines[:start], *lines[stop:]], "\n")


def _candidates_of(text: str, places: Places, edit: Edit) -> Iterator[str]:
    """Yield ``text`` with ``edit`` at each place where it may belong."""
    lines = split_lines(text)
    usual = max(("\n", "\r\n", "\r"), key=[line.end for line in lines].count)
    for candidate in _candidates(lines, places, edit):
        yield _join_lines(candidate, usual)


class FileLine(str):
    """A line of the file, which remembers how it ends."""

    end = ""


def split_lines(text: str) -> list[FileLine]:
    """Return the lines of ``text`` as YAML counts them, whichever ends they have."""
    lines: list[FileLine] = []
    pieces = _BREAK.split(text)
    for content, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        lines.append(FileLine(content))
        lines[-1].end = end
    return lines


def _join_lines(lines: Sequence[str], usual: str) -> str:
    """Return ``lines`` as a text; those that are new end in the ``usual`` way."""
    ended = [line + (getattr(line, "end", "") or usual) for line in lines[:-1]]
    return "".join([*ended, *lines[-1:]])


def _change_data(data: Any, edit: Edit) -> Any:
    """Put ``edit`` into the plain ``data`` and return it."""
    if isinstance(edit, SetList):
        edit = edit.as_key
    block = data
    for key in edit.path[:-1] if isinstance(edit, AddEntry) else edit.path:
        block = block[key]
    if isinstance(edit, SetKey):
        block[edit.key] = load_yaml("", f"[{edit.value}]")[0]
        return data
    if isinstance(block, dict):
        block[edit.path[-1]] = block.get(edit.path[-1]) or []  # nothing behind a key is no entry
        block = block[edit.path[-1]]
    entries = block
    place = len(entries) if edit.after < 0 else edit.after + 1
    entries[place:place] = load_yaml("", "\n".join(edit.lines) + "\n")
    return data


def _candidates(lines: Sequence[str], places: Places, edit: Edit) -> Iterator[list[str]]:
    if isinstance(edit, SetList):
        yield from _list_candidates(lines, places, edit)
    elif isinstance(edit, SetKey) and (*edit.path, edit.key) in places.values:
        yield _with_value(lines, places, (*edit.path, edit.key), edit.value)
    elif isinstance(edit, SetKey):
        yield from _key_candidates(lines, places, edit)
    elif edit.path in places.values:
        yield from _entry_candidates(lines, places, edit)
    else:
        yield from _new_list(lines, edit)


def _key_candidates(lines: Sequence[str], places: Places, edit: SetKey) -> Iterator[list[str]]:
    line, column = places.values[edit.path]
    keys = sorted(spot for path, spot in places.keys.items() if path[:-1] == edit.path and path)
    if lines[line][column : column + 1] == "{":
        new = f"{edit.key}: {edit.value}"
        yield _before_bracket(lines, places.ends[edit.path], new, is_first=not keys)
        return
    new = " " * column + f"{edit.key}: {edit.value}"
    # Behind the first key, before each other, at the end: a value over several lines breaks some.
    for number in (keys[0][0] + 1, *(spot[0] for spot in keys[1:])):
        yield [*lines[:number], new, *lines[number:]]
    yield from _at_end(lines, places.ends[edit.path][0], [new])


def _before_bracket(
    lines: Sequence[str], end: tuple[int, int], new: str, *, is_first: bool
) -> list[str]:
    """Return ``lines`` with ``new`` before the bracket that closes a flow mapping or list."""
    number, column = end
    before, bracket = lines[number][: column - 1].rstrip(), lines[number][column - 1 :]
    above = "\n".join([*lines[:number], before]).rstrip()
    comma = "" if is_first else " " if above.endswith(",") else ", "
    return [*lines[:number], f"{before}{comma}{new}{bracket}", *lines[number + 1 :]]


def _with_value(lines: Sequence[str], places: Places, path: DataPath, value: str) -> list[str]:
    """Return ``lines`` with ``value`` in place of the one at ``path``."""
    line, column = places.values[path]
    end_line, end = places.ends[path]
    head = lines[line][:column]
    space = " " if head.endswith(":") else ""  # behind a key with nothing after it
    changed = FileLine(f"{head}{space}{value}{lines[end_line][end:]}")
    changed.end = getattr(lines[end_line], "end", "")
    return [*lines[:line], changed, *lines[end_line + 1 :]]


def _list_candidates(lines: Sequence[str], places: Places, edit: SetList) -> Iterator[list[str]]:
    first = places.values.get((*edit.path, 0))
    if first is None or lines[places.values[edit.path][0]][places.values[edit.path][1]] == "[":
        yield from _candidates(lines, places, edit.as_key)
        return
    start, stop = first[0], places.ends[edit.path][0]
    while not lines[stop - 1].strip() or _is_comment(lines[stop - 1]):
        stop -= 1  # what leads to the next key
    if any(" #" in line or _is_comment(line) for line in lines[start:stop]):
        return
    indent = " " * lines[start].rfind("-", 0, first[1])
    yield [*lines[:start], *(indent + line for line in edit.lines), *lines[stop:]]


def _entry_candidates(lines: Sequence[str], places: Places, edit: AddEntry) -> Iterator[list[str]]:
    line, column = places.values[edit.path]
    if edit.path in places.keys and places.ends[edit.path] == (line, column):  # nothing there
        line, column = places.keys[edit.path]
        new = [f"{' ' * column}  {entry}" for entry in edit.lines]
        yield [*lines[: line + 1], *new, *lines[line + 1 :]]
        return
    first = places.values.get((*edit.path, 0))
    if lines[line][column : column + 1] == "[" and len(edit.lines) == 1:
        new_entry = edit.lines[0].removeprefix("- ")
        yield _before_bracket(lines, places.ends[edit.path], new_entry, is_first=first is None)
        return
    dash = lines[first[0]].rfind("-", 0, first[1]) if first else column
    new = [" " * max(dash, 0) + line if line else line for line in edit.lines]
    following = places.values.get((*edit.path, edit.after + 1)) if edit.after >= 0 else None
    stop = following[0] if following else places.ends[edit.path][0]
    yield from _at_end(lines, stop, new)


def _at_end(lines: Sequence[str], stop: int, new: list[str]) -> Iterator[list[str]]:
    """Yield ``lines`` with ``new`` before line ``stop`` and the comments that lead to it."""
    number = min(stop, len(lines))
    # A comment right above the next section belongs to that section.
    while number > 0 and (not lines[number - 1].strip() or _is_comment(lines[number - 1])):
        number -= 1
    yield [*lines[:number], *new, *lines[number:]]
    yield [*lines[:stop], *new, *lines[stop:]]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _new_list(lines: Sequence[str], edit: AddEntry) -> Iterator[list[str]]:
    """Yield ``lines`` with a list that was not there, at the end of the file."""
    if len(edit.path) == 1:
        body = lines[:-1] if lines and not lines[-1] else lines
        yield [*body, f"{edit.path[0]}:", *(f"  {line}" for line in edit.lines), ""]
