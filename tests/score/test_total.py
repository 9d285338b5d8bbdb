"""The self-score: hand-worked totals, forecasts and risks, and what holds for any office."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.journal.record import Evidence, Record
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.score.index import Index
from parplan.score.measure import Tally
from parplan.score.model import LeafScore, Outlook, PartScore, SelfScore
from parplan.score.points import office
from parplan.score.total import risks, score, score_lines
from tests.helpers.office import made
from tests.helpers.scores import own, the_index

TODAY = dt.date(2025, 6, 20)
YEAR_END = dt.date(2025, 12, 31)

PLAN_TEXT = """\
schema: 1
year: 2025
document: {type: Kế hoạch, symbol: KH-UBND, title: Một kế hoạch, place: Phú La}
issuer: UBND phường Phú La
effective_from: 2025-01-01
sections:
  - id: I
    title: Chỉ đạo
    tasks:
      - {id: "1", title: Báo cáo quý, schedule: [{every: quarter}]}
      - {id: "2", title: Kế hoạch, schedule: [{in: "2025"}]}
      - {id: "3", title: Hồ sơ, schedule: [{continuous: true}], target: {at_least: 98, unit: "%"}}
      - {id: "4", title: Giao ban, schedule: [{in: 2025-03}, {in: 2025-11}]}
      - {id: "5", title: Sáng kiến, schedule: [{in: "2025"}]}
      - {id: "6", title: Đơn tồn, schedule: [{continuous: true}], target: {at_most: 3, unit: đơn}}
