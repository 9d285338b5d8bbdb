"""How does each occurrence stand after the records about it?

Folds the journal's records, oldest first, into one ``Progress`` an occurrence.
Records of days after ``as_of`` do not count; a retracted record never does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from parplan.journal.active import active
from parplan.journal.record import Directive, Done, Evidence, Kind, News, Note, Record, Reopen

State: TypeAlias = Literal["not-started", "in-progress", "done", "paused", "cancelled"]

CHANGES: Mapping[Kind, tuple[tuple[State, ...], State]] = {
    "start": (("not-started", "paused"), "in-progress"),
    "done": (("not-started", "in-progress", "paused"), "done"),
    "pause": (("not-started", "in-progress"), "paused"),
    "cancel": (("not-started", "in-progress", "paused"), "cancelled"),
    "reopen": (("done", "paused", "cancelled"), "in-progress"),
}
"""From which states each kind of record may come, and to which it leads."""


class Progress(msgspec.Struct):
    """What the records say of one occurrence, or of a task as a whole."""

    state: State = "not-started"
    percent: int | None = None
    value: Decimal | None = None
    done_on: dt.date | None = None
    due: dt.date | None = None
    reason: str = ""
    records: list[News] = []

    @property
    def evidence(self) -> list[Evidence]:
        """All evidence given, oldest first, each document once."""
        every = (evidence for record in self.records for evidence in record.evidence)
        return list(dict.fromkeys(every))


NOTHING = Progress()


def progress_by_ref(records: Iterable[Record], as_of: dt.date) -> dict[str, Progress]:
    """Return the progress by reference: ``4@2025-06``, or ``8`` for a whole task."""
    by_ref: dict[str, Progress] = {}
    for record in active(records):
        if isinstance(record, News) and record.day <= as_of:
            add(by_ref, record)
    return by_ref


def add(by_ref: dict[str, Progress], record: News) -> None:
    """Take one more record into the progress by reference."""
    ref = record.ref
    progress = by_ref.get(ref)
    if progress is None:
        progress = by_ref[ref] = Progress()
    progress.records.append(record)
    if record.percent is not None:
        progress.percent = record.percent
    if isinstance(record, Note) and progress.state == "not-started" and _tells_of_work(record):
        progress.state = "in-progress"
    if record.value is not None:
        progress.value = record.value
    if record.reason:
        progress.reason = record.reason
    if isinstance(record, Directive):
        progress.due = record.due
    elif record.kind in CHANGES:
        progress.state = CHANGES[record.kind][1]
        if isinstance(record, Done):
            progress.done_on, progress.percent = record.day, 100
        elif isinstance(record, Reopen):
            progress.done_on = None
            if progress.percent == 100:
                progress.percent = record.percent


def _tells_of_work(note: Note) -> bool:
    """Tell whether ``note`` has a result, a measured value, evidence or a share: then work goes on.

    One that says 0 per cent, or only why it is late or what is proposed, does not.
    """
    if note.percent is not None:
        return note.percent > 0
    return bool(note.text or note.evidence) or note.value is not None
