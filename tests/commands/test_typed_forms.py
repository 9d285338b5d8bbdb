"""Every argument and option that takes a period, a day, a reference or a share reads short forms.

What each form means is ``tests/schedule/test_typed.py``; here each place is tried with one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.office import Office


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


@pytest.mark.parametrize("command", ["due", "status"])
@pytest.mark.parametrize(
    ("words", "period"),
    [
        pytest.param(["6"], "2025-06", id="month"),
        pytest.param(["quý II"], "2025-Q2", id="quarter"),
        pytest.param(["hôm qua"], "2025-06-19", id="yesterday"),
        pytest.param(["--month", "T6"], "2025-06", id="--month"),
        pytest.param(["--month", "6/2025"], "2025-06", id="--month-with-year"),
        pytest.param(["--quarter", "II"], "2025-Q2", id="--quarter"),
        pytest.param(["--half", "H2"], "2025-H2", id="--half"),
        pytest.param(["--week", "tuần 23"], "2025-W23", id="--week"),
        pytest.param(["6", "--as-of", "2025-07-01"], "2025-06", id="before-the-day"),
    ],
)
def test_a_period(office: Office, command: str, words: list[str], period: str) -> None:
    answer = office.json(command, *words)

    assert (answer["period"], answer.get("year", 2025)) == (period, 2025)


@pytest.mark.parametrize("words", [["T6"], ["--month", "T6"], ["--month", "6/2025"]])
def test_a_report_is_of_the_period(office: Office, words: list[str]) -> None:
    office.say("report", *words, "--format", "md")

    assert (office.root / "reports" / "2025-06.md").exists()


def test_the_log_is_of_the_period(office: Office) -> None:
    office.say("note", "4@6", "xong một nửa")

    assert [row["ref"] for row in office.items("log", "--month", "tháng 6")] == ["4@2025-06"]
    assert office.items("log", "--month", "T5") == []


def test_a_period_without_its_year_is_of_the_year_that_is_named(office: Office) -> None:
    other = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    other = other.replace("year: 2025", "year: 2026", 1)
    (office.root / "plan" / "2026.yaml").write_text(other, encoding="utf-8", newline="\n")

    for words in (["due", "6", "--year", "2026"], ["due", "--year", "2026", "--month", "T6"]):
        assert office.json(*words)["period"] == "2026-06"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["note", "4@6", "đã gửi giấy mời"], id="note"),
        pytest.param(["start", "4@T6"], id="start"),
        pytest.param(["done", "4@6/2025"], id="done"),
        pytest.param(["pause", "4@tháng 6"], id="pause"),
        pytest.param(["cancel", "4@06-2025"], id="cancel"),
        pytest.param(["directive", "4@6", "--due", "10/7"], id="directive"),
    ],
)
def test_an_occurrence(office: Office, words: list[str]) -> None:
    office.say(*words)

    assert office.last().ref == "4@2025-06"
    assert [row["ref"] for row in office.items("log", "4@6")] == ["4@2025-06"]
    assert office.json("show", "4@6")["task"] == "4"


def test_an_occurrence_is_opened_again(office: Office) -> None:
    office.say("done", "4@6")
    office.say("reopen", "4@6")

    assert office.item("4@2025-06")["state"] == "in-progress"


@pytest.mark.parametrize(
    ("typed", "day", "full"),
    [
        pytest.param("hôm qua", "2025-06-19", "thứ Năm 19/06/2025", id="yesterday"),
        pytest.param("5/6", "2025-06-05", "thứ Năm 05/06/2025", id="short"),
        pytest.param("20/3/25", "2025-03-20", "thứ Năm 20/03/2025", id="two-figures"),
        pytest.param("2025-06-13", "2025-06-13", "thứ Sáu 13/06/2025", id="full"),
    ],
)
def test_the_day_it_happened_is_said_in_full(
    office: Office, typed: str, day: str, full: str
) -> None:
    answer = office.say("note", "4@6", "đã họp", "--on", typed)

    assert str(office.last().on) == day
    assert full in answer


def test_a_deadline_is_said_in_full(office: Office) -> None:
    answer = office.say("directive", "4@6", "--due", "thứ hai")

    assert "thứ Hai 23/06/2025" in answer


def test_the_day_that_counts_as_today_is_said_in_full(office: Office) -> None:
    ended = office.run("due", "--as-of", "hôm qua")

    assert ended.returncode == 0
    assert ended.stderr.startswith("'hôm qua': ")


@pytest.mark.parametrize(
    ("option", "typed", "field", "value"),
    [
        pytest.param("--value", "98,5%", "value", "98.5", id="value"),
        pytest.param("--percent", "45%", "percent", "45", id="percent"),
    ],
)
def test_a_share(office: Office, option: str, typed: str, field: str, value: str) -> None:
    office.say("note", "4@6", option, typed)

    assert str(getattr(office.last(), field)) == value


@pytest.mark.parametrize(
    ("words", "meanings"),
    [
        pytest.param(["due", "6 tháng"], ["(gõ 2025-H1)", "(gõ 2025-H2)"], id="half"),
        pytest.param(["due", "5-6"], ["(gõ 5/6/2025)", "(gõ 2025-05..2025-06)"], id="day"),
        pytest.param(
            ["done", "4@6", "--on", "20/12"],
            ["thứ Sáu 20/12/2024 (gõ 20/12/2024)", "thứ Bảy 20/12/2025 (gõ 20/12/2025)"],
            id="two-years",
        ),
        pytest.param(
            ["done", "4@6", "--on", "T6"],
            ["thứ Sáu 20/06/2025 (gõ 20/6/2025)", "tháng 6/2025"],
            id="weekday-or-month",
        ),
        pytest.param(["note", "1@6 tháng", "x"], ["2025-H1", "2025-H2"], id="reference"),
    ],
)
def test_what_can_be_two_things_is_refused_with_both(
    office: Office, words: list[str], meanings: list[str]
) -> None:
    complaint = office.refuse(*words, env={"PARPLAN_LANG": "vi"})

    assert all(meaning in complaint for meaning in meanings), complaint


def test_an_occurrence_that_is_not_there_is_answered_with_those_there_are(office: Office) -> None:
    complaint = office.refuse("done", "4@7")

    assert "no occurrence 4@2025-07; it has: 4@2025-06, 4@2025-11" in complaint


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("due", "--within", "2 tuần"), ("due", "--within", "14")),
        (("due", "--year", "năm 2025"), ("due", "--year", "2025")),
        (("due", "--year", "25"), ("due",)),
        (("list", "--section", "2"), ("list", "--section", "ii")),
        (("due", "--format", "bảng"), ("due",)),
        (("list", "--state", "chưa-làm"), ("list", "--state", "not-started")),
        (("rollup", ".", "--by", "lĩnh-vực"), ("rollup", ".", "--by", "section")),
        (("rollup", ".", "--by", "linh vuc"), ("rollup", ".", "--by", "section")),
        (("settings", "ngôn-ngữ"), ("settings", "language")),
    ],
)
def test_words_of_options_have_a_vietnamese_name(
    office: Office, words: tuple[str, ...], same: tuple[str, ...]
) -> None:
    assert office.say(*words) == office.say(*same)


def test_a_change_is_named_in_vietnamese(office: Office) -> None:
    office.say("amend", "nhiệm-vụ", "4", "--officer", "Lan")
    office.say("amend", "văn-bản", "--number", "41")
    office.say("amend", "báo-cáo", "năm", "--data-until", "ngày 20")

    assert office.json("show", "4")["officer"] == ["Lan"]
