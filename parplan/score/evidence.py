"""Collect the documents that prove what was done, and find where their citations disagree.

A document is cited by its number, its file, or both.  A record that names one number
and one file names one document.  Numbers are compared without spaces, case and accents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from parplan.journal.active import active
from parplan.journal.record import Evidence, News, Record, Score
from parplan.score.index import Index
from parplan.text import fold

DisagreementKind: TypeAlias = Literal["numbers", "files", "spelling"]


class CitedDocument(msgspec.Struct, frozen=True):
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

    kind: DisagreementKind
    what: str
    """The file or number that the citations share."""
    variants: list[str]
    """What they differ in."""
    records: list[str]


def cited_documents(
    records: Iterable[Record], as_of: dt.date, index: Index | None
) -> list[CitedDocument]:
    """Return every document cited until ``as_of``, in the order of first citation."""
    serves: dict[str, list[str]] = {}
    for leaf in index.leaves() if index else ():
        for task in leaf.criterion.tasks:
            serves.setdefault(task, []).append(leaf.criterion.id)
    by_citation: dict[tuple[str, str], tuple[dict[str, None], ...]] = {}  # sets in their order
    for record in active(records):
        if record.day > as_of:
            continue
        if isinstance(record, Score):
            refs, criteria = [], [record.criterion]
        else:
            task = record.task if isinstance(record, News) else ""
            refs, criteria = [record.ref], serves.get(task, [])
        for citation in cited(record.evidence):
            sets = by_citation.setdefault((citation.number, citation.file), ({}, {}, {}))
            for items, more in zip(sets, (refs, criteria, [record.id]), strict=True):
                items.update(dict.fromkeys(more))
    return [CitedDocument(*citation, *map(list, sets)) for citation, sets in by_citation.items()]


def cited(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the documents of one record: a lone number and a lone file are one document."""
    # One --evidence and one --file are two entries of the record, about one document.
    numbers = [citation for citation in evidence if citation.number]
    files = [citation for citation in evidence if citation.file]
    if len(evidence) == 2 and len(numbers) == len(files) == 1:
        return [Evidence(numbers[0].number, files[0].file)]
    return [citation for citation in evidence if citation.number or citation.file]


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return each document once, with its number and its file where both are known."""
    by_name: dict[str, Evidence] = {}
    for citation in evidence:
        name = key(citation.number) if citation.number else f"/{citation.file}"
        earlier = by_name.get(name)
        if earlier is None or (citation.file and not earlier.file):
            by_name[name] = citation
    named = {citation.file for citation in by_name.values() if citation.number}
    return [
        citation for citation in by_name.values() if citation.number or citation.file not in named
    ]


def key(number: str) -> str:
    """Return ``number`` for comparing.

    >>> key("BC 45/BC–UBND") == key("bc45/bc-ubnd")
    True
    """
    return fold(number).replace(" ", "").replace("–", "-").replace("—", "-")


def disagreements(documents: Sequence[CitedDocument]) -> list[Disagreement]:
    """Return what the citations of ``documents`` disagree in."""
    return [*_by_file(documents), *_by_number(documents), *_by_spelling(documents)]


def _by_file(documents: Sequence[CitedDocument]) -> Iterator[Disagreement]:
    for file, group in _groups(documents, lambda document: document.file):
        same = [document for document in group if document.number]
        if len({key(document.number) for document in same}) > 1:
            yield Disagreement(
                "numbers", file, [document.number for document in same], _records(same)
            )


def _by_number(documents: Sequence[CitedDocument]) -> Iterator[Disagreement]:
    for _name, group in _groups(documents, lambda document: key(document.number)):
        same = [document for document in group if document.file]
        files = list(dict.fromkeys(document.file for document in same))
        if len(files) > 1:
            yield Disagreement("files", same[0].number, files, _records(same))


def _by_spelling(documents: Sequence[CitedDocument]) -> Iterator[Disagreement]:
    for _name, same in _groups(documents, lambda document: key(document.number)):
        spellings = list(dict.fromkeys(document.number for document in same))
        if len(spellings) > 1:
            yield Disagreement("spelling", spellings[0], spellings, _records(same))


def _groups(
    documents: Iterable[CitedDocument], name: Callable[[CitedDocument], str]
) -> Iterable[tuple[str, list[CitedDocument]]]:
    """Return the documents that have the same ``name``, those without one left out."""
    groups: dict[str, list[CitedDocument]] = {}
    for document in documents:
        if word := name(document):
            groups.setdefault(word, []).append(document)
    return groups.items()


def _records(documents: Iterable[CitedDocument]) -> list[str]:
    return list(dict.fromkeys(record for document in documents for record in document.records))
