"""Whatever strikes while a note is written, what was acknowledged stays and the rest is whole."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parplan.journal.file import read_journal
from parplan.problem import UserError
from parplan.workspace import lock
from tests.helpers.office import JOURNAL, Office, lacking, lines, made
from tests.helpers.running import PATIENCE, run_process
from tests.helpers.warm import run_warm
from tests.safety.faults import (
    ENGLISH,
    REASONS,
    failing,
    mounted,
    read_only,
    steady,
    traced,
    write_ahead,
)

BEFORE = lines(made(1), made(2, ref="8"))
CONFLICT = b"<<<<<<< HEAD\n" + lines(made(1)) + b"=======\n" + lines(made(2)) + b">>>>>>> x\n"

# Ways to run parplan in a process that has something happen to it.
MANY = """
import sys
from parplan.cli.app import main
for number in range(int(sys.argv[2])):
    try:
        main(["note", "8", f"{sys.argv[1]}.{number}"])
    except SystemExit as end:
        if end.code:
            raise
"""
SMALL_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from parplan.cli.app import main
main(sys.argv[2:])
"""
# Forks, so that each victim starts at once; kills it at any moment of its writing.
KILLER = """
import os, random, signal, sys, time
from parplan.cli.app import main
from parplan.cli.group import load
from parplan.commands import states
load("note")
seed, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
chance = random.Random(seed)

def answered():
    with open(path, "rb") as file:
        return file.read().count(b"\\n")

for victim in range(count):
    child = os.fork()
    if child == 0:
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), 1)
        number = 0
        while True:
            try:
                main(["note", "8", f"{victim}.{number}"])
            except SystemExit as end:
                if end.code:
                    os._exit(1)
            number += 1
    if victim == 0:  # how long a few notes take here
        began = time.monotonic()
        while answered() < 5 and os.waitpid(child, os.WNOHANG) == (0, 0):
            time.sleep(0.001)
        span = time.monotonic() - began
    else:
        time.sleep(chance.uniform(0, span))
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("a note failed")
"""


@pytest.fixture
def office(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """Return an office where each run makes the same system calls.

    Its compiled modules are its own, so that none is compiled while a run is traced.
    """
    folder = tmp_path_factory.getbasetemp()
    variables = {**environment, **steady(folder)}
    if not (folder / "compiled").exists():
        first = Office(workspace, variables, run_process)
        for words in (["note", "8", "x"], ["check"]):
            first.run(*words)
        first.journal.write_bytes(CONFLICT)
        first.run("check", "--fix-journal")
        laid_out(first, None)
    return Office(workspace, {**variables, "PYTHONDONTWRITEBYTECODE": "1"}, run_warm)


def start(office: Office, script: str, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *args],
        cwd=office.root,
        env={**office.env, **ENGLISH},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def is_whole(office: Office, count: int) -> None:
    """Fail unless the journal has ``count`` whole lines, in order, each a record of its own."""
    data = office.journal.read_bytes()
    assert data.endswith(b"\n")
    assert len(data.splitlines()) == count
    in_order = [one for line in data.splitlines() for one in read_journal("", line).records]
    assert office.records() == in_order
    assert len({record.id for record in in_order}) == count
    assert [record.at for record in in_order] == sorted({record.at for record in in_order})


# Many at once.


@pytest.mark.slow
def test_eight_processes_lose_nothing(office: Office) -> None:
    running = [start(office, MANY, str(worker), "50") for worker in range(8)]
    outputs = [process.communicate(timeout=PATIENCE) for process in running]

    assert [
        (process.returncode, error) for process, (_, error) in zip(running, outputs, strict=True)
    ] == [(0, "")] * 8
    acknowledged = [line for out, _error in outputs for line in out.splitlines()]
    assert len(acknowledged) == 400
    assert {line[9:16] for line in acknowledged} == {record.id[:7] for record in office.records()}
    is_whole(office, 400)
    assert sorted(record.text for record in office.records()) == sorted(
        f"{worker}.{number}" for worker in range(8) for number in range(50)
    )


@pytest.mark.slow
def test_eight_commands_at_once(office: Office) -> None:
    commands = [
        ["note", "8", "x"], ["done", "4@2025-06"], ["start", "9"], ["pause", "2"],
        ["directive", "12", "--due", "2025-11-15"], ["cancel", "6"], ["note", "8", "y"],
        ["note", "17", "--value", "98,5"],
    ]  # fmt: skip
    running = [
        start(office, "import sys; from parplan.cli.app import main; main(sys.argv[1:])", *command)
        for command in commands
    ]
    outputs = [process.communicate(timeout=PATIENCE) for process in running]

    assert [process.returncode for process in running] == [0] * 8
    assert all(re.fullmatch(r"Recorded .*\n", out) and not error for out, error in outputs)
    is_whole(office, 8)


@pytest.mark.slow
def test_notes_while_a_conflict_is_joined_are_kept(office: Office) -> None:
    office.journal.write_bytes(
        b"<<<<<<< HEAD\n" + lines(made(1)) + b"=======\n" + lines(made(2)) + b">>>>>>> x\n"
    )
    running = [start(office, MANY, str(worker), "10") for worker in range(3)]
    fixed = office.run("check", "--fix-journal")
    outputs = [process.communicate(timeout=PATIENCE)[0] for process in running]
    office.run("check", "--fix-journal")

    assert fixed.returncode == 0
    assert sum(out.count("Recorded") for out in outputs) == 30
    is_whole(office, 32)


def test_a_lock_that_another_holds_is_waited_for_and_then_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.say("note", "8", "x")
    path = office.root / ".parplan" / "lock"
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)

    with path.open("rb") as file:
        lock._try(file.fileno())
        with pytest.raises(UserError, match="another parplan"), lock.hold(office.root, path):
            pass
    with lock.hold(office.root, path):  # free again, and the file that is left is no obstacle
        pass


