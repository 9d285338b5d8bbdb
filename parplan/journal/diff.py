"""What did a journal gain or lose between two states of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from parplan.journal.active import active, firsts, retracted
from parplan.journal.record import Done, Record, Undo


class AddedRecords(msgspec.Struct, frozen=True):
    """What a journal gained: how many records of each kind, and the occurrences closed.

    What was withdrawn or corrected before the second state does not count, nor does what
    withdrew it.  A correction of what the first state holds is of the kind "edit".
    """

    counts: dict[str, int]
    done: list[str]
    lost: int


def compare_records(old: Iterable[Record], new: Iterable[Record]) -> AddedRecords:
    """Return what ``new`` holds beyond ``old``; ``lost`` records should never be."""
    before = {record.id for record in old}
    after = list(new)
    first_of = firsts(after)
    known = before | retracted(after)
    added = [record for record in active(after) if record.id not in before]
    edited = {record.id for record in added if first_of[record.id].id in before}
    withdrawals = [
        record
        for record in after
        if isinstance(record, Undo) and record.id not in known and record.retracts in before
    ]
    kinds = ["edit" if record.id in edited else record.kind for record in [*added, *withdrawals]]
    closed = [record for record in added if isinstance(record, Done) and record.id not in edited]
    return AddedRecords(
        counts=dict(Counter(kinds)),
        done=[record.ref for record in closed],
        lost=len(before - first_of.keys()),
    )
