"""Next year's plan, begun from this year's: what moves, what stays, what is said."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from parplan.i18n import speaking
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.plan.holidays import days_off
from parplan.plan.model import Calendar, Holiday, Plan, Swap, Task
from parplan.plan.next_year import NextPlan, NextYearOptions, move_to_year
from parplan.render.new_plan import facts, plan_text
from parplan.schedule.rules import Continuous, Every, In, On, OnDirective
from tests.conftest import Golden, Run
from tests.helpers.office import Office
from tests.helpers.running import ROOT

SAMPLE = read_plan("plan/2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
assert SAMPLE is not None


def with_task(**rest: object) -> Plan:
    assert SAMPLE is not None
    text = f"""\
schema: 1
year: 2025
document: {{type: Kế hoạch, symbol: KH-UBND, title: Cải cách năm 2025, place: Phú La}}
issuer: UBND phường Phú La
effective_from: 2025-01-01
superior: [{{name: UBND quận Hà Đông}}]
units: [{{id: vp, name: Văn phòng}}]
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - id: "1"
        title: {rest.get("title", "Sơ kết")}
        deadline_text: "{rest.get("deadline_text", "")}"
        schedule: [{rest.get("schedule", "{continuous: true}")}]
        units: [Văn phòng]
"""
    plan = read_plan("plan/2025.yaml", text.encode()).value
    assert plan is not None
    return plan


def moved(plan: Plan | None, year: int = 2026, **options: object) -> NextPlan:
    assert plan is not None
    return move_to_year(plan, year, Calendar(), NextYearOptions(**options))  # type: ignore[arg-type]


def only_task(found: NextPlan) -> Task:
    [(_section, task)] = found.plan.tasks()
    return task


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kế hoạch năm 2025", "Kế hoạch năm 2026"),
        ("KẾ HOẠCH NĂM 2025", "KẾ HOẠCH NĂM 2026"),
        ("so với năm 2024", "so với năm 2025"),
        ("họp tháng 8/2025, quý IV/2025", "họp tháng 8/2026, quý IV/2026"),
        ("giai đoạn 2021 – 2025", "giai đoạn 2021 – 2025"),
        ("Nghị định 59/2019/NĐ-CP", "Nghị định 59/2019/NĐ-CP"),
        ("Kế hoạch số 139/KH-UBND ngày 18/3/2025", "Kế hoạch số 139/KH-UBND ngày 18/3/2025"),
        ("ngày      /3/2025 của UBND", "ngày      /     /2026 của UBND"),
        ("đến năm 2030", "đến năm 2030"),
        ("2025 hồ sơ", "2025 hồ sơ"),
    ],
)
def test_years_in_titles(old: str, new: str) -> None:
    assert only_task(moved(with_task(title=old))).title == new


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("giai đoạn 2021 – 2025", True),
        ("so với năm 2024", False),
        ("theo văn bản số 5/CV ngày 18/3/2025", False),
        ("Nghị định 12/2025/NĐ-CP", False),
    ],
)
def test_years_that_were_left_are_named(text: str, named: bool) -> None:
    assert moved(with_task(title=text)).kept_years == ([text] if named else [])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('{in: "2025"}', In("2026")),
        ("{in: 2025-06, label: Lần 1}", In("2026-06", label="Lần 1")),
        ("{in: 2025-Q4..2026-Q2}", In("2026-Q4..2027-Q2")),
        ("{in: 2025-W23}", In("2026-W23")),
        ("{by: 2025-11-30}", On(by=dt.date(2026, 11, 30))),
        ("{before: 2025-12-15}", On(before=dt.date(2026, 12, 15))),
        ("{by: 2024-02-29}", On(by=dt.date(2025, 2, 28))),
        ("{every: month, before: 25}", Every("month", before=25)),
        ("{continuous: true}", Continuous(True)),
        ("{on_directive: UBND quận}", OnDirective("UBND quận")),
    ],
)
def test_rules_move(rule: str, expected: object) -> None:
    assert only_task(moved(with_task(schedule=rule))).schedule == [expected]


def test_a_week_that_the_new_year_lacks_is_the_one_before() -> None:
    plan = with_task(schedule="{in: 2026-W53}")

    assert only_task(moved(plan, 2026)).schedule == [In("2027-W52")]


def test_wordings_move_with_their_rules_and_the_plan_is_clean() -> None:
    found = moved(SAMPLE)

    assert found.unmoved == []
    assert check_plan(found.plan, "plan/2026.yaml") == []
    assert found.plan.document.number == found.plan.document.date == ""
    assert "2025" not in found.plan.document.title


def test_the_superior_that_was_replaced_is_gone_and_waited_for_no_more(
    workspace: Path, run: Run
) -> None:
    run("amend", "superior", "--to", "UBND thành phố Hà Nội", "--from", "1/7/2025")
    run("amend", "unit", "Một cửa", "--to", "Trung tâm", "--from", "1/7/2025")
    run("amend", "task", "20", "--drop", "--from", "1/7/2025")
    run("amend", "task", "7", "--to", "Văn phòng UBND", "--from", "1/7/2025")
    run("amend", "task", "4", "--deadline", "Tháng 12/2025", "--from", "1/7/2025")
    old = read_plan("plan/2025.yaml", (workspace / "plan/2025.yaml").read_bytes()).value

    found = moved(old)

    tasks = {task.id: task for _section, task in found.plan.tasks()}
    assert [one.name for one in found.plan.superior] == ["UBND thành phố Hà Nội"]
    assert tasks["12"].schedule == [OnDirective("UBND thành phố Hà Nội")]
    assert tasks["3"].units == ["Trung tâm"]
    assert tasks["7"].units == ["Văn phòng UBND"]
    assert (found.dropped, "20" in tasks, "4" in tasks) == (["4", "20"], False, False)
    sessions = [In("2026-06", label="Lần 1"), In("2026-12", label="Lần 2")]
    assert tasks["36"].schedule == sessions
    assert found.plan.outline is not None
    assert found.plan.outline.leading[0].tasks == ["1", "36", "11", "12"]
    assert found.former == ["UBND quận Hà Đông"]
    assert "mot-cua" not in {unit.id for unit in found.plan.units}
    assert all(not (task.from_ or task.until or task.replaces) for task in tasks.values())
    assert check_plan(found.plan, "plan/2026.yaml") == []


def test_units_are_mapped_to_new_and_to_known_ones() -> None:
    units = {"một cửa": "Trung tâm Phục vụ", "Tư pháp hộ tịch": "văn phòng ubnd"}
    found = moved(SAMPLE, units=units)

    tasks = {task.id: task for _section, task in found.plan.tasks()}
    assert tasks["3"].units == ["Trung tâm Phục vụ"]
    assert tasks["13"].units == ["Văn phòng UBND"]
    assert {"mot-cua", "tu-phap"}.isdisjoint(unit.id for unit in found.plan.units)
    assert "trung-tam-phuc-vu" in {unit.id for unit in found.plan.units}
    assert check_plan(found.plan, "plan/2026.yaml") == []


def test_new_units_whose_ids_would_be_the_same_are_two() -> None:
    units = {"một cửa": "Đất đai", "Tư pháp hộ tịch": "Bộ phận Đất đai"}
    found = moved(SAMPLE, units=units)

    names = {unit.id: unit.name for unit in found.plan.units}
    assert (names["dat-dai"], names["dat-dai-2"]) == ("Đất đai", "Bộ phận Đất đai")
    assert check_plan(found.plan, "plan/2026.yaml") == []


def test_two_units_that_become_one_are_one() -> None:
    units = {"một cửa": "Trung tâm", "Tư pháp hộ tịch": "TRUNG TÂM"}
    found = moved(SAMPLE, units=units)

    assert [unit.name for unit in found.plan.units].count("Trung tâm") == 1
    assert check_plan(found.plan, "plan/2026.yaml") == []


def test_units_can_exchange_their_names() -> None:
    found = moved(SAMPLE, units={"một cửa": "Tư pháp hộ tịch", "Tư pháp hộ tịch": "một cửa"})

    assert SAMPLE is not None
    old = {task.id: task.units for _section, task in SAMPLE.tasks()}
    new = {task.id: task.units for _section, task in found.plan.tasks()}
    assert (old["3"], old["13"]) == (["Một cửa"], ["Tư pháp hộ tịch"])
    assert (new["3"], new["13"]) == (["Tư pháp hộ tịch"], ["Một cửa"])
    assert check_plan(found.plan, "plan/2026.yaml") == []


def test_a_new_superior() -> None:
    found = moved(SAMPLE, superior="UBND thành phố Hà Nội")

    waiting = [
        rule.on_directive
        for _section, task in found.plan.tasks()
        for rule in task.schedule
        if isinstance(rule, OnDirective)
    ]
    assert set(waiting) == {"UBND thành phố Hà Nội"}


def test_new_writes_the_file_once(workspace: Path, run: Run) -> None:
    run("done", "6@2025-08", "--evidence", "QĐ 1", "--as-of", "2025-08-20")
    run("note", "9@2025", "Đang làm", "--percent", "60", "--as-of", "2025-11-20")

    ended = run("new", "2026", "--as-of", "2025-12-20")

    assert (ended.returncode, ended.stderr) == (0, "")
    path = workspace / "plan" / "2026.yaml"
    text = path.read_text(encoding="utf-8")
    assert '# Năm 2025 chưa xong: 9@2025 (31/12/2025, 60%)\n      - id: "9"' in text
    assert not re.search(r"# [^\n]*\n      - id: \"6\"", text)
    assert run("check", "--year", "2026").returncode == 0
    assert run("due", "--year", "2026", "--month", "6").returncode == 0
    again = run("new", "2026", "--as-of", "2025-12-21")
    assert (again.returncode, path.read_text(encoding="utf-8")) == (2, text)


def test_whatever_a_person_must_look_at_is_said(workspace: Path, run: Run, golden: Golden) -> None:
    """The summary and the comments of a plan with every kind of change behind it."""
    plan = workspace / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8")
    for old, new in (
        ("deadline_text: Tháng 8/2025", "deadline_text: Tháng 9/2025"),
        ("title: Tham gia các lớp bồi dưỡng", "title: Tham gia, theo kế hoạch 2025, các lớp"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    plan.write_text(text, encoding="utf-8")
    run("amend", "superior", "--to", "UBND thành phố Hà Nội", "--from", "1/7/2025")
    run("amend", "task", "20", "--drop", "--from", "1/7/2025")
    run("note", "9@2025", "Đang làm", "--percent", "60", "--as-of", "2025-11-20")
    words = ("--map-unit", "tiếp nhận=Trung tâm Phục vụ hành chính công", "--as-of", "2025-12-20")

    ended = run("new", "2026", *words)

    assert (ended.returncode, ended.stderr) == (0, "")
    made = (workspace / "plan" / "2026.yaml").read_text(encoding="utf-8")
    comments = "\n".join(line for line in made.split("\n") if line.lstrip().startswith("#"))
    golden("new.txt", f"{ended.stdout}\n{comments}\n")
    assert "Một cửa" not in made
    assert run("check", "--year", "2026").returncode == 1, "task 6 says 9/2026 and means 8/2026"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["2025"], id="same-year"),
        pytest.param(["2024"], id="earlier"),
        pytest.param(["2026", "--from", "2020"], id="no-such-plan"),
        pytest.param(["2026", "--map-unit", "Một cửa"], id="map-without-equals"),
        pytest.param(["2026", "--map-unit", "Phòng ma=Trung tâm"], id="unknown-unit"),
    ],
)
def test_what_cannot_be_done_writes_nothing(words: list[str], workspace: Path, run: Run) -> None:
    ended = run("new", *words)

    assert ended.returncode == 2
    assert ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(one.name for one in (workspace / "plan").glob("*.yaml")) == ["2025.yaml"]


def test_a_year_beyond_the_table_has_no_holidays_and_says_so(workspace: Path, run: Run) -> None:
    ended = run("new", "2099", "--lang", "en")

    assert "The holidays of 2099 are not known to parplan" in ended.stdout


@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_year_of_the_table_has_the_days_that_the_law_names(year: int) -> None:
    off = days_off(year)

    assert off is not None
    days = {one.date for one in off.calendar.holidays}
    assert {dt.date(year, *day) for day in ((1, 1), (4, 30), (5, 1), (9, 2))} <= days
    assert len(days) >= 11, "five days of Tết, Hùng kings, one beside 2 September"
    assert not {dt.date(year, *day) for day in ((1, 1), (4, 30), (5, 1), (9, 2))} & set(off.unsure)
    assert bool(off.unsure) == (year > 2026)


def test_the_table_has_the_sample_plans_year() -> None:
    assert SAMPLE is not None
    off = days_off(2025)

    assert off is not None
    assert [one.date for one in off.calendar.holidays] == [
        one.date for one in SAMPLE.calendar.holidays
    ]
    assert off.calendar.swaps == [Swap(work=dt.date(2025, 4, 26), day_off=dt.date(2025, 5, 2))]
    assert Holiday(date=dt.date(2025, 1, 1), name="Tết Dương lịch") in off.calendar.holidays


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with the plan of 2025."""
    return Office(workspace, environment)


