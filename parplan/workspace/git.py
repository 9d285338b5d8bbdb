"""Ask git about the workspace, and commit its files.

Everything else works without git.  What compares files with the history takes a ``Guard``,
which ``git_trust`` makes: git would start the filters that the folder's settings name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.problem import N_, UserError, params
from parplan.workspace.git_process import READING, TRUSTING, Guard, answer, names, run

ALONE = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "-O/dev/null")
"""Of 'diff' and 'log': compare what the files hold, and start no program."""


_PLAIN = ("--encoding=UTF-8", "--no-show-signature", "--no-color", "--no-patch", "--no-notes")
"""Of 'log': as its settings may not have it, so that what it prints can be read."""


class Revision(msgspec.Struct, frozen=True):
    """One commit: its short name, day, author and subject."""

    name: str
    day: str
    author: str
    subject: str


def user_name(folder: Path) -> str:
    """Return git's user, or an empty text where git or the name is missing."""
    try:
        done = run(folder, ["config", "user.name"])
    except UserError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def knows_user(folder: Path) -> bool:
    """Tell whether git has a name and an address to put on a commit."""
    return run(folder, ["var", "GIT_AUTHOR_IDENT"]).returncode == 0


def attributes(folder: Path, paths: Sequence[str], *asked: str) -> list[str]:
    """Return what git's attributes say of each that is ``asked``: a value or 'unspecified'."""
    output = answer(folder, "check-attr", "-z", *asked, "--", *paths).decode("utf-8", "replace")
    return output.split("\0")[2::3]


def ignored(folder: Path, paths: Sequence[str]) -> set[str]:
    """Return which of ``paths`` git leaves out of the history."""
    words = ["check-ignore", "-z", "--stdin"]  # it takes plain names only, and says so
    return set(names(run(folder, words, literal=False, stdin=_ended(paths)).stdout))


def left_out(folder: Path, paths: Sequence[str]) -> set[str]:
    """Return which of ``paths`` a ``.gitignore`` of the repository itself leaves out.

    Others that git ignores are so by rules of this user or this clone alone.
    """
    if not paths:
        return set()
    words = ["check-ignore", "--verbose", "-z", "--stdin"]
    done = run(folder, words, literal=False, stdin=_ended(paths))
    output = done.stdout.decode("utf-8", "surrogateescape")
    fields = output.split("\0")
    rules = zip(fields[0::4], fields[2::4], fields[3::4], strict=False)
    return {
        path
        for source, pattern, path in rules
        if not os.path.isabs(source)  # noqa: PTH117
        and source.rpartition("/")[2] == ".gitignore"
        and not pattern.startswith("!")
    }


