"""Tasks without a unit: whoever writes to the units says that nobody is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.office import Office

UNITS = "        units: [Các bộ phận chuyên môn, Văn phòng tổng hợp]\n"
LEFT_OUT = "no unit is told of these, which belong to none: tasks 1\n"
ENGLISH = {"PARPLAN_LANG": "en"}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    office.edit_plan(f'{UNITS}      - id: "2"', '      - id: "2"')
    return office


@pytest.mark.parametrize("line", ["reminder", "sheet --each-unit", "digest"])
def test_they_are_named(line: str, office: Office) -> None:
    done = office.run(*line.split(), env=ENGLISH)

    assert (done.returncode, done.stderr) == (0, LEFT_OUT)


@pytest.mark.parametrize(
    "line", ["reminder --unit mot-cua", "reminder --section II", "sheet", "sheet --unit mot-cua"]
)
def test_they_are_not_where_units_or_other_tasks_are_meant(line: str, office: Office) -> None:
    office.say(*line.split())


def test_a_task_with_a_helper_is_in_the_sheet_of_the_helper(office: Office) -> None:
    office.edit_plan('      - id: "2"', '        supporting: [Bộ phận một cửa]\n      - id: "2"')

    office.say("sheet", "--each-unit")
    office.say("digest")
    assert office.run("reminder", env=ENGLISH).stderr == LEFT_OUT


def test_nothing_is_said_to_be_all_there_is(office: Office) -> None:
    """Where only tasks without a unit are urgent, no letter is written, though one is needed."""
    path = office.root / "plan" / "2025.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rest = "".join(line for line in lines if not line.startswith("        units:"))
    path.write_text(rest, encoding="utf-8")

    for line in ("reminder", "sheet --each-unit"):
        done = office.run(*line.split(), env=ENGLISH)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith("no unit is told of these, which belong to none: tasks 1, ")
