"""The rules that a readable plan must also keep.

Each check is named for the rule that holds and yields what breaks it.  The tuple
``CHECKS`` is the specification.
"""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from parplan.deadlines.read import read_deadline
from parplan.deadlines.write import deadline_wording
from parplan.plan.assignments import Amended
from parplan.plan.model import Dated, Plan, Task, Unit, units_by_name
from parplan.plan.outline import Outline, OutlinePoint
from parplan.problem import N_, DataPath, Finding, params
from parplan.schedule.reference import Ref
from parplan.schedule.rules import In, On
from parplan.text import one_line, whole_number
from parplan.yamlfile.validate import nearest

_SATURDAY = 5
LAST_DAY = 31
"""Of a month in 'reporting', whose months may be shorter."""


def check_plan(plan: Plan, path: str) -> list[Finding]:
    """Return what is wrong with ``plan``, which was read from the file ``path``."""
    findings = [finding for rule in CHECKS for finding in rule(plan)]
    return [*year_is_that_of_the_file(plan.year, path), *findings]


def year_is_that_of_the_file(year: int, path: str) -> Iterator[Finding]:
    """The year that a file holds is the one that its name begins with."""
    name = PurePosixPath(path).name.partition(".")[0]
    if whole_number(name) not in (None, year):
        text = N_("the file is called %(name)s but the plan's year is %(year)s")
        yield Finding(("year",), "wrong-year", text, params(name=name, year=year))


def tasks_have_a_schedule(plan: Plan) -> Iterator[Finding]:
    """Every task says when it is due, or that it has no deadline."""
    for path, task in _tasks(plan):
        if not task.schedule:
            text = N_(
                "task %(task)s has no schedule entry; for one without a deadline write "
                "'- {continuous: true}'"
            )
            yield Finding((*path, "schedule"), "no-schedule", text, params(task=task.id))


def task_numbers_are_unique(plan: Plan) -> Iterator[Finding]:
    """No two tasks share a number; the later one is at fault."""
    seen: set[str] = set()
    for path, task in _tasks(plan):
        if task.id in seen:
            text = N_("task number '%(task)s' is used twice")
            yield Finding((*path, "id"), "repeated-id", text, params(task=task.id))
        seen.add(task.id)


def occurrences_have_a_period_of_their_own(plan: Plan) -> Iterator[Finding]:
    """No two occurrences of one task have the same reference."""
    for path, task in _tasks(plan):
        seen: set[str] = set()
        for index, rule in enumerate(task.schedule):
            names = [period.name for period, _ in rule.due_dates(plan.year)]
            again = next((name for name in names if name in seen), None)
            if again is not None:
                text = N_("%(ref)s falls due twice; let the two differ in their period")
                place = (*path, "schedule", index)
                yield Finding(place, "repeated-ref", text, params(ref=str(Ref(task.id, again))))
            seen.update(names)


def single_deadlines_come_after_the_start(plan: Plan) -> Iterator[Finding]:
    """A deadline written for one date is not before the plan takes effect."""
    for path, task in _tasks(plan):
        for index, rule in enumerate(task.schedule):
            for _, due in rule.due_dates(plan.year) if isinstance(rule, In | On) else ():
                if due < plan.effective_from:
                    text = N_("due on %(day)s, before the plan takes effect on %(start)s")
                    values = params(day=due, start=plan.effective_from)
                    yield Finding((*path, "schedule", index), "never-due", text, values)


def deadlines_mean_what_they_say(plan: Plan) -> Iterator[Finding]:
    """The schedule of a task agrees with its wording, where the wording is understood."""
    for path, task in _tasks(plan):
        reading = read_deadline(task.deadline_text, plan.year, before_included=plan.before_included)
        if task.schedule and not reading.agrees(task.schedule, plan.year):
            text = N_("'%(wording)s' means: %(meaning)s; but the schedule says: %(schedule)s")
            values = params(
                wording=one_line(task.deadline_text),
                meaning=deadline_wording(reading.rules, before_included=plan.before_included),
                schedule=deadline_wording(task.schedule, before_included=plan.before_included),
            )
            yield Finding((*path, "schedule"), "deadline-differs", text, values)


