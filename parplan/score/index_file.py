"""Read an index from its YAML file, or say everything that is wrong with the file.

Text in, an ``Index`` or every ``Problem`` out, by the same reading as a plan's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from parplan.plan.file import blocks, contents, locate
from parplan.problem import N_, Finding, Problem
from parplan.score.index import Index
from parplan.score.rules import KINDS

_TAG = "kind_of_rule"
_NO_KIND = N_(
    "a rule begins with 'yes_no', 'per_item', 'steps', 'full_at', 'grades', 'per_day_late', "
    "'by_hand' or 'survey'"
)


class IndexReading(msgspec.Struct, frozen=True):
    """A file that was read: its index, or why there is none."""

    path: str
    text: str
    index: Index | None
    problems: list[Problem]

    def locate(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return ``findings`` with their places in this file, in the order of the file."""
        return locate(self.path, self.text, list(findings))


def read_index(path: str, data: bytes) -> IndexReading:
    """Return what the bytes of the index file called ``path`` hold."""
    text, content, problems = contents(path, data)
    if problems:
        return IndexReading(path, text, None, problems)
    index, findings = _convert(content)
    return IndexReading(path, text, index, locate(path, text, findings))


def kind_of_rule(entry: dict[str, Any]) -> str | None:
    """Return the tag of the rule ``entry``, or None where no key tells."""
    return next((tag for key, tag in KINDS if key in entry), None)


def _convert(content: Any) -> tuple[Index | None, list[Finding]]:
    for part in (*blocks(content, "fields"), *blocks(content, "groups")):
        _tag_rules(blocks(part, "criteria"))
    try:
        return msgspec.convert(content, Index), []
    except msgspec.ValidationError:
        from parplan.yamlfile.validate import validate_data  # needed for faulty files only

        findings = validate_data(content, Index, kind_of_rule, _NO_KIND)
        return (None, findings) if findings else (msgspec.convert(content, Index), [])


def _tag_rules(criteria: list[dict[str, Any]]) -> None:
    """Name the kind of each rule, which msgspec wants said; whatever else is left alone."""
    for one in criteria:
        rule = one.get("rule")
        if isinstance(rule, dict):
            rule[_TAG] = None if _TAG in rule else kind_of_rule(rule)
        _tag_rules(blocks(one, "items"))
