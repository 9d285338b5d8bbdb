"""How is a file read and written so that none is ever half there?

A new file appears whole or not at all, and never in place of another; a replaced one
is the old or the new at every moment.  Whatever the system refuses becomes a
``Refusal`` in the user's language.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from parplan.i18n import os_reason
from parplan.problem import N_, Refusal, gaps

_LEFTOVER = re.compile(r"(^|/)\.[^/]+\.[0-9]+\.tmp$")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file ``path``; raises Refusal when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        text = N_("cannot read %(path)s: %(reason)s")
        raise Refusal(text, gaps(path=path, reason=os_reason(error))) from error


def create(path: Path, data: bytes) -> bool:
    """Write a new file whole, or not at all; False where ``path`` is there already.

    Raises Refusal when it cannot be written.
    """
    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary(path, data) as made:
            try:
                os.link(made, path)
            except FileExistsError:
                return False
            except OSError:  # a file system without hard links
                if path.exists():
                    return False
                made.replace(path)
        sync_folder(path.parent)
    return True


def replace(path: Path, data: bytes) -> None:
    """Write ``data`` in place of the file ``path``, whole or not at all.

    Raises Refusal, and leaves the file as it was, when it cannot be written.
    """
    with refusing(path):
        with temporary(path, data) as made:
            made.replace(path)
        sync_folder(path.parent)


def move(path: Path, to: Path) -> None:
    """Give the file ``path`` the name ``to``, which must be free; raises Refusal if it fails."""
    with refusing(path):
        path.rename(to)
        sync_folder(path.parent)


def is_leftover(path: str) -> bool:
    """Tell whether ``path`` is what a killed parplan left of a file that it was writing."""
    return _LEFTOVER.search(path) is not None


@contextlib.contextmanager
def temporary(path: Path, data: bytes, *, durable: bool = True) -> Iterator[Path]:
    """Give a file beside ``path`` that holds ``data`` on the disk; what is left of it goes."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the system refuses inside the block into a Refusal about ``path``."""
    try:
        yield
    except OSError as error:
        text = N_("cannot write %(path)s: %(reason)s")
        raise Refusal(text, gaps(path=path, reason=os_reason(error))) from error
