"""Make a merge in git's own store, and only then bring the files to it.

Nothing half merged ever stands in the folder: what both sides make together is a commit
before the first file changes.  A kill in between leaves files that are ahead of the last
commit, with what colleagues sent: the next ``commit`` takes them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from parplan.problem import N_, UserError, params
from parplan.workspace import files, git
from parplan.workspace.git_process import Guard, answer, names, run

_PLAIN, _REPOSITORY = "100644", "160000"
_FILES = (_PLAIN, "100755")


class TreeEntry(msgspec.Struct, frozen=True):
    """What a tree has under a path: the mode, and the name of the content in git's store."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file, and no link and no other repository."""
        return self.mode in _FILES


Tree: TypeAlias = Mapping[str, TreeEntry]
"""The files of a commit by their paths from the top of the repository."""


def read_tree(folder: Path, revision: str) -> Tree:
    """Return the files of ``revision``."""
    output = answer(folder, "ls-tree", "-r", "-z", "--full-tree", revision)
    entries = (line.partition("\t") for line in names(output))
    return {path: TreeEntry(words.split()[0], words.split()[2]) for words, _tab, path in entries}


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Tell whether ``new`` holds all that ``old`` does."""
    return run(folder, ["merge-base", "--is-ancestor", old, new]).returncode == 0


def bases(folder: Path, ours: str, theirs: str) -> list[str]:
    """Return the newest commits that both come from; none where the histories are foreign."""
    done = run(folder, ["merge-base", "--all", ours, theirs])
    return done.stdout.decode("ascii").split()


def read_blob(folder: Path, entry: TreeEntry | None) -> bytes | None:
    """Return the content of ``entry``, as git keeps it; None where there is none.

    Another repository in it has none here.
    """
    if entry is None or entry.mode == _REPOSITORY:
        return None
    return answer(folder, "cat-file", "blob", entry.blob)


def write_blob(folder: Path, data: bytes) -> TreeEntry:
    """Put ``data`` into git's store, as it is."""
    output = answer(folder, "hash-object", "-w", "--no-filters", "--stdin", stdin=data)
    return TreeEntry(_PLAIN, output.decode("ascii").strip())


def write_commit(
    folder: Path, tree: Tree, parents: Sequence[str], message: str, guard: Guard
) -> str:
    """Put a commit that holds ``tree`` into git's store and return its name."""
    folder = Path(git.top(folder))
    with _index(folder) as index:
        lines = (f"{entry.mode} {entry.blob}\t{path}\0" for path, entry in tree.items())
        data = "".join(lines).encode("utf-8", "surrogateescape")
        answer(folder, "read-tree", "--empty", index=index)
        answer(folder, "update-index", "-z", "--index-info", index=index, stdin=data)
        written = answer(folder, "write-tree", index=index).decode("ascii").strip()
    words = ["commit-tree", written, *(word for parent in parents for word in ("-p", parent))]
    signs = run(folder, ["config", "--type=bool", "commit.gpgSign"], guard).stdout.strip()
    output = answer(folder, *words, *(["-S"] * (signs == b"true")), "-m", message, guard=guard)
    return output.decode("ascii").strip()


@contextlib.contextmanager
def _index(top: Path, data: bytes = b"") -> Iterator[str]:
    """Give the name of an index of its own that holds ``data``, beside git's.

    Where a kill leaves git's lock of it, that stands in nobody's way.
    """
    place = top / git.git_path(top, "parplan-index")
    with files.refusing(place), files.temporary(place, data, durable=False) as file:
        try:
            yield str(file)
        finally:
            Path(f"{file}.lock").unlink(missing_ok=True)


def update_to(folder: Path, old: tuple[str, Tree], new: tuple[str, Tree], guard: Guard) -> None:
    """Bring branch, index and files from the ``old`` commit to the ``new``, each with its tree.

    Each file of the workspace is replaced as a whole, unless somebody saved another one since.
    Raises UserError, and leaves all files alone, where one that is to change is not as it was
    committed.
    """
    (ours, before), (theirs, after) = old, new
    top = Path(git.top(folder))
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    inside = [path for path in paths if _is_plain_file(folder, top, path, before, after)]
    seen = {
        path: files.read_bytes(top / path) if os.path.lexists(top / path) else None
        for path in inside
    }
    data = {}
    for path in inside:  # what it holds when git writes it there, line ends and all
        words = ["cat-file", "--filters", f"--path={path}", after[path].blob]
        data[path] = answer(top, *words, guard=guard)
    ready = {path for path in inside if data[path] == seen[path]}
    _require_unchanged(top, [path for path in paths if path not in ready], before, theirs, guard)
    for path in inside:
        if data[path] != seen[path]:
            files.put(top / path, data[path], seen[path])
    lines = "".join(f"{after[path].mode} {after[path].blob}\t{path}\0" for path in inside)
    entries = lines.encode("utf-8", "surrogateescape")
    answer(top, "update-index", "-z", "--index-info", guard=guard, stdin=entries)
    answer(top, "read-tree", "-m", "-u", ours, theirs, guard=guard)
    answer(top, "update-ref", "-m", "parplan sync", "HEAD", theirs, ours, guard=guard)
    with contextlib.suppress(UserError):  # files differ, or another git is at work: it will look
        answer(top, "update-index", "-q", "--refresh", guard=guard)


def _is_plain_file(folder: Path, top: Path, path: str, before: Tree, after: Tree) -> bool:
    entries = [tree[path] for tree in (before, after) if path in tree]
    is_ours = files.is_inside(folder, top / path)
    return path in after and is_ours and all(entry.mode == _PLAIN for entry in entries)


def _require_unchanged(
    top: Path, paths: Sequence[str], before: Tree, new: str, guard: Guard
) -> None:
    """Raise UserError where one of ``paths`` holds neither what was committed nor what is new."""
    changed = set(git.changed(top, paths, guard)) if paths else set()
    absent = [path for path in paths if path not in before and files.is_inside(top, top / path)]
    untracked = {path for path in absent if os.path.lexists(top / path)}
    different = _different(top, changed, new, guard) if changed else set()
    in_the_way = sorted((changed & different) | untracked)
    if in_the_way:
        text = N_("commit or move away first, then merge: %(files)s")
        raise UserError(text, params(files=", ".join(in_the_way)))


def _different(top: Path, paths: Collection[str], revision: str, guard: Guard) -> set[str]:
    """Return which of ``paths`` hold something else than in ``revision``.

    'git diff' brings the index up to date, and would leave its lock where somebody empties a file
    meanwhile: so it gets a copy.
    """
    words = ["diff", *git.ALONE, "--name-only", "-z", revision, "--", *paths]
    with _index(top, (top / git.git_path(top, "index")).read_bytes()) as index:
        return set(names(answer(top, *words, guard=guard, index=index)))
