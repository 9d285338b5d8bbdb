"""Append one line to an open journal, whole or not at all, at a time after all others'.

Called by whoever holds the lock.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os

from parplan.journal import record as journal


def read_all(handle: int) -> bytes:
    """Return all bytes of the open file."""
    os.lseek(handle, 0, os.SEEK_SET)
    # As long as it is, until nothing comes: one read may give less than was asked for.
    pieces = iter(lambda: os.read(handle, os.fstat(handle).st_size + 1), b"")
    return b"".join(pieces)


def append_line(handle: int, size: int, line: bytes) -> None:
    """Write ``line`` below the ``size`` bytes that are there; raises OSError and leaves no part."""
    try:
        os.lseek(handle, size, os.SEEK_SET)
        written = 0
        while written < len(line):
            written += os.write(handle, line[written:])
        os.fsync(handle)  # before anybody is told that it is recorded
    except OSError:
        os.ftruncate(handle, size)  # a full disk: better no line than half a line
        raise


def time_after(data: bytes) -> dt.datetime:
    """Return the time now, or just after the latest in the journal ``data``.

    So a clock that was set back does not change the order of what was recorded.
    """
    now = dt.datetime.now().astimezone()
    records = journal.parse("", data).records
    latest = records[-1].at if records else now
    with contextlib.suppress(OverflowError):  # the last moment there is
        latest += dt.timedelta(microseconds=1)
    return max(now, latest)
