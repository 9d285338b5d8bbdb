"""Collect the facts for ``doctor``: of the workspace, of git's set-up, of this machine.

Looks and changes nothing; whatever cannot be looked at is a fact too.  What the facts
mean is decided in ``workspace_rules``, ``git_rules`` and ``machine_rules``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from parplan import i18n
from parplan.doctor.model import (
    FolderEntry,
    Hook,
    LastRecord,
    Library,
    Machine,
    Observations,
    Repository,
)
from parplan.journal.active import active
from parplan.journal.file import read_journal
from parplan.problem import Location, UserError
from parplan.workspace import files, git, git_setup, git_trust, links, lock, programs
from parplan.workspace.append import local_now
from parplan.workspace.cache_folder import CACHE_FOLDER
from parplan.workspace.workspace import (
    FORMS_SCHEMA,
    INDEX_SCHEMA,
    WORKSPACE_PATHS,
    Workspace,
    misnamed_plans,
    packaged_file,
)

_FOLDERS = ("plan", "templates", "reports", CACHE_FOLDER)
_TEXTS = {".yaml", ".md", ".j2", ".json"}
_MOST_BYTES = 1 << 24
_MOST_ENTRIES = 20_000  # somebody's photographs under "reports" shall not make it wait


def inspect_workspace(workspace: Workspace | None, folder: Path, screen: int) -> Observations:
    """Return what there is in ``workspace``, or on the machine alone where there is none.

    ``folder`` is where the plan was looked for, ``screen`` the columns of the terminal or 0.
    """
    now = local_now()
    here = inspect_machine(screen)
    if workspace is None:
        named = tuple(FolderEntry(path) for path, _proper_name in misnamed_plans(folder))
        return Observations(str(folder), now, here, has_plan=False, entries=named)
    root = workspace.root
    entries = tuple(_entries(root, now))
    evidence, last = _records(workspace)
    repository, git_words = _repository(root, sorted(evidence)) if here.has_git else (None, "")
    return Observations(
        str(folder),
        now,
        here,
        entries=entries,
        refused_folders=tuple(_refused(root)),
        lock=_why_no_lock(root),
        shipped=tuple(_shipped(workspace)),
        evidence=frozenset(evidence),
        last=tuple(last),
        repository=repository,
        git_words=git_words,
    )


# The workspace.


def _entries(root: Path, now: dt.datetime) -> Iterator[FolderEntry]:
    """Yield what lies in the workspace's own folders, and the files beside them."""
    for path in itertools.islice(_paths(root), _MOST_ENTRIES):
        yield _entry(root, path, now)


