"""Run the ``git`` program, so that it starts nothing that the folder's own settings name.

A repository's settings and hooks may name programs: a workspace from somebody else would run
them on this machine.  A clone brings none along, an unpacked archive does.  Paths stand after
``--``, output is split at NUL, there is no shell.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.i18n import ngettext, os_reason
from parplan.problem import N_, UserError, params
from parplan.workspace import programs
from parplan.workspace.git_lock import index_lock

NO_HOOKS = str(Path(__file__).with_name("no-hooks"))
"""A folder that is not there, where nobody but parplan's own could put one."""

NOT_INSTALLED = N_("git is not installed; everything but commit and diff works without it")

NO_USER = N_(
    'git does not know who you are; type: git config --global user.name "NAME", and: git config '
    '--global user.email "ADDRESS"'
)
_BROKE_OFF = N_("git broke off, as when a file is saved while git reads it; try again")
_CLOCK_SECONDS = 0.1  # by which a file system's clock may be behind
_LOCKING = {"add", "commit", "reset", "read-tree", "update-index"}  # of what parplan calls
_MOVED = re.compile(  # what it was to commit went, or became again as it was
    r"did not match any file|unable to stat|(nothing|no changes) added to commit|nothing to commit"
)
_LOCKED = re.compile(r"Unable to create '([^'\n]+\.lock)': File exists")
# Of another repository when a hook of that one calls parplan: 'git rev-parse --local-env-vars'
# names the first, the others say how paths are to be read.
_INHERITED = (
    *("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_PREFIX"),
    *("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    *("GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_INTERNAL_SUPER_PREFIX"),
    *("GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE"),
    *("GIT_NAMESPACE", "GIT_ATTR_SOURCE", "GIT_QUARANTINE_PATH", "GIT_EXTERNAL_DIFF"),
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS"),
    "GIT_ICASE_PATHSPECS",
)
_ENVIRONMENT = {
    "LC_ALL": "C",  # its messages are compared below
    "GIT_TERMINAL_PROMPT": "0",  # there is nobody who could answer
    "GIT_OPTIONAL_LOCKS": "0",  # so that 'status' does not disturb a git at work
}
# A repository may say that objects are fetched when they are wanted, and by which program.
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
_TICK_SECONDS = 0.1


class Guard(msgspec.Struct, frozen=True):
    """What git is told lest it start what the folder's settings name.

    ``settings`` go before those of the folder, the last of one name before the others;
    ``variables`` before those of the environment.
    """

    settings: tuple[str, ...] = ()
    offline: bool = True
    variables: tuple[tuple[str, str], ...] = ()


READING = Guard(
    (
        f"core.hooksPath={NO_HOOKS}",
        "core.fsmonitor=false",
        "core.pager=",
        "log.showSignature=false",
        "diff.orderFile=/dev/null",  # one that is not there ends 'log --follow'
    )
)
"""For a command that compares no file with the history: nothing runs but git itself."""

TRUSTING = Guard(offline=False)
"""For a folder that the user trusts: git as he has it."""


def run(
    folder: Path,
    words: Sequence[str],
    guard: Guard = READING,
    *,
    literal: bool = True,
    index: str = "",
    stdin: bytes | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Return the end of git in ``folder``, however long that takes.

    Paths are plain names where ``literal``; ``index`` is the file to take for the index,
    ``stdin`` what git reads.
    Raises UserError where there is no git.  Ctrl-C goes to git too, which cleans up; only when
    it has ended is KeyboardInterrupt raised.
    """
    program = programs.find("git")
    if program is None:
        raise UserError(NOT_INSTALLED)
    settings = ("core.quotePath=false", *guard.settings)
    command = [
        program,
        *(["--literal-pathspecs"] if literal else []),
        *(word for setting in settings for word in ("-c", setting)),
        *words,
    ]
    variables = {**programs.environment(), **_ENVIRONMENT, **(_OFFLINE if guard.offline else {})}
    for name in ("LANGUAGE", *_INHERITED):
        variables.pop(name, None)
    variables.update(guard.variables)
    if index:
        variables["GIT_INDEX_FILE"] = index
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            umask=_umask(folder),
        )
    except OSError as error:
        reason = params(reason=os_reason(error))
        raise UserError(N_("git did not run: %(reason)s"), reason) from error
    with process:
        try:
            output, errors = process.communicate(stdin)
        except KeyboardInterrupt:
            _await_end(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def _umask(folder: Path) -> int:
    """Return the umask that shares what git writes in a folder of a group; -1 is the user's."""
    is_shared = folder.stat().st_mode & stat.S_ISGID if os.name == "posix" else 0
    return 0o002 if is_shared else -1


def _await_end(process: subprocess.Popen[bytes]) -> None:
    """Wait until git has cleaned up, reading on, but not for what it leaves behind."""
    while process.poll() is None:
        with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            process.communicate(timeout=_TICK_SECONDS)


def answer(
    folder: Path,
    *words: str,
    guard: Guard = READING,
    index: str = "",
    stdin: bytes | None = None,
) -> bytes:
    """Return what git prints; raises UserError with its own words when it fails."""
    began = time.time()
    done = run(folder, words, guard, index=index, stdin=stdin)
    if done.returncode < 0:
        if words[0] in _LOCKING and not index:
            _clear_after_crash(folder, began)
        raise UserError(_BROKE_OFF)
    if done.returncode:
        words_of_git = done.stderr or done.stdout or str(done.returncode).encode()
        message = words_of_git.decode("utf-8", "replace").strip()
        # A git that it had called, or itself, since a file was saved or deleted meanwhile.
        if "died of signal" in message or _MOVED.search(message):
            raise UserError(_BROKE_OFF)
        if "tell me who you are" in message:
            raise UserError(NO_USER)
        locked = _LOCKED.search(message)
        if locked:
            raise _locked(locked[1])
        raise UserError(N_("git says: %(words)s"), params(words=message))
    return done.stdout


def _clear_after_crash(folder: Path, began: float) -> None:
    """Delete the locks of an index that a git which began then took, and which a signal ended.

    It maps the files that it reads, and ends so where somebody empties one meanwhile, as
    Notepad does when it saves.  One that is refused a lock ends in words, so these were its own.
    """
    lock = index_lock(folder)
    for path in (lock, *lock.parent.glob("next-index-*.lock")) if lock is not None else ():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime >= began - _CLOCK_SECONDS:
                path.unlink()


def _locked(path: str) -> UserError:
    try:
        age = _age(time.time() - Path(path).stat().st_mtime)
    except OSError:  # it went away meanwhile
        return UserError(N_("another git was at work here; try again"))
    text = N_(
        "git is at work here, or was killed and left a lock that is %(age)s old; try again, and if "
        "no git is running, delete this file: %(path)s"
    )
    return UserError(text, params(age=age, path=path))


def _age(seconds: float) -> str:
    minutes = max(0, int(seconds)) // 60
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60)
    return ngettext("%(n)s day", "%(n)s days", minutes // (24 * 60))


def names(output: bytes) -> list[str]:
    """Return the names that git printed, each with a NUL behind it."""
    return [name for name in output.decode("utf-8", "surrogateescape").split("\0") if name]
