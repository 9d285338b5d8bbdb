"""Compute the self-score of the office: every number of it, once.

An index, a plan and what was recorded in; one ``SelfScore`` out.  A criterion's points are
rounded to two decimals, half up, once; fields are sums.  Where criteria do not apply,
the sum of the fields is rescaled to what it would be out of without them, and rounded
the same way; then come bonus and penalty, each group within its ceiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parplan.agenda.standings import Standing
from parplan.journal.record import Evidence
from parplan.score.evidence import cited, distinct
from parplan.score.index import Criterion, Field, Group, Index, Leaf, walk
from parplan.score.measure import End, is_open
from parplan.score.model import Lack, LeafScore, Outlook, PartScore, Risk, SelfScore, Status
from parplan.score.points import CriterionMark, ScoreBasis, measured_now, points_of
from parplan.score.rules import NONE, Ratio, Survey, bounded, plain

_ENDS: tuple[End, ...] = ("now", "best", "worst")


def score(base: ScoreBasis) -> SelfScore:
    """Return the self-score with its forecast."""
    parts = [
        gathered(part, [_leaf(base, leaf) for leaf in base.index.leaves() if leaf.part is part])
        for part in base.index.parts()
    ]
    fields = [part for part in parts if not isinstance(part.part, Group)]
    leaves = [leaf for part in fields for leaf in part.leaves]
    survey = _sum(leaf.criterion.points for leaf in leaves if leaf.status == "survey")
    left_out = _sum(leaf.criterion.points for leaf in leaves if leaf.status == "not-applicable")
    total = None
    if base.index.points > survey + left_out:
        ends = [[(part.part, getattr(part.outlook, end)) for part in parts] for end in _ENDS]
        total = Outlook(*(_total(base.index, end, survey, left_out) for end in ends))
    return SelfScore(
        index=base.index,
        as_of=base.as_of,
        parts=parts,
        total=total,
        most=base.index.points - survey,
        survey=survey,
        left_out=left_out,
        last_year=_known(leaf.criterion.last_year for leaf in leaves if leaf.status != "survey"),
        target=_known(leaf.criterion.target for leaf in leaves if leaf.status != "survey"),
    )


def _total(
    index: Index,
    parts: Sequence[tuple[Field | Group | Criterion, Decimal]],
    survey: Decimal,
    left_out: Decimal,
) -> Decimal:
    """Return the total of the points of ``parts``, where some criterion applies."""
    scored = index.points - survey
    total = _sum(points for part, points in parts if not isinstance(part, Group))
    # The fields first: a bonus is points as they are, not a share of what applies.
    total = Ratio(total).times(scored, scored - left_out)
    for part, points in parts:
        if isinstance(part, Group):
            total += points if part.kind == "bonus" else -points
    return bounded(total, index.most - survey)


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, NONE)


def _known(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of ``numbers``, None where one is not known or there is none."""
    listed = list(numbers)
    known_numbers = [number for number in listed if number is not None]
    return _sum(known_numbers) if listed and len(known_numbers) == len(listed) else None


def gathered(part: Field | Group | Criterion, leaves: list[LeafScore]) -> PartScore:
    """Return the score of a field, a group, or a criterion made of those ``leaves``."""
    most = _sum(leaf.criterion.points for leaf in leaves if leaf.counts)
    ends = [_sum(getattr(leaf.outlook, end) for leaf in leaves) for end in _ENDS]
    if isinstance(part, Group):
        most = min(most, part.ceiling)
        ends = [min(points, part.ceiling) for points in ends]
    scored = [leaf.criterion for leaf in leaves if leaf.status != "survey"]
    return PartScore(
        part=part,
        outlook=Outlook(*ends),
        most=most,
        last_year=_known(criterion.last_year for criterion in scored),
        target=_known(criterion.target for criterion in scored),
        leaves=leaves,
    )


def score_lines(score: SelfScore) -> Iterator[tuple[int, PartScore | LeafScore]]:
    """Yield every field, group and criterion with its level from 0, in the order of the index."""
    for part in score.parts:
        yield 0, part
        assert not isinstance(part.part, Criterion)
        yield from _inside(part.part.criteria, {leaf.criterion.id: leaf for leaf in part.leaves}, 1)


