"""Append lines to a journal so that they are in the file that has its name, whoever replaces it.

Called by whoever holds parplan's lock.  Other programs do not know it: git puts a new file in
place of the old one, as many editors do, and a line that came into the old one is gone.  So
each line is looked for under the journal's name afterwards.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Sequence
from pathlib import Path

from parplan.journal.record import Record
from parplan.problem import N_, UserError, params
from parplan.schedule.bounds import LATEST
from parplan.workspace import files
from parplan.workspace.git_lock import wait_for_git

_PAUSES_SECONDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)

REPLACED = N_(
    "another program keeps replacing %(path)s; see with 'parplan log' whether the record is there, "
    "else try again"
)


def append_lines(path: Path, lines: Sequence[bytes]) -> None:
    """Write ``lines`` at the end of the journal ``path``, all in one write, and flush them.

    Lines that another program's file lacks afterwards are written again: a record that is
    there twice counts once.  Raises OSError, and leaves no part, where they cannot be written,
    and UserError where the file was replaced each time.
    """
    missing = lines
    for pause in _PAUSES_SECONDS:
        time.sleep(pause)
        _append(path, b"".join(missing))
        # A git that looked at the file before this line came has its lock by now; one that
        # takes it later sees the line, and leaves the file alone.
        wait_for_git(path.parent)
        present = {line.strip() for line in read_all(path).split(b"\n")}
        missing = [line for line in lines if line.strip() not in present]
        if not missing:
            return
    raise UserError(REPLACED, params(path=path))


def read_all(path: Path) -> bytes:
    """Return what the journal ``path`` holds, nothing where there is none; raises OSError."""
    try:
        with files.opened(path) as file:
            return file.read()
    except FileNotFoundError:
        return b""


def _append(path: Path, data: bytes) -> None:
    is_new = not path.exists()
    if not is_new:
        files.require_file(path)
    handle = files.open_shared(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    try:
        if is_new:  # its name must last before its first record does
            files.sync_folder(path.parent)
        _write(handle, data if _ends_its_line(handle) else b"\n" + data)
    finally:
        os.close(handle)


def _ends_its_line(handle: int) -> bool:
    size = os.fstat(handle).st_size
    os.lseek(handle, max(size - 1, 0), os.SEEK_SET)  # where the next write goes all the same
    return os.read(handle, 1) in (b"", b"\n")


def _write(handle: int, data: bytes) -> None:
    written = 0
    try:
        while written < len(data):
            written += os.write(handle, data[written:])
        os.fsync(handle)  # before anybody is told that it is recorded
    except OSError:
        end = os.lseek(handle, 0, os.SEEK_CUR)
        if written and os.fstat(handle).st_size == end:  # nobody wrote below it
            os.ftruncate(handle, end - written)  # a full disk: better no line than half a line
        raise


def local_now() -> dt.datetime:
    """Return the moment now as the machine's zone writes it, in UTC where that can be none."""
    now = dt.datetime.now(dt.UTC)
    try:
        return now.astimezone()
    except ValueError:  # TZ names an offset of a day or more
        return now


def time_after(records: Sequence[Record]) -> dt.datetime:
    """Return the time now, or just after the latest of ``records``, which are in order.

    So a clock that was set back does not change the order of what was recorded.
    """
    now = local_now()
    latest = records[-1].at if records else now
    return max(now, min(latest + dt.timedelta(microseconds=1), LATEST))
