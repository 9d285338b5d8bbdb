"""Wordings of deadlines, each with the dates that a careful clerk reads in it.

The tables were decided by hand before the reader saw them; "\\n" in them is a line break.
`phrases.tsv` holds a thousand wordings of all kinds, `office.tsv` seven hundred as tables of
ward and province offices have them, with what only looks like a deadline, `unseen.tsv` those
of somebody who knew nothing of the reader.  The reader may leave a wording unread, but it may
never give other dates.  Changed in `unseen.tsv`: "đầu" and "giữa tháng 9" name no day and are
unread; weeks are those of ISO 8601, so that the last Friday of 2026 is 1 January 2027.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from parplan.deadlines.read import read_deadline

TABLES = {
    Path(__file__).parents[1] / "data" / "phrases.tsv": 0.88,
    Path(__file__).parent / "office.tsv": 0.97,
    Path(__file__).parent / "unseen.tsv": 0.97,
}
"""The share of the wordings with a meaning that are read; it may grow, not shrink."""


def rows(table: Path) -> Iterator[tuple[str, int, str, str]]:
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        text, year, kind, due = line.split("\t")
        yield text.replace("\\n", "\n"), int(year), kind, due


ROWS = [row for table in TABLES for row in rows(table)]


def meaning(text: str, year: int) -> tuple[str, str]:
    reading = read_deadline(text, year)
    return reading.kind, " ".join(map(str, reading.due_dates(year)))


@pytest.mark.parametrize(("text", "year", "kind", "due"), ROWS)
def test_no_wording_is_given_another_meaning(text: str, year: int, kind: str, due: str) -> None:
    assert meaning(text, year) in ((kind, due), ("unread", ""))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_most_wordings_that_mean_something_are_read(table: Path) -> None:
    readable = [(text, year) for text, year, kind, _due in rows(table) if kind != "unread"]
    read = [row for row in readable if meaning(*row)[0] != "unread"]

    assert len(readable) > 300
    assert len(read) >= TABLES[table] * len(readable)


@pytest.mark.parametrize(("text", "year", "kind", "due"), ROWS)
def test_how_it_is_typed_makes_no_other_date(text: str, year: int, kind: str, due: str) -> None:
    variants = [
        text.upper(),
        text.replace(" ", "  "),
        unicodedata.normalize("NFD", text),
        text.replace("-", "–"),
        f" {text}.",
        text.replace("hàng", "hằng"),
    ]

    for variant in variants:
        assert meaning(variant, year) in ((kind, due), ("unread", "")), variant
