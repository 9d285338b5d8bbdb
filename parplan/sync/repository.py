"""Take in what the shared repository has, into one commit with what is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from parplan.i18n import fill
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.problem import N_, Problem, UserError, params
from parplan.sync.merge import Conflict, Place, Side, Versions, is_journal, join
from parplan.workspace import git, git_tree
from parplan.workspace.git_tree import Entry, Tree
from parplan.workspace.workspace import Workspace, years_among

_FOREIGN = N_(
    "the shared repository has a history of its own that did not begin with this one; 'git clone' "
    "it into a new folder, and take this folder's records over there: parplan exchange FOLDER"
)


class Merge(msgspec.Struct, frozen=True):
    """What two commits make together: a tree, and the places that wait for a choice.

    ``files`` holds what each of them makes of a file that both changed.
    """

    tree: Tree
    conflicts: list[Conflict]


def merge_trees(folder: Path, ours: str, theirs: str, choices: Mapping[Place, Side]) -> Merge:
    """Return what the commits ``ours`` and ``theirs`` make together.

    Raises UserError where they have nothing in common.
    """
    bases = git_tree.bases(folder, ours, theirs)
    if not bases:
        raise UserError(_FOREIGN)
    before = [git_tree.read_tree(folder, base) for base in bases]
    here, there = git_tree.read_tree(folder, ours), git_tree.read_tree(folder, theirs)
    tree: dict[str, Entry] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*here, *there}):
        old, mine, other = [each.get(path) for each in before], here.get(path), there.get(path)
        entry = _plainly(path, old, mine, other)
        if isinstance(entry, str) and not _are_files(mine, other):
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
    return Merge(tree, conflicts)


def _plainly(
    path: str, old: list[Entry | None], mine: Entry | None, other: Entry | None
) -> Entry | str | None:
    """Return what becomes of ``path`` where one side alone changed it, else its name."""
    if mine == other:
        return mine
    if is_journal(path):
        return path
    if all(each == other for each in old):
        return mine
    if all(each == mine for each in old):
        return other
    return path


def _are_files(*entries: Entry | None) -> bool:
    return all(entry is None or entry.is_file for entry in entries)


def _written(
    folder: Path, data: bytes | None, mine: Entry | None, other: Entry | None
) -> Entry | None:
    if data is None:
        return None
    entry = git_tree.write_blob(folder, data)
    same = (each for each in (mine, other) if each is not None and each.blob == entry.blob)
    return next(same, msgspec.structs.replace(entry, mode=(mine or other or entry).mode))


def require_readable(workspace: Workspace, tree: Tree, ours: str) -> None:
    """Raise UserError where a plan of ``tree`` that is not that of ``ours`` cannot be read.

    One that a server merged in its own way may hold conflict markers.
    """
    start, before = git.prefix(workspace.root), git_tree.read_tree(workspace.root, ours)
    for year in years_among(path.removeprefix(f"{start}plan/") for path in tree):
        name = workspace.shown(workspace.plan_path(year))
        entry = tree[start + name]
        if entry == before.get(start + name):
            continue
        reading = read_plan(name, git_tree.read_blob(workspace.root, entry) or b"")
        if reading.value is None:
            text = N_(
                "the plan that was sent cannot be read, so that nothing was taken in: %(problem)s; "
                "whoever sent it has to mend it"
            )
            problem = reading.problems[0]
            words = f"{problem.where}: {fill(problem.text, problem.values)}"
            raise UserError(text, params(problem=words))


def new_problems(workspace: Workspace, new: str, parents: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the plans of the commit ``new`` and with none of ``parents``."""
    problems = []
    for year in years_among(git.listed(workspace.root, new, "plan")):
        name = workspace.shown(workspace.plan_path(year))
        versions = [git.content(workspace.root, commit, name) for commit in (new, *parents)]
        if versions[0] is None or versions[0] in versions[1:]:
            continue
        known = {_told(each) for old in versions[1:] for each in _problems(name, old)}
        problems += [each for each in _problems(name, versions[0]) if _told(each) not in known]
    return problems


def _problems(name: str, data: bytes | None) -> list[Problem]:
    if data is None:
        return []
    reading = read_plan(name, data)
    if reading.value is None:
        return reading.problems
    return reading.locate(check_plan(reading.value, name))


def _told(problem: Problem) -> tuple[str, object]:
    return problem.code, problem.values
