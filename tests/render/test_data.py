"""Records as CSV: no cell is a formula to a spreadsheet, and every text comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parplan.render.data import to_csv
from parplan.text import visible

FORMULAS = {
    "equals": "=1+1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(A1)",
    "tab": "\tx",
    "program": "=cmd|' /C calc'!A0",
    "after-spaces": "  =1+1",
    "after-no-break-space": "\u00a0=1+1",
    "after-wide-space": "\u3000=1+1",
    "after-a-line-end": "\n=1+1",
    "wide-equals": "＝1+1",
    "wide-plus": "＋1",
    "wide-minus": "－1",
    "wide-at": "＠SUM(A1)",
    "small-equals": "﹦1",
    "small-plus": "﹢1",
    "small-hyphen": "﹣1",
    "small-at": "﹫x",
    "telephone": "+84 912 345 678",
    "link": '=HYPERLINK("http://example.org";"x")',
}
HARMLESS = {
    "negative": "-5",
    "negative-decimal": "-98.5",
    "number": "100",
    "word": "a=b",
    "quoted": "'=1",
    "dash-inside": "CCHC -PAR",
    "nothing": "",
}


def back(text: str, line_end: str = "\n") -> str:
    written = io.StringIO(to_csv([{"a": text, "b": ""}], line_end), newline="")
    _titles, row = csv.reader(written)
    return row[0]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FORMULAS.items()])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert back(text) == f"'{text}"


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HARMLESS.items()])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert back(text) == text


@given(text=st.text(), line_end=st.sampled_from(["\n", "\r\n"]))
@example(text="\r=1", line_end="\r\n")
def test_any_text_comes_back_and_starts_no_formula(text: str, line_end: str) -> None:
    found = back(text, line_end)

    assert found.removeprefix("'") == visible(text).removeprefix("'")
    assert not found.lstrip().startswith(tuple("=+@＝＋－＠\t\r"))


def test_lines_end_as_asked() -> None:
    assert to_csv([{"a": "x\ny"}], "\r\n") == 'a\r\n"x\ny"\r\n'
    assert to_csv([{"a": 1}]) == "a\n1\n"
