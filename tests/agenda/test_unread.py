"""A deadline that nobody has read is a class of its own, in every answer, until it is settled."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Run

PLAN = """\
schema: 1
year: 2026
language: vi
document: {type: Kế hoạch, symbol: KH-UBND, title: Ví dụ, place: Phú La}
issuer: UBND phường Phú La
effective_from: 2026-01-01
sections:
  - id: VII
    title: Dự án
    tasks:
      - id: VII.1
        title: Lập đề án
        deadline_text: Theo lộ trình của dự án
        schedule: []
      - id: VII.2
        title: Tuyên truyền
        deadline_text: Thường xuyên
        schedule: [{continuous: true}]
"""
SAID = "chưa đọc được hạn: «Theo lộ trình của dự án»"


@pytest.fixture
def office(run: Run, workspace: Path) -> Run:
    for path in (workspace / "plan").iterdir():
        path.unlink()
    (workspace / "plan" / "2026.yaml").write_text(PLAN, encoding="utf-8")
    return run


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words", [("due", "--month", "6"), ("status",), ("list",), ("board", "-o", "-")], ids="-".join
)
def test_every_answer_says_it(office: Run, words: tuple[str, ...]) -> None:
    ended = office(*words, "--as-of", "2026-06-01")

    # Columns part the words of a row, so that each of them is looked for.
    text = one_line(ended.stdout)
    assert all(word in text for word in SAID.split()), text


@pytest.mark.parametrize(("words", "tasks"), [((), ["VII.1"]), (("--all",), ["VII.1", "VII.2"])])
def test_the_rows_of_csv_are_those_of_the_table(
    office: Run, words: tuple[str, ...], tasks: list[str]
) -> None:
    command = ("due", "--month", "6", *words)
    rows = list(csv.DictReader(io.StringIO(office(*command, "--format", "csv").stdout)))
    table = office(*command, "--format", "md").stdout

    assert [row["ref"] for row in rows] == tasks
    assert all(f"| {task} |" in table for task in tasks)
    first = rows[0]
    assert (first["timing"], first["due"], first["section"]) == ("unread", "", "VII")
    assert first["unread_deadline"] == "Theo lộ trình của dự án"


def test_show_says_it_in_its_line(office: Run) -> None:
    assert SAID in one_line(office("show", "VII.1").stdout)


def test_the_sheet_to_fill_in_says_it(office: Run, tmp_path: Path) -> None:
    path = tmp_path / "phieu.xlsx"
    office("sheet", "--month", "6", "-o", str(path))
    sheet = openpyxl.load_workbook(path).active

    assert sheet is not None
    standing = {row[0]: row[4] for row in sheet.iter_rows(values_only=True)}
    assert (standing["VII.1"], standing["VII.2"]) == (SAID, "không có hạn")


def test_it_is_not_among_those_without_a_deadline(office: Run) -> None:
    due = json.loads(office("due", "--month", "6", "--format", "json").stdout)
    status = json.loads(office("status", "--format", "json").stdout)
    tasks = json.loads(office("list", "--format", "json").stdout)["items"]

    for answer in (due, status):
        assert (answer["no_deadline"], answer["unread"]) == (["VII.2"], ["VII.1"])
    assert [task["unread_deadline"] for task in tasks] == ["Theo lộ trình của dự án", ""]
    assert [task["timing"] for task in tasks] == ["unread", "no-deadline"]


def test_a_decision_settles_it_in_its_place(office: Run, workspace: Path) -> None:
    ended = office("amend", "task", "VII.1", "--deadline", "Trước ngày 15/12")

    assert ended.returncode == 0, ended.stderr
    text = (workspace / "plan" / "2026.yaml").read_text(encoding="utf-8")
    assert text == PLAN.replace("schedule: []", "schedule: [{before: 2026-12-15}]")
    due = json.loads(office("due", "--month", "12", "--format", "json").stdout)
    assert ([item["due"] for item in due["items"]], due["unread"]) == (["2026-12-14"], [])


def test_a_deadline_that_holds_already_wants_a_day(office: Run) -> None:
    ended = office("amend", "task", "VII.2", "--deadline", "Trước ngày 15/12")

    assert ended.returncode == 2
    assert "--from" in ended.stderr


def test_work_that_is_done_waits_for_nothing(office: Run) -> None:
    office("done", "VII.1", "--author", "An")
    due = json.loads(office("due", "--format", "json").stdout)

    assert due["unread"] == []
