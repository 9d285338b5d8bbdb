"""A reference comes back the same from its text, and each text from its reference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.schedule.reference import Ref
from tests.helpers.plans import REFS

numbers = st.text(st.characters(exclude_characters="@"), min_size=1)
refs = st.builds(Ref, task=numbers, period=st.none() | st.text())


@given(refs)
def test_a_reference_comes_back_from_its_text(ref: Ref) -> None:
    assert Ref.parse(str(ref)) == ref


@given(st.text())
def test_a_text_comes_back_from_its_reference(text: str) -> None:
    assert str(Ref.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "task", "period"),
    [
        pytest.param("8", "8", None, id="task"),
        pytest.param("4@2025-06", "4", "2025-06", id="occurrence"),
        pytest.param("II.1@2025-Q4..2026-Q2", "II.1", "2025-Q4..2026-Q2", id="range"),
        pytest.param("4@", "4", "", id="period-missing"),
        pytest.param("@2025-06", "", "2025-06", id="task-missing"),
        pytest.param("4@2025@06", "4", "2025@06", id="two-signs"),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_what_a_text_names(text: str, task: str, period: str | None) -> None:
    assert Ref.parse(text) == Ref(task, period)


def test_every_occurrence_of_the_plan_is_called_by_its_reference() -> None:
    assert [str(Ref.parse(ref)) for ref in REFS] == REFS
    assert all(Ref.parse(ref).period for ref in REFS)
