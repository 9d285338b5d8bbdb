"""Ask git about the workspace, and commit its files.

The ``git`` program, called without a shell; paths after ``--``, output
split at NUL.  Everything else works without it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.i18n import os_reason
from parplan.problem import N_, UserError, params
from parplan.workspace import programs

_TIMEOUT_SECONDS = 60
_LOCKED = re.compile(r"Unable to create '([^'\n]+\.lock)': File exists")


class Revision(msgspec.Struct, frozen=True):
    """One commit: its short name, day, author and subject."""

    name: str
    day: str
    author: str
    subject: str


def _run(
    folder: Path, words: Sequence[str], *, literal: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run git in ``folder``, paths being plain names; raises UserError where there is no git."""
    environment = {
        **programs.environment(),
        "LC_ALL": "C",  # its messages are compared below
        "GIT_TERMINAL_PROMPT": "0",  # there is nobody who could answer
        "GIT_OPTIONAL_LOCKS": "0",  # so that 'status' does not disturb a git at work
    }
    for name in ("LANGUAGE", "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX"):
        environment.pop(name, None)  # in a hook they speak of the hook's folder, not of ours
    # In a hook it is the commit's own index, by a path from where git runs the hook.
    if "GIT_INDEX_FILE" in environment:
        environment["GIT_INDEX_FILE"] = str(Path(environment["GIT_INDEX_FILE"]).absolute())
    program = programs.find("git")
    if program is None:
        raise UserError(N_("git is not installed; everything but commit and diff works without it"))
    try:
        return subprocess.run(
            [
                program,
                *(["--literal-pathspecs"] if literal else []),
                *("-c", "core.quotePath=false"),
                *("-c", "core.pager="),
                *words,
            ],
            cwd=folder,
            capture_output=True,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise UserError(N_("git did not run: %(reason)s"), params(reason=reason)) from error


def _answer(folder: Path, *words: str) -> bytes:
    """Return what git prints; raises UserError with its own words when it fails."""
    done = _run(folder, words)
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip() or str(done.returncode)
        if "tell me who you are" in message:
            raise UserError(
                N_(
                    "git does not know who you are; type: git config --global user.name "
                    '"NAME", and: git config --global user.email "ADDRESS"'
                )
            )
        locked = _LOCKED.search(message)
        if locked:
            text = N_(
                "git is at work here, or was killed and left %(path)s; try again, and if it stays "
                "so while no git is running, delete that file"
            )
            raise UserError(text, params(path=locked[1]))
        raise UserError(N_("git says: %(words)s"), params(words=message))
    return done.stdout


def user_name(folder: Path) -> str:
    """Return git's user, or an empty text where git or the name is missing."""
    try:
        done = _run(folder, ["config", "user.name"])
    except UserError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def knows_user(folder: Path) -> bool:
    """Tell whether git has a name and an address to put on a commit."""
    return _run(folder, ["var", "GIT_AUTHOR_IDENT"]).returncode == 0


def attribute(folder: Path, name: str, path: str) -> str:
    """Return what git's attributes say of ``name`` for ``path``: a value or 'unspecified'."""
    output = _answer(folder, "check-attr", "-z", name, "--", path).decode("utf-8", "replace")
    return output.split("\0")[2] if output.count("\0") > 1 else ""


def ignores(folder: Path, path: str) -> bool:
    """Tell whether git leaves ``path`` out of the history."""
    words = ["check-ignore", "--quiet", "--", path]  # it takes plain names only, and says so
    return _run(folder, words, literal=False).returncode == 0


def not_lf(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which files under ``paths`` have CRLF though their attributes say LF."""
    command = [
        "ls-files",
        "--eol",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        *paths,
    ]
    entries = (name.partition("\t") for name in _names(_answer(folder, *command)))
    wrong = ("w/crlf", "w/mixed")
    return sorted(
        {path for words, _tab, path in entries if "eol=lf" in words and _has(words, wrong)}
    )


def _has(attributes: str, marks: Sequence[str]) -> bool:
    return any(mark in attributes.split() for mark in marks)


def untracked(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which of ``paths`` git does not keep yet, those that it ignores too."""
    if not paths:
        return []
    tracked = set(_names(_answer(folder, "ls-files", "-z", "--", *paths)))
    return [path for path in paths if path not in tracked]


def is_work_tree(folder: Path) -> bool:
    """Tell whether ``folder`` lies in the work tree of a repository; False without git."""
    try:
        return _run(folder, ["rev-parse", "--is-inside-work-tree"]).stdout.strip() == b"true"
    except UserError:
        return False


def require_work_tree(folder: Path) -> None:
    """Raise UserError unless ``folder`` lies in the work tree of a repository."""
    done = _run(folder, ["rev-parse", "--is-inside-work-tree"])
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
    _answer(folder, "init", "--quiet")


def hooks_folder(folder: Path) -> Path:
    """Return where this repository keeps its hooks."""
    return folder / _line(folder, "--git-path", "hooks")


def foreign_hooks(folder: Path) -> str:
    """Return the folder outside this repository that git takes its hooks from; else "".

    ``core.hooksPath`` of the user or the machine names one for all repositories, or a link does.
    """
    hooks = os.path.realpath(hooks_folder(folder))
    places = (_line(folder, "--git-common-dir"), _line(folder, "--show-toplevel"))
    inside = any(Path(hooks).is_relative_to(os.path.realpath(folder / place)) for place in places)
    return "" if inside else hooks


def prefix(folder: Path) -> str:
    """Return the path of ``folder`` from the top of its work tree; empty at the top."""
    return _line(folder, "--show-prefix")


def _line(folder: Path, *words: str) -> str:
    """Return the one line that 'git rev-parse' prints."""
    output = _answer(folder, "rev-parse", *words)
    return output.decode("utf-8", "surrogateescape").removesuffix("\n")


def conflicted(folder: Path) -> list[str]:
    """Return the files under ``folder`` in which a merge left conflicts."""
    words = ["diff", "--name-only", "--diff-filter=U", "-z", "--relative", "--", "."]
    return _names(_answer(folder, *words))


def in_the_middle_of(folder: Path) -> str:
    """Return the operation that waits to be finished ('merge', 'rebase', …), or an empty text."""
    for name, file in (
        ("merge", "MERGE_HEAD"),
        ("cherry-pick", "CHERRY_PICK_HEAD"),
        ("revert", "REVERT_HEAD"),
        ("rebase", "rebase-merge"),
        ("rebase", "rebase-apply"),
    ):
        if (folder / _line(folder, "--git-path", file)).exists():
            return name
    return ""


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


def changed(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which files under ``paths`` differ from the last commit, new and deleted ones too."""
    output = _answer(
        folder,
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=all",
        "--no-renames",
        "--",
        *paths,
    )
    top = prefix(folder)
    return [name[3:].removeprefix(top) for name in _names(output)]


def commit(folder: Path, paths: Sequence[str], message: str) -> None:
    """Commit ``paths`` as they are on the disk and nothing else; what else is staged stays so."""
    tracked = set(_names(_answer(folder, "ls-files", "-z", "--", *paths)))
    to_add = [path for path in paths if path in tracked or os.path.lexists(folder / path)]
    if to_add:  # "commit --only" knows no file that was never added
        _answer(folder, "add", "--", *to_add)
    _answer(
        folder,
        "commit",
        "--quiet",
        "--only",
        "--cleanup=whitespace",
        *("-m", message),
        "--",
        *paths,
    )


def content(folder: Path, revision: str, path: str) -> bytes | None:
    """Return ``path`` (from ``folder``) as it was in ``revision``, None where it was not there.

    An empty ``revision`` means what is staged.  Raises UserError for an unknown revision.
    """
    name = resolve(folder, revision) if revision else ""
    done = _run(folder, ["cat-file", "blob", f"{name}:./{path}"])
    return done.stdout if done.returncode == 0 else None


def committed(folder: Path, path: str) -> bytes | None:
    """Return ``path`` (from ``folder``) as last committed, None where it never was."""
    done = _run(folder, ["cat-file", "blob", f"HEAD:./{path}"])
    return done.stdout if done.returncode == 0 else None


def listed(folder: Path, revision: str, path: str) -> list[str]:
    """Return the names of the files in the folder ``path`` (from ``folder``) in ``revision``."""
    done = _run(folder, ["ls-tree", "--name-only", "-z", f"{resolve(folder, revision)}:./{path}"])
    return _names(done.stdout) if done.returncode == 0 else []


def resolve(folder: Path, revision: str) -> str:
    """Return the full name of ``revision``; raises UserError where there is none of that name."""
    words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    done = _run(folder, words)
    if done.returncode:
        raise UserError(N_("git knows no revision '%(revision)s'"), params(revision=revision))
    return done.stdout.decode("ascii").strip()


def has_commits(folder: Path) -> bool:
    """Tell whether anything was ever committed."""
    return _run(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]).returncode == 0


def staged(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return which files under ``paths`` are staged with changes, deleted ones left out."""
    words = ["diff", "--cached", "--name-only", "--diff-filter=d", "--relative", "-z", "--", *paths]
    return _names(_answer(folder, *words))


def revisions(folder: Path, path: str) -> list[Revision]:
    """Return the commits that changed ``path``, newest first."""
    if not has_commits(folder):
        return []
    form = "--format=%h%x00%as%x00%an%x00%s"
    output = _answer(folder, "log", "-z", form, "--follow", "--", path).decode("utf-8", "replace")
    fields = output.removesuffix("\0").split("\0")
    return [Revision(*fields[i : i + 4]) for i in range(0, len(fields) - 3, 4)]


def _names(output: bytes) -> list[str]:
    return [name for name in output.decode("utf-8", "surrogateescape").split("\0") if name]
