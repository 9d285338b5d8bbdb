"""The kinds of scoring rules, and the points that each gives for what was measured.

Each kind of rule in an index is a type of its own.  Numbers are exact decimals; a
measured number is a ratio of two, so that a rate is divided once, at the end.
Points are rounded once a criterion: to two decimals, half up (``ROUND_HALF_UP``);
then they are at least 0 and at most the criterion's highest score.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta

from parplan.problem import N_, Contradiction
from parplan.schedule.bounds import OutOfRange, require_numbers

CENT = Decimal("0.01")
"""Points have two decimals."""

NONE = Decimal("0.00")

_WIDE = Context(prec=80)  # enough for products of two such numbers to be exact
_MOST = Decimal(10) ** 15
_FINEST = Decimal("1e-9")

MeasureName: TypeAlias = Literal[
    "done", "on-time", "done-rate", "on-time-rate", "days-late", "value"
]


def require_points(block: msgspec.Struct, *keys: str) -> None:
    """Raise OutOfRange unless each field is empty or a score: 0 to 1000, two decimals at most."""
    for key in keys:
        value: Decimal | None = getattr(block, key)
        if value is None:
            continue
        if not (value.is_finite() and 0 <= value <= 1000) or value != plain(value, CENT):
            raise OutOfRange(
                key, N_("a score is a number from 0 to 1000 with at most two decimals")
            )


def plain(value: Decimal, step: Decimal = _FINEST) -> Decimal:
    """Return ``value`` rounded half up to ``step``, within ±10^15; 0 for what is no number."""
    if not value.is_finite():
        return Decimal(0)
    bounded = max(min(value, _MOST), -_MOST)
    return bounded.quantize(step, ROUND_HALF_UP, _WIDE)


class Ratio(msgspec.Struct, frozen=True):
    """A measured number: ``top`` divided by ``bottom``, which is above 0."""

    top: Decimal
    bottom: Decimal = Decimal(1)

    def compare(self, bound: Decimal) -> int:
        """Return -1, 0 or 1 as this is below, equal to or above ``bound``, exactly."""
        other = _WIDE.multiply(bound, self.bottom)
        return (self.top > other) - (self.top < other)

    def times(self, factor: Decimal, divisor: Decimal = Decimal(1)) -> Decimal:
        """Return this times ``factor`` over ``divisor``, to two decimals, half up.

        >>> Ratio(Decimal(1), Decimal(3)).times(Decimal(200), Decimal(64))
        Decimal('1.04')
        """
        top = _WIDE.multiply(self.top, factor)
        exact = _WIDE.divide(top, _WIDE.multiply(self.bottom, divisor))
        return exact.quantize(CENT, ROUND_HALF_UP, _WIDE)


def bounded(points: Decimal, most: Decimal) -> Decimal:
    """Return ``points`` with two decimals, not below 0 and not above ``most``."""
    return max(min(points, most), NONE).quantize(CENT, ROUND_HALF_UP, _WIDE)


class ScoreRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind_of_rule"):
    """What every kind of rule answers: the points for what was measured."""

    MEASURES: ClassVar[tuple[MeasureName, ...]] = ()
    """What can be measured for it in linked tasks, the usual one first."""
    TAKES_VALUE: ClassVar[bool] = False
    """Whether a number measured elsewhere can be given by hand."""

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return the points for ``measured``, before they are bounded by 0 and ``most``."""
        return NONE


class YesNo(ScoreRule, frozen=True, tag="yes_no"):
    """All points or none: everything linked is done, or it is not."""

    MEASURES = ("done", "on-time", "value")

    yes_no: Annotated[Literal[True], Meta(description="All points, or none.")]

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return ``most`` where the ratio is 1 at least."""
        return most if measured.compare(Decimal(1)) >= 0 else NONE


class PerItem(ScoreRule, frozen=True, tag="per_item"):
    """So many points for each item, up to the highest score."""

    MEASURES = ("done", "on-time", "value", "days-late")
    TAKES_VALUE = True

    per_item: Annotated[Decimal, Meta(description="Points for each item; above 0.")]

    def __post_init__(self) -> None:
        require_points(self, "per_item")
        if not self.per_item:
            raise OutOfRange("per_item", N_("points for nothing: write a number above 0"))

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return the number of items times the points of one."""
        return measured.times(self.per_item)


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: from which value on, and the points for it."""

    points: Annotated[Decimal, Meta(description="Points from this step on.")]
    at_least: Annotated[Decimal, Meta(description="'>=': from this value on.")] | None = None
    above: Annotated[Decimal, Meta(description="'>': above this value.")] | None = None
    at_most: Annotated[Decimal, Meta(description="'<=': up to this value.")] | None = None
    below: Annotated[Decimal, Meta(description="'<': below this value.")] | None = None

    def __post_init__(self) -> None:
        require_points(self, "points")
        bounds = (self.at_least, self.above, self.at_most, self.below)
        present = [bound for bound in bounds if bound is not None]
        if len(present) != 1:
            raise Contradiction(
                N_("a step has one bound: 'at_least', 'above', 'at_most' or 'below'")
            )
        require_numbers(self, ("at_least", "above", "at_most", "below"))

    @property
    def rises(self) -> bool:
        """Whether more is better in this step."""
        return self.at_most is None and self.below is None

    @property
    def order(self) -> tuple[Decimal, bool]:
        """The bound, and whether it is itself left out: falls from step to step if ``rises``."""
        for bound, strict in ((self.at_least, False), (self.above, True)):
            if bound is not None:
                return bound, strict
        return (self.at_most, True) if self.at_most is not None else (self.below or NONE, False)

    def is_met(self, measured: Ratio) -> bool:
        """Tell whether ``measured`` reaches this step."""
        bound, _strict = self.order
        how = measured.compare(bound)
        if self.at_least is not None:
            return how >= 0
        if self.above is not None:
            return how > 0
        return how <= 0 if self.at_most is not None else how < 0


class Steps(ScoreRule, frozen=True, tag="steps"):
    """Points by steps, the best first; below the last step there are none."""

    MEASURES = ("value", "done-rate", "on-time-rate", "done", "on-time", "days-late")
    TAKES_VALUE = True

    steps: Annotated[list[Step], Meta(min_length=1, description="The steps, the best first.")]

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return the points of the best step that is reached."""
        return max((step.points for step in self.steps if step.is_met(measured)), default=NONE)


