"""Let what one side moved to another list stand there on the other side, and before, too.

So the sides differ in what was edited alone, and an edit follows what was moved.  What both
moved apart, or to a list that the others have not, stays where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec

from parplan.problem import DataPath
from parplan.yamlfile.pieces import Piece

_Kind: TypeAlias = tuple[DataPath, str]
"""An entry that is known by its ``id``: the keys that lead to lists of its like, and the ``id``."""

_Entries: TypeAlias = tuple[Piece, ...]


def follow(bases: Sequence[Piece], here: Piece, there: Piece) -> list[Piece]:
    """Return the blocks of ``bases``, of here and there with each moved entry in its new list."""
    blocks = [*bases, here, there]
    homes = [_homes(block) for block in blocks]
    *before, ours, theirs = homes
    for kind in (*ours, *theirs):
        old = {home.get(kind) for home in before}
        mine, other = ours.get(kind), theirs.get(kind)
        if mine is None or other is None or len(old) != 1 or None in old or {mine, other} == old:
            continue
        if mine != other and mine not in old and other not in old:
            continue
        target, mover = (other, there) if mine in old else (mine, here)
        moved = [_moved(block, kind[1], home[kind], target, _above(mover, kind[1], target))
                 for block, home in zip(blocks, homes, strict=True)]  # fmt: skip
        if all(block is not None for block in moved):
            blocks = [block for block in moved if block is not None]
            for home in homes:
                home[kind] = target
    return blocks


def _homes(block: Piece) -> dict[_Kind, DataPath]:
    """Return of each entry that is known by its ``id`` in which list it stands."""
    places = list(_places(block, (), ()))
    times = Counter(kind for kind, _path in places)
    return {kind: path for kind, path in places if times[kind] == 1}


def _places(block: Piece, keys: DataPath, path: DataPath) -> Iterator[tuple[_Kind, DataPath]]:
    is_list = isinstance(block.data, list)
    for entry in block.entries:
        name = _name(block, entry)
        if name is None:
            continue
        if is_list:
            yield (keys, name), path
        yield from _places(entry, keys if is_list else (*keys, name), (*path, name))


def _name(block: Piece, entry: Piece) -> str | None:
    """Return the key of an entry of a mapping, the ``id`` of one of a list."""
    if not isinstance(block.data, list):
        return entry.key
    name = entry.data.get("id") if isinstance(entry.data, dict) else None
    return str(name) if isinstance(name, str | int) else None


def _at(block: Piece, path: DataPath) -> Piece | None:
    for name in path:
        inner = next((each for each in block.entries if _name(block, each) == name), None)
        if inner is None:
            return None
        block = inner
    return block


def _above(block: Piece, name: str, path: DataPath) -> list[str | None]:
    """Return what stands above an entry of the list at ``path``, from the top."""
    names = [_name(home, each) for home in [_at(block, path)] if home for each in home.entries]
    return names[: names.index(name)] if name in names else []


def _moved(
    block: Piece, name: str, home: DataPath, target: DataPath, above: Sequence[str | None]
) -> Piece | None:
    """Return ``block`` with the entry in the list at ``target``; None where there is no such."""
    if home == target:
        return block
    source, goal = _at(block, home), _at(block, target)
    if source is None or goal is None or len(source.entries) < 2 or not goal.entries:
        return None
    (entry,) = (each for each in source.entries if _name(source, each) == name)
    place = max(
        (number for number, each in enumerate(goal.entries, 1) if _name(goal, each) in above),
        default=0,
    )
    without = _changed(
        block, home, lambda entries: tuple(each for each in entries if each is not entry)
    )
    return _changed(without, target, lambda entries: (*entries[:place], entry, *entries[place:]))


def _changed(block: Piece, path: DataPath, change: Callable[[_Entries], _Entries]) -> Piece:
    """Return ``block`` with other entries at ``path``."""
    entries = change(block.entries) if not path else tuple(
        _changed(each, path[1:], change) if _name(block, each) == path[0] else each
        for each in block.entries
    )  # fmt: skip
    data: Any = [each.data for each in entries]
    if isinstance(block.data, dict):
        data = {each.key: each.data for each in entries}
    return msgspec.structs.replace(block, entries=entries, data=data)
