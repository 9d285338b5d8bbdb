"""Take in what the shared repository has, into one commit with what is here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from parplan.i18n import fill
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.problem import N_, Problem, UserError, params
from parplan.sync.merge import Conflict, Place, Side, Versions, is_journal, is_plan, join
from parplan.workspace import git_tree
from parplan.workspace.git_tree import Tree, TreeEntry
from parplan.workspace.workspace import Workspace

_FOREIGN = N_(
    "the shared repository has a history of its own that did not begin with this one; 'git clone' "
    "it into a new folder, and take this folder's records over there: parplan exchange FOLDER"
)


class Merge(msgspec.Struct, frozen=True):
    """What the trees of two commits make together, and the places that wait for a choice.

    ``is_newer`` says that the commit there holds all that is here.
    """

    here: Tree
    there: Tree
    tree: Tree
    conflicts: list[Conflict]
    is_newer: bool


def merge_trees(folder: Path, ours: str, theirs: str, choices: Mapping[Place, Side]) -> Merge:
    """Return what the commits ``ours`` and ``theirs`` make together.

    Raises UserError where they have nothing in common.
    """
    bases = git_tree.bases(folder, ours, theirs)
    if not bases:
        raise UserError(_FOREIGN)
    before = [git_tree.read_tree(folder, base) for base in bases]
    here, there = git_tree.read_tree(folder, ours), git_tree.read_tree(folder, theirs)
    tree: dict[str, TreeEntry] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*here, *there}):
        old, mine, other = [each.get(path) for each in before], here.get(path), there.get(path)
        entry = _plainly(path, old, mine, other)
        if isinstance(entry, str) and not _are_files(mine, other) and _is_kept(path, mine):
            entry = mine  # a link from elsewhere in place of our records
        elif isinstance(entry, str) and not _are_files(mine, other):
            entry = other if choices.get((path, ())) == "there" else mine
            if (path, ()) not in choices:
                conflicts.append(Conflict((path, ())))
        elif isinstance(entry, str):
            versions = Versions(
                [git_tree.read_blob(folder, each) for each in old],
                git_tree.read_blob(folder, mine),
                git_tree.read_blob(folder, other),
            )
            joined = join(path, versions, choices)
            conflicts += joined.conflicts
            entry = _written(folder, joined.data, mine, other)
        if entry is not None:
            tree[path] = entry
    _require_no_file_as_folder(tree)
    return Merge(here, there, tree, conflicts, bases == [ours])


def _require_no_file_as_folder(tree: Tree) -> None:
    for path in tree:
        for above in PurePosixPath(path).parents:
            if (name := above.as_posix()) in tree:
                text = N_(
                    "%(path)s is a file on one side and a folder on the other, so that nothing was "
                    "taken in; rename it here, then type the command again"
                )
                raise UserError(text, params(path=name))


def _plainly(
    path: str, old: list[TreeEntry | None], mine: TreeEntry | None, other: TreeEntry | None
) -> TreeEntry | str | None:
    """Return what becomes of ``path`` where one side alone changed it, else its name."""
    if mine == other:
        return mine
    if is_journal(path):
        return path
    if all(each == other for each in old):
        return mine
    if all(each == mine for each in old) and not (is_plan(path) and other is None):
        return other
    return path


def _is_kept(path: str, mine: TreeEntry | None) -> bool:
    return mine is not None and mine.is_file and (is_plan(path) or is_journal(path))


def _are_files(*entries: TreeEntry | None) -> bool:
    return all(entry is None or entry.is_file for entry in entries)


def _written(
    folder: Path, data: bytes | None, mine: TreeEntry | None, other: TreeEntry | None
) -> TreeEntry | None:
    if data is None:
        return None
    entry = git_tree.write_blob(folder, data)
    same = (each for each in (mine, other) if each is not None and each.blob == entry.blob)
    return next(same, msgspec.structs.replace(entry, mode=(mine or other or entry).mode))


def require_readable(workspace: Workspace, merge: Merge) -> None:
    """Raise UserError where a plan that came cannot be read."""
    for path in _changed_plans(merge):
        problem = unreadable(path, git_tree.read_blob(workspace.root, merge.tree[path]) or b"")
        if problem is not None:
            raise problem


def unreadable(path: str, data: bytes) -> UserError | None:
    """Return why the plan ``path`` cannot be taken in, None where it can be read.

    One that a server merged in its own way may hold conflict markers.
    """
    reading = read_plan(path, data)
    if reading.value is not None:
        return None
    text = N_(
        "the plan that was sent cannot be read, so that nothing was taken in: %(problem)s; "
        "whoever sent it has to mend it"
    )
    problem = reading.problems[0]
    words = f"{problem.where}: {fill(problem.text, problem.values)}"
    return UserError(text, params(problem=words))


def new_problems(workspace: Workspace, merge: Merge) -> list[Problem]:
    """Return what is wrong with the plans of both sides together, and with neither alone."""
    problems = []
    for path in _changed_plans(merge):
        if merge.tree[path] != merge.there.get(path):
            trees = (merge.tree, merge.here, merge.there)
            blobs = (git_tree.read_blob(workspace.root, tree.get(path)) for tree in trees)
            problems += problems_of_both(path, *blobs)
    return problems


def problems_of_both(
    path: str, both: bytes | None, here: bytes | None, there: bytes | None
) -> list[Problem]:
    """Return what is wrong with the plan that two sides make together, and with neither alone."""
    if both in (here, there):
        return []
    known = {_identity(each) for data in (here, there) for each in _problems(path, data)}
    return [each for each in _problems(path, both) if _identity(each) not in known]


def _changed_plans(merge: Merge) -> list[str]:
    return [
        path
        for path, entry in merge.tree.items()
        if is_plan(path) and entry != merge.here.get(path)
    ]


def _problems(name: str, data: bytes | None) -> list[Problem]:
    if data is None:
        return []
    reading = read_plan(name, data)
    if reading.value is None:
        return reading.problems
    return reading.locate(check_plan(reading.value, name))


def _identity(problem: Problem) -> tuple[str, object]:
    return problem.code, problem.values
