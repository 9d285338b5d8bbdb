"""Which documents prove what was done, and where do their citations disagree?

A document is cited by its number, its file, or both.  A record that names one number
and one file names one document.  Numbers are compared without spaces, case and accents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from parplan.journal.record import Evidence, Record, active
from parplan.score.index import Index
from parplan.text import fold

Kind: TypeAlias = Literal["numbers", "files", "spelling"]


class Document(msgspec.Struct, frozen=True):
    """A document as it is cited, and what it proves."""

    number: str
    file: str
    refs: list[str]
    """Occurrences and tasks whose records cite it, in the order of the records."""
    criteria: list[str]
    """Criteria of the index that it counts for."""
    records: list[str]
    """Ids of the records that cite it."""


class Disagreement(msgspec.Struct, frozen=True):
    """Citations that cannot all be right.

    ``numbers``: one file under several numbers; ``files``: one number for several files;
    ``spelling``: numbers that differ only in case, spaces, dashes or accents.
    """

    kind: Kind
    what: str
    """The file or number that the citations share."""
    variants: list[str]
    """What they differ in."""
    records: list[str]


def documents(records: Iterable[Record], as_of: dt.date, index: Index | None) -> list[Document]:
    """Return every document cited until ``as_of``, in the order of first citation."""
    serves: dict[str, list[str]] = {}
    for leaf in index.leaves() if index else ():
        for task in leaf.criterion.tasks:
            serves.setdefault(task, []).append(leaf.criterion.id)
    found: dict[tuple[str, str], Document] = {}
    for record in active(records):
        if record.day > as_of:
            continue
        criteria = [record.criterion] if record.criterion else serves.get(record.task, [])
        for one in cited(record.evidence):
            known = found.setdefault(
                (one.number, one.file), Document(one.number, one.file, [], [], [])
            )
            _extend(known.refs, [record.ref] if record.task else [])
            _extend(known.criteria, criteria)
            _extend(known.records, [record.id])
    return list(found.values())


def _extend(known: list[str], more: Iterable[str]) -> None:
    known += [one for one in more if one not in known]


def cited(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the documents of one record: a lone number and a lone file are one document."""
    numbers = [one for one in evidence if one.number]
    files = [one for one in evidence if one.file]
    if len(evidence) == 2 and len(numbers) == len(files) == 1:
        return [Evidence(numbers[0].number, files[0].file)]
    return [one for one in evidence if one.number or one.file]


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return each document once, with its number and its file where both are known."""
    found: dict[str, Evidence] = {}
    for one in evidence:
        name = key(one.number) if one.number else f"/{one.file}"
        known = found.get(name)
        if known is None or (one.file and not known.file):
            found[name] = one
    named = {one.file for one in found.values() if one.number}
    return [one for one in found.values() if one.number or one.file not in named]


def key(number: str) -> str:
    """Return ``number`` for comparing.

    >>> key("BC 45/BC–UBND") == key("bc45/bc-ubnd")
    True
    """
    return fold(number).replace(" ", "").replace("–", "-").replace("—", "-")


def disagreements(found: Sequence[Document]) -> list[Disagreement]:
    """Return what the citations of ``found`` disagree in."""
    return [*_by_file(found), *_by_number(found), *_by_spelling(found)]


def _by_file(found: Sequence[Document]) -> Iterator[Disagreement]:
    for file in dict.fromkeys(one.file for one in found if one.file):
        same = [one for one in found if one.file == file and one.number]
        if len({key(one.number) for one in same}) > 1:
            yield Disagreement("numbers", file, [one.number for one in same], _records(same))


def _by_number(found: Sequence[Document]) -> Iterator[Disagreement]:
    for name in dict.fromkeys(key(one.number) for one in found if one.number):
        same = [one for one in found if one.file and key(one.number) == name]
        files = list(dict.fromkeys(one.file for one in same))
        if len(files) > 1:
            yield Disagreement("files", same[0].number, files, _records(same))


def _by_spelling(found: Sequence[Document]) -> Iterator[Disagreement]:
    for name in dict.fromkeys(key(one.number) for one in found if one.number):
        same = [one for one in found if key(one.number) == name]
        spellings = list(dict.fromkeys(one.number for one in same))
        if len(spellings) > 1:
            yield Disagreement("spelling", spellings[0], spellings, _records(same))


def _records(found: Iterable[Document]) -> list[str]:
    return list(dict.fromkeys(record for one in found for record in one.records))
