"""Evidence: every document once, with what it serves, and citations that disagree."""

from __future__ import annotations

import datetime as dt

import pytest

from parplan.journal.record import Evidence, Record
from parplan.score.evidence import Disagreement, cited_documents, disagreements, distinct
from tests.helpers.office import made
from tests.helpers.scores import own, the_index

LAST = dt.date(2025, 12, 31)


def cites(number: int, ref: str, *evidence: Evidence) -> Record:
    return made(number, ref=ref, evidence=evidence)


def by_number(text: str) -> Evidence:
    return Evidence(number=text)


def by_file(path: str) -> Evidence:
    return Evidence(file=path)


def told(*records: Record) -> list[tuple[str, str, list[str]]]:
    """Return kind, what is shared and what differs of each disagreement."""
    found = disagreements(cited_documents(records, LAST, None))
    return [(one.kind, one.what, one.variants) for one in found]


def test_a_document_stands_once_with_all_that_it_serves() -> None:
    index = the_index(
        'points: 4, rule: {per_item: 1}, tasks: ["1"]',
        'points: 6, rule: {yes_no: true}, tasks: ["1", "2"]',
    )
    tb = by_number("TB 12/TB-UBND")
    records = [
        cites(1, "1@2025-Q1", tb),
        cites(2, "1@2025-Q2", tb),
        cites(3, "4", tb),
        own("b", 4, evidence=(by_file("anh.jpg"),)),
    ]

    found = [(o.number, o.file, o.refs, o.criteria) for o in cited_documents(records, LAST, index)]

    assert found == [
        ("TB 12/TB-UBND", "", ["1@2025-Q1", "1@2025-Q2", "4"], ["a", "b"]),
        ("", "anh.jpg", [], ["b"]),
    ]


def test_a_lone_number_and_a_lone_file_are_one_document() -> None:
    one = cites(1, "4", by_number("TB 1"), by_file("tb1.pdf"))
    three = cites(2, "5", by_number("TB 2"), by_file("a.pdf"), by_file("b.pdf"))

    found = [(each.number, each.file) for each in cited_documents([one, three], LAST, None)]

    assert found == [("TB 1", "tb1.pdf"), ("TB 2", ""), ("", "a.pdf"), ("", "b.pdf")]


def test_retracted_and_later_records_cite_nothing() -> None:
    gone = cites(1, "4", by_number("TB 1"))
    undo = made(2, "undo", "4", retracts=gone.id)
    later = made(3, ref="4", on=dt.date(2025, 7, 1), evidence=(by_number("TB 2"),))

    assert cited_documents([gone, undo, later], dt.date(2025, 6, 30), None) == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            [cites(1, "4", Evidence("TB 1", "a.pdf")), cites(2, "5", Evidence("TB 1", "a.pdf"))],
            [],
            id="the-same-twice",
        ),
        pytest.param(
            [cites(1, "4", by_number("TB 1")), cites(2, "5", Evidence("TB 1", "a.pdf"))],
            [],
            id="once-without-its-file",
        ),
        pytest.param(
            [
                cites(1, "4", by_number("TB 1"), by_file("a.pdf")),
                cites(2, "5", by_number("TB 2"), by_file("a.pdf")),
            ],
            [("numbers", "a.pdf", ["TB 1", "TB 2"])],
            id="one-file-two-numbers",
        ),
        pytest.param(
            [cites(1, "4", Evidence("TB 1", "a.pdf")), cites(2, "5", Evidence("TB 1", "b.pdf"))],
            [("files", "TB 1", ["a.pdf", "b.pdf"])],
            id="one-number-two-files",
        ),
        pytest.param(
            [
                cites(1, "4", by_number("TB 12/TB-UBND")),
                cites(2, "5", by_number("tb  12/tb–ubnd")),
            ],
            [("spelling", "TB 12/TB-UBND", ["TB 12/TB-UBND", "tb  12/tb–ubnd"])],
            id="case-spaces-dashes",
        ),
        pytest.param(
            [cites(1, "4", by_number("12/QĐ-UBND")), cites(2, "5", by_number("12/QD-UBND"))],
            [("spelling", "12/QĐ-UBND", ["12/QĐ-UBND", "12/QD-UBND"])],
            id="accents",
        ),
        pytest.param(
            [
                cites(1, "4", Evidence("12/QĐ-UBND", "a.pdf")),
                cites(2, "5", Evidence("12/QD-UBND", "a.pdf")),
            ],
            [("spelling", "12/QĐ-UBND", ["12/QĐ-UBND", "12/QD-UBND"])],
            id="one-file-one-number-two-spellings",
        ),
        pytest.param(
            [
                cites(1, "4", Evidence("12/QĐ-UBND", "a.pdf")),
                cites(2, "5", Evidence("12/QD-UBND", "b.pdf")),
            ],
            [
                ("files", "12/QĐ-UBND", ["a.pdf", "b.pdf"]),
                ("spelling", "12/QĐ-UBND", ["12/QĐ-UBND", "12/QD-UBND"]),
            ],
            id="both",
        ),
        pytest.param(
            [cites(1, "4", by_number("TB 1")), cites(2, "5", by_number("TB 11"))],
            [],
            id="two-documents",
        ),
    ],
)
def test_disagreements(records: list[Record], expected: list[tuple[str, str, list[str]]]) -> None:
    assert told(*records) == expected


def test_a_disagreement_names_its_records() -> None:
    first = cites(1, "4", Evidence("TB 1", "a.pdf"))
    other = cites(2, "5", Evidence("TB 2", "a.pdf"))
    found = disagreements(cited_documents([first, other], LAST, None))

    assert found == [Disagreement("numbers", "a.pdf", ["TB 1", "TB 2"], [first.id, other.id])]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([by_number("TB 1"), by_number("tb1")], [by_number("TB 1")], id="spelling"),
        pytest.param(
            [by_number("TB 1"), Evidence("TB 1", "a.pdf")], [Evidence("TB 1", "a.pdf")], id="fuller"
        ),
        pytest.param(
            [by_file("a.pdf"), Evidence("TB 1", "a.pdf")],
            [Evidence("TB 1", "a.pdf")],
            id="its-file",
        ),
        pytest.param(
            [by_file("a.pdf"), by_file("b.pdf")], [by_file("a.pdf"), by_file("b.pdf")], id="two"
        ),
    ],
)
def test_documents_are_counted_once(given: list[Evidence], expected: list[Evidence]) -> None:
    assert distinct(given) == expected
