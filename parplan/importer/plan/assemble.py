"""Makes a plan of what a file holds, as far as it is certain, and notes the rest.

The appendix and the letterhead, as read, become a ``Plan``; whatever was not understood
is a ``Note`` with its place.  Nothing is concluded that the file does not say.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

import msgspec

from parplan.deadlines.read import read_deadline
from parplan.importer.clean import join_broken_lines, tidy
from parplan.importer.grid import Place, Source, Table
from parplan.importer.office.marks import without_footnotes
from parplan.importer.plan.appendix import read_appendix
from parplan.importer.plan.blocks import blocks_before
from parplan.importer.plan.cover import (
    effective_from,
    gaps_to_fill,
    head_values,
    make_plan,
    year_of,
)
from parplan.importer.plan.letterhead import Letterhead, read_letterhead
from parplan.importer.plan.lost_rows import AS_TEXT, lines_of_tasks
from parplan.importer.plan.month_rows import OTHER_MONTH, complete_deadline, is_of, month_of
from parplan.importer.plan.numbers import section_ids, task_ids
from parplan.importer.plan.officers import officer_names
from parplan.importer.plan.printed import NOTHING_ABOVE, RawAppendix, RawSection, RawTask
from parplan.importer.plan.titles import appendix_heading, with_type_apart
from parplan.importer.plan.units import LONGEST_CELL, UnitMatch, Units
from parplan.plan.checks import check_plan
from parplan.plan.model import Plan, Section, Task
from parplan.problem import N_, DataPath, Marked, UserError, Values, params
from parplan.schedule.periods import Period
from parplan.schedule.rules import AnyRule
from parplan.text import fold, one_line

MAX_TASKS = 3_000
"""More than any office has in a year; what lists more is something else."""

_MOST_NAMED = 20
"""Tasks whose numbers stand in one line."""

# As Excel, LibreOffice, Google and WPS name a new sheet, in English and Vietnamese.
_DEFAULT_SHEET = re.compile(r"(?:sheet|(?:trang|bang)[ _]tinh)[ _]*[0-9]*")


class ImportNote(msgspec.Struct, frozen=True):
    """Something left to the clerk: what, where in the file, and about which task."""

    code: str
    text: str
    values: Values
    place: Place
    task: str = ""


class ImportedPlan(msgspec.Struct):
    """A plan that was read, with everything that the clerk must know about the reading."""

    plan: Plan
    notes: list[ImportNote]
    comments: dict[DataPath, list[tuple[str, Values]]]
    tables: list[Place]
    missing: list[str]
    left_out: list[str]
    units: list[UnitMatch]
    new_units: list[str]
    places: dict[str, Place]
    """Where each task stands in the file, by its number in the plan."""

    def deadlines(self) -> tuple[int, int]:
        """Return how many tasks have a deadline that was read, and how many were left open."""
        tasks = [task for _section, task in self.plan.tasks()]
        read = sum(bool(task.schedule) for task in tasks)
        return read, len(tasks) - read

    def is_open(self, path: DataPath) -> bool:
        """Tell whether ``path`` is that of a schedule, or of units, left empty."""
        if path[-1] not in ("schedule", "units") or len(path) != 5:
            return False
        task = self.plan.sections[int(path[1])].tasks[int(path[3])]
        return not (task.schedule if path[-1] == "schedule" else task.units)


def assemble_plan(source: Source, year: int | None, earlier: Plan | None) -> ImportedPlan | None:
    """Return the plan that ``source`` holds, None where it has no table of tasks.

    ``year`` is the plan's where the user said so.  From ``earlier``, another plan of the office,
    come its units and how it means 'trước'.  Raises UserError when nothing tells the year.
    """
    appendix = read_appendix(source.blocks)
    appendix.unread += [(AS_TEXT, line, place) for line, place in lines_of_tasks(source.blocks)]
    sections = [section for section in appendix.sections if section.tasks]
    if not sections:
        return None
    if sum(len(section.tasks) for section in sections) > MAX_TASKS:
        text = N_("the file lists more than %(most)s tasks; no yearly plan does")
        raise UserError(text, params(most=MAX_TASKS))
    blocks, first = blocks_before(source.blocks, appendix.tables[0])
    if appendix.below:
        blocks.append(Table(appendix.below[0].place, appendix.below))
    head = read_letterhead(blocks, first, appendix.tables[0].budget)
    return _PlanAssembler(
        source, appendix, sections, head, year or year_of(head, source), earlier
    ).assemble()


class _PlanAssembler:
    def __init__(
        self,
        source: Source,
        appendix: RawAppendix,
        sections: list[RawSection],
        head: Letterhead,
        year: int,
        earlier: Plan | None,
    ) -> None:
        self.source, self.appendix, self.sections = source, appendix, sections
        self.head, self.year = head, year
        self.budget = source.tables()[0].budget
        self.before_included = earlier is not None and earlier.before_included
        first = dt.date(year, 1, 1)
        current = (
            [u for u in earlier.units if u.until is None or u.until >= first] if earlier else []
        )
        self.units = Units(current, [task.text("units") for s in sections for task in s.tasks])
        self.notes: list[ImportNote] = []
        self.comments: dict[DataPath, list[tuple[str, Values]]] = {}
        self.raw: dict[DataPath, tuple[str, RawTask]] = {}  # by path, with the number in the plan
        self.table_titles: dict[int, str] = {}

    def assemble(self) -> ImportedPlan:
        """Return the plan, in which no rule is left that ``check`` would refuse."""
        for reason, printed, place in self.appendix.unread:
            text = N_("row not read: “%(said)s” (%(why)s)")
            self.notes.append(
                ImportNote("row", text, params(said=_short(printed), why=Marked(reason)), place)
            )
        tables = [table.place for table in self.appendix.tables]
        unread = (place for _reason, _printed, place in self.appendix.unread)
        named = {place.sheet for place in (*tables, *unread)}
        for table in self.source.tables():
            if table.place.sheet and table.rows and table.place.sheet not in named:
                text = N_("the sheet lists no tasks; it was not read")
                self.notes.append(ImportNote("sheet", text, (), table.place))
        for reason, place in self.source.gaps:
            self.notes.append(ImportNote("cell", reason, (), place))
        sections = list(self._sections())
        day, why = effective_from(self.head, self.year)
        if why:
            self.comments[("effective_from",)] = [why]
        for path in gaps_to_fill(self.head):
            self.comments[path] = [(N_("not found in the file"), ())]
        units = self.units.all()
        plan = make_plan(self.head, self.year, day, self.appendix.headings, units, sections)
        plan = self._checked(msgspec.structs.replace(plan, before_included=self.before_included))
        self.notes += self._without_unit(plan)
        missing = [name for name, value in head_values(self.head).items() if not value]
        order = {table.place.sheet: i for i, table in enumerate(self.source.tables())}
        return ImportedPlan(
            plan=plan,
            notes=sorted(self.notes, key=lambda note: note.place.order(order)),
            comments=self.comments,
            tables=tables,
            missing=missing,
            left_out=self.appendix.left_out,
            units=list(self.units.matches.values()),
            new_units=self.units.new,
            places={number: raw.place for number, raw in self.raw.values()},
        )

    def _sections(self) -> Iterator[Section]:
        names = section_ids(self.sections)
        ids = task_ids(self.sections, names)
        for i, (section, name) in enumerate(zip(self.sections, names, strict=True)):
            title = self._section_title(section)
            month = month_of(section.title, self.year)
            for raw in section.tasks:
                complete_deadline(raw, title, month, self.year)
            tasks = [
                self._task(raw, number, is_printed, ("sections", i, "tasks", k), month)
                for k, (raw, (number, is_printed)) in enumerate(
                    zip(section.tasks, ids[i], strict=True)
                )
            ]
            yield Section(id=name, title=title, tasks=tasks)

    def _section_title(self, section: RawSection) -> str:
        if section.title:
            return section.title
        if section.table not in self.table_titles:
            table = self.source.tables()[section.table]
            blocks, at = blocks_before(self.source.blocks, table)
            title = appendix_heading(with_type_apart(blocks[:at]))[0]
            title = title or _given_name(table.place.sheet) or self.head.appendix_title
            self.table_titles[section.table] = title or "Nhiệm vụ"
        return self.table_titles[section.table]

    def _task(
        self, raw: RawTask, number: str, is_printed: bool, path: DataPath, month: Period | None
    ) -> Task:
        self.budget.check_clock()
        self.raw[path] = number, raw
        if not is_printed:
            if raw.step:
                text = N_("'%(printed)s' has several steps; this one is called %(task)s here")
            elif raw.number:
                text = N_("number '%(printed)s' is printed twice; the task is called %(task)s here")
            else:
                text = N_("no number is printed; the task is called %(task)s here")
            self._note("number", text, params(task=number, printed=raw.number), path, "")
        lead, helping = self._units(raw, path)
        deadline = tidy(raw.text("deadline"))
        return Task(
            id=number,
            title=join_broken_lines(raw.text("title")),
            requirement=self._requirement(raw, path),
            deadline_text=deadline,
            schedule=self._schedule(deadline, raw.doubt("deadline"), path, month),
            units=lead,
            supporting=helping,
            officers=self._officers(raw, path),
        )

    def _units(self, raw: RawTask, path: DataPath) -> tuple[list[str], list[str]]:
        """Return who does the task and who helps, both known to the plan from now on."""
        names: list[list[str]] = [[], []]
        for part in ("units", "supporting"):
            cell = raw.text(part)
            if self._lacks_above(raw, path, part):
                continue
            if len(cell) > LONGEST_CELL:
                text = N_("units not understood: “%(unread)s”")
                self._note("units", text, params(unread=_short(one_line(cell))), path, part)
                continue
            lead, helping = self.units.named_in(cell)
            names[part == "supporting"] += lead
            names[1] += helping
        for name in itertools.chain(*names):
            self.units.resolve(name)
        return names[0], list(dict.fromkeys(names[1]))

    def _requirement(self, raw: RawTask, path: DataPath) -> str:
        if self._lacks_above(raw, path, "requirement"):
            return ""
        return join_broken_lines(raw.text("requirement"))

    def _lacks_above(self, raw: RawTask, path: DataPath, part: str) -> bool:
        """Tell whether ``part`` is a ditto mark below an empty cell, and note it."""
        if raw.doubt(part) != NOTHING_ABOVE:
            return False
        code = {"requirement": "cell", "officers": "officers"}.get(part, "units")
        unread = params(unread=_short(one_line(raw.text(part))))
        self._note(code, NOTHING_ABOVE, unread, path, part)
        return True

    def _officers(self, raw: RawTask, path: DataPath) -> list[str]:
        """Return the names that stand in the column of officers."""
        cell = raw.text("officers")
        if self._lacks_above(raw, path, "officers"):
            return []
        names = officer_names(cell)
        if names is None:
            text = N_("officers not understood: “%(unread)s”")
            values = params(unread=_short(one_line(cell)))
            self._note("officers", text, values, path, "officers")
        return names or []

    def _without_unit(self, plan: Plan) -> Iterator[ImportNote]:
        """Yield what to say of tasks for which the file names no unit: a line a table."""
        told = {note.task for note in self.notes if note.code == "units"}
        tasks = [task.id for _section, task in plan.tasks() if not task.units]
        places = {number: raw.place for number, raw in self.raw.values()}
        by_table: dict[tuple[str, int], list[str]] = {}
        for number in tasks:
            if number not in told:
                place = places[number]
                by_table.setdefault((place.sheet, place.table), []).append(number)
        for (name, table), numbers in by_table.items():
            if len(numbers) == 1:
                (number,) = numbers
                text = N_("no unit is named")
                yield ImportNote("no-unit", text, (), places[number], number)
                continue
            listed = ", ".join([*numbers[:_MOST_NAMED], *["…"][: len(numbers) > _MOST_NAMED]])
            text = N_("%(number)s tasks have no unit: %(tasks)s")
            values = params(number=str(len(numbers)), tasks=listed)
            yield ImportNote("no-unit", text, values, Place(sheet=name, table=table))

    def _schedule(
        self, deadline: str, doubt: str, path: DataPath, month: Period | None
    ) -> list[AnyRule]:
        if not deadline:
            text = N_("no deadline is written")
            self._note("no-deadline", text, (), path, "deadline")
            return []
        if doubt:
            values = params(unread=_short(one_line(deadline)))
            self._note("unread", doubt, values, path, "deadline")
            return []
        wording = without_footnotes(deadline)
        reading = read_deadline(wording, self.year, before_included=self.before_included)
        if reading.unread or not reading.rules:
            unread = _short(one_line(reading.unread or deadline))
            text = N_("deadline not understood: “%(unread)s”")
            values = params(unread=unread)
            if reading.reason:
                text = N_("deadline not understood: “%(unread)s” (%(why)s)")
                values = params(unread=unread, why=Marked(reading.reason))
            self._note("unread", text, values, path, "deadline")
            return []
        if month is not None and not is_of(month, reading):
            self._note("unread", OTHER_MONTH, (), path, "deadline")
            return []
        return list(reading.rules)

    def _note(self, code: str, text: str, values: Values, path: DataPath, part: str) -> None:
        number, raw = self.raw[path]
        place = raw.where(part) if part else raw.place
        self.notes.append(ImportNote(code, text, values, place, number))
        key = {"deadline": "schedule", "units": "units"}.get(part, "")
        above = (*path, key) if key else path
        self.comments.setdefault(above, []).append((text, values))

    def _checked(self, plan: Plan) -> Plan:
        """Return ``plan`` without the rules of tasks that ``check`` finds contradictory."""
        emptied: set[DataPath] = set()
        for finding in check_plan(plan, f"{self.year}.yaml"):
            if finding.code not in ("repeated-ref", "never-due"):
                continue
            path = finding.path[:4]
            self._note(finding.code, finding.text, finding.values, path, "deadline")
            if finding.code == "repeated-ref":
                emptied.add(path)
        sections = [
            msgspec.structs.replace(
                section,
                tasks=[
                    msgspec.structs.replace(task, schedule=[])
                    if ("sections", i, "tasks", k) in emptied
                    else task
                    for k, task in enumerate(section.tasks)
                ],
            )
            for i, section in enumerate(plan.sections)
        ]
        return msgspec.structs.replace(plan, sections=sections)


def _given_name(sheet: str) -> str:
    """Return the name of a ``sheet``, nothing where it is one that programs give.

    >>> _given_name("Sheet1"), _given_name("Trang_tính1"), _given_name("Khối thu")
    ('', '', 'Khối thu')
    """
    return "" if _DEFAULT_SHEET.fullmatch(fold(sheet)) else sheet


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
