"""Finds records: by what they are about, by their author, by the beginning of an id."""

from __future__ import annotations

from collections.abc import Set

import msgspec

from parplan.journal.active import active, corrected, retracted
from parplan.journal.record import SHOWN_ID, Figure, Record, Score, Undo
from parplan.problem import N_, UserError, params
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref
from parplan.text import fold

LEAST_CHARACTERS = 4
"""Fewer characters of an id name no record."""


class RecordFilter(msgspec.Struct, frozen=True):
    """What records are asked for; a part that is None or empty holds for all.

    ``ref`` is a task or one of its occurrences, ``author`` a part of a name.
    """

    ref: str | None = None
    tasks: Set[str] | None = None
    period: Period | None = None
    author: str = ""

    def has(self, record: Record) -> bool:
        """Tell whether ``record`` is asked for."""
        task = "" if isinstance(record, Score | Figure) else record.task
        row = record.row if isinstance(record, Figure | Undo) else ""
        return (
            self.ref in (None, record.ref, task or row)
            and (self.tasks is None or task in self.tasks)
            and (self.period is None or record.day in self.period)
            and fold(self.author) in fold(record.by)
        )


def latest_of(records: list[Record], author: str) -> Record | None:
    """Return the newest record of ``author`` that holds, None where there is none."""
    counted = {record.id for record in active(records)}
    by_author = (
        record for record in reversed(records) if record.by == author and record.id in counted
    )
    return next(by_author, None)


def latest_about(records: list[Record], ref: Ref) -> Record | None:
    """Return the newest record that counts of an occurrence, or of a task with its occurrences."""
    about = RecordFilter(str(ref))
    return next((record for record in reversed(active(records)) if about.has(record)), None)


def find_record(records: list[Record], start: str) -> Record:
    """Return the record whose id begins with ``start``.

    Raises UserError unless it is one, and none that was retracted or corrected.
    """
    matches = [record for record in records if record.id.startswith(start)]
    if len(start) < LEAST_CHARACTERS or len(matches) != 1:
        text = (
            N_("'%(id)s' is the beginning of several records; write more of it")
            if len(matches) > 1
            else N_("no record '%(id)s'; 'parplan log' shows them")
        )
        raise UserError(text, params(id=start))
    (record,) = matches
    refuse_retracted(record, records)
    return record


def refuse_retracted(record: Record, records: list[Record]) -> None:
    """Raise UserError where one of ``records`` retracts ``record``."""
    if record.id in retracted(records):
        text = N_("record %(id)s is retracted already")
        raise UserError(text, params(id=record.id[:SHOWN_ID]))
    if record in corrected(records):
        text = N_("record %(id)s was corrected; name its correction, which 'parplan log' shows")
        raise UserError(text, params(id=record.id[:SHOWN_ID]))