"""


def the_plan() -> Plan:
    plan = read_plan("2025.yaml", PLAN_TEXT.encode()).value
    assert plan is not None
    return plan


PLAN = the_plan()


def scored(index: Index, *records: Record, as_of: dt.date = TODAY) -> SelfScore:
    return score(office(index, PLAN, records, as_of))


def leaf(index: Index, *records: Record, as_of: dt.date = TODAY) -> LeafScore:
    """Return the score of criterion a."""
    return scored(index, *records, as_of=as_of).leaves[0]


def ends(outlook: Outlook | None) -> str:
    """Return ``WORST NOW BEST`` without zeros that say nothing."""
    assert outlook is not None
    return " ".join(
        f"{points.normalize():f}" for points in (outlook.worst, outlook.now, outlook.best)
    )


def done(ref: str, on: str, number: int = 1, **more: Any) -> Record:
    return made(number, "done", ref, on=dt.date.fromisoformat(on), **more)


D = Decimal
TWO_STEPS = "points: 2, rule: {steps: [{at_least: 98, points: 2}, {at_least: 90, points: 1}]}"


@pytest.mark.parametrize(
    ("criterion", "records", "expected"),
    [
        # quarterly: Q1 was due 31/3, Q2 is due 30/6; today is 20/6
        pytest.param('points: 4, rule: {per_item: 1}, tasks: ["1"]', [], "0 0 4", id="nothing"),
        pytest.param(
            'points: 4, rule: {per_item: 1}, tasks: ["1"]',
            [done("1@2025-Q1", "2025-03-30")],
            "1 1 4",
            id="one-of-four",
        ),
        pytest.param(
            'points: 4, rule: {per_item: 1}, tasks: ["1"], measure: on-time',
            [done("1@2025-Q1", "2025-04-02")],
            "0 0 3",
            id="one-late",
        ),
        pytest.param(
            'points: 4, rule: {full_at: 100}, tasks: ["1"], measure: done-rate',
            [done("1@2025-Q1", "2025-04-02")],
            "1 4 4",
            id="rate-of-what-fell-due",
        ),
        pytest.param(
            'points: 4, rule: {full_at: 100}, tasks: ["1"], measure: on-time-rate',
            [done("1@2025-Q1", "2025-04-02")],
            "0 0 3",
            id="rate-in-time",
        ),
        pytest.param(
            'points: 4, rule: {full_at: 100}, tasks: ["1"], measure: done-rate',
            [made(1, "cancel", "1@2025-Q1"), done("1@2025-Q2", "2025-06-01", 2)],
            "1.33 4 4",  # one of the three that are left; 4/3 = 1.333…
            id="a-cancelled-one-is-not-owed",
        ),
        pytest.param('points: 2, rule: {yes_no: true}, tasks: ["2"]', [], "0 0 2", id="no-yet"),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["2"]',
            [done("2@2025", "2025-06-01")],
            "2 2 2",
            id="yes",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["1"]',
            [done("1@2025-Q1", "2025-03-30")],
            "0 2 2",
            id="yes-so-far",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["1"], measure: on-time',
            [done("1@2025-Q1", "2025-04-01")],
            "0 0 0",
            id="late-once-is-late-for-good",
        ),
        pytest.param(
            'points: 2, rule: {per_day_late: 0.25}, tasks: ["1"]',
            [done("1@2025-Q1", "2025-04-03")],
            "0 1.25 1.25",
            id="three-days-late",
        ),
        pytest.param(
            'points: 40, rule: {per_day_late: 0.25}, tasks: ["1"]',
            [],
            "0 19.75 19.75",  # open since 31/3: 81 days on 20/6
            id="still-open-is-late-so-far",
        ),
        pytest.param(
            'points: 2, rule: {per_day_late: 0.25}, tasks: ["2"]', [], "0 0 2", id="not-due-yet"
        ),
        pytest.param('points: 3, rule: {by_hand: true}, tasks: ["2"]', [], "0 0 3", id="by-hand"),
        pytest.param(
            'points: 3, rule: {by_hand: true}, tasks: ["2"]',
            [done("2@2025", "2025-06-01")],
            "0 0 3",
            id="by-hand-waits-though-all-is-done",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(points=D("1.5"), reason="x")],
            "1.5 1.5 1.5",
            id="set-by-hand",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(points=D("1.5"), reason="x"), own(number=51, points=D(2), reason="y")],
            "2 2 2",
            id="the-last-word-counts",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(points=D(99), reason="x")],
            "3 3 3",
            id="never-above-the-highest",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(points=D(-1), reason="x")],
            "0 0 0",
            id="never-below-0",
        ),
        pytest.param(
            "points: 10, rule: {full_at: 85, zero_below: 60}",
            [own(value=D("72.25"))],
            "8.5 8.5 8.5",
            id="value-by-hand",
        ),
        pytest.param(
            "points: 6, rule: {grades: [{grade: A, percent: 100}, {grade: B, percent: 75}]}",
            [own(grade="B")],
            "4.5 4.5 4.5",
            id="grade",
        ),
        pytest.param(
            "points: 6, rule: {grades: [{grade: A, percent: 100}]}",
            [own(grade="Z")],
            "0 0 0",
            id="a-grade-that-is-gone",
        ),
        pytest.param("points: 9, rule: {survey: true}", [own(points=D(9))], "0 0 0", id="survey"),
        pytest.param(
            TWO_STEPS + ', tasks: ["3"]',
            [],
            "0 0 2",
            id="value-not-measured",
        ),
        pytest.param(
            TWO_STEPS + ', tasks: ["3"]',
            [made(1, ref="3", value=D("97.9")), made(2, ref="3", value=D("95"))],
            "1 1 2",  # the target of the open task is 98
            id="value-measured-last",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["3"], measure: value',
            [made(1, ref="3", value=D("98"))],
            "2 2 2",
            id="value-meets-the-target",
        ),
        pytest.param(
            'points: 4, rule: {per_item: 2}, tasks: ["5"], measure: value',
            [made(1, ref="5@2025", value=D(1)), made(2, "done", "5@2025")],
            "2 2 2",
            id="a-closed-task-measures-no-more",
        ),
        pytest.param(
            'points: 4, rule: {per_item: 2}, tasks: ["99"]', [], "0 0 4", id="no-such-task"
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["1", "2"]',
            [done("2@2025", "2025-06-01")],
            "0 0 2",
            id="two-tasks-both-needed",
        ),
        pytest.param(
            'points: 4, rule: {per_item: 1}, tasks: ["1"], measure: on-time',
            [],
            "0 0 3",
            id="what-is-late-already-cannot-be-in-time",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["3"]', [], "0 0 2", id="without-dates"
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["3"]',
            [done("3", "2025-06-01")],
            "2 2 2",
            id="without-dates-done",
        ),
        pytest.param(
            'points: 2, rule: {per_item: 1}, tasks: ["3"], measure: on-time',
            [done("3", "2025-06-01")],
            "1 1 1",
            id="without-dates-is-in-time",
        ),
        pytest.param(
            'points: 2, rule: {per_item: 1}, tasks: ["3"]',
            [done("3", "2025-06-01")],
            "1 1 1",
            id="without-dates-is-one-item",
        ),
        pytest.param(
            'points: 4, rule: {full_at: 100}, tasks: ["2", "3"], measure: done-rate',
            [done("2@2025", "2025-06-01")],
            "2 4 4",
            id="without-dates-it-is-owed-by-the-years-end",
        ),
        pytest.param(
            'points: 2, rule: {per_day_late: 0.25}, tasks: ["3"]', [], "0 0 2", id="and-never-late"
        ),
        pytest.param(
            'points: 2, rule: {per_day_late: 0.25}, tasks: ["2", "5"]',
            [done("5@2025", "2025-06-01")],
            "0 2 2",
            id="one-never-done-is-enough",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["3"]',
            [made(1, "cancel", "3")],
            "0 0 0",
            id="cancelled-there-is-nothing-to-earn-it-with",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["2", "3"]',
            [done("2@2025", "2025-06-01"), made(2, "cancel", "3")],
            "2 2 2",
            id="what-is-cancelled-holds-nothing-up",
        ),
        pytest.param(
            'points: 9, rule: {per_item: 2}, tasks: ["3", "5"], measure: value',
            [made(1, ref="3", value=D(2)), made(2, ref="5@2025", value=D(1))],
            "4 4 9",
            id="the-best-of-two-values",
        ),
        pytest.param(
            "points: 2, rule: {steps: [{at_most: 3, points: 2}, {at_most: 9, points: 1}]}, "
            'tasks: ["6"]',
            [made(1, ref="6", value=D(7))],
            "1 1 2",  # the target of the open task is 3 at most
            id="a-value-may-still-fall",
        ),
        pytest.param(
            TWO_STEPS + ', tasks: ["3"]',
            [made(1, ref="3", value=D(95)), done("3", "2025-06-10", 2)],
            "1 1 1",
            id="a-closed-task-reaches-its-target-no-more",
        ),
        pytest.param("points: 3", [], "0 0 0", id="without-a-rule-no-points"),
        pytest.param(
            'points: 10, rule: {full_at: 100}, tasks: ["3"]',
            [made(1, ref="3", value=D(50))],
            "5 5 9.8",
            id="its-target-is-what-is-hoped-for",
        ),
        pytest.param(
            'points: 4, rule: {per_item: 2}, tasks: ["5"], measure: value',
            [done("5@2025", "2025-06-10")],
            "0 0 0",
            id="a-task-closed-without-a-value",
        ),
        pytest.param(
            "points: 4, rule: {per_item: 2}", [own(grade="A")], "0 0 0", id="a-grade-is-no-value"
        ),
        pytest.param(
            "points: 4, rule: {by_hand: true}",
            [own(points=D(2), not_applicable=True, reason="x")],
            "0 0 0",
            id="what-does-not-apply-has-no-points",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["3"], measure: value',
            [made(1, ref="3", value=D(97))],
            "0 0 2",
            id="value-short-of-the-target",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["2"]',
            [own(value=D(1))],
            "0 0 0",
            id="a-value-by-hand-does-not-answer-yes",
        ),
        pytest.param(
            "points: 6, rule: {grades: [{grade: A, percent: 100}]}",
            [own(points=D(1), grade="A")],
            "1 1 1",
            id="points-by-hand-before-a-grade",
        ),
        pytest.param(
            "points: 6, rule: {grades: [{grade: A, percent: 100}]}",
            [own(value=D(1))],
            "0 0 0",
            id="a-value-is-no-grade",
        ),
    ],
)
def test_a_criterion_now_and_at_both_ends(
    criterion: str, records: list[Record], expected: str
) -> None:
    assert ends(leaf(the_index(criterion), *records).outlook) == expected


def test_what_tasks_come_to_is_added_up() -> None:
    """Where one is never done, all together are not."""
    first, second = Tally(1, 2, 3, 4, True), Tally(10, 20, 30, 40)

    assert first + second == second + first == Tally(11, 22, 33, 44, True)
    assert second + second == Tally(20, 40, 60, 80)


def test_early_days_do_not_make_up_for_late_ones() -> None:
    """Five days early and three late are three days late: 2 - 3 x 0.25."""
    index = the_index('points: 2, rule: {per_day_late: 0.25}, tasks: ["4"]')
    records = [done("4@2025-03", "2025-03-26"), done("4@2025-11", "2025-12-03", 2)]

    assert ends(leaf(index, *records, as_of=YEAR_END).outlook) == "1.25 1.25 1.25"


@pytest.mark.parametrize(
    ("criterion", "records", "expected"),
    [
        pytest.param(
            "points: 9, rule: {survey: true}", [own(points=D(9))], "survey - -", id="survey"
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["2"]', [], "waiting - - 2", id="not-yet"
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["2"]',
            [own(reason="chờ")],
            "waiting - chờ 2",
            id="a-reason-is-no-result",
        ),
        pytest.param(
            'points: 4, rule: {full_at: 100}, tasks: ["1"], measure: done-rate',
            [done("1@2025-Q1", "2025-04-02")],
            "measured 100.00 - 1",
            id="rate",
        ),
        pytest.param(
            'points: 2, rule: {yes_no: true}, tasks: ["1", "2"]',
            [done("2@2025", "2025-06-01")],
            "measured 0.50 - 1",  # of what fell due one is done and one is not
            id="share",
        ),
        pytest.param(
            'points: 2, rule: {per_day_late: 0.25}, tasks: ["1"]',
            [],
            "measured 81.00 - 1",
            id="days",
        ),
        pytest.param(TWO_STEPS + ', tasks: ["3"]', [], "waiting - - 3", id="a-target-is-no-value"),
        pytest.param(
            TWO_STEPS + ', tasks: ["3"]',
            [made(1, ref="3", value=D("97.9"))],
            "measured 97.90 - 3",
            id="value",
        ),
        pytest.param(
            TWO_STEPS + ', tasks: ["3"]',
            [made(1, ref="3", value=D("97.9")), own(value=D("95.5"), reason="đo lại")],
            "by-hand 95.50 đo lại 3",
            id="value-by-hand",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(points=D(1), reason="x"), own(number=51, points=D(2))],
            "by-hand - x",
            id="the-last-reason-stays",
        ),
        pytest.param(
            "points: 3, rule: {by_hand: true}",
            [own(not_applicable=True, reason="x")],
            "not-applicable - x",
            id="not-applicable",
        ),
        pytest.param(
            'points: 3, rule: {by_hand: true}, tasks: ["2", "3", "6"]',
            [done("2@2025", "2025-06-01"), made(2, "cancel", "3")],
            "waiting - - 6",
            id="open-tasks",
        ),
        pytest.param(
            'points: 3, rule: {by_hand: true}, tasks: ["3", "6"]',
            [done("3", "2025-06-01")],
            "waiting - - 6",
            id="a-done-task-without-dates-is-closed",
        ),
    ],
)
def test_what_is_said_of_a_criterion(criterion: str, records: list[Record], expected: str) -> None:
    result = leaf(the_index(criterion), *records)

    words = [result.status, str(result.measured or "-"), result.reason or "-", *result.open_tasks]
    assert " ".join(words) == expected


def test_a_grade_is_told_by_its_name() -> None:
    index = the_index("points: 6, rule: {grades: [{grade: A, percent: 100}]}")

    assert leaf(index, own(grade="A")).grade == "A"
    assert leaf(index).grade == ""


def test_all_evidence_is_told_once() -> None:
    """Of the task as a whole, of its occurrences, and of the criterion itself."""
    first, second, third = (Evidence(number=f"BC {number}") for number in (1, 2, 3))
    records = [
        made(1, ref="4", evidence=(first,)),
        made(2, ref="4@2025-03", evidence=(second,)),
        made(3, ref="4@2025-11", evidence=(first, second)),
        own(evidence=(third,)),
        own(number=51, evidence=(second,), reason="x"),
    ]
    index = the_index('points: 2, rule: {yes_no: true}, tasks: ["4"]')

    assert leaf(index, *records).evidence == [first, second, third]


WITH_LAST_YEAR = (
    "points: 4, rule: {by_hand: true}, last_year: 3.5, target: 4",
    "points: 3, rule: {by_hand: true}, last_year: 2, target: 2.75",
    "points: 3, rule: {survey: true}, last_year: 1, target: 2",
)


@pytest.mark.parametrize(
    ("criteria", "records", "sums"),
    [
        pytest.param(WITH_LAST_YEAR, [], "7.00 5.50 6.75", id="the-survey-is-not-ours"),
        pytest.param(
            WITH_LAST_YEAR,
            [own("b", not_applicable=True, reason="x")],
            "4.00 5.50 6.75",
            id="what-does-not-apply-had-a-score",
        ),
        pytest.param(
            (WITH_LAST_YEAR[0], "points: 6, rule: {by_hand: true}, target: 5"),
            [],
            "10.00 None 9.00",
            id="one-is-not-known",
        ),
        pytest.param(("points: 10, rule: {survey: true}, last_year: 1, target: 2",), [],
            "0.00 None None", id="none-is-ours",
        ),
    ],
)  # fmt: skip
def test_a_field_beside_last_year_and_its_target(
    criteria: tuple[str, ...], records: list[Record], sums: str
) -> None:
    result = scored(the_index(*criteria), *records)
    (field,) = result.parts
    totals = [field.most, field.last_year, field.target]

    assert " ".join(map(str, [total and total.quantize(D("0.01")) for total in totals])) == sums
    assert (result.last_year, result.target) == (field.last_year, field.target)


def test_records_of_later_days_and_retracted_ones_do_not_count() -> None:
    index = the_index("points: 3, rule: {by_hand: true}")
    first = own(points=D(1), reason="x")
    later = own(number=51, points=D(2), reason="y", on=dt.date(2025, 6, 21))
    undone = own(number=52, points=D(3), reason="z")
    undo = made(53, "undo", "", criterion="a", retracts=undone.id)

    assert ends(leaf(index, first, later, undone, undo).outlook) == "1 1 1"
    assert ends(leaf(index, first, later, undone, undo, as_of=YEAR_END).outlook) == "2 2 2"


def test_a_record_of_today_counts() -> None:
    index = the_index("points: 3, rule: {by_hand: true}")

    assert ends(leaf(index, own(points=D(2), reason="x", on=TODAY)).outlook) == "2 2 2"


def test_what_is_due_today_does_not_count_yet() -> None:
    index = the_index('points: 4, rule: {full_at: 100}, tasks: ["1"], measure: done-rate')
    due = dt.date(2025, 3, 31)

    assert [leaf(index, as_of=day).status for day in (due, due + dt.timedelta(days=1))] == [
        "waiting",
        "measured",
    ]


FOUR = (
    "points: 4, rule: {by_hand: true}",
    "points: 3, rule: {by_hand: true}",
    "points: 2, rule: {by_hand: true}",
    "points: 1, rule: {survey: true}",
)


@pytest.mark.parametrize(
    ("records", "total", "left_out"),
    [
        pytest.param([], "0 0 9", "0.00", id="nothing"),
        pytest.param(
            [own("a", 1, points=D(3)), own("b", 2, points=D(2)), own("c", 3, points=D(1))],
            "6 6 6",
            "0.00",
            id="plain-sum",
        ),
        # 9 can be scored; without c it is 7 of which 5 are earned: 5 x 9 / 7 = 6.428…
        pytest.param(
            [
                own("a", 1, points=D(3)),
                own("b", 2, points=D(2)),
                own("c", 3, not_applicable=True, reason="x"),
            ],
            "6.43 6.43 6.43",
            "2.00",
            id="rescaled",
        ),
        # without a and c it is 3, all earned: all of 9
        pytest.param(
            [
                own("a", 1, not_applicable=True, reason="x"),
                own("b", 2, points=D(3)),
                own("c", 3, not_applicable=True, reason="x"),
            ],
            "9 9 9",
            "6.00",
            id="rescaled-to-all",
        ),
        pytest.param(
            [own(name, n, not_applicable=True, reason="x") for n, name in enumerate("abc", 1)],
            None,
            "9.00",
            id="nothing-applies",
        ),
    ],
)
def test_total_and_rescaling(records: list[Record], total: str | None, left_out: str) -> None:
    result = scored(the_index(*FOUR), *records)

    assert (ends(result.total) if result.total else None) == total
    assert (str(result.most), str(result.left_out), str(result.survey)) == (
        "9.00",
        left_out,
        "1.00",
    )


GROUPS = (
    "[{id: T, title: t, kind: bonus, ceiling: 2, criteria: ["
    "{id: T1, title: t, points: 2, rule: {per_item: 1}},"
    "{id: T2, title: t, points: 1, rule: {by_hand: true}}]},"
    "{id: P, title: p, kind: penalty, ceiling: 3, criteria: ["
    '{id: P1, title: p, points: 3, rule: {per_item: 0.5}, tasks: ["1"], measure: days-late},'
    "{id: P2, title: p, points: 2, rule: {by_hand: true}}]}]"
)
PUNCTUAL = done("1@2025-Q1", "2025-03-31", 90)


@pytest.mark.parametrize(
    ("more", "records", "total"),
    [
        # never done by the year's end: the penalty is its highest, 3
        pytest.param("ceiling: 12", [PUNCTUAL], "5 8 8", id="no-bonus-unless-earned"),
        pytest.param("ceiling: 12", [PUNCTUAL, own("T1", value=D(1))], "6 9 9", id="bonus"),
        pytest.param(
            "ceiling: 12",
            [PUNCTUAL, own("T1", value=D(5)), own("T2", 51, points=D(1))],
            "7 10 10",
            id="bonus-within-its-ceiling",
        ),
        pytest.param("", [done("1@2025-Q1", "2025-04-03")], "5 6.5 6.5", id="three-days-off"),
        pytest.param(
            "",
            [done("1@2025-Q1", "2025-04-03"), own("P2", points=D(2))],
            "5 5 5",
            id="penalty-within-its-ceiling",
        ),
        pytest.param(
            "",
            [PUNCTUAL, own("a", 2, points=D(10)), own("T1", 51, value=D(2))],
            "9 10 10",
            id="a-bonus-leads-no-higher-than-the-total",
        ),
        pytest.param(
            "",
            [PUNCTUAL, own("a", 2, points=D(0)), own("P2", points=D(2))],
            "0 0 0",
            id="not-below-0",
        ),
    ],
)
def test_bonus_and_penalty(more: str, records: list[Record], total: str) -> None:
    index = the_index("points: 10, rule: {by_hand: true}", groups=GROUPS, more=more)
    eight = own("a", 1, points=D(8), reason="x")

    assert ends(scored(index, eight, *records).total) == total


def test_the_risk_is_what_the_best_total_loses_by_one_task() -> None:
    """Of 10 points c's 2 do not apply, so that a lost point is 10/8 of the total."""
    index = the_index(
        'points: 4, rule: {per_item: 1}, tasks: ["1"]',
        'points: 4, rule: {yes_no: true}, tasks: ["1", "2"]',
        "points: 2, rule: {by_hand: true}",
    )
    records = [done("1@2025-Q1", "2025-03-30"), own("c", not_applicable=True, reason="x")]
    base = office(index, PLAN, records, TODAY)

    listed = [(risk.task, str(risk.points), risk.criteria) for risk in risks(base, score(base))]

    # task 1 undone: a keeps 1 of 4, b has none: 8 points less 7, rescaled; task 2: b's 4
    assert listed == [("1", "8.75", ["a", "b"]), ("2", "5.00", ["b"])]


