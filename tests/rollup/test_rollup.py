"""``rollup``: every number is the sum of what each office says of itself."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from parplan.rollup.sources import find_sources
from parplan.text import width
from tests.helpers.office import Office, made, tree
from tests.helpers.offices import COUNTED, FIGURES, TODAY, open_office, three_wards
from tests.helpers.running import clean_environment


@pytest.fixture
def city(tmp_path: Path) -> Office:
    return three_wards(tmp_path)


def figures_of(record: dict[str, Any]) -> tuple[int, ...]:
    return tuple(record[name] for name in FIGURES)


def test_a_row_an_office_and_a_total_counted_by_hand(city: Office) -> None:
    answer = city.json("rollup")

    assert {item["folder"]: figures_of(item) for item in answer["items"]} == COUNTED
    assert figures_of(answer["total"]) == tuple(map(sum, zip(*COUNTED.values(), strict=True)))
    assert (answer["offices"], answer["unreadable"], answer["period"]) == (3, 0, None)


def test_the_latest_record_and_the_next_report(city: Office) -> None:
    rows = {item["folder"]: item for item in city.json("rollup", "--as-of", "2025-06-05")["items"]}

    assert [row["last_record"] for row in rows.values()] == [
        "2025-06-01T08:01:00+07:00",  # the two after it tell of days after 5 June
        "2025-06-01T08:01:00+07:00",
        None,
    ]
    assert {row["next_report"] for row in rows.values()} == {"2025-06-09"}
    after = {item["folder"]: item["next_report"] for item in city.json("rollup")["items"]}
    assert set(after.values()) == {"2025-09-09"}


def test_a_report_that_was_sent_is_not_the_next(tmp_path: Path) -> None:
    sent = made(1, "done", "1@2025-Q2", on=dt.date(2025, 6, 2))
    open_office(tmp_path, "a", sent)
    desk = Office(tmp_path, clean_environment())

    (row,) = desk.json("rollup", "--as-of", "2025-06-05")["items"]

    assert row["next_report"] == "2025-09-09"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--month", "6"),
        ("--quarter", "1"),
        ("--within", "20"),
        ("--unit", "van phong"),
        ("--unit", "tp"),
        ("--section", "II"),
        ("--section", "the che", "--month", "6"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("day", ["2025-01-02", "2025-03-09", TODAY, "2025-12-31", "2026-02-01"])
def test_the_sum_is_that_of_each_status(words: tuple[str, ...], day: str, city: Office) -> None:
    asked = (*words, "--as-of", day)
    said = [
        Office(city.root / name, clean_environment()).json("status", *asked) for name in COUNTED
    ]

    answer = city.json("rollup", *asked)

    def summed(part: str, name: str) -> int:
        return sum(status[part][name] for status in said)

    total = answer["total"]
    same = ("wanted", "done", "on_time", "late", "overdue", "due_soon", "cancelled")
    assert {name: total[name] for name in same} == {name: summed("counts", name) for name in same}
    assert total["due"] == summed("fallen_due", "wanted")
    assert total["early"] == summed("counts", "done") - summed("fallen_due", "done")
    assert total["not_reached"] == summed("counts", "open") - summed("fallen_due", "open")
    assert total["wanted"] == total["due"] + total["early"] + total["not_reached"]
    assert total["no_deadline"] == sum(len(status["no_deadline"]) for status in said)
    assert total["unread"] == sum(len(status["unread"]) for status in said)
    for by, key in (("section", "sections"), ("unit", "units")):
        joined = city.json("rollup", "--by", by, *asked)["items"]
        for group in joined:
            counts = [
                one["counts"]
                for status in said
                for one in status[key]
                if one["title"] == group["title"]
            ]
            for name in same:
                assert group[name] == sum(one[name] for one in counts), (group, name)


def test_one_office_has_a_title_or_a_unit_twice(city: Office) -> None:
    """Two sections of one title, two spellings of a unit: each task counts, and once."""
    plan = city.root / "a" / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8").replace("title: Thể chế", "title: Chỉ đạo")
    text = text.replace("supporting: [Văn phòng]", "supporting: [Văn phòng, VĂN PHÒNG]")
    plan.write_text(text, encoding="utf-8", newline="\n")

    (section,) = city.json("rollup", "a", "--by", "section")["items"]
    units = city.json("rollup", "a", "--by", "unit")["items"]

    assert (section["number"], section["wanted"], section["done"]) == ("I", 5, 3)
    assert {unit["title"]: unit["wanted"] for unit in units} == {
        "Văn phòng": 5,
        "Tư pháp": 1,
        "": 0,
    }


def test_typed_periods_are_those_of_the_offices_year(city: Office) -> None:
    in_june = city.json("rollup", "--period", "T6", "--as-of", "2026-11-29")

    assert in_june["period"] == "2025-06"
    assert in_june["total"] == city.json("rollup", "--month", "6", "--as-of", "2026-11-29")["total"]


def test_a_faulty_office_is_a_row_and_stops_nobody(city: Office) -> None:
    plan = city.root / "b" / "plan" / "2025.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")

    done = city.run("rollup", "--format", "json", env={"PARPLAN_LANG": "en"})

    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert [item["wanted"] for item in answer["items"]] == [5, None, 5]
    assert answer["items"][1]["problem"].startswith("b/plan/2025.yaml:34:1: ")
    assert answer["items"][1]["problem"].endswith("[unknown-key]")
    assert answer["unreadable"] == 1
    assert figures_of(answer["total"]) == tuple(
        map(sum, zip(COUNTED["a"], COUNTED["quận/c"], strict=True))
    )
    table = city.run("rollup", env={"PARPLAN_LANG": "en"}).stdout
    assert "b: cannot be read" in table
    assert "b/plan/2025.yaml:34:1: " in table


def test_a_damaged_line_is_told_and_the_other_records_count(city: Office) -> None:
    journal = city.root / "a" / "plan" / "2025.journal.yaml"
    with journal.open("ab") as file:
        file.write(b"- ?\n")

    answer = city.json("rollup")

    assert "a/plan/2025.journal.yaml:4:1: " in answer["items"][0]["problem"]
    assert figures_of(answer["items"][0]) == COUNTED["a"]


def test_an_office_without_the_year_is_told(city: Office) -> None:
    open_office(city.root, "d", year=2024)

    done = city.run("rollup", "--year", "2025", "--format", "json", env={"PARPLAN_LANG": "en"})

    assert done.returncode == 1
    problems = [item["problem"] for item in json.loads(done.stdout)["items"]]
    assert problems == ["", "", "d: no plan for 2025; there are plans for: 2024", ""]
    mixed = city.say("rollup", "--lang", "en")
    assert "plans of several years (2024: 1, 2025: 3)" in " ".join(mixed.split())


# Offices without git.


def test_an_export_counts_as_the_office_itself(city: Office) -> None:
    exported = city.root / "exports" / "a.json"
    office = Office(city.root / "a", clean_environment())
    office.say("export", "json", "-o", str(exported))

    (row,) = city.json("rollup", str(exported))["items"]

    (own,) = city.json("rollup", "a")["items"]
    assert row | {"folder": ""} == own | {"folder": ""}
    found = city.json("rollup", "exports")["items"]
    assert [item["folder"] for item in found] == ["exports/a.json"]
    both = city.say("rollup", "a", "exports", "--lang", "en")
    assert "The same office and plan, of which each counts: a, exports/a.json" in both


def test_an_export_of_another_format_is_none(city: Office) -> None:
    """It may count otherwise: what a later parplan writes is not guessed."""
    exported = city.root.parent / "a.json"
    Office(city.root / "a", clean_environment()).say("export", "json", "-o", str(exported))
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace('"format": 1,', '"format": 2,', 1), encoding="utf-8")

    done = city.run("rollup", str(exported), "--lang", "en")

    assert done.returncode == 1
    assert "a.json: this is no export of a plan" in done.stdout


def test_an_export_of_a_part_is_no_office(city: Office) -> None:
    office = Office(city.root / "a", clean_environment())
    office.say("export", "json", "--unit", "tp", "-o", "../part.json")

    done = city.run("rollup", "part.json", "--format", "json", env={"PARPLAN_LANG": "en"})

    (row,) = json.loads(done.stdout)["items"]
    assert (done.returncode, row["wanted"]) == (1, None)
    assert row["problem"] == "part.json: this export holds 'tp' alone; export the whole plan"


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 1, "plan": {}}', '"' + "[" * 9, "\xff"])
def test_another_file_is_no_export(text: str, city: Office) -> None:
    (city.root / "x.json").write_bytes(text.encode("latin-1"))

    done = city.run("rollup", "x.json", "--format", "json", env={"PARPLAN_LANG": "en"})

    (row,) = json.loads(done.stdout)["items"]
    assert (done.returncode, done.stderr, row["wanted"]) == (1, "", None)
    assert "no export" in row["problem"]


def test_what_is_found_below_a_folder(city: Office) -> None:
    open_office(city.root / "a", "thon")
    (city.root / "other.json").write_text('{"name": "x"}', encoding="utf-8")
    (city.root / "a" / "parplan-2025.json").write_text('{"format": 1, }', encoding="utf-8")
    (city.root / "shell.json").write_text('{"format": 1, }', encoding="utf-16")
    (city.root / ".trash").mkdir()
    open_office(city.root / ".trash", "old")
    (city.root / "link").symlink_to(city.root / "a", target_is_directory=True)
    (city.root / "link.json").symlink_to(city.root.parent / "secret.json")
    (city.root.parent / "secret.json").write_text('{"format": 1, }', encoding="utf-8")

    found = find_sources([str(city.root), str(city.root / "a")])

    names = [Path(source.name).relative_to(city.root).as_posix() for source in found]
    assert names == ["a", "a/thon", "b", "quận/c", "shell.json"]


# Joined by what offices have in common.


def test_tasks_are_joined_by_number_and_wording(city: Office) -> None:
    open_office(city.root, "d", third="Rà soát  VĂN BẢN", deadline="Quý II/2025")
    open_office(city.root, "e", third="Kiểm tra văn bản")

    answer = city.json("rollup", "--by", "task")

    rows = [(row["number"], row["title"], row["offices"]) for row in answer["items"]]
    assert rows == [
        ("1", "Báo cáo quý", 5),
        ("2", "Tiếp dân", 5),
        ("3", "Rà soát văn bản", 4),
        ("4", "Đo lường", 5),
        ("3", "Kiểm tra văn bản", 1),
    ]
    assert answer["items"][2]["deadlines"] == [
        {"deadline_text": "Trước ngày 1/7/2025", "offices": 3},
        {"deadline_text": "Quý II/2025", "offices": 1},
    ]
    said = " ".join(city.say("rollup", "--by", "task", "--lang", "en").split())
    assert "The same number, other words in other offices: 3" in said
    assert "Task 3 has different deadlines: “Trước ngày 1/7/2025” (3); “Quý II/2025” (1)" in said


def test_units_are_joined_by_their_names(city: Office) -> None:
    answer = city.json("rollup", "--by", "unit")

    rows = {row["title"]: (row["offices"], row["wanted"]) for row in answer["items"]}
    assert rows == {"Văn phòng": (3, 14), "Tư pháp": (3, 2), "": (3, 0)}


def test_a_filter_that_no_office_knows_is_refused(city: Office) -> None:
    assert "no office has tasks of 'y tế'" in city.refuse("rollup", "--unit", "y tế")
    assert "no workspace" in city.refuse("rollup", str(city.root / "a" / "plan"))
    assert "there is no folder nowhere" in city.refuse("rollup", "nowhere")


# What is late.


def test_what_is_overdue_in_all_offices(city: Office) -> None:
    items = city.json("rollup", "due")["items"]

    assert [(item["folder"], item["ref"], item["days_left"]) for item in items] == [
        ("b", "1@2025-Q1", -103),
        ("quận/c", "1@2025-Q1", -103),
        ("b", "1@2025-Q2", -11),
        ("quận/c", "1@2025-Q2", -11),
    ]
    rows = list(csv.DictReader(io.StringIO(city.say("rollup", "due", "--format", "csv"))))
    assert [row["office"] for row in rows] == ["UBND b", "UBND c", "UBND b", "UBND c"]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("words", ["rollup", "rollup due", "rollup --by task"])
def test_it_fits_the_screen(words: str, columns: int, city: Office) -> None:
    said = city.say(*words.split(), env={"COLUMNS": str(columns)})

    assert max(map(width, said.splitlines())) <= columns


def test_a_narrow_screen_says_which_columns_it_lacks(city: Office) -> None:
    narrow, wide = (
        city.say("rollup", "--lang", "en", env={"COLUMNS": columns}) for columns in ("40", "100")
    )

    assert "Left out on a narrow screen: " in narrow
    assert "Left out" not in wide
    assert wide.splitlines()[-1].split()[:3] == ["Total", "6", "3"]


def test_nothing_is_written_into_the_offices(city: Office) -> None:
    before = tree(city.root)

    for words in ("rollup", "rollup --by task", "rollup due"):
        city.say(*words.split())

    assert tree(city.root) == before


# As a workbook.


def test_the_workbook_has_what_the_commands_say(city: Office) -> None:
    (city.root / "b" / "plan" / "2025.yaml").write_text("x: 1\n", encoding="utf-8")
    done = city.run("rollup", "xlsx", "--lang", "en", "-o", "out.xlsx")
    rows = list(
        csv.DictReader(io.StringIO(city.run("rollup", "--format", "csv", "--lang", "en").stdout))
    )
    late = city.run("rollup", "due", "--format", "json").stdout

    assert done.returncode == 1
    book = openpyxl.load_workbook(city.root / "out.xlsx")
    assert book.sheetnames == ["Offices", "Tasks", "Overdue"]
    heads, *offices, total = book["Offices"].iter_rows(values_only=True)
    number = heads.index("Due by now")
    assert [row[number] for row in offices] == [
        int(row["due"]) if row["due"] else None for row in rows
    ]
    assert (total[0], total[number]) == ("Total", sum(int(row["due"] or 0) for row in rows))
    assert [row[heads.index("Problem")] or "" for row in offices] == [
        row["problem"] for row in rows
    ]
    tasks = list(book["Tasks"].iter_rows(values_only=True))
    assert [row[0] for row in tasks] == ["No.", "1", "2", "3", "4"]
    overdue = list(book["Overdue"].iter_rows(values_only=True))
    items = json.loads(late)["items"]
    assert [(row[0], row[2]) for row in overdue[1:]] == [
        (item["office"], item["ref"]) for item in items
    ]


def test_a_workbook_that_is_there_stays(city: Office) -> None:
    city.say("rollup", "xlsx")

    assert "is there already" in city.refuse("rollup", "xlsx")
    assert (city.root / f"rollup-{TODAY}.xlsx").exists()
