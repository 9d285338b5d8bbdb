"""Read an index from its YAML file, or say everything that is wrong with the file."""

from __future__ import annotations

from typing import Any

from parplan.problem import N_
from parplan.score.index import Index
from parplan.score.rules import KINDS
from parplan.yamlfile import reading
from parplan.yamlfile.reading import FileReading, Shape, blocks

_TAG = "kind_of_rule"
_NO_KIND = N_(
    "a rule begins with 'yes_no', 'per_item', 'steps', 'full_at', 'grades', 'per_day_late', "
    "'by_hand' or 'survey'"
)


def read_index(path: str, data: bytes) -> FileReading[Index]:
    """Return what the bytes of the index file called ``path`` hold."""
    return reading.read(path, data, _SHAPE)


def kind_of_rule(entry: dict[str, Any]) -> str | None:
    """Return the tag of the rule ``entry``, or None where no key tells."""
    return next((tag for key, tag in KINDS if key in entry), None)


def _prepare(content: Any) -> None:
    for part in (*blocks(content, "fields"), *blocks(content, "groups")):
        _tag_rules(blocks(part, "criteria"))


def _tag_rules(criteria: list[dict[str, Any]]) -> None:
    """Name the kind of each rule, which msgspec wants said; whatever else is left alone."""
    for criterion in criteria:
        rule = criterion.get("rule")
        if isinstance(rule, dict):
            rule[_TAG] = None if _TAG in rule else kind_of_rule(rule)
        _tag_rules(blocks(criterion, "items"))


_SHAPE = Shape(Index, _prepare, kind_of_rule, _NO_KIND)