def test_each_task_puts_at_risk_what_is_still_to_be_set_by_hand() -> None:
    """The most first, then as in the plan; of two tasks that are both needed each may fail."""
    index = the_index(
        'points: 2, rule: {by_hand: true}, tasks: ["5", "2"]',
        'points: 3, rule: {by_hand: true}, tasks: ["3"]',
        'points: 2, rule: {by_hand: true}, tasks: ["6"]',
        'points: 0.01, rule: {by_hand: true}, tasks: ["4"]',
        "points: 2.99, rule: {by_hand: true}",
    )
    base = office(index, PLAN, [], TODAY)

    assert [(risk.task, str(risk.points), risk.criteria) for risk in risks(base, score(base))] == [
        ("3", "3.00", ["b"]),
        ("2", "2.00", ["a"]),
        ("5", "2.00", ["a"]),
        ("6", "2.00", ["c"]),
        ("4", "0.01", ["d"]),
    ]


def test_one_task_left_undone_leaves_the_others_done() -> None:
    """Two tasks are owed and one of them is done: half of 10."""
    index = the_index('points: 10, rule: {full_at: 100}, tasks: ["2", "5"], measure: done-rate')
    base = office(index, PLAN, [], TODAY)

    assert [(risk.task, str(risk.points)) for risk in risks(base, score(base))] == [
        ("2", "5.00"),
        ("5", "5.00"),
    ]


