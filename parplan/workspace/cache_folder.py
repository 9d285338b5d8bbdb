"""The folder for what parplan can do without, and for its lock, which git never takes in.

It ignores itself, whatever the workspace's ``.gitignore`` says: some workspaces have none of
parplan's lines.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from parplan.workspace import files

CACHE_FOLDER = ".parplan"
"""Folder of what parplan can do without, and of its lock; git ignores it."""


def make_cache_folder(folder: Path) -> None:
    """Make ``folder`` where it is not there yet; raises OSError when it cannot be made."""
    files.make_folder(folder)
    ignore = folder / ".gitignore"
    if not os.path.lexists(ignore):
        write_cached(ignore, b"*\n")


def write_cached(path: Path, data: bytes) -> None:
    """Write ``data`` to the file ``path``, whole or not at all; what fails can be done without."""
    with contextlib.suppress(OSError), files.temporary(path, data, durable=False) as new_file:
        new_file.replace(path)


def load(root: Path, name: str) -> bytes | None:
    """Return what the folder of ``root`` keeps as ``name``, None where it cannot be had."""
    path = root / CACHE_FOLDER / name
    with contextlib.suppress(OSError):
        if files.is_inside(root, path):
            with files.opened(path) as file:
                return file.read()
    return None


def save(root: Path, name: str, data: bytes) -> None:
    """Keep ``data`` as ``name`` in the folder of ``root``, as far as the disk allows."""
    path = root / CACHE_FOLDER / name
    if files.is_inside(root, path):
        with contextlib.suppress(OSError):
            make_cache_folder(path.parent)
            write_cached(path, data)


def digest(data: bytes) -> bytes:
    """Return the SHA-256 by which what is kept tells a state of a file."""
    import hashlib  # takes 3 ms, and few commands keep states

    return hashlib.sha256(data).digest()
