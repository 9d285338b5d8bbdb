"""What is due, what is late and how long is left, on the plan of 2025."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.agenda.items import Agenda, Item, Timing, agenda, items, timing_of
from parplan.agenda.standings import Standing, standings
from parplan.journal.progress import NOTHING, Progress, State
from parplan.journal.record import News
from parplan.plan.file import read_plan
from parplan.plan.model import Plan, Section, Task
from parplan.schedule import periods
from tests.helpers.office import made

PLAN = Path(__file__).parents[2] / "plan" / "2025.yaml"
DUE = dt.date(2025, 6, 9)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 31))

JUNE = """
1@2025-Q2   2025-06-09
1@2025-06   2025-06-24
4@2025-06   2025-06-30
5@2025-06   2025-06-30
23@2025-06  2025-06-30
23@2025-Q2  2025-06-30
24@2025-Q2  2025-06-30
"""
BEFORE_JUNE = """
1@2025-03   2025-03-24
23@2025-03  2025-03-31
23@2025-Q1  2025-03-31
24@2025-Q1  2025-03-31
1@2025-04   2025-04-24
23@2025-04  2025-04-30
1@2025-05   2025-05-24
23@2025-05  2025-05-31
"""
RUNNING = [
    *(["1", "2", "3", "7", "9", "10", "11", "13", "14", "16", "19", "22", "23"]),
    *(["25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35"]),
]
"""Tasks with an occurrence for the whole year."""


@functools.cache
def the_plan() -> Plan:
    plan = read_plan("plan/2025.yaml", PLAN.read_bytes()).value
    assert plan is not None
    return plan


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def june(as_of: str, progress: Mapping[str, Progress] | None = None) -> Agenda:
    return agenda(the_plan(), progress or {}, periods.month(2025, 6), day(as_of))


def rows(found: Agenda) -> list[list[str]]:
    return [[one.occurrence.ref, str(one.due)] for one in found.items]


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line]


def find(found: Agenda, ref: str) -> Item:
    (item,) = [one for one in found.items if one.occurrence.ref == ref]
    return item


@pytest.mark.parametrize(
    ("state", "as_of", "done_on", "timing"),
    [
        pytest.param("not-started", "2025-06-01", None, "upcoming", id="8-days-left"),
        pytest.param("not-started", "2025-06-02", None, "due-soon", id="7-days-left"),
        pytest.param("not-started", "2025-06-08", None, "due-soon", id="due-tomorrow"),
        pytest.param("not-started", "2025-06-09", None, "due-soon", id="due-today"),
        pytest.param("not-started", "2025-06-10", None, "overdue", id="due-yesterday"),
        pytest.param("not-started", "2024-06-09", None, "upcoming", id="a-year-left"),
        pytest.param("in-progress", "2025-06-01", None, "upcoming", id="in-progress-in-time"),
        pytest.param("in-progress", "2025-06-10", None, "overdue", id="in-progress-too-late"),
        pytest.param("paused", "2025-06-09", None, "due-soon", id="paused-on-the-day"),
        pytest.param("paused", "2025-06-10", None, "overdue", id="paused-is-no-excuse"),
        pytest.param("done", "2025-06-30", "2025-06-08", "on-time", id="done-before"),
        pytest.param("done", "2025-06-30", "2025-06-09", "on-time", id="done-on-the-day"),
        pytest.param("done", "2025-06-30", "2025-06-10", "late", id="done-a-day-later"),
        pytest.param("done", "2025-06-09", "2025-06-09", "on-time", id="done-today"),
        pytest.param("cancelled", "2025-06-01", None, None, id="cancelled-before"),
        pytest.param("cancelled", "2025-06-10", None, None, id="cancelled-after"),
        pytest.param("cancelled", "2025-06-10", "2025-06-10", None, id="cancelled-once-done"),
    ],
)
def test_timing(state: State, as_of: str, done_on: str | None, timing: Timing | None) -> None:
    assert timing_of(state, DUE, day(as_of), day(done_on) if done_on else None) == timing


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2025-03-18", JUNE, id="nothing-overdue-on-the-plans-first-day"),
        pytest.param("2025-03-24", JUNE, id="first-report-due-today"),
        pytest.param("2025-03-25", BEFORE_JUNE[:24] + JUNE, id="first-report-overdue"),
        pytest.param("2025-06-01", BEFORE_JUNE + JUNE, id="first-of-june"),
        pytest.param("2025-06-30", BEFORE_JUNE + JUNE, id="last-of-june"),
        pytest.param("2025-08-01", BEFORE_JUNE + JUNE, id="july-is-not-junes"),
    ],
)
def test_june(as_of: str, expected: str) -> None:
    assert rows(june(as_of)) == table(expected)


@pytest.mark.parametrize(
    ("as_of", "overdue", "soon", "upcoming"),
    [
        pytest.param("2025-06-01", 8, 0, 7, id="first-of-june"),
        pytest.param("2025-06-02", 8, 1, 6, id="week-before-the-ninth"),
        pytest.param("2025-06-09", 8, 1, 6, id="on-the-ninth"),
        pytest.param("2025-06-10", 9, 0, 6, id="day-after-the-ninth"),
        pytest.param("2025-06-17", 9, 1, 5, id="week-before-the-24th"),
        pytest.param("2025-06-23", 9, 6, 0, id="week-before-the-30th"),
        pytest.param("2025-06-25", 10, 5, 0, id="day-after-the-24th"),
        pytest.param("2025-06-30", 10, 5, 0, id="last-of-june"),
        pytest.param("2025-07-01", 15, 0, 0, id="first-of-july"),
    ],
)
def test_timings_of_june(as_of: str, overdue: int, soon: int, upcoming: int) -> None:
    timings = [one.timing for one in june(as_of).items]

    assert timings.count("overdue") == overdue
    assert timings.count("due-soon") == soon
    assert timings.count("upcoming") == upcoming
    assert len(timings) == overdue + soon + upcoming


@pytest.mark.parametrize(
    ("ref", "days_left", "last_working_day"),
    [
        pytest.param("1@2025-05", -17, "2025-05-23", id="saturday"),
        pytest.param("23@2025-04", -41, "2025-04-29", id="holiday"),
        pytest.param("1@2025-Q2", -1, "2025-06-09", id="yesterday"),
        pytest.param("1@2025-06", 14, "2025-06-24", id="in-two-weeks"),
        pytest.param("24@2025-Q2", 20, "2025-06-30", id="end-of-the-month"),
    ],
)
def test_an_item_is_counted_from_today(ref: str, days_left: int, last_working_day: str) -> None:
    item = find(june("2025-06-10"), ref)

    assert (item.days_left, str(item.last_working_day)) == (days_left, last_working_day)
    assert (item.state, item.is_open) == ("not-started", True)


def test_what_runs_on_beside_june() -> None:
    found = june("2025-06-10")

    assert [one.occurrence.ref for one in found.running] == [f"{task}@2025" for task in RUNNING]
    assert [task.id for task in found.no_deadline] == ["8", "12", "15", "17", "18", "20", "21"]


@pytest.mark.parametrize(
    ("name", "running"),
    [
        pytest.param("2025-06", 24, id="the-year-around-a-month"),
        pytest.param("2025-05", 27, id="a-quarter-around-its-first-months"),
        pytest.param("2025-06-03", 31, id="months-and-quarters-around-a-day"),
        pytest.param("2025-W23", 31, id="around-a-week"),
        pytest.param("2025-12", 0, id="december-where-the-year-is-due"),
        pytest.param("2025", 0, id="nothing-around-the-year"),
    ],
)
def test_longer_periods_run_on(name: str, running: int) -> None:
    period = periods.parse(name)
    assert period is not None

    assert len(agenda(the_plan(), {}, period, day("2025-03-18")).running) == running


def test_the_whole_year() -> None:
    found = agenda(the_plan(), {}, periods.year(2025), day("2025-03-18"))

    assert len(found.items) == 60
    assert found.items[0].occurrence.ref == "1@2025-03"
    assert found.items[-1].occurrence.ref == "35@2025"


def test_what_was_done_before_june_is_no_longer_junes() -> None:
    progress = {
        "1@2025-03": Progress(state="done", done_on=day("2025-03-20")),
        "1@2025-04": Progress(state="cancelled"),
        "1@2025-05": Progress(state="in-progress", percent=80),
        "1@2025-Q2": Progress(state="done", done_on=day("2025-06-09")),
        "1@2025-06": Progress(state="done", done_on=day("2025-06-25")),
    }
    found = june("2025-06-30", progress)
    reports = [one for one in found.items if one.task.id == "1"]

    assert [(one.occurrence.ref, one.state, one.timing) for one in reports] == [
        ("1@2025-05", "in-progress", "overdue"),
        ("1@2025-Q2", "done", "on-time"),
        ("1@2025-06", "done", "late"),
    ]
    assert [one.is_open for one in reports] == [True, False, False]


def test_what_is_done_no_longer_runs_on() -> None:
    found = june("2025-06-30", {"2@2025": Progress(state="done", done_on=day("2025-06-15"))})

    assert "2@2025" not in [one.occurrence.ref for one in found.running]
    assert len(found.running) == 23


def test_a_directive_moves_an_occurrence() -> None:
    found = june("2025-06-10", {"4@2025-11": Progress(due=day("2025-06-20"))})

    assert str(find(found, "4@2025-11").due) == "2025-06-20"
    assert len(found.items) == 8 + 7 + 1


def test_a_directive_gives_a_date_to_what_waits_for_one() -> None:
    found = june("2025-06-10", {"12@2025": Progress(due=day("2025-06-20"))})

    assert str(find(found, "12@2025").due) == "2025-06-20"
    assert "12" not in [task.id for task in found.no_deadline]


@pytest.mark.parametrize(
    ("sections", "tasks"),
    [
        pytest.param({"V"}, {"23", "24"}, id="one-section"),
        pytest.param({"I", "V"}, {"1", "4", "5", "23", "24"}, id="two-sections"),
        pytest.param({"VIII"}, set(), id="nothing-in-june"),
    ],
)
def test_a_filter_leaves_the_rest_as_it_was(sections: set[str], tasks: set[str]) -> None:
    def keep(section: Section, task: Task) -> bool:
        return section.id in sections

    whole = june("2025-06-10")
    found = agenda(the_plan(), {}, periods.month(2025, 6), day("2025-06-10"), keep)

    assert found.items == [one for one in whole.items if one.section.id in sections]
    assert found.running == [one for one in whole.running if one.section.id in sections]
    assert {one.task.id for one in found.items} == tasks
    assert all(task in whole.no_deadline for task in found.no_deadline)


def test_a_filter_also_filters_what_has_no_deadline() -> None:
    found = agenda(
        the_plan(),
        {},
        periods.month(2025, 6),
        day("2025-06-10"),
        lambda section, _: section.id == "I",
    )

    assert [task.id for task in found.no_deadline] == ["8", "12"]


@given(as_of=DAYS, first=DAYS, length=st.integers(0, 100))
def test_items_stand_by_due_date_then_in_the_plans_order(
    as_of: dt.date, first: dt.date, length: int
) -> None:
    period = periods.days(first, first + dt.timedelta(days=length))
    found = agenda(the_plan(), {}, period, as_of)
    order = [(one.due, int(one.task.id)) for one in found.items]

    assert order == sorted(order)


@given(as_of=DAYS, cut=DAYS)
def test_cutting_a_span_in_two_loses_and_doubles_nothing(as_of: dt.date, cut: dt.date) -> None:
    def due_in(first: dt.date, last: dt.date) -> list[str]:
        found = agenda(the_plan(), {}, periods.days(first, last), as_of)
        return [one.occurrence.ref for one in found.items if one.due >= first]

    start, end = day("2025-01-01"), day("2026-12-31")
    halves = due_in(start, cut) + due_in(cut + dt.timedelta(days=1), end)

    assert halves == due_in(start, end)
    assert len(halves) == 60


@given(as_of=DAYS)
def test_an_item_is_overdue_from_the_day_after_it_was_due(as_of: dt.date) -> None:
    for one in items(the_plan(), {}, as_of):
        assert (one.timing == "overdue") is (as_of > one.due)
        assert one.days_left == (one.due - as_of).days
        assert one.last_working_day <= one.due
        assert one.due >= the_plan().effective_from


def test_how_tasks_stand() -> None:
    found = {one.task.id: one for one in standings(the_plan(), {}, day("2025-06-10"))}

    assert list(found) == [str(number) for number in range(1, 36)]
    assert [(found[task].timing, found[task].state) for task in ("1", "4", "8")] == [
        ("overdue", "not-started"),
        ("upcoming", "not-started"),
        ("no-deadline", "not-started"),
    ]
    assert [str(one.due) if (one := found[task].next_item) else "" for task in ("1", "4", "8")] == [
        "2025-03-24",
        "2025-06-30",
        "",
    ]


@pytest.mark.parametrize(
    ("first", "second", "state", "following"),
    [
        pytest.param("not-started", "not-started", "not-started", "4@2025-06", id="untouched"),
        pytest.param("in-progress", "not-started", "in-progress", "4@2025-06", id="begun"),
        pytest.param("done", "not-started", "in-progress", "4@2025-11", id="half-done"),
        pytest.param("done", "done", "done", "", id="all-done"),
        pytest.param("done", "cancelled", "done", "", id="done-and-cancelled"),
        pytest.param("cancelled", "cancelled", "cancelled", "", id="all-cancelled"),
        pytest.param("paused", "paused", "paused", "4@2025-06", id="all-paused"),
        pytest.param("paused", "not-started", "paused", "4@2025-06", id="one-paused"),
        pytest.param("paused", "in-progress", "in-progress", "4@2025-06", id="the-other-goes-on"),
        pytest.param("done", "paused", "in-progress", "4@2025-11", id="half-done-then-paused"),
        pytest.param("cancelled", "not-started", "not-started", "4@2025-11", id="one-is-left"),
        pytest.param("cancelled", "paused", "paused", "4@2025-11", id="one-is-left-paused"),
        pytest.param(
            "cancelled", "in-progress", "in-progress", "4@2025-11", id="one-is-left-begun"
        ),
    ],
)
def test_how_a_task_of_two_occurrences_stands(
    first: State, second: State, state: State, following: str
) -> None:
    progress = {"4@2025-06": Progress(state=first), "4@2025-11": Progress(state=second)}
    (task,) = standings(the_plan(), progress, day("2025-06-10"), lambda _, one: one.id == "4")

    assert task.state == state
    assert (task.next_item.occurrence.ref if task.next_item else "") == following


CHANGING = """\
schema: 1
year: 2025
document: {type: Kế hoạch, symbol: KH-UBND, title: Một kế hoạch, place: Phú La}
issuer: UBND phường Phú La
effective_from: 2025-01-01
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - {id: "1", title: t, schedule: [{every: quarter}], units: [A], handed_over: [
          {from: 2025-07-01, units: [B]}]}
      - {id: "2", title: t, schedule: [{every: month}], units: [A], until: 2025-03-31}
      - {id: "3", title: t, schedule: [{continuous: true}], units: [A], handed_over: [
          {from: 2025-07-01, units: [B]}]}
      - {id: "4", title: t, schedule: [{on_directive: UBND quận}], units: [C]}
      - {id: "5", title: t, schedule: [{continuous: true}, {on_directive: UBND}], units: [C]}
      - {id: "6", title: t, schedule: [{continuous: true}], units: [C], until: 2025-03-31}
      - {id: "7", title: t, schedule: [{continuous: true}], units: [C], from: 2025-07-01}
      - {id: "8", title: t, schedule: [{in: "2025"}, {continuous: true}], units: [C]}
      - {id: "9", title: t, schedule: [{every: quarter}], units: [C]}
