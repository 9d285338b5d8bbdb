"""The files of a workspace: which there are, what they hold, and how they change.

What is recorded or amended is written here.  A workspace is a folder with a
``plan`` folder that holds ``YEAR.yaml``; it is looked for upwards from where the
user stands.  What parplan ships (templates, sample plan, schema) is found here too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from parplan.journal.file import (
    EMPTY,
    ZERO_TAIL,
    Journal,
    missing_from,
    read_journal,
    to_line,
    without_markers,
    without_zero_tail,
)
from parplan.journal.limits import require_short_texts
from parplan.journal.record import Figure, News, Score, Undo
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import N_, Marked, UserError, params
from parplan.workspace import files, lock
from parplan.workspace.amendments import Amendment, read_amendments, write_amendments
from parplan.workspace.append import append_lines, read_all, time_after
from parplan.workspace.cache import DamagedCache, decode_plan, encode_plan
from parplan.workspace.cache_folder import CACHE_FOLDER, digest, make_cache_folder, write_cached
from parplan.workspace.filenames import copied_from, proper_name
from parplan.workspace.git_lock import wait_for_git
from parplan.yamlfile.reading import FileReading

_PLAN_NAME = re.compile(r"([12][0-9]{3})\.yaml")
_PACKAGE = Path(__file__).parents[1]
_PAUSE_SECONDS = 0.01

_Kind = TypeVar("_Kind", bound=News | Undo | Score | Figure)
_Model = TypeVar("_Model", bound=msgspec.Struct)
Check: TypeAlias = Callable[[Journal], None]
"""Raises UserError where a record does not fit what is recorded by now."""

INDEX_SCHEMA = "plan/index.schema.json"
"""The schema of an index, for editors; it comes with the first index."""

FORMS_SCHEMA = "plan/forms.schema.json"
"""The schema of the statistical forms, which comes with them."""

NO_PLAN = N_(
    "no plan found in %(folder)s or above it; 'parplan init --sample' makes a folder "
    "with a sample plan, --dir names another folder"
)

WORKSPACE_PATHS = ("plan", "templates", "reports", ".gitattributes", ".gitignore")
"""What of a workspace's folder is parplan's business; 'commit' takes no other files."""


class Workspace(msgspec.Struct, frozen=True):
    """The folder that holds the plans, and where paths in messages start from."""

    root: Path

    def years(self) -> list[int]:
        """Return the years that have a plan, oldest first."""
        return plan_years(self.root)

    def year_on(self, day: dt.date) -> int:
        """Return the year whose plan is meant on ``day``: that day's, else the newest."""
        years = self.years() or [day.year]
        return day.year if day.year in years else years[-1]

    def plan_path(self, year: int) -> Path:
        """Return where the plan of ``year`` is kept."""
        return self.root / "plan" / f"{year}.yaml"

    def journal_path(self, year: int) -> Path:
        """Return where the progress of ``year`` is recorded."""
        return self.root / "plan" / f"{year}.journal.yaml"

    def index_path(self, year: int) -> Path:
        """Return where the index of ``year``, if there is one, is kept."""
        return self.root / "plan" / f"{year}.index.yaml"

    def forms_path(self, year: int) -> Path:
        """Return where the statistical forms of ``year``, if there are any, are kept."""
        return self.root / "plan" / f"{year}.forms.yaml"

    def read_journal(self, year: int) -> Journal:
        """Return what was recorded in ``year``; nothing where there is no journal yet.

        Raises UserError when the file cannot be opened.
        """
        name = self.shown(self.journal_path(year))
        data = self.read_file(name)
        return EMPTY if data is None else read_journal(name, data)

    def append(
        self,
        year: int,
        makers: Sequence[Callable[[dt.datetime], _Kind]],
        check: Check | None = None,
    ) -> list[_Kind]:
        """Write the records that ``makers`` return for the time now to the journal of ``year``.

        All of them or none, in one write; each is a microsecond later than the one before.
        When this returns, they are on the disk, in the file that has the journal's name.
        Times never run backwards within a file, whatever the clock does, so that the order of
        writing is kept.  ``check`` gets what is recorded while nobody else can record, and
        raises where the records do not fit that any more.  Raises UserError, and leaves the
        file as it was, when they cannot be written.
        """
        path = self.journal_path(year)
        with self._locked(path), files.refusing(path):
            if not path.exists():
                wait_for_git(self.root)
            data = read_all(path)
            if without_zero_tail(data) != data:
                text = N_("nothing was recorded in %(path)s: %(reason)s")
                reason = Marked(ZERO_TAIL)
                raise UserError(text, params(path=self.shown(path), reason=reason))
            if b"\0" in data:  # saved as UTF-16, in which our line would be lost
                raise UserError(N_("%(path)s is not UTF-8 text"), params(path=self.shown(path)))
            recorded = read_journal(self.shown(path), data)
            if check is not None:
                check(recorded)
            now = time_after(recorded.records)
            records = [
                make(now + dt.timedelta(microseconds=index)) for index, make in enumerate(makers)
            ]
            for record in records:
                require_short_texts(record)
            append_lines(path, [to_line(record).encode() for record in records])
        return records

    def read_plan(self, year: int) -> FileReading[Plan]:
        """Return the plan of ``year``, or what is wrong with its file.

        A plan read before is taken from the cache while its file has the same bytes.  Raises
        UserError when the file cannot be opened.
        """
        path = self.plan_path(year)
        cache = self.root / CACHE_FOLDER / f"{year}.plan"
        name = self.shown(path)
        path = files.inside(self.root, path)
        data = files.read_bytes(path)
        is_inside = files.is_inside(self.root, cache)
        plan = _cached_plan(cache, path, data) if is_inside else None
        if plan is not None:
            return FileReading(name, "", plan, [])
        reading = read_plan(name, data)
        if is_inside and reading.value is not None and not reading.problems:
            with contextlib.suppress(OSError):  # it can be made again
                make_cache_folder(cache.parent)
                write_cached(cache, encode_plan(reading.value, data, path.stat()))
        return reading

    def rewrite_plan(self, year: int, old: bytes, new: bytes, by: str) -> None:
        """Write the amendment ``new`` in place of the plan of ``year``, which was read as ``old``.

        Who amended it is ``by``.  Raises UserError where somebody else changed the file
        meanwhile.
        """
        path = files.inside(self.root, self.plan_path(year))
        with self._locked(path):
            # Compared under the lock: no other parplan can write between this and the next line.
            if files.read_bytes(path) != old:
                raise UserError(files.CHANGED_MEANWHILE, params(path=self.shown(path)))
            at = time_after(self.read_journal(year).records)
            before = read_amendments(self.root, year, old)
            amendment = Amendment(at, by, old, digest(new))
            write_amendments(self.root, year, [*before, amendment])
            files.replace(path, new, old)

    def latest_amendment(self, year: int, by: str) -> Amendment | None:
        """Return the last amendment of the plan of ``year``, None where it is not one of ``by``."""
        plan = files.read_bytes(files.inside(self.root, self.plan_path(year)))
        amendments = read_amendments(self.root, year, plan)
        return amendments[-1] if amendments and amendments[-1].by == by else None

    def take_back(self, year: int, amendment: Amendment) -> None:
        """Put the plan of ``year`` back to what it was before its last ``amendment``.

        Raises UserError where the file is not what the amendment wrote.
        """
        path = files.inside(self.root, self.plan_path(year))
        with self._locked(path):
            plan = files.read_bytes(path)
            if not amendment.wrote(plan):
                raise UserError(files.CHANGED_MEANWHILE, params(path=self.shown(path)))
            files.replace(path, amendment.before, plan)
            write_amendments(self.root, year, read_amendments(self.root, year, plan)[:-1])

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of the file that messages call ``name``, None where there is none.

        A line that somebody is writing is waited for.  Raises UserError when the file is there
        but cannot be read.
        """
        path = files.inside(self.root, self.root / name)
        if not path.exists():
            wait_for_git(self.root)  # it may be about to put a new one in its place
            if not path.exists():
                return None
        data, before = files.read_bytes(path), b""
        while data != before and not data.endswith(b"\n"):
            time.sleep(_PAUSE_SECONDS)
            data, before = files.read_bytes(path), data
        return data

    def read_by(
        self, read: Callable[[str, bytes], FileReading[_Model]], path: Path
    ) -> FileReading[_Model] | None:
        """Return what ``read`` makes of the file ``path``, None where there is none.

        Raises as ``read_file``.
        """
        name = self.shown(path)
        data = self.read_file(name)
        return None if data is None else read(name, data)

    def fix_journal(self, year: int) -> bool:
        """Keep both sides of the conflicts that git left; False where there are none."""
        path = files.inside(self.root, self.journal_path(year))
        with self._locked(path):
            data = files.read_bytes(path)  # under the lock, so that no record comes in between
            joined = without_markers(data)
            if joined == data:
                return False
            files.replace(path, joined, data)
        return True

    def copies(self) -> list[tuple[str, str]]:
        """Return which files look like copies of a year's own, each with the name of that.

        Both as messages call them; no copy is read by any command.
        """
        try:
            names = sorted(f"plan/{entry.name}" for entry in (self.root / "plan").iterdir())
        except OSError:
            return []
        return [(name, original) for name in names if (original := copied_from(name))]

    def take_over(self, year: int, copy: str) -> int:
        """Write to the journal of ``year`` the records of its ``copy`` that it lacks, each once.

        Return how many these were.  They keep their ids and times; the copy stays.
        """
        path = files.inside(self.root, self.journal_path(year))
        with self._locked(path):
            data = read_all(path)
            missing = missing_from(
                data, files.read_bytes(files.inside(self.root, self.root / copy))
            )
            if missing:
                append_lines(path, [to_line(record).encode() for record in missing])
        return len(missing)

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Let nobody else record, edit the plan or commit while the block runs."""
        return self._locked(self.root / "plan")

    def _locked(self, path: Path) -> contextlib.AbstractContextManager[None]:
        """Return the lock for writing ``path``; raises UserError where a link leads out of here."""
        files.inside(self.root, path)
        return workspace_lock(self.root)

    def shown(self, path: Path) -> str:
        """Return ``path`` as messages show it: from the workspace's folder, with slashes."""
        return path.relative_to(self.root).as_posix()


