"""Let one writer at a time into the workspace.

An advisory lock of the operating system on a file of its own: it vanishes with
the process that held it, so that a crash leaves nothing to clean up.  Written
here because filelock's import alone costs a quarter of the time of ``note``
(24 of 90 ms, measured); this is all of it that parplan needs.
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

WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.01


@contextlib.contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs.

    Raises UserError when it cannot be had within ``WAIT_SECONDS``, or not at all, as
    on some network drives: without a lock two writers might mix their lines.
    """
    try:
        make_cache_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _no_lock(path, error) from error
    try:
        _wait_for(handle, path)
        yield
    finally:
        os.close(handle)  # releases the lock


def why_not(path: Path) -> str:
    """Return why the lock file ``path`` could not be had, or an empty text; makes no file.

    That another process holds it for the moment is no obstacle.
    """
    try:
        if not path.exists():
            return os_reason(NotADirectoryError(errno.ENOTDIR, "")) if path.parent.is_file() else ""
        handle = os.open(path, os.O_RDWR)
    except OSError as error:
        return os_reason(error)
    try:
        _try(handle)
    except BlockingIOError:
        return ""
    except OSError as error:
        return os_reason(error)
    finally:
        os.close(handle)
    return ""


def _wait_for(handle: int, path: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
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
        except OSError as error:
            raise _no_lock(path, error) from error
        time.sleep(_PAUSE_SECONDS)


def _no_lock(path: Path, error: OSError) -> UserError:
    text = N_("cannot lock %(path)s (%(reason)s); nothing was written")
    return UserError(text, params(path=path, reason=os_reason(error)))


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
