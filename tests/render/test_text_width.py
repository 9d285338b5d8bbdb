"""Widths of text, and the lines it takes in a column of a spreadsheet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.render.document.text_width import lines, text_width


def test_a_width_by_hand() -> None:
    """T 667, o 500, ổ as o; 12 points are 240 twips: 1.667 em is 400."""
    assert text_width("Too", 12) == 400
    assert text_width("Tổo", 12) == text_width(unicodedata.normalize("NFD", "Tổo"), 12) == 400


@pytest.mark.parametrize(
    ("text", "digits", "count"),
    [
        pytest.param("", 10, 1, id="nothing"),
        pytest.param("0123456789", 10, 1, id="just-fits"),
        pytest.param("0123456789 0", 10, 2, id="a-word-more"),
        pytest.param("0" * 25, 10, 3, id="a-word-of-three-lines"),
        pytest.param("00 " * 3 + "0" * 25, 10, 4, id="a-long-word-begins-a-line"),
        pytest.param("a\n\nb", 10, 3, id="line-ends"),
        pytest.param("CV 123/UBND-NV", 14, 2, id="capitals-are-wide"),
    ],
)
def test_lines_by_hand(text: str, digits: int, count: int) -> None:
    assert lines(text, digits) == count


@given(text=st.text(max_size=300), digits=st.integers(4, 80))
def test_a_wider_column_never_takes_more_lines(text: str, digits: int) -> None:
    assert 1 + text.count("\n") <= lines(text, 4 * digits) <= lines(text, digits)
