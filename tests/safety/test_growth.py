"""Four times the records are at most five times the work, counted in calls and not in seconds.

``python -m tests.safety.growth`` measures the processor, by hand.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

from parplan.cli.command_table import COMMANDS
from parplan.journal.file import read_journal
from tests.helpers.absurd import office_with
from tests.helpers.office import JOURNAL, Office
from tests.safety.growth import LINES, MOST, SIZES, busy

PACKAGE = Path(__file__).parents[2] / "parplan"
KINDS: dict[str, dict[str, Any]] = {
    "unknown-task": {"task": "99"},
    "missing-file": {"evidence": [{"file": "khong-co.pdf"}]},
    "damaged": {"value": "NaN"},
}
AT_NO_RECORD = {
    *("explain", "help", "import", "init", "schema", "settings"),
    *("score example", "score import", "forms example"),
    "sync",  # what commit, log and exchange do, and git's own part
}
"""These read no journal."""


def calls(office: Office, *lines: str) -> int:
    """Return how many functions, Python's own among them, are called for the last of ``lines``."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    office.run(*lines[0].split())  # what is imported once
    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        done = office.run(*lines[-1].split())
    finally:
        sys.setprofile(before)
    assert done.returncode < 2, done.stderr
    return count


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "doctor", "log", "evidence"])
@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_records(kind: str, command: str, tmp_path: Path) -> None:
    few, many = (
        calls(office_with(tmp_path / str(count), *[KINDS[kind]] * count), command)
        for count in (200, 800)
    )

    assert many < MOST * few


def test_the_growth_of_every_command_is_watched() -> None:
    names = {name if name in COMMANDS else name.split()[0] for name in LINES}

    assert names | AT_NO_RECORD == set(COMMANDS)


def test_a_busy_office_has_records_of_every_kind(tmp_path: Path) -> None:
    read = read_journal(JOURNAL, busy(tmp_path, 20).journal.read_bytes())

    assert read.problems == []
    assert {type(record).__name__ for record in read.records} >= {
        *("Note", "Done", "Reopen", "Score", "Undo", "Directive", "Figure")
    }


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> list[Office]:
    return [busy(tmp_path_factory.mktemp(f"{count}"), count) for count in SIZES[:2]]


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_every_command_takes_work_in_proportion(name: str, offices: list[Office]) -> None:
    few, many = (calls(office, *LINES[name]) for office in offices)

    assert many < MOST * few


def test_a_record_is_looked_up_and_not_looked_for(tmp_path: Path) -> None:
    """The place of each is known from the reading: no finding goes through the file again."""
    office = office_with(tmp_path, *[KINDS["unknown-task"]] * 50)

    lines = [line for line in office.run("check").stderr.splitlines() if "[unknown-task]" in line]

    assert [int(line.split(":")[1]) for line in lines] == list(range(2, 52))


def made_anew(source: str) -> list[str]:
    """Return the sets that are made for each element that is looked for in them.

    That is the work of C code: as many calls, each as long as there are records.
    """
    loops = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return [
        ast.unparse(node)
        for loop in ast.walk(ast.parse(source))
        if isinstance(loop, loops)
        for node in ast.walk(loop)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn)
        if isinstance(node.comparators[0], ast.BinOp)
    ]


def test_no_set_is_made_for_every_element() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}

    assert {path.name: bad for path, text in sources.items() if (bad := made_anew(text))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "[x for x in y if x in a - b]",
        "while True:\n x in a.keys() | b",
        "any(x not in a | b for x in w)",
    ],
)
def test_a_set_that_is_made_for_every_element_is_noticed(source: str) -> None:
    assert made_anew(source)
