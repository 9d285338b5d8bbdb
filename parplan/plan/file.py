"""Read a plan from its YAML file, or say everything that is wrong with the file.

Text in, a ``Plan`` or every ``Problem`` out; nothing is guessed and nothing is
raised for what a person typed.  Positions are looked up only when a problem
needs one, by reading the text a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from parplan.plan.model import Plan
from parplan.problem import N_, NOT_UTF8, Finding, Location, Problem

_KINDS = (
    ("every", "every"),
    ("in", "in"),
    ("continuous", "continuous"),
    ("on_directive", "directive"),
    ("by", "date"),
    ("before", "date"),
)
NO_KIND = N_(
    "a schedule entry begins with 'every', 'in', 'by', 'before', 'continuous' or 'on_directive'"
)


class PlanReading(msgspec.Struct, frozen=True):
    """A file that was read: its plan, or why there is none.

    ``text`` is empty where the plan was kept from an earlier reading: it has no problems.
    """

    path: str
    text: str
    plan: Plan | None
    problems: list[Problem]

    def locate(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return ``findings`` with their places in this file, in the order of the file."""
        return locate(self.path, self.text, list(findings))


def read_plan(path: str, data: bytes) -> PlanReading:
    """Return what the bytes of the plan file called ``path`` hold."""
    text, content, problems = contents(path, data)
    if problems:
        return PlanReading(path, text, None, problems)
    plan, findings = _convert(content)
    return PlanReading(path, text, plan, locate(path, text, findings))


def contents(path: str, data: bytes) -> tuple[str, Any, list[Problem]]:
    """Return the text and the plain data of a file, or what keeps it from being read."""
    # Imported late: a plan that was read before comes from the cache.
    from parplan.yamlfile.parse import YamlError, load_yaml

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", None, [_not_utf8(path, data, error.start)]
    if "\0" in text:  # plain letters in UTF-16
        return "", None, [_not_utf8(path, data, data.index(b"\0"))]
    try:
        content = load_yaml(path, text)
    except YamlError as error:
        return text, None, [_conflict(path, text) or error.problem]
    if content is None:
        problem = Problem(Location(path, 1, 1), "empty-file", N_("the file is empty"))
        return text, None, [problem]
    return text, content, []


def locate(path: str, text: str, findings: list[Finding]) -> list[Problem]:
    """Return ``findings`` about ``text`` as problems with places, in the order of the file."""
    if not findings:
        return []
    from parplan.yamlfile.parse import find_places

    places = find_places(path, text)
    return sorted(
        Problem(places.find(one.path, at_key=one.at_key), one.code, one.text, one.values)
        for one in findings
    )


def kind_of_rule(entry: dict[str, Any]) -> str | None:
    """Return the tag of the schedule entry ``entry``, or None where no key tells."""
    return next((tag for key, tag in _KINDS if key in entry), None)


def _convert(content: Any) -> tuple[Plan | None, list[Finding]]:
    _tag_rules(content)
    _number_as_text(content)
    try:
        return msgspec.convert(content, Plan), []
    except msgspec.ValidationError:
        from parplan.yamlfile.validate import validate_data  # needed for faulty files only

        findings = validate_data(content, Plan, kind_of_rule, NO_KIND)
        return (None, findings) if findings else (msgspec.convert(content, Plan), [])


def _tag_rules(content: Any) -> None:
    """Name the kind of each schedule entry, which msgspec wants said.

    Anything that is not shaped like a plan is left for the validation to report.
    """
    for section in blocks(content, "sections"):
        for task in blocks(section, "tasks"):
            for entry in blocks(task, "schedule"):
                # A key "rule" of the clerk's own is unknown: no tag equals None.
                entry["rule"] = None if "rule" in entry else kind_of_rule(entry)


def _number_as_text(content: Any) -> None:
    """Take the plan's number as it is typed: 139 needs no quotes."""
    document = content.get("document") if isinstance(content, dict) else None
    if isinstance(document, dict) and type(document.get("number")) is int:
        document["number"] = str(document["number"])


def blocks(content: Any, key: str) -> list[dict[str, Any]]:
    """Return the blocks listed under ``key``, as far as ``content`` is shaped that way."""
    found = content.get(key) if isinstance(content, dict) else None
    return [block for block in found if isinstance(block, dict)] if isinstance(found, list) else []


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
