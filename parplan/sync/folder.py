"""Exchange by a folder that desks share, or that travels on a memory stick, without git.

The folder holds the files as a workspace does.  Records are known by their ids, of plans the
last state that both sides had; no file is ever deleted.
"""

from __future__ import annotations

import itertools
import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from parplan.journal.file import read_journal
from parplan.plan.file import read_plan
from parplan.problem import N_, UserError, params
from parplan.sync.counts import SyncCounts, compared
from parplan.sync.merge import (
    Conflict,
    Place,
    Side,
    Versions,
    is_journal,
    is_plan,
    is_structured,
    join,
)
from parplan.sync.remote import Choose, Exchange
from parplan.sync.repository import problems_of_both, unreadable
from parplan.sync.states import (
    State,
    States,
    last_common,
    read_states,
    with_state,
    write_states,
)
from parplan.text import fold
from parplan.workspace import files, links
from parplan.workspace.cache_folder import digest
from parplan.workspace.filenames import is_program, require_utf8
from parplan.workspace.selection import without_litter
from parplan.workspace.workspace import Workspace, workspace_lock

_YEARS = re.compile(r"[12][0-9]{3}(\.journal|\.index|\.forms)?\.yaml")
_FOLDERS = ("templates", "reports")


class File(msgspec.Struct, frozen=True):
    """A file as it is here, there, and as both make it."""

    name: str
    here: bytes | None
    there: bytes | None
    both: bytes


def exchange_with_folder(workspace: Workspace, folder: Path, choose: Choose) -> Exchange:
    """Bring the files of ``workspace`` and ``folder`` to the same; return what came and went.

    Raises UserError, and writes nothing, where a file cannot be read or written, or is no
    readable plan.
    """
    _require_other(workspace.root, folder)
    choices: dict[Place, Side] = {}
    while True:
        with workspace.writing(), workspace_lock(folder):
            states = read_states(workspace.root), read_states(folder)
            _require_same_office(workspace.root, folder, states)
            joined, conflicts = _joined(workspace.root, folder, states, choices)
            if not conflicts:
                return _written(workspace.root, folder, states, joined)
        choices |= choose(conflicts)  # others may write while somebody thinks


