"""Four times the records are at most five times the work, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from parplan.cli.command_table import COMMANDS
from parplan.journal.file import read_journal
from tests.helpers.absurd import office_with
from tests.helpers.office import JOURNAL, Office

KINDS: dict[str, dict[str, Any]] = {
    "unknown-task": {"task": "99"},
    "missing-file": {"evidence": [{"file": "khong-co.pdf"}]},
    "damaged": {"value": "NaN"},
}
JUNE = "report --month 6 --format md -o -"
# A command that records says something else the second time.
LINES: dict[str, Sequence[str]] = {
    "due": ["due --month 6"],
    "list": ["list"],
    "show": ["show 4"],
    "note": ["note 8 x"],
    "start": ["start 9", "start 25"],
    "done": ["done 1@2025-04", "done 1@2025-05"],
    "pause": ["pause 2", "pause 10"],
    "cancel": ["cancel 6@2025-08", "cancel 24@2025-Q2"],
    "reopen": ["cancel 24@2025-Q1", "reopen 24@2025-Q1"],
    "sheet": ["sheet --force"],
    "record": ["record ghi.txt --yes"],
    "directive": [f"directive 12@2025-11-{day} --due 2025-11-{day}" for day in (29, 30)],
    "undo": ["note 8 y", "undo --yes"],
    "edit": ["edit 8 x", "edit 8 y"],
    "log": ["log"],
    "report": [JUNE],
    "document": ["document --format md -o -"],
    "reminder": ["reminder --format md --force"],
    "digest": ["digest"],
    "score": ["score"],
    "score set": ["score set 1.1.1 --points 0 --why x"],
    "score risk": ["score risk"],
    "score gaps": ["score gaps"],
    "score report": ["score report --format md -o -"],
    "score xlsx": ["score xlsx --force"],
    "forms": ["forms --quarter 2"],
    "forms set": ["forms set 3/1.1@Q2 5", "forms set 3/1.1@Q2 6"],
    "forms sheet": ["forms sheet --quarter 2 --force"],
    "forms record": ["forms record so.csv --yes"],
    "forms report": ["forms report --format md -o -"],
    "forms xlsx": ["forms xlsx --force"],
    "evidence": ["evidence"],
    "export": ["export json -o a.json --force"],
    "export xlsx": ["export xlsx -o a.xlsx --force"],
    "export ics": ["export ics -o a.ics --force"],
    "export csv": ["export csv -o a.csv --force"],
    "status": ["status"],
    "rollup": ["rollup ."],
    "rollup due": ["rollup due ."],
    "rollup report": ["rollup report . --format md --force"],
    "rollup xlsx": ["rollup xlsx . --force"],
    "rollup board": ["rollup board . --force"],
    "board": ["board -o -"],
    "check": ["check"],
    "doctor": ["doctor"],
    "amend": [f"amend task {task} --drop --from 2025-07-01 --by QĐ" for task in (20, 21)],
    "commit": ["note 8 x", "commit"],
    "diff": ["diff"],
    "exchange": ["exchange ../stick"],
    "new": ["new 2026 --superior X", "new 2027 --superior X"],
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

    assert many < 5 * few


def records(count: int) -> Iterator[dict[str, Any]]:
    """Yield what a busy office records: of every kind, corrected, taken back, with evidence."""
    for number in range(count):
        day, month = number * 19 // count + 1, number % 12 + 1
        period = f"2025-{month:02}"
        at = f"2025-06-{day:02}T08:{number // 60 % 60:02}:{number % 60:02}+07:00"
        task = ("4", "5", "8", "23")[number % 4]
        about: dict[str, Any] = {"task": task, "period": None if task == "8" else period}
        none = {"task": None, "period": None}
        due = f"{period}-{number % 28 + 1:02}"
        kinds: Sequence[dict[str, Any]] = (
            {**about, "text": f"việc {number}"},
            {**about, "kind": "done"},
            {**about, "kind": "reopen"},
            {**about, "value": str(number), "evidence": _evidence(number)},
            {**none, "kind": "score", "criterion": "1.1.1", "points": "0", "reason": f"{number}"},
            {**about, "kind": "undo", "retracts": f"absurd{number - 3}"},
            {**about, "text": "sửa", "replaces": f"absurd{number - 5}"},
            {"kind": "directive", "task": "12", "period": due, "due": due},
            {"kind": "figure", "task": None, "period": "2025-Q2", "row": "3/1.1", "value": "1"},
            {**about, "evidence": _evidence(0)},
        )
        yield {**kinds[number % len(kinds)], "at": at}


def _evidence(number: int) -> list[dict[str, str]]:
    return [{"number": f"{number}/BC-UBND"}, {"file": f"e{number}.pdf"}]


def busy(folder: Path, count: int) -> Office:
    """Return an office with as many records, and with all that the commands want."""
    office = office_with(folder / "phường", *records(count))
    (folder / "stick").mkdir()
    (office.root / "ghi.txt").write_text("8: x\n", encoding="utf-8")
    (office.root / "so.csv").write_text("Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n", encoding="utf-8")
    office.say("forms", "example")
    office.git("init", "--quiet")
    office.git("add", "--all")
    office.git("commit", "--quiet", "--message", "x")
    return office


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
    return [busy(tmp_path_factory.mktemp(f"{count}"), count) for count in (1_000, 4_000)]


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_every_command_takes_work_in_proportion(name: str, offices: list[Office]) -> None:
    few, many = (calls(office, *LINES[name]) for office in offices)

    assert many < 5 * few


def test_a_record_is_looked_up_and_not_looked_for(tmp_path: Path) -> None:
    """The place of each is known from the reading: no finding goes through the file again."""
    office = office_with(tmp_path, *[KINDS["unknown-task"]] * 50)

    lines = [line for line in office.run("check").stderr.splitlines() if "[unknown-task]" in line]

    assert [int(line.split(":")[1]) for line in lines] == list(range(2, 52))