@pytest.mark.parametrize(
    "in_the_way",
    [pytest.param(".parplan", id="a-file"), pytest.param(".parplan/lock/x", id="a-folder")],
)
def test_a_lock_that_cannot_be_made_is_told(office: Office, in_the_way: str) -> None:
    path = office.root / in_the_way
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()

    error = office.refuse("note", "8", "x")

    assert re.fullmatch(r"parplan: cannot lock .* \(.*\); nothing was written\n", error)


# Killed.


def laid_out(office: Office, before: bytes | None) -> None:
    """Put the workspace back as it was before anything was recorded, but for ``before``."""
    shutil.rmtree(office.root / ".parplan", ignore_errors=True)
    office.journal.unlink(missing_ok=True)
    if before is not None:
        write_ahead(office.journal, before)


STARTS = [
    pytest.param(None, id="no-journal"),
    pytest.param(BEFORE, id="journal"),
    pytest.param(BEFORE.rstrip(b"\n"), id="line-end-missing"),
]


@pytest.mark.slow
@pytest.mark.parametrize("before", STARTS)
def test_a_kill_at_any_call_that_writes(office: Office, before: bytes | None) -> None:
    laid_out(office, before)
    whole, calls = traced(office, "note", "8", "mới")
    assert whole.returncode == 0
    assert {"openat", "write", "fsync", "mkdir"} <= {
        call.name.removesuffix("at") + "at" * call.name.startswith("open") for call in calls
    }

    for call in calls:
        laid_out(office, before)
        done, _calls = traced(
            office, "note", "8", "mới", inject=f"{call.name}:signal=SIGKILL:when={call.when}"
        )
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), call
        assert done.stdout == "", call
        data = office.journal.read_bytes() if office.journal.exists() else b""
        old = before or b""
        assert data.startswith(old), call
        added = data[len(old) :].removeprefix(b"\n")
        assert re.fullmatch(rb"(- \{[^\n]*\}\n)?", added), call
        parsed = read_journal(JOURNAL, data)
        assert parsed.problems == [], call
        assert [record.text for record in parsed.records[2 if before else 0 :]] in ([], ["mới"]), (
            call
        )

        office.say("note", "8", "sau")

        assert office.last().text == "sau", call
        assert len(office.records()) == len(parsed.records) + 1, call
        assert office.journal.read_bytes().startswith(data), call


@pytest.mark.slow
def test_a_kill_while_a_conflict_is_joined(office: Office) -> None:
    laid_out(office, CONFLICT)
    whole, calls = traced(office, "check", "--fix-journal")
    assert whole.returncode == 0
    joined = office.journal.read_bytes()
    assert {"write", "fsync"} <= {call.name for call in calls}

    for call in calls:
        laid_out(office, CONFLICT)
        traced(
            office, "check", "--fix-journal", inject=f"{call.name}:signal=SIGKILL:when={call.when}"
        )
        assert office.journal.read_bytes() in (CONFLICT, joined), call
        assert office.run("check", "--fix-journal").returncode == 0, call
        assert office.records() == [made(1), made(2)], call


