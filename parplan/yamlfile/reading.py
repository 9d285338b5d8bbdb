"""Read a YAML file of people into a model, or say everything that is wrong with the file.

Bytes in, a struct of the model or every ``Problem`` out; nothing is guessed and nothing is
raised for what a person typed.  Positions are looked up only when a problem needs one, by
reading the text a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import msgspec

from parplan.problem import N_, NOT_UTF8, Finding, Location, Problem

T = TypeVar("T", bound=msgspec.Struct)


class FileReading(msgspec.Struct, Generic[T], frozen=True):
    """A file that was read: the ``value`` that it holds, or why there is none.

    ``text`` is empty where the value was kept from an earlier reading: it has no problems.
    """

    path: str
    text: str
    value: T | None
    problems: list[Problem]

    def locate(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return ``findings`` with their places in this file, in the order of the file."""
        return locate(self.path, self.text, list(findings))


class Shape(msgspec.Struct, Generic[T], frozen=True):
    """What a file should hold: a ``model``, whose plain data ``prepare`` makes ready for msgspec.

    ``kind_of`` names the kind of a block where the model allows several, or None; then
    ``no_kind`` says how the kinds begin.
    """

    model: type[T]
    prepare: Callable[[Any], None]
    kind_of: Callable[[Any], str | None] = lambda _block: None
    no_kind: str = ""


def read(path: str, data: bytes, shape: Shape[T]) -> FileReading[T]:
    """Return what the bytes of the file called ``path`` hold."""
    # Imported late: a plan that was read before comes from the cache.
    from parplan.yamlfile.parse import YamlError, load_yaml

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return FileReading(path, "", None, [_not_utf8(path, data, error.start)])
    if "\0" in text:  # plain letters in UTF-16
        return FileReading(path, "", None, [_not_utf8(path, data, data.index(b"\0"))])
    try:
        content = load_yaml(path, text)
    except YamlError as error:
        return FileReading(path, text, None, [_conflict(path, text) or error.problem])
    if content is None:
        problem = Problem(Location(path, 1, 1), "empty-file", N_("the file is empty"))
        return FileReading(path, text, None, [problem])
    return convert(path, text, content, shape)


def convert(path: str, text: str, content: Any, shape: Shape[T]) -> FileReading[T]:
    """Return what ``content`` is, the plain data of ``text``."""
    shape.prepare(content)
    try:
        return FileReading(path, text, msgspec.convert(content, shape.model), [])
    except msgspec.ValidationError:
        from parplan.yamlfile.validate import validate_data  # needed for faulty files only

        findings = validate_data(content, shape.model, shape.kind_of, shape.no_kind)
        if findings:
            return FileReading(path, text, None, locate(path, text, findings))
        return FileReading(path, text, msgspec.convert(content, shape.model), [])


def locate(path: str, text: str, findings: list[Finding]) -> list[Problem]:
    """Return ``findings`` about ``text`` as problems with places, in the order of the file."""
    if not findings:
        return []
    from parplan.yamlfile.parse import find_places

    places = find_places(path, text)
    return sorted(
        Problem(
            places.find(finding.path, at_key=finding.at_key),
            finding.code,
            finding.text,
            finding.values,
        )
        for finding in findings
    )


def blocks(content: Any, key: str) -> list[dict[str, Any]]:
    """Return the blocks listed under ``key``, as far as ``content`` is shaped that way."""
    value = content.get(key) if isinstance(content, dict) else None
    return [block for block in value if isinstance(block, dict)] if isinstance(value, list) else []


def number_as_text(block: Any) -> None:
    """Take the ``number`` of a document as it is typed: 139 needs no quotes."""
    if isinstance(block, dict) and type(block.get("number")) is int:
        block["number"] = str(block["number"])


def _conflict(path: str, text: str) -> Problem | None:
    """Return the place of the first conflict that git left in ``text``, if there is one."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("<<<<<<< "):
            message = N_("git left a conflict here; keep the right lines and delete git's marks")
            return Problem(Location(path, number, 1), "conflict", message)
    return None


def _not_utf8(path: str, data: bytes, start: int) -> Problem:
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return Problem(Location(path, line, column), "not-utf8", NOT_UTF8)
