"""Which records count: not the retracted, and what was corrected as it is now, in its old place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.journal.active import active, corrected
from parplan.journal.record import News, Record, Undo
from tests.helpers.office import MORNING, made


def at(number: int) -> dt.datetime:
    return MORNING + dt.timedelta(minutes=number)


def name(number: int) -> str:
    return made(number).id


def edit(number: int, of: int) -> Record:
    """Return the record ``number``, which corrects the record ``of``."""
    return made(number, replaces=name(of))


def undo(number: int, of: int) -> Record:
    return made(number, "undo", retracts=name(of))


A, B, C = made(1), made(2), made(3)


@pytest.mark.parametrize(
    ("records", "counted"),
    [
        # Each of what counts as (its number, the number whose time it has).
        pytest.param([A, B], [(1, 1), (2, 2)], id="none"),
        pytest.param([A, B, edit(4, of=1)], [(4, 1), (2, 2)], id="in-its-place"),
        pytest.param([A, edit(4, of=1), edit(5, of=4)], [(5, 1)], id="twice"),
        pytest.param([A, edit(4, of=1), edit(5, of=1)], [(5, 1)], id="on-two-branches"),
        pytest.param([A, edit(4, of=1), undo(5, of=4)], [(1, 1)], id="taken-back"),
        pytest.param(
            [A, edit(4, of=1), edit(5, of=4), undo(6, of=5)], [(4, 1)], id="second-taken-back"
        ),
        pytest.param([A, edit(4, of=1), undo(5, of=4), undo(6, of=5)], [(4, 1)], id="brought-back"),
        # On one branch somebody takes back what somebody corrects on another.
        pytest.param([A, B, edit(4, of=1), undo(5, of=1)], [(4, 1), (2, 2)], id="old-retracted"),
        pytest.param([A, edit(4, of=9)], [(1, 1), (4, 4)], id="of-what-is-not-there"),
        pytest.param([A, edit(4, of=4)], [(1, 1), (4, 4)], id="of-itself"),
        pytest.param([A, undo(2, of=1), edit(4, of=2)], [(4, 4)], id="of-an-undo"),
    ],
)
def test_what_counts(records: list[Record], counted: list[tuple[int, int]]) -> None:
    result = [(record.id, record.at) for record in active(records)]

    assert result == [(name(number), at(time)) for number, time in counted]


def test_in_a_circle_made_by_hand_one_counts() -> None:
    assert len(active([edit(1, of=2), edit(2, of=1)])) == 1


@given(st.data())
def test_every_record_counts_is_retracted_or_corrected(data: st.DataObject) -> None:
    """Nothing that was recorded is lost unseen, and nothing counts twice."""
    records: list[Record] = []
    for number in range(1, data.draw(st.integers(1, 12)) + 1):
        of = data.draw(st.integers(1, 14))
        kind = data.draw(st.sampled_from(("note", "undo", "edit")))
        make = {"note": lambda number, _of: made(number), "undo": undo, "edit": edit}[kind]
        records.append(make(number, of))
    ids = [record.id for record in active(records)]

    assert len(ids) == len(set(ids))
    assert not set(ids) & {record.id for record in corrected(records)}
    taken_back = {record.retracts for record in records if isinstance(record, Undo)}
    replaced = {record.replaces for record in records if isinstance(record, News)} - {""}
    for record in records:
        if isinstance(record, News) and record.id not in taken_back | replaced:
            assert record.id in ids or record.replaces
