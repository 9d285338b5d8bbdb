"""What is no file where one should be: nobody waits for it, and it is told in one sentence."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from parplan.cli.serving import _version
from parplan.problem import UserError
from parplan.workspace import files
from tests.helpers.office import JOURNAL, Office, made
from tests.helpers.running import PATIENCE

"""Who waits for the other end of a pipe waits for ever."""

# Runs the commands in one process, as long a time as one needs to start.
ALL = """
import sys
from parplan.cli.app import main
for line in sys.argv[1:]:
    for stream in (sys.stdout, sys.stderr):
        print(f"== {line}", file=stream, flush=True)
    status = 0
    try:
        main(line.split())
    except SystemExit as end:
        status = end.code or 0
    print(f"== status {status}", file=sys.stderr, flush=True)
"""
READERS = (
    "due", "list", "show 8", "log", "status", "check", "evidence", "score", "explain Quý-II",
    "diff", "doctor", "export json -o -", "board -o -", "report --month 6 --format md -o -",
    "document --format md -o -", "log --revisions", "new 2027 --superior X",
)  # fmt: skip
WRITERS = (
    "note 8 x", "done 4@2025-06", "undo --yes", "amend task 20 --drop --from 2025-07-01", "commit",
    "check --fix-journal", "report --month 6 --format md --docx-only",
    "report --month 6 --format md --force", "score example", "score set 1.1 --points 1 --why x",
    "init --hook", "doctor --fix --yes",
)  # fmt: skip
PLACES = (
    "plan/2025.yaml", "plan/2026.yaml", JOURNAL, "plan/2025.index.yaml", "plan/plan.schema.json",
    ".parplan", ".parplan/lock", ".parplan/2025.plan",
    "reports/2025-06.md", "templates/report.md.j2", ".git/hooks/pre-commit",
)  # fmt: skip


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(path.parent)  # its address has room for a short name only
        listener.bind(path.name)
        os.chdir(before)


KINDS: dict[str, Callable[[Path], None]] = {"pipe": os.mkfifo, "socket": socket_at}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    office.begin()
    office.write(made(1, ref="8"))
    office.say("due")
    return office


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"),
    [*((name, "pipe") for name in PLACES), ("plan/2025.yaml", "socket"), (JOURNAL, "socket")],
)
def test_nobody_waits_for_what_is_no_file(name: str, kind: str, office: Office) -> None:
    path = office.root / name
    if path.is_dir():
        path.rename(office.root / "away")
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    KINDS[kind](path)
    mode = path.lstat().st_mode

    done = subprocess.run(
        [sys.executable, "-c", ALL, *READERS, *WRITERS],
        cwd=office.root,
        env={**office.env, "PARPLAN_LANG": "en"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert "Traceback" not in done.stderr
    blocks = done.stderr.split("== status ")
    assert len(blocks) == len(READERS) + len(WRITERS) + 1, done.stderr
    for line, status in itertools.pairwise(blocks):
        assert status[0] in "012", line
        assert status[0] != "2" or "\nparplan: " in line or ":1:1: " in line, line
    if ".parplan/2" not in name and name != "reports/2025-06.md":
        assert path.lstat().st_mode == mode  # the others are parplan's own to replace


@pytest.mark.parametrize("words", [["due"], ["note", "8", "x"], ["check"], ["amend"]])
@pytest.mark.parametrize("name", ["plan/2025.yaml", JOURNAL])
def test_it_is_said_what_is_in_the_way(name: str, words: list[str], office: Office) -> None:
    if words == ["amend"]:
        if name == JOURNAL:
            return  # it reads the plan alone
        words = [*words, "task", "20", "--drop", "--from", "2025-07-01"]
    path = office.root / name
    path.unlink()
    os.mkfifo(path)

    done = office.run(*words, env={"PARPLAN_LANG": "en"})

    assert done.returncode == 2
    assert "it is no file but a pipe, a socket or a device" in done.stderr
    assert path.name in done.stderr


def test_doctor_names_each_of_them(office: Office) -> None:
    for name in ("plan/2026.yaml", "reports/a.md", "templates/report.md.j2"):
        (office.root / name).parent.mkdir(exist_ok=True)
        os.mkfifo(office.root / name)

    output = office.run("doctor", env={"PARPLAN_LANG": "en"}).stdout

    for name in ("plan/2026.yaml", "reports/a.md", "templates/report.md.j2"):
        assert f"{name}:1:1: " in output
    assert output.count("[unreadable]") == 3


def test_a_cache_that_is_no_file_changes_no_answer(office: Office) -> None:
    well = office.say("due", "--month", "6")
    cache = office.root / ".parplan" / "2025.plan"
    cache.unlink()
    cache.mkdir()  # nothing can be put in its place

    assert office.say("due", "--month", "6") == well
    office.say("done", "4@2025-06")
    assert "is done" in office.refuse("done", "4@2025-06")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """An administrator's 'export json --force -o /dev/null' would take it from everybody."""
    path = tmp_path / "null"
    os.mkfifo(path)

    with pytest.raises(UserError, match="cannot write"):
        files.replace(path, b"x", b"")

    assert path.is_fifo()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("words", [["import"], ["score", "import"]])
def test_a_pipe_is_not_imported(words: list[str], office: Office) -> None:
    os.mkfifo(office.root / "bang.csv")

    year = "2026" if len(words) == 1 else "2025"

    assert "is no file" in office.refuse(*words, "bang.csv", "--year", year)


def test_a_pipe_in_place_of_a_base_is_told(office: Office) -> None:
    os.mkfifo(office.root / "mẫu.docx")

    done = office.run("report", "--month", "6", "--base", "mẫu.docx", env={"PARPLAN_LANG": "en"})

    assert done.returncode == 2
    assert "mẫu.docx is no file" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode here")
def test_names_that_are_no_utf8_end_nothing(office: Office) -> None:
    for folder in ("plan", "templates/board"):
        (office.root / folder).mkdir(parents=True, exist_ok=True)
        Path(os.fsdecode(os.fsencode(office.root / folder) + b"/\xff\xfe.yaml")).touch()

    for words in ("due", "check", "doctor", "log", "evidence", "commit"):
        assert office.run(*words.split()).returncode in (0, 1)
    assert len(_version(office.root, date(2025, 6, 20))) == 24


def test_a_link_through_what_nobody_may_read_is_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /proc/1/root, which may be listed and not followed."""

    def refuse(_path: object) -> str:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os.path, "realpath", refuse)

    assert not files.is_inside(tmp_path, tmp_path / "a")
    assert files.look(tmp_path, "a") == "outside"
