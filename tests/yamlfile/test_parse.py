"""The strict subset of YAML that plans are written in, and where its values stand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from parplan.problem import DataPath, Problem
from parplan.yamlfile.parse import MAX_DEPTH, YamlError, find_places, load_yaml

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"


def stopped_by(text: str) -> Problem | None:
    """Return the problem that stops the reading of ``text``, or None where it is read."""
    try:
        load_yaml("plan/2025.yaml", text)
    except YamlError as error:
        return error.problem
    return None


def problem_of(text: str) -> str:
    """Return ``LINE:COLUMN CODE`` of the problem that stops the reading of ``text``."""
    problem = stopped_by(text)
    assert problem is not None
    assert problem.where.path == "plan/2025.yaml"
    return f"{problem.where.line}:{problem.where.column} {problem.code}"


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        pytest.param("yes", "yes", id="yes-is-text"),
        pytest.param("no", "no", id="no-is-text"),
        pytest.param("on", "on", id="on-is-text"),
        pytest.param("Off", "Off", id="off-is-text"),
        pytest.param("y", "y", id="y-is-text"),
        pytest.param("true", True, id="true"),
        pytest.param("True", True, id="capital-true"),
        pytest.param("TRUE", True, id="all-capital-true"),
        pytest.param("tRUE", "tRUE", id="odd-true-is-text"),
        pytest.param("false", False, id="false"),
        pytest.param("False", False, id="capital-false"),
        pytest.param("FALSE", False, id="all-capital-false"),
        pytest.param("~", None, id="tilde"),
        pytest.param("null", None, id="null"),
        pytest.param("Null", None, id="capital-null"),
        pytest.param("NULL", None, id="all-capital-null"),
        pytest.param("", None, id="nothing"),
        pytest.param("# nothing", None, id="only-a-comment"),
        pytest.param("nothing", "nothing", id="word"),
        pytest.param("0", 0, id="zero"),
        pytest.param("25", 25, id="whole-number"),
        pytest.param("-3", -3, id="negative"),
        pytest.param("+3", 3, id="plus-sign"),
        pytest.param("012", 12, id="leading-zero-is-no-octal"),
        pytest.param("08", 8, id="leading-zero-before-8"),
        pytest.param("9" * 18, int("9" * 18), id="eighteen-digits"),
        pytest.param("9" * 19, "9" * 19, id="more-digits-are-text"),
        pytest.param("0x1f", "0x1f", id="hexadecimal-is-text"),
        pytest.param("0o17", "0o17", id="octal-is-text"),
        pytest.param("0b1", "0b1", id="binary-is-text"),
        pytest.param("1_000", "1_000", id="underscore-is-text"),
        pytest.param("1:30", "1:30", id="base-60-is-text"),
        pytest.param("98.5", Decimal("98.5"), id="decimal"),
        pytest.param("-0.25", Decimal("-0.25"), id="negative-decimal"),
        pytest.param("0.10", Decimal("0.10"), id="decimal-is-exact"),
        pytest.param(".5", Decimal("0.5"), id="decimal-without-a-zero"),
        pytest.param("5.", Decimal(5), id="decimal-without-digits-after"),
        pytest.param("98,5", "98,5", id="comma-is-text"),
        pytest.param("1.000.000", "1.000.000", id="dots-in-thousands-are-text"),
        pytest.param("1e3", "1e3", id="exponent-is-text"),
        pytest.param(".inf", ".inf", id="infinity-is-text"),
        pytest.param(".nan", ".nan", id="no-number-is-text"),
        pytest.param(".", ".", id="dot"),
        pytest.param("--", "--", id="two-dashes"),
        pytest.param("+", "+", id="plus"),
        pytest.param("٣", "٣", id="digit-of-another-script"),
        pytest.param("2025-06-30", "2025-06-30", id="date-is-text"),
        pytest.param("2025-06", "2025-06", id="month-is-text"),
        pytest.param("2025-06-30 10:00:00", "2025-06-30 10:00:00", id="time-is-text"),
        pytest.param("'25'", "25", id="quoted-number"),
        pytest.param('"true"', "true", id="quoted-true"),
        pytest.param("''", "", id="quoted-nothing"),
        pytest.param("'~'", "~", id="quoted-tilde"),
        pytest.param('"a\\nb"', "a\nb", id="escape-in-quotes"),
        pytest.param("'it''s'", "it's", id="doubled-quote"),
        pytest.param("|-\n  25\n", "25", id="number-in-a-block"),
        pytest.param(">-\n  hai\n  dòng\n", "hai dòng", id="folded-block"),
        pytest.param("|\n  hai\n  dòng\n", "hai\ndòng\n", id="kept-block"),
        pytest.param("Trước ngày 25", "Trước ngày 25", id="words"),
        pytest.param("<<", "<<", id="merge-sign-is-text"),
        pytest.param("=", "=", id="equals-sign-is-text"),
    ],
)
def test_scalars(scalar: str, value: object) -> None:
    data = load_yaml("p", f"key: {scalar}\n")["key"]

    assert (type(data), data) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("\n\n", None, id="blank-lines"),
        pytest.param("# only this\n", None, id="only-a-comment"),
        pytest.param("---\n", None, id="document-of-nothing"),
        pytest.param("---\na: 1\n", {"a": 1}, id="document-mark"),
        pytest.param("a: 1\n...\n", {"a": 1}, id="end-mark"),
        pytest.param("%YAML 1.2\n---\na: 1\n", {"a": 1}, id="version"),
        pytest.param("\ufeffa: 1\n", {"a": 1}, id="byte-order-mark"),
        pytest.param("a: 1\r\nb:\r\n  - 2\r\n", {"a": 1, "b": [2]}, id="crlf"),
        pytest.param("a: 1", {"a": 1}, id="no-line-end"),
        pytest.param("- 1\n- [2, {b: 3}]\n", [1, [2, {"b": 3}]], id="lists-and-blocks"),
        pytest.param("{}", {}, id="empty-block"),
        pytest.param("[]", [], id="empty-list"),
        pytest.param("25: a\ntrue: b\n", {"25": "a", "true": "b"}, id="keys-are-text"),
        pytest.param('"a b": 1\n', {"a b": 1}, id="quoted-key"),
        pytest.param("? a\n: 1\n", {"a": 1}, id="marked-plain-key"),
        pytest.param("a: {b: }\n", {"a": {"b": None}}, id="nothing-in-a-flow-block"),
        pytest.param("<<: {b: 1}\n", {"<<": {"b": 1}}, id="merge-key-is-a-plain-key"),
        pytest.param("a:\t1\n", {"a": 1}, id="tab-after-a-key"),
        pytest.param("a: 1\t# c\n", {"a": 1}, id="tab-before-a-comment"),
    ],
)
def test_documents(text: str, data: object) -> None:
    assert load_yaml("p", text) == data


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "3:1 repeated-key", id="key-twice"),
        pytest.param("a:\n  b: 1\n  b: 1\n", "3:3 repeated-key", id="key-twice-inside"),
        pytest.param("{a: 1, a: 2}\n", "1:8 repeated-key", id="key-twice-on-a-line"),
        pytest.param("a: 1\n'a': 2\n", "2:1 repeated-key", id="key-twice-once-quoted"),
        pytest.param("25: 1\n'25': 2\n", "2:1 repeated-key", id="number-and-its-text"),
        pytest.param("a: &x 1\n", "1:4 alias", id="anchor"),
        pytest.param("a: &x [1]\n", "1:4 alias", id="anchor-on-a-list"),
        pytest.param("a: &x {b: 1}\n", "1:4 alias", id="anchor-on-a-block"),
        pytest.param("a: *x\n", "1:4 alias", id="alias-of-nothing"),
        pytest.param("a: 1\nb: *a\n", "2:4 alias", id="alias"),
        pytest.param("- *x\n", "1:3 alias", id="alias-in-a-list"),
        pytest.param("a: !!int '1'\n", "1:4 alias", id="tag-of-yaml"),
        pytest.param("a: !!python/object/apply:os.abort []\n", "1:4 alias", id="tag-of-python"),
        pytest.param("a: !mine x\n", "1:4 alias", id="tag-of-ones-own"),
        pytest.param("a: !!binary aGk=\n", "1:4 alias", id="tag-binary"),
        pytest.param("a: !!set {b}\n", "1:4 alias", id="tag-on-a-block"),
        pytest.param("<<: *x\n", "1:5 alias", id="merge-key"),
        pytest.param("? [a]\n: 1\n", "1:3 not-yaml", id="list-for-a-key"),
        pytest.param("? {a: 1}\n: 1\n", "1:3 not-yaml", id="block-for-a-key"),
        pytest.param("&x a: 1\n", "1:1 not-yaml", id="anchor-on-a-key"),
        pytest.param("!!str a: 1\n", "1:1 not-yaml", id="tag-on-a-key"),
        pytest.param("*x : 1\n", "1:1 not-yaml", id="alias-for-a-key"),
        pytest.param("a: 1\n---\nb: 1\n", "2:1 not-yaml", id="two-documents"),
        pytest.param("---\n---\n", "2:1 not-yaml", id="two-empty-documents"),
        pytest.param("a: 1\n\tb: 2\n", "2:1 tab", id="tab-before-a-key"),
        pytest.param("a:\n\t- b\n", "2:1 tab", id="tab-before-a-list"),
        pytest.param("a:\n  - b\n  \t- c\n", "3:3 tab", id="tab-after-spaces"),
        pytest.param("a: @b\n", "1:4 not-yaml", id="text-begins-with-at"),
        pytest.param("a: `b`\n", "1:4 not-yaml", id="text-begins-with-a-backquote"),
        pytest.param("a: %b\n", "1:4 not-yaml", id="text-begins-with-percent"),
        pytest.param("a: b: c\n", "1:5 not-yaml", id="colon-in-plain-text"),
        pytest.param("a: 'b\n", "2:1 not-yaml", id="quote-not-closed"),
        pytest.param('a: "\\q"\n', "1:5 not-yaml", id="unknown-escape"),
        pytest.param("a: [1, 2\n", "2:1 not-yaml", id="list-not-closed"),
        pytest.param("a: 1\n b: 2\n", "2:3 not-yaml", id="key-too-far-in"),
        pytest.param("a\nb: 1\n", "2:2 not-yaml", id="key-without-a-colon"),
        pytest.param("a: b\x00c\n", "1:5 not-yaml", id="nul"),
        pytest.param("a: 1\nkế hoạch: \x1b[31m\n", "2:11 not-yaml", id="escape"),
        pytest.param("a: \x07\n", "1:4 not-yaml", id="bell"),
        pytest.param("a: \x7f\n", "1:4 not-yaml", id="delete"),
        pytest.param("a: \x9b\n", "1:4 not-yaml", id="control-of-the-upper-half"),
        pytest.param("a: \uffff\n", "1:4 not-yaml", id="no-character"),
        pytest.param("a: 1\r\nb: \x01\r\n", "2:4 not-yaml", id="control-after-crlf"),
    ],
)
def test_problems(text: str, problem: str) -> None:
    assert problem_of(text) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: b\rc: @d", "2:4 not-yaml", id="carriage-return"),
        pytest.param("a: b\x85c: @d", "2:4 not-yaml", id="next-line"),
        pytest.param("a: b\u2028c: @d", "2:4 not-yaml", id="line-separator"),
        pytest.param("a: b\u2029c: @d", "2:4 not-yaml", id="paragraph-separator"),
        pytest.param("a: b\r\rc:\r\t- d", "4:1 tab", id="tab-after-carriage-returns"),
    ],
)
def test_problems_after_line_ends_that_few_editors_write(text: str, problem: str) -> None:
    assert problem_of(text) == problem


DEEP = MAX_DEPTH
NESTING = {
    # what opens a level, and where the first level too many stands
    "lists-on-a-line": ("[", f"1:{DEEP + 1}"),
    "lists-on-lines": ("[\n", f"{DEEP + 1}:1"),
    "list-items": ("- ", f"1:{2 * DEEP + 1}"),
    "blocks-on-a-line": ("{a: ", f"1:{4 * DEEP + 1}"),
    "marked-keys": ("? ", "1:3"),
}


@pytest.mark.parametrize("levels", [DEEP + 1, 200, 999, 1000, 1001, 1200, 50_000])
@pytest.mark.parametrize("kind", NESTING)
def test_the_place_where_it_is_too_deep(kind: str, levels: int) -> None:
    """Whatever bound libyaml has of its own, and however far it looks ahead."""
    opening, place = NESTING[kind]
    code = "not-yaml" if kind == "marked-keys" else "too-deep"

    assert problem_of(opening * levels) == f"{place} {code}"


def test_one_closed_level_too_many() -> None:
    assert problem_of("[" * (DEEP + 1) + "]" * (DEEP + 1)) == f"1:{DEEP + 1} too-deep"


def test_what_is_just_not_too_deep_is_read() -> None:
    data = load_yaml("p", "[" * MAX_DEPTH + "]" * MAX_DEPTH)
    depth = 0
    while data:
        data, depth = data[0], depth + 1

    assert depth == MAX_DEPTH - 1


PLACES = """\
# a comment

