"""``forms`` and its commands as a clerk meets them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parplan.text import width
from tests.helpers.office import Office
from tests.helpers.stat_forms import drafted, figures_of

if TYPE_CHECKING:
    from tests.conftest import Golden

FORMS = "plan/2025.forms.yaml"


@pytest.fixture
def bare(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office without statistical forms."""
    return Office(workspace, environment)


@pytest.fixture
def office(bare: Office) -> Office:
    """Return an office with the example for its forms."""
    bare.say("forms", "example")
    return bare


def test_without_forms_the_commands_say_what_to_do(bare: Office) -> None:
    assert f"there is no {FORMS}; 'parplan forms example'" in bare.refuse("forms")


def test_the_example_is_written_once_and_checks_out(bare: Office) -> None:
    assert FORMS in bare.say("forms", "example")
    assert (bare.root / "plan" / "forms.schema.json").is_file()
    assert f"{FORMS}: không có lỗi" in bare.say("check")
    (bare.root / FORMS).write_text("mine", encoding="utf-8")

    assert f"{FORMS} is there already; nothing was written" in bare.refuse("forms", "example")
    assert (bare.root / FORMS).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("columns", [80, 40])
def test_a_table(columns: int, office: Office, golden: Golden) -> None:
    year = drafted("example_2025", "2025-Q2")
    earlier = {"6/1.2@2025-Q1": "1000", "6/2.2@2025-Q1": "11", "6/2.2@2024-Q2": "9"}
    office.write(*year, *figures_of(earlier, first=500))

    shown = office.say("forms", "--quarter", "2", "--form", "6", env={"COLUMNS": str(columns)})

    golden(f"forms-{columns}.txt", shown)
    assert max(map(width, shown.splitlines())) <= columns


def test_by_default_it_is_the_quarter_of_today(office: Office) -> None:
    assert office.json("forms")["period"] == "2025-Q2"
    assert office.json("forms", "--as-of", "2026-11-29", "--year", "2025")["period"] == "2025-Q4"


@pytest.mark.parametrize("options", [("--week", "3"), ("--within", "5")])
def test_there_are_no_figures_of_a_week(options: tuple[str, ...], office: Office) -> None:
    assert "statistics are of a month" in office.refuse("forms", *options)


def test_a_form_that_is_not_there(office: Office) -> None:
    assert "no form 8; there are: 1, 2, 3, 4, 5, 6, 7" in office.refuse("forms", "--form", "8")


def test_check_says_where_a_figure_stands(office: Office) -> None:
    office.write(*drafted("example_q1_2026", "2025-Q1"))

    done = office.run("check", "--lang", "vi")

    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        f"plan/2025.journal.yaml:{line}:1" for line in (4, 47, 48)
    ]
    assert "tỷ lệ 22,45 lại đúng khi đổi chỗ" in done.stderr
