"""What stands in a row: hand-worked tables of periods that add up, sums, shares, the plan."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.forms.figures import FigureCell, PeriodFigures, period_before, year_before
from parplan.forms.from_plan import plan_values
from parplan.forms.model import Forms
from parplan.forms.recorded import RecordedFigures
from parplan.journal.record import Record
from parplan.plan.file import read_plan
from parplan.schedule import periods
from tests.helpers.office import made
from tests.helpers.stat_forms import figures_of, the_forms

ONE = the_forms('id: "1", unit: Văn bản')
SINCE = the_forms('id: "1", unit: Người, counts: year-to-date')
MOMENT = the_forms('id: "1", unit: Người, counts: moment')
ALONE = the_forms('id: "1", unit: Thủ tục, counts: alone')
SHARE = the_forms('id: "1", unit: "%"')


def cell(forms: Forms, values: dict[str, str], period: str, row: str = "1") -> FigureCell:
    """Return the figure of ``row`` in ``period``; ``values`` are by row and period, '1@2025-Q1'."""
    records = figures_of({f"1/{ref}": value for ref, value in values.items()})
    chosen = periods.parse(period)
    assert chosen is not None
    return PeriodFigures(forms, RecordedFigures(records), chosen, {}).cell(f"1/{row}")


def shown(one: FigureCell) -> str:
    """Return a figure with its source, or the periods that it lacks."""
    if one.value is None:
        return " ".join(
            ["-" if one.is_dash else "", *(period.name for period in one.lacks)]
        ).strip()
    return f"{one.value} {one.source}"


QUARTERS = {"1@2025-Q1": "3", "1@2025-Q2": "5"}


@pytest.mark.parametrize(
    ("forms", "values", "period", "expected"),
    [
        pytest.param(ONE, {}, "2025-Q1", "", id="nothing"),
        pytest.param(ONE, QUARTERS, "2025-Q2", "5 recorded", id="of-the-period"),
        pytest.param(ONE, QUARTERS, "2025-H1", "8 added-up", id="half-of-quarters"),
        pytest.param(ONE, QUARTERS, "2025-9M", "2025-Q3", id="nine-months-lack-one"),
        pytest.param(ONE, QUARTERS, "2025", "2025-Q3 2025-Q4", id="year-lacks-two"),
        pytest.param(
            ONE, {**QUARTERS, "1@2025-H1": "9"}, "2025-H1", "9 recorded", id="said-itself"
        ),
        pytest.param(
            ONE,
            {
                "1@2025-H1": "8",
                "1@2025-Q3": "1",
                "1@2025-10": "1",
                "1@2025-11": "1",
                "1@2025-12": "2",
            },
            "2025",
            "13 added-up",
            id="half-quarter-months",
        ),
        pytest.param(
            ONE, {"1@2025-04": "1", "1@2025-06": "1"}, "2025-Q2", "2025-05", id="lacks-a-month"
        ),
        pytest.param(ONE, {"1@2025-Q1": "-"}, "2025-Q1", "-", id="said-that-there-is-none"),
        pytest.param(SINCE, QUARTERS, "2025-Q2", "8 added-up", id="since-january"),
        pytest.param(SINCE, QUARTERS, "2025-Q1", "3 recorded", id="first-quarter"),
        pytest.param(SINCE, {"1@2025-Q2": "5"}, "2025-Q2", "2025-Q1", id="since-january-lacks"),
        pytest.param(
            SINCE, {"1@2025-H1": "8", "1@2025-Q3": "2"}, "2025-Q3", "10 added-up", id="half"
        ),
        pytest.param(
            SINCE, {**QUARTERS, "1@2026-Q1": "1"}, "2026-Q1", "1 recorded", id="begins-anew"
        ),
        pytest.param(MOMENT, QUARTERS, "2025-H1", "5 recorded", id="as-of-the-same-day"),
        pytest.param(MOMENT, QUARTERS, "2025-9M", "", id="as-of-another-day"),
        pytest.param(ALONE, QUARTERS, "2025-H1", "", id="alone-does-not-add"),
        pytest.param(SHARE, QUARTERS, "2025-H1", "", id="a-share-does-not-add"),
    ],
)
def test_periods_add_up(forms: Forms, values: dict[str, str], period: str, expected: str) -> None:
    assert shown(cell(forms, values, period)) == expected


def test_the_record_written_last_replaces_the_others() -> None:
    first, second = (
        figures_of({"1/1@2025-Q1": "3"})[0],
        made(9, "figure", "1/1@2025-Q1", value=Decimal(4)),
    )
    undone = [first, second, made(10, "undo", "", row="1/1", retracts=second.id)]

    def value(records: list[Record]) -> Decimal | None:
        return (
            PeriodFigures(ONE, RecordedFigures(records), periods.of("quarter", 2025, 1), {})
            .cell("1/1")
            .value
        )

    assert value([first, second]) == 4
    assert value(undone) == 3


def test_a_record_of_a_later_day_does_not_count_yet() -> None:
    records = [made(1, "figure", "1/1@2025-Q1", value=Decimal(3), on=dt.date(2025, 4, 2))]

    assert list(RecordedFigures(records, dt.date(2025, 4, 1)).rows()) == []
    assert list(RecordedFigures(records, dt.date(2025, 4, 2)).rows()) == ["1/1"]


COMPUTED = the_forms(
    'id: "1", unit: "%", formula: 1.2 / 1.1',
    'id: "1.1", unit: Hồ sơ, formula: 1.1.1 + 1.1.2',
    'id: "1.1.1", unit: Hồ sơ',
    'id: "1.1.2", unit: Hồ sơ',
    'id: "1.2", unit: Hồ sơ',
)


@pytest.mark.parametrize(
    ("values", "share", "total"),
    [
        pytest.param(
            {"1.1.1": "125000", "1.1.2": "712", "1.2": "120088"}, "95.53", "125712", id="all"
        ),
        pytest.param({"1.1.1": "2", "1.1.2": "1", "1.2": "2"}, "66.67", "3", id="half-up"),
        pytest.param(
            {"1.1.1": "200", "1.1.2": "0", "1.2": "0.25"}, "0.13", "200", id="exactly-half"
        ),
        pytest.param({"1.1.1": "0", "1.1.2": "0", "1.2": "0"}, None, "0", id="of-nothing"),
        pytest.param(
            {"1.1.1": "0", "1.1.2": "0", "1.2": "0", "1": "100"}, "100", "0", id="nothing-said"
        ),
        pytest.param({"1.1.1": "2", "1.2": "2"}, None, None, id="a-part-is-lacking"),
        pytest.param({"1.1": "4", "1.2": "2"}, "50.00", "4", id="a-sum-without-its-parts"),
        pytest.param(
            {"1.1": "9", "1.1.1": "2", "1.1.2": "2", "1.2": "2"}, "50.00", "4", id="parts-win"
        ),
    ],
)
def test_sums_and_shares_follow(
    values: dict[str, str], share: str | None, total: str | None
) -> None:
    given = {f"{row}@2025-Q1": value for row, value in values.items()}

    for row, expected in (("1", share), ("1.1", total)):
        value = cell(COMPUTED, given, "2025-Q1", row).value
        assert (None if value is None else str(value)) == expected


def test_a_row_that_follows_from_itself_has_no_figure() -> None:
    circle = the_forms('id: "1", formula: 2 + 3', 'id: "2", formula: 1 + 3', 'id: "3"')
    chain = the_forms(
        *(f'id: "{n}", formula: {n + 1} + {n + 1}' for n in range(1, 2000)), 'id: "2000"'
    )

    assert cell(circle, {"3@2025-Q1": "1"}, "2025-Q1").value is None
    assert cell(chain, {"2000@2025-Q1": "1"}, "2025-Q1").value is None


@given(st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
def test_the_year_is_the_sum_of_its_months_however_they_are_taken(months: list[int]) -> None:
    values = {f"1@2025-{n:02}": str(value) for n, value in enumerate(months, 1)}
    quarters = {f"1@2025-Q{n + 1}": str(sum(months[3 * n : 3 * n + 3])) for n in range(4)}

    assert cell(ONE, values, "2025").value == sum(months)
    assert cell(ONE, quarters, "2025").value == sum(months)
    assert cell(SINCE, values, "2025-Q3").value == sum(months[:9])


@pytest.mark.parametrize(
    ("period", "before", "last_year"),
    [
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2025-Q3", "2025-Q2", "2024-Q3"),
        ("2025-01", "2024-12", "2024-01"),
        ("2025-H1", "2024-H2", "2024-H1"),
        ("2025-9M", None, "2024-9M"),
        ("2025", None, "2024"),
    ],
)
def test_the_periods_beside_it(period: str, before: str | None, last_year: str) -> None:
    chosen = periods.parse(period)
    assert chosen is not None

    earlier = period_before(chosen)
    assert (earlier.name if earlier else None) == before
    assert year_before(chosen).name == last_year


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
      - {id: "1", title: Báo cáo, schedule: [{every: half}, {on_directive: UBND quận}]}
      - {id: "2", title: Đối thoại, schedule: [{in: 2025-03}, {in: 2025-10}]}
      - {id: "3", title: Tổng kết, schedule: [{on_directive: UBND quận}]}
      - {id: "4", title: Tuyên truyền, schedule: [{continuous: true}]}
      - {id: "5", title: Thôi làm, schedule: [{in: 2025-12}], until: 2025-02-28}
"""
JOURNAL = [
    made(1, "directive", "3@2025-02-20", due=dt.date(2025, 2, 20), on=dt.date(2025, 2, 1)),
    made(2, "done", "3@2025-02-20", on=dt.date(2025, 2, 20)),
    made(3, "directive", "1@2025-03-10", due=dt.date(2025, 3, 10), on=dt.date(2025, 3, 1)),
    made(4, "done", "2@2025-03", on=dt.date(2025, 3, 30)),
    made(5, "done", "1@2025-03-10", on=dt.date(2025, 4, 2)),
    # A directive that moves what the plan asks for anyway gives no new task.
    made(6, "directive", "1@2025-H1", due=dt.date(2025, 6, 20), on=dt.date(2025, 3, 2)),
    made(7, "directive", "3@2025-11-05", due=dt.date(2025, 11, 5), on=dt.date(2025, 5, 1)),
    made(8, "done", "2@2025-10", on=dt.date(2025, 5, 20)),
]
ASKED = the_forms(
    'id: "1", from_plan: {measure: tasks}',
    'id: "2", from_plan: {measure: tasks-done}',
    'id: "3", from_plan: {measure: directed}',
    'id: "4", from_plan: {measure: directed-on-time}',
    'id: "5", from_plan: {measure: directed-late}',
    'id: "6", from_plan: {measure: directed-overdue}',
    'id: "7", unit: Có = 1; Không = 0, from_plan: {measure: done-in-period, tasks: ["2"]}',
)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # By hand: tasks 1 to 4 stand after February; task 3 is done until another is asked for.
        pytest.param("2025-03-31", "4 1 2 1 0 1 1", id="late-march"),
        pytest.param("2025-06-30", "4 1 3 1 1 0 1", id="june"),
        pytest.param("2025-12-31", "4 1 3 1 1 1 1", id="december"),
    ],
)
def test_the_plan_answers(last: str, expected: str) -> None:
    plan = read_plan("2025.yaml", PLAN_TEXT.encode()).value
    assert plan is not None
    window = periods.days(dt.date(2025, 1, 1), dt.date.fromisoformat(last))

    values = plan_values(ASKED, plan, JOURNAL, window)

    assert " ".join(str(values[f"1/{n}"]) for n in range(1, 8)) == expected


def test_what_was_done_before_the_period_is_not_done_in_it() -> None:
    plan = read_plan("2025.yaml", PLAN_TEXT.encode()).value
    assert plan is not None

    values = plan_values(ASKED, plan, JOURNAL, periods.of("quarter", 2025, 3))

    assert values["1/7"] == 0


def test_what_was_recorded_counts_before_what_the_plan_says() -> None:
    period = periods.of("quarter", 2025, 1)

    figures = PeriodFigures(
        ASKED,
        RecordedFigures(figures_of({"1/1@2025-Q1": "35"})),
        period,
        {
            "1/1": Decimal(4),
            "1/2": Decimal(1),
        },
    )

    assert shown(figures.cell("1/1")) == "35 recorded"
    assert shown(figures.cell("1/2")) == "1 plan"