year: 2025
sections:
  - id: I
    tasks:
    - {id: "1", units: [Một cửa, "Văn phòng"]}
    -   id: '2'
        title: >-
          hai
          dòng
kế hoạch:   muộn
empty:
last: [
  1,
]
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        pytest.param((), "3:1", None, id="whole"),
        pytest.param(("year",), "3:7", "3:1", id="scalar"),
        pytest.param(("sections",), "5:3", "4:1", id="list"),
        pytest.param(("sections", 0), "5:5", None, id="block-in-a-list"),
        pytest.param(("sections", 0, "id"), "5:9", "5:5", id="key-after-a-dash"),
        pytest.param(("sections", 0, "tasks", 0), "7:7", None, id="flow-block"),
        pytest.param(("sections", 0, "tasks", 0, "id"), "7:12", "7:8", id="quoted-value"),
        pytest.param(
            ("sections", 0, "tasks", 0, "units", 1), "7:34", None, id="columns-count-characters"
        ),
        pytest.param(("sections", 0, "tasks", 1), "8:9", None, id="block-after-spaces"),
        pytest.param(("sections", 0, "tasks", 1, "title"), "9:16", "9:9", id="folded-text"),
        pytest.param(("kế hoạch",), "12:13", "12:1", id="value-after-vietnamese-and-spaces"),
        pytest.param(("last", 0), "15:3", None, id="on-a-line-of-its-own"),
    ],
)
def test_places(path: DataPath, value: str, key: str | None) -> None:
    places = find_places("plan/2025.yaml", PLACES)

    assert str(places.find(path)) == f"plan/2025.yaml:{value}"
    if key is not None:
        assert str(places.find(path, at_key=True)) == f"plan/2025.yaml:{key}"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param(("sections", 0, "title"), "5:5", id="key-that-is-missing"),
        pytest.param(("sections", 0, "tasks", 9, "id"), "7:5", id="item-that-is-missing"),
        pytest.param(("nothing", "here"), "3:1", id="nothing-of-it"),
    ],
)
def test_what_is_missing_stands_where_it_should(path: DataPath, place: str) -> None:
    assert str(find_places("p", PLACES).find(path)) == f"p:{place}"


