"""What plans were before their amendments, so that the last one can be taken back.

Kept under ``.parplan``: whoever deletes that loses the way back, and nothing else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.workspace import files
from parplan.workspace.cache_folder import CACHE_FOLDER, make_cache_folder, write_cached

_MOST = 20
"""So many amendments of a plan are kept, the newest."""


class Amendment(msgspec.Struct, frozen=True):
    """An amendment of a plan: when and by whom, the file ``before``, the digest of that after."""

    at: dt.datetime
    by: str
    before: bytes
    after: bytes

    def wrote(self, plan: bytes) -> bool:
        """Tell whether ``plan`` is, byte for byte, what the amendment wrote."""
        return digest(plan) == self.after


def digest(plan: bytes) -> bytes:
    """Return the SHA-256 of the bytes of a plan's file."""
    import hashlib  # takes 3 ms, and few commands amend

    return hashlib.sha256(plan).digest()


def read_amendments(root: Path, year: int, plan: bytes) -> list[Amendment]:
    """Return the amendments of the plan of ``year``, which holds ``plan`` now, oldest first.

    Without those that were never written, or are taken back: the plan is what it was before.
    """
    path = _path(root, year)
    amendments: list[Amendment] = []
    with contextlib.suppress(OSError, msgspec.MsgspecError):  # none yet, or damaged
        if files.is_inside(root, path):
            with files.opened(path) as file:
                amendments = msgspec.msgpack.decode(file.read(), type=list[Amendment])
    while amendments and amendments[-1].before == plan:
        amendments.pop()
    return amendments


def write_amendments(root: Path, year: int, amendments: Sequence[Amendment]) -> None:
    """Keep the last of ``amendments``, as far as the disk allows."""
    path = _path(root, year)
    if files.is_inside(root, path):
        with contextlib.suppress(OSError):
            make_cache_folder(path.parent)
            write_cached(path, msgspec.msgpack.encode(amendments[-_MOST:]))


def _path(root: Path, year: int) -> Path:
    return root / CACHE_FOLDER / f"{year}.amended"
