"""Which records of a journal count?

Not those that were retracted; and in place of one that was corrected its correction, which takes
its place and its time: what was put right today was recorded when it was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from parplan.journal.record import Figure, News, Record, Score, Undo


def retracted(records: Iterable[Record]) -> set[str]:
    """Return the ids of the records that a later one retracts and that so do not count.

    An undo that is itself undone has no effect.
    """
    gone: set[str] = set()
    for record in reversed(list(records)):
        if isinstance(record, Undo) and record.id not in gone:
            gone.add(record.retracts)
    return gone


def active(records: Iterable[Record]) -> list[News | Score | Figure]:
    """Return the records that count: not retracted, and no retractions themselves.

    A correction stands where the record stood that it replaces, at the time of that; of
    several corrections of one record the latest.
    """
    every = list(records)
    gone = retracted(every)
    places = _places(every, gone)
    result: list[News | Score | Figure] = []
    for record in every:
        if record.id in places:
            correction = places[record.id]
            if correction is not None:
                result.append(msgspec.structs.replace(correction, at=record.at))
        elif not isinstance(record, Undo) and record.id not in gone:
            result.append(record)
    return result


def corrected(records: Sequence[Record]) -> list[News]:
    """Return the records that no longer count because they were corrected, oldest first."""
    others = retracted(records) | {record.id for record in active(records)}
    return [record for record in records if isinstance(record, News) and record.id not in others]


def firsts(records: Iterable[Record]) -> dict[str, Record]:
    """Return for the id of each record the one that it corrects at first or at last, or itself."""
    by_id = {record.id: record for record in records}
    result: dict[str, Record] = {}
    for record in by_id.values():
        first, passed = record, dict[str, None]()
        while first.id not in result:
            passed[first.id] = None
            before = by_id.get(first.replaces) if isinstance(first, News) else None
            if before is None or before.id in passed:  # a circle, which only a hand can make
                break
            first = before
        result.update(dict.fromkeys(passed, result.get(first.id, first)))
    return result


def _places(every: Sequence[Record], gone: set[str]) -> dict[str, News | None]:
    """Return what stands in the place of a record: its correction; in that of a correction none."""
    if not any(isinstance(record, News) and record.replaces for record in every):
        return {}
    first_of = firsts(record for record in every if isinstance(record, News))
    places: dict[str, News | None] = {}
    for record in every:
        if isinstance(record, News) and record.replaces in first_of and record.id not in gone:
            places[record.id] = None
            places[first_of[record.id].id] = record
    return places
