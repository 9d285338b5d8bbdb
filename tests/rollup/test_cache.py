"""What is kept at the desk changes no answer: cold, warm, damaged, changed, on another day."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import pytest

from parplan.rollup import gather, parallel
from parplan.rollup.office import read_office
from tests.helpers.office import Office, lines, made, tree
from tests.helpers.offices import open_office
from tests.helpers.running import clean_environment

LONG_AGO = 1_700_000_000
NAMES = ("a", "b", "c", "d", "e")
DAYS = ("2025-05-31", "2025-06-09", "2025-06-20", "2026-01-01")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the desk above five offices, which counts as many; work is done in a thread."""
    monkeypatch.setattr(gather, "FEW", 1)
    monkeypatch.setattr(parallel, "CHUNK", 2)
    monkeypatch.setattr(parallel, "_pool", lambda: ThreadPoolExecutor(1))
    root = tmp_path / "city"
    for number, name in enumerate(NAMES):
        first = made(1, "done", "1@2025-Q2", on=dt.date(2025, 6, number + 1))
        open_office(root, name, first, made(2, "start", "3@2025-06-30"))
    age(root)
    return Office(root, {**clean_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache")})


def age(root: Path) -> None:
    """Let all files be old enough to be kept."""
    for path in root.rglob("*.yaml"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def kept(desk: Office) -> Path:
    return Path(desk.env["XDG_CACHE_HOME"]) / "parplan" / "rollup.db"


def answers(desk: Office, *words: str) -> list[Any]:
    return [desk.json("rollup", *words, "--as-of", day) for day in DAYS]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the offices whose files are read, as they are."""
    seen: list[str] = []

    def read(source: Any, *rest: Any) -> Any:
        seen.append(source.name)
        return read_office(source, *rest)

    monkeypatch.setattr(gather, "read_office", read)
    return seen


def test_warm_is_as_cold(desk: Office, reads: list[str]) -> None:
    before = tree(desk.root)
    cold = [answers(desk), answers(desk, "--by", "task", "--unit", "tp")]
    without = {**desk.env, "XDG_CACHE_HOME": os.devnull}
    assert cold[0] == answers(Office(desk.root, without))

    desk.json("rollup")
    reads.clear()
    warm = desk.json("rollup")

    assert reads == []
    assert warm == cold[0][2]
    assert desk.json("rollup", "--by", "task", "--unit", "tp") == cold[1][2]
    assert reads == []
    assert tree(desk.root) == before


def test_another_day_is_read_anew_where_a_record_lies_between(
    desk: Office, reads: list[str]
) -> None:
    desk.json("rollup", "--as-of", "2025-06-20")
    reads.clear()

    desk.json("rollup", "--as-of", "2026-01-01")
    assert reads == []

    desk.json("rollup", "--as-of", "2025-06-04")
    assert reads == ["e"]  # of 5 June


def test_what_changed_is_read_anew(desk: Office, reads: list[str]) -> None:
    desk.json("rollup")
    reads.clear()
    journal = desk.root / "b" / "plan" / "2025.journal.yaml"
    with journal.open("ab") as file:
        file.write(lines(made(3, "done", "1@2025-Q1", on=dt.date(2025, 3, 1))))
    (desk.root / "c" / "plan" / "2025.journal.yaml").unlink()
    plan = desk.root / "d" / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("UBND d", "UBND x"), encoding="utf-8")  # of the same length
    for name in "bcd":
        age(desk.root / name)

    answer = desk.json("rollup")

    assert reads == ["b", "c", "d"]
    assert [item["done"] for item in answer["items"]] == [1, 2, 0, 1, 1]
    assert answer["items"][3]["office"] == "UBND x"


def test_what_changed_just_now_is_not_kept(desk: Office, reads: list[str]) -> None:
    (desk.root / "b" / "plan" / "2025.yaml").touch()
    desk.json("rollup")
    reads.clear()

    desk.json("rollup")

    assert reads == ["b"]


def test_an_office_with_a_damaged_journal_is_not_kept(desk: Office, reads: list[str]) -> None:
    with (desk.root / "b" / "plan" / "2025.journal.yaml").open("ab") as file:
        file.write(b"- ?\n")
    age(desk.root)
    first = desk.json("rollup")
    reads.clear()

    assert desk.json("rollup") == first
    assert reads == ["b"]
    assert first["items"][1]["problem"]


def garbled(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def flipped(path: Path) -> None:
    """Change every entry by one byte."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT rowid, data FROM office").fetchall()
        for row, data in rows:
            changed = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
            database.execute("UPDATE office SET data = ? WHERE rowid = ?", (changed, row))
    database.close()


def of_other_kinds(path: Path) -> None:
    """Let every entry be another kind of value, as a damaged header of a row has it."""
    with sqlite3.connect(path) as database:
        rows = [row for (row,) in database.execute("SELECT rowid FROM office")]
        for row, value in zip(rows, itertools.cycle((None, "text", 5, 0.5)), strict=False):
            database.execute("UPDATE office SET data = ? WHERE rowid = ?", (value, row))
    database.close()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def of_other_columns(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE office (x)")
    database.close()


OTHERS = [of_other_kinds, of_other_columns, *([a_pipe] if hasattr(os, "mkfifo") else [])]


@pytest.mark.parametrize("harm", [garbled, emptied, torn, flipped, *OTHERS])
def test_a_damaged_file_changes_no_answer(harm: Any, desk: Office) -> None:
    first = desk.json("rollup")
    harm(kept(desk))

    assert desk.json("rollup") == first
    assert desk.json("rollup") == first


@pytest.mark.parametrize("harm", [garbled, emptied, torn])
def test_a_damaged_file_is_made_anew(harm: Any, desk: Office, reads: list[str]) -> None:
    desk.json("rollup")
    harm(kept(desk))
    desk.json("rollup")
    reads.clear()

    desk.json("rollup")

    assert reads == []


def test_an_export_is_kept_too(desk: Office, reads: list[str]) -> None:
    for name in NAMES:
        office = Office(desk.root / name, clean_environment())
        office.say("export", "json", "-o", f"../../{name}.json")
        os.utime(desk.root.parent / f"{name}.json", (LONG_AGO, LONG_AGO))
    names = [str(desk.root.parent / f"{name}.json") for name in NAMES]
    first = desk.json("rollup", *names)
    reads.clear()

    assert desk.json("rollup", *names) == first
    assert reads == []
    assert first["total"] == desk.json("rollup")["total"]


def test_few_offices_leave_nothing_behind(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "FEW", len(NAMES))
    desk.json("rollup")

    assert not kept(desk).exists()


def test_processes_answer_as_one_does(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    here = desk.json("rollup", "--by", "section"), desk.json("rollup", "due")
    monkeypatch.undo()
    monkeypatch.setattr(gather, "FEW", 1)
    monkeypatch.setattr(parallel, "CHUNK", 2)
    (desk.root / "c" / "plan" / "2025.yaml").write_text("x: 1\n", encoding="utf-8")
    without = desk.run("rollup", "--format", "csv").stdout

    (desk.root / "c" / "plan" / "2025.yaml").unlink()
    there = desk.json("rollup", "--by", "section"), desk.json("rollup", "due")

    assert "c/plan/2025.yaml:1:1: " in without
    assert there[0]["offices"] == here[0]["offices"] - 1
    assert there[0]["total"]["wanted"] == here[0]["total"]["wanted"] * 4 / 5
    assert [item for item in here[1]["items"] if item["folder"] != "c"] == there[1]["items"]


def test_a_process_that_is_ended_is_told(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(*_words: object) -> NoReturn:
        os._exit(9)

    monkeypatch.undo()
    monkeypatch.setattr(gather, "FEW", 1)
    monkeypatch.setattr(gather, "read_office", end)

    assert "not enough memory" in desk.refuse("rollup")
