"""Where does parplan keep what it can make again, so that git never takes it in?

A folder of its own, with its lock and caches.  It ignores itself, whatever the workspace's
``.gitignore`` says: some workspaces have none of parplan's lines.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from parplan.workspace import files

NAME = ".parplan"


def make(folder: Path) -> None:
    """Make ``folder`` where it is not there yet; raises OSError when it cannot be made."""
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not os.path.lexists(ignore):
        put(ignore, b"*\n")


def put(path: Path, data: bytes) -> None:
    """Write ``data`` to the file ``path``, whole or not at all; what fails can be made again."""
    with contextlib.suppress(OSError), files.temporary(path, data, durable=False) as made:
        made.replace(path)
