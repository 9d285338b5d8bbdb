"""Which states of its files has a folder been through, and which did two folders have last?

Kept under ``.parplan`` of a desk, and of a folder that desks exchange by.  Whoever deletes it
loses nothing: what differs then is asked.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from parplan.workspace.cache_folder import load, save

_NAME = "exchanged"
_MOST = 30
"""So many states of a file are kept, the newest."""


class State(msgspec.Struct, frozen=True):
    """What a file held; ``data`` is None where only whether it is the same is asked."""

    digest: bytes
    data: bytes | None = None


States = dict[str, list[State]]
"""The states of each file that all of a folder's exchanges had in common, oldest first."""


def read_states(root: Path) -> States:
    """Return the states kept in ``root``; none where there are none, or they are damaged."""
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(load(root, _NAME) or b"", type=States)
    return {}


def write_states(root: Path, states: Mapping[str, list[State]]) -> None:
    """Keep the newest of ``states`` in ``root``, as far as the disk allows."""
    newest = {name: each[-_MOST:] for name, each in states.items()}
    save(root, _NAME, msgspec.msgpack.encode(newest))


def last_common(name: str, here: States, there: States) -> list[State]:
    """Return the newest state of ``name`` that both have been through, as each side has it last.

    They are two where both sides exchanged by several folders in turns.
    """
    mine, other = ({each.digest: each for each in side.get(name, [])} for side in (here, there))
    common = mine.keys() & other.keys()
    newest = [next((d for d in reversed(side) if d in common), None) for side in (mine, other)]
    return [mine[each] for each in dict.fromkeys(newest) if each is not None]


def with_state(name: str, state: State, first: States, second: States) -> list[State]:
    """Return the states of both sides for ``name`` with ``state`` as the newest."""
    both = {each.digest: each for side in (first, second) for each in side.get(name, [])}
    both.pop(state.digest, None)
    return [*both.values(), state]