def test_where_nothing_applies_nothing_is_at_risk() -> None:
    index = the_index('points: 10, rule: {by_hand: true}, tasks: ["2"]')
    base = office(index, PLAN, [own(not_applicable=True, reason="x")], TODAY)

    assert risks(base, score(base)) == []


def test_a_done_task_is_no_risk_and_one_set_by_hand_neither() -> None:
    index = the_index(
        'points: 3, rule: {yes_no: true}, tasks: ["2"]',
        'points: 5, rule: {yes_no: true}, tasks: ["5"]',
        'points: 2, rule: {by_hand: true}, tasks: ["2"]',
    )
    records = [done("2@2025", "2025-06-01"), own("b", points=D(5), reason="x")]
    base = office(index, PLAN, records, TODAY)

    assert risks(base, score(base)) == []


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="nothing"),
        pytest.param([own("T1", 51, not_applicable=True, reason="x")], id="a-bonus"),
        pytest.param([own("P2", 51, not_applicable=True, reason="x")], id="a-penalty"),
    ],
)
def test_a_group_that_does_not_apply_rescales_nothing(records: list[Record]) -> None:
    index = the_index("points: 10, rule: {by_hand: true}", groups=GROUPS)
    result = scored(index, PUNCTUAL, own(points=D(5), reason="x"), *records)

    assert (str(result.left_out), str(result.most)) == ("0.00", "10.00")
    assert result.total is not None
    assert str(result.total.now) == "5.00"


