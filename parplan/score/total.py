"""How does the office score itself?  Every number of it is computed here, once.

An index, a plan and what was recorded in; one ``Score`` out.  A criterion's points are
rounded to two decimals, half up, once; fields are sums.  Where criteria do not apply,
the sum of the fields is rescaled to what it would be out of without them, and rounded
the same way; then come bonus and penalty, each group within its ceiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parplan.agenda.items import Standing
from parplan.journal.record import Evidence
from parplan.score.evidence import cited, distinct
from parplan.score.index import Criterion, Field, Group, Index, Leaf, walk
from parplan.score.measure import End, is_open
from parplan.score.model import Lack, LeafScore, Outlook, PartScore, Risk, Score, Status
from parplan.score.points import Mark, Office, measured_now, points_of
from parplan.score.rules import NONE, Ratio, Survey, bounded, plain

_ENDS: tuple[End, ...] = ("now", "best", "worst")


def score(base: Office) -> Score:
    """Return the self-score with its forecast."""
    parts = [_part(base, part) for part in base.index.parts()]
    fields = [one for one in parts if not isinstance(one.part, Group)]
    leaves = [leaf for part in fields for leaf in part.leaves]
    survey = _sum(leaf.criterion.points for leaf in leaves if leaf.status == "survey")
    left_out = _sum(leaf.criterion.points for leaf in leaves if leaf.status == "not-applicable")
    total = None
    if base.index.points > survey + left_out:
        ends = [[(one.part, getattr(one.outlook, end)) for one in parts] for end in _ENDS]
        total = Outlook(*(_total(base.index, end, survey, left_out) for end in ends))
    return Score(
        index=base.index,
        as_of=base.as_of,
        parts=parts,
        total=total,
        most=base.index.points - survey,
        survey=survey,
        left_out=left_out,
        last_year=_known(one.criterion.last_year for one in leaves if one.status != "survey"),
        target=_known(one.criterion.target for one in leaves if one.status != "survey"),
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
    total = Ratio(total).times(scored, scored - left_out)
    for part, points in parts:
        if isinstance(part, Group):
            total += points if part.kind == "bonus" else -points
    return bounded(total, index.most - survey)


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, NONE)


def _known(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of ``numbers``, None where one is not known or there is none."""
    found = list(numbers)
    known = [one for one in found if one is not None]
    return _sum(known) if found and len(known) == len(found) else None


def _part(base: Office, part: Field | Group) -> PartScore:
    found = [_leaf(base, leaf) for leaf in base.index.leaves() if leaf.part is part]
    return gathered(part, found)


def gathered(part: Field | Group | Criterion, leaves: Sequence[LeafScore]) -> PartScore:
    """Return the score of a field, a group, or a criterion made of those ``leaves``."""
    own = list(leaves)
    most = _sum(one.criterion.points for one in own if one.counts)
    ends = [_sum(getattr(one.outlook, end) for one in own) for end in _ENDS]
    if isinstance(part, Group):
        most = min(most, part.ceiling)
        ends = [min(points, part.ceiling) for points in ends]
    scored = [one.criterion for one in own if one.status != "survey"]
    return PartScore(
        part=part,
        outlook=Outlook(*ends),
        most=most,
        last_year=_known(one.last_year for one in scored),
        target=_known(one.target for one in scored),
        leaves=own,
    )


def lines(found: Score) -> Iterator[tuple[int, PartScore | LeafScore]]:
    """Yield every field, group and criterion with its level from 0, in the order of the index."""
    for part in found.parts:
        yield 0, part
        assert not isinstance(part.part, Criterion)
        yield from _inside(part.part.criteria, {one.criterion.id: one for one in part.leaves}, 1)


def _inside(
    criteria: Sequence[Criterion], leaves: Mapping[str, LeafScore], level: int
) -> Iterator[tuple[int, PartScore | LeafScore]]:
    for one in criteria:
        if one.items:
            names = [inner.id for _path, inner in walk(one.items) if not inner.items]
            yield level, gathered(one, [leaves[name] for name in names])
            yield from _inside(one.items, leaves, level + 1)
        else:
            yield level, leaves[one.id]


def _leaf(base: Office, leaf: Leaf) -> LeafScore:
    one = leaf.criterion
    own = base.mark(one)
    linked = base.linked(one)
    measured = None
    if own.result is None and one.rule is not None and one.rule.MEASURES:
        measured = measured_now(one, linked, base.as_of)
    elif own.result is not None and own.result.value is not None:
        measured = Ratio(plain(own.result.value))
    status = _status(one, own, measured)
    ends = [points_of(base, leaf, {}, end) for end in _ENDS]
    evidence = distinct([*_recorded(linked), *own.evidence])
    return LeafScore(
        part=leaf.part.id,
        criterion=one,
        status=status,
        outlook=Outlook(*ends),
        measured=measured.times(Decimal(1)) if measured else None,
        grade=own.result.grade if own.result else "",
        reason=own.reason,
        evidence=evidence,
        lacks=_lacks(base, leaf, status, ends[0], evidence),
        open_tasks=[standing.task.id for standing in linked if is_open(standing)],
    )


def _status(one: Criterion, own: Mark, measured: Ratio | None) -> Status:
    if isinstance(one.rule, Survey):
        return "survey"
    if own.result is not None:
        return "not-applicable" if own.result.not_applicable else "by-hand"
    return "waiting" if measured is None else "measured"


def _recorded(linked: Iterable[Standing]) -> list[Evidence]:
    """Return the documents recorded for tasks and their occurrences."""
    progress = [
        one for task in linked for one in (task.progress, *(item.progress for item in task.items))
    ]
    records = [record for one in progress for record in one.records]
    return [document for record in records for document in cited(record.evidence)]


def _lacks(
    base: Office, leaf: Leaf, status: Status, points: Decimal, evidence: Sequence[Evidence]
) -> list[Lack]:
    """Return what is lacking for a criterion that has ``points``."""
    if status in ("survey", "not-applicable"):
        return []
    if isinstance(leaf.part, Group) and (leaf.part.kind == "penalty" or not points):
        return []
    found: list[Lack] = []
    if status == "waiting":
        found.append("result")
    there = [one for one in evidence if one.file not in base.missing]
    if len(there) < len(evidence):
        found.append("file")
    if len(there) < max(len(leaf.criterion.evidence), 1):
        found.append("evidence")
    if found and not base.mark(leaf.criterion).reason:
        found.append("explanation")
    return found


def risks(base: Office, found: Score) -> list[Risk]:
    """Return the open tasks by what each puts at risk, the most first; then as in the plan."""
    if found.total is None:
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
        parts = [(one.part, _with(one, less)) for one in found.parts]
        total = _total(base.index, parts, found.survey, found.left_out)
        lost = [one for one in found.leaves if _loses(one, less)]
        points = found.total.best - total
        if points > 0:
            at_risk.append(Risk(name, points, [one.criterion.id for one in lost]))
    return sorted(at_risk, key=lambda one: -one.points)


def _with(part: PartScore, less: Mapping[str, Decimal]) -> Decimal:
    """Return the best points of ``part`` with those of some criteria replaced."""
    points = _sum(less.get(one.criterion.id, one.outlook.best) for one in part.leaves)
    return min(points, part.part.ceiling) if isinstance(part.part, Group) else points


def _loses(one: LeafScore, less: Mapping[str, Decimal]) -> bool:
    return less.get(one.criterion.id, one.outlook.best) != one.outlook.best
