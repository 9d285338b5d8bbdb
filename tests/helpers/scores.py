"""An index of a few lines, and a score set by hand."""

from __future__ import annotations

from typing import Any

from parplan.journal.record import Record
from parplan.score.index import Index
from parplan.score.index_file import read_index
from tests.helpers.office import made


def the_index(*criteria: str, groups: str = "[]", more: str = "", points: int = 10) -> Index:
    """Return an index with one field, of ``criteria`` that are numbered a, b, c …"""
    blocks = [f"{{id: {'abcdefgh'[i]}, title: t, {one}}}" for i, one in enumerate(criteria)]
    text = (
        f"schema: 1\nyear: 2025\ntitle: t\npoints: {points}\n{more}\n"
        f"fields: [{{id: F, title: f, points: {points}, criteria: [{', '.join(blocks)}]}}]\n"
        f"groups: {groups}\n"
    )
    reading = read_index("2025.index.yaml", text.encode())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


def own(criterion: str = "a", number: int = 50, **more: Any) -> Record:
    """Return a record of the score of ``criterion``."""
    return made(number, "score", "", criterion=criterion, **more)
