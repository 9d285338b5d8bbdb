"""How many points has one criterion, from what was recorded or set by hand?

Set by hand counts before what is measured.  A value that was measured counts as it is;
at the best end an open task may still reach its target.  Where nothing can be measured,
the criterion's points may all still come, or none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from parplan.agenda.items import Standing, standings
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Evidence, Record, active
from parplan.plan.model import Plan
from parplan.score.evidence import cited
from parplan.score.index import Criterion, Group, Index, Leaf
from parplan.score.measure import End, Facts, counted, facts, is_open, values
from parplan.score.rules import NONE, AnyScoreRule, Grades, Ratio, Survey, YesNo, bounded, plain


class Mark(msgspec.Struct):
    """What was recorded about one criterion itself."""

    result: Record | None = None
    reason: str = ""
    evidence: list[Evidence] = []


UNMARKED = Mark()


class Office(msgspec.Struct, frozen=True):
    """What a score is computed from: index, tasks as they stand, what was set by hand."""

    index: Index
    as_of: dt.date
    tasks: dict[str, Standing]
    by_hand: dict[str, Mark]
    missing: Container[str]

    def mark(self, one: Criterion) -> Mark:
        """Return what was recorded about the criterion itself."""
        return self.by_hand.get(one.id, UNMARKED)

    def linked(self, one: Criterion) -> list[Standing]:
        """Return the tasks that serve the criterion, as they stand."""
        return [self.tasks[task] for task in one.tasks if task in self.tasks]


def office(
    index: Index,
    plan: Plan,
    records: Iterable[Record],
    as_of: dt.date,
    missing: Container[str] = (),
) -> Office:
    """Return what a score on the day ``as_of`` is computed from.

    ``missing`` are the evidence files that are not there.
    """
    kept = list(records)
    progress = progress_by_ref(kept, as_of)
    tasks = {one.task.id: one for one in standings(plan, progress, as_of)}
    by_hand: dict[str, Mark] = {}
    for record in active(kept):
        if record.kind == "score" and record.day <= as_of:
            own = by_hand.setdefault(record.criterion, Mark())
            own.evidence = [*own.evidence, *cited(record.evidence)]
            own.reason = record.reason or own.reason
            if _is_result(record):
                own.result = record
    return Office(index, as_of, tasks, by_hand, missing)


def _is_result(record: Record) -> bool:
    given = record.points is not None or record.value is not None or record.grade != ""
    return given or record.not_applicable


def points_of(base: Office, leaf: Leaf, left: Mapping[str, End], end: End) -> Decimal:
    """Return the points of a criterion at that end; ``left`` are tasks that end otherwise."""
    one = leaf.criterion
    own = base.mark(one)
    if one.rule is None or isinstance(one.rule, Survey):
        return NONE
    if own.result is not None:
        return _set_by_hand(one, one.rule, own.result)
    linked = base.linked(one)
    takes_off = isinstance(leaf.part, Group) and leaf.part.kind == "penalty"
    if not (one.rule.MEASURES and linked):
        if takes_off or (isinstance(leaf.part, Group) and not linked):
            return NONE  # a bonus that nothing serves is not to be hoped for
        return _unmeasured(one, linked, left, end)
    if one.measured_by == "value":
        return _by_value(one, linked, left, end, hopeful=not takes_off)
    return _by_count(one, linked, left, end, base.as_of, takes_off=takes_off)


def _set_by_hand(one: Criterion, rule: AnyScoreRule, result: Record) -> Decimal:
    if result.not_applicable:
        return NONE
    points = NONE
    if result.points is not None:
        points = plain(result.points)
    elif isinstance(rule, Grades):
        points = rule.share(result.grade, one.points) or NONE
    elif result.value is not None and rule.TAKES_VALUE:
        points = rule.points(Ratio(plain(result.value)), one.points)
    return bounded(points, one.points)


def _unmeasured(
    one: Criterion, linked: Sequence[Standing], left: Mapping[str, End], end: End
) -> Decimal:
    """Return the points where nothing is measured: all or none, by what may still come."""
    ends = [left.get(task.task.id, end) for task in linked] or [end]
    return one.points if all(each == "best" for each in ends) else NONE


def _by_value(
    one: Criterion,
    linked: Sequence[Standing],
    left: Mapping[str, End],
    end: End,
    *,
    hopeful: bool,
) -> Decimal:
    rule = one.rule
    assert rule is not None
    found: list[Decimal] = []
    for task in linked:
        hopes = hopeful and left.get(task.task.id, end) == "best"
        known = values([task], hopeful=hopes)
        if not known and hopes and is_open(task):
            return one.points
        for value, target in known:
            met = target is not None and target.is_met(value)
            measured = Ratio(Decimal(int(met))) if isinstance(rule, YesNo) else Ratio(value)
            found.append(bounded(rule.points(measured, one.points), one.points))
    return max(found, default=NONE)


def _by_count(
    one: Criterion,
    linked: Sequence[Standing],
    left: Mapping[str, End],
    end: End,
    as_of: dt.date,
    *,
    takes_off: bool,
) -> Decimal:
    name, rule = one.measured_by, one.rule
    assert name is not None
    assert rule is not None
    each = [facts(task, left.get(task.task.id, end), as_of) for task in linked]
    found = sum(each, Facts())
    if name == "days-late" and found.never:
        return one.points if takes_off else NONE
    measured = counted(name, found, rule)
    if measured is None:
        return NONE
    return bounded(rule.points(measured, one.points), one.points)


def measured_now(one: Criterion, linked: Sequence[Standing], as_of: dt.date) -> Ratio | None:
    """Return what is measured for a criterion as things stand, None where nothing is yet.

    Its rule is one for which something is measured.
    """
    name = one.measured_by
    assert name is not None
    if name == "value":
        known = values(linked, hopeful=False)
        return Ratio(known[0][0]) if known else None
    found = sum((facts(task, "now", as_of) for task in linked), Facts())
    return counted(name, found, one.rule)
