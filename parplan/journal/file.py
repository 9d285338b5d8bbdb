"""Reads and writes the journal: one record a line, ``- `` and a JSON object, which is YAML too.

Lines are only ever appended, so that git can merge two branches line by line.  Bytes in, records
and problems out; a damaged line never hides another.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from parplan.journal.record import (
    KEYS,
    KINDS,
    Cancel,
    Directive,
    Done,
    Figure,
    Kind,
    Note,
    Pause,
    Record,
    Reopen,
    Score,
    Start,
    Undo,
    fields_by_key,
)
from parplan.problem import N_, NOT_UTF8, Location, Marked, Problem, Values, params
from parplan.schedule.bounds import OutOfRange
from parplan.text import escape_json


class Journal(msgspec.Struct, frozen=True):
    """The records of a year, oldest first, each id once; and what could not be read.

    ``lines`` has for each id the line, counted from 1, on which its record begins.
    """

    records: list[Record]
    problems: list[Problem]
    lines: Mapping[str, int] = {}


EMPTY = Journal([], [])

ZERO_TAIL = N_(
    "the file ends in zero bytes, as a crash of the disk leaves it; 'parplan doctor --fix' takes "
    "them away"
)

Fault: TypeAlias = tuple[str, str, Values]
"""What is wrong with a line: the code, the marked text, and what fills its gaps."""

_DECODER: msgspec.json.Decoder[Record] = msgspec.json.Decoder(
    Note | Start | Done | Pause | Cancel | Reopen | Directive | Undo | Score | Figure
)
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_FAST = b"- {"
_OWN = b'- {"id":'
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def to_line(record: Record) -> str:
    """Return ``record`` as its line of the journal, line end included.

    >>> import datetime as dt
    >>> day = dt.datetime(2025, 6, 9, 8, tzinfo=dt.timezone.utc)
    >>> print(to_line(Note(id="a1", at=day, by="An", task="4", text="xong\\nrồi")), end="")
    - {"id":"a1","at":"2025-06-09T08:00:00Z","by":"An","kind":"note","task":"4","text":"xong\\nrồi"}
    """
    fields = msgspec.to_builtins(record)
    line = msgspec.json.encode({key: fields[key] for key in KEYS if key in fields})
    return f"- {escape_json(line.decode())}\n"


def read_journal(path: str, data: bytes) -> Journal:
    """Return what the journal ``path`` holds in ``data``.

    A record written twice counts once.  Whatever cannot be read is a problem with
    its line; the other records still count.
    """
    if data.startswith(_UTF16) and data[2:4].count(0) == 1:
        return Journal([], [Problem(Location(path, 1, 1), "not-utf8", NOT_UTF8)])
    data = data.removeprefix(b"\xef\xbb\xbf")
    problems: list[Problem] = []
    by_id: dict[str, Record] = {}
    lines: dict[str, int] = {}
    whole = without_zero_tail(data)
    if whole != data:
        where = Location(path, whole.count(b"\n") + 1, 1)
        problems.append(Problem(where, "zero-tail", ZERO_TAIL))
    for line, chunk in split_chunks(whole):
        fault: Fault | None = None
        try:
            record = _DECODER.decode(chunk[2:]) if chunk.startswith(_FAST) else None
        except (ValueError, RecursionError):  # no JSON, no UTF-8, no record; nested too deep
            record = None
        if record is None:
            record, fault = _read_slowly(chunk)
        if record is not None and by_id.setdefault(record.id, record) != record:
            text = N_("two different records have the id %(id)s; the first one counts")
            fault = ("repeated-record", text, params(id=record.id))
        if record is not None:
            lines.setdefault(record.id, line)
        if fault is not None:
            problems.append(Problem(Location(path, line, 1), *fault))
    records = sorted(by_id.values(), key=lambda record: (record.at, record.id))
    return Journal(records, sorted(problems), lines)


def split_chunks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of each record, and the number, from 1, of the first of them.

    A record is one line, but for those that a person wrote as a YAML block: they go on
    for as long as lines are indented, empty, or comments.  A line of parplan's that an editor
    indented is a record all the same.
    """
    start, block = 0, list[bytes]()
    for number, raw_line in enumerate(data.split(b"\n"), 1):
        bare = raw_line.lstrip()
        line = bare if bare.startswith(_OWN) else raw_line
        if block and (line.startswith((b" ", b"\t", b"#")) or not line.strip()):
            block.append(line)
            continue
        if block:
            yield start, b"\n".join(block)
            block = []
        if line.startswith(_FAST) and line.rstrip().endswith(b"}"):
            yield number, line
        elif line.strip() and not line.startswith(b"#"):
            start, block = number, [line]
    if block:
        yield start, b"\n".join(block)


