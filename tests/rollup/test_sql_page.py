"""What docs/sql.md shows runs as it stands there, and says what the commands say."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_sqlite_scanner as scanner
import pytest

from tests.helpers.office import Office, lines, made
from tests.helpers.offices import three_wards
from tests.helpers.running import ROOT, clean_environment

WARDS = ("a", "b", "quận/c")
DATABASE = "thanh-pho.db"
PAGE = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")


def examples(heading: str) -> list[str]:
    """Return the blocks of SQL below ``heading``."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sql\n(.*?)^```$", section, re.M | re.S)


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the desk above three wards, in whose folder SQL is asked."""
    desk = three_wards(tmp_path)
    proof = ({"number": "BC 1", "file": ""},)
    done = made(5, "done", "1@2025-Q1", evidence=proof)
    more = {
        "a": [made(4, "note", "1@2025-Q3", text="Hỏi ''ai''\n- {\"x\": 1}", evidence=proof)],
        "b": [done, made(6, "undo", "1@2025-Q1", retracts=done.id), made(7, "pause", "1@2025-Q2")],
        "quận/c": [made(8, "note", "1@2025-Q2", evidence=proof, at=made(8).at.replace(month=1))],
    }
    for name, records in more.items():
        with (tmp_path / name / "plan" / "2025.journal.yaml").open("ab") as file:
            file.write(lines(*records))
    desk.say("rollup", "--sqlite", DATABASE)
    monkeypatch.chdir(tmp_path)
    return desk


def answers(city: Office, *words: str) -> dict[str, Any]:
    """Return what each ward answers itself."""
    environment = clean_environment()
    return {name: Office(city.root / name, environment).json(*words) for name in WARDS}


@pytest.fixture
def duck(city: Office, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a DuckDB that has its extension for SQLite already, and knows no place to fetch any."""
    (package,) = scanner.__path__
    (extension,) = Path(package).rglob("*.duckdb_extension")
    folder = tmp_path / "extensions"
    settings: dict[str, Any] = {
        "extension_directory": str(folder),
        "custom_extension_repository": str(tmp_path),
    }
    with duckdb.connect(config=settings) as connection:
        (platform,) = connection.sql("PRAGMA platform").fetchall()[0]
        (version,) = connection.sql("SELECT version()").fetchall()[0]
        place = folder / version / platform
        place.mkdir(parents=True)
        shutil.copy(extension, place)
        yield connection


@pytest.fixture
def offices(duck: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return DuckDB with the database of the city, as the page attaches it."""
    duck.execute(examples("DuckDB")[0].partition("SELECT")[0])
    return duck


def run(connection: duckdb.DuckDBPyConnection, block: str) -> list[list[tuple[Any, ...]]]:
    return [connection.execute(one).fetchall() for one in block.split(";") if one.strip()]


def test_duckdb_over_the_database(city: Office, duck: duckdb.DuckDBPyConnection) -> None:
    statuses = answers(city, "status")

    *_opened, ((number,),), states, overdue = run(duck, examples("DuckDB")[0])

    counts: Counter[str] = Counter()
    for status in statuses.values():
        counts.update(status["counts"])
    assert number == counts["wanted"] + counts["cancelled"] == 15
    others = counts["open"] - counts["in_progress"] - counts["paused"]
    assert dict(states) == {
        "done": counts["done"],
        "in-progress": counts["in_progress"],
        "paused": counts["paused"],
        "cancelled": counts["cancelled"],
        "not-started": others,
    }
    names = {"a": "UBND a", "b": "UBND b", "quận/c": "UBND c"}
    assert dict(overdue) == {
        names[ward]: status["counts"]["overdue"] for ward, status in statuses.items()
    }
    assert [days for _name, days in overdue] == sorted((days for _, days in overdue), reverse=True)


def test_duckdb_counts_the_rows_of_every_table(
    city: Office, offices: duckdb.DuckDBPyConnection
) -> None:
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        for (name,) in names.fetchall():
            query = f"SELECT count(*) FROM {name}"
            (row,) = database.execute(query).fetchall()
            assert offices.sql(query.replace("FROM ", "FROM offices.")).fetchall() == [row], name


def test_duckdb_over_the_journals(city: Office, duck: duckdb.DuckDBPyConnection) -> None:
    logs = answers(city, "log")

    (rows,) = run(duck, examples("DuckDB")[1])

    shown = {(Path(file).parts[:-2], kind): records for file, kind, records in rows}
    counted = {
        (Path(ward).parts, kind): records
        for ward, log in logs.items()
        for kind, records in Counter(item["kind"] for item in log["items"]).items()
    }
    assert shown == counted
    assert sum(counted.values()) == 9


def test_standing_of_postgresql_is_that_of_the_database(
    city: Office, offices: duckdb.DuckDBPyConnection
) -> None:
    offices.execute("SET search_path = 'memory,offices'")
    (view,) = (one for one in examples("PostgreSQL, or a warehouse") if "VIEW" in one)
    offices.execute(view)

    query = "SELECT office, ref, timing, days_left, has_fallen_due FROM {} ORDER BY office, ref"
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        expected = database.execute(query.format("standing")).fetchall()
    assert offices.sql(query.format("memory.standing")).fetchall() == expected
    assert len({row[2] for row in expected}) > 3


def test_tables_go_on_to_another_engine(city: Office, offices: duckdb.DuckDBPyConnection) -> None:
    *_view, copied, written = examples("PostgreSQL, or a warehouse")
    server = "INSTALL postgres; LOAD postgres;\nATTACH 'dbname=city' AS city (TYPE postgres);"
    assert server in copied

    run(offices, copied.replace(server, "ATTACH ':memory:' AS city;"))
    run(offices, written)

    records = sorted(offices.sql("FROM offices.record").fetchall())
    assert sorted(offices.sql("FROM city.record").fetchall()) == records
    assert sorted(offices.sql("FROM 'records.parquet'").fetchall()) == records
    assert len(records) == 9


def test_a_key_names_the_column_that_it_refers_to(city: Office) -> None:
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        keys = database.execute(
            "SELECT \"to\" FROM sqlite_master, pragma_foreign_key_list(name) WHERE type = 'table'"
        ).fetchall()

    assert len(keys) == 8
    assert (None,) not in keys


def test_the_questions(city: Office) -> None:
    with contextlib.closing(sqlite3.connect(DATABASE)) as database:
        shares, silent, late, shared = (
            database.execute(block).fetchall() for block in examples("Questions")
        )

    items = {item["office"]: item for item in city.json("rollup")["items"]}
    assert {name: (overdue, due) for name, overdue, due, _share in shares} == {
        name: (item["overdue"], item["due"]) for name, item in items.items()
    }
    assert [share for *_rest, share in shares] == [100.0, 100.0, 0.0]
    assert [name for name, _at in silent] == ["UBND c"]
    assert late == [("Văn phòng", 1, 3.0)]
    assert shared == [("BC 1", 2)]
