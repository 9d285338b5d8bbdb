"""Writes a model as a YAML file that a clerk can read and go on with.

Whatever the text is, it is read back the same: each value is tried with our own reader
in the form that reads best, and quoted where that form would change it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import FieldInfo

from parplan.problem import DataPath
from parplan.text import escape_json, one_line, visible, width
from parplan.yamlfile.parse import YamlError, load_yaml, means_more

Comments: TypeAlias = Mapping[DataPath, Sequence[str]]
"""Sentences to stand above a key or a list entry, by its path in the data."""

_WIDE = 104
_PLACE = re.compile(r"[\x20-\ud7ff\ue000-\ufffd]*")
# The same inside brackets, where a question mark ends the text for some readers of YAML 1.1.
_INSIDE = re.compile(r"[\x20->@-\ud7ff\ue000-\ufffd]*")


class Layout(msgspec.Struct, frozen=True):
    """How the structs of one kind of file are laid out."""

    order: Mapping[type, tuple[str, ...]]
    """Keys that do not stand in the order of the model; those left out follow in its order."""
    always: frozenset[tuple[type, str]]
    """Keys written even where they say nothing, because a clerk will fill them."""
    in_one_line: tuple[type, ...]
    """Structs written inside braces."""
    spaced: frozenset[str]
    """Keys of the whole with an empty line above them."""
    apart: frozenset[str]
    """Lists of the whole with an empty line between their entries."""
    one_a_line: frozenset[str] = frozenset()
    """Lists of the whole that are never written inside brackets."""


def write_model(
    model: msgspec.Struct,
    schema: str,
    layout: Layout,
    heading: Sequence[str],
    comments: Comments | None,
) -> str:
    """Return ``model`` as YAML whose first line names the JSON ``schema``.

    ``heading`` are the sentences at its top.
    """
    top = [f"# yaml-language-server: $schema={schema}", "#"]
    top += [*(f"# {_comment_line(line)}" for line in heading), ""]
    lines = _YamlWriter(layout, comments or {}).block(model, (), "")
    return "\n".join([*top, *lines]) + "\n"


def write_entry(value: msgspec.Struct, layout: Layout) -> list[str]:
    """Return the lines of a list entry, the first beginning with "- ", without indentation."""
    if isinstance(value, layout.in_one_line):
        return [f"- {write_flow(value, layout)}"]
    first, *rest = _YamlWriter(layout, {}).block(value, ("entry",), "")
    return [f"- {first}", *(f"  {line}" for line in rest)]


class _YamlWriter:
    def __init__(self, layout: Layout, comments: Comments) -> None:
        self.layout = layout
        self.comments = comments

    def block(self, struct: msgspec.Struct, path: DataPath, indent: str) -> Iterator[str]:
        """Yield the lines of the keys of ``struct``."""
        for name, value in _keys_to_write(struct, self.layout):
            if not path and name in self.layout.spaced:
                yield ""
            yield from self._comment((*path, name), indent)
            yield from self._entry(f"{indent}{name}:", value, (*path, name), indent)

    def _comment(self, path: DataPath, indent: str) -> Iterator[str]:
        for line in self.comments.get(path, ()):
            yield f"{indent}# {_comment_line(line)}"

    def _entry(self, key: str, value: Any, path: DataPath, indent: str) -> Iterator[str]:
        if isinstance(value, msgspec.Struct) and not isinstance(value, self.layout.in_one_line):
            yield key
            yield from self.block(value, path, f"{indent}  ")
        elif isinstance(value, list):
            yield from self._list(key, value, path, indent)
        elif isinstance(value, str):
            yield from _text_entry(key, value, indent)
        else:
            yield f"{key} {write_flow(value, self.layout)}"

    def _list(self, key: str, items: Sequence[Any], path: DataPath, indent: str) -> Iterator[str]:
        if not items:
            yield f"{key} []"
            return
        short = f"{key} {write_flow(items, self.layout)}" if _are_short(items) else ""
        may_be_short = len(items) * 2 <= _WIDE and _top(path) not in self.layout.one_a_line
        if short and may_be_short and width(short) <= _WIDE:
            yield short
            return
        yield key
        for index, item in enumerate(items):
            if _top(path) in self.layout.apart and index:
                yield ""
            yield from self._comment((*path, index), f"{indent}  ")
            yield from self._item(item, (*path, index), f"{indent}  ")

    def _item(self, item: Any, path: DataPath, indent: str) -> Iterator[str]:
        if isinstance(item, msgspec.Struct) and not isinstance(item, self.layout.in_one_line):
            lines = list(self.block(item, path, f"{indent}  "))
            first = next(
                (i for i, line in enumerate(lines) if not line.lstrip().startswith("#")), 0
            )
            yield from (line.removeprefix("  ") for line in lines[:first])
            if lines:
                yield f"{indent}- {lines[first].lstrip()}"
                yield from lines[first + 1 :]
            else:
                yield f"{indent}- {{}}"
        elif isinstance(item, str):
            yield from _text_entry(f"{indent}-", item, indent)
        else:
            yield f"{indent}- {write_flow(item, self.layout)}"


def _top(path: DataPath) -> str:
    """Return the key of the whole that ``path`` is, empty for anything inside one."""
    return str(path[0]) if len(path) == 1 else ""


def _keys_to_write(struct: msgspec.Struct, layout: Layout) -> Iterator[tuple[str, Any]]:
    """Yield the keys of ``struct`` that say something, in the order of the layout."""
    kind = type(struct)
    for name, field in _ordered(kind, layout.order.get(kind, ())):
        value = getattr(struct, field.name)
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if (kind, name) in layout.always or value != default:
            yield name, value


@functools.cache
def _ordered(kind: type[msgspec.Struct], first: tuple[str, ...]) -> list[tuple[str, FieldInfo]]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    order = [name for name in first if name in fields]
    return [(name, fields[name]) for name in (*order, *(n for n in fields if n not in order))]


def _are_short(items: Sequence[Any]) -> bool:
    return all(isinstance(item, str) and "\n" not in item for item in items)


def write_flow(value: Any, layout: Layout) -> str:
    """Return ``value`` in one line, as it may stand inside brackets."""
    if isinstance(value, str):
        return value if _is_plain(f"- [{value}, a: {value}]\n", value) else quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int | dt.date):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, msgspec.Struct):
        entries = _keys_to_write(value, layout)
        return "{" + ", ".join(f"{key}: {write_flow(item, layout)}" for key, item in entries) + "}"
    return "[" + ", ".join(write_flow(item, layout) for item in value) + "]"


def _is_plain(text: str, value: str) -> bool:
    """Tell whether ``text``, in which ``value`` stands without quotes, gives it back."""
    if escape_json(value) != value or means_more(value) or not _INSIDE.fullmatch(value):
        return False
    return bool(_loaded(text) == [[value, {"a": value}]])


def _loaded(text: str) -> Any:
    try:
        return load_yaml("", text)
    except YamlError:
        return None


def _text_entry(key: str, value: str, indent: str) -> Iterator[str]:
    """Yield ``value`` after ``key`` in the first form that is read back as it is."""
    for lines in _forms(key, value, indent):
        if _loaded("\n".join(lines).lstrip() + "\n") in ([value], {key.strip(" -:"): value}):
            yield from lines
            return
    yield f"{key} {quoted(value)}"


def _forms(key: str, value: str, indent: str) -> Iterator[list[str]]:
    if not value or escape_json(value) != value:  # what deceives the eye is written as \\u202e
        return
    if not _PLACE.fullmatch(value.replace("\n", " ")):
        return
    deeper = f"{indent}  "
    if "\n" in value:
        yield [f"{key} |-", *(f"{deeper}{line}" if line else "" for line in value.split("\n"))]
        return
    if width(f"{key} {value}") <= _WIDE:
        if not means_more(value):
            yield [f"{key} {value}"]
        yield [f"{key} {quoted(value)}"]
    yield [f"{key} >-", *(f"{deeper}{line}" for line in _folded(value, _WIDE - len(deeper)))]


def _folded(text: str, columns: int) -> list[str]:
    """Break ``text`` at single spaces into lines of about ``columns``."""
    lines: list[list[str]] = [[]]
    used = 0
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        wide = width(word)
        if lines[-1] and used + wide > columns:
            lines.append([])
            used = 0
        lines[-1].append(word)
        used += wide + 1
    return [" ".join(words) for words in lines]


def quoted(text: str) -> str:
    """Return ``text`` in double quotes, whatever it holds."""
    return escape_json(msgspec.json.encode(text).decode())


def _comment_line(text: str) -> str:
    """Return ``text`` as one line of a comment; leading spaces stay."""
    blank = text[: len(text) - len(text.lstrip(" "))]
    return (blank + visible(one_line(text) if not blank else text.strip())).rstrip()
