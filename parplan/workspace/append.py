"""How does a record come to the end of a journal, and nothing else into it?

On an open file, by whoever holds the lock: a line that is whole or not there, and a time
that is later than any before it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import time
from pathlib import Path

_AT = re.compile(rb'"at":"([0-9T:.+-]+(?:Z|[+-][0-9:]+))"')
_TAIL_BYTES = 1 << 14
_NTFS_STEP_NS = 100


def append(handle: int, size: int, line: bytes) -> None:
    """Write ``line`` below the ``size`` bytes that are there; raises OSError and leaves no part."""
    try:
        os.lseek(handle, size, os.SEEK_SET)
        written = 0
        while written < len(line):
            written += os.write(handle, line[written:])
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)  # a full disk: better no line than half a line
        raise


def mark(path: Path, handle: int) -> os.stat_result | None:
    """Give the open file a time of writing that no other edit has; return what it has then.

    Systems count these times in steps, from 4 ms to 2 s on a memory stick: an edit in the step
    of our own would leave no trace.  None where the time is not taken, or not exactly.
    """
    now = time.time_ns() // _NTFS_STEP_NS * _NTFS_STEP_NS
    with contextlib.suppress(OSError):  # somebody else's file
        os.utime(path, ns=(now, now))
    found = os.fstat(handle)
    return found if found.st_mtime_ns == now else None


def tail(handle: int, size: int, *, whole: bool) -> bytes:
    """Return the last lines of the file, which has ``size`` bytes, or the ``whole`` of it."""
    start = 0 if whole else max(size - _TAIL_BYTES, 0)
    os.lseek(handle, start, os.SEEK_SET)
    return os.read(handle, size - start)


def time_after(tail: bytes, last: dt.datetime | None) -> dt.datetime:
    """Return the time now, or just after the latest written where a clock was set back.

    ``last`` is the latest as far as it is known; ``tail`` holds at least the last lines.
    """
    now = dt.datetime.now().astimezone()
    written = [last] if last else []
    for found in _AT.finditer(tail):
        with contextlib.suppress(ValueError):  # a damaged line
            written.append(dt.datetime.fromisoformat(found[1].decode()))
    latest = max(written, default=now)
    with contextlib.suppress(OverflowError):  # the last moment there is
        latest += dt.timedelta(microseconds=1)
    return max(now, latest)
