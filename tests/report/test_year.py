"""The reports of a simulated year: as files to be read, and every number of them counted again.

``tests/data/simulated-year`` is an invented year of 158 records: made by parplan's own commands,
day by day, with an amendment (task 31), a cancelled month (23), a paused quarter (24), a deadline
that was moved (12) and records that come after the cut-off.  ``Recount`` shares nothing with
parplan but the two files: PyYAML reads the plan, ``json`` the journal.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.conftest import Golden
from tests.helpers.office import JOURNAL, Office

RECORDED = Path(__file__).parents[1] / "data" / "simulated-year" / JOURNAL

DRAFTS = [
    pytest.param("month", ["--month", "6"], "2025-06-20", id="month"),
    pytest.param("quarter", ["--quarter", "3"], "2025-09-20", id="quarter"),
    pytest.param("half", ["--half", "1"], "2025-06-09", id="half"),
    pytest.param("nine-months", ["--nine-months"], "2025-09-09", id="nine-months"),
    pytest.param("year", ["--year-report"], "2025-12-09", id="year"),
    pytest.param("year-late", ["--year-report"], "2026-01-08", id="year-drafted-late"),
]


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return the office at the end of its year."""
    office = Office(workspace, environment)
    decided = ("--from", "2025-09-15", "--by", "QĐ 70/QĐ-UBND")
    office.say(
        *("amend", "task", "31", "--deadline", "Trước ngày 15/11/2025", *decided),
        env={"PARPLAN_TODAY": "2025-09-15"},
    )
    shutil.copy(RECORDED, office.root / JOURNAL)
    return office


