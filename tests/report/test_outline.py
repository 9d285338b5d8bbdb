"""What reports on a quarter or more tell: each duty once, in the order of the plan's outline.

Tables worked out by hand; the drafts of a whole simulated year stand in ``test_year.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given

from parplan.agenda.counts import TaskCounts, count_tasks
from parplan.agenda.standings import standings
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Evidence, Kind, Record
from parplan.plan.checks import check_plan
from parplan.plan.model import Plan
from parplan.plan.outline import Outline, OutlineField, OutlinePoint
from parplan.render.template.markdown_values import FILTERS, official_date
from parplan.report.build import build
from parplan.report.model import OutlineText, TaskResult
from parplan.schedule.rules import Days, On
from tests.helpers.plans import day, days, journals, period, the_plan, told


def text_of(name: str, as_of: str, *records: Record, plan: Plan | None = None) -> OutlineText:
    return build(plan or the_plan(), records, period(name), day(as_of)).outline


def result_of(text: OutlineText, task: str) -> TaskResult:
    passages = [*text.leading, *(point for chapter in text.chapters for point in chapter.passages)]
    (result,) = [one for point in passages for one in point.results if one.row.task == task]
    return result


def with_outline(*leading: OutlinePoint, fields: Sequence[OutlineField] = ()) -> Plan:
    return msgspec.structs.replace(
        the_plan(), outline=Outline(leading=list(leading), fields=list(fields))
    )


def done(number: int, ref: str, on: str, **rest: object) -> Record:
    return told(number, "done", ref, on, **rest)


# What is told of one task.


def test_a_recurring_duty_is_told_once() -> None:
    text = text_of(
        "2025-9M",
        "09-08",
        done(1, "1@2025-03", "03-24"),
        done(2, "1@2025-04", "04-28"),
        done(3, "1@2025-05", "05-24", text="gửi", evidence=(Evidence("BC 31/BC-UBND"),)),
    )

    monthly = result_of(text, "1").series[0]

    assert (monthly.label, monthly.done, monthly.total) == ("Báo cáo tháng", 3, 6)
    assert [due.ref for due in monthly.late] == ["1@2025-04"]
    assert [due.ref for due in monthly.open] == ["1@2025-06", "1@2025-07", "1@2025-08"]
    assert monthly.latest is not None
    assert monthly.latest.evidence == [Evidence("BC 31/BC-UBND")]
    assert result_of(text, "1").news == []


@pytest.mark.parametrize(
    ("records", "news"),
    [
        pytest.param([("note", "05-01", "a"), ("note", "05-02", "b")], ["a", "b"], id="two-notes"),
        pytest.param(
            [("note", "05-01", "a"), ("note", "05-02", "b"), ("note", "05-03", "c")],
            ["b", "c"],
            id="the-last-two",
        ),
        pytest.param([("note", "05-01", "a"), ("done", "05-02", "b")], ["b"], id="done-says-all"),
        pytest.param(
            [("note", "05-01", "a"), ("done", "05-02", "")], ["a", ""], id="done-in-silence"
        ),
        pytest.param([("done", "05-02", "")], [""], id="done-and-nothing-else"),
        pytest.param([("directive", "05-02", "x")], [], id="an-order-is-no-result"),
    ],
)
def test_the_last_news_of_what_does_not_recur(
    records: Sequence[tuple[Kind, str, str]], news: list[str]
) -> None:
    history = [
        told(
            number,
            kind,
            "2@2025",
            on,
            text=text,
            **({"due": day("12-31")} if kind == "directive" else {}),
        )
        for number, (kind, on, text) in enumerate(records)
    ]

    result = result_of(text_of("2025-H1", "06-09", *history), "2")

    assert [sentence.text for group in result.news for sentence in group] == news
    assert [sentence.finishes for group in result.news for sentence in group] == (
        [kind == "done" for kind, _on, _text in records][-len(news) :] if news else []
    )


def test_the_value_measured_last_with_those_before_it() -> None:
    values = [("04-12", "97"), ("05-12", "98.5"), ("06-05", "100")]
    history = [
        told(number, "note", "8", on, text=f"lần {number}", value=Decimal(value))
        for number, (on, value) in enumerate(values)
    ]

    result = result_of(text_of("2025-H1", "06-09", *history), "8")

    assert [str(sentence.value) for sentence in result.values] == ["97", "98.5", "100"]
    assert [sentence.text for group in result.news for sentence in group] == ["lần 2"]


# Where it stands.


def test_the_outline_orders_the_text_and_the_rest_follows_by_section() -> None:
    plan = with_outline(
        OutlinePoint("Chỉ đạo", ["4", "1"]),
        fields=[OutlineField("Cải cách thể chế", [OutlinePoint("Pháp luật", ["15", "9"])])],
    )

    text = text_of("2025-H1", "06-09", plan=plan)

    assert [(point.title, [one.row.task for one in point.results]) for point in text.leading] == [
        ("Chỉ đạo", ["4", "1"]),
        ("", ["2", "3", "5", "6", "7", "8", "10", "11", "12"]),
    ]
    chapters = [
        (chapter.title, [[one.row.task for one in point.results] for point in chapter.passages])
        for chapter in text.chapters
    ]
    assert chapters[:2] == [
        ("Cải cách thể chế", [["15", "9"], ["13", "14"]]),
        (
            "Cải cách TTHC và thực hiện cơ chế một cửa, một cửa liên thông",
            [["16", "17", "18", "19"]],
        ),
    ]


@pytest.mark.parametrize("has_outline", [True, False])
def test_every_task_stands_in_one_point(has_outline: bool) -> None:
    plan = the_plan() if has_outline else msgspec.structs.replace(the_plan(), outline=None)
    text = text_of("2025-H1", "06-09", plan=plan)
    points = [*text.leading, *(point for chapter in text.chapters for point in chapter.passages)]

    tasks = [one.row.task for point in points for one in point.results]

    assert sorted(tasks, key=int) == [task.id for _section, task in plan.tasks()]


@pytest.mark.parametrize(
    ("points", "code", "place"),
    [
        pytest.param(
            [OutlinePoint("a", ["1", "99"])],
            "unknown-task",
            ("outline", "leading", 0, "tasks", 1),
            id="no-such-task",
        ),
        pytest.param(
            [OutlinePoint("a", ["1"]), OutlinePoint("b", ["2", "1"])],
            "repeated-id",
            ("outline", "leading", 1, "tasks", 1),
            id="twice",
        ),
    ],
)
def test_check_finds_what_the_outline_gets_wrong(
    points: list[OutlinePoint], code: str, place: tuple[object, ...]
) -> None:
    (finding,) = check_plan(with_outline(*points), "2025.yaml")

    assert (finding.code, finding.path) == (code, place)


# Causes, and what comes next.


def test_a_delay_is_told_once_with_its_causes() -> None:
    text = text_of(
        "2025-H1",
        "06-09",
        done(1, "1@2025-03", "03-24"),
        done(2, "1@2025-04", "04-28", reason="chờ số liệu"),
        done(3, "1@2025-05", "05-28", reason="chờ số liệu"),
        done(4, "23@2025-03", "04-02"),
        done(5, "23@2025-Q1", "03-31"),
        done(6, "23@2025-04", "04-30"),
        done(7, "23@2025-05", "05-31"),
        done(8, "24@2025-Q1", "03-31"),
        done(9, "1@2025-Q2", "06-09"),
    )

    assert [([due.ref for due in one.dues], one.reasons) for one in text.delays] == [
        (["23@2025-03"], []),
        (["1@2025-04", "1@2025-05"], ["chờ số liệu"]),
    ]


def test_what_comes_next_names_what_matters_and_sums_up_routine() -> None:
    text = text_of("2025-Q3", "09-09")

    assert [(one.title, [due.ref for due in one.dues]) for one in text.directions][:2] == [
        (
            "Công tác chỉ đạo điều hành CCHC",
            [
                *("5@2025-10", "4@2025-11", "1@2025", "2@2025", "3@2025"),
                *("7@2025", "9@2025", "10@2025", "11@2025"),
            ],
        ),
        ("Cải cách thể chế", ["13@2025", "14@2025"]),
    ]
    assert [(one.name, one.label, one.total) for one in text.routine] == [
        ("Báo cáo CCHC định kỳ, đột xuất", "Báo cáo tháng", 4),
        ("Đánh giá, xếp loại cán bộ, công chức", "Hàng tháng", 4),
        ("Đánh giá, xếp loại cán bộ, công chức", "Hàng quý", 2),
        ("Chuyển đổi vị trí công tác", "", 2),
        ("Báo cáo CCHC định kỳ, đột xuất", "Báo cáo quý", 1),
    ]


def test_days_of_every_month_are_routine_too() -> None:
    plan = the_plan()
    first, *others = plan.sections
    replace = msgspec.structs.replace
    task = replace(first.tasks[0], schedule=[Days((15, 30)), On(by=day("07-20"))])
    text = text_of(
        "2025-06",
        "06-25",
        plan=replace(plan, sections=[replace(first, tasks=[task, *first.tasks[1:]]), *others]),
    )

    routine = [due.ref for series in text.routine for due in series.dues if due.task == task.id]

    assert routine == [f"{task.id}@2025-{day}" for day in ("06-15", "06-30", "07-15", "07-30")]


# How many tasks stand in which way.


def counted(as_of: str, *records: Record) -> TaskCounts:
    progress = progress_by_ref(records, day(as_of))
    return count_tasks(standings(the_plan(), progress, day(as_of)), day(as_of))


def test_tasks_are_counted_by_what_is_recorded() -> None:
    """On 9 June only task 6 (August) has not been reached; 12, 20 and 21 wait for the quận."""
    assert counted("06-09") == TaskCounts(not_started=31, not_reached=1, waiting=3)
    assert counted(
        "06-09",
        told(1, "note", "8", "05-01", text="a"),
        done(2, "2@2025", "05-02"),
        done(3, "1@2025-05", "05-02"),
        told(4, "cancel", "9@2025", "05-03", reason="b"),
        told(5, "directive", "20@2025-06-30", "05-04", due=dt.date(2025, 6, 30)),
    ) == TaskCounts(done=1, in_progress=2, not_started=28, not_reached=1, waiting=2, cancelled=1)


@given(journals(), days)
def test_every_task_is_counted_once(records: list[Record], as_of: dt.date) -> None:
    counts = count_tasks(standings(the_plan(), progress_by_ref(records, as_of), as_of), as_of)

    assert counts.total + counts.cancelled == 35


# How figures are written.


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(dt.date(2025, 6, 9), "09/6/2025", id="june"),
        pytest.param(dt.date(2025, 12, 24), "24/12/2025", id="december"),
        pytest.param(dt.date(2025, 1, 5), "05/01/2025", id="january"),
        pytest.param(dt.date(2025, 2, 28), "28/02/2025", id="february"),
    ],
)
def test_dates_are_written_as_officials_do(value: dt.date, written: str) -> None:
    assert official_date(value) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "00"), (2, "02"), (10, "10"), (999, "999"), (1250, "1.250"), (1234567, "1.234.567")],
)
def test_numbers_are_written_as_officials_do(number: int, written: str) -> None:
    assert FILTERS["two_digits"](number) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tiếp 31 lượt", "tiếp 31 lượt"),
        ("TTHC mới", "TTHC mới"),
        ("", ""),
        ("Ủy quyền", "ủy quyền"),
    ],
)
def test_a_sentence_goes_on_with_a_small_letter(text: str, written: str) -> None:
    assert FILTERS["lower_first"](text) == written