def names_stand_for_one_unit(plan: Plan) -> Iterator[Finding]:
    """A name or alias belongs to one unit only."""
    owner: dict[str, Unit] = {}
    for index, unit in enumerate(plan.units):
        for name in unit.names():
            first = owner.setdefault(name, unit)
            if first is not unit:
                text = N_("'%(name)s' already stands for the unit '%(unit)s'")
                values = params(name=name, unit=first.id)
                yield Finding(("units", index), "repeated-unit", text, values)


def officers_are_listed_once(plan: Plan) -> Iterator[Finding]:
    """An officer has one address, and so one entry."""
    names = [officer.name.casefold() for officer in plan.officers]
    for index, officer in enumerate(plan.officers):
        if names[index] in names[:index]:
            text = N_("the officer '%(name)s' is listed twice")
            values = params(name=officer.name)
            yield Finding(("officers", index), "repeated-officer", text, values)


def tasks_name_known_units(plan: Plan) -> Iterator[Finding]:
    """Every unit that a task names is listed under ``units``."""
    units = units_by_name(plan.units)
    for path, task in _tasks(plan):
        lists: list[tuple[DataPath, list[str]]] = [
            (("units",), task.units),
            (("supporting",), task.supporting),
            *(
                (("handed_over", n, "units"), handover.units)
                for n, handover in enumerate(task.handed_over)
            ),
        ]
        for key, names in lists:
            for index, name in enumerate(names):
                if name not in units:
                    yield _unknown_unit((*path, *key, index), name, list(units))


def _unknown_unit(path: DataPath, name: str, names: list[str]) -> Finding:
    near = nearest(name, names)
    composed = functools.partial(unicodedata.normalize, "NFC")
    if composed(name) in map(composed, names):  # pasted from a PDF file, as a rule
        text = N_("unknown unit '%(name)s': the accents are coded otherwise; type it anew")
    elif near:
        text = N_("unknown unit '%(name)s'; did you mean '%(near)s'?")
    else:
        text = N_("unknown unit '%(name)s'; add it under 'units', or as an alias of a unit there")
    return Finding(path, "unknown-unit", text, params(name=name, near=near))


def dated_entries_follow_each_other(plan: Plan) -> Iterator[Finding]:
    """One superior at a time: each entry ends before the next begins."""
    for index, entry in enumerate(plan.superior):
        if _ends_first(entry) or any(_overlap(entry, earlier) for earlier in plan.superior[:index]):
            text = N_("'%(name)s' is in force on days of another entry, or ends before it begins")
            yield Finding(("superior", index), "overlapping-dates", text, params(name=entry.name))


def _ends_first(entry: Dated | Task | Unit) -> bool:
    """Tell whether ``entry`` ends before it begins."""
    return bool(entry.from_ and entry.until and entry.until < entry.from_)


def _overlap(first: Dated, second: Dated) -> bool:
    starts = max(first.from_ or dt.date.min, second.from_ or dt.date.min)
    return starts <= min(first.until or dt.date.max, second.until or dt.date.max)


def amended_tasks_are_linked_and_in_order(plan: Plan) -> Iterator[Finding]:
    """A task begins before it ends, replaces one that exists, is handed over day by day."""
    numbers = {task.id for _section, task in plan.tasks()}
    for path, task in _tasks(plan):
        days = [handover.from_ for handover in task.handed_over]
        if _ends_first(task) or days != sorted(set(days)):
            text = N_("task %(task)s ends before it begins, or its handovers are not in order")
            yield Finding(path, "overlapping-dates", text, params(task=task.id))
        if task.replaces and (task.replaces == task.id or task.replaces not in numbers):
            text = N_("the plan has no task %(task)s")
            yield Finding((*path, "replaces"), "unknown-task", text, params(task=task.replaces))


def tasks_are_left_to_nobody_that_ended(plan: Plan) -> Iterator[Finding]:
    """Whatever falls due has a unit on that day; successors are known and come after."""
    by_id = {unit.id: unit for unit in plan.units}
    for index, unit in enumerate(plan.units):
        successor = by_id.get(unit.successor)
        if _ends_first(unit):
            text = N_("'%(name)s' is in force on days of another entry, or ends before it begins")
            yield Finding(("units", index), "overlapping-dates", text, params(name=unit.name))
        if unit.successor and (successor is None or not unit.until):
            text = N_(
                "'successor' names the id of another unit, and 'until' the last day before it"
            )
            yield Finding(("units", index, "successor"), "ended-unit", text)
        elif successor and successor.until and unit.until and successor.until <= unit.until:
            text = N_("'%(name)s' ends before it can take over")
            values = params(name=successor.name)
            yield Finding(("units", index, "successor"), "ended-unit", text, values)
    yield from _left_to_nobody(plan)


