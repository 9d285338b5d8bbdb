"""What was recorded, and in which state does that leave each occurrence?

One record a line: ``- `` and a JSON object, which is YAML too.  Lines are only
ever appended, so that git can merge two branches line by line; a correction is a
new record.  Text in, records and problems out; a damaged line never hides another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.problem import N_, NOT_UTF8, Location, Problem, params
from parplan.schedule.reference import ref_text
from parplan.text import escape_json

Kind: TypeAlias = Literal[
    "note", "start", "done", "pause", "cancel", "reopen", "directive", "undo", "score"
]
Text: TypeAlias = Annotated[str, Meta(min_length=1)]


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document that proves what was done: its number, or a file in the workspace."""

    number: str = ""
    file: str = ""


class Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of the journal.

    ``at`` is when it was written, ``on`` the day that it tells of.  ``period`` is
    empty where the record is about the task as a whole.  A record of the index's
    self-scoring is about a ``criterion`` instead of a task.
    """

    id: Text
    at: Annotated[dt.datetime, Meta(tz=True)]
    by: str
    kind: Kind
    task: str = ""
    period: str = ""
    on: dt.date | None = None
    text: str = ""
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    value: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    proposal: str = ""
    due: dt.date | None = None
    authority: str = ""
    retracts: str = ""
    criterion: str = ""
    points: Decimal | None = None
    grade: str = ""
    not_applicable: bool = False

    @property
    def ref(self) -> str:
        """What the record is about: occurrence ``4@2025-06``, task ``8``, or criterion ``1.3``."""
        return ref_text(self.task, self.period or None) or self.criterion

    @property
    def day(self) -> dt.date:
        """The day that the record tells of."""
        return self.on or self.at.date()


class Journal(msgspec.Struct, frozen=True):
    """The records of a year, oldest first, each id once; and what could not be read."""

    records: list[Record]
    problems: list[Problem]


EMPTY = Journal([], [])

_DECODER = msgspec.json.Decoder(Record)
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_FAST = b"- {"
_OWN = b'- {"id":'
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def to_line(record: Record) -> str:
    """Return ``record`` as its line of the journal, line end included.

    >>> day = dt.datetime(2025, 6, 9, 8, tzinfo=dt.timezone.utc)
    >>> print(to_line(Record("a1", day, "An", "note", "4", text="xong\\nrồi")), end="")
    - {"id":"a1","at":"2025-06-09T08:00:00Z","by":"An","kind":"note","task":"4","text":"xong\\nrồi"}
    """
    return f"- {escape_json(msgspec.json.encode(record).decode())}\n"


def parse(path: str, data: bytes) -> Journal:
    """Return what the journal ``path`` holds in ``data``.

    A record written twice counts once.  Whatever cannot be read is a problem with
    its line; the other records still count.
    """
    if data.startswith(_UTF16) and data[2:4].count(0) == 1:
        return Journal([], [Problem(Location(path, 1, 1), "not-utf8", NOT_UTF8)])
    data = data.removeprefix(b"\xef\xbb\xbf")
    problems: list[Problem] = []
    by_id: dict[str, Record] = {}
    for line, chunk in _chunks(data):
        try:
            record = _DECODER.decode(chunk[2:]) if chunk.startswith(_FAST) else None
        except (msgspec.DecodeError, UnicodeDecodeError):
            record = None
        problem: tuple[str, str] | None = None
        if record is None or not _is_whole(record):
            record = _read_slowly(chunk)
            problem = None if record else _what_is_wrong(chunk)
        if record is not None and by_id.setdefault(record.id, record) != record:
            text = N_("two different records have the id %(id)s; the first one counts")
            problem = ("repeated-record", text)
        if problem is not None:
            values = params(id=record.id) if record else ()
            problems.append(Problem(Location(path, line, 1), *problem, values))
    return Journal(_in_order(by_id.values()), sorted(problems))


def _is_whole(record: Record) -> bool:
    """Tell whether the record says what it is about: a task, or for a score a criterion."""
    if record.criterion:
        return record.task == "" and record.kind in ("score", "undo")
    return record.task != "" and record.kind != "score"


def _in_order(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.at, record.id))


def _chunks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of each record, and the number, from 1, of the first of them.

    A record is one line, but for those that a person wrote as a YAML block: they go on
    for as long as lines are indented, empty, or comments.  A line of parplan's that an editor
    indented is a record all the same.
    """
    start, held = 0, list[bytes]()
    for number, found in enumerate(data.split(b"\n"), 1):
        bare = found.lstrip()
        line = bare if bare.startswith(_OWN) else found
        if held and (line.startswith((b" ", b"\t", b"#")) or not line.strip()):
            held.append(line)
            continue
        if held:
            yield start, b"\n".join(held)
            held = []
        if line.startswith(_FAST) and line.rstrip().endswith(b"}"):
            yield number, line
        elif line.strip() and not line.startswith(b"#"):
            start, held = number, [line]
    if held:
        yield start, b"\n".join(held)


def _read_slowly(chunk: bytes) -> Record | None:
    """Return the record that a person wrote in another YAML form, or None."""
    from parplan.yamlfile import parse as yamltext  # hand-made or damaged records only

    try:
        (block,) = yamltext.load("", chunk.decode("utf-8"))
        record = msgspec.convert(block, Record)
        return record if _is_whole(record) else None
    except (yamltext.YamlError, TypeError, ValueError):  # nothing, not one, no UTF-8, no record
        return None


def _what_is_wrong(chunk: bytes) -> tuple[str, str]:
    if chunk.startswith(_MARKERS):
        text = N_("git left a conflict here; 'parplan check --fix-journal' keeps both sides")
        return "conflict", text
    return "damaged-record", N_("this is no record; the other records still count")


def retracted(records: Iterable[Record]) -> set[str]:
    """Return the ids of the records that a later one retracts and that so do not count.

    An undo that is itself undone has no effect.
    """
    gone: set[str] = set()
    for record in reversed(list(records)):
        if record.kind == "undo" and record.id not in gone:
            gone.add(record.retracts)
    return gone


def active(records: Iterable[Record]) -> list[Record]:
    """Return the records that count: not retracted, and no retractions themselves."""
    kept = list(records)
    gone = retracted(kept)
    return [record for record in kept if record.kind != "undo" and record.id not in gone]


def line_of(data: bytes, record_id: str) -> int:
    """Return the line, counted from 1, on which the record called ``record_id`` stands."""
    found = re.search(
        rb"""\bid["']?:\s*["']?""" + re.escape(record_id.encode()) + rb"(?![0-9A-Za-z])", data
    )
    return data.count(b"\n", 0, found.start()) + 1 if found else 1


def without_markers(data: bytes) -> bytes:
    """Return ``data`` with both sides of every conflict kept and git's marker lines gone.

    With ``diff3`` conflicts the common ancestor stays too: its records are on both sides
    already, and a record counts once.
    """
    lines = data.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_MARKERS))
