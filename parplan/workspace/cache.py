"""What does a plan file say, without reading its YAML again?

A plan that was read is kept under ``.parplan`` together with the very bytes that it was
read from.  It counts only while the plan file still has these bytes, one by one, so that
it is never stale, and is the very file, so that none that was made elsewhere is believed;
whatever does not fit is ignored and made anew.  Tasks stand in blocks,
each to be read by itself: a command about one task decodes that one.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, TypeAlias
from zlib import crc32

import msgspec

from parplan import __version__
from parplan.plan import document, model
from parplan.plan.model import Plan, Section, Task
from parplan.problem import Contradiction
from parplan.schedule import rules as schedule

_KINDS: tuple[type[msgspec.Struct], ...] = (
    *(document.Document, document.Basis, document.Clause, document.Signer, document.Appendix),
    *(model.Dated, model.Unit, model.Target, model.Handover, model.Holiday, model.Swap),
    *(model.Calendar, model.Serves, model.Reporting, Plan, Task),
    *(schedule.Every, schedule.In, schedule.On, schedule.Continuous, schedule.OnDirective),
)
"""Everything that a plan consists of but its sections; a block is kept under its place here."""

_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_DATE, _DECIMAL = 1, 2
_BLOCK = 256
"""Tasks that are decoded together; small, since a command about one task decodes one block."""

_OFTEN = 3
"""How many times a wording is used from which on it is kept among the shared values."""

_CHUNK = 1 << 18
_BYTES = 8

Plain: TypeAlias = Any
"""What msgpack has by itself: text, int, bool, None, lists; a Struct as {kind: [its fields]}."""


class Damaged(Exception):
    """The kept plan cannot be used."""


_FAULTS = (
    *(msgspec.MsgspecError, Contradiction, UnicodeDecodeError, ValueError, TypeError),
    *(LookupError, ArithmeticError, RecursionError, OSError, MemoryError),
)
"""What comes of building a plan from bytes that are none."""


def _mark(seen: os.stat_result) -> bytes:
    """Return the first line: what the file is, which parplan's model it follows, and of what.

    Nobody chooses the inode and the time of change of a file that he has somebody else unpack.
    """
    shape = crc32(repr([kind.__struct_fields__ for kind in _KINDS]).encode())
    return f"parplan plan 1 {__version__} {shape:08x} {seen.st_ino} {seen.st_ctime_ns}\n".encode()


def encode(plan: Plan, source: bytes, seen: os.stat_result) -> Iterator[bytes]:
    """Yield the file that keeps ``plan``, read from ``source`` in the file ``seen``, in pieces.

    Nothing where a task's number has a line end in it: such a plan is not kept.
    """
    tasks = [task for _section, task in plan.tasks()]
    if any("\n" in task.id for task in tasks):
        return
    shared = _SharedOut(tasks)
    blocks = [
        msgspec.msgpack.encode(shared.columns(tasks[first : first + _BLOCK]))
        for first in range(0, len(tasks), _BLOCK)
    ]
    ids = "".join(f"\n{task.id}" for task in tasks).encode() + b"\n"
    sections = [[section.id, section.title, len(section.tasks)] for section in plan.sections]
    frame = msgspec.structs.replace(plan, sections=[])
    places = [[len(block), crc32(block)] for block in blocks]
    head = msgspec.msgpack.encode([_plain(frame), sections, places, shared.values])
    yield _mark(seen)
    for number in (len(source), len(head), len(ids), crc32(ids, crc32(head))):
        yield number.to_bytes(_BYTES, "big")
    yield source
    yield head
    yield ids
    yield from blocks


class _SharedOut:
    """What tasks have in common, each once: schedules, units, targets, wording used twice."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.values: list[Plain] = []
        self._places: dict[bytes, int] = {}
        self._uses = Counter(
            text for one in tasks for text in (one.title, one.requirement, one.deadline_text)
        )

    def columns(self, tasks: Sequence[Task]) -> list[list[str] | list[int]]:
        """Return the fields of ``tasks``, field by field: texts, or places of shared values.

        Fields at the end that all have their defaults are left off.
        """
        fields = [[getattr(task, name) for task in tasks] for name in Task.__struct_fields__]
        while all(one == _DEFAULTS[len(fields) - 1] for one in fields[-1]):
            fields.pop()
        return [
            own if all(map(self._is_own, own)) else [self._place(one) for one in own]
            for own in fields
        ]

    def _is_own(self, value: object) -> bool:
        return isinstance(value, str) and self._uses[value] < _OFTEN

    def _place(self, value: object) -> int:
        plain = _plain(value)
        place = self._places.setdefault(msgspec.msgpack.encode(plain), len(self.values))
        if place == len(self.values):
            self.values.append(plain)
        return place


_REQUIRED = ("id", "title", "schedule")
_NOTHING = Task("", "", [])
_DEFAULTS = [
    None if name in _REQUIRED else getattr(_NOTHING, name) for name in Task.__struct_fields__
]