@pytest.mark.slow
def test_what_a_killed_repair_leaves_behind_is_not_committed(office: Office) -> None:
    office.begin()
    laid_out(office, CONFLICT)
    _whole, calls = traced(office, "check", "--fix-journal")
    (call,) = [
        candidate
        for candidate in calls
        if candidate.name.startswith("rename") and JOURNAL in candidate.arguments
    ]
    laid_out(office, CONFLICT)
    traced(office, "check", "--fix-journal", inject=f"{call.name}:signal=SIGKILL:when={call.when}")
    office.run("check", "--fix-journal")

    office.say("commit")

    assert office.git("show", "--name-only", "--format=", "HEAD") == f"{JOURNAL}\n"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_kills_at_a_hundred_random_moments(office: Office, seed: int) -> None:
    """Fifty a run."""
    laid_out(office, BEFORE)
    answers = office.root.parent / f"{office.root.name}.answers"
    answers.touch()

    process = start(office, KILLER, str(seed), "50", str(answers))
    _out, error = process.communicate(timeout=PATIENCE)

    assert (process.returncode, error) == (0, "")
    acknowledged = re.findall(
        r"^Recorded (\w{7}):", answers.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert acknowledged
    assert office.journal.read_bytes().startswith(BEFORE)
    records = office.records()
    written = {record.id[:7] for record in records}
    assert set(acknowledged) <= written
    assert len(records) - 2 - len(acknowledged) <= 50  # at most the one that each was killed at
    is_whole(office, len(records))
    office.say("note", "8", "sau")
    assert office.last().text == "sau"


# Refused by the system.


@pytest.mark.slow
@pytest.mark.parametrize("before", STARTS)
def test_an_error_at_any_call_that_writes(office: Office, before: bytes | None) -> None:
    laid_out(office, before)
    _whole, calls = traced(office, "note", "8", "mới")
    calls = [call for call in calls if not call.is_output]
    refused = 0

    for call, error in [(target, error) for target in calls for error in failing(target)]:
        laid_out(office, before)
        done, _calls = traced(
            office, "note", "8", "mới", inject=f"{call.name}:error={error}:when={call.when}"
        )
        data = office.journal.read_bytes() if office.journal.exists() else b""
        if done.returncode == 0:  # it was no call that the record hangs on
            assert done.stdout.startswith("Recorded "), (call, error)
            assert done.stderr == "", (call, error)
            assert office.last().text == "mới", (call, error)
        else:
            refused += 1
            assert (done.returncode, done.stdout) == (2, ""), (call, done.stderr)
            words = rf"parplan: cannot (write|lock) .*{REASONS[error]}.*\n"
            assert re.fullmatch(words, done.stderr), (call, error)
            assert data == (before or b""), (call, error)
        office.say("note", "8", "sau")
        assert office.last().text == "sau", call
    assert refused >= 8  # the lock's folder and file, the journal's opening, line and flushing


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(0, id="none"),
        pytest.param(1, id="one-byte"),
        pytest.param(60, id="half-a-line"),
    ],
)
@pytest.mark.parametrize("before", STARTS[1:])
def test_a_line_for_which_there_is_no_room(office: Office, before: bytes, room: int) -> None:
    laid_out(office, before)
    office.env.update(ENGLISH)
    limit = str(len(before) + room)

    process = start(office, SMALL_FILES, limit, "note", "8", "mới")
    out, error = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (2, "")
    assert error == (f"parplan: cannot write {office.journal}: {REASONS['EFBIG']}\n")
    assert office.journal.read_bytes() == before
    office.say("note", "8", "sau")
    assert len(office.records()) == 3


