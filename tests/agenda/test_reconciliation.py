"""Every outlet tells the same numbers: ``due``, ``status``, the export and the report.

They are asked on every tenth day of the simulated year of ``tests/report/test_year.py``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.office import JOURNAL, Office

RECORDED = Path(__file__).parents[1] / "data" / "simulated-year" / JOURNAL
DAYS = [dt.date(2025, 3, 20) + dt.timedelta(days=10 * number) for number in range(30)]
TASKS = (
    r"Kế hoạch đề ra (\d+) nhiệm vụ\. .*?: đã hoàn thành (\d+) nhiệm vụ .*?"
    r"đang thực hiện (\d+) .*?chưa thực hiện (\d+) "
)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    shutil.copy(RECORDED, office.root / JOURNAL)
    return office


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_all_outlets_agree(day: dt.date, office: Office) -> None:
    on = ("--as-of", day.isoformat())
    status = office.json("status", *on)
    due = office.json("due", "2025", "--all", *on)
    listed = office.json("list", *on)["items"]

    timings = Counter(item["timing"] for item in due["items"])
    counts = status["counts"]
    for name in ("on-time", "late", "overdue", "due-soon", "upcoming"):
        assert timings[name] == counts[name.replace("-", "_")], name
    assert timings[None] == counts["cancelled"]
    assert sum(section["counts"]["wanted"] for section in status["sections"]) == counts["wanted"]
    tasks = status["task_counts"]
    states = Counter(task["state"] for task in listed)
    assert tasks["done"] == states["done"]
    assert sum(tasks.values()) == len(listed)
    assert tasks["cancelled"] == states["cancelled"]


@pytest.mark.parametrize("day", DAYS[::3], ids=str)
def test_a_report_counts_tasks_as_status_does(day: dt.date, office: Office) -> None:
    quarter = (day.month - 1) // 3 + 1
    on = ("--as-of", day.isoformat())
    office.say("report", "--quarter", str(quarter), "--format", "md", "-o", "q.md", *on,
               "--data-until", day.isoformat())  # fmt: skip
    match = re.search(TASKS, (office.root / "q.md").read_text(encoding="utf-8"))
    tasks = office.json("status", *on)["task_counts"]

    assert match
    total, *others = map(int, match.groups())
    assert total == sum(tasks.values()) - tasks["cancelled"]
    assert others == [tasks[name] for name in ("done", "in_progress", "not_started")]


@pytest.mark.parametrize("day", ["2025-06-20", "2025-08-15"])
@pytest.mark.parametrize("unit", ["van-phong", "mot-cua"])
def test_a_task_that_was_handed_over_is_counted_where_due_lists_it(
    unit: str, day: str, office: Office
) -> None:
    """What fell due before the day is the old unit's, what falls due later the new one's."""
    office.say("amend", "task", "5", "--to", "mot-cua", "--from", "2025-07-01", "--by", "QĐ 1")
    on = ("--unit", unit, "--as-of", day)
    due = [item["ref"] for item in office.items("due", "2025", *on)]
    office.say("export", "json", "-o", "out.json", *on)
    exported = json.loads((office.root / "out.json").read_text(encoding="utf-8"))

    assert ("5@2025-06" in due, "5@2025-10" in due) == (unit == "van-phong", unit == "mot-cua")
    assert sorted(row["ref"] for row in exported["occurrences"]) == sorted(due)
    counts = office.json("status", *on)["counts"]
    assert counts["wanted"] + counts["cancelled"] == len(due)
