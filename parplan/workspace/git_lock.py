"""Is git changing files here at this moment?

While it does, it holds a file ``index.lock``; between the old and the new one a file is not
there, or not whole.
"""

from __future__ import annotations

import time
from pathlib import Path

_PAUSE_SECONDS = 0.01
_LONGEST_SECONDS = 2.0
"""An older lock is that of a killed git, or of one that waits for what somebody types."""


def wait_for_git(folder: Path) -> None:
    """Wait until no git is changing files in the repository that ``folder`` lies in."""
    lock = index_lock(folder)
    deadline = time.monotonic() + _LONGEST_SECONDS
    while lock is not None and _is_fresh(lock) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)


def index_lock(folder: Path) -> Path | None:
    """Return the lock of that repository, None where there is no repository.

    Looked for without git, which would take a tenth of the time of ``note``.
    """
    for place in (folder, *folder.parents):
        git = place / ".git"
        if git.is_dir():
            return git / "index.lock"
        if git.is_file():  # a further work tree, or a submodule
            text = git.read_text(encoding="utf-8", errors="surrogateescape")
            return place / text.removeprefix("gitdir:").strip() / "index.lock"
    return None


def _is_fresh(lock: Path) -> bool:
    try:
        return time.time() - lock.stat().st_mtime < _LONGEST_SECONDS
    except OSError:  # none there
        return False