def _inside(
    criteria: Sequence[Criterion], leaves: Mapping[str, LeafScore], level: int
) -> Iterator[tuple[int, PartScore | LeafScore]]:
    for criterion in criteria:
        if criterion.items:
            names = [inner.id for _path, inner in walk(criterion.items) if not inner.items]
            yield level, gathered(criterion, [leaves[name] for name in names])
            yield from _inside(criterion.items, leaves, level + 1)
        else:
            yield level, leaves[criterion.id]


def _leaf(base: ScoreBasis, leaf: Leaf) -> LeafScore:
    criterion = leaf.criterion
    mark = base.mark(criterion)
    linked = base.linked(criterion)
    measured = None
    if mark.result is None and criterion.rule is not None and criterion.rule.MEASURES:
        measured = measured_now(criterion, linked, base.as_of)
    elif mark.result is not None and mark.result.value is not None:
        measured = Ratio(plain(mark.result.value))
    status = _status(criterion, mark, measured)
    ends = [points_of(base, leaf, {}, end) for end in _ENDS]
    evidence = distinct([*_recorded(linked), *mark.evidence])
    return LeafScore(
        part=leaf.part.id,
        criterion=criterion,
        status=status,
        outlook=Outlook(*ends),
        measured=measured.times(Decimal(1)) if measured else None,
        grade=mark.result.grade if mark.result else "",
        reason=mark.reason,
        evidence=evidence,
        lacks=_lacks(base, leaf, status, ends[0], evidence),
        open_tasks=[standing.task.id for standing in linked if is_open(standing)],
    )


def _status(criterion: Criterion, mark: CriterionMark, measured: Ratio | None) -> Status:
    if isinstance(criterion.rule, Survey):
        return "survey"
    if mark.result is not None:
        return "not-applicable" if mark.result.not_applicable else "by-hand"
    return "waiting" if measured is None else "measured"


def _recorded(linked: Iterable[Standing]) -> list[Evidence]:
    """Return the documents recorded for tasks and their occurrences."""
    progress = [
        each for task in linked for each in (task.progress, *(item.progress for item in task.items))
    ]
    records = [record for each in progress for record in each.records]
    return [document for record in records for document in cited(record.evidence)]


def _lacks(
    base: ScoreBasis, leaf: Leaf, status: Status, points: Decimal, evidence: Sequence[Evidence]
) -> list[Lack]:
    """Return what is lacking for a criterion that has ``points``."""
    if status in ("survey", "not-applicable"):
        return []
    if isinstance(leaf.part, Group) and (leaf.part.kind == "penalty" or not points):
        return []
    lacks: list[Lack] = []
    if status == "waiting":
        lacks.append("result")
    there = [document for document in evidence if document.file not in base.missing]
    if len(there) < len(evidence):
        lacks.append("file")
    if len(there) < max(len(leaf.criterion.evidence), 1):
        lacks.append("evidence")
    if lacks and not base.mark(leaf.criterion).reason:
        lacks.append("explanation")
    return lacks


def risks(base: ScoreBasis, score: SelfScore) -> list[Risk]:
    """Return the open tasks by what each puts at risk, the most first; then as in the plan."""
    if score.total is None:
        return []
    leaves = list(base.index.leaves())
    at_risk: list[Risk] = []
    for name, standing in base.tasks.items():
        touched = [leaf for leaf in leaves if name in leaf.criterion.tasks]
        if not touched or not is_open(standing):
            continue
        less = {
            leaf.criterion.id: points_of(base, leaf, {name: "worst"}, "best") for leaf in touched
        }
        parts = [(part.part, _with(part, less)) for part in score.parts]
        total = _total(base.index, parts, score.survey, score.left_out)
        lost = [leaf for leaf in score.leaves if _loses(leaf, less)]
        points = score.total.best - total
        if points > 0:
            at_risk.append(Risk(name, points, [leaf.criterion.id for leaf in lost]))
    return sorted(at_risk, key=lambda risk: -risk.points)


def _with(part: PartScore, less: Mapping[str, Decimal]) -> Decimal:
    """Return the best points of ``part`` with those of some criteria replaced."""
    points = _sum(less.get(leaf.criterion.id, leaf.outlook.best) for leaf in part.leaves)
    return min(points, part.part.ceiling) if isinstance(part.part, Group) else points


def _loses(leaf: LeafScore, less: Mapping[str, Decimal]) -> bool:
    return less.get(leaf.criterion.id, leaf.outlook.best) != leaf.outlook.best