def test_places_are_the_same_with_crlf_and_a_byte_order_mark() -> None:
    plain = find_places("p", PLACES)
    windows = find_places("p", "\ufeff" + PLACES.replace("\n", "\r\n"))

    assert windows.values == plain.values
    assert windows.keys == plain.keys


def test_places_before_a_fault_are_known() -> None:
    places = find_places("p", "a: 1\nb: 2\nc: [\n")

    assert str(places.find(("b",))) == "p:2:4"


def test_every_scalar_of_the_real_plan_stands_at_its_place() -> None:
    text = PLAN.read_text(encoding="utf-8")
    lines = text.split("\n")
    places = find_places("p", text)
    numbers = [(path, at) for path, at in places.values.items() if path and path[-1] == "id"]

    assert len(numbers) == 35 + 8 + 7
    for path, (line, column) in numbers:
        value = load_yaml("p", text)
        for step in path:
            value = value[step]
        assert lines[line][column:].strip("\"'").startswith(value)


# Laws.


def is_another_scalar_in_yaml_1_1(text: str) -> bool:
    """Tell whether ``text`` is a number in YAML 1.2 that PyYAML, of 1.1, writes without quotes."""
    return re.fullmatch(r"[-+]?[0-9.]+", text) is not None


TEXT = st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029")
"""Not the line ends of Unicode: PyYAML writes them so that it reads back a space itself."""

