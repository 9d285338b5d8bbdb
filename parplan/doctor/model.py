"""What the doctor knows and says: facts about workspace, git and machine; diagnostics; fixes.

``inspect`` collects the ``Observations``; the rules in ``workspace_rules``, ``git_rules`` and
``machine_rules`` turn them into ``Diagnostic``s.  A diagnostic has a ``Fix`` only where nobody
has to be asked what was meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from parplan.problem import N_, Location, Problem, Values

Level: TypeAlias = Literal["fault", "hint"]
FixKind: TypeAlias = Literal["add", "write", "remove", "allow", "cut-zeros", "end-line", "unix"]

JOURNAL = re.compile(r"plan/[12][0-9]{3}\.journal\.yaml")
"""The path of a journal from the workspace's folder."""


class Fix(msgspec.Struct, frozen=True):
    """What to do to the file ``path`` (from the workspace's folder), and with what ``content``."""

    kind: FixKind
    path: str
    content: str = ""


class Diagnostic(msgspec.Struct, frozen=True):
    """A fault, or a hint that leaves everything working, and what fixes it where that is safe.

    The place's path is empty where no file is concerned.
    """

    level: Level
    problem: Problem
    fix: Fix | None = None


class FolderEntry(msgspec.Struct, frozen=True):
    """A file, folder or link of the workspace; ``data`` is what a text file holds.

    ``refused`` says why it could not be read; ``outside`` is where a link leads out to.
    """

    path: str
    age_seconds: float = 0
    data: bytes | None = None
    refused: str = ""
    outside: str = ""
    is_leftover: bool = False


class Hook(msgspec.Struct, frozen=True):
    """The pre-commit hook that is there, and what ``init`` would write now, in each language.

    ``shared`` is the folder outside the repository that git takes it from, where it does.
    """

    path: str
    expected: tuple[str, ...]
    shared: str
    text: str | None = None
    runs: bool = True


class Repository(msgspec.Struct, frozen=True):
    """What git says of the workspace.

    ``merge`` and ``eol`` are its attributes of a journal, ``busy`` the operation that waits.
    ``not_ignored`` are lines of the ``.gitignore`` of ``init`` by which it does not go.
    ``untracked`` is evidence that it does not keep, ``left_out`` what the repository's own
    ``.gitignore`` leaves out.  ``starts`` is what git would start because the folder says so: the
    file that says it, from the workspace's folder, and the command with its setting, which is
    empty for a hook.
    """

    user: bool
    hook: Hook
    busy: str
    merge: str
    eol: str
    not_ignored: tuple[str, ...]
    not_lf: tuple[str, ...]
    untracked: frozenset[str]
    left_out: frozenset[str]
    starts: tuple[tuple[str, str], ...]


class Library(msgspec.Struct, frozen=True):
    """A library as installed, with the bounds that parplan sets; no version where there is none."""

    name: str
    version: str
    bounds: str


class Machine(msgspec.Struct, frozen=True):
    """What parplan runs on; ``columns`` is 0 where there is no terminal.

    ``frozen`` is the folder of a parplan that brings its own Python, else empty.
    """

    python: tuple[int, int]
    libraries: tuple[Library, ...] = ()
    charset: str = ""
    columns: int = 0
    has_git: bool = True
    has_office: bool = True
    frozen: str = ""


class LastRecord(msgspec.Struct, frozen=True):
    """The newest record of a journal, and where it stands."""

    where: Location
    at: dt.datetime


class Observations(msgspec.Struct, frozen=True):
    """All that was seen.

    ``shipped`` are files that parplan brings, by where they belong; ``git_words`` is what git
    says where it refuses to look at the repository that is there.
    """

    folder: str
    now: dt.datetime
    machine: Machine
    has_plan: bool = True
    entries: tuple[FolderEntry, ...] = ()
    refused_folders: tuple[str, ...] = ()
    lock: str = ""
    shipped: tuple[tuple[str, str], ...] = ()
    evidence: frozenset[str] = frozenset()
    last: tuple[LastRecord, ...] = ()
    repository: Repository | None = None
    git_words: str = ""

    def entry(self, path: str) -> FolderEntry | None:
        """Return what was seen of ``path``, None where it is not there."""
        return next((entry for entry in self.entries if entry.path == path), None)


def diagnose(
    level: Level,
    code: str,
    text: str,
    where: Location | None = None,
    fix: Fix | None = None,
    values: Values = (),
) -> Diagnostic:
    """Return a diagnostic with the marked ``text``, whose gaps ``values`` fill."""
    return Diagnostic(level, Problem(where or Location(""), code, text, values), fix)


CODES: Mapping[str, str] = {
    "no-plan": N_("There is no plan here or above."),
    "unreadable": N_("A file cannot be opened."),
    "not-utf8": N_("The file is not UTF-8 text."),
    "conflict": N_("Git left a conflict in the file."),
    "not-writable": N_("Nothing can be written in a folder of the workspace."),
    "no-lock": N_("The lock cannot be taken, so nothing can be recorded."),
    "leftover": N_("A killed parplan left a half-written file."),
    "no-schema": N_("The schema that an editor needs is missing."),
    "old-schema": N_("The schema is not the one of this parplan."),
    "zero-tail": N_("The journal ends in zero bytes; its records still count."),
    "no-line-end": N_("The last line of the journal has no end."),
    "line-ends": N_("A file has CRLF line ends where git keeps LF."),
    "windows-name": N_("A name that Windows cannot have."),
    "same-name": N_("Two names that are one on Windows and macOS."),
    "not-read": N_("A name in 'plan' that parplan does not read, though it looks like one."),
    "outside-link": N_("A link leads out of the workspace."),
    "clock-behind": N_("The clock is earlier than the last record."),
    "no-union": N_("Git would not merge journals line by line."),
    "not-ignored": N_("Git does not ignore what parplan can make again."),
    "old-ignore": N_("The .gitignore lacks a line that 'parplan init' writes today."),
    "no-hook": N_("Git does not check the plan before a commit."),
    "old-hook": N_("The hook was made by another version of parplan."),
    "hook-off": N_("The hook is not executable, so git skips it."),
    "starts-program": N_("Settings or hooks of the folder let git start a program."),
    "no-git": N_("Git is not installed."),
    "git-refuses": N_("Git refuses to work in this folder."),
    "no-repository": N_("The workspace has no history in git."),
    "no-git-user": N_("Git does not know who commits."),
    "unfinished": N_("A merge or another operation of git waits to be finished."),
    "untracked-evidence": N_("Git does not keep a file that is named as evidence."),
    "other-python": N_("parplan was not tested on this Python."),
    "other-library": N_("A library is missing, or outside the versions parplan was made for."),
    "code-page": N_("The console does not speak UTF-8."),
    "narrow-screen": N_("The screen has fewer than 40 columns."),
    "no-libreoffice": N_("LibreOffice is not installed."),
}
"""Every code that ``doctor`` adds to those of ``check``, with what it means."""
