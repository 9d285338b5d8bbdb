"""What may be a slip becomes no record: it is asked about, or refused with what to type."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.helpers.office import Office, made, on_terminal

pytest.importorskip("pty", reason="questions are tried on a terminal of this kind")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def two_years(office: Office) -> None:
    """Give the office the same plan for 2026."""
    text = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    text = re.sub(r"\b2025\b", "2026", text)
    (office.root / "plan" / "2026.yaml").write_text(text, encoding="utf-8", newline="\n")


# Several references, and what is left over.


@pytest.mark.parametrize(
    ("words", "refs", "text"),
    [
        pytest.param(["done", "23@6", "23@Q2"], ["23@2025-06", "23@2025-Q2"], "", id="two"),
        pytest.param(["note", "4@6", "9", "đã họp"], ["4@2025-06", "9@2025"], "đã họp", id="text"),
        pytest.param(["start", "9", "9@2025"], ["9@2025"], "", id="the-same-twice"),
        pytest.param(["note", "4@6", "Q2 xong"], ["4@2025-06"], "Q2 xong", id="no-reference"),
    ],
)
def test_every_reference_is_recorded(
    office: Office, words: list[str], refs: list[str], text: str
) -> None:
    answer = office.say(*words)

    assert [record.ref for record in office.records()] == refs
    assert {record.text for record in office.records()} == {text}
    assert answer.count("\n") == len(refs)


def test_where_one_reference_is_wrong_none_is_recorded(office: Office) -> None:
    assert "4@2025-07" in office.refuse("done", "23@6", "4@7")


def test_references_of_two_plans_are_refused(office: Office) -> None:
    two_years(office)

    assert "2025, 2026" in office.refuse("note", "4@6/2025", "4@6/2026", "x")


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        pytest.param(
            ["done", "4@6", "--evidence", "TB", "12/TB-UBND"],
            "--evidence 'TB 12/TB-UBND'",
            id="number",
        ),
        pytest.param(
            ["done", "4@6", "--evidence", "Thông", "báo", "số", "12/TB-UBND", "--percent", "50"],
            "--evidence 'Thông báo số 12/TB-UBND'",
            id="long-number",
        ),
        pytest.param(
            ["note", "4@6", "--evidence=TB", "12/TB-UBND"], "'TB 12/TB-UBND'", id="equals"
        ),
        pytest.param(
            ["note", "4@6", "--reason", "trùng", "lịch"], "--reason 'trùng lịch'", id="reason"
        ),
        pytest.param(
            ["directive", "4@6", "--due", "10/7", "--by", "CV", "12/UBND"],
            "--by 'CV 12/UBND'",
            id="directive",
        ),
        pytest.param(["note", "17", "--value", "98", "5"], '--value "98,5"', id="powershell"),
        pytest.param(["note", "17", "--value", "98,5", "5"], "before it", id="number-and-number"),
        pytest.param(["note", "4@6", "đã", "họp"], "note 4@6 'đã họp'", id="text"),
        pytest.param(["note", "4@6", "- đã họp"], "-- '- đã họp'", id="dash"),
        pytest.param(["note", "4@6", "-5 hồ sơ"], "-- '-5 hồ sơ'", id="minus"),
    ],
)
def test_what_is_left_over_is_no_text(office: Office, words: list[str], typed: str) -> None:
    assert typed in office.refuse(*words)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(["--evidence", "TB 12/TB-UBND", "xong"], "xong", id="in-marks"),
        pytest.param(["--author", "An", "đã họp"], "đã họp", id="with-a-space"),
        pytest.param(["đã", "--evidence", "12/TB-UBND"], "đã", id="before"),
        pytest.param(["--percent", "50", "xong"], "xong", id="behind-a-number"),
        pytest.param(["--", "- đã họp"], "- đã họp", id="dash"),
    ],
)
def test_what_is_a_text_is_recorded(office: Office, words: list[str], text: str) -> None:
    office.say("note", "4@6", *words)

    assert office.last().text == text


# Days that are rarely meant.


SLIPS = [
    pytest.param(["done", "4@11"], "01/11/2025", id="before-the-period"),
    pytest.param(["done", "4@6", "--on", "31/5"], "01/06/2025", id="day-before-the-period"),
    pytest.param(["directive", "12", "--due", "15/1/2026"], "15/01/2026", id="another-year"),
    pytest.param(["directive", "4@6", "--due", "30/6/2052"], "30/06/2052", id="figures-turned"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS)
def test_a_day_that_is_rarely_meant_is_refused_and_recorded_with_yes(
    office: Office, words: list[str], said: str
) -> None:
    complaint = office.refuse(*words, env={"PARPLAN_LANG": "vi"})

    assert said in complaint
    assert "--yes" in complaint
    office.say(*words, "--yes")
    assert office.last().kind == words[0]


@pytest.mark.parametrize(("words", "said"), SLIPS)
@pytest.mark.parametrize(("answer", "records"), [("c", 1), ("k", 0), ("", 0)])
def test_on_a_terminal_it_is_asked(
    office: Office, words: list[str], said: str, answer: str, records: int
) -> None:
    office.write()
    status, screen = on_terminal(office, *words, typed=answer)

    assert said in screen
    assert (status, len(office.records())) == (1 - records, records)


def test_the_second_done_of_a_month_does_not_close_november(office: Office) -> None:
    office.say("done", "4@6")

    assert "4@2025-11" in office.refuse("done", "4")


def test_a_deadline_of_one_day_is_met_before_it(office: Office) -> None:
    office.write(made(1, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15)))

    office.say("done", "12")

    assert office.last().ref == "12@2025-11-15"


# January: last year's task, or this year's.


def test_in_january_a_number_is_not_next_years_task_while_last_years_is_late(
    office: Office,
) -> None:
    two_years(office)
    january = {"PARPLAN_TODAY": "2026-01-05"}
    complaint = office.refuse("done", "9", env=january)

    assert re.findall("parplan done (.*)", complaint) == ["9@2025", "9@2026"]
    office.say("done", "9@2025", env=january)
    office.say("done", "9", env=january)
    assert [row["ref"] for row in office.items("log", "--year", "2026")] == ["9@2026"]


def test_nor_is_it_in_a_file_of_updates(office: Office) -> None:
    two_years(office)
    lines = b"9: xong; QD 1\n9@2026: xong; QD 2\n"
    done = office.run("record", "-", "--yes", stdin=lines, env={"PARPLAN_TODAY": "2026-01-05"})

    assert done.returncode == 1
    assert "--year 2025" in done.stdout
    assert [row["text"] for row in office.items("log", "--year", "2026")] == ["QD 2"]


# Words of a task.


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        pytest.param(["note", "đối thoại@6", "x"], "5@2025-06", id="with-a-period"),
        pytest.param(["note", "DOI THOAI@T6", "x"], "5@2025-06", id="capitals-without-accents"),
        pytest.param(["note", "ho so tthc", "x"], "17", id="continuous"),
    ],
)
def test_words_mean_the_one_task_that_has_them(office: Office, words: list[str], ref: str) -> None:
    office.say(*words)

    assert office.last().ref == ref


def test_words_mean_the_one_open_occurrence(office: Office) -> None:
    office.say("done", "đối thoại@6")
    office.say("note", "đối thoại", "x")

    assert office.last().ref == "5@2025-10"


def test_words_of_several_tasks_are_answered_with_commands_that_work(office: Office) -> None:
    complaint = office.refuse("start", "quyết định")

    commands = re.findall(r"^  parplan start (\S+) .*# .+; ", complaint, re.MULTILINE)
    assert len({ref.partition("@")[0] for ref in commands}) > 1
    for ref in commands:
        office.say("start", ref)
        assert office.last().ref == ref


@pytest.mark.parametrize(
    "words", [["show"], ["log"], ["directive", "--due", "10/7"], ["report", "6", "--task"]]
)
def test_every_command_takes_words(office: Office, words: list[str]) -> None:
    office.say("note", "4@6", "x")
    command, *rest = words
    ended = office.run(command, *rest, "giao ban@6" if command == "directive" else "giao ban")

    assert (ended.returncode, ended.stderr) == (0, "")
    ended = office.run(command, *rest, "quyết định")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "10 (Thanh tra, tiếp dân, xử lý đơn thư)" in ended.stderr


def test_words_that_no_task_has(office: Office) -> None:
    assert "'xây cầu'" in office.refuse("done", "xây cầu")


@pytest.mark.parametrize(("answer", "ref"), [("2", "4@2025-11"), ("", None), ("3", None)])
def test_on_a_terminal_one_is_chosen(office: Office, answer: str, ref: str | None) -> None:
    office.write()
    status, screen = on_terminal(office, "start", "giao ban", typed=answer)

    assert "1. 4@2025-06" in screen
    assert [record.ref for record in office.records()] == ([ref] if ref else [])
    assert status == (0 if ref else 1)
