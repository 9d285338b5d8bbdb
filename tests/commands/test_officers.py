"""Who has a task in hand: named in the plan, asked for by name, written to by name."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.office import Office

LAN, BINH = "Nguyễn Thị Lan", "Lê Văn Bình"


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office in which Lan has tasks 4 and 5, and Bình has 4 from 1 November on."""
    office = Office(workspace, environment)
    office.env["XDG_CONFIG_HOME"] = str(workspace / "home" / "config")
    office.env["PARPLAN_LANG"] = "en"
    del office.env["PARPLAN_AUTHOR"]
    for task in ("4", "5"):
        office.say("amend", "task", task, "--officer", LAN)
    office.say("amend", "task", "4", "--officer", BINH, "--from", "1/11/2025", "--by", "QĐ 7")
    return office


def refs(office: Office, *words: str) -> list[str]:
    return [item["ref"] for item in office.json("due", "--year-report", *words)["items"]]


def test_an_occurrence_is_its_officers_of_the_day_it_is_due(office: Office) -> None:
    assert refs(office, "--officer", "nguyen thi lan") == ["4@2025-06", "5@2025-06", "5@2025-10"]
    assert refs(office, "--officer", "bình") == ["4@2025-11"]
    assert office.json("show", "4")["officer"] == [LAN]
    assert office.json("show", "4", "--as-of", "2025-11-01")["officer"] == [BINH]
    assert office.json("show", "4")["units"] == ["Văn phòng UBND"]
    shown = office.say("show", "4")
    assert f"Officers: {LAN}" in shown
    assert f"Handed over: to {BINH} from 2025-11-01 (QĐ 7)" in shown
    assert LAN in office.say("list", "giao ban")
    assert office.json("list", "lan")["items"][0]["officer"] == [LAN]


def test_other_units_have_no_officers_of_the_old_ones_unless_they_are_named(
    office: Office,
) -> None:
    office.say("amend", "task", "5", "--to", "tu-phap", "--from", "1/7/2025")

    assert office.json("show", "5", "--as-of", "2025-07-01")["officer"] == []
    office.say("amend", "task", "5", "--to", "Một cửa", "--officer", BINH, "--from", "1/8/2025")
    august = office.json("show", "5", "--as-of", "2025-08-01")
    assert (august["unit_ids"], august["officer"]) == (["mot-cua"], [BINH])


def test_who_has_a_task_already_is_followed_from_a_day_on(office: Office) -> None:
    assert "from which day" in office.refuse("amend", "task", "4", "--officer", "Trần An")


def test_a_name_is_written_as_the_plan_has_it_unless_accents_tell_two_apart(
    office: Office,
) -> None:
    office.say("amend", "task", "6", "--officer", "nguyen thi lan")
    office.say("amend", "task", "8", "--officer", "Nguyễn Thị Lân")

    assert office.json("show", "6")["officer"] == [LAN]
    assert office.json("show", "8")["officer"] == ["Nguyễn Thị Lân"]
    assert "several officers: Nguyễn Thị Lan, Nguyễn Thị Lân" in office.refuse(
        "due", "--officer", "nguyen thi lan"
    )
    assert "6@2025-08" in refs(office, "--officer", "NGUYỄN THỊ LAN")


def test_a_name_is_given_to_no_other_than_was_meant(office: Office) -> None:
    """Typed without accents, 'Lan' and 'Lân' are one; the first would have had the task."""
    office.say("amend", "task", "8", "--officer", "Nguyễn Thị Lân")
    before = (office.root / "plan/2025.yaml").read_bytes()

    for more in ((), ("--from", "1/11/2025")):
        refusal = office.refuse("amend", "task", "6", "--officer", "nguyen thi lan", *more)
        assert "can be several officers: Nguyễn Thị Lan, Nguyễn Thị Lân" in refusal

    assert (office.root / "plan/2025.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[31m", "a\x07", "\u202eabc", "\n"])
def test_what_is_no_name_is_refused(name: str, office: Office) -> None:
    for more in ((), ("--from", "1/11/2025")):
        refusal = office.refuse("amend", "task", "6", "--officer", name, *more)
        assert "is no name of an officer" in refusal
        assert "\x1b" not in refusal


def test_a_name_is_one_line(office: Office) -> None:
    office.say("amend", "task", "6", "--officer", " Trần\nVăn  An ")
    assert office.json("show", "6")["officer"] == ["Trần Văn An"]