"""


@functools.cache
def changing() -> Plan:
    """Return a plan that changes in mid-year: a task is handed over, others end or begin."""
    plan = read_plan("2025.yaml", CHANGING.encode()).value
    assert plan is not None
    return plan


def of_unit(name: str) -> Callable[[Section, Task], bool]:
    return lambda _section, task: name in task.units


@pytest.mark.parametrize(
    ("unit", "refs"),
    [
        pytest.param("A", "1@2025-Q1 1@2025-Q2 2@2025-01 2@2025-02 2@2025-03", id="until-july"),
        pytest.param("B", "1@2025-Q3 1@2025-Q4", id="from-july"),
    ],
)
def test_a_unit_has_what_falls_due_while_it_has_the_task(unit: str, refs: str) -> None:
    found = list(items(changing(), {}, day("2025-02-01"), of_unit(unit)))

    assert [one.occurrence.ref for one in found] == refs.split()
    assert {tuple(one.task.units) for one in found} == {(unit,)}


@pytest.mark.parametrize(
    ("period", "tasks"),
    [
        pytest.param("2025-03", "3A 4C 5C 6C", id="march"),
        pytest.param("2025-04", "3A 4C 5C", id="one-ended"),
        pytest.param("2025-H1", "3A 4C 5C 6C", id="one-ended-within"),
        pytest.param("2025-07", "3B 4C 5C 7C", id="one-began-and-one-is-handed-over"),
        pytest.param("2025", "3B 4C 5C 6C 7C", id="the-year"),
    ],
)
def test_what_has_no_deadline_in_a_period(period: str, tasks: str) -> None:
    """With the units of the period's last day; a task with one date is not among them."""
    span = periods.parse(period)
    assert span is not None
    found = agenda(changing(), {}, span, day("2025-01-01")).no_deadline

    assert [f"{task.id}{task.units[0]}" for task in found] == tasks.split()
    theirs = agenda(changing(), {}, span, day("2025-01-01"), of_unit("C")).no_deadline
    assert [f"{task.id}C" for task in theirs] == [one for one in tasks.split() if "C" in one]


