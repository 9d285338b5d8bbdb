"""Points by each kind of rule: hand-worked tables, and what holds for any number."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.problem import Contradiction
from parplan.schedule.bounds import OutOfRange
from parplan.score.rules import (
    ByHand,
    Grade,
    Grades,
    PerDayLate,
    PerItem,
    Proportional,
    Ratio,
    ScoreRule,
    Step,
    Steps,
    Survey,
    YesNo,
    bounded,
    plain,
    require_points,
)

D = Decimal
UP = Steps([Step(D(2), at_least=D(98)), Step(D("1.5"), above=D(95)), Step(D(1), at_least=D(90))])
DOWN = Steps([Step(D(2), at_most=D(0)), Step(D(1), below=D(5))])
RATE = Proportional(D(85), D(60))


def points(rule: ScoreRule, measured: str, most: str) -> str:
    """Return the points for ``measured``, a number or a ratio such as 1/3."""
    top, _slash, bottom = measured.partition("/")
    ratio = Ratio(D(top), D(bottom or 1))
    return str(bounded(rule.points(ratio, D(most)), D(most)))


@pytest.mark.parametrize(
    ("rule", "measured", "most", "expected"),
    [
        pytest.param(YesNo(True), "1", "2", "2.00", id="yes"),
        pytest.param(YesNo(True), "11/12", "2", "0.00", id="nearly-is-no"),
        pytest.param(YesNo(True), "12/12", "2", "2.00", id="all-of-twelve"),
        pytest.param(PerItem(D("0.5")), "3", "2", "1.50", id="three-items"),
        pytest.param(PerItem(D("0.5")), "5", "2", "2.00", id="items-beyond-the-highest"),
        pytest.param(PerItem(D("0.5")), "0", "2", "0.00", id="no-item"),
        pytest.param(PerItem(D("0.5")), "-3", "2", "0.00", id="items-below-nothing"),
        pytest.param(UP, "100", "2", "2.00", id="above-the-best-step"),
        pytest.param(UP, "98", "2", "2.00", id="on-the-best-step"),
        pytest.param(UP, "97.999999999", "2", "1.50", id="just-below-it"),
        pytest.param(UP, "95", "2", "1.00", id="above-leaves-its-bound-out"),
        pytest.param(UP, "90", "2", "1.00", id="on-the-last-step"),
        pytest.param(UP, "89.99", "2", "0.00", id="below-all-steps"),
        pytest.param(UP, "4900/50", "2", "2.00", id="a-rate-on-the-step"),
        pytest.param(DOWN, "0", "2", "2.00", id="at-most"),
        pytest.param(DOWN, "4.9", "2", "1.00", id="below"),
        pytest.param(DOWN, "5", "2", "0.00", id="below-leaves-its-bound-out"),
        # (72.25 / 85) x 10 = 8.5; (70 / 85) x 10 = 8.235...; (60 / 85) x 10 = 7.058...
        pytest.param(RATE, "72.25", "10", "8.50", id="exact-share"),
        pytest.param(RATE, "70", "10", "8.24", id="share-rounded-up"),
        pytest.param(RATE, "60", "10", "7.06", id="on-the-floor"),
        pytest.param(RATE, "59.999999999", "10", "0.00", id="below-the-floor"),
        pytest.param(RATE, "84.99", "10", "10.00", id="rounded-to-the-highest"),
        pytest.param(RATE, "85", "10", "10.00", id="on-the-cap"),
        pytest.param(RATE, "100", "10", "10.00", id="above-the-cap"),
        # 8.4996 / 85 x 10 = 0.99995...; (68.0425 / 85) x 10 = 8.005 exactly: half goes up
        pytest.param(RATE, "68.0425", "10", "8.01", id="half-goes-up"),
        pytest.param(RATE, "68.0424", "10", "8.00", id="less-than-half-goes-down"),
        # 100/3 % of 64 %, 6 points: 200/64 = 3.125 exactly, though 33.33... is not
        pytest.param(Proportional(D(64)), "100/3", "6", "3.13", id="a-rate-divided-once"),
        pytest.param(PerDayLate(D("0.25")), "0", "2", "2.00", id="in-time"),
        pytest.param(PerDayLate(D("0.25")), "3", "2", "1.25", id="three-days"),
        pytest.param(PerDayLate(D("0.25")), "8", "2", "0.00", id="eight-days"),
        pytest.param(PerDayLate(D("0.25")), "400", "2", "0.00", id="never-below-nothing"),
    ],
)
def test_points(rule: ScoreRule, measured: str, most: str, expected: str) -> None:
    assert points(rule, measured, most) == expected


@pytest.mark.parametrize(
    ("grade", "most", "expected"),
    [
        pytest.param("Xuất sắc", "3", "3.00", id="all"),
        pytest.param("Tốt", "3", "2.25", id="three-quarters"),
        pytest.param("Tốt", "0.5", "0.38", id="half-goes-up"),  # 0.375
        pytest.param("Khá", "3", "1.50", id="half"),
        pytest.param("Yếu", "3", None, id="no-such-grade"),
    ],
)
def test_share_of_a_grade(grade: str, most: str, expected: str | None) -> None:
    rule = Grades([Grade("Xuất sắc", D(100)), Grade("Tốt", D(75)), Grade("Khá", D(50))])
    share = rule.share(grade, D(most))

    assert (None if share is None else str(share)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("1E+1000000", "1000000000000000.000000000", id="huge"),
        pytest.param("-1E+1000000", "-1000000000000000.000000000", id="hugely-negative"),
        pytest.param("1E-1000000", "0E-9", id="tiny"),
        pytest.param("NaN", "0", id="no-number"),
        pytest.param("Infinity", "0", id="no-end"),
        pytest.param("98.5", "98.500000000", id="usual"),
    ],
)
def test_any_decimal_becomes_one_that_can_be_reckoned_with(value: str, expected: str) -> None:
    assert str(plain(D(value))) == expected


@pytest.mark.parametrize(
    ("kind", "usual", "others", "takes_value"),
    [
        pytest.param(YesNo, "done", "on-time value", False, id="yes-no"),
        pytest.param(PerItem, "done", "on-time value days-late", True, id="per-item"),
        pytest.param(Steps, "value", "done done-rate on-time on-time-rate days-late", True, id="s"),
        pytest.param(Proportional, "value", "done done-rate on-time on-time-rate", True, id="rate"),
        pytest.param(PerDayLate, "days-late", "", True, id="day-late"),
        pytest.param(Grades, None, "", False, id="grades"),
        pytest.param(ByHand, None, "", False, id="by-hand"),
        pytest.param(Survey, None, "", False, id="survey"),
    ],
)
def test_what_goes_with_a_rule(
    kind: type[ScoreRule], usual: str | None, others: str, takes_value: bool
) -> None:
    """As the table in format.md says."""
    assert next(iter(kind.MEASURES), None) == usual
    assert sorted(kind.MEASURES[1:]) == sorted(others.split())
    assert kind.TAKES_VALUE is takes_value


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(Grades([Grade("A", D(100))]), id="grades"),
        pytest.param(ByHand(True), id="by-hand"),
        pytest.param(Survey(True), id="survey"),
    ],
)
def test_a_number_earns_nothing_where_something_else_is_asked(rule: ScoreRule) -> None:
    assert points(rule, "100", "2") == "0.00"


SCORE = "a score is a number from 0 to 1000 with at most two decimals"
NOTHING = "points for nothing: write a number above 0"
NUMBER = "this is a number from 0 on, with at most nine decimals"
NO_VALUE = "the highest score needs a value above 0"
SHARE = "a share is a number from 0 to 100"
SCORES = {"-0.01": SCORE, "0.001": SCORE, "1000.01": SCORE, "NaN": SCORE, "Infinity": SCORE}
NUMBERS = dict.fromkeys(
    ["-1E-9", "1E-10", "1000000000000001", "1E15000", "NaN", "Infinity"], NUMBER
)


@pytest.mark.parametrize(
    ("kind", "key", "taken", "refused"),
    [
        pytest.param(PerItem, "per_item", "0.01 1000", {"0": NOTHING, **SCORES}, id="item"),
        pytest.param(
            PerDayLate,
            "per_day_late",
            "0.01 1000",
            {"0": NOTHING, **SCORES},
            id="day-late",
        ),
        pytest.param(
            lambda number: Step(number, at_least=D(1)), "points", "0 0.01 1000", SCORES, id="step"
        ),
        pytest.param(
            Proportional,
            "full_at",
            "1E-9 1E15",
            {"0": NO_VALUE, **NUMBERS},
            id="full-at",
        ),
        pytest.param(
            lambda number: Proportional(D(85), number),
            "zero_below",
            "0 1E-9 1E15",
            NUMBERS,
            id="zero",
        ),
        pytest.param(
            lambda number: Grade("A", number),
            "percent",
            "0 1E-9 33.333333333 100",
            dict.fromkeys(["-1E-9", "1E-10", "100.000000001", "NaN", "Infinity"], SHARE),
            id="grade",
        ),
    ],
)
def test_the_numbers_that_a_rule_takes(
    kind: Callable[[Decimal], msgspec.Struct], key: str, taken: str, refused: dict[str, str]
) -> None:
    """Both ends of what is taken, and what is just beyond; the reason names the field."""
    for number in taken.split():
        assert getattr(kind(D(number)), key) == D(number)
    for number, text in refused.items():
        with pytest.raises(OutOfRange) as error:
            kind(D(number))
        assert (error.value.key, str(error.value), error.value.code) == (key, text, "out-of-range")


def test_scores_of_which_one_is_not_given_are_looked_at_all_the_same() -> None:
    class Scores(msgspec.Struct):
        first: Decimal | None = None
        second: Decimal | None = None

    require_points(Scores(second=D(1000)), "first", "second")
    with pytest.raises(OutOfRange):
        require_points(Scores(second=D(1001)), "first", "second")


@pytest.mark.parametrize(
    "bounds",
    [
        pytest.param({}, id="none"),
        pytest.param({"at_least": D(1), "below": D(3)}, id="two"),
        pytest.param({"above": D(1), "at_most": D(3)}, id="two-others"),
    ],
)
def test_a_step_has_one_bound(bounds: dict[str, Decimal]) -> None:
    with pytest.raises(Contradiction, match="a step has one bound"):
        Step(D(1), **bounds)


@pytest.mark.parametrize("bound", ["Infinity", "NaN", "sNaN", "1E+15", "1E-19", "1E+999999999"])
def test_the_bound_of_a_step_is_a_number_that_can_be_measured(bound: str) -> None:
    with pytest.raises(OutOfRange):
        Step(D(1), at_most=D(bound))


@pytest.mark.parametrize(
    ("bounds", "rises", "order"),
    [
        pytest.param({"at_least": D(5)}, True, (D(5), False), id="at-least"),
        pytest.param({"above": D(5)}, True, (D(5), True), id="above"),
        pytest.param({"at_most": D(5)}, False, (D(5), True), id="at-most"),
        pytest.param({"below": D(5)}, False, (D(5), False), id="below"),
    ],
)
def test_the_order_of_a_step(
    bounds: dict[str, Decimal], rises: bool, order: tuple[Decimal, bool]
) -> None:
    """Of two with one bound ``above`` asks more than ``at_least``, ``below`` than ``at_most``."""
    step = Step(D(1), **bounds)

    assert (step.rises, step.order) == (rises, order)


def test_no_digit_is_lost_of_the_largest_number() -> None:
    """Of 29 digits, of which the default context of ``decimal`` keeps 28.

    999999999999999.500400004 x 999.99 = 999989999999999500.40499999996: less than half a cent.
    """
    largest = Ratio(D("999999999999999.500400004"))

    assert str(largest.times(D("999.99"))) == "999989999999999500.40"
    assert (
        Ratio(D("999989999999999500.404999999"), D("999.99")).compare(
            D("999999999999999.500400004")
        )
        == -1
    )


cents = st.integers(0, 2000).map(lambda number: D(number) / 100)
above_0 = st.integers(1, 2000).map(lambda number: D(number) / 100)
values = st.decimals(-200, 200, allow_nan=False, allow_infinity=False, places=9)
ratios = st.builds(Ratio, values, st.integers(1, 400).map(D))


@st.composite
def steps(draw: Any) -> Steps:
    bounds = sorted(draw(st.sets(values, min_size=1, max_size=4)), reverse=True)
    scores = sorted(draw(st.sets(cents, min_size=len(bounds), max_size=len(bounds))), reverse=True)
    keys = draw(st.lists(st.sampled_from(["at_least", "above"]), min_size=4, max_size=4))
    return Steps(
        [
            Step(score, **{key: bound})
            for score, key, bound in zip(scores, keys, bounds, strict=False)
        ]
    )


rising = st.one_of(
    st.just(YesNo(True)),
    above_0.map(PerItem),
    steps(),
    st.builds(Proportional, above_0, cents),
)


@given(rising | above_0.map(PerDayLate), ratios, cents)
def test_points_are_never_below_0_nor_above_the_highest(
    rule: ScoreRule, measured: Ratio, most: Decimal
) -> None:
    points = bounded(rule.points(measured, most), most)

    assert 0 <= points <= most
    assert points.as_tuple().exponent == -2


@given(rising, ratios, ratios, cents)
def test_more_never_scores_less(
    rule: ScoreRule, first: Ratio, second: Ratio, most: Decimal
) -> None:
    less, more = sorted(
        [first, second], key=lambda each: Fraction(each.top) / Fraction(each.bottom)
    )

    assert bounded(rule.points(less, most), most) <= bounded(rule.points(more, most), most)


@given(ratios, values, above_0)
def test_a_share_is_rounded_half_up_once(
    measured: Ratio, factor: Decimal, divisor: Decimal
) -> None:
    """Against exact fractions: the nearest hundredth; of two equally near the outer one."""
    exact = Fraction(measured.top) * Fraction(factor) / Fraction(measured.bottom * divisor)
    product = Fraction(measured.times(factor, divisor))
    sign = 1 if exact >= 0 else -1

    assert product == sign * ((abs(exact) * 100 + Fraction(1, 2)).__floor__()) / Fraction(100)