def test_a_group_gives_no_more_than_its_ceiling_or_its_criteria() -> None:
    result = scored(the_index("points: 10, rule: {by_hand: true}", groups=GROUPS))
    wide = GROUPS.replace("ceiling: 2", "ceiling: 7")

    assert [part.most for part in result.parts] == [10, 2, 3]
    assert [
        part.most
        for part in scored(the_index("points: 10, rule: {by_hand: true}", groups=wide)).parts
    ] == [10, 3, 3]


def test_however_little_applies_it_stands_for_all() -> None:
    """Of 0.5 points 0.25 are earned: half of 10."""
    index = the_index("points: 9.5, rule: {by_hand: true}", "points: 0.5, rule: {by_hand: true}")
    result = scored(index, own(not_applicable=True, reason="x"), own("b", 51, points=D("0.25")))

    assert ends(result.total) == "5 5 5"


def test_a_bonus_earns_none_of_the_points_of_the_survey() -> None:
    """Ten in all, one of them the survey's: nine at most, however large the bonus."""
    index = the_index(*FOUR, groups=GROUPS)
    full = [own(name, number, points=D(4)) for number, name in enumerate("abc", 1)]

    assert ends(scored(index, PUNCTUAL, *full, own("T1", value=D(2))).total) == "8 9 9"


