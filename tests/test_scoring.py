"""The self-score: hand-worked totals, forecasts and risks, and what holds for any office."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan import indexfile, planfile
from parplan.index import Index
from parplan.journal import Evidence, Record
from parplan.plan import Plan
from parplan.scoremodel import LeafScore, Outlook, Score
from parplan.scorepoints import office
from parplan.scoring import lines, risks, score
from tests.journal_helpers import made

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
"""


def the_plan() -> Plan:
    plan = planfile.read("2025.yaml", PLAN_TEXT.encode()).plan
    assert plan is not None
    return plan


PLAN = the_plan()


def the_index(*criteria: str, groups: str = "[]", more: str = "", points: int = 10) -> Index:
    """Return an index with one field, of ``criteria`` that are numbered a, b, c …"""
    blocks = [f"{{id: {'abcdefgh'[i]}, title: t, {one}}}" for i, one in enumerate(criteria)]
    text = (
        f"schema: 1\nyear: 2025\ntitle: t\npoints: {points}\n{more}\n"
        f"fields: [{{id: F, title: f, points: {points}, criteria: [{', '.join(blocks)}]}}]\n"
        f"groups: {groups}\n"
    )
    reading = indexfile.read("2025.index.yaml", text.encode())
    assert reading.problems == []
    assert reading.index is not None
    return reading.index


def scored(index: Index, *records: Record, as_of: dt.date = TODAY) -> Score:
    return score(office(index, PLAN, records, as_of))


def leaf(index: Index, *records: Record, as_of: dt.date = TODAY) -> LeafScore:
    """Return the score of criterion a."""
    return scored(index, *records, as_of=as_of).leaves[0]


def ends(found: Outlook | None) -> str:
    """Return ``WORST NOW BEST`` without zeros that say nothing."""
    assert found is not None
    return " ".join(f"{one.normalize():f}" for one in (found.worst, found.now, found.best))


def done(ref: str, on: str, number: int = 1, **more: Any) -> Record:
    return made(number, "done", ref, on=dt.date.fromisoformat(on), **more)


def own(criterion: str = "a", number: int = 50, **more: Any) -> Record:
    """Return a record of the score of ``criterion``."""
    return made(number, "score", "", criterion=criterion, **more)


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
            'points: 4, rule: {per_item: 2}, tasks: ["5"], measure: value',
            [made(1, ref="5@2025", value=D("NaN"))],
            "0 0 4",
            id="no-number-is-no-value",
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
    ],
)
def test_a_criterion_now_and_at_both_ends(
    criterion: str, records: list[Record], expected: str
) -> None:
    assert ends(leaf(the_index(criterion), *records).outlook) == expected


def test_records_of_later_days_and_retracted_ones_do_not_count() -> None:
    index = the_index("points: 3, rule: {by_hand: true}")
    first = own(points=D(1), reason="x")
    later = own(number=51, points=D(2), reason="y", on=dt.date(2025, 6, 21))
    undone = own(number=52, points=D(3), reason="z")
    undo = made(53, "undo", "", criterion="a", retracts=undone.id)

    assert ends(leaf(index, first, later, undone, undo).outlook) == "1 1 1"
    assert ends(leaf(index, first, later, undone, undo, as_of=YEAR_END).outlook) == "2 2 2"


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
    found = scored(the_index(*FOUR), *records)

    assert (ends(found.total) if found.total else None) == total
    assert (str(found.most), str(found.left_out), str(found.survey)) == ("9.00", left_out, "1.00")


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

    found = [(one.task, str(one.points), one.criteria) for one in risks(base, score(base))]

    # task 1 undone: a keeps 1 of 4, b has none: 8 points less 7, rescaled; task 2: b's 4
    assert found == [("1", "8.75", ["a", "b"]), ("2", "5.00", ["b"])]


def test_a_done_task_is_no_risk_and_one_set_by_hand_neither() -> None:
    index = the_index(
        'points: 5, rule: {yes_no: true}, tasks: ["2"]',
        'points: 5, rule: {yes_no: true}, tasks: ["5"]',
    )
    records = [done("2@2025", "2025-06-01"), own("b", points=D(5), reason="x")]
    base = office(index, PLAN, records, TODAY)

    assert risks(base, score(base)) == []


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

    assert [(one.task, str(one.points)) for one in risks(before, score(before))] == [("1", "6.00")]
    assert [(one.task, str(one.points)) for one in risks(after, score(after))] == [("1", "5.00")]


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
    found = score(office(index, PLAN, records, TODAY, {"gone.pdf"}))

    assert found.leaves[0].lacks == lacks