LEFT = "In the plan of 2025: {} overdue (parplan due --year 2025 shows them)"


def test_what_last_year_left_is_said_in_january(office: Office) -> None:
    """The 60 occurrences of 2025, of which one is done; the rest would be out of sight."""
    office.say("new", "2026")
    january = {"PARPLAN_TODAY": "2026-01-10", "PARPLAN_LANG": "en"}

    assert office.say("due", env=january).splitlines()[-1] == LEFT.format(60)
    office.say("done", "4@2025-06", env=january)
    assert office.say("due", env=january).splitlines()[-1] == LEFT.format(59)

    assert office.say("due", "--year", "2025", env=january).startswith(
        "Due in month 1 of 2026, as of 2026-01-10: 59 items of 28 tasks, 59 overdue\n"
    )
    for words in (["--unit", "tu-phap"], ["--section", "I"], ["--as-of", "2025-12-31"]):
        assert "In the plan of" not in office.say("due", "--year", "2026", *words, env=january)


def test_this_year_does_not_hang_on_last_years_files(office: Office) -> None:
    office.say("new", "2026")
    january = {"PARPLAN_TODAY": "2026-01-10", "PARPLAN_LANG": "en"}
    whole = office.say("due", env=january)

    (office.root / "plan" / "2025.yaml").write_text("year: [", encoding="utf-8")

    assert office.say("due", env=january).splitlines() == whole.splitlines()[:-1]