def _require_other(root: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(N_("there is no folder %(folder)s"), params(folder=folder))
    here, there = root.resolve(), folder.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        text = N_("%(folder)s is this workspace itself, or in it; name another folder")
        raise UserError(text, params(folder=folder))


def _require_same_office(root: Path, folder: Path, states: tuple[States, States]) -> None:
    """Raise UserError where folders that had nothing in common hold plans of other issuers.

    Records of one office among another's are nothing that anybody can sort out again.
    """
    if any(last_common(name, *states) for name in states[0] if is_plan(name)):
        return
    here, there = _issuers(root), _issuers(folder)
    if here and there and not set(map(fold, here)) & set(map(fold, there)):
        text = N_(
            "the plan in %(folder)s is one of %(there)s, the plan here one of %(here)s; nothing "
            "was exchanged: name the folder of this office, or make 'issuer' the same in both plans"
        )
        raise UserError(text, params(folder=folder, there=there[0], here=here[0]))


def _issuers(root: Path) -> list[str]:
    plans = (
        read_plan(name, _read(root, name) or b"").value for name in _names(root) if is_plan(name)
    )
    return [plan.issuer for plan in plans if plan is not None and plan.issuer]


def _joined(
    root: Path, folder: Path, states: tuple[States, States], choices: dict[Place, Side]
) -> tuple[list[File], list[Conflict]]:
    """Return the files of both sides, and what waits for a choice."""
    result: list[File] = []
    conflicts: list[Conflict] = []
    names = list(dict.fromkeys([*_names(root), *_names(folder)]))
    for name in names:  # evidence is named by journals, which come first
        if "hidden" in (files.look(root, name), files.look(folder, name)) or is_program(name):
            continue  # a stranger's record may name git's hooks, or a file with a password
        here, there = _read(root, name), _read(folder, name)
        if here is None and there is None:
            continue
        bases = _bases(name, here, there, *states)
        joined = join(name, Versions(bases, here, there), choices)
        conflicts += joined.conflicts
        both = joined.data if joined.data is not None else here or there or b""
        result.append(File(name, here, there, both))
        if (name, ()) in choices and here and there:
            loser = there if both == here else here
            if loser != both and loser not in bases:
                result.append(File(_aside(name, root, folder), None, None, loser))
        if is_journal(name):
            known = {each.casefold() for each in names}
            names += [each for each in _evidence(both) if each.casefold() not in known]
    return result, conflicts


def _aside(name: str, root: Path, folder: Path) -> str:
    """Return a name beside ``name``, free in both folders, for the version that was not taken."""
    path = PurePosixPath(name)
    for number in itertools.count(1):
        aside = str(path.with_name(f"{path.stem}.other-{number}{path.suffix}"))
        if not any(os.path.lexists(place / aside) for place in (root, folder)):
            break
    return aside


def _bases(
    name: str, here: bytes | None, there: bytes | None, mine: States, other: States
) -> list[bytes | None]:
    """Return what both sides had last; one side itself where the other went on from that."""
    if here is None or there is None:
        return []
    if digest(there) in {state.digest for state in mine.get(name, [])}:
        return [there]
    if digest(here) in {state.digest for state in other.get(name, [])}:
        return [here]
    return [state.data for state in last_common(name, mine, other) if state.data is not None]


def _names(root: Path) -> Iterator[str]:
    """Yield the files of ``root`` that are a workspace's; links out of it lead nowhere.

    Raises UserError where a folder cannot be read, or a name is none that all systems have.
    """
    plans = root / "plan"
    if files.is_inside(root, plans) and plans.is_dir():
        try:
            entries = sorted(entry.name for entry in plans.iterdir())
        except OSError as error:
            text = N_("cannot read %(path)s: %(reason)s")
            reason = files.why(error, plans)
            raise UserError(text, params(path=plans, reason=reason)) from error
        yield from (f"plan/{name}" for name in entries if _YEARS.fullmatch(name))
    for top in _FOLDERS:
        if not files.is_inside(root, root / top):
            continue
        below = (entry for entry in links.below(root / top) if not links.is_folder(entry))
        paths = [Path(entry.path).relative_to(root).as_posix() for entry in below]
        yield from (require_utf8(name, name) for name in without_litter(paths))


def _evidence(data: bytes) -> list[str]:
    """Return the files that records name as parplan writes them, no other name of a file."""
    records = read_journal("", data).records
    cited = {item.file for record in records for item in record.evidence if item.file}
    return sorted(name for name in cited if name == posixpath.normpath(name) and "\\" not in name)


def _read(root: Path, name: str) -> bytes | None:
    path = root / name
    place = files.look(root, name)
    if place == "there":
        return files.read_bytes(path)
    if place == "absent" and _YEARS.fullmatch(path.name) and path.exists():
        return files.read_bytes(path)  # says that it is a pipe, or a folder
    return None


def _written(
    root: Path, folder: Path, states: tuple[States, States], joined: list[File]
) -> Exchange:
    exchange = Exchange()
    for file in joined:
        if is_plan(file.name) and (problem := unreadable(file.name, file.both)):
            raise problem
    exchange.problems = [
        problem
        for file in joined
        if is_plan(file.name)
        for problem in problems_of_both(file.name, file.both, file.here, file.there)
    ]
    for file in joined:
        exchange.received += _put(root, file, file.here)
        if file.here is None and file.there is None:
            exchange.aside.append(file.name)
    if exchange.problems:
        return exchange
    for file in joined:
        exchange.sent += _put(folder, file, file.there)
    common = {}
    for file in joined:
        data = file.both if is_structured(file.name) else None
        common[file.name] = with_state(file.name, State(digest(file.both), data), *states)
    for place in (root, folder):
        write_states(place, common)
    return exchange


def _put(root: Path, file: File, seen: bytes | None) -> SyncCounts:
    """Write ``file`` below ``root``, where it holds ``seen``; return what that brings there."""
    if file.both == seen:
        return SyncCounts()
    files.put(files.inside(root, root / file.name), file.both, seen)
    return compared(file.name, seen, file.both)
