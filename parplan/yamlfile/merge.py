"""Merge what two people made of one YAML text, key by key and entry by entry.

Texts in, text out.  What one side alone changed is taken as that side typed it, comments too;
every other byte stays.  What both changed otherwise is a clash, in which one of them is chosen.
The merged text is read back: it holds the merged data and nothing else, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from parplan.problem import DataPath
from parplan.yamlfile.moves import follow
from parplan.yamlfile.parse import PlainData, YamlError, load_yaml
from parplan.yamlfile.pieces import Piece, SplitText, cut, identify

Version: TypeAlias = Literal["base", "here", "there"]
Coupled: TypeAlias = Sequence[tuple[str, ...]]
"""Keys of one mapping that mean something together only, such as a wording and its dates."""

_GONE: Any = object()


class Clash(msgspec.Struct, frozen=True):
    """What both sides changed at ``path``, as each has it typed; "" where it is not.

    The path has for each entry of a list what it is known by.
    """

    path: DataPath
    here: str
    there: str


class MergedText(msgspec.Struct, frozen=True):
    """The text with the changes of both sides; where there are ``clashes``, with a version of each.

    None where the pieces do not fit together.
    """

    text: str | None
    clashes: list[Clash]


def merge_texts(
    bases: Sequence[str],
    here: str,
    there: str,
    choices: Mapping[DataPath, Version],
    coupled: Coupled = (),
) -> MergedText:
    """Return ``here`` with what ``there`` changed since the ``bases``.

    Where a clash has no choice, the version from here stands in.  With several bases a side
    has left something alone where it is as in all of them.  What one side moved to another list
    takes the edits of the other along.  Raises YamlError for a text that
    is not readable.
    """
    merger = _Merger(choices, coupled)
    documents = [cut(text) for text in bases]
    ours, theirs = cut(here), cut(there)
    *before, mine, other = follow(
        [_block(each) for each in documents], _block(ours), _block(theirs)
    )
    entries = merger.children((), before, mine, other)
    if not entries:
        return MergedText(None, merger.clashes)
    end = _merged_text([each.end for each in documents], ours.end, theirs.end)
    text = "".join(entry.written(entries[0].column) for entry in entries) + end
    data = {entry.key: entry.data for entry in entries}
    try:
        fits = load_yaml("", text) == data
    except YamlError:
        fits = False
    return MergedText(text if fits else None, merger.clashes)


def _block(document: SplitText) -> Piece:
    return Piece("", 0, "", "", "", document.data, entries=document.entries)


class _Merger:
    def __init__(self, choices: Mapping[DataPath, Version], coupled: Coupled) -> None:
        self.choices = choices
        self.coupled = coupled
        self.clashes: list[Clash] = []

    def children(
        self, path: DataPath, bases: Sequence[Piece], here: Piece, there: Piece
    ) -> list[Piece]:
        """Return the merged entries of blocks; of lists with what tells their entries apart."""
        before = [_by_id(base, (*bases, here, there)) for base in bases]
        ours, theirs = (_by_id(side, (*bases, here, there)) for side in (here, there))
        together = self._together(path, before, ours, theirs)
        order = _order([list(each) for each in before], list(ours), list(theirs))
        merged = []
        for name in order:
            chosen = together.get(name)
            old, mine, other = [each.get(name) for each in before], ours.get(name), theirs.get(name)
            if chosen is not None:
                piece = {"here": mine, "there": other, "base": old[0] if old else None}[chosen]
            else:
                piece = self.entry((*path, name), old, mine, other)
            if piece is not None:
                merged.append(piece)
        return merged

    def _together(
        self,
        path: DataPath,
        before: Sequence[Mapping[str, Piece]],
        ours: Mapping[str, Piece],
        theirs: Mapping[str, Piece],
    ) -> dict[str, Version]:
        """Return for keys that belong together, and that both sides changed, whose they are."""
        versions: dict[str, Version] = {}
        for keys in self.coupled:
            mine, other = _values(ours, keys), _values(theirs, keys)
            old = [_values(each, keys) for each in before]
            if mine == other or not old or all(each == mine for each in old):
                continue
            if all(each == other for each in old):
                continue
            texts = ("".join(_typed(side.get(key)) for key in keys) for side in (ours, theirs))
            version = self._choose(Clash((*path, keys[0]), *texts))
            versions |= dict.fromkeys(keys, version)
        return versions

    def entry(
        self, path: DataPath, bases: Sequence[Piece | None], here: Piece | None, there: Piece | None
    ) -> Piece | None:
        """Return what becomes of one entry, None where it goes."""
        old_texts = {_typed(base) for base in bases} or {""}
        if _typed(here) == _typed(there) or old_texts == {_typed(there)}:
            return here
        if old_texts == {_typed(here)}:
            return there
        old = [_data(base) for base in bases] or [_GONE]
        is_new = not any(bases)
        if here and there and _are_blocks(here, there) and not is_new:
            return self._block(path, bases, here, there)
        if _data(here) == _data(there) or all(each == _data(there) for each in old):
            return _commented(here, bases, here, there)
        if all(each == _data(here) for each in old):
            return _commented(there, bases, here, there)
        version = self._choose(Clash(path, _typed(here), _typed(there)))
        chosen = {"here": here, "there": there, "base": bases[0] if bases else None}[version]
        return _commented(chosen, bases, here, there)

    def _block(
        self, path: DataPath, bases: Sequence[Piece | None], here: Piece, there: Piece
    ) -> Piece | None:
        blocks = [base for base in bases if base is not None and _are_blocks(base, here)]
        lists = [each.data for each in (*blocks, here, there)]
        children = []
        if isinstance(here.data, dict) or identify(lists) is not None:
            children = self.children(path, blocks, here, there)
        if not children:
            version = self._choose(Clash(path, _typed(here), _typed(there)))
            return {"here": here, "there": there, "base": bases[0] if bases else None}[version]
        data: Any = [entry.data for entry in children]
        if isinstance(here.data, dict):
            data = {entry.key: entry.data for entry in children}
        return msgspec.structs.replace(
            here,
            lead=_merged_text([base.lead for base in blocks], here.lead, there.lead),
            head=_merged_text([base.head for base in blocks], here.head, there.head, join=False),
            data=data,
            entries=tuple(children),
        )

    def _choose(self, clash: Clash) -> Version:
        version = self.choices.get(clash.path)
        if version is None:
            self.clashes.append(clash)
        return version or "here"


def _are_blocks(first: Piece, second: Piece) -> bool:
    return bool(first.entries and second.entries) and type(first.data) is type(second.data)


def _by_id(block: Piece, blocks: Iterable[Piece]) -> dict[str, Piece]:
    """Return the entries of ``block`` by their key, or by what tells those of all lists apart."""
    if not isinstance(block.data, list):
        return {entry.key: entry for entry in block.entries}
    name = identify([each.data for each in blocks])
    return {} if name is None else {name(entry.data): entry for entry in block.entries}


def _values(side: Mapping[str, Piece], keys: Iterable[str]) -> list[PlainData]:
    return [_data(side.get(key)) for key in keys]


def _data(piece: Piece | None) -> PlainData:
    return _GONE if piece is None else piece.data


def _typed(piece: Piece | None) -> str:
    """Return an entry as it was typed, wherever it stands; "" where there is none."""
    return "" if piece is None else piece.written(0)


def _commented(
    piece: Piece | None, bases: Iterable[Piece | None], here: Piece | None, there: Piece | None
) -> Piece | None:
    """Return ``piece`` with the comment lines that both sides put above it."""
    if piece is None or here is None or there is None:
        return piece
    leads = [base.lead for base in bases if base is not None]
    return msgspec.structs.replace(piece, lead=_merged_text(leads, here.lead, there.lead))


def _merged_text(bases: Sequence[str], here: str, there: str, *, join: bool = True) -> str:
    """Return the comments of both sides, where both changed them; or else those of here."""
    if here == there or set(bases) == {there}:
        return here
    if set(bases) == {here}:
        return there
    if not join:
        return here
    known = {line for text in (*bases, here) for line in text.splitlines()}
    lines = there.splitlines(keepends=True)
    return here + "".join(line for line in lines if line.rstrip("\r\n") not in known)


def _order(bases: Sequence[list[str]], here: list[str], there: list[str]) -> Iterator[str]:
    """Yield all names: in the order of here, or of there where that side alone changed it."""
    first, second = here, there
    for base in bases:
        common = [name for name in base if name in here and name in there]
        if [name for name in here if name in common] == common and [
            name for name in there if name in common
        ] != common:
            first, second = there, here
    order, names, known = list(first), set(first), set(second)
    for place, name in enumerate(second):
        if name in names:
            continue
        before = next((each for each in reversed(second[:place]) if each in names), None)
        index = 0 if before is None else order.index(before) + 1
        while index < len(order) and order[index] not in known and second is there:
            index += 1  # behind what was added here in the same place
        order.insert(index, name)
        names.add(name)
    return iter(order)
