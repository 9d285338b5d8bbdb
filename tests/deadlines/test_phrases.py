"""Wordings of deadlines, each with the dates that a careful clerk reads in it.

The tables were decided by hand before the reader saw them; "\\n" in them is a line break.
`phrases.tsv` holds a thousand wordings of all kinds, `office.tsv` a thousand as tables of ward
and province offices have them, with what only looks like a deadline, `unseen.tsv` those of people
who knew nothing of the reader, each set measured before its failures were looked at.  The reader
may leave a wording unread, but it may never give other dates.  Changed in `unseen.tsv`: "đầu" and
"giữa tháng 9" name no day and are unread; "giai đoạn 2026 - 2030" ends with 2030; weeks are those
of ISO 8601, so that the last Friday of 2026 is 1 January 2027; a document that is only named
("theo Kế hoạch số 45") gives no order.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parplan.deadlines.read import read_deadline

TABLES = {
    Path(__file__).parents[1] / "data" / "phrases.tsv": 0.92,
    Path(__file__).parent / "office.tsv": 0.97,
    Path(__file__).parent / "unseen.tsv": 0.91,
}
"""The share of the wordings with a meaning that are read; it may grow, not shrink."""


def rows(table: Path) -> Iterator[tuple[str, int, str, str]]:
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        text, year, kind, due = line.split("\t")
        yield text.replace("\\n", "\n"), int(year), kind, due


@functools.cache  # two tests ask for the same
def meaning(text: str, year: int) -> tuple[str, str]:
    reading = read_deadline(text, year)
    return reading.kind, " ".join(map(str, reading.due_dates(year)))


def by_table(test: Any) -> Any:
    """Run ``test`` on each table: thousands of tests of a millisecond would take minutes."""
    return pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)(test)


@by_table
def test_no_wording_is_given_another_meaning(table: Path) -> None:
    readings = {(text, year): meaning(text, year) for text, year, _kind, _due in rows(table)}

    assert [
        (text, readings[text, year])
        for text, year, kind, due in rows(table)
        if readings[text, year] not in ((kind, due), ("unread", ""))
    ] == []


@by_table
def test_most_wordings_that_mean_something_are_read(table: Path) -> None:
    readable = [(text, year) for text, year, kind, _due in rows(table) if kind != "unread"]
    read = [row for row in readable if meaning(*row)[0] != "unread"]

    assert len(readable) > 300
    assert len(read) >= TABLES[table] * len(readable)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str.upper, id="capitals"),
        pytest.param(lambda text: text.replace(" ", "  "), id="two-blanks"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed"),
        pytest.param(lambda text: text.replace("-", "–"), id="dashes"),
        pytest.param(lambda text: f" {text}.", id="full-stop"),
        pytest.param(lambda text: text.replace("hàng", "hằng"), id="hằng"),
    ],
)
@by_table
def test_how_it_is_typed_makes_no_other_date(table: Path, typed: Callable[[str], str]) -> None:
    assert [
        (other, reading)
        for text, year, kind, due in rows(table)
        if (other := typed(text)) != text
        and (reading := meaning(other, year)) not in ((kind, due), ("unread", ""))
    ] == []
