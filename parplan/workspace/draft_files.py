"""How do a draft and its documents come to disk, without ever harming one that the clerk changed?

Beside a draft that tells its data, ``.generated`` keeps it as it was generated: the base on
which later data are merged into what the clerk made of it.  One that is replaced is kept
under another name (``NAME.old-1.md``).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import glob
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from parplan.problem import UserError
from parplan.workspace import files

FOLDER = "reports"
GENERATED = ".generated"
_DIGEST = re.compile("[0-9a-f]{16}")
_REPLACED = re.compile(r"\.old-[0-9]+\.md$")


def path_of(root: Path, name: str, ending: str) -> Path:
    """Return the file of the draft called ``name``; raises UserError for links outside."""
    return files.inside(root, root / FOLDER / f"{name}.{ending}")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each draft of the workspace ``root``, what messages call it and its text, by name.

    Those that were replaced are left out, and what cannot be read.
    """
    folder = root / FOLDER
    for path in sorted(folder.glob("*.md")) if files.is_inside(root, folder) else ():
        if _REPLACED.search(path.name):
            continue
        with contextlib.suppress(UserError):
            text = files.read_bytes(files.inside(root, path)).decode("utf-8", "replace")
            yield f"{FOLDER}/{path.name}", text


def dated(root: Path, name: str, ending: str) -> list[tuple[dt.date, Path]]:
    """Return the files called ``name`` with a day where it has a ``*``, newest first.

    Those that were replaced are left out.  Raises UserError for links outside.
    """
    start, _star, end = f"{name}.{ending}".partition("*")
    pattern = re.compile(f"{re.escape(start)}([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){re.escape(end)}")
    days = []
    folder = files.inside(root, root / FOLDER)
    for path in folder.glob(f"{start}*{glob.escape(end)}"):
        match = pattern.fullmatch(path.name)
        with contextlib.suppress(ValueError):  # no day of the calendar
            if match:
                days.append((dt.date.fromisoformat(match[1]), files.inside(root, path)))
    return sorted(days, reverse=True)


def _generated(root: Path, name: str, digest: str) -> Path:
    """Return the file of the draft called ``name`` as generated, whose body has that digest.

    The digest is in the name so that whenever parplan is killed between two files, and
    however git merges two branches, each draft has its base.
    """
    return files.inside(root, root / FOLDER / GENERATED / f"{name}.{digest}.md")


def read_generated(root: Path, name: str, digest: str) -> bytes | None:
    """Return the draft called ``name`` as it was generated, None where that is not there."""
    if not _DIGEST.fullmatch(digest):
        return None
    path = _generated(root, name, digest)
    return files.read_bytes(path) if path.is_file() else None


def keep_generated(root: Path, name: str, digest: str, data: bytes) -> None:
    """Keep the draft called ``name`` as it is generated now."""
    files.create(_generated(root, name, digest), data)


def drop_generated(root: Path, name: str, digest: str) -> None:
    """Remove what is kept of older drafts called ``name``, once the one of ``digest`` is there."""
    last = _generated(root, name, digest)
    for path in last.parent.glob(f"{glob.escape(name)}.*.md"):
        middle = path.name.removeprefix(f"{name}.").removesuffix(".md")
        if path.name != last.name and _DIGEST.fullmatch(middle):
            with files.refusing(path):
                path.unlink(missing_ok=True)


def put(path: Path, data: bytes, is_ours: Callable[[bytes], bool]) -> Path | None:
    """Write a document; return where another one of that name, which differs, is kept.

    None is kept that ``is_ours``: as parplan wrote it, changed by nobody.
    """
    if files.create(path, data) or (old := files.read_bytes(path)) == data:
        return None
    if is_ours(old):
        files.replace(path, data, old)
        return None
    return replace(path, data)


def replace(path: Path, data: bytes) -> Path:
    """Write ``data`` in place of a file; return where that is kept.

    One of the two is there at any moment.
    """
    old = files.free(path, "old")
    while not files.keep(path, old):  # another parplan took that name meanwhile
        old = files.free(path, "old")
    try:
        files.replace(path, data, files.read_bytes(old))
    except UserError:
        if os.path.samefile(path, old):  # noqa: PTH121 - else it is the only one that is left
            old.unlink()
        raise
    return old
