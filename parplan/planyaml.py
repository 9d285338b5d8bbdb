"""How is a plan, or an index, written as a YAML file that a clerk can read and go on with?

The order of keys, the folded text and the comments of the sample plan.  Whatever the
text is, it is read back the same: each value is tried with our own reader in the form
that reads best, and quoted where that form would change it.
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

from parplan import yamltext
from parplan.document import Document, Signer
from parplan.index import Index
from parplan.plan import (
    Calendar,
    Dated,
    Handover,
    Holiday,
    Plan,
    Serves,
    Swap,
    Target,
    Task,
)
from parplan.problem import DataPath
from parplan.schedule import Rule
from parplan.scorerules import ScoreRule, Step
from parplan.text import escape_json, one_line, visible, width

Comments: TypeAlias = Mapping[DataPath, Sequence[str]]
"""Sentences to stand above a key or a list entry, by its path in the data."""

_WIDE = 104
_ORDER: Mapping[type, tuple[str, ...]] = {
    Plan: (
        *("schema", "year", "language", "before_included", "document", "issuer", "superior"),
        *(
            "effective_from",
            "bases",
            "preamble",
            "text",
            "closing",
            "recipients",
            "signer",
            "appendix",
            "units",
        ),
        *("reporting", "sections", "calendar"),
    ),
    Document: ("type", "number", "symbol", "date", "place", "title"),
    Task: ("id", "title", "short", "requirement", "target", "deadline_text", "schedule", "units"),
    Index: ("schema", "year", "title", "source", "example", "points", "ceiling", "fields"),
    Step: ("at_least", "above", "at_most", "below", "points"),
}
"""Keys that do not stand in the order of the model; those left out follow in its order."""

_SHOWN = frozenset(
    {
        *((Document, "number"), (Document, "date"), (Task, "schedule"), (Plan, "units")),
        *((Plan, "calendar"), (Calendar, "holidays"), (Calendar, "swaps")),
    }
)
"""Keys written even where they say nothing, because a clerk will fill them."""

_IN_ONE_LINE = (ScoreRule, Target, Rule, Dated, Handover, Signer, Holiday, Swap, Serves)
_SPACED = frozenset(
    {
        *("document", "issuer", "superior", "effective_from", "bases", "preamble", "text"),
        *("closing", "recipients", "signer", "appendix", "units", "reporting", "sections"),
        *("calendar", "fields", "groups"),
    }
)
_PLACE = re.compile(r"[\x20-\ud7ff\ue000-\ufffd]*")

GUIDE: Comments = {
    ("superior",): (
        'Khi cơ quan cấp trên thay đổi giữa năm: thêm "until: NĂM-THÁNG-NGÀY" vào dòng cũ',
        'và thêm một dòng mới có "from: NĂM-THÁNG-NGÀY".',
    ),
    ("units",): (
        '"name" là tên đầy đủ; "aliases" là cách gọi khác trong Kế hoạch.',
        "Một cách gọi chỉ được chỉ một bộ phận. Hai tên là một bộ phận thì gộp làm một mục.",
    ),
    ("sections",): (
        "Cách ghi một nhiệm vụ:",
        "  title, requirement, deadline_text   đúng lời văn của Phụ lục",
        "  short       tên ngắn dùng trong bảng; bỏ trống thì dùng title",
        '  target      phần đo đếm được của yêu cầu, ví dụ {at_least: 100, unit: "%"}',
        "  schedule    cách hiểu thời gian hoàn thành:",
        '              {in: "2025"}                trong năm đó (riêng năm phải có dấu ngoặc kép)',
        "              {in: 2025-06, label: Lần 1} trong tháng 6; quý: 2025-Q2",
        "              {every: month, before: 25}  mỗi tháng, trước ngày 25 (hạn là ngày 24)",
        "              {by: 2025-11-30}            chậm nhất ngày 30/11",
        "              {continuous: true}          thường xuyên, không có hạn",
        "              {on_directive: UBND quận}   chưa có hạn, chờ văn bản chỉ đạo",
    ),
    ("calendar",): ("Ngày nghỉ lễ và ngày làm bù theo thông báo chính thức của năm.",),
}
"""What to know to go on with a plan, above the keys that it is about."""


def entry(value: msgspec.Struct) -> list[str]:
    """Return the lines of a list entry, the first beginning with "- ", without indentation."""
    if isinstance(value, _IN_ONE_LINE):
        return [f"- {flow(value)}"]
    first, *rest = _Writer({}).block(value, ("entry",), "")
    return [f"- {first}", *(f"  {line}" for line in rest)]


def write(plan: Plan, heading: Sequence[str] = (), comments: Comments | None = None) -> str:
    """Return ``plan`` as the text of a YAML file.

    ``heading`` are the sentences at its top.  ``planfile.read`` gives an equal plan back.
    """
    return write_model(plan, "plan.schema.json", heading, comments)


def write_index(index: Index, heading: Sequence[str] = (), comments: Comments | None = None) -> str:
    """Return ``index`` as the text of a YAML file, as ``write`` does a plan."""
    return write_model(index, "index.schema.json", heading, comments)


def write_model(
    model: msgspec.Struct, schema: str, heading: Sequence[str], comments: Comments | None
) -> str:
    """Return ``model`` as YAML whose first line names ``schema``."""
    top = [f"# yaml-language-server: $schema={schema}", "#"]
    top += [*(f"# {_sentence(one)}" for one in heading), ""]
    lines = _Writer(comments or {}).block(model, (), "")
    return "\n".join([*top, *lines]) + "\n"


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def block(self, struct: msgspec.Struct, path: DataPath, indent: str) -> Iterator[str]:
        """Yield the lines of the keys of ``struct``."""
        for name, value in _entries(struct):
            if not path and name in _SPACED:
                yield ""
            yield from self._comment((*path, name), indent)
            yield from self._entry(f"{indent}{name}:", value, (*path, name), indent)

    def _comment(self, path: DataPath, indent: str) -> Iterator[str]:
        for one in self.comments.get(path, ()):
            yield f"{indent}# {_sentence(one)}"

    def _entry(self, key: str, value: Any, path: DataPath, indent: str) -> Iterator[str]:
        if isinstance(value, msgspec.Struct) and not isinstance(value, _IN_ONE_LINE):
            yield key
            yield from self.block(value, path, f"{indent}  ")
        elif isinstance(value, list):
            yield from self._list(key, value, path, indent)
        elif isinstance(value, str):
            yield from _text(key, value, indent)
        else:
            yield f"{key} {flow(value)}"

    def _list(self, key: str, items: Sequence[Any], path: DataPath, indent: str) -> Iterator[str]:
        short = f"{key} [{', '.join(map(flow, items))}]" if _are_short(items) else ""
        if not items:
            yield f"{key} []"
            return
        if short and len(items) * 2 <= _WIDE and width(short) <= _WIDE and path != ("recipients",):
            yield short
            return
        yield key
        for index, item in enumerate(items):
            if path in (("sections",), ("text",), ("fields",), ("groups",)) and index:
                yield ""
            yield from self._comment((*path, index), f"{indent}  ")
            yield from self._item(item, (*path, index), f"{indent}  ")

    def _item(self, item: Any, path: DataPath, indent: str) -> Iterator[str]:
        if isinstance(item, msgspec.Struct) and not isinstance(item, _IN_ONE_LINE):
            lines = list(self.block(item, path, f"{indent}  "))
            first = next((i for i, one in enumerate(lines) if not one.lstrip().startswith("#")), 0)
            yield from (line.removeprefix("  ") for line in lines[:first])
            if lines:
                yield f"{indent}- {lines[first].lstrip()}"
                yield from lines[first + 1 :]
            else:
                yield f"{indent}- {{}}"
        elif isinstance(item, str):
            yield from _text(f"{indent}-", item, indent)
        else:
            yield f"{indent}- {flow(item)}"


def _entries(struct: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """Yield the keys of ``struct`` that say something, in the order of the house."""
    for name, field in _ordered(type(struct)):
        value = getattr(struct, field.name)
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if (type(struct), name) in _SHOWN or name == "language" or value != default:
            yield name, value


@functools.cache
def _ordered(kind: type[msgspec.Struct]) -> list[tuple[str, FieldInfo]]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    order = [name for name in _ORDER.get(kind, ()) if name in fields]
    return [(name, fields[name]) for name in (*order, *(n for n in fields if n not in order))]


def _are_short(items: Sequence[Any]) -> bool:
    return all(isinstance(item, str) and "\n" not in item for item in items)


def flow(value: Any) -> str:
    """Return ``value`` in one line, as it may stand inside brackets."""
    if isinstance(value, str):
        return value if _is_plain(f"- [{value}, a: {value}]\n", value) else quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int | dt.date):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, msgspec.Struct):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in _entries(value)) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _is_plain(text: str, value: str) -> bool:
    """Tell whether ``text``, in which ``value`` stands without quotes, gives it back."""
    return escape_json(value) == value and bool(_loaded(text) == [[value, {"a": value}]])


def _loaded(text: str) -> Any:
    try:
        return yamltext.load("", text)
    except yamltext.YamlError:
        return None


def _text(key: str, value: str, indent: str) -> Iterator[str]:
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


def _sentence(text: str) -> str:
    """Return ``text`` as one line of a comment; leading spaces stay."""
    blank = text[: len(text) - len(text.lstrip(" "))]
    return (blank + visible(one_line(text) if not blank else text.strip())).rstrip()