def test_a_penalty_for_what_is_never_delivered_is_the_highest() -> None:
    """The task has no dates: nothing is late, and by the year's end it is done or it is not."""
    penalty = (
        "[{id: P, title: p, kind: penalty, ceiling: 3, criteria: "
        '[{id: P1, title: p, points: 2, rule: {per_item: 0.5}, tasks: ["3"], measure: days-late}]}]'
    )
    index = the_index("points: 10, rule: {by_hand: true}", groups=penalty)
    full = own(points=D(10), reason="x")

    assert ends(scored(index, full).total) == "8 10 10"
    assert ends(scored(index, full, done("3", "2025-06-01")).total) == "10 10 10"


@pytest.mark.parametrize(
    ("kind", "criterion", "total"),
    [
        pytest.param(
            "bonus", 'rule: {by_hand: true}, tasks: ["2"]', "5 5 7", id="a-bonus-that-a-task-serves"
        ),
        pytest.param("bonus", "rule: {by_hand: true}", "5 5 5", id="a-bonus-that-none-serves"),
        pytest.param(
            "bonus",
            'rule: {steps: [{at_least: 98, points: 2}]}, tasks: ["3"]',
            "5 5 7",
            id="a-bonus-for-a-value-that-may-come",
        ),
        pytest.param(
            "penalty",
            'rule: {steps: [{at_least: 98, points: 2}]}, tasks: ["3"]',
            "5 5 5",
            id="a-penalty-for-a-value-that-is-not-hoped-for",
        ),
        pytest.param(
            "penalty", 'rule: {by_hand: true}, tasks: ["2"]', "5 5 5", id="a-penalty-set-by-hand"
        ),
    ],
)
def test_what_a_group_may_still_bring(kind: str, criterion: str, total: str) -> None:
    groups = (
        f"[{{id: G, title: g, kind: {kind}, ceiling: 3, criteria: "
        f"[{{id: G1, title: t, points: 2, {criterion}}}]}}]"
    )
    index = the_index("points: 10, rule: {by_hand: true}", groups=groups)

    assert ends(scored(index, own(points=D(5), reason="x")).total) == total