def test_a_directive_ends_the_wait_of_what_does_not_go_on() -> None:
    given = {f"{task}@2025-06": Progress(due=day("2025-06-20")) for task in "45"}
    found = agenda(changing(), given, periods.month(2025, 6), day("2025-06-01"))

    assert [one.occurrence.ref for one in found.items if one.task.id in "45"] == [
        "4@2025-06",
        "5@2025-06",
    ]
    assert [task.id for task in found.no_deadline] == ["3", "5"]


def test_a_longer_period_runs_on_until_it_falls_due_itself() -> None:
    """What falls due on the period's last day is asked for; the day after, it runs on."""
    year = {"8@2025": Progress(state="in-progress")}
    halves = [
        agenda(changing(), year, periods.days(day("2025-12-01"), last), day("2025-01-01"))
        for last in (day("2025-12-30"), day("2025-12-31"))
    ]

    assert [[one.occurrence.ref for one in found.running] for found in halves] == [
        ["1@2025-Q4", "8@2025", "9@2025-Q4"],
        [],
    ]
    assert [one.occurrence.ref for one in halves[1].items] == ["1@2025-Q4", "8@2025", "9@2025-Q4"]


@pytest.mark.parametrize(
    ("first", "last", "is_asked"),
    [
        pytest.param("2025-06-29", "2025-06-29", False, id="the-day-before"),
        pytest.param("2025-06-30", "2025-06-30", True, id="the-day"),
        pytest.param("2025-06-30", "2025-07-09", True, id="on-the-first"),
        pytest.param("2025-06-20", "2025-06-30", True, id="on-the-last"),
        pytest.param("2025-07-01", "2025-07-01", False, id="the-day-after"),
    ],
)
def test_a_period_asks_for_what_falls_due_from_its_first_day_to_its_last(
    first: str, last: str, is_asked: bool
) -> None:
    found = agenda(changing(), {}, periods.days(day(first), day(last)), day("2025-01-01"))

    assert ("9@2025-Q2" in [one.occurrence.ref for one in found.items]) is is_asked


