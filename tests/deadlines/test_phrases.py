"""A thousand wordings of deadlines, each with the dates that a careful clerk reads in it.

`tests/data/phrases.tsv` was decided by hand before the reader saw it; "\\n" in it is a line
break.  The reader may leave a wording unread, but it may never give other dates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from parplan.deadlines.read import read_deadline

TABLE = Path(__file__).parents[1] / "data" / "phrases.tsv"
READ_AT_LEAST = 0.87
"""The share of the wordings with a meaning that are read; it may grow, not shrink."""


def rows() -> Iterator[tuple[str, int, str, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        text, year, kind, due = line.split("\t")
        yield text.replace("\\n", "\n"), int(year), kind, due


ROWS = list(rows())


def meaning(text: str, year: int) -> tuple[str, str]:
    reading = read_deadline(text, year)
    return reading.kind, " ".join(map(str, reading.due_dates(year)))


@pytest.mark.parametrize(("text", "year", "kind", "due"), ROWS)
def test_no_wording_is_given_another_meaning(text: str, year: int, kind: str, due: str) -> None:
    assert meaning(text, year) in ((kind, due), ("unread", ""))


def test_most_wordings_that_mean_something_are_read() -> None:
    readable = [(text, year) for text, year, kind, _due in ROWS if kind != "unread"]
    read = [row for row in readable if meaning(*row)[0] != "unread"]

    assert len(readable) > 600
    assert len(read) >= READ_AT_LEAST * len(readable)


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
