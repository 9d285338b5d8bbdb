"""``status``: the headline in the terminal, at any width, in colour or without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.render.status_marks import LOOKS, Kind
from parplan.render.terminal.strips import apportion
from parplan.text import width
from tests.conftest import Golden
from tests.helpers.office import Office, made, on_terminal
from tests.helpers.pages import record

ANSI = re.compile("\x1b\\[[0-9;]*m")
DAY = ("--as-of", "2025-06-20")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has recorded half a year."""
    found = Office(workspace, environment)
    record(found)
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_year(columns: str, language: str, office: Office, golden: Golden) -> None:
    said = office.say("status", *DAY, "--lang", language, env={"COLUMNS": columns})

    assert max(map(width, said.splitlines())) <= int(columns)
    golden(f"status-{columns}.{language}.txt", said)


def test_a_quarter(office: Office, golden: Golden) -> None:
    golden("status-quarter.vi.txt", office.say("status", "2025-Q2", *DAY))


def test_programs_get_the_same_in_every_language(office: Office, golden: Golden) -> None:
    said = office.say("status", *DAY, "--format", "json")

    golden("status.json", said)
    assert office.say("status", *DAY, "--format", "json", "--lang", "en") == said


@pytest.mark.parametrize("words", [("--month", "6"), ("2025-Q2",), ("--within", "14")])
def test_a_period_has_what_due_lists(words: tuple[str, ...], office: Office) -> None:
    told = office.json("status", *words, *DAY)
    listed = office.json("due", *words, *DAY)

    assert told["period"] == listed["period"]
    timings = [one["timing"] for one in listed["items"]]
    assert told["counts"]["overdue"] == timings.count("overdue")
    assert told["counts"]["wanted"] + told["counts"]["cancelled"] == len(timings)


def test_colour_only_adds(office: Office) -> None:
    """On a terminal the same words stand there, in colour."""
    plain = office.say("status", *DAY)

    status, seen = on_terminal(office, "status", *DAY, env={"COLUMNS": "80"})

    assert status == 0
    assert ANSI.search(seen)
    assert ANSI.sub("", seen).replace("\r\n", "\n") == plain


def test_a_busy_month_fits_the_screen(office: Office) -> None:
    text = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    rows = "".join(
        f'      - {{id: "x{number}", title: Việc {number}, schedule: [{{in: 2025-06}}]}}\n'
        for number in range(300)
    )
    more = f"sections:\n  - id: X\n    title: Nhiều việc\n    tasks:\n{rows}"
    assert text.count("\nsections:\n") == 1
    text = text.replace("sections:\n", more)
    (office.root / "plan" / "2025.yaml").write_text(text, encoding="utf-8")
    office.write(made(1, "done", "x1@2025-06"))

    said = office.say("status", *DAY, env={"COLUMNS": "60"})

    june = next(line for line in said.splitlines() if line.startswith("T6"))
    assert june.split()[1] == "307"
    assert max(map(width, said.splitlines())) <= 60
    assert "Đ" in june
    assert "(một chữ thay cho nhiều việc)" in said


def test_hostile_titles_drive_no_terminal(office: Office) -> None:
    office.edit_plan("    title: Cải cách thể chế", '    title: "\\e[31mred\\u202e"')

    said = office.say("status", *DAY)

    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\x1b[31mred\\u202e" in said


# The strips.

counts = st.dictionaries(st.sampled_from(list(LOOKS)), st.integers(0, 10_000))


@given(numbers=counts, room=st.integers(6, 80))
def test_a_strip_is_as_long_as_its_room(numbers: dict[Kind, int], room: int) -> None:
    found = apportion(numbers, room)

    assert sum(found.values()) == (room if any(numbers.values()) else 0)
    assert {kind for kind, number in found.items() if number} == {
        kind for kind, number in numbers.items() if number
    }


@given(numbers=counts, room=st.integers(6, 80))
def test_a_strip_keeps_the_order_of_sizes(numbers: dict[Kind, int], room: int) -> None:
    found = apportion(numbers, room)

    for one in found:
        for other in found:
            if numbers[one] > numbers[other]:
                assert found[one] >= found[other]


def test_a_strip_counted_by_hand() -> None:
    assert apportion({"on-time": 3, "late": 1, "upcoming": 21}, 20) == {
        "on-time": 2,
        "late": 1,
        "upcoming": 17,
    }
