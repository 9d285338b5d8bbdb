"""Sixteen clerks at once lose nothing, and nobody reads half of what another writes.

For longer than here: ``python -m tests.safety.stress --seconds 60``.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from parplan.cli.amending import amend_plan
from parplan.cli.session import Session
from parplan.plan.amendment import Change
from parplan.problem import UserError
from parplan.workspace.workspace import Workspace
from tests.helpers.office import Office, lines, made
from tests.helpers.running import PATIENCE
from tests.safety import stress

ROUNDS = 24
"""Commands of each clerk: counted, since a slow machine runs few of them in any time."""


@pytest.mark.slow
def test_sixteen_at_once(tmp_path: Path) -> None:
    root = tmp_path / "văn phòng"

    entries = stress.run(root, 16, ROUNDS)

    assert stress.faults(root, entries) == []
    done = Counter(words[0] for _worker, words, status, *_ in entries if status == 0)
    assert set(done) == {choice.partition(" ")[0] for choice in stress.CHOICES}


CLERK = """
import sys
from parplan.cli.app import main
for number in range(25):
    text = f"{sys.argv[1]}-{number}"
    try:
        main(["note", "8", text])
    except SystemExit as end:
        print(f"== {end.code} {text}", flush=True)
"""


@pytest.mark.slow
def test_eight_processes_that_record_at_once(office: Office) -> None:
    clerks = [
        subprocess.Popen(
            [sys.executable, "-c", CLERK, f"cán bộ {number}"],
            cwd=office.root,
            env={**office.env, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for number in range(8)
    ]

    ends = [clerk.communicate(timeout=PATIENCE) for clerk in clerks]

    lines_said = [line for printed, _refused in ends for line in printed.splitlines()]
    ended = [line.split(maxsplit=2)[1:] for line in lines_said if line.startswith("== ")]
    acknowledged = [text for status, text in ended if status == "0"]
    refused = [line for _printed, complaints in ends for line in complaints.splitlines()]
    assert len(ended) == 200
    assert sorted(record.text for record in office.records()) == sorted(acknowledged)
    assert len(refused) == 200 - len(acknowledged)
    assert all(line.startswith("parplan: ") for line in refused)


@pytest.mark.slow
def test_what_is_lost_is_noticed(tmp_path: Path) -> None:
    """A journal that lacks a record, one with half a line, a lock of git and half a file."""
    entries = stress.run(tmp_path, 1, ROUNDS)
    path = tmp_path / "plan" / "2025.journal.yaml"
    written = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(written[1:]) + written[0][:30])
    (tmp_path / ".git" / "index.lock").touch()
    (tmp_path / "plan" / ".2025.yaml.1.tmp").touch()
    entries.append([0, ["due"], 2, "", "Traceback"])

    complaints = "\n".join(stress.faults(tmp_path, entries))

    for complaint in ("lost: ", "damaged-record", "left: index.lock", ".tmp", "due: 2 Traceback"):
        assert complaint in complaints


@pytest.mark.parametrize("cut", [1, 40, 100])
def test_half_a_line_is_waited_for(
    cut: int, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader may come between two of the pages that a long record takes."""
    data = lines(made(1), made(2))
    path = workspace / "plan" / "2025.journal.yaml"
    path.write_bytes(data[:-cut])

    def pause(_seconds: float) -> None:
        path.write_bytes(data)

    monkeypatch.setattr("time.sleep", pause)

    parsed = Workspace(workspace).read_journal(2025)

    assert (parsed.records, parsed.problems) == ([made(1), made(2)], [])


def test_a_line_that_stays_half_is_damaged(workspace: Path) -> None:
    path = workspace / "plan" / "2025.journal.yaml"
    path.write_bytes(lines(made(1), made(2))[:-40])

    parsed = Workspace(workspace).read_journal(2025)

    assert parsed.records == [made(1)]
    assert [problem.code for problem in parsed.problems] == ["damaged-record"]


def test_edits_are_not_put_into_a_plan_that_was_changed(workspace: Path) -> None:
    """They say where by the position of entries, which may be others now."""
    place = Workspace(workspace)
    reading = place.read_plan(2025)
    assert reading.value is not None
    path = place.plan_path(2025)
    changed = path.read_bytes().replace(b"units:", b"units:\n  - {id: x, name: X}", 1)
    path.write_bytes(changed)

    with pytest.raises(UserError, match="changed meanwhile"):
        amend_plan(
            Session(place, reading, reading.value, dt.date(2025, 6, 20)),
            Change("unit", "Một cửa", dt.date(2025, 7, 1), ["Trung tâm"]),
            "An",
        )

    assert path.read_bytes() == changed


def test_a_commit_waits_for_who_is_writing(office: Office) -> None:
    """Else git might take half a line."""
    office.begin()
    office.write(made(1))
    script = (
        "from parplan.cli.app import main; from parplan.workspace import lock; "
        "lock.WAIT_SECONDS = 0.05; main(['commit'])"
    )
    place = Workspace(office.root)

    with place.writing():
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=office.root,
            env={**office.env, "PARPLAN_LANG": "en"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )

    assert (done.returncode, done.stdout) == (2, "")
    assert "another parplan has been writing" in done.stderr
    office.say("commit")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office without anything recorded."""
    return Office(workspace, environment)
