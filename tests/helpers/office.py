"""What the tests of recording share: an office at work, records made by hand, git."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from parplan.journal.file import read_journal, to_line
from parplan.journal.record import KINDS, Kind, Record
from tests.helpers.running import PATIENCE, Text, run_here, run_process

TODAY = "2025-06-20"
AUTHOR = "Nguyễn Thị Lan"
JOURNAL = "plan/2025.journal.yaml"

ZONE = dt.timezone(dt.timedelta(hours=7))
MORNING = dt.datetime(2025, 6, 1, 8, tzinfo=ZONE)


def made(number: int = 1, kind: Kind = "note", ref: str = "4@2025-06", **rest: Any) -> Record:
    """Return a record whose id and time follow from ``number``."""
    task, _at, period = ref.partition("@")
    at = rest.pop("at", MORNING + dt.timedelta(minutes=number))
    by = rest.pop("by", AUTHOR)
    name = rest.pop("id", f"r{number:011}")
    about: dict[str, Any] = {"task": task, "period": period}
    if kind == "figure":
        about = {"row": task, "period": period}
    elif kind == "score":
        about = {}
    return KINDS[kind](id=name, at=at, by=by, **about, **rest)


def lines(*records: Record) -> bytes:
    """Return ``records`` as the journal keeps them."""
    return "".join(map(to_line, records)).encode()


NO_LINKS = "Windows lets few users make links, and Wine shows none"


def lacking(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run; fail where every test must run."""
    if os.environ.get("PARPLAN_TESTS_NEED_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


def calc() -> str:
    """Return LibreOffice, with what opens workbooks; skip or fail where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        lacking("LibreOffice is not installed")
    if not list(Path(program).resolve().parent.glob("*sclo.*")):
        lacking("LibreOffice Calc is not installed")
    return program


def any_letters() -> dict[str, str]:
    """Return the environment in which LibreOffice takes names with any letters; in "C" it hangs."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


class Office:
    """A workspace, and parplan and git as a clerk of it runs them.

    It is 20 June 2025 there, as long as a test sets no other day.  ``run`` is how parplan
    runs: in this process, or as a process of its own.
    """

    def __init__(
        self, root: Path, environment: Mapping[str, str], run: Callable[..., Text] = run_here
    ) -> None:
        self.root = root
        self._run = run
        self.env = {
            **{name: value for name, value in environment.items() if not name.startswith("GIT_")},
            "PARPLAN_TODAY": TODAY,
            "PARPLAN_AUTHOR": AUTHOR,
            "COLUMNS": "80",
            "TZ": "ICT-7",  # the zone of Việt Nam, in the form that needs no database
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": AUTHOR,
            "GIT_AUTHOR_EMAIL": "lan@example.org",
            "GIT_COMMITTER_NAME": AUTHOR,
            "GIT_COMMITTER_EMAIL": "lan@example.org",
        }

    @property
    def journal(self) -> Path:
        """The journal of 2025."""
        return self.root / JOURNAL

    def run(
        self,
        *args: str | bytes,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Text:
        """Run parplan and return its end, whatever it is."""
        return self._run(args, cwd or self.root, {**self.env, **(env or {})}, stdin)

    def process(
        self,
        *args: str | bytes,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Text:
        """Run parplan as a process of its own, with ``options`` of ``subprocess.run``."""
        return run_process(args, self.root, {**self.env, **(env or {})}, stdin, **options)

    def say(self, *args: str, env: Mapping[str, str] | None = None) -> str:
        """Return what parplan prints when all goes well and nothing is complained about."""
        done = self.run(*args, env=env)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def refuse(self, *args: str | bytes, env: Mapping[str, str] | None = None) -> str:
        """Return the complaint of parplan when it refuses; the journal stays as it was."""
        before = self.journal.read_bytes() if self.journal.exists() else None
        done = self.run(*args, env={"PARPLAN_LANG": "en", **(env or {})})
        assert (done.returncode, done.stdout) == (2, ""), done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert (self.journal.read_bytes() if self.journal.exists() else None) == before
        return done.stderr

    def json(self, *args: str, env: Mapping[str, str] | None = None) -> Any:
        """Return the JSON answer of a command."""
        return json.loads(self.say(*args, "--format", "json", env=env))

    def items(self, *args: str) -> list[dict[str, Any]]:
        """Return the items of the JSON answer of a command."""
        found: list[dict[str, Any]] = self.json(*args)["items"]
        return found

    def item(self, ref: str) -> dict[str, Any]:
        """Return how the occurrence ``ref`` stands."""
        (found,) = [one for one in self.items("show", ref.partition("@")[0]) if one["ref"] == ref]
        return found

    def write(self, *records: Record) -> None:
        """Write ``records`` into the journal, in place of what it holds."""
        self.journal.write_bytes(lines(*records))

    def records(self) -> list[Record]:
        """Return what the journal holds, which nothing is wrong with."""
        found = read_journal(JOURNAL, self.journal.read_bytes())
        assert found.problems == []
        return found.records

    def last(self) -> Record:
        """Return the newest record."""
        return self.records()[-1]

    def git(self, *args: str, cwd: Path | None = None) -> str:
        """Return what git prints; skip or fail the test where it is not installed."""
        if shutil.which("git") is None:
            lacking("git is not installed")
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *args],
            cwd=cwd or self.root,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin(self) -> None:
        """Make the workspace a repository with one commit that holds all of it."""
        self.git("version")
        self.say("init")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "begin")

    def edit_plan(self, old: str, new: str) -> None:
        """Put ``new`` in place of ``old``, which stands in the plan once."""
        path = self.root / "plan" / "2025.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def on_terminal(
    office: Office, *args: str, env: Mapping[str, str] | None = None, typed: str | None = None
) -> tuple[int, str]:
    """Run parplan on a terminal; return its exit status and all that it showed there.

    ``typed`` is the line that somebody types there.
    """
    if os.name != "posix":
        pytest.skip("Windows has no terminals of this kind")
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "parplan", *args],
        cwd=office.root,
        env={**office.env, **(env or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    if typed is not None:
        os.write(ours, f"{typed}\n".encode())
    shown = b""
    while piece := _read(ours):
        shown += piece
    os.close(ours)
    return process.wait(PATIENCE), shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def tree(*folders: Path, leave_out: Sequence[str] = ()) -> dict[str, bytes]:
    """Return every file and folder below ``folders`` with what it holds."""
    return {
        str(path): path.read_bytes() if path.is_file() else b"(folder)"
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if not any(name in path.parts for name in leave_out)
    }
