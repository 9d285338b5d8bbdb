"""Make next year's plan, as far as this year's tells.

The plan of one year in, a plan for the next out: years moved in titles, wordings and
rules, what ended in mid-year left out, what took over put in.  What only the office
knows (number, date, legal bases) stays for it to fill.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import msgspec

from parplan.deadlines.read import read_deadline
from parplan.plan.assignments import Amended, superior_meant, waits_for
from parplan.plan.document import Appendix, Clause
from parplan.plan.model import Calendar, Dated, Plan, Section, Task, Unit, superior_on
from parplan.plan.outline import Outline, OutlinePoint
from parplan.plan.unit_ids import unit_id
from parplan.schedule import periods
from parplan.schedule.rules import AnyRule, Continuous, In, On, OnDirective
from parplan.text import fold

_YEAR_NAMED = re.compile(r"((?:năm|NĂM|Năm)\s+)([12][0-9]{3})(?![0-9])")
_YEAR_OF_MONTH = re.compile(r"(?<![0-9/.-])((?:[0-9]{1,2}|[IV]{1,3})/)([12][0-9]{3})(?![0-9])")
_ANY_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?![0-9])")
_CITED = re.compile(r"(?:ngày\s+)?[0-9]{1,2}/[0-9]{1,2}/[12][0-9]{3}|[0-9]+/[12][0-9]{3}/[^\s]+")
"""Dates and numbers of documents: "ngày 18/3/2025", "59/2019/NĐ-CP"."""

_BLANK_DATE = re.compile(r"(ngày\s+)/\s*[0-9]{1,2}\s*/\s*[12][0-9]{3}")


class NextYearOptions(msgspec.Struct, frozen=True):
    """What the office says beside the old plan: a new superior, units by their old names."""

    superior: str = ""
    units: Mapping[str, str] = {}


class NextPlan(msgspec.Struct, frozen=True):
    """A plan for the next year, and what a person must look at."""

    plan: Plan
    dropped: list[str]
    """Numbers of the tasks that ended in the old year."""
    unmoved: list[str]
    """Numbers of the tasks whose wording does not say what their rules say any more."""
    kept_years: list[str]
    """Texts that name a year which was left as it is, such as a stage 2021 – 2025."""
    lacking: dict[str, list[tuple[str, str]]]
    """By task, dates that the new year has not (29 February, week 53), and what stands for each."""
    former: list[str]
    """Superiors of the old year that the new plan's text still names."""


def move_to_year(old: Plan, year: int, calendar: Calendar, options: NextYearOptions) -> NextPlan:
    """Return the plan of ``year`` that follows from ``old``.

    ``options.units`` maps names of ``old``'s units to new ones; a name that is no unit of
    ``old`` becomes a new unit.
    """
    mover = _Mover(old, year, options)
    sections = [mover.section(section) for section in old.sections]
    plan = msgspec.structs.replace(
        old,
        year=year,
        document=msgspec.structs.replace(
            old.document, number="", date="", title=mover.text(old.document.title)
        ),
        effective_from=dt.date(year, 1, 1),
        superior=mover.superior(),
        preamble=mover.text(old.preamble),
        text=[mover.clause(clause) for clause in old.text],
        closing=mover.text(old.closing),
        appendix=mover.appendix(old.appendix) if old.appendix else None,
        units=mover.units(),
        calendar=calendar,
        sections=[section for section in sections if section.tasks],
        outline=mover.outline(old.outline) if old.outline else None,
    )
    dropped = [task.id for _section, task in old.tasks() if mover.is_over(task)]
    unmoved = [task.id for _section, task in plan.tasks() if not _agrees(task, plan)]
    unchanged = list(dict.fromkeys(mover.left))
    return NextPlan(plan, dropped, unmoved, unchanged, mover.lacking, _former(old, plan))


def _former(old: Plan, new: Plan) -> list[str]:
    now = {body.name for body in new.superior}
    text = msgspec.json.encode((new.recipients, new.text, new.preamble, new.closing)).decode()
    return [body.name for body in old.superior if body.name not in now and body.name in text]


