"""What was read of each office, kept at the desk until its files change.

One file in the user's own cache folder; nothing is kept in the offices' folders.  An entry
counts while the plan and the journal have the size, the times and the inode that they had, for
this very parplan; whatever does not fit is read again, and a damaged file is made anew.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import msgspec

from parplan import __version__
from parplan.journal.progress import Progress
from parplan.plan.model import Plan, Task
from parplan.rollup.office import Office
from parplan.rollup.sources import OfficeSource
from parplan.workspace.files import changed_at
from parplan.workspace.workspace import Workspace

_NAME = "rollup.db"
_FORMAT = 1
_TABLE = (
    "CREATE TABLE IF NOT EXISTS office (path TEXT, year INTEGER, stamp TEXT, made INTEGER, "
    "data BLOB, PRIMARY KEY (path, year))"
)
_PATIENCE_SECONDS = 1
_JUST_NOW_NS = 2_000_000_000
"""A file changed so shortly ago may change again without its times telling."""

_STALE_SECONDS = 400 * 24 * 3600
"""An entry made so long ago is thrown away: its office may be gone."""


class CachedOffice(msgspec.Struct, frozen=True):
    """What is kept of an office, under the place where it was found."""

    path: str
    year: int
    stamp: str
    data: bytes


class _Kept(msgspec.Struct, array_like=True):
    """What is encoded: an ``Office`` whose journal has no problem."""

    plan: Plan
    progress: dict[str, Progress]
    first: dt.date
    end: dt.date
    records: int
    last_record: str | None
    """As it was written: msgpack's own moments forget their zone."""


_DECODER = msgspec.msgpack.Decoder(_Kept)
_SHAPE = crc32(repr([kind.__struct_fields__ for kind in (_Kept, Plan, Task, Progress)]).encode())


class Cache:
    """The entries that are there, read as they are asked for; none where they cannot be read."""

    def __init__(self) -> None:
        self._database = _open()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._database is not None:
            self._database.close()

    def find(self, source: OfficeSource, year: int, stamp: str) -> Office | None:
        """Return the office as it was read when its files had this ``stamp``, or None."""
        if self._database is None:
            return None
        query = "SELECT data FROM office WHERE path = ? AND year = ? AND stamp = ?"
        try:
            row = self._database.execute(query, (place_of(source), year, stamp)).fetchone()
        except sqlite3.Error:
            return None
        return _decode(row[0]) if row else None


def entry(source: OfficeSource, year: int, stamp: str, office: Office) -> CachedOffice | None:
    """Return what to keep of an ``office`` that was read, None where it has a problem."""
    if office.problem is not None:
        return None
    latest = office.last_record.isoformat() if office.last_record else None
    kept = _Kept(office.plan, office.progress, office.first, office.end, office.records, latest)
    content = zlib.compress(msgspec.msgpack.encode(kept), 1)
    return CachedOffice(place_of(source), year, stamp, crc32(content).to_bytes(4, "big") + content)


def keep(entries: Iterable[CachedOffice]) -> None:
    """Keep ``entries`` in place of those of the same offices; where that fails, none.

    A file that is damaged, or of another shape, is thrown away.
    """
    now = int(time.time())
    rows = [(one.path, one.year, one.stamp, now, one.data) for one in entries]
    folder = _folder()
    if not rows or folder is None:
        return
    path = folder / _NAME
    with contextlib.suppress(OSError, sqlite3.Error):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            return
        try:
            _write(path, rows, now)
        except sqlite3.Error as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return
            path.unlink()
            _write(path, rows, now)


def _write(path: Path, rows: Sequence[tuple[str, int, str, int, bytes]], now: int) -> None:
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS)
    with contextlib.closing(connection) as database, database:
        database.execute("PRAGMA synchronous = OFF")  # it can be made again
        database.execute(_TABLE)
        database.execute("DELETE FROM office WHERE made < ?", (now - _STALE_SECONDS,))
        database.executemany("INSERT OR REPLACE INTO office VALUES (?, ?, ?, ?, ?)", rows)


def stamp_of(source: OfficeSource, year: int) -> str | None:
    """Return what tells whether the files of an office have changed, None where nothing would."""
    paths = [source.path]
    if source.years:
        workspace = Workspace(source.path)
        paths = [workspace.plan_path(year), workspace.journal_path(year)]
    seen = [_seen(path) for path in paths]
    if seen[0] is None or any(
        one and time.time_ns() - one.st_mtime_ns < _JUST_NOW_NS for one in seen
    ):
        return None
    files = (
        f"{one.st_size} {one.st_mtime_ns} {changed_at(one)} {one.st_ino}" if one else "-"
        for one in seen
    )
    return f"{_FORMAT} {__version__} {_SHAPE:08x} {' '.join(files)}"


def _seen(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def place_of(source: OfficeSource) -> str:
    """Return where an office lies, whatever folder it was looked for from."""
    return os.path.abspath(source.path)  # noqa: PTH100 - no link followed


def _decode(data: object) -> Office | None:
    content = data[4:] if isinstance(data, bytes) else b""  # SQLite gives what a damaged file says
    if not isinstance(data, bytes) or crc32(content).to_bytes(4, "big") != data[:4]:
        return None
    try:
        kept = _DECODER.decode(zlib.decompress(content))
    except (ValueError, zlib.error):
        return None
    latest = dt.datetime.fromisoformat(kept.last_record) if kept.last_record else None
    return Office(kept.plan, kept.progress, kept.first, kept.end, kept.records, latest)


def _open() -> sqlite3.Connection | None:
    """Return the database for reading, None where there is none."""
    folder = _folder()
    if folder is None:
        return None
    try:
        if not (folder / _NAME).is_file():  # nothing yet, or a pipe, on which SQLite would wait
            return None
        uri = f"{(folder / _NAME).as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, timeout=_PATIENCE_SECONDS)
    except (OSError, sqlite3.Error):
        return None


def _folder() -> Path | None:
    """Return the folder of the user's for what parplan can make again, None where there is none."""
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    if base and os.path.isabs(base):  # noqa: PTH117
        return Path(base) / "parplan"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "parplan"