def standing(task: str, as_of: str, progress: Mapping[str, Progress] | None = None) -> Standing:
    (found,) = standings(changing(), progress or {}, day(as_of), lambda _, one: one.id == task)
    return found


def test_a_task_stands_with_its_units_of_the_day() -> None:
    assert [standing("1", on).task.units for on in ("2025-06-30", "2025-07-01")] == [["A"], ["B"]]
    theirs = standings(changing(), {}, day("2025-07-01"), of_unit("B"))
    assert [one.task.id for one in theirs] == ["1", "3"]


def test_a_task_is_dropped_from_the_day_after_its_last() -> None:
    assert [standing("2", on).is_dropped for on in ("2025-03-31", "2025-04-01")] == [False, True]
    assert not standing("9", "2025-12-31").is_dropped
    assert [one.occurrence.ref for one in standing("2", "2025-04-01").items] == [
        "2@2025-01",
        "2@2025-02",
        "2@2025-03",
    ]


def test_whose_word_a_task_waits_for() -> None:
    found = {task: standing(task, "2025-06-01").waits_for for task in "1345"}

    assert found == {"1": [], "3": [], "4": ["UBND quận"], "5": ["UBND"]}


@pytest.mark.parametrize(
    ("state", "timing"),
    [
        pytest.param("not-started", "no-deadline", id="untouched"),
        pytest.param("done", "no-deadline", id="done"),
        pytest.param("cancelled", None, id="cancelled-has-no-timing"),
    ],
)
def test_how_a_task_without_dates_stands(state: State, timing: Timing | None) -> None:
    found = standing("3", "2025-06-01", {"3": Progress(state=state)})

    assert (found.state, found.timing, found.next_item) == (state, timing, None)


