"""The faults that ``python -m tests.safety.mutants`` tries, and that it tells what tests notice."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.safety import mutants
from tests.safety.mutations import mutants as changes


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        pytest.param("x = a <= b", ["x = a < b", "x = a > b"], id="bound"),
        pytest.param("x = a + b", ["x = a - b"], id="sign"),
        pytest.param("x = -a", ["x = a"], id="minus"),
        pytest.param("x = a and b", ["x = a or b", "x = b", "x = a"], id="condition"),
        pytest.param("x = {a for a in b if c}", ["x = {a for a in b}"], id="filter"),
        pytest.param("x = a if b else c", ["x = a", "x = c"], id="choice"),
        pytest.param("x = max(a, key=b)", ["x = max(a)", "x = min(a, key=b)"], id="call"),
        pytest.param("x = 7", ["x = 8", "x = 6"], id="number"),
        pytest.param("x = True", ["x = False"], id="truth"),
        pytest.param("x = 'done'", ["x = ''"], id="text"),
        pytest.param("x = ''", ["x = 'x'"], id="empty-text"),
        pytest.param("x = '0.5'", ["x = '0.51'"], id="decimal"),
        pytest.param("a.b = c", ["pass"], id="field"),
        pytest.param("return a", ["return None"], id="return"),
        pytest.param("if a:\n    b = c", ["if True:", "if False:"], id="branch"),
        pytest.param("raise a", ["pass"], id="raise"),
        pytest.param("a += b", ["a -= b", "pass"], id="sum"),
    ],
)
def test_the_faults_of(source: str, faults: list[str]) -> None:
    body = "".join(f"    {line}\n" for line in source.splitlines())
    changed = [change.partition(" -> ")[2] for change, _tree in changes("m", f"def f():\n{body}")]

    assert changed == faults


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('"""Words."""', id="docstring"),
        pytest.param('x = N_("some words")', id="text-to-translate"),
        pytest.param("x: int | None", id="type"),
        pytest.param('K: TypeAlias = Literal["a", "b"]', id="name-of-a-type"),
        pytest.param('class A(B, frozen=True):\n    "Words."', id="frozen"),
        pytest.param('x: Annotated[str, Meta(description="Words.")]', id="description"),
    ],
)
def test_what_is_no_behaviour_is_left_alone(source: str) -> None:
    assert list(changes("m", source)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", mutants.TESTS)
def test_a_changed_tree_is_another_program_and_the_last_is_the_first_again(name: str) -> None:
    as_it_is = ast.unparse(ast.parse(mutants.source(name)))
    trees = [(change, ast.unparse(tree)) for change, tree in mutants.changes_of(name)]

    assert [change for change, text in trees if text == as_it_is] == []
    assert len({change for change, _text in trees}) == len(trees)


@pytest.mark.slow
def test_the_page_lists_faults_that_there_are() -> None:
    """Whether no test notices them is for ``python -m tests.safety.mutants`` to say."""
    there = {change for name in mutants.TESTS for change, _tree in mutants.changes_of(name)}

    assert mutants.listed().keys() - there == set()


@pytest.mark.parametrize(
    ("noticed", "listed", "complaint"),
    [
        pytest.param(True, {}, None, id="noticed"),
        pytest.param(False, {"a": "why"}, None, id="listed"),
        pytest.param(False, {"b": "why"}, "a: nothing notices it", id="not-listed"),
        pytest.param(True, {"a": "why"}, "a: is noticed, but listed", id="listed-for-nothing"),
    ],
)
def test_what_is_said_of_a_fault(
    noticed: bool, listed: dict[str, str], complaint: str | None
) -> None:
    assert mutants.disagreement("a", noticed, listed) == complaint


@pytest.mark.slow
def test_a_fault_that_is_noticed_and_two_that_are_not() -> None:
    """Numbers need some sixty digits: 79 or 81 of them make no difference, the default does."""
    only = "_WIDE = Context(prec=80) ->"
    words = [sys.executable, "-m", "tests.safety.mutants", "score.rules", "--only", only]
    ended = subprocess.run(
        words, cwd=mutants.ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert ended.stdout.startswith("score.rules: 1 of 3 noticed (33.3 %)"), ended.stderr
    assert ended.returncode == 0
