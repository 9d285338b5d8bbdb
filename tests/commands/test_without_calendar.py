"""A plan without a calendar says so wherever working days are counted; one with it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.importer.plan.assemble import assemble_plan
from parplan.importer.plan.text import imported_plan_text
from parplan.importer.read import read_office_file
from tests.conftest import Run
from tests.helpers.imports import COLUMNS
from tests.helpers.office_files import document, saved

NOTE = "Working days: the plan has no calendar: Monday to Friday are counted, holidays too"
DAY = {"PARPLAN_TODAY": "2026-02-12", "PARPLAN_LANG": "en"}
ROWS = [
    COLUMNS,
    ("1", "Báo cáo", "", "Ngày làm việc thứ 5 hàng tháng", "Tư pháp"),
    ("2", "Giải trình", "", "05 ngày làm việc kể từ ngày có yêu cầu", "Tư pháp"),
    ("3", "Họp", "", "Tháng 12/2026", "Văn phòng"),
]


@pytest.fixture
def plan(tmp_path: Path, workspace: Path) -> Path:
    """Return the plan of 2026, with the calendar that ``import`` brings along."""
    path = saved(tmp_path, "a.docx", document(ROWS))
    imported = assemble_plan(read_office_file(path), 2026, None)
    assert imported is not None
    written = workspace / "plan" / "2026.yaml"
    written.write_text(imported_plan_text(path, imported), encoding="utf-8")
    return written


def drop_calendar(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    head, _calendar, rest = text.partition("\ncalendar:\n")
    kept = [line for line in rest.splitlines(keepends=True) if not line.startswith(" ")]
    plan.write_text(f"{head}\n{''.join(kept)}", encoding="utf-8")


COMMANDS = {
    "due": ("due", "--month", "2"),
    "show": ("show", "1"),
    "list": ("list",),
    "status": ("status",),
    "ics": ("export", "ics"),
    "directive": ("directive", "2", "--event", "2026-02-12"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_is_said(name: str, plan: Path, run: Run) -> None:
    with_calendar = run(*COMMANDS[name], "--year", "2026", env=DAY, columns=200)
    for made in (plan.with_name("2026.journal.yaml"), plan.parents[1] / "parplan-2026.ics"):
        made.unlink(missing_ok=True)
    drop_calendar(plan)
    without = run(*COMMANDS[name], "--year", "2026", env=DAY, columns=200)

    assert (with_calendar.returncode, without.returncode) == (0, 0), without.stderr
    assert NOTE not in with_calendar.stdout
    assert NOTE in without.stdout


def test_five_working_days_over_the_lunar_new_year(plan: Path, run: Run) -> None:
    """With the days off of 16 to 20 February the fifth is the 26th; without, the 19th."""
    words = ("directive", "2", "--event", "2026-02-12", "--year", "2026")

    assert "directive 2@2026-02-26;" in run(*words, env=DAY).stdout
    plan.with_name("2026.journal.yaml").unlink()
    drop_calendar(plan)
    assert "directive 2@2026-02-19;" in run(*words, env=DAY).stdout


def test_the_board_and_the_events_say_it(plan: Path, run: Run) -> None:
    drop_calendar(plan)

    board = run("board", "-o", "-", "--year", "2026", env=DAY).stdout
    events = run("export", "ics", "-o", "-", "--year", "2026", env=DAY).stdout

    assert f"<p>{NOTE}</p>" in board
    assert NOTE.replace(",", "\\,") in events.replace("\r\n ", "")


def test_dates_that_no_holiday_moves_need_none(plan: Path, run: Run) -> None:
    """Of the tasks, 3 is due on a Thursday."""
    drop_calendar(plan)
    due = run("due", "--month", "12", "--unit", "Văn phòng", "--year", "2026", env=DAY).stdout

    assert "3@2026-12" in due
    assert NOTE not in due
