"""Join the journals of two desks: every record of both, each once.

Bytes in, bytes out.  Nobody deletes a line of a journal, so that what one side lacks was
recorded at the other, or lost there, as where a server merges without git's ``union``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from parplan.journal.file import read_journal, split_chunks, without_markers, without_zero_tail


class _Entry(msgspec.Struct, frozen=True):
    """A record, or another line, of a journal; ``id`` is empty where it is no record."""

    text: bytes
    id: str


def join_journals(bases: Sequence[bytes], ours: bytes, theirs: bytes) -> bytes:
    """Return ``ours`` with what ``theirs`` has beyond it; conflict markers of either go.

    ``bases`` are what both came from, as far as that is known.  A record that one side put
    right by hand takes the place of the old one; where both did, both stay, which ``check`` tells.
    Where one side has all of the other's, its very bytes are returned.  The beginning of a record
    that is whole in ``ours`` is no line of its own: a copy ended in the middle of it.
    """
    joined = without_markers(without_zero_tail(ours))
    here, there = _entries(ours), _entries(theirs)
    texts = {entry.text for entry in here}
    by_id = {entry.id: entry.text for entry in here if entry.id}
    old = {(entry.id, entry.text) for base in bases for entry in _entries(base)}
    missing, replaced = [], set[bytes]()
    whole = [entry for entry in there if entry.id or not _is_torn(entry.text, by_id.values())]
    for entry in whole:
        mine = by_id.get(entry.id)
        if entry.text in texts or (mine is not None and (entry.id, entry.text) in old):
            continue
        if mine is not None and (entry.id, mine) in old and mine in joined:
            joined = joined.replace(mine, entry.text, 1)
            replaced.add(mine)
        else:
            missing.append(entry.text)
    is_torn = len(whole) < len(there)
    if (
        (missing or replaced)
        and not is_torn
        and texts <= {entry.text for entry in there} | replaced
    ):
        return without_markers(without_zero_tail(theirs))
    if missing and joined and not joined.endswith(b"\n"):
        joined += b"\n"
    return joined + b"".join(text + b"\n" for text in missing)


def _is_torn(text: bytes, records: Iterable[bytes]) -> bool:
    is_begun = text.startswith(b"- {") and not text.endswith(b"}")
    return is_begun and any(record.startswith(text) for record in records)


def _entries(data: bytes) -> list[_Entry]:
    """Return the records of ``data``, then its damaged lines and comments."""
    clean = without_markers(without_zero_tail(data)).removeprefix(b"\xef\xbb\xbf")
    clean = clean.replace(b"\r\n", b"\n")
    records = [chunk.rstrip() for _line, chunk in split_chunks(clean)]
    inside = {line for chunk in records for line in chunk.split(b"\n")}
    lines = [line.rstrip() for line in clean.split(b"\n")]
    comments = [line for line in lines if line.startswith(b"#") and line not in inside]
    return [_Entry(text, _id(text)) for text in [*records, *comments]]


def _id(text: bytes) -> str:
    records = read_journal("", text).records
    return records[0].id if len(records) == 1 else ""