def _left_to_nobody(plan: Plan) -> Iterator[Finding]:
    ended = units_by_name([unit for unit in plan.units if unit.until])
    if not ended:
        return
    amended = Amended(plan)
    for path, task in _tasks(plan):
        for occurrence in plan.occurrences(task):
            names = amended.on(task, occurrence.due).units
            over = [name for name in names if _is_over(ended.get(name), occurrence.due)]
            if over and len(over) == len(names):
                text = N_("nobody has %(ref)s on %(day)s: '%(name)s' has ended by then")
                values = params(ref=occurrence.ref, day=occurrence.due, name=over[0])
                yield Finding((*path, "units"), "ended-unit", text, values)
                break  # one finding a task: the others say the same


def _is_over(unit: Unit | None, day: dt.date) -> bool:
    return unit is not None and unit.until is not None and unit.until < day


def swaps_trade_a_weekend_day_for_a_weekday(plan: Plan) -> Iterator[Finding]:
    """A swapped day works a Saturday or Sunday and frees a weekday."""
    for index, swap in enumerate(plan.calendar.swaps):
        if swap.work.weekday() < _SATURDAY or swap.day_off.weekday() >= _SATURDAY:
            text = N_("'work' must be a Saturday or Sunday and 'day_off' a weekday")
            yield Finding(("calendar", "swaps", index), "bad-swap", text)


def outline_places_each_task_once(plan: Plan) -> Iterator[Finding]:
    """Every task that the outline names is one of the plan's, and stands in one point only."""
    if plan.outline is None:
        return
    numbers = {task.id for _section, task in plan.tasks()}
    seen: set[str] = set()
    for path, point in _points(plan.outline):
        for index, task in enumerate(point.tasks):
            if task not in numbers:
                text = N_("the plan has no task %(task)s")
                yield Finding((*path, "tasks", index), "unknown-task", text, params(task=task))
            elif task in seen:
                text = N_("task %(task)s stands in two points of the outline")
                yield Finding((*path, "tasks", index), "repeated-id", text, params(task=task))
            seen.add(task)


def _points(outline: Outline) -> Iterator[tuple[DataPath, OutlinePoint]]:
    for index, point in enumerate(outline.leading):
        yield ("outline", "leading", index), point
    for number, field in enumerate(outline.fields):
        for index, point in enumerate(field.points):
            yield ("outline", "fields", number, "points", index), point


def _tasks(plan: Plan) -> Iterator[tuple[DataPath, Task]]:
    for number, section in enumerate(plan.sections):
        for index, task in enumerate(section.tasks):
            yield ("sections", number, "tasks", index), task


def data_of_reports_follow_each_other(plan: Plan) -> Iterator[Finding]:
    """Each day is in the data of one report: they begin on the day after the last ones ended."""
    for index, report in enumerate(plan.reporting):
        days = (report.data_from, report.data_until)
        until = report.data_until or LAST_DAY
        if report.every == "week" or days in ((None, None), (None, LAST_DAY), (until + 1, until)):
            continue
        text = N_(
            "the data of '%(name)s' leave days out or count days twice: 'data_from' must be the "
            "day after 'data_until'"
        )
        yield Finding(("reporting", index), "data-days", text, params(name=report.name))


CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    tasks_have_a_schedule,
    task_numbers_are_unique,
    occurrences_have_a_period_of_their_own,
    single_deadlines_come_after_the_start,
    deadlines_mean_what_they_say,
    names_stand_for_one_unit,
    officers_are_listed_once,
    tasks_name_known_units,
    dated_entries_follow_each_other,
    amended_tasks_are_linked_and_in_order,
    tasks_are_left_to_nobody_that_ended,
    swaps_trade_a_weekend_day_for_a_weekday,
    outline_places_each_task_once,
    data_of_reports_follow_each_other,
)
