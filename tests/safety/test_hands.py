"""Many hands on the same files lose nothing: clerks, editors, git in two clones, a cleaner.

Twenty seconds in ``.ci/run``, as long as ``PARPLAN_STRESS_SECONDS`` says elsewhere; by hand
``python -m tests.safety.hands --seconds 600`` tells counts, too.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from parplan.workspace import git, git_process, git_remote, git_tree
from parplan.workspace.git_process import Guard
from tests.helpers.desks import ENGLISH, begin, join
from tests.helpers.office import JOURNAL, Office
from tests.safety import hands

SECONDS = float(os.environ.get("PARPLAN_STRESS_SECONDS", "10"))


@pytest.mark.slow
@pytest.mark.posix(reason="the editors take turns by flock")
def test_many_hands_lose_nothing(tmp_path: Path) -> None:
    entries = hands.run(tmp_path, SECONDS)

    assert hands.faults(tmp_path, entries) == []
    did = Counter(role for role, _words, status, *_ in entries if status == 0)
    assert set(did) == set(hands.ROLES)


@pytest.mark.slow
@pytest.mark.posix(reason="the editors take turns by flock")
def test_what_is_lost_is_noticed(tmp_path: Path) -> None:
    """A record, an edit, a half-written file, and a complaint that nobody may have."""
    entries = hands.run(tmp_path, 2)
    for name in ("đây", "kia"):
        journal = tmp_path / name / JOURNAL
        first, *rest = journal.read_bytes().splitlines(keepends=True)
        journal.write_bytes(b"".join(rest))
    (tmp_path / "kia" / ".git" / "index.lock").touch()
    entries.append(["rename", ["# rename 99.1 ."], 0, "", ""])
    entries.append(["clerk", ["note"], 2, "", "Traceback"])

    complaints = "\n".join(hands.faults(tmp_path, entries))

    assert first
    for complaint in ("đây: ", "kia: ", "lost: # rename 99.1 .", "left: ", "note: 2 Traceback"):
        assert complaint in complaints


@pytest.mark.parametrize(
    ("words", "name", "age", "is_left"),
    [
        (["add"], "index.lock", 0, False),
        (["commit"], "next-index-4711.lock", 0, False),
        (["add"], "index.lock", 60, True),
        (["status"], "index.lock", 0, True),
    ],
    ids=["its own", "its second", "an older one", "another git's"],
)
def test_a_git_that_breaks_off_leaves_no_lock(
    words: list[str],
    name: str,
    age: int,
    is_left: bool,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = office.root / ".git" / name
    office.say("note", "8", "x")
    _break_off(words, lock, age, monkeypatch)

    assert "git broke off" in office.refuse("commit")
    assert lock.exists() is is_left


def test_a_git_that_breaks_off_after_what_came_is_there_leaves_no_lock(
    workspace: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, shared = begin(workspace, environment, tmp_path)
    colleague = join(office, shared, "bàn hai")
    colleague.say("note", "9", "ở kia")
    colleague.say("sync")
    lock = office.root / ".git" / "index.lock"
    _break_off(["update-index", "-q", "--refresh"], lock, 0, monkeypatch)

    assert office.say("sync", env=ENGLISH) == "received: 1 record; sent: nothing\n"
    assert not lock.exists()


def test_no_other_git_takes_the_lock_of_the_index(
    workspace: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to bring it up to date, as 'git diff' does: what breaks off would leave it."""
    office, shared = begin(workspace, environment, tmp_path)
    colleague = join(office, shared, "bàn hai")
    (colleague.root / "other.txt").write_text("1\n")
    colleague.git("add", "other.txt")
    colleague.git("commit", "--quiet", "--message", "x")
    colleague.say("sync")
    real, index = git_process.run, office.root / ".git" / "index"
    took: set[str] = set()

    def run(
        folder: Path, words: Sequence[str], *rest: Any, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        (office.root / "plan" / "2025.yaml").touch()
        before = index.stat().st_ino
        done = real(folder, words, *rest, **options)
        took.update({words[0]} if index.stat().st_ino != before else ())
        return done

    for module in (git_process, git_tree, git, git_remote):
        monkeypatch.setattr(module, "run", run)
    office.say("note", "8", "x")
    office.say("sync")
    (colleague.root / "other.txt").write_text("2\n")
    colleague.git("commit", "--quiet", "--all", "--message", "x")
    colleague.say("sync")
    (office.root / "other.txt").write_text("3\n")
    office.say("note", "8", "y")

    assert "other.txt" in office.refuse("sync")
    for words in ("diff", "doctor", "check", "log --revisions", "commit"):
        office.run(*words.split())
    assert {"add", "read-tree"} < took <= git_process._LOCKING


def _break_off(words: Sequence[str], lock: Path, age: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the git that begins with ``words`` end by SIGBUS, a ``lock`` so old being there.

    It maps a file of more than 32 kB, and gets that signal where somebody empties the file.
    """
    real = git_process.run

    def run(
        folder: Path, command: Sequence[str], *rest: Any, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        if list(command[: len(words)]) != words:
            return real(folder, command, *rest, **options)
        lock.touch()
        os.utime(lock, (time.time() - age,) * 2)
        return subprocess.CompletedProcess(command, -7, b"", b"")

    for module in (git_process, git_tree):
        monkeypatch.setattr(module, "run", run)


def test_a_plan_that_is_half_saved_is_committed_once_it_is_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office.root / "plan" / "2025.yaml"
    edited = plan.read_bytes() + b"# x\n"
    plan.write_bytes(edited)
    real = git.commit

    def commit(folder: Path, paths: list[str], message: str, guard: Guard) -> None:
        plan.write_bytes(b"")
        real(folder, paths, message, guard)

    def saved(_seconds: float) -> None:
        monkeypatch.setattr(git, "commit", real)
        plan.write_bytes(edited)

    monkeypatch.setattr(git, "commit", commit)
    monkeypatch.setattr("time.sleep", saved)

    office.say("commit")

    assert office.git("show", "HEAD:plan/2025.yaml").encode() == edited


@pytest.mark.parametrize("is_new", [True, False], ids=["it goes", "it is as it was"])
def test_a_change_that_goes_before_git_commits_it_is_told_in_words(
    is_new: bool, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office.root / "plan" / "2025.yaml"
    before = plan.read_bytes()
    changed = office.root / "plan" / "2026.yaml" if is_new else plan
    changed.write_bytes(before.replace(b"year: 2025", b"year: 2026") if is_new else before + b"#\n")
    real = git.commit

    def commit(*rest: Any) -> None:
        plan.write_bytes(before)
        (office.root / "plan" / "2026.yaml").unlink(missing_ok=True)
        real(*rest)

    monkeypatch.setattr(git, "commit", commit)

    message = office.refuse("commit")

    assert "git broke off" in message
    assert len(message.splitlines()) == 1


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose workspace is a repository with one commit."""
    office = Office(workspace, environment)
    office.begin()
    return office
