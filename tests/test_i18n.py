"""How are periods and the values of messages said in each language?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan import i18n
from parplan.i18n import Language
from parplan.problem import Location, Marked, Problem, Value, params
from parplan.schedule import periods


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        pytest.param("2025", "vi", "năm 2025", id="year"),
        pytest.param("2025", "en", "the year 2025", id="year-in-English"),
        pytest.param("2025-H1", "en", "the first half of 2025", id="first-half"),
        pytest.param("2025-H2", "en", "the second half of 2025", id="second-half"),
        pytest.param("2025-9M", "en", "the nine months of 2025", id="nine-months"),
        pytest.param("2025-Q2", "vi", "quý II/2025", id="quarter"),
        pytest.param("2025-Q2", "en", "quarter 2 of 2025", id="quarter-in-English"),
        pytest.param("2025-06", "en", "month 6 of 2025", id="month"),
        pytest.param("2025-W01", "en", "week 1 of 2025", id="week-of-the-year-in-its-name"),
        pytest.param("2025-06-09", "vi", "ngày 09/06/2025", id="day"),
        pytest.param("2025-06-09", "en", "day 2025-06-09", id="day-in-English"),
        pytest.param(
            "2025-03-18..2025-06-30", "en", "2025-03-18 to 2025-06-30", id="range-of-days"
        ),
        pytest.param(
            "2025-Q4..2026-06",
            "en",
            "quarter 4 of 2025 to month 6 of 2026",
            id="range-of-two-kinds",
        ),
    ],
)
def test_a_period_in_words(name: str, language: Language, said: str) -> None:
    period = periods.parse(name)

    assert period is not None
    with i18n.speaking(language):
        assert i18n.period_name(period) == said


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        pytest.param("text", "vi", "text", id="text-that-is-in-the-catalogue"),
        pytest.param(Marked("text"), "vi", "chữ", id="marked-text"),
        pytest.param(Marked("text"), "en", "text", id="marked-text-in-English"),
        pytest.param("2025-06-09", "vi", "2025-06-09", id="text-that-looks-like-a-date"),
        pytest.param(dt.date(2025, 6, 9), "vi", "09/06/2025", id="date"),
        pytest.param(dt.date(2025, 6, 9), "en", "2025-06-09", id="date-in-English"),
        pytest.param(7, "vi", "7", id="number"),
    ],
)
@pytest.mark.parametrize("name", ["value", "wanted", "due_day"])
def test_a_value_is_said_by_its_type_under_any_name(
    name: str, value: object, language: Language, said: str
) -> None:
    with i18n.speaking(language):
        assert i18n.fill(f"<%({name})s>", params(**{name: value})) == f"<{said}>"


@given(
    st.one_of(
        *(st.lists(one, min_size=2) for one in (st.text(), st.text().map(Marked), st.dates()))
    )
)
def test_problems_with_values_of_any_type_are_sorted_and_hashed(values: list[Value]) -> None:
    problems = [
        Problem(Location("plan.yaml"), "bad-rule", "<%(value)s>", params(value=one))
        for one in values
    ]

    assert [one.values[0][1] for one in sorted(problems)] == sorted(values, key=str)
    assert len(set(problems)) == len(set(values))