@pytest.mark.slow
def test_half_a_line_that_cannot_even_be_taken_back_hides_nothing(office: Office) -> None:
    """A disk that takes part of the line and then fails altogether."""
    laid_out(office, BEFORE)
    if not shutil.which("strace"):
        lacking("strace is not installed")
    done = subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-o",
            os.devnull,
            "-e",
            "trace=ftruncate",
            "-e",
            "inject=ftruncate:error=EIO",
            sys.executable,
            "-c",
            SMALL_FILES,
            str(len(BEFORE) + 60),
            "note",
            "8",
            "mới",
        ],
        cwd=office.root,
        env={**office.env, **ENGLISH},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"parplan: cannot write .*\n", done.stderr)
    assert office.run("note", "8", "sau").returncode == 0
    parsed = read_journal(JOURNAL, office.journal.read_bytes())
    assert [record.text for record in parsed.records] == ["", "", "sau"]
    assert [(problem.where.line, problem.code) for problem in parsed.problems] == [
        (3, "damaged-record")
    ]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["note", "8", "mới"], id="note"),
        pytest.param(["due"], id="due"),
        pytest.param(["list", "--format", "json"], id="list"),
        pytest.param(["log", "--format", "csv"], id="log"),
        pytest.param(["check"], id="check"),
        pytest.param(["--help"], id="help"),
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_that_cannot_be_written_is_no_traceback(
    office: Office, words: list[str], stream: str
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        lacking("this system has no /dev/full")
    laid_out(office, BEFORE + b"- damaged\n")
    with full.open("wb") as sink:
        done = subprocess.run(
            [sys.executable, "-m", "parplan", *words],
            cwd=office.root,
            env={**office.env, **ENGLISH},
            stdin=subprocess.DEVNULL,
            stdout=sink if stream == "stdout" else subprocess.PIPE,
            stderr=sink if stream == "stderr" else subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )

    output = (done.stdout or "") + (done.stderr or "")
    assert "Traceback" not in output
    if stream == "stdout":
        assert done.returncode == 2
        assert REASONS["ENOSPC"] in output
    texts = [record.text for record in read_journal(JOURNAL, office.journal.read_bytes()).records]
    if words[0] == "note" and (stream == "stdout" or done.returncode == 0):
        assert "mới" in texts  # written before it was said


# A disk of our own.


@pytest.fixture
def disk(
    tmp_path_factory: pytest.TempPathFactory, office: Office
) -> Iterator[tuple[Office, list[str]]]:
    """Give an office on a small disk, and the command that makes the disk read-only."""
    folder = tmp_path_factory.mktemp("disk")
    with mounted(folder) as remount:
        shutil.copytree(office.root / "plan", folder / "plan")
        yield Office(folder, {**office.env, "PARPLAN_DIR": str(folder)}, run_warm), remount


@pytest.mark.slow
def test_a_disk_that_fills_up(disk: tuple[Office, list[str]]) -> None:
    there, _remount = disk
    there.say("note", "8", "đầu")
    filler = there.root / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)

    notes = 0
    done = there.run("note", "8", "x" * 500, env=ENGLISH)
    while done.returncode == 0:  # the journal's last page has room yet
        notes += 1
        done = there.run("note", "8", "x" * 500, env=ENGLISH)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"parplan: cannot write {there.journal}: {REASONS['ENOSPC']}\n"
    assert len(there.records()) == 1 + notes
    is_whole(there, 1 + notes)
    assert len(there.items("log")) == 1 + notes
    filler.unlink()
    there.say("note", "8", "sau")
    is_whole(there, 2 + notes)


@pytest.mark.slow
def test_a_read_only_disk_can_be_read(disk: tuple[Office, list[str]]) -> None:
    there, remount = disk
    there.say("note", "8", "đầu")
    before = there.journal.read_bytes()
    subprocess.run(remount, check=True, timeout=PATIENCE)

    for words in (["note", "8", "x"], ["done", "4@2025-06"], ["undo", "--yes"]):
        ended = there.run(*words, env=ENGLISH)
        assert ended.returncode == 2
        assert re.fullmatch(rf"parplan: cannot .*{REASONS['EROFS']}.*\n", ended.stderr)
    for words in (["due"], ["list"], ["show", "8"], ["log"], ["check"]):
        there.say(*words)
    assert there.journal.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", [JOURNAL, "plan", ".parplan"])
def test_what_is_read_only_is_told(office: Office, name: str) -> None:
    office.say("note", "8", "đầu")
    if name == "plan":
        office.journal.unlink()

    with read_only(office.root / name):
        error = office.refuse("note", "8", "x")

    assert re.fullmatch(r"parplan: cannot (write|lock) .*\n", error)
    office.say("note", "8", "sau")
    assert office.last().text == "sau"
