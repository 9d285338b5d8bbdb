"""The self-score as tables, reports and the board get it.

Plain values with a meaning each; ``parplan.score.total`` computes them.  ``now`` is as
things stand, ``best`` at the year's end if everything still open is done, ``worst``
if nothing more is.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.journal.record import Evidence
from parplan.score.index import Criterion, Field, Group, Index

Status: TypeAlias = Literal["measured", "by-hand", "waiting", "not-applicable", "survey"]
Lack: TypeAlias = Literal["result", "evidence", "file", "explanation"]


class Outlook(msgspec.Struct, frozen=True):
    """A score as it stands, and as it may end."""

    now: Annotated[Decimal, Meta(description="As things stand.")]
    best: Annotated[Decimal, Meta(description="If everything still open is done.")]
    worst: Annotated[Decimal, Meta(description="If nothing more is done.")]


class LeafScore(msgspec.Struct, frozen=True):
    """The score of one criterion that is scored by itself."""

    part: Annotated[str, Meta(description="Number of its field or group.")]
    criterion: Annotated[Criterion, Meta(description="The criterion, as in the index.")]
    status: Annotated[Status, Meta(description="Where the score comes from.")]
    outlook: Annotated[Outlook, Meta(description="Its points.")]
    measured: Annotated[Decimal | None, Meta(description="What was measured, two decimals.")]
    grade: Annotated[str, Meta(description="The grade that was given.")]
    reason: Annotated[str, Meta(description="The explanation that was recorded last.")]
    evidence: Annotated[list[Evidence], Meta(description="All evidence for it, once each.")]
    lacks: Annotated[list[Lack], Meta(description="What is lacking.")]
    open_tasks: Annotated[list[str], Meta(description="Its tasks that are still open.")]

    @property
    def counts(self) -> bool:
        """Whether the office scores it itself."""
        return self.status not in ("not-applicable", "survey")


class PartScore(msgspec.Struct, frozen=True):
    """The score of a field, a group, or a criterion made of others."""

    part: Annotated[Field | Group | Criterion, Meta(description="As in the index.")]
    outlook: Annotated[Outlook, Meta(description="Its points; a group's within its ceiling.")]
    most: Annotated[Decimal, Meta(description="What its criteria that count can reach.")]
    last_year: Annotated[Decimal | None, Meta(description="Last year's, where all are known.")]
    target: Annotated[Decimal | None, Meta(description="The target, where all are known.")]
    leaves: Annotated[list[LeafScore], Meta(description="Its criteria, in order.")]

    @property
    def counts(self) -> bool:
        """Whether the office scores any of it itself."""
        return any(leaf.counts for leaf in self.leaves)


class SelfScore(msgspec.Struct, frozen=True):
    """The whole self-score."""

    index: Annotated[Index, Meta(description="The index, as in its file.")]
    as_of: Annotated[dt.date, Meta(description="The day that counts as today.")]
    parts: Annotated[list[PartScore], Meta(description="Fields, then groups.")]
    total: Annotated[
        Outlook | None,
        Meta(description="All of it, rescaled; none where nothing applies."),
    ]
    most: Annotated[
        Decimal, Meta(description="What the total is out of: all points but the survey's.")
    ]
    survey: Annotated[Decimal, Meta(description="Points that a survey gives.")]
    left_out: Annotated[Decimal, Meta(description="Points of criteria that do not apply.")]
    last_year: Annotated[Decimal | None, Meta(description="Last year's, where all are known.")]
    target: Annotated[Decimal | None, Meta(description="The target, where all are known.")]

    @property
    def leaves(self) -> list[LeafScore]:
        """All criteria that are scored by themselves, in the order of the index."""
        return [leaf for part in self.parts for leaf in part.leaves]

    def lacking(self) -> list[LeafScore]:
        """Return the criteria that lack a result, evidence or an explanation."""
        return [leaf for leaf in self.leaves if leaf.lacks]


class Risk(msgspec.Struct, frozen=True):
    """What one open task puts at risk: what the best total loses if it alone stays undone."""

    task: Annotated[str, Meta(description="Number of the task.")]
    points: Annotated[Decimal, Meta(description="Points of the total.")]
    criteria: Annotated[list[str], Meta(description="Numbers of the criteria that lose points.")]
