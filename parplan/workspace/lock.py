"""Let one writer at a time into the workspace.

Advisory locks of the operating system: they vanish with the process that held them, so that
a crash leaves nothing to clean up.  The workspace's folder itself is locked, which nobody
cleans away; and a file in ``.parplan``, since Windows locks no folder, and a network drive
tells other machines of files alone.  Written here because filelock's import alone costs a
quarter of the time of ``note`` (24 of 90 ms, measured); this is all of it that parplan needs.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from parplan.i18n import os_reason
from parplan.problem import N_, UserError, params
from parplan.workspace.cache_folder import make_cache_folder
from parplan.workspace.files import open_shared

WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.01


@contextlib.contextmanager
def hold(root: Path, path: Path) -> Iterator[None]:
    """Hold the lock of the workspace ``root``, with the lock file ``path``, while the block runs.

    Raises UserError when it cannot be had within ``WAIT_SECONDS``, or not at all, as
    on some network drives: without a lock two writers might mix their lines.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    with contextlib.ExitStack() as held:  # closing a file releases its lock
        try:
            if sys.platform != "win32":
                folder = os.open(root, os.O_RDONLY)
                held.callback(os.close, folder)
                _wait_for(folder, deadline)
            while True:
                handle = _opened(path, deadline)
                held.callback(os.close, handle)
                _wait_for(handle, deadline)
                if _has_name(handle, path):
                    break  # else whoever made a new one does not see this lock
        except OSError as error:
            text = N_("cannot lock %(path)s (%(reason)s); nothing was written")
            raise UserError(text, params(path=path, reason=os_reason(error))) from error
        yield


def why_not(path: Path) -> str:
    """Return why the lock file ``path`` could not be had, or an empty text; makes no file.

    That another process holds it for the moment is no obstacle.
    """
    try:
        if not path.exists():
            return os_reason(NotADirectoryError(errno.ENOTDIR, "")) if path.parent.is_file() else ""
        handle = take(path)
    except OSError as error:
        return os_reason(error)
    if handle is not None:
        os.close(handle)
    return ""


def take(path: Path, flags: int = 0) -> int | None:
    """Open the file ``path``, locked until it is closed; None where another process has the lock.

    ``flags`` as for ``os.open``.  Raises OSError where it cannot be opened or locked.
    """
    handle = open_shared(path, os.O_RDWR | flags)
    try:
        _try(handle)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    return handle


def _opened(path: Path, deadline: float) -> int:
    """Open the lock file ``path``; whoever deletes its folder at this moment is outrun."""
    while True:
        try:
            make_cache_folder(path.parent)
            return open_shared(path, os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:
            if time.monotonic() > deadline:
                raise


def _has_name(handle: int, path: Path) -> bool:
    """Tell whether the open file is still the one called ``path``."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _wait_for(handle: int, deadline: float) -> None:
    while True:
        try:
            _try(handle)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                text = N_(
                    "another parplan has been writing here for %(seconds)s seconds; try again"
                )
                raise UserError(text, params(seconds=int(WAIT_SECONDS))) from None
        time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error

else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
