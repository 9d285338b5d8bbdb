"""An acknowledged record is in the file that has the journal's name, whatever others do there.

Another program's step is put between two steps of parplan's, by the calls of the system that
it makes.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parplan.journal.file import read_journal
from parplan.problem import UserError
from parplan.workspace import files, lock
from parplan.workspace.append import local_now
from parplan.workspace.git_lock import wait_for_git
from parplan.workspace.workspace import Workspace, workspace_lock
from tests.helpers.office import Office, lines, made

OLD, NEW, THEIRS = made(1), made(2, ref="8"), made(3, ref="9")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with one record."""
    office = Office(workspace, environment)
    office.write(OLD)
    return office


def replaced(path: Path, data: bytes) -> None:
    """Put a new file in place of ``path``, as git and many editors do."""
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


def appended(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


STEPS: dict[str, Callable[[Path], object]] = {
    "replaced": lambda path: replaced(path, lines(OLD)),
    "replaced-by-more": lambda path: replaced(path, lines(OLD, THEIRS)),
    "replaced-by-less": lambda path: replaced(path, b""),
    "truncated": lambda path: path.write_bytes(lines(OLD)),
    "emptied": lambda path: path.write_bytes(b""),
    "deleted": lambda path: path.unlink(),
    "moved-away": lambda path: path.rename(path.with_name("away")),
    "appended-to": lambda path: appended(path, lines(THEIRS)),
}


def between(
    monkeypatch: pytest.MonkeyPatch, call: str, step: Callable[[], object], times: int = 1
) -> None:
    """Do ``step`` after ``call`` of ``os``, the first ``times`` times."""
    left = [None] * times
    real = getattr(os, call)

    def hooked(*args: object, **options: object) -> object:
        result = real(*args, **options)
        if left:
            left.pop()
            step()
        return result

    monkeypatch.setattr(os, call, hooked)


def record(office: Office) -> None:
    """Record ``NEW``."""
    Workspace(office.root).append(2025, [lambda _now: NEW])


in_use = pytest.mark.posix(reason="Windows lets nobody replace or delete a file that is open")
IN_PLACE = ("truncated", "emptied", "appended-to")


@pytest.mark.parametrize("call", ["lseek", "write", "fsync"])
@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=() if step in IN_PLACE else in_use) for step in STEPS]
)
def test_a_record_is_under_the_journals_name(
    step: str, call: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``lseek`` is the look at the file before the write."""
    between(monkeypatch, call, lambda: STEPS[step](office.journal))

    record(office)

    assert office.records().count(NEW) == 1
    if step in ("replaced-by-more", "appended-to"):
        assert THEIRS in office.records()
    if step not in ("replaced-by-less", "emptied", "deleted", "moved-away"):
        assert OLD in office.records()


@pytest.mark.posix(reason="Windows reads no TZ")
@pytest.mark.parametrize("zone", ["XXX-24", "XXX+24:59:59", "XXX-167", ":/nowhere"])
def test_a_zone_that_can_be_none_is_utc(
    zone: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = dt.datetime.now(dt.UTC)
        assert before <= local_now() <= dt.datetime.now(dt.UTC)
        office.say("note", "8", "x")
        office.run("doctor")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert before <= office.last().at


def test_what_another_program_appends_before_the_write_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, "lseek", lambda: appended(office.journal, lines(THEIRS)))

    record(office)

    assert office.journal.read_bytes() == lines(OLD, THEIRS, NEW)


@in_use
def test_of_several_records_those_that_are_gone_are_written_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, "fsync", lambda: replaced(office.journal, lines(OLD, NEW)))

    Workspace(office.root).append(2025, [lambda _now: NEW, lambda _now: THEIRS])

    assert office.journal.read_bytes() == lines(OLD, NEW, THEIRS)


@in_use
def test_a_file_that_is_replaced_each_time_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    between(monkeypatch, "fsync", lambda: replaced(office.journal, lines(OLD)), times=100)

    with pytest.raises(UserError, match="another program keeps replacing"):
        record(office)

    assert office.records() == [OLD]
    assert sum(waited) < 3


def test_a_full_disk_takes_back_no_line_of_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody wrote below the part of ours that fitted on the disk."""
    real = os.write

    def short(handle: int, data: bytes) -> int:
        monkeypatch.setattr(os, "write", full)
        return real(handle, data[:10])

    def full(_handle: int, _data: bytes) -> int:
        appended(office.journal, b"\n" + lines(THEIRS))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", short)

    with pytest.raises(UserError, match="cannot write"):
        record(office)

    assert read_journal("", office.journal.read_bytes()).records == [OLD, THEIRS]


# git, which has its lock while it changes files.


@pytest.fixture
def git_lock(office: Office) -> Path:
    (office.root / ".git").mkdir()
    return office.root / ".git" / "index.lock"


def test_a_record_waits_for_git_before_it_is_looked_for(
    office: Office, git_lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git has looked at the journal, deletes it, then writes its own where ours may begin."""
    steps: list[str] = []

    def begin() -> None:
        git_lock.touch()

    def go_on(_seconds: float) -> None:
        if git_lock.exists():
            steps.append("git")
            office.journal.unlink()
            office.journal.write_bytes(lines(OLD, THEIRS))
            git_lock.unlink()

    between(monkeypatch, "fsync", begin)
    monkeypatch.setattr(time, "sleep", go_on)

    record(office)

    assert steps == ["git"]
    assert office.journal.read_bytes() == lines(OLD, THEIRS, NEW)


@pytest.mark.parametrize("work", ["record", "read"])
def test_a_journal_that_git_is_about_to_write_is_waited_for(
    work: str, office: Office, git_lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git deletes the old file first; one made meanwhile would stop it half-way."""
    office.journal.unlink()
    git_lock.touch()

    def go_on(_seconds: float) -> None:
        if git_lock.exists():
            assert not office.journal.exists()
            office.journal.write_bytes(lines(OLD))
            git_lock.unlink()

    monkeypatch.setattr(time, "sleep", go_on)

    if work == "record":
        record(office)
    else:
        assert Workspace(office.root).read_journal(2025).records == [OLD]

    assert office.records()[0] == OLD


def test_a_lock_that_a_killed_git_left_holds_up_nobody(
    office: Office, git_lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_lock.touch()
    os.utime(git_lock, (0, 0))
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("waited") if seconds else None)

    record(office)

    assert office.records() == [OLD, NEW]


@pytest.mark.parametrize("inner", ["", "kế hoạch"])
def test_git_is_noticed_in_a_further_work_tree_and_above(
    inner: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.git("init", "--quiet", "chính")
    office.git("-C", "chính", "commit", "--quiet", "--allow-empty", "-m", "x")
    office.git("-C", "chính", "worktree", "add", "--quiet", "../cây")
    folder = office.root / "cây" / inner
    folder.mkdir(exist_ok=True)
    (lock_path,) = (office.root / "chính" / ".git" / "worktrees").iterdir()
    (lock_path / "index.lock").touch()
    waited: list[float] = []

    def go_on(seconds: float) -> None:
        waited.append(seconds)
        (lock_path / "index.lock").unlink()

    monkeypatch.setattr(time, "sleep", go_on)

    wait_for_git(folder)

    assert len(waited) == 1


# The lock of parplan.


@in_use
def test_who_deletes_the_lock_lets_nobody_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    cache = office.root / ".parplan"

    with workspace_lock(office.root):
        for file in cache.iterdir():
            file.unlink()
        cache.rmdir()
        with pytest.raises(UserError, match="another parplan"), workspace_lock(office.root):
            pass
    with workspace_lock(office.root):
        pass


@in_use
@pytest.mark.parametrize("remade", [True, False])
def test_a_lock_file_that_was_deleted_before_it_was_locked_is_made_anew(
    remade: bool, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.root / ".parplan" / "lock"
    real = lock._try
    left = [None]

    def delete_then_lock(handle: int) -> None:
        if left and path.exists():  # else it is the folder's lock
            left.pop()
            path.unlink()
            if remade:
                path.touch()
        real(handle)

    monkeypatch.setattr(lock, "_try", delete_then_lock)

    with workspace_lock(office.root):
        assert left == []
        with path.open("rb") as file, pytest.raises(BlockingIOError):
            real(file.fileno())


def test_a_folder_that_is_deleted_while_the_lock_is_opened_is_made_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = files.open_shared, [None]

    def delete_then_open(path: Path, flags: int) -> int:
        if left:
            left.pop()
            for file in path.parent.iterdir():
                file.unlink()
            path.parent.rmdir()
        return real(path, flags)

    monkeypatch.setattr("parplan.workspace.lock.open_shared", delete_then_open)

    record(office)

    assert office.records() == [OLD, NEW]


# A folder that a group shares.


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.posix(reason="Windows has no groups of this kind")
@pytest.mark.usefixtures("usual_umask")
@pytest.mark.parametrize(("mode", "shared"), [(0o2775, True), (0o755, False)])
def test_files_are_shared_as_their_folder_is(mode: int, shared: bool, office: Office) -> None:
    office.journal.unlink()
    for folder in (office.root, office.root / "plan"):
        folder.chmod(mode)

    office.say("note", "8", "x")
    office.say("report", "--month", "6", "--format", "md")

    written = (
        ".parplan", ".parplan/lock", ".parplan/2025.plan", "plan/2025.journal.yaml", "reports",
        "reports/2025-06.md",
    )  # fmt: skip
    modes = {name: (office.root / name).stat().st_mode for name in written}
    assert {name for name in written if modes[name] & stat.S_IWGRP} == set(
        written if shared else ()
    )
    assert not any(mode & stat.S_IWOTH for mode in modes.values())