def _read_slowly(chunk: bytes) -> tuple[Record | None, Fault | None]:
    """Return the record that a person wrote, with keys of other kinds or in other YAML.

    Or None, and what is wrong.
    """
    from parplan.yamlfile.parse import YamlError, load_yaml  # hand-made or damaged records only

    if chunk.startswith(_FAST):
        with contextlib.suppress(ValueError, RecursionError):
            return _of_its_kind(msgspec.json.decode(chunk[2:], type=_any_kind())), None
    try:
        (block,) = load_yaml("", chunk.decode("utf-8"))
        return _of_its_kind(msgspec.convert(block, _any_kind())), None
    except (YamlError, TypeError, ValueError) as error:  # nothing, not one, no UTF-8, no record
        return None, _what_is_wrong(chunk, error)


@functools.cache
def _any_kind() -> type[msgspec.Struct]:
    """Return the type of a line that may have the keys of every kind, as older parplans took it."""
    fields = [
        (key, Kind)
        if field is None
        else (key, field.type)
        if field.required
        else (key, field.type, field.default)
        for key, field in fields_by_key().items()
    ]
    return msgspec.defstruct("AnyKind", fields, forbid_unknown_fields=True)


def _of_its_kind(line: Any) -> Record:
    """Return ``line`` without what means nothing for its kind.

    Raises ValueError unless it says what it is about: a task, or for a score a criterion, for a
    figure a row of the forms.
    """
    kind = KINDS[line.kind]
    if sum(map(bool, (line.task, line.criterion, line.row))) > 1:
        raise ValueError("a record is about one thing")
    fields = {name: getattr(line, name) for name in kind.__struct_fields__}
    return msgspec.convert(fields, kind)


def _what_is_wrong(chunk: bytes, error: Exception) -> Fault:
    cause = error.__cause__
    if isinstance(cause, OutOfRange):  # raised by the record when it was built
        text = N_("'%(key)s': %(fault)s; the other records still count")
        return cause.code, text, params(key=cause.key, fault=Marked(cause.text))
    if chunk.startswith(_MARKERS):
        text = N_("git left a conflict here; 'parplan check --fix-journal' keeps both sides")
        return "conflict", text, ()
    return "damaged-record", N_("this is no record; the other records still count"), ()


def missing_from(data: bytes, copy: bytes) -> list[Record]:
    """Return the records of ``copy`` that the journal ``data`` has not."""
    ids = {record.id for record in read_journal("", data).records}
    return [record for record in read_journal("", copy).records if record.id not in ids]


def without_markers(data: bytes) -> bytes:
    """Return ``data`` with both sides of every conflict kept and git's marker lines gone.

    With ``diff3`` conflicts the common ancestor stays too: its records are on both sides
    already, and a record counts once.
    """
    lines = data.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_MARKERS))


def without_zero_tail(data: bytes) -> bytes:
    """Return ``data`` without the zero bytes at its end, which a crash of the disk left there.

    A file that has others too is no text, and stays as it is.
    """
    whole = data.rstrip(b"\0")
    return data if b"\0" in whole else whole