def _cached_plan(cache: Path, path: Path, source: bytes) -> Plan | None:
    """Return the plan kept in ``cache`` if it was read from ``source``, what ``path`` holds."""
    try:
        with files.opened(cache) as file:
            return decode_plan(file.read(), source, path.stat())
    except (OSError, MemoryError, DamagedCache):
        return None


def workspace_lock(root: Path) -> contextlib.AbstractContextManager[None]:
    """Let no other parplan write in the workspace ``root`` while the block runs.

    Raises UserError when the lock cannot be had, or a link leads out of the workspace.
    """
    return lock.hold(root, files.inside(root, root / CACHE_FOLDER / "lock"))


def plan_years(root: Path) -> list[int]:
    """Return the years that have a plan under ``root``, oldest first.

    None where its ``plan`` is a link that leads out: whatever lies there is not listed.
    """
    if leads_out(root):
        return []
    try:
        names = [entry.name for entry in (root / "plan").iterdir()]
    except OSError:
        return []
    return years_among(names)


def leads_out(root: Path) -> bool:
    """Tell whether the plans of ``root`` lie elsewhere, so that no command reads them."""
    plan = root / "plan"
    # Each folder of PATH is asked, and each above it; hardly one has anything there.
    return os.path.lexists(plan) and not files.is_inside(root, plan)


