"""The answers of ``score`` and its commands, and of ``evidence``.

Points are text with two decimals, so that no digit is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from parplan.agenda.standings import Standing
from parplan.render.answers.answer import JsonAnswer
from parplan.render.records import ExportedEvidence
from parplan.score.evidence import CitedDocument, Disagreement
from parplan.score.index import Group
from parplan.score.model import Lack, LeafScore, Outlook, PartScore, Risk, SelfScore, Status
from parplan.score.rules import CENT

Points: TypeAlias = str


class OutlookRecord(msgspec.Struct, frozen=True):
    """A score as it stands, and as it may end."""

    now: Points
    best: Points
    worst: Points

    @classmethod
    def of(cls, outlook: Outlook) -> OutlookRecord:
        """Return ``outlook`` as text."""
        return cls(_text(outlook.now), _text(outlook.best), _text(outlook.worst))


class PartRecord(msgspec.Struct, frozen=True):
    """The score of a field or group."""

    id: str
    title: str
    kind: Literal["field", "bonus", "penalty"]
    points: Points
    most: Points
    last_year: Points | None
    target: Points | None
    best: Points
    worst: Points

    @classmethod
    def of(cls, score: PartScore) -> PartRecord:
        """Return ``score``, its points as text."""
        part = score.part
        return cls(
            id=part.id,
            title=part.title,
            kind=part.kind if isinstance(part, Group) else "field",
            points=_text(score.outlook.now),
            most=_text(score.most),
            last_year=_if_any(score.last_year),
            target=_if_any(score.target),
            best=_text(score.outlook.best),
            worst=_text(score.outlook.worst),
        )


class LeafRecord(msgspec.Struct, frozen=True):
    """The score of a criterion that is scored by itself."""

    criterion: str
    part: str
    title: str
    status: Status
    points: Points
    most: Points
    last_year: Points | None
    target: Points | None
    best: Points
    worst: Points
    measured: Points | None
    grade: str
    reason: str
    tasks: list[str]
    open_tasks: list[str]
    wanted: list[str]
    evidence: list[ExportedEvidence]
    lacks: list[Lack]

    @classmethod
    def of(cls, leaf: LeafScore) -> LeafRecord:
        """Return ``leaf``, its points as text."""
        criterion = leaf.criterion
        return cls(
            criterion=criterion.id,
            part=leaf.part,
            title=criterion.title,
            status=leaf.status,
            points=_text(leaf.outlook.now),
            most=_text(criterion.points),
            last_year=_if_any(criterion.last_year),
            target=_if_any(criterion.target),
            best=_text(leaf.outlook.best),
            worst=_text(leaf.outlook.worst),
            measured=_if_any(leaf.measured),
            grade=leaf.grade,
            reason=leaf.reason,
            tasks=criterion.tasks,
            open_tasks=leaf.open_tasks,
            wanted=criterion.evidence,
            evidence=[ExportedEvidence.of(evidence) for evidence in leaf.evidence],
            lacks=leaf.lacks,
        )


class ScoreAnswer(JsonAnswer, frozen=True):
    """The whole self-score."""

    as_of: dt.date
    year: int
    title: str
    example: bool
    total: OutlookRecord | None
    most: Points
    survey: Points
    not_applicable: Points
    last_year: Points | None
    target: Points | None
    parts: list[PartRecord]
    items: list[LeafRecord]

    @classmethod
    def of(cls, score: SelfScore) -> ScoreAnswer:
        """Return ``score``, its points as text."""
        return cls(
            as_of=score.as_of,
            year=score.index.year,
            title=score.index.title,
            example=bool(score.index.example),
            total=OutlookRecord.of(score.total) if score.total else None,
            most=_text(score.most),
            survey=_text(score.survey),
            not_applicable=_text(score.left_out),
            last_year=_if_any(score.last_year),
            target=_if_any(score.target),
            parts=[PartRecord.of(part) for part in score.parts],
            items=[LeafRecord.of(leaf) for leaf in score.leaves],
        )


class GapsAnswer(JsonAnswer, frozen=True):
    """The criteria that lack something."""

    as_of: dt.date
    year: int
    items: list[LeafRecord]

    @classmethod
    def of(cls, score: SelfScore) -> GapsAnswer:
        """Return what lacks something in ``score``."""
        return cls(score.as_of, score.index.year, [LeafRecord.of(leaf) for leaf in score.lacking()])


class RiskRecord(msgspec.Struct, frozen=True):
    """What an open task puts at risk."""

    task: str
    points: Points
    criteria: list[str]
    short: str
    units: list[str]
    next_due: dt.date | None

    @classmethod
    def of(cls, risk: Risk, standing: Standing) -> RiskRecord:
        """Return ``risk`` of the task that has this ``standing``."""
        task, item = standing.task, standing.next_item
        due = item.due if item else None
        return cls(risk.task, _text(risk.points), risk.criteria, task.name, task.units, due)


class RiskAnswer(JsonAnswer, frozen=True):
    """The open tasks by the points that they put at risk."""

    as_of: dt.date
    year: int
    items: list[RiskRecord]

    @classmethod
    def of(
        cls, as_of: dt.date, year: int, risks: Iterable[Risk], tasks: Mapping[str, Standing]
    ) -> RiskAnswer:
        """Return ``risks``; ``tasks`` by their number."""
        return cls(as_of, year, [RiskRecord.of(risk, tasks[risk.task]) for risk in risks])


class CitedRecord(msgspec.Struct, frozen=True):
    """A document as it is cited, and what it proves."""

    number: str
    file: str
    missing: bool
    refs: list[str]
    criteria: list[str]
    records: list[str]


class EvidenceAnswer(JsonAnswer, frozen=True):
    """All evidence, and where its citations disagree."""

    as_of: dt.date
    year: int
    items: list[CitedRecord]
    disagreements: Sequence[Disagreement]

    @classmethod
    def of(
        cls,
        as_of: dt.date,
        year: int,
        documents: Iterable[CitedDocument],
        missing: Set[str],
        disagreements: Sequence[Disagreement],
    ) -> EvidenceAnswer:
        """Return ``documents``; ``missing`` are the files that are not there."""
        items = [
            CitedRecord(
                document.number,
                document.file,
                document.file in missing,
                document.refs,
                document.criteria,
                document.records,
            )
            for document in documents
        ]
        return cls(as_of, year, items, disagreements)


def _text(value: Decimal) -> Points:
    return f"{value.quantize(CENT):f}"


def _if_any(value: Decimal | None) -> Points | None:
    return None if value is None else _text(value)
