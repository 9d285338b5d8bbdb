"""Encode a plan for the cache, and decode it without reading its YAML again.

A plan that was read is kept under ``.parplan`` together with the very bytes that it was
read from.  It counts only while the plan file still has these bytes, one by one, so that
it is never stale, and is the very file, so that none that was made elsewhere is believed;
whatever does not fit is ignored and made anew.
"""

from __future__ import annotations

import os
from zlib import crc32

import msgspec

from parplan import __version__
from parplan.plan import document, model, outline
from parplan.schedule import rules
from parplan.workspace.files import changed_at

_KINDS = [
    kind
    for room in (document, model, outline, rules)
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
]
_CHECK_BYTES = 4


class DamagedCache(Exception):
    """The cached plan cannot be used."""


def encode_plan(plan: model.Plan, source: bytes, seen: os.stat_result) -> bytes:
    """Return the cache file of ``plan``, read from ``source`` in the file ``seen``."""
    content = msgspec.msgpack.encode(plan)
    return _head(source, seen) + source + _check(content) + content


def decode_plan(cached: bytes, source: bytes, seen: os.stat_result) -> model.Plan:
    """Return the plan of the file ``cached`` if it was read from ``source`` in the file ``seen``.

    Raises DamagedCache where it is of another parplan, of other bytes, or not whole.
    """
    head = _head(source, seen)
    if not cached.startswith(head) or not cached.startswith(source, len(head)):
        raise DamagedCache
    rest = memoryview(cached)[len(head) + len(source) :]
    check, content = rest[:_CHECK_BYTES], rest[_CHECK_BYTES:]
    if check != _check(content):
        raise DamagedCache
    try:
        return msgspec.msgpack.decode(content, type=model.Plan)
    except (msgspec.MsgspecError, ValueError, MemoryError) as error:
        raise DamagedCache from error


def _head(source: bytes, seen: os.stat_result) -> bytes:
    """Return how the file begins: which parplan's model it follows, and what it was read from.

    Nobody chooses the inode and the time of change of a file that he has somebody else unpack.
    """
    shape = crc32(repr([(kind.__name__, kind.__struct_fields__) for kind in _KINDS]).encode())
    file = f"{seen.st_ino} {changed_at(seen)} {len(source)}"
    return f"parplan plan 3 {__version__} {shape:08x} {file}\n".encode()


def _check(content: bytes | memoryview) -> bytes:
    return crc32(content).to_bytes(_CHECK_BYTES, "big")
