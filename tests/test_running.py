"""A command that runs in the tests' process ends as one that is a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from parplan import i18n
from parplan.cli import app
from tests.helpers.office import Office, made, tree
from tests.helpers.running import ROOT, clean_environment, run_here

ENGLISH = {"PARPLAN_LANG": "en"}
COMMANDS: Mapping[str, tuple[tuple[str | bytes, ...], Mapping[str, str], bytes]] = {
    "nothing": ((), {}, b""),
    "help": (("--help",), {}, b""),
    "help-in-english": (("score", "--help"), ENGLISH, b""),
    "version": (("--version",), {}, b""),
    "due": (("due", "--month", "6"), {}, b""),
    "due-in-colour": (("due", "--month", "6"), {"FORCE_COLOR": "1", "COLUMNS": "50"}, b""),
    "due-in-english": (("due", "--month", "6", "--lang", "en"), {}, b""),
    "overdue": (("due", "--fail-on-overdue"), {"PARPLAN_TODAY": "2025-12-20"}, b""),
    "json": (("list", "--format", "json"), {}, b""),
    "csv": (("log", "--format", "csv"), {"TZ": "UTC"}, b""),
    "export": (("export", "ics", "-o", "-"), {}, b""),
    "show": (("show", "4"), ENGLISH, b""),
    "status": (("status",), {"COLUMNS": "40"}, b""),
    "check": (("check",), {}, b""),
    "draft": (("report", "--month", "6", "--format", "md"), {}, b""),
    "document": (("document", "--format", "docx"), {}, b""),
    "board": (("board", "-o", "-"), {}, b""),
    "commit": (("commit", "--dry-run"), {}, b""),
    "note-from-input": (("note", "8", "-"), ENGLISH, "đã gửi\r\n".encode()),
    "input-that-is-no-text": (("note", "8", "-"), {}, b"\xff"),
    "word-that-is-no-text": ((b"show", b"\xff"), {}, b""),
    "unknown-command": (("duee",), {}, b""),
    "unknown-option": (("due", "--mnth", "6"), ENGLISH, b""),
    "no-such-task": (("show", "99"), {}, b""),
    "no-workspace": (("due", "--dir", "nowhere"), {}, b""),
    "doctor": (("doctor",), {"HOME": "/nowhere"}, b""),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds an office with a few records."""
    root = tmp_path_factory.mktemp("begun")
    (root / "plan").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", root / "plan")
    office = Office(root, clean_environment())
    office.begin()
    office.write(made(1), made(2, "done", "5@2025-06"))
    return root


@pytest.mark.parametrize("name", COMMANDS)
def test_it_ends_as_a_process_does(
    name: str, begun: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    words, env, stdin = COMMANDS[name]
    office = Office(tmp_path / "office", environment)
    ends: list[tuple[object, ...]] = []
    for run in (office.process, office.run):
        shutil.rmtree(office.root, ignore_errors=True)
        shutil.copytree(begun, office.root)
        end = run(*words, env=env, stdin=stdin)
        files = tree(office.root, leave_out=[".git", ".parplan", "2025.journal.yaml"])
        records = [(one.kind, one.ref, one.text) for one in office.records()]
        ends.append((end.returncode, end.stdout, end.stderr, files, records))

    if name == "note-from-input":  # a record's id, which is said, is like no other
        ends = [end[:1] + end[2:] for end in ends]
    assert ends[1] == ends[0]


def test_nothing_of_it_is_left(tmp_path: Path, environment: dict[str, str]) -> None:
    def state() -> object:
        return (
            *(Path.cwd(), dict(os.environ), time.tzname, sys.stdin, sys.stdout, sys.stderr),
            *(i18n.language(), i18n._("done"), tempfile.gettempdir()),
        )

    before = state()
    env = {**environment, "TZ": "XYZ-3", "TMPDIR": str(tmp_path), "PARPLAN_LANG": "vi"}

    run_here(["due"], tmp_path, env)

    assert state() == before


def test_what_parplan_lets_out_is_raised(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path.cwd(), sys.stdout

    def fail(_words: object) -> int:
        raise KeyError("here")

    monkeypatch.setattr(app, "_run", fail)
    with pytest.raises(KeyError, match="here"):
        run_here(["due"], tmp_path, environment)

    assert (Path.cwd(), sys.stdout) == before


@pytest.mark.parametrize("name", ["LANG", "LC_ALL", "PYTHONIOENCODING", "LANGUAGE"])
def test_what_only_a_new_python_reads_is_refused(
    name: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    with pytest.raises(AssertionError, match=name):
        run_here(["due"], tmp_path, {**environment, name: "x"})


def test_what_tests_share_is_no_test() -> None:
    """It stands in a module of helpers, which collects nothing and has no fixtures of its own."""
    shared = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_\w+.*$", re.MULTILINE)
    paths = sorted((ROOT / "tests").rglob("*.py"))

    assert [line for path in paths for line in shared.findall(path.read_text("utf-8"))] == []
