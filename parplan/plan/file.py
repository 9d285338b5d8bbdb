"""Read a plan from its YAML file, or say everything that is wrong with the file."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec

from parplan.plan.model import Plan
from parplan.problem import N_
from parplan.yamlfile import reading
from parplan.yamlfile.reading import FileReading, Shape, blocks, number_as_text

_KINDS = (
    ("every", "every"),
    ("days", "days"),
    ("in", "in"),
    ("continuous", "continuous"),
    ("on_directive", "directive"),
    ("by", "date"),
    ("before", "date"),
)
NO_KIND = N_(
    "a schedule entry begins with 'every', 'days', 'in', 'by', 'before', 'continuous' or "
    "'on_directive'"
)


def read_plan(path: str, data: bytes) -> FileReading[Plan]:
    """Return what the bytes of the plan file called ``path`` hold."""
    return reading.read(path, data, _SHAPE)


class PlanReader:
    """Reads the plans of many offices, of which those of a district share most of their text."""

    def __init__(self) -> None:
        from parplan.yamlfile.blocks import SharedBlocks  # a single plan comes from the cache

        self._blocks = SharedBlocks(_prepare)

    def read(self, path: str, data: bytes) -> FileReading[Plan]:
        """Return what ``read_plan`` returns."""
        with contextlib.suppress(ValueError):  # no UTF-8, no plan: to be said by who reads it all
            content = self._blocks.load(data.decode("utf-8-sig"))
            if content is not None:
                return FileReading(path, "", msgspec.convert(content, Plan), [])
        return read_plan(path, data)


def kind_of_rule(entry: dict[str, Any]) -> str | None:
    """Return the tag of the schedule entry ``entry``, or None where no key tells."""
    return next((tag for key, tag in _KINDS if key in entry), None)


def _prepare(content: Any) -> None:
    """Name the kind of each schedule entry, which msgspec wants said; rename an old key.

    Anything that is not shaped like a plan is left for the validation to report.
    """
    for section in blocks(content, "sections"):
        for task in blocks(section, "tasks"):
            for entry in blocks(task, "schedule"):
                # A key "rule" of the clerk's own is unknown: no tag equals None.
                entry["rule"] = None if "rule" in entry else kind_of_rule(entry)
    if isinstance(content, dict):
        number_as_text(content.get("document"))
        for swap in blocks(content.get("calendar"), "swaps"):
            if "off" in swap and "day_off" not in swap:  # its name until 2026; false to YAML 1.1
                swap["day_off"] = swap.pop("off")


_SHAPE = Shape(Plan, _prepare, kind_of_rule, NO_KIND)
