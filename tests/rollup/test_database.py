"""The database says what the commands say, and a second run changes what has changed."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from parplan.rollup import database, parallel
from parplan.rollup.database import update
from parplan.rollup.sources import find_sources
from tests.helpers.office import Office, lines, made
from tests.helpers.offices import FIGURES, TODAY, open_office, three_wards
from tests.helpers.running import ROOT, clean_environment

__all__ = ["city"]
DAYS = ("2025-01-02", "2025-03-09", TODAY, "2025-12-31", "2026-02-01")


def ask(path: Path, query: str, *values: object) -> list[Any]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query, values).fetchall()


def age(root: Path) -> None:
    for path in root.rglob("*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def city(tmp_path: Path) -> Office:
    return three_wards(tmp_path)


@pytest.fixture
def filled(city: Office) -> Path:
    """Return the database of the city."""
    age(city.root)
    city.say("rollup", "--sqlite", "city.db")
    return city.root / "city.db"


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_of_an_office_are_those_of_rollup(day: str, city: Office, filled: Path) -> None:
    city.say("rollup", "--sqlite", "city.db", "--as-of", day)

    rows = ask(filled, "SELECT * FROM office_figures ORDER BY place")
    items = sorted(city.json("rollup", "--as-of", day)["items"], key=lambda item: item["folder"])
    assert [tuple(row[name] for name in FIGURES) for row in rows] == [
        tuple(item[name] for name in FIGURES) for item in items
    ]
    assert [row["next_report"] for row in rows] == [item["next_report"] for item in items]


def test_the_views_say_what_the_commands_say(city: Office, filled: Path) -> None:
    open_office(city.root, "d", third="Khác", deadline="Quý II/2025")
    city.say("rollup", "--sqlite", "city.db")

    tasks = {(row["task"], row["title"]): row for row in ask(filled, "SELECT * FROM task_figures")}
    for item in city.json("rollup", "--by", "task")["items"]:
        row = tasks[item["number"], item["title"]]
        for name in ("offices", "wanted", "due", "done", "late", "overdue"):
            assert row[name] == item[name], (item["number"], name)
    late = [
        (row["name"], row["ref"], row["days_late"]) for row in ask(filled, "SELECT * FROM overdue")
    ]
    items = city.json("rollup", "due")["items"]
    assert sorted(late) == sorted((one["office"], one["ref"], -one["days_left"]) for one in items)
    months = {row["month"]: row["wanted"] for row in ask(filled, "SELECT * FROM month_figures")}
    assert months == {"2025-03": 4, "2025-06": 7, "2025-09": 4, "2025-12": 4}


def test_records_and_evidence_are_all_there(tmp_path: Path) -> None:
    note = made(1, text="Đã gửi\nxong", percent=50, evidence=({"number": "BC 1", "file": "a.pdf"},))
    undone = made(2, "done", "1@2025-Q1")
    undo = made(3, "undo", "1@2025-Q1", retracts=undone.id)
    open_office(tmp_path, "a", note, undone, undo)
    path = tmp_path / "a.db"

    Office(tmp_path, clean_environment()).say("rollup", "--sqlite", "a.db")

    records = ask(path, "SELECT id, at, kind, ref, text, percent, counts FROM record ORDER BY id")
    assert [tuple(row) for row in records] == [
        (note.id, "2025-06-01T01:01:00.000000+00:00", "note", "4@2025-06", "Đã gửi\nxong", 50, 1),
        (undone.id, "2025-06-01T01:02:00.000000+00:00", "done", "1@2025-Q1", "", None, 0),
        (undo.id, "2025-06-01T01:03:00.000000+00:00", "undo", "1@2025-Q1", "", None, 0),
    ]
    (proof,) = ask(path, "SELECT * FROM evidence_of")
    assert (proof["ref"], proof["number"], proof["file"]) == ("4@2025-06", "BC 1", "a.pdf")


def test_a_second_run_writes_what_changed(city: Office, filled: Path) -> None:
    numbers = {row["place"]: row["office"] for row in ask(filled, "SELECT * FROM office")}
    with (city.root / "b" / "plan" / "2025.journal.yaml").open("ab") as file:
        file.write(lines(made(9, "done", "1@2025-Q1")))
    age(city.root / "b")

    said = city.say("rollup", "--sqlite", "city.db", "--lang", "en")

    assert "(3 offices, 1 was read)" in said
    assert {row["place"]: row["office"] for row in ask(filled, "SELECT * FROM office")} == numbers
    assert [row["done"] for row in ask(filled, "SELECT * FROM office_figures")] == [3, 1, 0]
    assert "(3 offices, 0 were read)" in city.say("rollup", "--sqlite", "city.db", "--lang", "en")


def test_an_office_that_is_gone_goes(city: Office, filled: Path) -> None:
    (city.root / "a" / "plan" / "2025.yaml").unlink()

    city.say("rollup", "--sqlite", "city.db")

    for table in ("office", "section", "task", "task_unit", "occurrence"):
        (row,) = ask(filled, f"SELECT count(DISTINCT office) AS n FROM {table}")
        assert row["n"] == 2, table
    assert ask(filled, "SELECT * FROM evidence") == []


def test_a_faulty_office_is_a_row_with_its_problem(city: Office, filled: Path) -> None:
    plan = city.root / "a" / "plan" / "2025.yaml"
    whole = plan.read_bytes()
    plan.write_bytes(b"x: 1\n")
    age(city.root / "a")

    done = city.run("rollup", "--sqlite", "city.db", env={"PARPLAN_LANG": "en"})

    assert done.returncode == 1
    assert "a/plan/2025.yaml:1:1: " in done.stderr
    first, *others = ask(filled, "SELECT * FROM office_figures ORDER BY office")
    assert first["problem"].startswith("a/plan/2025.yaml:1:1: ")
    assert (first["wanted"], first["name"]) == (0, "")
    assert [row["wanted"] for row in others] == [4, 5]
    plan.write_bytes(whole)
    age(city.root / "a")
    city.say("rollup", "--sqlite", "city.db")
    assert [row["wanted"] for row in ask(filled, "SELECT * FROM office_figures")] == [5, 4, 5]


def test_two_years_stand_beside_each_other(city: Office, filled: Path) -> None:
    open_office(city.root, "a2", year=2024)
    (city.root / "a2" / "plan" / "2024.yaml").rename(city.root / "a" / "plan" / "2024.yaml")

    city.run("rollup", "--sqlite", "city.db", "--year", "2024")

    years = ask(filled, "SELECT year FROM office WHERE place LIKE '%/a' ORDER BY year")
    assert [row["year"] for row in years] == [2024, 2025]


def test_exports_and_processes(city: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        office = Office(city.root / name, clean_environment())
        office.say("export", "json", "-o", f"../exports/{name}.json")
        os.utime(city.root / "exports" / f"{name}.json", (1_700_000_000, 1_700_000_000))
    monkeypatch.setattr(database, "FEW", 0)
    monkeypatch.setattr(parallel, "CHUNK", 1)

    city.say("rollup", "exports", "--sqlite", "x.db")
    again = city.say("rollup", "exports", "--sqlite", "x.db", "--lang", "en")

    rows = ask(city.root / "x.db", "SELECT * FROM office_figures")
    assert [(row["wanted"], row["done"]) for row in rows] == [(5, 3), (4, 0)]
    assert "0 were read" in again


@pytest.mark.parametrize("data", [b"x" * 5000, b"SQLite format 3\0" + b"y" * 4096])
def test_another_file_stays_as_it_is(data: bytes, city: Office) -> None:
    path = city.root / "x.db"
    path.write_bytes(data)

    assert "is no database of 'rollup --sqlite'" in city.refuse("rollup", "--sqlite", "x.db")
    assert path.read_bytes() == data


def test_another_database_stays_as_it_is(city: Office) -> None:
    with contextlib.closing(sqlite3.connect(city.root / "x.db")) as other, other:
        other.execute("CREATE TABLE office (a)")
    before = (city.root / "x.db").read_bytes()

    assert "is no database of 'rollup --sqlite'" in city.refuse("rollup", "--sqlite", "x.db")
    assert (city.root / "x.db").read_bytes() == before


def test_what_fails_leaves_no_half_database(
    city: Office, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> Any:
        raise KeyboardInterrupt

    before = [tuple(row) for row in ask(filled, "SELECT * FROM office_figures")]
    monkeypatch.setattr(database, "_read", fail)
    for path in (city.root / "new.db", filled):
        (city.root / "b" / "plan" / "2025.yaml").touch()
        with pytest.raises(KeyboardInterrupt):
            update(path, find_sources([str(city.root)]), dt.date(2025, 6, 20), None)

    assert not (city.root / "new.db").exists()
    assert [tuple(row) for row in ask(filled, "SELECT * FROM office_figures")] == before


def test_a_locked_database_is_told(city: Office, filled: Path, monkeypatch: Any) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **rest: connect(path, timeout=0, **rest))
    with contextlib.closing(connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert "cannot write city.db" in city.refuse("rollup", "--sqlite", "city.db")


@pytest.mark.parametrize("words", ["--by task", "--month 6", "--unit tp", "--period T6"])
def test_it_goes_with_no_other_choice(words: str, city: Office) -> None:
    assert "--sqlite takes whole plans" in city.refuse("rollup", "--sqlite", "x.db", *words.split())


def test_every_column_is_on_the_page(filled: Path) -> None:
    page = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
    names = ask(filled, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    for (name,) in names:
        section = page.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert section, name
        for column in ask(filled, f"PRAGMA table_info({name})"):
            assert f"`{column['name']}`" in section, (name, column["name"])
