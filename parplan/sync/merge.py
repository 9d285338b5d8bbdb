"""Join what two desks made of one file, by what kind of file it is.

Bytes in, bytes out, and what both changed in one place: which version holds there has to be
chosen.  Until then that of this desk stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from parplan.i18n import _
from parplan.journal.merge import join_journals
from parplan.problem import DataPath
from parplan.sync.plan_merge import is_structured, merge
from parplan.yamlfile.merge import Version

Side: TypeAlias = Literal["here", "there"]
Place: TypeAlias = tuple[str, DataPath]
"""A file, and a path into its data; the empty path is the whole file."""

_PLAN = re.compile(r"(.*/)?plan/[12][0-9]{3}\.yaml")
_JOURNAL = re.compile(r"(.*/)?plan/[12][0-9]{3}\.journal\.yaml")


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
    return _by_structure(path, versions, choices) or MergedFile(here, [Conflict((path, ()))])


def _deleted_plan(path: str, versions: Versions, choices: Mapping[Place, Side]) -> MergedFile:
    """Return the plan that was deleted there, which is asked: without it no command runs here."""
    place = (path, ())
    if place in choices:
        return MergedFile(versions.here if choices[place] == "here" else None)
    return MergedFile(versions.here, [Conflict(place, there=[_("it is gone")])])


def _by_structure(
    path: str, versions: Versions, choices: Mapping[Place, Side]
) -> MergedFile | None:
    """Return the plan or other YAML file of both sides, None where it is no such file."""
    if not is_structured(path) or versions.here is None or versions.there is None:
        return None
    chosen: dict[DataPath, Version] = {
        place: side for (file, place), side in choices.items() if file == path
    }
    bases = [base for base in versions.bases if base is not None]
    merged = merge(path, bases, versions.here, versions.there, chosen)
    if merged is None:
        return None
    data, words = merged
    conflicts = [Conflict((path, place), *sides) for place, sides in words.items()]
    return MergedFile(data, conflicts)


def is_plan(path: str) -> bool:
    """Tell whether ``path`` is a plan, in whatever folder the workspace lies."""
    return _PLAN.fullmatch(path) is not None


def is_journal(path: str) -> bool:
    """Tell whether ``path`` is a journal, in whatever folder the workspace lies."""
    return _JOURNAL.fullmatch(path) is not None
