"""Join what two desks made of one file, by what kind of file it is.

Bytes in, bytes out, and what both changed in one place: which version holds there has to be
chosen.  Until then that of this desk stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from parplan.i18n import _, fill
from parplan.journal.merge import join_journals
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import DataPath
from parplan.text import one_line
from parplan.yamlfile.merge import Clash, MergedText, Version, merge_texts
from parplan.yamlfile.parse import YamlError

Side: TypeAlias = Literal["here", "there"]
Place: TypeAlias = tuple[str, DataPath]
"""A file, and a path into its data; the empty path is the whole file."""

_PLAN = re.compile(r"(.*/)?plan/[12][0-9]{3}\.yaml")
_JOURNAL = re.compile(r"(.*/)?plan/[12][0-9]{3}\.journal\.yaml")
_STRUCTURED = re.compile(r"(.*/)?plan/[12][0-9]{3}(\.index|\.forms)?\.yaml")
_COUPLED = (("deadline_text", "schedule"), ("requirement", "target"))
"""Keys of a task of which one says what the other means: no date is that of another wording."""


class Versions(msgspec.Struct, frozen=True):
    """A file as it was at each ``base``, is here and is there; None where it is not."""

    bases: Sequence[bytes | None]
    here: bytes | None
    there: bytes | None


class Conflict(msgspec.Struct, frozen=True):
    """What both sides changed in one place: how each side has it, in words; "" where it is gone."""

    place: Place
    here: Sequence[str] = ()
    there: Sequence[str] = ()


class MergedFile(msgspec.Struct, frozen=True):
    """The file of both sides, None where it is gone, and what has to be chosen."""

    data: bytes | None
    conflicts: Sequence[Conflict] = ()


def join(path: str, versions: Versions, choices: Mapping[Place, Side]) -> MergedFile:
    """Return what both sides' changes make of the file ``path``, with the ``choices`` made.

    Nobody deletes a journal's line, so that no record is lost that one side has.
    """
    here, there = versions.here, versions.there
    if is_journal(path):
        bases = [base for base in versions.bases if base is not None]
        return MergedFile(here if there is None else join_journals(bases, here or b"", there))
    if here == there or set(versions.bases) == {there}:
        return MergedFile(here)
    if is_plan(path) and there is None and any(versions.bases):
        return _deleted_plan(path, versions, choices)
    if set(versions.bases) == {here}:
        return MergedFile(there)
    if here is None or there is None:
        return MergedFile(there if here is None else here)  # deleted there, changed here: it stays
    if (path, ()) in choices:
        return MergedFile(here if choices[(path, ())] == "here" else there)
    merged = _by_structure(path, versions.bases, here, there, choices)
    return merged or MergedFile(here, [Conflict((path, ()))])


def _deleted_plan(path: str, versions: Versions, choices: Mapping[Place, Side]) -> MergedFile:
    """Return the plan that was deleted there, which is asked: without it no command runs here."""
    place = (path, ())
    if place in choices:
        return MergedFile(versions.here if choices[place] == "here" else None)
    return MergedFile(versions.here, [Conflict(place, there=[_("it is gone")])])


def _by_structure(
    path: str,
    bases: Sequence[bytes | None],
    here: bytes,
    there: bytes,
    choices: Mapping[Place, Side],
) -> MergedFile | None:
    """Return the plan, index or statistical forms of both sides, and what has to be chosen.

    None where it is no such file, a side is no readable YAML, or they do not fit together.
    """
    if not is_structured(path):
        return None
    chosen: dict[DataPath, Version] = {
        place: side for (file, place), side in choices.items() if file == path
    }
    try:
        texts = [data.decode("utf-8-sig") for data in (*bases, here, there) if data is not None]
        merged = _merged(texts, chosen)
        if merged.text is None:
            return None
        words = {clash.path: _words(path, texts, chosen, clash) for clash in merged.clashes}
    except (UnicodeDecodeError, YamlError):
        return None
    mark = b"\xef\xbb\xbf" if here.startswith(b"\xef\xbb\xbf") else b""
    conflicts = [Conflict((path, place), *sides) for place, sides in words.items()]
    return MergedFile(mark + merged.text.encode(), conflicts)


def _merged(texts: Sequence[str], choices: Mapping[DataPath, Version]) -> MergedText:
    *bases, here, there = texts
    return merge_texts(bases, here, there, choices, _COUPLED)


def _words(
    path: str, texts: Sequence[str], choices: Mapping[DataPath, Version], clash: Clash
) -> tuple[list[str], list[str]]:
    """Return what each side changed at the clash, in the plan's words, else as it is typed."""
    versions: tuple[Version, ...] = ("base", "here", "there")
    plans = [_plan(path, texts, {**choices, clash.path: version}) for version in versions]
    old, here, there = plans
    if old and here and there:
        mine, other = (
            [fill(change.text, change.values) for change in compare_plans(old, side)]
            for side in (here, there)
        )
        if mine != other:
            return mine, other
    gone = _("it is gone")
    return [one_line(clash.here) or gone], [one_line(clash.there) or gone]


def _plan(path: str, texts: Sequence[str], choices: Mapping[DataPath, Version]) -> Plan | None:
    text = _merged(texts, choices).text if is_plan(path) else None
    return None if text is None else read_plan(path, text.encode()).value


def is_plan(path: str) -> bool:
    """Tell whether ``path`` is a plan, in whatever folder the workspace lies."""
    return _PLAN.fullmatch(path) is not None


def is_journal(path: str) -> bool:
    """Tell whether ``path`` is a journal, in whatever folder the workspace lies."""
    return _JOURNAL.fullmatch(path) is not None


def is_structured(path: str) -> bool:
    """Tell whether ``path`` is a YAML file of the workspace that people edit."""
    return _STRUCTURED.fullmatch(path) is not None