def drafted(office: Office, words: list[str], as_of: str) -> str:
    ended = office.run("report", *words, "--format", "md", "-o", "draft.md", "--as-of", as_of)
    assert ended.returncode == 0, ended.stderr
    return (office.root / "draft.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "words", "as_of"), DRAFTS)
def test_draft(name: str, words: list[str], as_of: str, office: Office, golden: Golden) -> None:
    golden(f"simulated-{name}.md", drafted(office, words, as_of))


# The same numbers from the files alone.


class Duty(NamedTuple):
    """One occurrence: its last day, and what became of it until the end of the data."""

    task: str
    label: str
    due: dt.date
    done: dt.date | None
    cancelled: dt.date | None


class Recount:
    """What the two files say of the days ``first`` to ``last``."""

    def __init__(self, root: Path, first: dt.date, last: dt.date) -> None:
        plan = yaml.safe_load((root / "plan/2025.yaml").read_text(encoding="utf-8"))
        lines = (root / JOURNAL).read_text(encoding="utf-8").splitlines()
        records = [json.loads(line.removeprefix("- ")) for line in lines]
        self.start = plan["effective_from"]
        self.tasks = [task for section in plan["sections"] for task in section["tasks"]]
        self.records = [record for record in records if day_of(record) <= last]
        self.first, self.last = first, last
        self.duties = [duty for task in self.tasks for duty in self._duties(task)]
        self.counted = [duty for duty in self.duties if self._counts(duty)]

    def _duties(self, task: Mapping[str, Any]) -> Iterator[Duty]:
        for name, due, label in self._dues(task):
            starts = max(self.start, task.get("from", self.start))
            if not starts <= due <= task.get("until", dt.date.max):
                continue
            done = cancelled = None
            for record in self.records:
                if (record["task"], record.get("period")) == (task["id"], name):
                    if record["kind"] == "done":
                        done = day_of(record)
                    elif record["kind"] == "cancel":
                        cancelled = day_of(record)
            yield Duty(task["id"], label, due, done, cancelled)

    def _dues(self, task: Mapping[str, Any]) -> Iterator[tuple[str, dt.date, str]]:
        ordered: dict[str, dt.date] = {}
        for record in self.records:
            if record["kind"] == "directive" and record["task"] == task["id"]:
                ordered[record["period"]] = dt.date.fromisoformat(record["due"])
        for rule in task["schedule"]:
            label = rule.get("label", "")
            for name, last in periods(rule):
                day = last
                if "before" in rule and "every" in rule:
                    day = last.replace(day=rule["before"] - 1)
                yield name, day, label
            if "every" not in rule and "before" in rule:
                day = rule["before"] - dt.timedelta(days=1)
                yield day.isoformat(), day, label
            if "on_directive" in rule:
                yield from ((name, due, label) for name, due in ordered.items())

    def _counts(self, duty: Duty) -> bool:
        closed = duty.done or duty.cancelled
        return self.first <= closed if closed else duty.due <= self.last

    def number(self, which: str) -> int:
        """Return how many duties of the window are so."""
        alive = [duty for duty in self.counted if not duty.cancelled]
        done = [duty for duty in alive if duty.done]
        match which:
            case "due":
                return len(alive)
            case "done":
                return len(done)
            case "on_time":
                return sum(duty.done <= duty.due for duty in done if duty.done)
            case "late":
                return sum(duty.done > duty.due for duty in done if duty.done)
            case "early":
                return sum(duty.due > self.last for duty in done)
            case "open":
                return len(alive) - len(done)
            case "overdue":
                return sum(duty.due < self.last for duty in alive if not duty.done)
        raise AssertionError(which)

    def tasks_that_are(self) -> dict[str, int]:
        """Return how many rows of the appendix stand in which way on the last day."""
        numbers = dict.fromkeys(("total", "done", "in_progress", "not_started"), 0)
        for task in self.tasks:
            in_force = task.get("from", dt.date.min) <= self.last <= task.get("until", dt.date.max)
            duties = [duty for duty in self.duties if duty.task == task["id"]]
            if not in_force or (duties and all(duty.cancelled for duty in duties)):
                continue
            numbers["total"] += 1
            told = [
                record
                for record in self.records
                if record["task"] == task["id"] and record["kind"] != "directive"
            ]
            if duties and all(duty.done or duty.cancelled for duty in duties):
                numbers["done"] += 1
            elif told:
                numbers["in_progress"] += 1
            elif self._has_begun(task, duties):
                numbers["not_started"] += 1
        return numbers

    def _has_begun(self, task: Mapping[str, Any], duties: list[Duty]) -> bool:
        """Tell whether the time has come of a task of which nothing is recorded."""
        if not duties:
            return not any("on_directive" in rule for rule in task["schedule"])
        begins = [
            dt.date.fromisoformat(f"{rule['in']}-01") if len(str(rule["in"])) > 4 else self.start
            for rule in task["schedule"]
            if "in" in rule
        ]
        return not begins or min(begins) <= self.last


def day_of(record: Mapping[str, Any]) -> dt.date:
    return dt.date.fromisoformat(record.get("on", record["at"][:10]))


def periods(rule: Mapping[str, Any]) -> Iterator[tuple[str, dt.date]]:
    """Yield the periods of a rule by name, with their last days."""
    match rule.get("every"):
        case "month":
            for month in range(1, 13):
                yield f"2025-{month:02}", month_end(month)
        case "quarter":
            for quarter in range(1, 5):
                yield f"2025-Q{quarter}", month_end(3 * quarter)
        case "year":
            yield "2025", month_end(12)
        case None if "in" in rule:
            name = str(rule["in"])
            yield name, month_end(int(name[5:] or 12))


def month_end(month: int) -> dt.date:
    return dt.date(2025, month, calendar.monthrange(2025, month)[1])


PERIODIC = {
    "due": r"Trong kỳ có (\d+) việc đến hạn hoặc xong trước hạn",
    "done": r"đã hoàn thành (\d+) việc \(([\d,]+)%\), trong đó đúng hạn",
    "on_time": r"trong đó đúng hạn (\d+) \(([\d,]+)%\)",
    "early": r"có (\d+) việc xong trước hạn",
    "late": r"trễ hạn (\d+) \(([\d,]+)%\)\.",
    "open": r"Chưa hoàn thành (\d+) việc \(([\d,]+)%\)",
    "overdue": r"trong đó quá hạn (\d+)",
}
MONTHLY = {
    "due": r"tính đến ngày [\d/]+: \*\*(\d+)\*\*",
    "done": r"hoàn thành \*\*(\d+)\*\* \(([\d,]+)%\)",
    "on_time": r"Hoàn thành đúng hạn: (\d+) \(([\d,]+)%\)",
    "early": r"trong đó (\d+) việc xong trước hạn",
    "late": r"Hoàn thành trễ hạn: (\d+) \(([\d,]+)%\)",
    "open": r"chưa hoàn thành \*\*(\d+)\*\* \(([\d,]+)%\)",
    "overdue": r"Quá hạn chưa hoàn thành: (\d+) \(([\d,]+)%\)",
}
TASKS = (
    r"Kế hoạch đề ra (\d+) nhiệm vụ\. Tính đến ngày [\d/]+: đã hoàn thành (\d+) nhiệm vụ "
    r"\([\d,]+%\), đang thực hiện (\d+) \([\d,]+%\), chưa thực hiện (\d+) "
)
SERIES = r"^- (.+?): đã thực hiện (\d+)/(\d+) kỳ(?:, trong đó (\d+) kỳ trễ hạn)?"


@pytest.mark.parametrize(("name", "words", "as_of"), DRAFTS)
def test_every_number_is_that_of_the_files(
    name: str, words: list[str], as_of: str, office: Office
) -> None:
    text = drafted(office, words, as_of)
    first, last = re.findall(r'^  (?:from|until): "(.+)"$', text, re.MULTILINE)
    recount = Recount(office.root, dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    for which, pattern in (MONTHLY if name == "month" else PERIODIC).items():
        match = re.search(pattern, text)
        number = recount.number(which)
        assert (int(match[1]) if match else 0) == number, which
        if match and match.re.groups > 1:
            share = round(100 * number / recount.number("due") + 1e-9, 1)
            assert match[2] == f"{share:.1f}".replace(".", ","), which


@pytest.mark.parametrize(("name", "words", "as_of"), DRAFTS[1:])
def test_tasks_and_series_are_those_of_the_files(
    name: str, words: list[str], as_of: str, office: Office
) -> None:
    text = drafted(office, words, as_of)
    first, last = re.findall(r'^  (?:from|until): "(.+)"$', text, re.MULTILINE)
    recount = Recount(office.root, dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    tasks = re.search(TASKS, text)
    assert tasks
    assert [int(number) for number in tasks.groups()] == [*recount.tasks_that_are().values()]
    every = re.findall(SERIES, text, re.MULTILINE)
    assert len(every) >= 2
    for heading, done, total, late in every:
        short, _dash, label = heading.partition(" – ")
        (task,) = [task["id"] for task in recount.tasks if task["short"] == short]
        duties = [
            duty
            for duty in recount.counted
            if (duty.task, duty.label) == (task, label) and not duty.cancelled
        ]
        finished = [duty for duty in duties if duty.done]
        assert (int(done), int(total)) == (len(finished), len(duties)), heading
        assert int(late or 0) == sum(duty.done > duty.due for duty in finished if duty.done)


def test_the_year_ends_with_what_its_plan_does_not_tell(office: Office) -> None:
    """Next year's directions are no tasks of this plan; what was proposed and answered is gone."""
    text = drafted(office, ["--year-report"], "2025-12-09")

    assert "năm 2025 (năm 2025)" not in text
    assert "năm 2025, năm 2025" not in text
    ahead = text.partition("## IV. ")[2].partition("## V. ")[0]
    assert "Từ sau ngày 09/12/2025 đến hết năm 2025, tiếp tục thực hiện:\n" in ahead
    assert "[cần bổ sung: phương hướng, nhiệm vụ năm 2026]" in ahead
    assert "cử đại diện dự đối thoại" not in text


def test_the_appendix_of_a_long_report_sums_up(office: Office) -> None:
    text = drafted(office, ["--year-report"], "2025-12-09")

    rows = {line.split(" | ")[0]: line for line in text.split("\n") if line.startswith("| ")}
    assert "| đúng hạn 12/13 kỳ<br>24/8/2025: trễ hạn |" in rows["| 1"]
    assert rows["| 17"].count("Lũy kế tiếp nhận") == 1
    assert "thôi thực hiện sau ngày 14/9/2025, thay bằng nhiệm vụ 36" in rows["| 31"]


def test_what_came_after_the_cut_off_is_named(office: Office) -> None:
    ended = office.run("report", "--month", "6", "--format", "md", "--as-of", "2025-06-20")

    assert ended.returncode == 0
    assert "1 bản ghi sau ngày 14/06/2025" in ended.stdout
    assert ": 7@2025\n" in ended.stdout
