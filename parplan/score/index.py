"""The model of the index that scores the office, as ``plan/YEAR.index.yaml`` holds it.

Fields, criteria and sub-criteria as the superior body issued them, each with its highest
score, its rule, the evidence that it wants, and the tasks of the plan that serve it.  The
descriptions become the JSON Schema that editors show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from parplan.plan.document import Model, Name
from parplan.problem import DataPath
from parplan.score.rules import AnyScoreRule, MeasureName, require_points

Points = Annotated[Decimal, Meta(description="Highest score.")]


class Criterion(Model, frozen=True):
    """A criterion: either made of others (``items``), or scored by a rule of its own."""

    id: Annotated[str, Meta(pattern=r"^[^@\s]+$", description="Number, in quotes: '1.2'.")]
    title: Annotated[str, Meta(min_length=1, description="Its name, word for word.")]
    points: Points
    items: Annotated[list[Criterion], Meta(description="The criteria that it is made of.")] = field(
        default_factory=list
    )
    rule: Annotated[
        AnyScoreRule | None, Meta(description="How it is scored; none where it has 'items'.")
    ] = None
    rule_text: Annotated[str, Meta(description="How it is scored, word for word.")] = ""
    tasks: Annotated[
        list[Name], Meta(description="Numbers of the plan's tasks that serve it, in quotes.")
    ] = field(default_factory=list)
    measure: Annotated[
        MeasureName | None,
        Meta(description="What of the tasks is measured; empty: what is usual for the rule."),
    ] = None
    evidence: Annotated[
        list[Name], Meta(description="Documents that it wants as evidence, one a line.")
    ] = field(default_factory=list)
    last_year: Annotated[Decimal | None, Meta(description="Score of the year before.")] = None
    target: Annotated[Decimal | None, Meta(description="Score that the office aims at.")] = None
    note: Annotated[str, Meta(description="Whatever else there is to say.")] = ""

    def __post_init__(self) -> None:
        require_points(self, "points", "last_year", "target")

    @property
    def measured_by(self) -> MeasureName | None:
        """What is measured: as written, else as is usual for the rule; None if nothing is."""
        usual = self.rule.MEASURES if self.rule else ()
        return self.measure or (usual[0] if usual else None)


class Field(Model, frozen=True):
    """A field of the index."""

    id: Annotated[str, Meta(min_length=1, description="Number, in quotes: '1'.")]
    title: Annotated[str, Meta(min_length=1, description="Its name, word for word.")]
    points: Points
    criteria: Annotated[list[Criterion], Meta(description="Its criteria, in order.")]

    def __post_init__(self) -> None:
        require_points(self, "points")


class Group(Model, frozen=True):
    """Points on top of the fields', or off them, up to a ceiling."""

    id: Annotated[str, Meta(min_length=1, description="Number, in quotes: 'T'.")]
    title: Annotated[str, Meta(min_length=1, description="Its name, word for word.")]
    kind: Annotated[Literal["bonus", "penalty"], Meta(description="Whether it adds or takes off.")]
    ceiling: Annotated[Decimal, Meta(description="Most that it adds or takes off in all.")]
    criteria: Annotated[list[Criterion], Meta(description="Its criteria, in order.")]

    def __post_init__(self) -> None:
        require_points(self, "ceiling")


class Index(Model, frozen=True):
    """The index of a year: what the office is scored by."""

    schema: Annotated[Literal[1], Meta(description="Version of this format.")]
    year: Annotated[int, Meta(ge=1900, le=2999, description="The year that is scored.")]
    title: Annotated[str, Meta(min_length=1, description="What the index is called.")]
    fields: Annotated[list[Field], Meta(description="The fields, in order.")]
    points: Annotated[Decimal, Meta(description="What the fields add up to.")] = Decimal(100)
    ceiling: Annotated[
        Decimal | None,
        Meta(description="Most that the total can be with a bonus; empty: 'points'."),
    ] = None
    groups: Annotated[list[Group], Meta(description="Bonus and penalty points.")] = field(
        default_factory=list
    )
    source: Annotated[str, Meta(description="The document that issued it.")] = ""
    example: (
        Annotated[Literal[True], Meta(description="This is an example, not an official set.")]
        | None
    ) = None

    def __post_init__(self) -> None:
        require_points(self, "points", "ceiling")

    @property
    def most(self) -> Decimal:
        """The most that the total can be."""
        return self.points if self.ceiling is None else self.ceiling

    def parts(self) -> list[Field | Group]:
        """Return the fields, then the groups."""
        return [*self.fields, *self.groups]

    def leaves(self) -> Iterator[Leaf]:
        """Yield every criterion that is scored by itself, in the order of the file."""
        for part in self.parts():
            for _path, criterion in walk(part.criteria):
                if not criterion.items:
                    yield Leaf(part, criterion)


class Leaf(msgspec.Struct, frozen=True):
    """A criterion that is scored by itself, and the field or group that it belongs to."""

    part: Field | Group
    criterion: Criterion


def walk(
    criteria: Sequence[Criterion], path: DataPath = ()
) -> Iterator[tuple[DataPath, Criterion]]:
    """Yield each criterion, those inside others too, with its path below ``path``."""
    for number, criterion in enumerate(criteria):
        yield (*path, number), criterion
        yield from walk(criterion.items, (*path, number, "items"))
