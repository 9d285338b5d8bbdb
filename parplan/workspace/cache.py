"""Encode a plan for the cache, and decode it without reading its YAML again.

A plan that was read is kept under ``.parplan`` together with the very bytes that it was
read from.  It counts only while the plan file still has these bytes, one by one, so that
it is never stale, and is the very file, so that none that was made elsewhere is believed;
whatever does not fit is ignored and made anew.
"""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from typing import Any, BinaryIO
from zlib import crc32

import msgspec

from parplan import __version__
from parplan.plan import document, model, outline
from parplan.schedule import rules
from parplan.workspace.files import changed_at

# To decode into the types of the model would take msgspec 8 ms to look at them, ten times
# as long as to build a plan of 35 tasks here.
_KINDS = {
    kind.__name__: kind
    for room in (document, model, outline, rules)
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
}
_DATE, _DECIMAL, _NUMBERS = 1, 2, 3
_NESTED = (dict, list)
_CHECK_BYTES = 4


class DamagedCache(Exception):
    """The cached plan cannot be used."""


def encode_plan(plan: model.Plan, source: bytes, seen: os.stat_result) -> bytes:
    """Return the cache file of ``plan``, read from ``source`` in the file ``seen``."""
    content = msgspec.msgpack.encode(_plain(plan))
    return _head(source, seen) + _check(content) + content


def decode_plan(file: BinaryIO, source: bytes, seen: os.stat_result) -> model.Plan:
    """Return the plan cached in ``file`` if it was read from ``source`` in the file ``seen``.

    Raises Damaged where it is of another parplan, of other bytes, or not whole.
    """
    head = _head(source, seen)
    try:
        if file.read(len(head)) != head:
            raise DamagedCache
        check, content = file.read(_CHECK_BYTES), file.read()
        if check != _check(content):
            raise DamagedCache
        plan: model.Plan = _built(msgspec.msgpack.decode(content, ext_hook=_extension))
    except (msgspec.MsgspecError, ValueError, OSError, MemoryError) as error:
        raise DamagedCache from error
    return plan


def _head(source: bytes, seen: os.stat_result) -> bytes:
    """Return how the file begins: which parplan's model it follows, and what it was read from.

    Nobody chooses the inode and the time of change of a file that he has somebody else unpack.
    """
    shape = crc32(repr([(name, kind.__struct_fields__) for name, kind in _KINDS.items()]).encode())
    file = f"{seen.st_ino} {changed_at(seen)} {len(source)}"
    return f"parplan plan 2 {__version__} {shape:08x} {file}\n".encode() + source


def _check(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECK_BYTES, "big")


def _plain(value: object) -> Any:
    """Return ``value`` in what msgpack has by itself; a Struct as {its kind: its fields}."""
    if isinstance(value, msgspec.Struct):
        fields = [_plain(getattr(value, name)) for name in value.__struct_fields__]
        return {type(value).__name__: fields}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, tuple):  # a rule is hashed, so that its days are no list
        return msgspec.msgpack.Ext(_NUMBERS, bytes(value))
    if isinstance(value, dt.date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if isinstance(value, Decimal):
        return msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    return value


def _extension(code: int, data: memoryview) -> object:
    if code == _NUMBERS:
        return tuple(data)
    text = str(data, "ascii")
    return Decimal(text) if code == _DECIMAL else dt.date.fromisoformat(text)


def _built(plain: Any) -> Any:
    if type(plain) is list:
        return [_built(item) if type(item) in _NESTED else item for item in plain]
    ((name, fields),) = plain.items()
    return _KINDS[name](*[_built(item) if type(item) in _NESTED else item for item in fields])
