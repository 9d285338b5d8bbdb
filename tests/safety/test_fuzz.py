"""A short round of each fuzzer, and all that longer ones have found.

For longer than here: ``python -m tests.safety.fuzz --seconds 600``.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parplan.deadlines.read import read_deadline
from parplan.plan.file import read_plan
from parplan.yamlfile.edit import SetKey, apply_edits
from tests.helpers.office import lacking
from tests.helpers.running import PATIENCE
from tests.safety import fuzz_targets

ROOT = Path(__file__).parents[2]
ROUNDS = {"docx": 20, "xlsx": 60, "csv": 100, "arguments": 60, "template": 150, "plan": 100}
ROUNDS |= {"paper": 60, "edit": 60, "board": 60, "request": 100}


@pytest.mark.slow
@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_a_short_round_finds_nothing(target: str) -> None:
    for data in fuzz_targets.inputs(target, 20250620, ROUNDS.get(target, 300)):
        fuzz_targets.try_one(target, data)


@pytest.mark.parametrize(
    ("target", "data"),
    [
        pytest.param("phrase", "ngàn: : ".encode(), id="rest-of-signs-only"),
        pytest.param("phrase", "Đ\u073aof: n]ext-month".encode(), id="mark-without-a-letter"),
    ],
)
def test_what_was_found_stays_mended(target: str, data: bytes) -> None:
    fuzz_targets.try_one(target, data)


ONE_TASK = """schema: 1
year: 2025
issuer: x
document: {type: x, symbol: x, title: x, place: x}
effective_from: "2025-01-01"
sections:
  - id: I
    title: x
    tasks:
      - id: "1"
        title: y
        schedule:
          - {in: "2025"}
"""


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("issuer: x\n", "issuer: x\r\n", id="one-line-of-windows"),
        pytest.param("title: y\n", "title: y\r\n", id="beside-the-place"),
        pytest.param("issuer: x\n", "issuer: x\r", id="old-mac"),
        pytest.param("title: y\n", 'title: "y\u2028z"\n', id="separator"),
    ],
)
def test_a_plan_of_mixed_line_ends_is_edited(before: str, line: str) -> None:
    """The fuzzer found it: the lines of YAML were not those of the edit."""
    text = ONE_TASK.replace(before, line)
    plan = read_plan("", text.encode()).value
    assert plan is not None

    edit = SetKey(("sections", 0, "tasks", 0), "by", "x")
    new = apply_edits(text, [edit])

    assert new is not None
    fuzz_targets.try_one("edit", text.encode())
    after = read_plan("", new.encode()).value
    assert after is not None
    assert after.sections[0].tasks[0].by == "x"
    assert new.count("\r\n") == text.count("\r\n")


def test_what_is_not_understood_is_never_empty() -> None:
    assert read_deadline("ngàn: : ", 2025).unread == "ngàn: :"
    assert read_deadline(" " * 3000 + "ngàn", 2025).unread == "ngàn"


FALLS = """
import sys
from tests.safety import fuzz
_atheris, targets = fuzz.load()
def falls(data):
    if data.startswith(b"a") and b"99" in data:
        raise KeyError("here")
targets.TARGETS["plan"] = falls, [b"a: 9"]
fuzz.main()
"""


@pytest.mark.slow
def test_a_target_that_falls_over_is_noticed(tmp_path: Path) -> None:
    """At the input that does it, which is kept and named."""
    if not importlib.util.find_spec("atheris"):
        lacking("atheris is not installed")
    words = [sys.executable, "-c", FALLS, "plan"]
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*words, *more],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    done = run("--seconds", "120", "--seed", "7")

    assert done.returncode == 1, done.stderr
    assert "KeyError: 'here'" in done.stderr + done.stdout
    (crash,) = tmp_path.glob("parplan-found-*/crash-*")
    assert re.search(rb"^a.*99", crash.read_bytes(), re.DOTALL)
    assert done.stderr.endswith(f"python -m tests.safety.fuzz plan --input {crash}\n")
    again = run("--input", str(crash))
    assert again.returncode == 1
    assert again.stderr.endswith("KeyError: 'here'\n")


@pytest.mark.slow
def test_a_longer_round_ends_well(tmp_path: Path) -> None:
    if not importlib.util.find_spec("atheris"):
        lacking("atheris is not installed")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.safety.fuzz",
            "phrase",
            "--seconds",
            "1",
            "--corpus",
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"number_of_executed_units: [1-9]", done.stderr)
    assert len(list((tmp_path / "phrase").iterdir())) > 1000


@pytest.mark.slow
def test_a_target_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz_targets, "LIMIT", 1)
    monkeypatch.setitem(fuzz_targets.TARGETS, "plan", (hangs, [b""]))

    with pytest.raises(TimeoutError):
        fuzz_targets.try_one("plan", b"")
