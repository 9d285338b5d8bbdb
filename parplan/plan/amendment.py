"""How does a plan change in mid-year, so that what held before stays in it with its dates?

A change and the plan's text in, the new text out, with what would be wrong in it.  Whatever
the change does not touch stays as it was typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from parplan.deadlines.read import read_deadline
from parplan.deadlines.write import deadline_wording
from parplan.plan.assignments import Amended
from parplan.plan.checks import check_plan
from parplan.plan.facts import Facts, document_edits, report_edits
from parplan.plan.file import read_plan
from parplan.plan.lookup import all_officers, require_task, require_unit, units_named
from parplan.plan.model import Dated, Handover, Plan, Task, Unit, in_force
from parplan.plan.series import with_other_sessions
from parplan.plan.unit_ids import unit_id
from parplan.plan.write import UNREAD, entry_lines, flow_text
from parplan.problem import N_, DataPath, UserError, params
from parplan.schedule.rules import AnyRule
from parplan.text import fold, one_line, whole_number
from parplan.yamlfile.edit import AddEntry, Edit, SetKey, apply_edits, without_comments
from parplan.yamlfile.reading import FileReading

_ONE_DAY = dt.timedelta(days=1)


class Change(msgspec.Struct, frozen=True):
    """What changes from the day ``start`` on; without a day, a deadline that nobody had read.

    ``what`` is superior, unit or task, ``name`` which unit or task; or document or report, which
    get ``number`` and ``facts`` without a day.  A task goes to the
    units ``to``, to ``officers``, or both; it is dropped, or replaced by a task with another
    ``deadline``, whose ``number`` is by default the next free one.  ``by`` is the document
    that decides it.
    """

    what: str
    name: str | None
    start: dt.date | None
    to: Sequence[str] = ()
    officers: Sequence[str] = ()
    drop: bool = False
    deadline: str | None = None
    number: str | None = None
    by: str = ""
    facts: Facts = Facts()


def amend(plan: Plan, path: str, text: str, change: Change) -> tuple[str, FileReading[Plan]]:
    """Return the text with ``change`` in it, and how it reads then.

    ``text`` is that of the file ``path``, and holds ``plan``.  It reads as no plan where the
    change brings mistakes: they are the reading's problems.  Raises UserError where the
    change is not clear, cannot be, or has no safe place in the text.
    """
    new_text = apply_edits(text, _edits(plan, change))
    if new_text is None:
        reason = N_("%(path)s is written in a way that cannot be edited safely; edit it by hand")
        raise UserError(reason, params(path=path))
    if change.start is None and change.name and change.deadline is not None:
        schedule = (*_task_path(plan, require_task(plan, change.name)), "schedule")
        new_text = without_comments(new_text, schedule, f"# {UNREAD}")  # it is read now
    new = read_plan(path, new_text.encode())
    if new.value is None:
        return new_text, new
    old_findings = {(finding.code, finding.values) for finding in check_plan(plan, path)}
    findings = [
        finding
        for finding in check_plan(new.value, path)
        if (finding.code, finding.values) not in old_findings
    ]
    if findings:
        return new_text, FileReading(path, new.text, None, new.locate(findings))
    return new_text, new


def _edits(plan: Plan, change: Change) -> list[Edit]:
    """Return the edits that make ``change``; raises UserError where it is not clear."""
    if change.what in ("document", "report"):
        return _fact_edits(plan, change)
    if change.facts != Facts():
        text = N_("--date, --signer and the like go with 'amend document' and 'amend report'")
        raise UserError(text)
    if change.start is None:
        return _settle(plan, change)
    amendment = _Amendment(plan, change.start, change.by)
    ways = [bool(change.to or change.officers), change.drop, change.deadline is not None]
    if change.what == "superior" and change.name is None and len(change.to) == 1:
        return amendment.superior(change.to[0])
    if change.what == "unit" and change.name and len(change.to) == 1:
        return amendment.unit(change.name, change.to[0])
    if change.what == "task" and change.name and ways.count(True) == 1:
        task = require_task(plan, change.name)
        if change.to or change.officers:
            return amendment.hand_over(task, change.to, change.officers)
        return amendment.end(task, change.deadline, change.number)
    raise UserError(
        N_(
            "write 'amend superior --to NAME', 'amend unit NAME --to NAME', or 'amend task "
            "NUMBER' with --to, --officer or both, or one of --drop, --deadline; 'amend document' "
            "and 'amend report' take --number, --date and so on"
        )
    )


def _fact_edits(plan: Plan, change: Change) -> list[Edit]:
    """Return the edits that let the document or a report have other facts."""
    ways = (change.start, change.to, change.officers, change.drop, change.deadline, change.by)
    if any(ways):
        text = N_("'amend document' and 'amend report' change what holds for the whole year")
        raise UserError(text)
    if change.what == "report":
        if change.number is not None:
            raise UserError(N_("a report gets its number in its draft"))
        return report_edits(plan, change.name, change.facts)
    if change.name is not None:
        raise UserError(N_("'amend document' takes options alone, such as --number 41"))
    return document_edits(plan, change.number, change.facts)


def _settle(plan: Plan, change: Change) -> list[Edit]:
    """Return the edits that give a task a schedule, or officers, where it has none.

    Nothing held before, so that the task stays the same, its wording as issued.
    """
    if change.what == "task" and change.name and not (change.to or change.drop):
        task = require_task(plan, change.name)
        if change.officers and change.deadline is None and not task.every_officer:
            names = [flow_text(_officer_as_in_the_plan(plan, name)) for name in change.officers]
            return [SetKey(_task_path(plan, task), "officer", f"[{', '.join(names)}]")]
        if change.deadline is not None and not change.officers and not task.schedule:
            path = (*_task_path(plan, task), "schedule")
            rules = _rules(plan, change.deadline)
            return [AddEntry(path, entry_lines(rule)) for rule in rules]
    raise UserError(N_("say from which day the change holds: --from 1/7/2025"))


def _rules(plan: Plan, deadline: str) -> Sequence[AnyRule]:
    """Return what ``deadline`` means; raises UserError where it is not understood."""
    reading = read_deadline(deadline, plan.year, before_included=plan.before_included)
    if not reading.rules:
        text = N_("the deadline is not understood: %(unread)s; 'parplan explain' tells more")
        raise UserError(text, params(unread=reading.unread))
    return reading.rules


def _task_path(plan: Plan, task: Task) -> DataPath:
    for number, section in enumerate(plan.sections):
        if task in section.tasks:
            return ("sections", number, "tasks", section.tasks.index(task))
    raise AssertionError(task.id)


class _Amendment:
    """The edits of a change to ``plan`` that holds from the day ``start`` on."""

    def __init__(self, plan: Plan, start: dt.date, by: str) -> None:
        self.plan = plan
        self.start = start
        self.last = start - _ONE_DAY
        self.by = by

    def superior(self, name: str) -> list[Edit]:
        """Return the edits that let ``name`` follow the superior of the day before."""
        current = in_force(self.plan.superior, self.last)
        edits: list[Edit] = []
        if current is not None:
            index = self.plan.superior.index(current)
            edits += self._until(("superior", index), current.until, is_all=False)
        entry = Dated(name=name, from_=self.start, by=self.by)
        return [*edits, AddEntry(("superior",), entry_lines(entry))]

    def unit(self, name: str, to: str) -> list[Edit]:
        """Return the edits that end the unit ``name`` and let ``to`` take over.

        Where no other unit has that name or these words, it is a new one.
        """
        units = self.plan.units
        old = require_unit(self.plan, name)
        path: DataPath = ("units", units.index(old))
        edits = self._until(path, old.until, is_all=bool(old.successor))
        target = next((unit for unit in units if fold(to) in map(fold, unit.names())), None)
        if target is None and units_named(self.plan, to) - {old.id}:
            target = require_unit(self.plan, to)
        if target is None:
            number = unit_id(to, {unit.id for unit in units})
            target = Unit(id=number, name=to, from_=self.start, by=self.by)
            edits.append(AddEntry(("units",), entry_lines(target)))
        edits.append(SetKey(path, "successor", target.id))
        return edits + self._authority(path, old.by)

    def hand_over(self, task: Task, to: Sequence[str], officers: Sequence[str]) -> list[Edit]:
        """Return the edit that gives ``task`` to ``to``, units of the plan, and to ``officers``.

        Without ``to`` the units stay as they are.
        """
        names = [_as_in_the_plan(require_unit(self.plan, name), name) for name in to]
        path = _task_path(self.plan, task)
        people = [_officer_as_in_the_plan(self.plan, name) for name in officers]
        entry = Handover(from_=self.start, units=names, officers=people, by=self.by)
        if task.handed_over:
            return [AddEntry((*path, "handed_over"), entry_lines(entry))]
        return [SetKey(path, "handed_over", f"[{flow_text(entry)}]")]

    def end(self, task: Task, deadline: str | None, number: str | None) -> list[Edit]:
        """Return the edits that end ``task``, and let a new one with ``deadline`` replace it."""
        path = _task_path(self.plan, task)
        edits = self._until(path, task.until, is_all=deadline is None)
        edits += self._authority(path, task.by)
        if deadline is None:
            return edits
        typed = _rules(self.plan, deadline)
        rules = with_other_sessions(self.plan, task, typed, self.start)
        before_included = self.plan.before_included
        wording = (
            deadline if rules == typed else deadline_wording(rules, before_included=before_included)
        )
        now = Amended(self.plan).on(task, self.last)
        new = Task(
            id=number or self._next_number(task),
            title=task.title,
            short=task.short,
            requirement=task.requirement,
            target=task.target,
            deadline_text=wording,
            schedule=rules,
            units=now.units,
            supporting=now.supporting,
            officers=now.officers,
            from_=self.start,
            by=self.by,
            replaces=task.id,
        )
        return [*edits, AddEntry(path[:-1], entry_lines(new), after=int(path[-1]))]

    def _until(self, path: DataPath, until: dt.date | None, *, is_all: bool) -> list[Edit]:
        """Return the edit that ends what has the end ``until``, none where it is written already.

        Raises UserError where it ends on another day, or its end ``is_all`` that is to change.
        """
        if until is None:
            return [SetKey(path, "until", self.last.isoformat())]
        if until == self.last and not is_all:
            return []
        text = N_("it ends on %(day)s already; change that in the plan by hand")
        raise UserError(text, params(day=until))

    def _authority(self, path: DataPath, written: str) -> list[Edit]:
        """Return the edit that names who decided it; what is ``written`` stays."""
        return [SetKey(path, "by", flow_text(self.by))] if self.by and not written else []

    def _next_number(self, replaced: Task) -> str:
        """Return the next free number of the kind that ``replaced`` has: "5", "A.3", "8.2"."""
        prefix = replaced.id.rstrip("0123456789")
        prefix = "" if prefix == replaced.id else prefix  # "4a"
        ids = [task.id for _section, task in self.plan.tasks() if task.id.startswith(prefix)]
        numbers = [whole_number(id_.removeprefix(prefix)) for id_ in ids]
        return f"{prefix}{max((number or 0 for number in numbers), default=0) + 1}"


def _officer_as_in_the_plan(plan: Plan, name: str) -> str:
    """Return ``name`` as the plan writes it; typed without accents, it is the one that has some.

    Raises UserError where several have them, or it is no name: blank, or of signs nobody sees.
    """
    name, every = one_line(name), all_officers(plan)
    if not name or not name.isprintable():
        text = N_("'%(name)s' is no name of an officer; type it as --officer \"Nguyễn Thị Lan\"")
        raise UserError(text, params(name=name))
    matches = (
        [officer for officer in every if officer == name]
        or [officer for officer in every if officer.casefold() == name.casefold()]
        or [officer for officer in every if fold(officer) == name.casefold()]
        or [name]
    )
    if len(matches) > 1:
        text = N_("'%(wanted)s' can be several officers: %(known)s; write the full name")
        raise UserError(text, params(wanted=name, known=", ".join(matches)))
    return matches[0]


def _as_in_the_plan(unit: Unit, name: str) -> str:
    """Return the name of ``unit`` that ``name`` is but for case and accents, else its own."""
    return next((alias for alias in unit.names() if fold(alias) == fold(name)), unit.name)
