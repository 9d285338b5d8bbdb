"""How do things stand, without reading the whole journal?

The progress folded from the journal, kept beside it under ``.parplan`` with the
journal's size, times and inode as parplan left them.  It only spares the recording
commands a long reading: whatever does not fit is ignored and made anew, and no other
command looks at it.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterable

import msgspec

from parplan import __version__
from parplan.journal.progress import Progress, add, fold
from parplan.journal.record import Record

_STEP_NS = 2_000_000_000
"""The longest step in which a system counts the times of its files: two seconds, on FAT."""


class Snapshot(msgspec.Struct):
    """The progress by reference after all records of a journal; records themselves left out."""

    version: str
    journal: tuple[int, int, int, int]
    last_day: dt.date
    last_at: dt.datetime | None
    progress: dict[str, Progress]

    def add(self, record: Record, journal: os.stat_result) -> bool:
        """Take in one more record; False for a retraction, which needs the whole journal."""
        if record.kind == "undo":
            return False
        add(self.progress, record)
        if record.ref in self.progress:
            self.progress[record.ref].records.clear()
        self.last_day = max(self.last_day, record.day)
        self.last_at = record.at if self.last_at is None else max(self.last_at, record.at)
        self.journal = _stamp(journal)
        return True

    def encode(self) -> bytes:
        """Return the snapshot as the bytes of its file."""
        return msgspec.msgpack.encode(self)


def take(records: Iterable[Record], journal: os.stat_result) -> Snapshot:
    """Return the snapshot after ``records``, which were read after ``journal`` was looked at."""
    kept = list(records)
    progress = fold(kept, dt.date.max)
    for one in progress.values():
        one.records.clear()
    last_day = max((record.day for record in kept), default=dt.date.min)
    last_at = max((record.at for record in kept), default=None)
    return Snapshot(__version__, _stamp(journal), last_day, last_at, progress)


def decode(data: bytes, journal: os.stat_result) -> Snapshot | None:
    """Return the snapshot in ``data`` if it is of the journal as it is now, else None."""
    try:
        found = msgspec.msgpack.decode(data, type=Snapshot)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    fits = found.version == __version__ and found.journal == _stamp(journal)
    return found if fits else None


def is_settled(journal: os.stat_result) -> bool:
    """Tell whether any edit after this look at the ``journal`` will show in its times.

    One in the same step of the clock, which leaves the size, would not.
    """
    return time.time_ns() - max(journal.st_mtime_ns, journal.st_ctime_ns) > _STEP_NS


def is_whole(data: bytes) -> bool:
    """Tell whether ``data`` is a snapshot's file at all, of whatever version and journal."""
    try:
        msgspec.msgpack.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def _stamp(journal: os.stat_result) -> tuple[int, int, int, int]:
    # The time of change cannot be set back by a program that edits the file.
    return journal.st_size, journal.st_mtime_ns, journal.st_ctime_ns, journal.st_ino
