"""An edit in brackets: behind what is there, whatever it ends in, and as the first."""

from __future__ import annotations

import pytest

from parplan.yamlfile.edit import AddEntry, SetKey, apply_edits
from parplan.yamlfile.parse import load_yaml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {}\n", "a: {x: 1}\n"),
        ("a: {b: 2}\n", "a: {b: 2, x: 1}\n"),
        ("a: {b: 2,}\n", "a: {b: 2, x: 1}\n"),
        ("a: {b: {}}\n", "a: {b: {}, x: 1}\n"),
        ("a: {b: {c: 3}}\n", "a: {b: {c: 3}, x: 1}\n"),
        ("a: {b: []}\n", "a: {b: [], x: 1}\n"),
        ('a: {b: "{"}\n', 'a: {b: "{", x: 1}\n'),
        ("a: {\n  b: 2\n}\n", "a: {\n  b: 2\n, x: 1}\n"),
        ("a: {\n  b: 2,\n}\n", "a: {\n  b: 2,\n x: 1}\n"),
    ],
)
def test_a_key_in_braces(text: str, expected: str) -> None:
    assert apply_edits(text, [SetKey(("a",), "x", "1")]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: []\n", "a: [x]\n"),
        ("a: [b]\n", "a: [b, x]\n"),
        ("a: [b, ]\n", "a: [b, x]\n"),
        ("a: [[]]\n", "a: [[], x]\n"),
        ("a: [{}]\n", "a: [{}, x]\n"),
        ('a: ["["]\n', 'a: ["[", x]\n'),
    ],
)
def test_an_entry_in_brackets(text: str, expected: str) -> None:
    assert apply_edits(text, [AddEntry(("a",), ["- x"])]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "b: 1\na:\n",
        "a:\nb: 1\n",
        "a: \n# c\nb: 1\n",
        "a: null\nb: 1\n",
        "b: 1\na: ~\n",
        "{a: , b: 1}\n",
    ],
)
def test_an_entry_behind_a_key_with_nothing(text: str) -> None:
    """It counts as absent: the entry is written, or no place is safe."""
    edited = apply_edits(text, [AddEntry(("a",), ["- x"])])

    assert edited is None or load_yaml("", edited) == {"a": ["x"], "b": 1}
    assert (edited is None) == ("null" in text or "~" in text or "{" in text)


def test_two_marks_of_the_encoding_are_left_alone() -> None:
    assert apply_edits("\ufeff\ufeffa: []\n", [AddEntry(("a",), ["- x"])]) is None
