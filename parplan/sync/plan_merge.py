"""Merge a plan, an index or the statistical forms by what is in them, and word the clashes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parplan.i18n import _
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import DataPath
from parplan.text import one_line
from parplan.workspace.changes import say_change
from parplan.yamlfile.merge import Clash, MergedText, Version, merge_texts
from parplan.yamlfile.parse import YamlError

_PLAN = re.compile(r"(.*/)?plan/[12][0-9]{3}\.yaml")
_FILE = re.compile(r"(.*/)?plan/[12][0-9]{3}(\.index|\.forms)?\.yaml")
_COUPLED = (("deadline_text", "schedule"), ("requirement", "target"))
"""Keys of a task of which one says what the other means: no date is that of another wording."""

Wording = tuple[list[str], list[str]]
"""What one side changed, and what the other, in sentences."""


def is_structured(path: str) -> bool:
    """Tell whether ``path`` is a YAML file of the workspace that people edit."""
    return _FILE.fullmatch(path) is not None


def merge(
    path: str,
    bases: Sequence[bytes],
    here: bytes,
    there: bytes,
    choices: Mapping[DataPath, Version],
) -> tuple[bytes, dict[DataPath, Wording]] | None:
    """Return the file ``path`` with the changes of both sides, and what has to be chosen.

    None where a side is no readable YAML, or they do not fit together.
    """
    try:
        texts = [data.decode("utf-8-sig") for data in (*bases, here, there)]
        merged = _merged(texts, choices)
        if merged.text is None:
            return None
        words = {clash.path: _words(path, texts, choices, clash) for clash in merged.clashes}
    except (UnicodeDecodeError, YamlError):
        return None
    mark = b"\xef\xbb\xbf" if here.startswith(b"\xef\xbb\xbf") else b""
    return mark + merged.text.encode(), words


def _merged(texts: Sequence[str], choices: Mapping[DataPath, Version]) -> MergedText:
    *bases, here, there = texts
    return merge_texts(bases, here, there, choices, _COUPLED)


def _words(
    path: str, texts: Sequence[str], choices: Mapping[DataPath, Version], clash: Clash
) -> Wording:
    """Return what each side changed at the clash, in the plan's words, else as it is typed."""
    versions: tuple[Version, ...] = ("base", "here", "there")
    plans = [_plan(path, texts, {**choices, clash.path: version}) for version in versions]
    old, here, there = plans
    if old and here and there:
        mine, other = (
            [say_change(change) for change in compare_plans(old, side)] for side in (here, there)
        )
        if mine != other:
            return mine, other
    gone = _("it is gone")
    return [one_line(clash.here) or gone], [one_line(clash.there) or gone]


def _plan(path: str, texts: Sequence[str], choices: Mapping[DataPath, Version]) -> Plan | None:
    text = _merged(texts, choices).text if _PLAN.fullmatch(path) else None
    return None if text is None else read_plan(path, text.encode()).value