def test_lines_have_the_order_and_the_levels_of_the_index() -> None:
    inner = (
        "items: [{id: x, title: t, points: 1, rule: {by_hand: true}}, "
        "{id: y, title: t, points: 2, rule: {by_hand: true}}]"
    )
    index = the_index(f"points: 3, {inner}", "points: 7, rule: {by_hand: true}", groups=GROUPS)
    found = list(lines(scored(index, own("x", 1, points=D(1)), own("y", 2, points=D("0.5")))))

    names = [(level, getattr(one, "criterion", None) or one.part) for level, one in found]
    assert [(level, one.id) for level, one in names] == [  # type: ignore[union-attr]
        (0, "F"), (1, "a"), (2, "x"), (2, "y"), (1, "b"),
        (0, "T"), (1, "T1"), (1, "T2"), (0, "P"), (1, "P1"), (1, "P2"),
    ]  # fmt: skip
    assert str(found[1][1].outlook.now) == "1.50"


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
    criteria = [f"points: 5, {one}" for one in leaves]
    return the_index(*criteria, groups=GROUPS, points=points, **more)


def journal_of(found: dict[str, dt.date], left_out: set[str], value: int = 0) -> list[Record]:
    records = [done(ref, day.isoformat(), n) for n, (ref, day) in enumerate(found.items(), 1)]
    records += [own(name, 60 + n, not_applicable=True) for n, name in enumerate(sorted(left_out))]
    return [*records, made(99, ref="3", value=D(value))]


def totals(index: Index, records: list[Record], as_of: dt.date = TODAY) -> list[Decimal]:
    total = scored(index, *records, as_of=as_of).total
    return [total.worst, total.now, total.best] if total else [D(0)] * 3


@given(chosen, finished, exempt, days)
def test_no_score_leaves_its_bounds(
    leaves: list[str], found: dict[str, dt.date], left_out: set[str], as_of: dt.date
) -> None:
    score = scored(made_of(leaves), *journal_of(found, left_out), as_of=as_of)

    for one in score.leaves:
        assert all(0 <= getattr(one.outlook, end) <= one.criterion.points for end in ENDS)
    if score.total:
        assert (
            0 <= score.total.worst <= score.total.now <= score.total.best <= max(score.most, D(0))
        )


ENDS = ("now", "best", "worst")


@given(chosen, finished, st.sampled_from(REFS), days, exempt)
def test_more_done_never_scores_less(
    leaves: list[str], found: dict[str, dt.date], ref: str, day: dt.date, left_out: set[str]
) -> None:
    index = made_of(leaves)
    less = totals(index, journal_of({k: v for k, v in found.items() if k != ref}, left_out))
    more = totals(index, journal_of({**found, ref: day}, left_out))

    assert all(a <= b for a, b in zip(less, more, strict=True))


@given(chosen, finished, st.integers(0, 100), st.integers(0, 100))
def test_a_better_value_never_scores_less(
    leaves: list[str], found: dict[str, dt.date], one: int, other: int
) -> None:
    index = made_of(leaves)
    less = totals(index, journal_of(found, set(), min(one, other)))
    more = totals(index, journal_of(found, set(), max(one, other)))

    assert all(a <= b for a, b in zip(less, more, strict=True))


@given(chosen, st.randoms(use_true_random=False), finished)
def test_the_order_of_criteria_changes_nothing(
    leaves: list[str], chance: Any, found: dict[str, dt.date]
) -> None:
    shuffled = leaves[:]
    chance.shuffle(shuffled)
    records = journal_of(found, set())

    assert totals(made_of(leaves), records) == totals(made_of(shuffled), records)
    one, other = (scored(made_of(each), *records).leaves for each in (leaves, shuffled))
    assert sorted(ends(leaf.outlook) for leaf in one) == sorted(
        ends(leaf.outlook) for leaf in other
    )


@given(chosen, finished, exempt)
def test_a_risk_is_within_what_can_be_lost(
    leaves: list[str], found: dict[str, dt.date], left_out: set[str]
) -> None:
    base = office(made_of(leaves), PLAN, journal_of(found, left_out), TODAY)
    total = score(base)
    listed = risks(base, total)

    assert [one.points for one in listed] == sorted((o.points for o in listed), reverse=True)
    for one in listed:
        assert total.total is not None
        assert 0 < one.points <= total.total.best - total.total.worst
