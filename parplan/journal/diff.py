"""What did a journal gain or lose between two states of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from parplan.journal.record import Done, Kind, Record, Undo, retracted


class Recorded(msgspec.Struct, frozen=True):
    """What a journal gained: how many records of each kind, and the occurrences closed.

    What was withdrawn before the second state counts in neither, nor does what withdrew it.
    """

    counts: dict[Kind, int]
    done: list[str]
    lost: int


def compare_records(old: Iterable[Record], new: Iterable[Record]) -> Recorded:
    """Return what ``new`` holds beyond ``old``; ``lost`` records should never be."""
    before = {record.id for record in old}
    after = list(new)
    withdrawn = retracted(after)
    added = [
        record
        for record in after
        if record.id not in before | withdrawn
        and (not isinstance(record, Undo) or record.retracts in before)
    ]
    return Recorded(
        counts=dict(Counter(record.kind for record in added)),
        done=[record.ref for record in added if isinstance(record, Done)],
        lost=len(before - {record.id for record in after}),
    )