class Proportional(ScoreRule, frozen=True, tag="proportional"):
    """Points in proportion: (measured / ``full_at``) times the highest score."""

    MEASURES = ("value", "done-rate", "on-time-rate", "done", "on-time")
    TAKES_VALUE = True

    full_at: Annotated[Decimal, Meta(description="Value that earns the highest score: 85 for 85%.")]
    zero_below: Annotated[Decimal, Meta(description="Below this value there are no points.")] = (
        Decimal(0)
    )

    def __post_init__(self) -> None:
        for key, value in (("full_at", self.full_at), ("zero_below", self.zero_below)):
            if not (value.is_finite() and 0 <= value <= _MOST) or value != plain(value):
                raise OutOfRange(key, N_("this is a number from 0 on, with at most nine decimals"))
        if not self.full_at:
            raise OutOfRange("full_at", N_("the highest score needs a value above 0"))

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return the share of ``most``: all of it at ``full_at``, nothing below ``zero_below``."""
        if measured.compare(self.zero_below) < 0:
            return NONE
        return measured.times(most, self.full_at)


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A grade that somebody gives, and its share of the highest score."""

    grade: Annotated[str, Meta(min_length=1, description="Its name: 'Tốt'.")]
    percent: Annotated[Decimal, Meta(description="Share of the highest score, 0 to 100.")]

    def __post_init__(self) -> None:
        if not (self.percent.is_finite() and 0 <= self.percent <= 100) or self.percent != plain(
            self.percent
        ):
            raise OutOfRange("percent", N_("a share is a number from 0 to 100"))


class Grades(ScoreRule, frozen=True, tag="grades"):
    """A share of the highest score by the grade that was given."""

    grades: Annotated[list[Grade], Meta(min_length=1, description="The grades, the best first.")]

    def share(self, name: str, most: Decimal) -> Decimal | None:
        """Return the points of the grade ``name``, None where there is no such grade."""
        for grade in self.grades:
            if grade.grade == name:
                return bounded(Ratio(grade.percent).times(most, Decimal(100)), most)
        return None


class PerDayLate(ScoreRule, frozen=True, tag="per_day_late"):
    """The highest score less so many points for each day late."""

    MEASURES = ("days-late",)
    TAKES_VALUE = True

    per_day_late: Annotated[Decimal, Meta(description="Points off for each day late; above 0.")]

    def __post_init__(self) -> None:
        require_points(self, "per_day_late")
        if not self.per_day_late:
            raise OutOfRange("per_day_late", N_("points for nothing: write a number above 0"))

    def points(self, measured: Ratio, most: Decimal) -> Decimal:
        """Return ``most`` less the days times the points of one."""
        return most - measured.times(self.per_day_late)


class ByHand(ScoreRule, frozen=True, tag="by_hand"):
    """The office judges and writes the points itself, with its reason."""

    by_hand: Annotated[Literal[True], Meta(description="Points are only set by hand.")]


class Survey(ScoreRule, frozen=True, tag="survey"):
    """Scored by a survey of citizens or officials: the office does not score itself."""

    survey: Annotated[Literal[True], Meta(description="Scored by others, never by the office.")]


AnyScoreRule: TypeAlias = (
    YesNo | PerItem | Steps | Proportional | Grades | PerDayLate | ByHand | Survey
)

KINDS: tuple[tuple[str, str], ...] = tuple(
    (kind.__struct_fields__[0], kind.__struct_config__.tag) for kind in get_args(AnyScoreRule)
)
"""The key that tells the kind of a rule, its first one, and the kind's tag."""