@pytest.mark.parametrize(
    ("schedule", "lacking", "words"),
    [
        ("{by: 2024-02-29}", [("2025-02-29", "2025-02-28")], "29/02/2025: tạm ghi 28/02/2025;"),
        (
            "{in: 2020-W53}",
            [("2021-W53", "2021-W52")],
            "tuần 53 năm 2021: tạm ghi tuần 52 năm 2021;",
        ),
        (
            "{in: 2024-02-29..2024-03-05}",
            [("2025-02-29..2025-03-05", "2025-02-28..2025-03-05")],
            "từ 29/02/2025 đến 05/03/2025: tạm ghi từ 28/02/2025 đến 05/03/2025;",
        ),
        ("{before: 2024-02-28}", [], ""),
    ],
)
def test_a_date_that_the_new_year_has_not_is_told(
    schedule: str, lacking: list[tuple[str, str]], words: str
) -> None:
    year = int(schedule.split()[1][:4])
    text = f"""\
schema: 1
year: {year}
document: {{type: Kế hoạch, symbol: KH-UBND, title: Cải cách, place: Phú La}}
issuer: UBND phường Phú La
effective_from: {year}-01-01
sections: [{{id: I, title: Chỉ đạo, tasks: [{{id: "1", title: t, schedule: [{schedule}]}}]}}]
"""
    old = read_plan("", text.encode()).value
    assert old is not None
    new = move_to_year(old, year + 1, Calendar(), NextYearOptions())

    assert new.lacking == ({"1": lacking} if lacking else {})
    written = " ".join(plan_text(old, new, None, []).replace("#", "").split())
    assert written.count(f"năm {year + 1} không có {words}") == len(lacking)
    with speaking("vi"):
        printed = list(facts(new, None, []))
    assert sum(f"năm {year + 1} không có {words}" in line for line in printed) == len(lacking)
