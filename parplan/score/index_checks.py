"""The rules that a readable index must also keep.

Each check is named for the rule that holds and yields what breaks it.  The tuple
``CHECKS`` is the specification.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal

from parplan.agenda.items import goes_on
from parplan.plan.checks import year_is_that_of_the_file
from parplan.plan.model import Plan, Task
from parplan.problem import N_, DataPath, Finding, params
from parplan.score.index import Criterion, Field, Group, Index, walk
from parplan.score.rules import ByHand, Grades, PerItem, Proportional, Steps, YesNo
from parplan.yamlfile.validate import nearest

_DEEPEST = 3
"""Levels: field, criterion, sub-criterion."""


def check_index(index: Index, plan: Plan | None, path: str) -> list[Finding]:
    """Return what is wrong with ``index``, which was read from the file ``path``.

    Tasks are looked up in ``plan`` unless that could not be read.
    """
    findings = [finding for rule in CHECKS for finding in rule(index)]
    linked = tasks_are_in_the_plan(index, plan) if plan else []
    return [*year_is_that_of_the_file(index.year, path), *findings, *linked]


def points_add_up(index: Index) -> Iterator[Finding]:
    """What is made of others has the sum of their points, at every level."""
    yield from _sum(("points",), "", index.points, [field.points for field in index.fields])
    for number, field in enumerate(index.fields):
        path: DataPath = ("fields", number, "points")
        yield from _sum(
            path, field.id, field.points, [criterion.points for criterion in field.criteria]
        )
    for path, criterion in _criteria(index):
        if criterion.items:
            parts = [inner.points for inner in criterion.items]
            yield from _sum((*path, "points"), criterion.id, criterion.points, parts)


def _sum(path: DataPath, name: str, points: Decimal, parts: list[Decimal]) -> Iterator[Finding]:
    total = sum(parts, Decimal(0))
    if total != points:
        text = (
            N_("the parts of %(name)s add up to %(sum)s points, not to %(said)s")
            if name
            else N_("the fields add up to %(sum)s points, not to %(said)s")
        )
        yield Finding(path, "wrong-sum", text, params(name=name, sum=_number(total), said=points))


def _number(value: Decimal) -> str:
    """Return ``value`` without zeros that say nothing: 19.5 for 19.50."""
    return f"{value.normalize():f}"


def numbers_are_unique(index: Index) -> Iterator[Finding]:
    """No two fields, groups or criteria share a number; the later one is at fault."""
    seen: set[str] = set()
    parts = [(("fields", i), field.id) for i, field in enumerate(index.fields)]
    groups = [(("groups", i), group.id) for i, group in enumerate(index.groups)]
    inner = [(path, criterion.id) for path, criterion in _criteria(index)]
    for path, name in (*parts, *groups, *inner):
        if name in seen:
            text = N_("the number '%(name)s' is used twice")
            yield Finding((*path, "id"), "repeated-criterion", text, params(name=name))
        seen.add(name)


def every_leaf_has_a_rule(index: Index) -> Iterator[Finding]:
    """A criterion is made of others or has a rule: one of the two, not both."""
    for path, criterion in _criteria(index):
        if criterion.items:
            for key in ("rule", "tasks", "measure", "evidence", "last_year", "target"):
                if getattr(criterion, key):
                    text = N_("%(name)s is made of other criteria: '%(key)s' belongs to those")
                    yield Finding(
                        (*path, key), "bad-criterion", text, params(name=criterion.id, key=key)
                    )
        elif criterion.rule is None:
            text = N_(
                "%(name)s has no rule; where the office judges itself write 'rule: {by_hand: true}'"
            )
            yield Finding(path, "bad-criterion", text, params(name=criterion.id))
        if path.count("items") > _DEEPEST - 2:
            text = N_("%(name)s is on a fourth level; there are fields, criteria and sub-criteria")
            yield Finding(path, "bad-criterion", text, params(name=criterion.id))


def measures_fit_the_rule(index: Index) -> Iterator[Finding]:
    """What is measured suits the rule, and a value comes from one task."""
    for path, criterion in _criteria(index):
        if criterion.rule is None:
            continue
        if criterion.measure is not None and criterion.measure not in criterion.rule.MEASURES:
            names = ", ".join(criterion.rule.MEASURES) or "-"
            text = N_("'%(measure)s' does not go with this rule; it takes: %(known)s")
            values = params(measure=criterion.measure, known=names)
            yield Finding((*path, "measure"), "bad-criterion", text, values)
        elif criterion.measured_by == "value" and len(criterion.tasks) > 1:
            text = N_("a measured value comes from one task, and %(name)s names several")
            yield Finding((*path, "tasks"), "bad-criterion", text, params(name=criterion.id))


def more_done_is_better(index: Index) -> Iterator[Finding]:
    """Work done never costs points, and only a penalty takes points for days late."""
    for path, part, criterion in _placed(index):
        if criterion.rule is None:
            continue
        takes_off = isinstance(part, Group) and part.kind == "penalty"
        rises = not isinstance(criterion.rule, Steps) or all(
            step.rises for step in criterion.rule.steps
        )
        if takes_off and not isinstance(criterion.rule, PerItem | Steps | ByHand):
            text = N_("points are taken off by 'per_item', 'steps' or 'by_hand'")
            yield Finding((*path, "rule"), "bad-criterion", text)
        elif (
            takes_off
            and criterion.tasks
            and criterion.measured_by not in (None, "days-late", "value")
        ):
            text = N_("points are taken off for 'days-late' or a 'value', not for work done")
            yield Finding(path, "bad-criterion", text)
        elif not takes_off and criterion.measured_by == "days-late" and _is_a_gain(criterion.rule):
            text = N_("this would give points for days late")
            yield Finding((*path, "measure"), "bad-criterion", text)
        elif not rises and criterion.measured_by not in (None, "days-late", "value"):
            text = N_("this would give fewer points for more work done")
            yield Finding((*path, "rule"), "bad-criterion", text)


def _is_a_gain(rule: object) -> bool:
    if isinstance(rule, Steps):
        return any(step.rises for step in rule.steps)
    return isinstance(rule, PerItem)


def steps_go_down(index: Index) -> Iterator[Finding]:
    """Steps look one way, and each gives less for less than the one before."""
    for path, criterion in _criteria(index):
        if not isinstance(criterion.rule, Steps):
            continue
        for number, (better, worse) in enumerate(itertools.pairwise(criterion.rule.steps)):
            place = (*path, "rule", "steps", number + 1)
            if better.rises != worse.rises:
                text = N_("this step looks the other way than the one before")
            elif (better.order <= worse.order) if better.rises else (better.order >= worse.order):
                text = N_("this step overlaps the one before; write the best first")
            elif better.points <= worse.points:
                text = N_("this step gives no less than the one before")
            else:
                continue
            yield Finding(place, "bad-steps", text)


def grades_go_down(index: Index) -> Iterator[Finding]:
    """Grades have names of their own, and each a smaller share than the one before."""
    for path, criterion in _criteria(index):
        if not isinstance(criterion.rule, Grades):
            continue
        names: set[str] = set()
        for number, grade in enumerate(criterion.rule.grades):
            place = (*path, "rule", "grades", number)
            if grade.grade in names:
                text = N_("the grade '%(grade)s' is named twice")
                yield Finding(place, "bad-steps", text, params(grade=grade.grade))
            elif number and grade.percent >= criterion.rule.grades[number - 1].percent:
                text = N_("this step gives no less than the one before")
                yield Finding(place, "bad-steps", text)
            names.add(grade.grade)


def floors_are_below_caps(index: Index) -> Iterator[Finding]:
    """Where points are in proportion, they begin below the value that earns them all."""
    for path, criterion in _criteria(index):
        if (
            isinstance(criterion.rule, Proportional)
            and criterion.rule.zero_below >= criterion.rule.full_at
        ):
            text = N_("no points below %(floor)s, all from %(cap)s on: the floor is above the cap")
            values = params(floor=criterion.rule.zero_below, cap=criterion.rule.full_at)
            yield Finding((*path, "rule", "zero_below"), "bad-steps", text, values)


def scores_are_possible(index: Index) -> Iterator[Finding]:
    """The highest score can be reached, and nothing goes beyond it."""
    for path, criterion in _criteria(index):
        rule, most = criterion.rule, criterion.points
        if criterion.target is not None and criterion.target > most:
            yield _beyond((*path, "target"), criterion.target, most)
        if isinstance(rule, PerItem) and rule.per_item > most:
            yield _beyond((*path, "rule", "per_item"), rule.per_item, most)
        if isinstance(rule, Steps) and rule.steps[0].points != most:
            text = N_("the best step gives %(points)s points, and the highest score is %(most)s")
            values = params(points=rule.steps[0].points, most=most)
            yield Finding((*path, "rule", "steps", 0), "impossible-score", text, values)
        if isinstance(rule, YesNo) and criterion.measure == "value" and not criterion.tasks:
            text = N_("a value is measured in a task, and %(name)s names none")
            yield Finding((*path, "measure"), "bad-criterion", text, params(name=criterion.id))
    yield from _ceilings(index)


def _beyond(path: DataPath, points: Decimal, most: Decimal) -> Finding:
    text = N_("%(points)s points are more than the highest score, %(most)s")
    return Finding(path, "impossible-score", text, params(points=points, most=most))


def _ceilings(index: Index) -> Iterator[Finding]:
    bonus = sum((group.ceiling for group in index.groups if group.kind == "bonus"), Decimal(0))
    if index.ceiling is not None and not index.points <= index.ceiling <= index.points + bonus:
        text = N_("the total is %(points)s and the bonus %(bonus)s: it cannot end at %(ceiling)s")
        values = params(points=index.points, bonus=bonus, ceiling=index.ceiling)
        yield Finding(("ceiling",), "impossible-score", text, values)
    for number, group in enumerate(index.groups):
        reach = sum((criterion.points for criterion in group.criteria), Decimal(0))
        if group.ceiling > reach:
            text = N_("the parts of %(name)s reach %(reach)s points, not its ceiling %(ceiling)s")
            values = params(name=group.id, reach=reach, ceiling=group.ceiling)
            yield Finding(("groups", number, "ceiling"), "impossible-score", text, values)


def tasks_are_in_the_plan(index: Index, plan: Plan) -> Iterator[Finding]:
    """Every task that a criterion names is one of the plan, and what is measured suits it."""
    tasks = {task.id: task for _section, task in plan.tasks()}
    numbers = list(tasks)
    for path, criterion in _criteria(index):
        for number, task in enumerate(criterion.tasks):
            if task not in numbers:
                near = nearest(task, numbers)
                text = (
                    N_("the plan has no task %(task)s; did you mean %(near)s?")
                    if near
                    else N_("the plan has no task %(task)s")
                )
                place = (*path, "tasks", number)
                yield Finding(place, "unknown-task", text, params(task=task, near=near))
                continue
            text = _unfit(criterion, tasks[task])
            if text:
                yield Finding((*path, "tasks", number), "bad-criterion", text, params(task=task))


def _unfit(criterion: Criterion, task: Task) -> str:
    """Return why what is measured for ``criterion`` cannot be measured in ``task``, or nothing."""
    if criterion.measured_by == "value":
        if isinstance(criterion.rule, YesNo) and not task.target:
            return N_("task %(task)s has no target that a value could meet")
    elif criterion.measured_by is not None and goes_on(task):
        return N_("task %(task)s is continuous, so it is never done; measure its value instead")
    return ""


def _criteria(index: Index) -> Iterator[tuple[DataPath, Criterion]]:
    for path, _part, criterion in _placed(index):
        yield path, criterion


def _placed(index: Index) -> Iterator[tuple[DataPath, Field | Group, Criterion]]:
    for key in ("fields", "groups"):
        parts: list[Field | Group] = getattr(index, key)
        for number, part in enumerate(parts):
            for path, criterion in walk(part.criteria, (key, number, "criteria")):
                yield path, part, criterion


CHECKS: tuple[Callable[[Index], Iterator[Finding]], ...] = (
    points_add_up,
    numbers_are_unique,
    every_leaf_has_a_rule,
    measures_fit_the_rule,
    more_done_is_better,
    steps_go_down,
    grades_go_down,
    floors_are_below_caps,
    scores_are_possible,
)