def test_what_a_ceiling_takes_away_is_no_risk() -> None:
    """Of the four reports two are sent, which earns twice what the bonus can give."""
    bonus = (
        "[{id: T, title: t, kind: bonus, ceiling: 1, criteria: "
        '[{id: T1, title: t, points: 4, rule: {per_item: 1}, tasks: ["1"]}]}]'
    )
    criteria = ("points: 5, rule: {by_hand: true}", 'points: 5, rule: {yes_no: true}, tasks: ["1"]')
    index = the_index(*criteria, groups=bonus, more="ceiling: 11")
    sent = [done("1@2025-Q1", "2025-03-30"), done("1@2025-Q2", "2025-06-10", 2)]
    before = office(index, PLAN, [own(points=D(5))], TODAY)
    after = office(index, PLAN, [own(points=D(5)), *sent], TODAY)

    assert [(risk.task, str(risk.points)) for risk in risks(before, score(before))] == [
        ("1", "6.00")
    ]
    assert [(risk.task, str(risk.points)) for risk in risks(after, score(after))] == [("1", "5.00")]


PAIR = (Evidence(number="BC 1"), Evidence(file="bc1.pdf"))


@pytest.mark.parametrize(
    ("records", "lacks"),
    [
        pytest.param([], ["result", "evidence", "explanation"], id="nothing"),
        pytest.param([done("2@2025", "2025-06-01")], ["evidence", "explanation"], id="no-evidence"),
        pytest.param(
            [done("2@2025", "2025-06-01", evidence=PAIR)],
            ["evidence", "explanation"],
            id="one-of-two",
        ),
        pytest.param(
            [done("2@2025", "2025-06-01", evidence=PAIR), own(reason="chờ ký")],
            ["evidence"],
            id="explained",
        ),
        pytest.param(
            [done("2@2025", "2025-06-01", evidence=PAIR), own(evidence=(Evidence(number="BC 2"),))],
            [],
            id="both",
        ),
        pytest.param(
            [
                done("2@2025", "2025-06-01", evidence=PAIR),
                own(evidence=(Evidence(file="gone.pdf"), Evidence(number="BC 2"))),
            ],
            ["file", "evidence", "explanation"],
            id="a-file-that-is-gone",
        ),
        pytest.param([own(not_applicable=True, reason="x")], [], id="not-applicable"),
    ],
)
def test_what_a_criterion_lacks(records: list[Record], lacks: list[str]) -> None:
    index = the_index(
        'points: 10, rule: {yes_no: true}, tasks: ["2"], evidence: [Báo cáo, Quyết định]'
    )
    result = score(office(index, PLAN, records, TODAY, {"gone.pdf"}))

    assert result.leaves[0].lacks == lacks


@pytest.mark.parametrize(
    ("kind", "records", "lacks"),
    [
        pytest.param("bonus", [], [], id="a-bonus-that-is-not-earned"),
        pytest.param("bonus", [PUNCTUAL], ["evidence", "explanation"], id="a-bonus-that-is"),
        pytest.param(
            "bonus",
            [done("1@2025-Q1", "2025-03-31", evidence=(Evidence(number="BC 1"),))],
            [],
            id="one-document-is-enough-where-none-is-named",
        ),
        pytest.param("penalty", [own("G1", points=D(1))], [], id="a-penalty"),
    ],
)
def test_what_a_group_lacks(kind: str, records: list[Record], lacks: list[str]) -> None:
    """Who asks for points more has to prove them as things stand; who loses points has not."""
    rule = '{yes_no: true}, tasks: ["1"]' if kind == "bonus" else "{per_item: 1}"
    groups = (
        f"[{{id: G, title: g, kind: {kind}, ceiling: 3, criteria: "
        f"[{{id: G1, title: t, points: 2, rule: {rule}}}]}}]"
    )
    index = the_index("points: 10, rule: {survey: true}", groups=groups)

    assert [leaf.lacks for leaf in scored(index, *records).leaves] == [[], lacks]


def test_lines_have_the_order_and_the_levels_of_the_index() -> None:
    inner = (
        "items: [{id: x, title: t, points: 1, rule: {by_hand: true}}, "
        "{id: y, title: t, points: 2, rule: {by_hand: true}}]"
    )
    index = the_index(f"points: 3, {inner}", "points: 7, rule: {by_hand: true}", groups=GROUPS)
    rows = list(score_lines(scored(index, own("x", 1, points=D(1)), own("y", 2, points=D("0.5")))))

    names = [(level, getattr(row, "criterion", None) or row.part) for level, row in rows]
    assert [(level, row.id) for level, row in names] == [  # type: ignore[union-attr]
        (0, "F"), (1, "a"), (2, "x"), (2, "y"), (1, "b"),
        (0, "T"), (1, "T1"), (1, "T2"), (0, "P"), (1, "P1"), (1, "P2"),
    ]  # fmt: skip
    assert str(rows[1][1].outlook.now) == "1.50"
    sums = [row.part.id for _level, row in rows if isinstance(row, PartScore)]
    assert sums == ["F", "a", "T", "P"], "the others are scored by themselves"


def test_lines_go_as_deep_as_the_index() -> None:
    """Deeper than ``check`` lets pass; a sum counts each criterion once."""
    inner = (
        "{id: y, title: t, points: 3, items: [{id: z, title: t, points: 3, rule: {by_hand: true}}]}"
    )
    index = the_index(f"points: 10, items: [{inner}, {{id: x, title: t, points: 7}}]")
    rows = list(score_lines(scored(index, own("z", points=D(2), reason="x"))))

    assert [(level, str(row.outlook.now)) for level, row in rows] == [
        (0, "2.00"), (1, "2.00"), (2, "2.00"), (3, "2.00"), (2, "0.00"),
    ]  # fmt: skip