def years_among(names: Iterable[str]) -> list[int]:
    """Return the years whose plan is among the file ``names``, oldest first."""
    return sorted(int(match[1]) for match in map(_PLAN_NAME.fullmatch, names) if match)


def find_workspace_above(start: Path) -> Workspace | None:
    """Return the workspace that the folder ``start`` lies in, or None.

    None for a folder that is not there, too: misspelt, it would name the one it would lie in.
    """
    for folder in (start, *start.parents) if start.is_dir() else ():
        if plan_years(folder) or leads_out(folder):
            return Workspace(folder)
    return None


def misnamed_plans(folder: Path) -> list[tuple[str, str]]:
    """Return what below ``folder`` looks like a plan's file, each with the name it should have."""
    with contextlib.suppress(OSError):
        near = [entry for entry in folder.iterdir() if entry.name.casefold() == "plan"]
        below = [entry for entry in near if files.is_inside(folder, entry)]
        names = sorted(f"{inner.name}/{file.name}" for inner in below for file in inner.iterdir())
        proper = ((name, proper_name(name) or copied_from(name)) for name in names)
        return [(name, other) for name, other in proper if other]
    return []


def packaged_file(name: str) -> Path:
    """Return the file ``name`` that parplan ships, such as ``plan/2025.yaml``.

    In an installed package these stand in its ``data`` folder, in a checkout beside it.
    """
    installed = _PACKAGE / "data" / name
    return installed if installed.exists() else _PACKAGE.parent / name
