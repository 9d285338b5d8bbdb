"""Which files does a commit take, and which of the workspace's are left out, and why?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.workspace import files, git
from parplan.workspace.filenames import is_litter
from parplan.workspace.git_process import Guard
from parplan.workspace.workspace import WORKSPACE_PATHS, Workspace


class Selection(msgspec.Struct, frozen=True):
    """The ``paths`` that a commit takes.

    ``held`` cannot be read now, as where another program has them open; ``hidden`` are evidence
    that a ``.gitignore`` of the repository leaves out.
    """

    paths: list[str]
    held: list[str]
    hidden: list[str]


def select(workspace: Workspace, guard: Guard) -> Selection:
    """Return what of ``workspace`` differs from the last commit."""
    root = workspace.root
    evidence = cited_files(workspace)
    hidden = git.left_out(root, evidence)
    taken = dict.fromkeys(path for path in evidence if path not in hidden)
    changed = set(git.changed(root, [*WORKSPACE_PATHS, *taken], guard))
    changed |= set(
        git.untracked(root, list(taken))
    )  # what only the user's own rules leave out, too
    paths = [
        path
        for path in sorted(changed)
        if not files.is_leftover(path) and (path in taken or not _is_litter(root, path))
    ]
    held = dict.fromkeys(path for path in paths if _is_held(root / path))
    free = [path for path in paths if path not in held]
    return Selection(free, list(held), sorted(hidden))


def cited_files(workspace: Workspace) -> list[str]:
    """Return the files that records of any year name as evidence, and that are there."""
    records = (r for year in workspace.years() for r in workspace.read_journal(year).records)
    cited = {evidence.file for record in records for evidence in record.evidence if evidence.file}
    return sorted(file for file in cited if files.look(workspace.root, file) == "there")


def _is_litter(root: Path, path: str) -> bool:
    return is_litter(path) and os.path.lexists(root / path)  # that it is gone may be committed


def _is_held(path: Path) -> bool:
    if path.is_symlink() or not path.exists():
        return False
    try:
        files.opened(path).close()
    except OSError:
        return True
    return False


def without_litter(paths: Sequence[str]) -> list[str]:
    """Return ``paths`` but for what parplan, editors and office programs leave behind."""
    return [path for path in paths if not files.is_leftover(path) and not is_litter(path)]