def _paths(root: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for path in sorted(root.iterdir()):
            is_folder = stat.S_ISDIR(path.lstat().st_mode)
            if path.name.casefold() in _FOLDERS or not is_folder:
                yield path
    for name in _FOLDERS:
        if files.is_inside(root, root / name):
            yield from (Path(entry.path) for entry in links.below(root / name))


def _entry(root: Path, path: Path, now: dt.datetime) -> FolderEntry:
    relative = path.relative_to(root).as_posix()
    try:
        seen = path.lstat()
        leads_out = links.is_link(seen) and not files.is_inside(root, path)
        outside = str(path.readlink()) if leads_out else ""
        data = None
        if not outside and _is_text(relative, path) and path.stat().st_size <= _MOST_BYTES:
            with files.opened(path) as file:
                data = file.read()
    except OSError as error:
        return FolderEntry(relative, refused=i18n.os_reason(error))
    age = now.timestamp() - seen.st_mtime
    return FolderEntry(
        relative, age, data, outside=outside, is_leftover=files.is_leftover(relative)
    )


def _is_text(relative: str, path: Path) -> bool:
    is_for_git = relative in (git_setup.ATTRIBUTES_PATH, git_setup.IGNORE_PATH)
    return is_for_git or ("/" in relative and path.suffix in _TEXTS and not path.is_dir())


def _refused(root: Path) -> Iterator[str]:
    """Yield the folders in which nothing can be written."""
    for name in (".", *_FOLDERS):
        folder = root / name
        inside = files.is_inside(root, folder)
        if inside and folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield name


def _why_no_lock(root: Path) -> str:
    path = root / CACHE_FOLDER / "lock"
    return lock.why_not(path) if files.is_inside(root, path) else ""


def _shipped(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield the schemas that belong in the workspace, as this parplan has them."""
    years = workspace.years()
    names = ["plan/plan.schema.json"]
    names += [INDEX_SCHEMA] * any(os.path.lexists(workspace.index_path(year)) for year in years)
    names += [FORMS_SCHEMA] * any(os.path.lexists(workspace.forms_path(year)) for year in years)
    for name in names:
        yield name, packaged_file(name).read_text(encoding="utf-8")


def _records(workspace: Workspace) -> tuple[set[str], list[LastRecord]]:
    """Return the files that records name as evidence, and the last record of each journal."""
    cited: set[str] = set()
    last: list[LastRecord] = []
    for year in workspace.years():
        path = workspace.shown(workspace.journal_path(year))
        try:
            data = workspace.read_file(path)
        except UserError:
            continue
        reading = read_journal(path, data or b"")
        evidence = (item for record in active(reading.records) for item in record.evidence)
        cited |= {item.file for item in evidence if item.file}
        if reading.records:
            newest = reading.records[-1]
            last.append(LastRecord(Location(path, reading.lines[newest.id], 1), newest.at))
    return cited, last


# Git.


def _repository(root: Path, evidence: list[str]) -> tuple[Repository | None, str]:
    """Return what git says of the workspace, or why it says nothing though there is something."""
    try:
        git.require_work_tree(root)
        return _asked(root, evidence), ""
    except UserError as refusal:
        return None, str(dict(refusal.values).get("words", ""))


def _asked(root: Path, evidence: list[str]) -> Repository:
    path = "plan/2025.journal.yaml"  # attributes go by the name: there need be no such file
    merge, eol = git.attributes(root, [path], "merge", "eol")
    there = [name for name in evidence if files.look(root, name) == "there"]
    return Repository(
        user=git.knows_user(root),
        hook=_hook(root),
        busy=git.in_the_middle_of(root),
        merge=merge,
        eol=eol,
        not_ignored=_not_ignored(root),
        not_lf=tuple(git.not_lf(root, WORKSPACE_PATHS)),
        untracked=frozenset(git.untracked(root, there)),
        left_out=frozenset(git.left_out(root, there)),
        starts=tuple(_starts(root)),
    )


def _not_ignored(root: Path) -> tuple[str, ...]:
    """Return the lines of our ``.gitignore`` whose like git keeps, by names that no file has."""
    names = {line: re.sub(r"\*|(?<=/)$", "-", line) for line in git_setup.IGNORED}
    ignored = git.ignored(root, list(names.values()))
    return tuple(line for line, name in names.items() if name not in ignored)


def _starts(root: Path) -> Iterator[tuple[str, str]]:
    settings, hooks = git_trust.starts(root)
    for setting in settings:
        yield _relative(root, root / setting.file), f"{setting.key} = {setting.value}"
    for hook in hooks:
        yield _relative(root, hook), ""


def _relative(root: Path, path: Path) -> str:
    """Return ``path`` from the folder ``root``, whole where that is on another drive."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        return path.as_posix()


def _hook(root: Path) -> Hook:
    hooks = git.hooks_folder(root)
    path = hooks / "pre-commit"
    relative = _relative(root, path)
    shared = git.foreign_hooks(root, hooks)
    folder = git.prefix(root) or "."
    expected = []
    # A hook made in another language is as good; the first is what a fix writes.
    for language in (i18n.language(), *i18n.LANGUAGES):
        with i18n.speaking(language):
            expected.append(git_setup.hook(folder))
    try:
        with files.opened(path) as file:
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return Hook(relative, tuple(expected), shared)
    runs = os.name != "posix" or os.access(path, os.X_OK)
    return Hook(relative, tuple(expected), shared, text, runs)


# The machine.


def inspect_machine(screen: int) -> Machine:
    """Return what parplan runs on."""
    from parplan.workspace import libreoffice

    return Machine(
        python=sys.version_info[:2],
        libraries=tuple(_libraries()),
        charset=_charset(),
        columns=screen,
        has_git=programs.find("git") is not None,
        has_office=libreoffice.program() is not None,
        frozen=programs.own_folder(),
    )


def _libraries() -> Iterator[Library]:
    """Yield the libraries that parplan's package names; nothing where it is not installed."""
    from importlib import metadata

    try:
        requirements = metadata.requires("parplan") or []
    except metadata.PackageNotFoundError:
        return
    for line in requirements:
        match = re.match(r"([\w.-]+)\s*\(?([^;)]*)", line)
        if match is None or "extra ==" in line:
            continue
        try:
            version = metadata.version(match[1])
        except metadata.PackageNotFoundError:
            version = ""
        yield Library(match[1], version, match[2].strip())


def _charset() -> str:
    """Return the encoding of the console, an empty text where nothing says it."""
    if sys.platform == "win32":
        import ctypes

        page = ctypes.windll.kernel32.GetConsoleOutputCP()
        return f"cp{page}" if page else ""  # no console, as in a scheduled job
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next(filter(None, (os.environ.get(name) for name in names)), "")
    return locale.partition(".")[2].partition("@")[0]