def _plain(value: object) -> Plain:
    if isinstance(value, msgspec.Struct):
        fields = [_plain(getattr(value, name)) for name in value.__struct_fields__]
        return {_NUMBERS[type(value)]: fields}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if isinstance(value, Decimal):
        return msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    return value


def _extension(code: int, data: memoryview) -> object:
    text = str(data, "ascii")
    return Decimal(text) if code == _DECIMAL else dt.date.fromisoformat(text)


_DECODER = msgspec.msgpack.Decoder(ext_hook=_extension)


def _built(plain: Plain) -> Any:
    if type(plain) is dict:
        ((number, fields),) = plain.items()
        return _KINDS[number](*map(_built, fields))
    return [*map(_built, plain)] if type(plain) is list else plain


class _SharedIn(dict[int, Any]):
    """The shared values by their places, each built when it is first asked for."""

    def __init__(self, values: list[Plain]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, place: int) -> Any:
        if place < 0:
            raise Damaged
        found = self[place] = _built(self._values[place])
        return found


def decode(kept: BinaryIO, source: BinaryIO, seen: os.stat_result, task: str | None = None) -> Plan:
    """Return the plan in ``kept``, if it was read from what ``source``, the file ``seen``, holds.

    With ``task`` only the tasks of that number are in it.  Raises Damaged where the file
    is of another parplan, of other bytes, or not whole.
    """
    try:
        return _decode(kept, source, _mark(seen), task)
    except _FAULTS as error:
        raise Damaged from error


def _decode(kept: BinaryIO, source: BinaryIO, mark: bytes, task: str | None) -> Plan:
    if kept.read(len(mark)) != mark:
        raise Damaged
    length, head_length, ids_length, check = (
        int.from_bytes(kept.read(_BYTES), "big") for _number in range(4)
    )
    if not _is_same(kept, source, length):
        raise Damaged
    head, ids = kept.read(head_length), kept.read(ids_length)
    if crc32(ids, crc32(head)) != check or len(ids) != ids_length:
        raise Damaged
    frame, sections, places, values = _DECODER.decode(head)
    blocks = _Blocks(kept, len(mark) + 4 * _BYTES + length + len(head) + len(ids), places, values)
    plan: Plan = _built(frame)
    chosen = _all(sections, blocks) if task is None else _some(sections, blocks, ids, task)
    return msgspec.structs.replace(plan, sections=chosen)


def _is_same(kept: BinaryIO, source: BinaryIO, length: int) -> bool:
    """Tell whether ``source`` holds the next ``length`` bytes of ``kept`` and no more."""
    while length:
        size = min(length, _CHUNK)
        ours = kept.read(size)
        if len(ours) != size or source.read(size) != ours:
            return False
        length -= size
    return not source.read(1)


class _Blocks:
    """The blocks of tasks, read when they are wanted."""

    def __init__(
        self, kept: BinaryIO, start: int, places: list[list[int]], values: list[Plain]
    ) -> None:
        self._kept = kept
        self._start = start
        self._places = places
        self._shared = _SharedIn(values)

    def tasks(self, number: int) -> list[Task]:
        """Return the tasks of the block ``number``; raises Damaged where it is not whole."""
        length, check = self._places[number]
        self._kept.seek(self._start + sum(one[0] for one in self._places[:number]))
        return self._read(length, check)

    def every(self) -> list[Task]:
        """Return all tasks, in the plan's order."""
        self._kept.seek(self._start)
        return [task for length, check in self._places for task in self._read(length, check)]

    def _read(self, length: int, check: int) -> list[Task]:
        block = self._kept.read(length)
        if crc32(block) != check:
            raise Damaged
        columns: list[list[Any]] = _DECODER.decode(block)
        shared = self._shared.__getitem__
        return list(
            map(Task, *(own if type(own[0]) is str else map(shared, own) for own in columns))
        )


def _all(sections: list[tuple[str, str, int]], blocks: _Blocks) -> list[Section]:
    tasks = blocks.every()
    found: list[Section] = []
    start = 0
    for name, title, count in sections:
        found.append(Section(name, title, tasks[start : start + count]))
        start += count
    if start != len(tasks):
        raise Damaged
    return found


def _some(
    sections: list[tuple[str, str, int]], blocks: _Blocks, ids: bytes, task: str
) -> list[Section]:
    """Return the sections with the tasks called ``task``, and these alone."""
    found: list[Section] = []
    first = 0
    places = list(_places(ids, task))
    for name, title, count in sections:
        own = [place for place in places if first <= place < first + count]
        if own:
            tasks = [blocks.tasks(place // _BLOCK)[place % _BLOCK] for place in own]
            found.append(Section(name, title, tasks))
        first += count
    return found


def _places(ids: bytes, task: str) -> Iterator[int]:
    """Yield the places of the tasks called ``task`` among all."""
    wanted = f"\n{task}\n".encode(errors="surrogateescape")
    at = ids.find(wanted) if "\n" not in task else -1
    while at >= 0:
        yield ids.count(b"\n", 0, at)
        at = ids.find(wanted, at + 1)