LEAVES = (
    'rule: {per_item: 1}, tasks: ["1"]',
    'rule: {yes_no: true}, tasks: ["1", "2"]',
    'rule: {yes_no: true}, tasks: ["4"], measure: on-time',
    'rule: {full_at: 90, zero_below: 30}, tasks: ["1", "4"], measure: done-rate',
    'rule: {full_at: 100}, tasks: ["4", "5"], measure: on-time-rate',
    'rule: {per_day_late: 0.05}, tasks: ["4"]',
    'measure: days-late, tasks: ["1"], '
    "rule: {steps: [{at_most: 3, points: 5}, {below: 90, points: 1}]}",
    'rule: {steps: [{at_least: 98, points: 5}, {above: 50, points: 2}]}, tasks: ["3"]',
    'rule: {by_hand: true}, tasks: ["5"]',
    "rule: {survey: true}",
)
REFS = ["1@2025-Q1", "1@2025-Q2", "1@2025-Q3", "2@2025", "4@2025-03", "4@2025-11", "5@2025"]
days = st.dates(dt.date(2025, 1, 1), TODAY)
finished = st.dictionaries(st.sampled_from(REFS), days, max_size=len(REFS))
chosen = st.lists(st.sampled_from(LEAVES), min_size=1, max_size=8)
exempt = st.sets(st.sampled_from("abcdefgh"), max_size=3)


def made_of(leaves: list[str], **more: Any) -> Index:
    points = 5 * len(leaves)
    criteria = [f"points: 5, {leaf}" for leaf in leaves]
    return the_index(*criteria, groups=GROUPS, points=points, **more)


def journal_of(finished_on: dict[str, dt.date], left_out: set[str], value: int = 0) -> list[Record]:
    records = [done(ref, day.isoformat(), n) for n, (ref, day) in enumerate(finished_on.items(), 1)]
    records += [own(name, 60 + n, not_applicable=True) for n, name in enumerate(sorted(left_out))]
    return [*records, made(99, ref="3", value=D(value))]


def totals(index: Index, records: list[Record], as_of: dt.date = TODAY) -> list[Decimal]:
    total = scored(index, *records, as_of=as_of).total
    return [total.worst, total.now, total.best] if total else [D(0)] * 3


@given(chosen, finished, exempt, days)
def test_no_score_leaves_its_bounds(
    leaves: list[str], finished_on: dict[str, dt.date], left_out: set[str], as_of: dt.date
) -> None:
    score = scored(made_of(leaves), *journal_of(finished_on, left_out), as_of=as_of)

    for leaf in score.leaves:
        assert all(0 <= getattr(leaf.outlook, end) <= leaf.criterion.points for end in ENDS)
    if score.total:
        assert (
            0 <= score.total.worst <= score.total.now <= score.total.best <= max(score.most, D(0))
        )


ENDS = ("now", "best", "worst")


@given(chosen, finished, st.sampled_from(REFS), days, exempt)
def test_more_done_never_scores_less(
    leaves: list[str], finished_on: dict[str, dt.date], ref: str, day: dt.date, left_out: set[str]
) -> None:
    index = made_of(leaves)
    less = totals(index, journal_of({k: v for k, v in finished_on.items() if k != ref}, left_out))
    more = totals(index, journal_of({**finished_on, ref: day}, left_out))

    assert all(a <= b for a, b in zip(less, more, strict=True))


@given(chosen, finished, st.integers(0, 100), st.integers(0, 100))
def test_a_better_value_never_scores_less(
    leaves: list[str], finished_on: dict[str, dt.date], first: int, second: int
) -> None:
    index = made_of(leaves)
    less = totals(index, journal_of(finished_on, set(), min(first, second)))
    more = totals(index, journal_of(finished_on, set(), max(first, second)))

    assert all(a <= b for a, b in zip(less, more, strict=True))


@given(chosen, st.randoms(use_true_random=False), finished)
def test_the_order_of_criteria_changes_nothing(
    leaves: list[str], chance: Any, finished_on: dict[str, dt.date]
) -> None:
    shuffled = leaves[:]
    chance.shuffle(shuffled)
    records = journal_of(finished_on, set())

    assert totals(made_of(leaves), records) == totals(made_of(shuffled), records)
    first, second = (scored(made_of(each), *records).leaves for each in (leaves, shuffled))
    assert sorted(ends(leaf.outlook) for leaf in first) == sorted(
        ends(leaf.outlook) for leaf in second
    )


@given(chosen, finished, exempt)
def test_a_risk_is_within_what_can_be_lost(
    leaves: list[str], finished_on: dict[str, dt.date], left_out: set[str]
) -> None:
    base = office(made_of(leaves), PLAN, journal_of(finished_on, left_out), TODAY)
    total = score(base)
    listed = risks(base, total)

    assert [risk.points for risk in listed] == sorted((o.points for o in listed), reverse=True)
    for risk in listed:
        assert total.total is not None
        assert 0 < risk.points <= total.total.best - total.total.worst