def _ended(paths: Sequence[str]) -> bytes:
    """Return ``paths`` as git reads them, each with a NUL behind it."""
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def not_lf(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which files under ``paths`` have CRLF though their attributes say LF."""
    command = ("ls-files", "--eol", "-z", "--cached", "--others", "--exclude-standard", "--")
    entries = (name.partition("\t") for name in names(answer(folder, *command, *paths)))
    return sorted(
        {
            path
            for words, _tab, path in entries
            if "eol=lf" in words and {"w/crlf", "w/mixed"} & set(words.split())
        }
    )


def untracked(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which of ``paths`` git does not keep yet, those that it ignores too."""
    if not paths:
        return []
    tracked = set(names(answer(folder, "ls-files", "-z", "--", *paths)))
    return [path for path in paths if path not in tracked]


def is_work_tree(folder: Path) -> bool:
    """Tell whether ``folder`` lies in the work tree of a repository; False without git."""
    try:
        return run(folder, ["rev-parse", "--is-inside-work-tree"]).stdout.strip() == b"true"
    except UserError:
        return False


def require_work_tree(folder: Path) -> None:
    """Raise UserError unless ``folder`` lies in the work tree of a repository."""
    done = run(folder, ["rev-parse", "--is-inside-work-tree"])
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        if "not a git repository" in message:
            text = N_("%(folder)s is in no git repository; 'git init' makes one")
            raise UserError(text, params(folder=folder))
        raise UserError(N_("git says: %(words)s"), params(words=message))
    if done.stdout.strip() != b"true":
        text = N_("%(folder)s is in a bare repository: it has no files to commit")
        raise UserError(text, params(folder=folder))


def init(folder: Path) -> None:
    """Make ``folder`` a repository."""
    answer(folder, "init", "--quiet")


def hooks_folder(folder: Path) -> Path:
    """Return where this repository keeps its hooks; this starts none, so it may look."""
    return folder / _line(folder, "--git-path", "hooks", guard=TRUSTING)


def foreign_hooks(folder: Path, hooks: Path) -> str:
    """Return ``hooks``, the folder that git takes its own from, where it is outside; else "".

    ``core.hooksPath`` of the user or the machine names one for all repositories, or a link does.
    """
    target = os.path.realpath(hooks)
    return "" if is_in_repository(folder, target) else target


def is_in_repository(folder: Path, path: str) -> bool:
    """Tell whether ``path`` lies in the work tree of ``folder`` or in git's own folder of it."""
    places = (_line(folder, "--git-common-dir"), _line(folder, "--show-toplevel"))
    target = Path(os.path.realpath(path))
    return any(target.is_relative_to(os.path.realpath(folder / place)) for place in places)


def top(folder: Path) -> str:
    """Return the top of the work tree that ``folder`` lies in, links followed."""
    return os.path.realpath(_line(folder, "--show-toplevel"))


def prefix(folder: Path) -> str:
    """Return the path of ``folder`` from the top of its work tree; empty at the top."""
    return _line(folder, "--show-prefix")


def git_path(folder: Path, name: str) -> str:
    """Return where git keeps its own file ``name``, from ``folder``."""
    return _line(folder, "--git-path", name)


def _line(folder: Path, *words: str, guard: Guard = READING) -> str:
    """Return the one line that 'git rev-parse' prints."""
    output = answer(folder, "rev-parse", *words, guard=guard)
    return output.decode("utf-8", "surrogateescape").removesuffix("\n")


def conflicted(folder: Path) -> list[str]:
    """Return the files under ``folder`` in which a merge left conflicts."""
    entries = names(answer(folder, "ls-files", "--unmerged", "-z", "--", "."))
    return list(dict.fromkeys(entry.partition("\t")[2] for entry in entries))


_WAITING = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
"""What git keeps while an operation waits to be finished, and which one."""


def in_the_middle_of(folder: Path) -> str:
    """Return the operation that waits to be finished ('merge', 'rebase', …), or an empty text."""
    words = (word for file in _WAITING for word in ("--git-path", file))
    paths = _line(folder, *words).split("\n")
    pairs = zip(paths, _WAITING.values(), strict=True)
    return next((name for path, name in pairs if (folder / path).exists()), "")


def require_finished(folder: Path) -> None:
    """Raise UserError where a merge left conflicts, or an operation waits to be finished."""
    files = conflicted(folder)
    if files:
        text = N_("a merge left conflicts in: %(files)s; solve them first ('parplan check' helps)")
        raise UserError(text, params(files=", ".join(files)))
    operation = in_the_middle_of(folder)
    if operation:
        text = N_("git is in the middle of a %(operation)s; finish it with 'git %(command)s'")
        command = "commit --no-edit" if operation == "merge" else f"{operation} --continue"
        raise UserError(text, params(operation=operation, command=command))


def changed(folder: Path, paths: Sequence[str], guard: Guard) -> list[str]:
    """Return which files under ``paths`` differ from the last commit, new and deleted ones too.

    Another repository in there is no file: git would start a process in it.
    """
    output = answer(
        folder,
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=all",
        "--no-renames",
        "--ignore-submodules=all",
        "--",
        *paths,
        guard=guard,
    )
    above = prefix(folder)
    files = (name[3:].removeprefix(above) for name in names(output))
    return [name for name in files if not name.endswith("/")]


def commit(folder: Path, paths: Sequence[str], message: str, guard: Guard) -> None:
    """Commit ``paths`` as they are on the disk and nothing else; what else is staged stays so.

    Those that git would ignore too.

    Raises KeyboardInterrupt after Ctrl-C, unless the commit was made all the same.
    """
    tracked = set(names(answer(folder, "ls-files", "-z", "--", *paths)))
    to_add = [path for path in paths if path in tracked or os.path.lexists(folder / path)]
    if to_add:  # "commit --only" knows no file that was never added
        answer(folder, "add", "--force", "--", *to_add, guard=guard)
    words = ["commit", "--quiet", "--only", "--cleanup=whitespace", "-m", message, "--", *paths]
    try:
        answer(folder, *words, guard=guard)
    except KeyboardInterrupt:
        if changed(folder, paths, guard):
            raise
    # It reads each file twice, for the commit and for the index; somebody saves in between.
    answer(folder, "reset", "--quiet", "--", *paths, guard=guard)


def content(folder: Path, revision: str, path: str) -> bytes | None:
    """Return ``path`` (from ``folder``) as it was in ``revision``, None where it was not there.

    Raises UserError for an unknown revision.
    """
    return _blob(folder, f"{resolve(folder, revision)}:./{path}")


def staged_content(folder: Path, path: str, index: str) -> bytes | None:
    """Return ``path`` (from ``folder``) as it is staged in the file ``index``, "" for git's own."""
    return _blob(folder, f":./{path}", index)


def _blob(folder: Path, name: str, index: str = "") -> bytes | None:
    done = run(folder, ["cat-file", "blob", name], index=index)
    return done.stdout if done.returncode == 0 else None


def committed(folder: Path, path: str) -> bytes | None:
    """Return ``path`` (from ``folder``) as last committed, None where it never was."""
    return _blob(folder, f"HEAD:./{path}")


def inherited_index(folder: Path) -> str:
    """Return the index of the commit in whose hook this runs, "" where there is none.

    A hook of another repository has an index too, which says nothing of this one.
    """
    name = os.environ.get("GIT_INDEX_FILE")
    if not name:
        return ""
    index = os.path.realpath(name)  # git runs a hook where its paths begin
    ours = os.path.realpath(_line(folder, "--absolute-git-dir"))
    return index if os.path.dirname(index) == ours else ""  # noqa: PTH120


def listed(folder: Path, revision: str, path: str) -> list[str]:
    """Return the names of the files in the folder ``path`` (from ``folder``) in ``revision``."""
    done = run(folder, ["ls-tree", "--name-only", "-z", f"{resolve(folder, revision)}:./{path}"])
    return names(done.stdout) if done.returncode == 0 else []


def resolve(folder: Path, revision: str) -> str:
    """Return the full name of ``revision``; raises UserError where there is none of that name."""
    words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    done = run(folder, words)
    if done.returncode:
        raise UserError(N_("git knows no revision '%(revision)s'"), params(revision=revision))
    return done.stdout.decode("ascii").strip()


def has_commits(folder: Path) -> bool:
    """Tell whether anything was ever committed."""
    return run(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]).returncode == 0


def revisions(folder: Path, path: str) -> list[Revision]:
    """Return the commits that changed ``path``, newest first."""
    if not has_commits(folder):
        return []
    form = "--format=%h%x00%as%x00%an%x00%s"
    words = ["log", *_PLAIN, *ALONE, "-z", form, "--follow", "--", path]
    output = answer(folder, *words).decode("utf-8", "replace")
    fields = output.removesuffix("\0").split("\0")
    return [Revision(*fields[i : i + 4]) for i in range(0, len(fields) - 3, 4)]