def _agrees(task: Task, plan: Plan) -> bool:
    reading = read_deadline(task.deadline_text, plan.year, before_included=plan.before_included)
    return reading.agrees(task.schedule, plan.year)


class _Mover:
    """Moves the pieces of one plan by so many years."""

    def __init__(self, old: Plan, year: int, options: NextYearOptions) -> None:
        self.old = old
        self.by = year - old.year
        self.last_day = dt.date(old.year, 12, 31)
        self.options = options
        self.amended = Amended(old)
        self.left: list[str] = []
        self.lacking: dict[str, list[tuple[str, str]]] = {}
        exact = {fold(name): name for unit in old.units for name in unit.names()[1:]}
        self._map = {
            fold(name): exact.setdefault(fold(new), new) for name, new in options.units.items()
        }

    def text(self, text: str) -> str:
        """Return ``text`` with "năm 2025" and "8/2025" moved; dates of documents stay."""
        moved = _BLANK_DATE.sub(r"\1/     /" + str(self.old.year + self.by), text)
        moved = _YEAR_NAMED.sub(self._moved, moved)
        moved = _YEAR_OF_MONTH.sub(self._moved, moved)
        rest = _YEAR_OF_MONTH.sub("", _YEAR_NAMED.sub("", _BLANK_DATE.sub("", text)))
        near = {str(self.old.year - 1), str(self.old.year)}
        if near.intersection(_ANY_YEAR.findall(_CITED.sub("", rest))):
            self.left.append(moved)
        return moved

    def _moved(self, match: re.Match[str]) -> str:
        return f"{match[1]}{self._year(match[2])}"

    def _year(self, year: str) -> str:
        """Return a year of the old plan or the one before it moved; others stay."""
        is_near = abs(int(year) - self.old.year) <= 1
        return str(int(year) + self.by) if is_near else year

    def wording(self, text: str) -> str:
        """Return a deadline's wording with every year moved."""
        return _ANY_YEAR.sub(lambda match: str(int(match[1]) + self.by), text)

    def outline(self, old: Outline) -> Outline:
        """Return the outline without tasks that ended; what replaced one stands in its place."""
        living = {task.id for _section, task in self.old.tasks() if not self.is_over(task)}
        named = {number for point in old.points() for number in point.tasks}
        replaced = {
            task.replaces: task.id
            for _section, task in self.old.tasks()
            if task.replaces and task.id not in named
        }

        def moved(points: Sequence[OutlinePoint]) -> list[OutlinePoint]:
            return [
                msgspec.structs.replace(
                    point,
                    tasks=[
                        number
                        for task in point.tasks
                        for number in (task, replaced.get(task))
                        if number in living
                    ],
                )
                for point in points
            ]

        fields = [
            msgspec.structs.replace(field, points=moved(field.points)) for field in old.fields
        ]
        return msgspec.structs.replace(old, leading=moved(old.leading), fields=fields)

    def clause(self, old: Clause) -> Clause:
        """Return a piece of the text, moved."""
        return msgspec.structs.replace(
            old,
            title=self.text(old.title),
            text=self.text(old.text),
            points=[self.text(point) for point in old.points],
            items=[self.clause(item) for item in old.items],
            remark=self.text(old.remark),
        )

    def appendix(self, old: Appendix) -> Appendix:
        """Return the appendix's heading, moved."""
        return msgspec.structs.replace(
            old,
            title=self.text(old.title),
            reference=self.text(old.reference),
            columns=[self.text(column) for column in old.columns],
        )

    def superior(self) -> list[Dated]:
        """Return the one superior that the new year begins with."""
        name = self.options.superior or superior_on(self.old, self.last_day)
        return [Dated(name=name)] if name else []

    def units(self) -> list[Unit]:
        """Return the units that are there on the last day of the old year, mapped."""
        stay = [unit for unit in self.old.units if unit.until is None or unit.until > self.last_day]
        renamed = {unit.id: self._mapped(unit.names()) for unit in stay}
        unchanged = [unit for unit in stay if renamed[unit.id] is None]
        taken = {unit.id for unit in unchanged}
        names = {name for unit in unchanged for name in unit.names()}
        units: list[Unit] = []
        for unit in stay:
            new = renamed[unit.id]
            if new is None:
                blank = {"from_": None, "until": None, "successor": "", "by": ""}
                units.append(msgspec.structs.replace(unit, **blank))
            elif new not in names:
                units.append(Unit(id=unit_id(new, taken), name=new))
                taken.add(units[-1].id)
                names.add(new)
        return units

    def _mapped(self, names: Sequence[str]) -> str | None:
        return next((self._map[fold(name)] for name in names if fold(name) in self._map), None)

    def is_over(self, task: Task) -> bool:
        """Tell whether ``task`` ended in the old year."""
        return task.until is not None and task.until <= self.last_day

    def section(self, old: Section) -> Section:
        """Return a section with the tasks that go on."""
        tasks = [self.task(task) for task in old.tasks if not self.is_over(task)]
        return msgspec.structs.replace(old, title=self.text(old.title), tasks=tasks)

    def task(self, old: Task) -> Task:
        """Return a task, moved, with the units that have it at the end of the old year."""
        now = self.amended.on(old, self.last_day)
        waiting = dict(
            zip(
                (rule.on_directive for rule in old.schedule if isinstance(rule, OnDirective)),
                waits_for(self.old, old, self.last_day),
                strict=True,
            )
        )
        return msgspec.structs.replace(
            now,
            title=self.text(old.title),
            short=self.text(old.short),
            requirement=self.text(old.requirement),
            deadline_text=self.wording(old.deadline_text),
            schedule=[self._noted_rule(old.id, rule, waiting) for rule in old.schedule],
            units=self._names(now.units),
            supporting=self._names(now.supporting),
            from_=None,
            until=None,
            by="",
            replaces="",
            handed_over=[],
        )

    def _names(self, names: Sequence[str]) -> list[str]:
        by_name = {name: unit.names() for unit in self.old.units for name in unit.names()}
        mapped = [self._mapped((name, *by_name.get(name, ()))) or name for name in names]
        return list(dict.fromkeys(mapped))

    def _noted_rule(self, task: str, old: AnyRule, waiting: Mapping[str, str]) -> AnyRule:
        """Return a rule moved; what the new year has not is noted for ``task``."""
        new = self.rule(old, waiting)
        for before, after in _written_dates(old, new):
            moved = self.wording(before)
            if moved != after:
                self.lacking.setdefault(task, []).append((moved, after))
        return new

    def rule(self, old: AnyRule, waiting: Mapping[str, str]) -> AnyRule:
        """Return a rule, its dates moved; one that waits names who is in office now."""
        if isinstance(old, Continuous):
            return old
        label = self.wording(old.label)
        if isinstance(old, In):
            return In(self._name(old.in_), label=label)
        if isinstance(old, On):
            return On(by=self._date(old.by), before=self._date(old.before), label=label)
        if isinstance(old, OnDirective):
            giver = waiting[old.on_directive]
            if self.options.superior and superior_meant(self.old, old.on_directive):
                giver = self.options.superior
            return msgspec.structs.replace(old, on_directive=giver, label=label)
        return msgspec.structs.replace(old, label=label)

    def _name(self, name: str) -> str:
        """Return a period's name moved; a day or week that the new year lacks is the one before."""
        moved = self.wording(name)
        if periods.parse(moved) is None:
            # Only these exist in some years and not in others.
            moved = moved.replace("-W53", "-W52").replace("-02-29", "-02-28")
        return moved

    def _date(self, day: dt.date | None) -> dt.date | None:
        if day is None:
            return None
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return day.replace(year=day.year + self.by, day=last)


def _written_dates(old: AnyRule, new: AnyRule) -> list[tuple[str, str]]:
    """Return the dates that a rule is written with, each before and after it was moved."""
    if isinstance(old, In) and isinstance(new, In):
        return [(old.in_, new.in_)]
    if isinstance(old, On) and isinstance(new, On):
        pairs = ((old.by, new.by), (old.before, new.before))
        return [(str(before), str(after)) for before, after in pairs if before and after]
    return []