def test_a_task_of_which_all_is_done_stands_as_its_last_occurrence() -> None:
    """In time or late: that of the fourth quarter was sent a day late."""
    ends = ("2025-03-31", "2025-06-30", "2025-09-30", "2026-01-01")
    progress = {
        f"9@2025-Q{number}": Progress(state="done", done_on=day(end))
        for number, end in enumerate(ends, 1)
    }
    whole = standing("9", "2026-01-02", progress)
    but_one = standing("9", "2026-01-02", {**progress, "9@2025-Q2": NOTHING})

    assert (whole.state, whole.timing, whole.next_item) == ("done", "late", None)
    assert (but_one.state, but_one.timing) == ("in-progress", "overdue")


def test_the_value_measured_last_is_of_the_task_or_of_an_occurrence() -> None:
    def measured(number: int, value: str | None) -> Progress:
        record = made(number, value=Decimal(value) if value else None)
        assert isinstance(record, News)
        return Progress(records=[record])

    def latest(task: int, first: int, second: int) -> str:
        progress = {
            "9": measured(task, "90"),
            "9@2025-Q1": measured(first, "91"),
            "9@2025-Q2": measured(second, "92"),
            "9@2025-Q3": measured(9, None),
        }
        return str(standing("9", "2025-12-01", progress).latest_value)

    assert [latest(3, 1, 2), latest(1, 3, 2), latest(1, 2, 3)] == ["90", "91", "92"]
    assert standing("9", "2025-12-01").latest_value is None
