"""What plans were before their amendments, so that the last one can be taken back.

Kept under ``.parplan``: whoever deletes that loses the way back, and nothing else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from parplan.workspace.cache_folder import digest, load, save

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


def read_amendments(root: Path, year: int, plan: bytes) -> list[Amendment]:
    """Return the amendments of the plan of ``year``, which holds ``plan`` now, oldest first.

    Without those that were never written, or are taken back: the plan is what it was before.
    """
    amendments: list[Amendment] = []
    with contextlib.suppress(msgspec.MsgspecError):  # none yet, or damaged
        data = load(root, f"{year}.amended") or b""
        amendments = msgspec.msgpack.decode(data, type=list[Amendment])
    while amendments and amendments[-1].before == plan:
        amendments.pop()
    return amendments


def write_amendments(root: Path, year: int, amendments: Sequence[Amendment]) -> None:
    """Keep the last of ``amendments``, as far as the disk allows."""
    save(root, f"{year}.amended", msgspec.msgpack.encode(amendments[-_MOST:]))
