"""Compute the points of one criterion, from what was recorded or set by hand.

Set by hand counts before what is measured.  A value that was measured counts as it is;
at the best end an open task may still reach its target.  Where nothing can be measured,
the criterion's points may all still come, or none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from parplan.agenda.standings import Standing, standings
from parplan.journal.active import active
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Evidence, Record, Score
from parplan.plan.model import Plan
from parplan.score.evidence import cited
from parplan.score.index import Criterion, Group, Index, Leaf
from parplan.score.measure import End, Tally, counted, is_open, tally_of, values
from parplan.score.rules import NONE, AnyScoreRule, Grades, Ratio, Survey, YesNo, bounded, plain


class CriterionMark(msgspec.Struct):
    """What was recorded about one criterion itself."""

    result: Score | None = None
    reason: str = ""
    evidence: list[Evidence] = []


UNMARKED = CriterionMark()


class ScoreBasis(msgspec.Struct, frozen=True):
    """What a score is computed from: index, tasks as they stand, what was set by hand."""

    index: Index
    as_of: dt.date
    tasks: dict[str, Standing]
    by_hand: dict[str, CriterionMark]
    missing: Container[str]

    def mark(self, criterion: Criterion) -> CriterionMark:
        """Return what was recorded about the criterion itself."""
        return self.by_hand.get(criterion.id, UNMARKED)

    def linked(self, criterion: Criterion) -> list[Standing]:
        """Return the tasks that serve the criterion, as they stand."""
        return [self.tasks[task] for task in criterion.tasks if task in self.tasks]


def office(
    index: Index,
    plan: Plan,
    records: Iterable[Record],
    as_of: dt.date,
    missing: Container[str] = (),
) -> ScoreBasis:
    """Return what a score on the day ``as_of`` is computed from.

    ``missing`` are the evidence files that are not there.
    """
    recorded = list(records)
    progress = progress_by_ref(recorded, as_of)
    tasks = {standing.task.id: standing for standing in standings(plan, progress, as_of)}
    by_hand: dict[str, CriterionMark] = {}
    for record in active(recorded):
        if isinstance(record, Score) and record.day <= as_of:
            mark = by_hand.setdefault(record.criterion, CriterionMark())
            mark.evidence = [*mark.evidence, *cited(record.evidence)]
            mark.reason = record.reason or mark.reason
            if _is_result(record):
                mark.result = record
    return ScoreBasis(index, as_of, tasks, by_hand, missing)


def _is_result(record: Score) -> bool:
    has_score = record.points is not None or record.value is not None or record.grade != ""
    return has_score or record.not_applicable


def points_of(base: ScoreBasis, leaf: Leaf, left: Mapping[str, End], end: End) -> Decimal:
    """Return the points of a criterion at that end; ``left`` are tasks that end otherwise."""
    criterion = leaf.criterion
    mark = base.mark(criterion)
    if criterion.rule is None or isinstance(criterion.rule, Survey):
        return NONE
    if mark.result is not None:
        return _set_by_hand(criterion, criterion.rule, mark.result)
    linked = base.linked(criterion)
    takes_off = isinstance(leaf.part, Group) and leaf.part.kind == "penalty"
    if not (criterion.rule.MEASURES and linked):
        if takes_off or (isinstance(leaf.part, Group) and not linked):
            return NONE  # a bonus that nothing serves is not to be hoped for
        return _unmeasured(criterion, linked, left, end)
    if criterion.measured_by == "value":
        return _by_value(criterion, linked, left, end, hopeful=not takes_off)
    return _by_count(criterion, linked, left, end, base.as_of, takes_off=takes_off)


def _set_by_hand(criterion: Criterion, rule: AnyScoreRule, result: Score) -> Decimal:
    if result.not_applicable:
        return NONE
    points = NONE
    if result.points is not None:
        points = plain(result.points)
    elif isinstance(rule, Grades):
        points = rule.share(result.grade, criterion.points) or NONE
    elif result.value is not None and rule.TAKES_VALUE:
        points = rule.points(Ratio(plain(result.value)), criterion.points)
    return bounded(points, criterion.points)


def _unmeasured(
    criterion: Criterion, linked: Sequence[Standing], left: Mapping[str, End], end: End
) -> Decimal:
    """Return the points where nothing is measured: all or none, by what may still come."""
    ends = [left.get(task.task.id, end) for task in linked] or [end]
    return criterion.points if all(each == "best" for each in ends) else NONE


def _by_value(
    criterion: Criterion,
    linked: Sequence[Standing],
    left: Mapping[str, End],
    end: End,
    *,
    hopeful: bool,
) -> Decimal:
    rule = criterion.rule
    assert rule is not None
    points: list[Decimal] = []
    for task in linked:
        hopes = hopeful and left.get(task.task.id, end) == "best"
        measured_values = values([task], hopeful=hopes)
        if not measured_values and hopes and is_open(task):
            return criterion.points
        for value, target in measured_values:
            met = target is not None and target.is_met(value)
            measured = Ratio(Decimal(int(met))) if isinstance(rule, YesNo) else Ratio(value)
            points.append(bounded(rule.points(measured, criterion.points), criterion.points))
    return max(points, default=NONE)


def _by_count(
    criterion: Criterion,
    linked: Sequence[Standing],
    left: Mapping[str, End],
    end: End,
    as_of: dt.date,
    *,
    takes_off: bool,
) -> Decimal:
    name, rule = criterion.measured_by, criterion.rule
    assert name is not None
    assert rule is not None
    each = [tally_of(task, left.get(task.task.id, end), as_of) for task in linked]
    tally = sum(each, Tally())
    if name == "days-late" and tally.never:
        return criterion.points if takes_off else NONE
    measured = counted(name, tally, rule)
    if measured is None:
        return NONE
    return bounded(rule.points(measured, criterion.points), criterion.points)


def measured_now(criterion: Criterion, linked: Sequence[Standing], as_of: dt.date) -> Ratio | None:
    """Return what is measured for a criterion as things stand, None where nothing is yet.

    Its rule is one for which something is measured.
    """
    name = criterion.measured_by
    assert name is not None
    if name == "value":
        measured_values = values(linked, hopeful=False)
        return Ratio(measured_values[0][0]) if measured_values else None
    tally = sum((tally_of(task, "now", as_of) for task in linked), Tally())
    return counted(name, tally, criterion.rule)
