"""What the tests of faults share: parplan under strace, small and read-only disks."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.helpers.forking import ATTACHED
from tests.helpers.office import Office, lacking
from tests.helpers.running import PATIENCE, ROOT, Text
from tests.helpers.warm import run_warm

ENGLISH = {"PARPLAN_LANG": "en"}

REASONS = {
    "ENOSPC": "the disk is full",
    "EROFS": "the disk is read-only",
    "EACCES": "no permission",
    "EFBIG": "the file is too large",
    "ENOLCK": os.strerror(errno.ENOLCK),
    "EIO": os.strerror(errno.EIO),
}

CALLS = (
    "openat", "open", "creat", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat",
    "flock",
)  # fmt: skip
CALL = re.compile(r"(?:(?P<process>\d+) +)?(?P<name>\w+)\((?P<arguments>.*)")
WRITES = re.compile(r"O_(CREAT|WRONLY|RDWR|TRUNC)")


class Call(msgspec.Struct, frozen=True):
    """A system call that writes: the ``when``-th of its ``name`` in its process, counted from 1."""

    name: str
    when: int
    arguments: str

    @property
    def is_output(self) -> bool:
        """Whether it writes what the user sees."""
        return self.name.startswith("write") and self.arguments.startswith(("1,", "2,"))


def steady(folder: Path) -> dict[str, str]:
    """Return the environment in which parplan makes the same system calls each time.

    Python lists a folder that it imports from anew whenever something was put there
    meanwhile, as other tests do with the checkout.  Here it finds parplan in ``folder``, which
    nobody else writes to, with its compiled modules, and does not look where it runs.
    """
    program = folder / "program"
    program.mkdir(exist_ok=True)
    for name in ("parplan", "templates", "plan"):
        if not (program / name).exists():
            (program / name).symlink_to(ROOT / name)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    return {
        "PYTHONPATH": os.pathsep.join([str(program), *libraries]),
        "PYTHONSAFEPATH": "1",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


def traced(office: Office, *words: str, inject: str = "") -> tuple[Text, list[Call]]:
    """Run parplan under strace; return its end and its calls that write.

    ``inject`` is what strace does to one of them.  Programs that parplan runs are let alone.
    """
    log = office.root.parent / f"{office.root.name}.strace"
    watch = [*strace(log, inject), "-e", f"inject=getppid:retval={ATTACHED}"]
    env = {**office.env, **ENGLISH, "PYTHONHASHSEED": "0"}
    done = run_warm(words, office.root, env, watch=watch)
    if "strace: " in done.stderr:
        lacking(f"strace cannot trace here: {done.stderr}")
    written = log.read_text(encoding="utf-8", errors="replace")
    done.returncode = ended(written)
    return done, list(calls_in(written))


def traced_gits(
    office: Office, *words: str, only: int | None = None, inject: str = ""
) -> tuple[Text, dict[int, list[Call]]]:
    """Run parplan; return its end, and the calls that write of each git that it starts.

    They are numbered from 1; with ``only`` one of them is watched, and it or a program that it
    runs meets ``inject``: strace counts calls for each process, so that of those of one name
    with one number the first is struck, and only that is returned.
    """
    folder = office.root.parent / f"{office.root.name}.gits"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    git = shutil.which("git") or lacking("git is not installed")
    watched = shlex.join([*strace(folder / "NUMBER", inject), "-f", git])
    script = folder / "git"
    script.write_text(
        f"""#!/bin/sh
number=$(echo >>'{folder}/count' && wc -l <'{folder}/count')
[ $number = {only or "$number"} ] || exec {git} "$@"
exec {watched.replace("NUMBER", "'$number'")} "$@"
"""
    )
    script.chmod(0o755)
    done = office.run(*words, env={**ENGLISH, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"})
    logs = {int(path.name): path.read_text(errors="replace") for path in folder.glob("[1-9]*")}
    if only:
        assert "killed by SIGKILL" in logs[only], (only, inject)
    return done, {number: list(_first(calls_in(logs[number]))) for number in sorted(logs)}


def _first(calls: Iterator[Call]) -> Iterator[Call]:
    met = set()
    for call in calls:
        if (call.name, call.when) not in met:
            met.add((call.name, call.when))
            yield call


def strace(log: Path, inject: str = "") -> list[str]:
    """Return how strace begins that writes into ``log`` which calls write."""
    if not shutil.which("strace"):
        lacking("strace is not installed")
    calls = ",".join(f"?{name}" for name in CALLS)
    injected = ["-e", f"inject={inject}"] if inject else []
    return ["strace", "-q", "-o", str(log), "-e", f"trace={calls},getppid", *injected]


def ended(log: str) -> int:
    """Return the status with which the process of ``log`` ended, or the signal below 0."""
    (end,) = re.finditer(r"^\+\+\+ (exited with|killed by) (\w+)", log, re.MULTILINE)
    return int(end[2]) if end[1] == "exited with" else -signal.Signals[end[2]]


def calls_in(log: str) -> Iterator[Call]:
    """Yield the calls of ``log`` that write."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in log.splitlines():
        call = CALL.match(line)
        if call and call["name"] in CALLS:
            name, arguments = call["name"], call["arguments"]
            counts[call["process"] or "", name] += 1
            if not name.startswith("open") or WRITES.search(arguments):
                yield Call(name, counts[call["process"] or "", name], arguments)


def failing(call: Call) -> list[str]:
    """Return the errors that a full or read-only disk, or one that breaks, gives to ``call``."""
    if call.name.startswith("open"):
        return ["ENOSPC", "EROFS", "EACCES"]
    if call.name in ("fsync", "fdatasync"):
        return ["ENOSPC", "EIO"]
    return ["ENOLCK"] if call.name == "flock" else ["ENOSPC"]


def write_ahead(path: Path, data: bytes) -> None:
    """Write the journal ``path`` by a clock that is ahead of ours.

    parplan keeps what it has read of a journal that was left alone for two seconds: how
    many calls write would hang on how fast a run begins.  This one is never as old.
    """
    path.write_bytes(data)
    os.utime(path, (4e9, 4e9))


@contextlib.contextmanager
def mounted(folder: Path) -> Iterator[list[str]]:
    """Mount a small disk on ``folder``; give the command that mounts it again otherwise."""
    administrator = [] if os.geteuid() == 0 else ["sudo", "-n"]
    mount = [
        *administrator,
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=128k,mode=0777",
        "none",
        str(folder),
    ]
    try:
        done = subprocess.run(
            mount, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
        )
    except OSError as error:
        lacking(f"nothing can be mounted here: {error}")
    if done.returncode:
        lacking(f"nothing can be mounted here: {done.stderr}")
    try:
        yield [*administrator, "mount", "-o", "remount,ro", str(folder)]
    finally:
        subprocess.run([*administrator, "umount", str(folder)], check=True, timeout=PATIENCE)


@contextlib.contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Make ``path`` read-only, for an administrator too."""
    if os.geteuid() != 0:
        # Inside a folder too: what is there already could be written otherwise.
        modes = {entry: entry.stat().st_mode for entry in (path, *path.rglob("*"))}
        for entry, mode in modes.items():
            entry.chmod(mode & ~0o222)
        yield
        for entry, mode in modes.items():
            entry.chmod(mode)
        return
    steps = [
        ["mount", "--bind", str(path), str(path)],
        ["mount", "-o", "remount,bind,ro", str(path)],
    ]
    for step in steps:
        done = subprocess.run(
            step, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
        )
        if done.returncode:
            lacking(f"nothing can be mounted here: {done.stderr}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(path)], check=True, timeout=PATIENCE)
