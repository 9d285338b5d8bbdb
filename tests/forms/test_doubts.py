"""What is found in recorded figures: that of two real drafts, and each kind by itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from parplan import i18n
from parplan.forms.doubts import doubts
from parplan.forms.file import read_forms
from parplan.forms.model import Forms
from parplan.journal.record import Record
from tests.helpers.office import made
from tests.helpers.stat_forms import drafted, figures_of, the_forms

EXAMPLE = Path(__file__).parents[2] / "plan" / "example.forms.yaml"


def found(forms: Forms | None, records: list[Record]) -> list[str]:
    """Return what is said of the figures, each after what it is about."""
    return [
        f"{one.record.ref}: {i18n.fill(one.text, one.values)}" for one in doubts(forms, records)
    ]


def example() -> Forms:
    forms = read_forms("2025.forms.yaml", EXAMPLE.read_bytes()).value
    assert forms is not None
    return forms


def test_all_that_is_wrong_in_the_draft_of_a_quarter_is_found_and_nothing_else() -> None:
    assert found(example(), drafted("example_q1_2026", "2026-Q1")) == [
        "4/1.2@2026-Q1: row 4/1.2 is in %, and 124 is more than 100: is it a count?",
        "1/2.2@2026-Q1: row 1/2.2 (49) is more than row 2.1 (11); the share 22.45 fits them the "
        "other way round: are they in each other's row?",
        "4/1.1@2026-Q1: row 4/1.1 is in %, and the row beside it holds a count: is this one?",
    ]


def test_all_that_is_wrong_in_the_draft_of_a_year_is_found_and_nothing_else() -> None:
    assert found(example(), drafted("example_2025", "2025")) == [
        "4/1.2@2025: row 4/1.2 is in %, and 124 is more than 100: is it a count?",
        "6/2@2025: row 6/2 only heads others: no figure belongs there",
        "3/3.1@2025: row 3/3.1: 99.10 was recorded, and 3.1.2 / 3.1.1 gives 99.11",
        "4/1.1@2025: row 4/1.1 is in %, and the row beside it holds a count: is this one?",
    ]


FORMS = the_forms(
    'id: "1", unit: "%", formula: 1.2 / 1.1',
    'id: "1.1", unit: Hồ sơ',
    'id: "1.2", unit: Hồ sơ',
    'id: "2", unit: Văn bản, formula: 2.1 + 2.2',
    'id: "2.1", unit: Văn bản',
    'id: "2.2", unit: Văn bản',
    'id: "3", unit: Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2',
    'id: "4", unit: Người, counts: year-to-date',
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"1.1@Q1": "4", "1.2@Q1": "3", "1@Q1": "75"}, [], id="right"),
        pytest.param({"1.1@Q1": "3", "1.2@Q1": "2", "1@Q1": "66.7"}, [], id="rounded-to-one"),
        pytest.param({"1.1@Q1": "3", "1.2@Q1": "2", "1@Q1": "66.6"}, ["1@Q1"], id="cut-off"),
        pytest.param({"1.1@Q1": "0", "1.2@Q1": "0", "1@Q1": "100"}, [], id="a-share-of-nothing"),
        pytest.param({"1.1@Q1": "2", "1.2@Q1": "3"}, ["1.2@Q1"], id="part-above-whole"),
        pytest.param({"1.1@Q1": "-", "1.2@Q1": "3"}, [], id="no-whole"),
        pytest.param({"2.1@Q1": "2", "2.2@Q1": "3", "2@Q1": "6"}, ["2@Q1"], id="wrong-sum"),
        pytest.param({"2.1@Q1": "2", "2@Q1": "6"}, [], id="a-sum-with-a-part-lacking"),
        pytest.param({"3@Q1": "2"}, [], id="a-code"),
        pytest.param({"3@Q1": "3"}, ["3@Q1"], id="no-such-code"),
        pytest.param({"2.1@Q1": "-1"}, ["2.1@Q1"], id="below-nothing"),
        pytest.param({"2.1@Q1": "NaN"}, ["2.1@Q1"], id="no-number"),
        pytest.param({"1@Q1": "Infinity"}, ["1@Q1"], id="endless"),
        pytest.param({"2.1@Q1": "1E-500"}, ["2.1@Q1"], id="tiny"),
        pytest.param({"2.1@W23": "1"}, ["2.1@W23"], id="of-a-week"),
        pytest.param({"2.9@Q1": "1"}, ["2.9@Q1"], id="no-such-row"),
        pytest.param({"4@Q1": "5", "4@9M": "3"}, ["4@9M"], id="later-is-less"),
        pytest.param({"4@Q1": "5", "4@Q2": "1", "4@H1": "6"}, [], id="half-as-its-quarters"),
        pytest.param(
            {"4@Q1": "5", "4@Q2": "1", "4@H1": "7"}, ["4@H1"], id="half-unlike-its-quarters"
        ),
        pytest.param({"4@Q1": "5", "4@Q2": "3"}, [], id="quarters-beside-each-other"),
    ],
)
def test_each_kind(values: dict[str, str], expected: list[str]) -> None:
    records = figures_of({f"1/{ref.replace('@', '@2025-')}": each for ref, each in values.items()})

    refs = [one.record.ref for one in doubts(FORMS, records)]

    assert refs == [f"1/{ref.replace('@', '@2025-')}" for ref in expected]


def test_what_was_replaced_or_retracted_is_not_asked_about() -> None:
    wrong = made(1, "figure", "1/3@2025-Q1", value=Decimal(9))

    assert found(FORMS, [wrong, made(2, "figure", "1/3@2025-Q1", value=Decimal(1))]) == []
    assert found(FORMS, [wrong, made(2, "undo", "", row="1/3", retracts=wrong.id)]) == []


def test_figures_without_forms_are_strays() -> None:
    assert found(None, figures_of({"1/1@2025-Q1": "1"})) == [
        "1/1@2025-Q1: the statistical forms have no row 1/1"
    ]