WORDS = st.text(TEXT, max_size=30).filter(lambda text: not is_another_scalar_in_yaml_1_1(text))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), WORDS)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(TEXT, max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(data=DATA, flow=st.sampled_from([None, True, False]), composed=st.booleans())
def test_what_pyyaml_writes_is_read_as_it_was(data: Any, flow: bool | None, composed: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=composed)

    assert load_yaml("p", text) == data


@given(data=DATA)
def test_every_value_has_a_place(data: Any) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    places = find_places("p", text)

    assert set(places.values) == set(paths(data, ()))


def paths(data: Any, here: DataPath) -> list[DataPath]:
    inside: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        inside = list(data.items())
    elif isinstance(data, list):
        inside = list(enumerate(data))
    return [here, *(path for step, part in inside for path in paths(part, (*here, step)))]


YAML_LIKE = st.text("ab12 \n\t\r:-?[]{},&*!|>'\"%@`#~.\\<\u0085\u2028ế\x00\ufeff", max_size=60)


@example("a: b\rc: @d")
@example("a: b\u2028\t@")
@given(st.one_of(st.text(), YAML_LIKE))
def test_no_text_ends_in_anything_but_data_or_a_problem(text: str) -> None:
    problem = stopped_by(text)
    find_places("plan/2025.yaml", text)

    assert problem is None or (problem.where.line >= 1 and problem.where.column >= 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "x" * 1_000_000, id="long-word"),
        pytest.param("a: '" + "x " * 500_000, id="long-quote-not-closed"),
        pytest.param("x" * 1_000_000 + ": 1", id="long-key"),
        pytest.param("\n" * 500_000 + "a: @", id="many-lines"),
        pytest.param(" " * 1_000_000 + "a: 1", id="far-in"),
        pytest.param("".join(f"k{number}: 1\n" for number in range(20_000)), id="many-keys"),
        pytest.param("-\n" * 50_000, id="many-items"),
        pytest.param("a: " + "9" * 100_000, id="long-number"),
        pytest.param("a: " + "." * 100_000, id="many-dots"),
        pytest.param("a: 0." + "9" * 100_000, id="long-decimal"),
        pytest.param("#" * 1_000_000, id="long-comment"),
    ],
)
def test_long_texts_are_read_or_refused(text: str) -> None:
    """Not slower than in proportion to their length, or the test run would stand still."""
    problem = stopped_by(text)

    assert problem is None or problem.code == "not-yaml"
