"""How do a draft and its documents come to disk, without ever harming one that the clerk changed?

A draft is written once.  Later ones stand beside it (``NAME.new-1.md``), or in its place,
which keeps the old one under another name (``NAME.old-1.md``).
"""

from __future__ import annotations

import os
from pathlib import Path

from parplan.problem import UserError
from parplan.workspace import files

FOLDER = "reports"


def path_of(root: Path, name: str, ending: str) -> Path:
    """Return the file of the draft called ``name``; raises UserError for links outside."""
    return files.inside(root, root / FOLDER / f"{name}.{ending}")


def free(path: Path, word: str) -> Path:
    """Return a name beside ``path`` that no file has: 2025-06.new-1.md."""
    number = 1
    while os.path.lexists(found := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")):
        number += 1
    return found


def put(path: Path, data: bytes) -> Path | None:
    """Write a document; return where another one of that name, which differs, is kept."""
    if files.create(path, data) or files.read_bytes(path) == data:
        return None
    return replace(path, data)


def replace(path: Path, data: bytes) -> Path:
    """Write ``data`` in place of a file; return where that is kept.

    One of the two is there at any moment.
    """
    old = free(path, "old")
    while not files.keep(path, old):  # another parplan took that name meanwhile
        old = free(path, "old")
    try:
        files.replace(path, data)
    except UserError:
        if os.path.samefile(path, old):  # noqa: PTH121 - else it is the only one that is left
            old.unlink()
        raise
    return old