def test_a_name_that_nobody_or_more_than_one_has_is_refused(office: Office) -> None:
    office.say("amend", "task", "6", "--officer", "Trần Lan Anh")

    assert f"several officers: {LAN}, Trần Lan Anh" in office.refuse("due", "--officer", "lan")
    assert "no task names the officer 'Hoa'" in office.refuse("due", "--officer", "Hoa")
    assert "--mine does not go" in office.refuse("due", "--officer", LAN, "--mine")


def test_a_plan_without_officers_says_how_to_name_one(
    workspace: Path, environment: dict[str, str]
) -> None:
    office = Office(workspace, environment)

    assert "'parplan amend task 4 --officer NAME'" in office.refuse("due", "--officer", "Lan")


def test_mine_goes_by_the_settings_then_by_who_records_then_by_git(office: Office) -> None:
    office.git("init", "-q")
    office.git("config", "user.name", "Le Van Binh")
    assert refs(office, "--mine") == ["4@2025-11"]
    office.say("settings", "author", LAN)
    assert refs(office, "--mine") == ["4@2025-06", "5@2025-06", "5@2025-10"]
    assert refs(office, "--mine", "--as-of", "2025-06-20") == refs(office, "--officer", LAN)
    office.say("settings", "officer", BINH)
    assert refs(office, "--mine") == ["4@2025-11"]
    office.say("settings", "officer", "Bình")
    assert "names the officer 'Bình'" in office.refuse("due", "--mine"), "never half of a name"


def test_each_officer_gets_a_sheet_in_their_name(office: Office) -> None:
    office.say("sheet", "--month", "6", "--each-officer")

    (path,) = office.root.glob("sheet-*.xlsx")
    assert path.name == "sheet-2025-06-20-Nguyễn-Thị-Lan.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["B2"].value == LAN
    assert [sheet.cell(row, 1).value for row in (7, 8, 9)] == ["4@2025-06", "5@2025-06", None]
    assert sheet["D7"].value == f"Văn phòng UBND ({LAN})"
    office.say("sheet", "--month", "6", "--officer", "Lan", "-o", "lan.xlsx")
    assert openpyxl.load_workbook(office.root / "lan.xlsx").worksheets[0]["B2"].value == LAN


def test_letters_go_to_officers(office: Office) -> None:
    day = ("--as-of", "2025-07-01", "--format", "md")
    printed = office.say("reminder", "--each-officer", *day)

    assert "reports/reminder-2025-07-01-nguyen-thi-lan.md" in printed
    letter = (office.root / "reports/reminder-2025-07-01-nguyen-thi-lan.md").read_text("utf-8")
    assert f"đề nghị {LAN} khẩn trương" in letter
    assert office.say("reminder", "--officer", "Bình", *day).startswith("Nothing is overdue")


def test_the_exports_name_the_officers(office: Office) -> None:
    office.say("export", "xlsx", "--officer", "Lan", "-o", "a.xlsx")
    book = openpyxl.load_workbook(office.root / "a.xlsx")
    appendix, occurrences = book["Appendix"], book["Occurrences"]

    assert [appendix.cell(4, column).value for column in (5, 6)] == [
        "Bộ phận thực hiện",
        "Officers",
    ]
    assert appendix["F6"].value == LAN
    names = [cell.value for cell in occurrences[1]]
    assert occurrences.cell(2, names.index("Officers") + 1).value == LAN
    content = json.loads(office.say("export", "json", "--officer", "Lan", "-o", "-"))
    assert content["officer"] == LAN
    assert {item["task"] for item in content["occurrences"]} == {"4", "5"}


def test_the_shell_completes_names_by_any_of_their_words(office: Office) -> None:
    for line in ("parplan due --officer bi", "parplan amend task 6 --officer Lê"):
        words = line.split()
        done = office.run(
            env={
                "_PARPLAN_COMPLETE": "zsh_complete",
                "COMP_WORDS": line,
                "COMP_CWORD": str(len(words) - 1),
            }
        )
        assert BINH in done.stdout


def test_a_handover_to_nobody_is_named_with_its_place(office: Office) -> None:
    path = office.root / "plan" / "2025.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"officer: [{BINH}], ", "", 1), encoding="utf-8")

    assert "a handover names 'units', 'officer' or both [missing-key]" in office.refuse("due")
