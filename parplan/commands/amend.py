"""``parplan amend``: change a plan in mid-year; what held before stays in it, with its dates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import click
import typer

from parplan.cli.options import AmendmentOptions, Shared
from parplan.cli.recording import clean, find_task
from parplan.cli.session import Session, Unreadable, open_session, require_unit
from parplan.deadlines import read as phrase
from parplan.i18n import _
from parplan.plan.checks import check_plan
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.plan.model import Dated, Handover, Plan, Task, Unit, in_force
from parplan.plan.unit_ids import unit_id
from parplan.plan.write import entry_lines, flow_text
from parplan.problem import N_, DataPath, UserError, params
from parplan.text import fold, visible, whole_number
from parplan.workspace import files
from parplan.workspace.changes import say_change
from parplan.workspace.workspace import CHANGED_MEANWHILE
from parplan.yamlfile import edit as planedit
from parplan.yamlfile.edit import AddEntry, Edit, SetKey

EXAMPLES = (
    'parplan amend superior --to "UBND thành phố Hà Nội" --from 1/7/2025 --by "NQ 1656"',
    'parplan amend unit "Văn phòng UBND" --to "Trung tâm Phục vụ hành chính công" --from 1/7/2025',
    'parplan amend task 7 --to "Một cửa" --from 1/7/2025',
    'parplan amend task 20 --drop --from 1/7/2025 --by "QĐ 15/QĐ-UBND"',
    'parplan amend task 4 --deadline "Tháng 12/2025" --from 1/7/2025',
)

_ONE_DAY = dt.timedelta(days=1)


def amend(
    what: Annotated[
        str,
        typer.Argument(metavar="superior|unit|task", help=N_("What is changed.")),
    ],
    name: Annotated[
        str | None,
        typer.Argument(metavar=N_("[NAME]"), help=N_("Which unit, or the number of the task.")),
    ] = None,
    *,
    options: AmendmentOptions,
    shared: Shared,
) -> None:
    """Write a dated change into the plan."""
    start = options.start
    if start is None:
        raise UserError(N_("say from which day the change holds: --from 1/7/2025"))
    session = open_session(shared)
    amendment = _Amendment(session.plan, start, clean(options.by or ""))
    _write(session, _edits(amendment, what, name, options))


def _edits(
    amendment: _Amendment, what: str, name: str | None, options: AmendmentOptions
) -> list[Edit]:
    """Return the edits that the command line asks for; raises UserError where it is not clear."""
    successors = [clean(one) for one in options.successors]
    deadline = options.deadline
    ways = [bool(successors), options.drop, deadline is not None]
    if what == "superior" and name is None and len(successors) == 1:
        return amendment.superior(successors[0])
    if what == "unit" and name and len(successors) == 1:
        return amendment.unit(name, successors[0])
    if what == "task" and name and ways.count(True) == 1:
        task = find_task(amendment.plan, name)
        if successors:
            return amendment.hand_over(task, successors)
        return amendment.end(task, deadline, options.number)
    raise UserError(
        N_(
            "write 'amend superior --to NAME', 'amend unit NAME --to NAME', or 'amend task "
            "NUMBER' with one of --to, --drop, --deadline"
        )
    )


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
        """Return the edits that end the unit ``name`` and let ``to`` take over."""
        units = self.plan.units
        old = require_unit(self.plan, name)
        path: DataPath = ("units", units.index(old))
        edits: list[Edit] = self._until(path, old.until, is_all=bool(old.successor))
        known = next((unit for unit in units if fold(to) in map(fold, unit.names())), None)
        if known is None:
            number = unit_id(to, {unit.id for unit in units})
            known = Unit(id=number, name=to, from_=self.start, by=self.by)
            edits.append(AddEntry(("units",), entry_lines(known)))
        edits.append(SetKey(path, "successor", known.id))
        return edits + self._authority(path, old.by)

    def hand_over(self, task: Task, to: list[str]) -> list[Edit]:
        """Return the edit that gives ``task`` to the units ``to``."""
        names = [_as_in_the_plan(require_unit(self.plan, name), name) for name in to]
        path = self._task(task)
        entry = Handover(from_=self.start, units=names, by=self.by)
        if task.handed_over:
            return [AddEntry((*path, "handed_over"), entry_lines(entry))]
        return [SetKey(path, "handed_over", f"[{flow_text(entry)}]")]

    def end(self, task: Task, deadline: str | None, number: str | None) -> list[Edit]:
        """Return the edits that end ``task``, and let a new one with ``deadline`` replace it."""
        path = self._task(task)
        edits = self._until(path, task.until, is_all=deadline is None)
        edits += self._authority(path, task.by)
        if deadline is None:
            return edits
        said = clean(deadline)
        setting = self.plan.before_included
        found = phrase.read(said, self.plan.year, before_included=setting)
        if not found.rules:
            text = N_("the deadline is not understood: %(unread)s; 'parplan explain' tells more")
            raise UserError(text, params(unread=found.unread))
        new = Task(
            id=number or self._next_number(),
            title=task.title,
            short=task.short,
            requirement=task.requirement,
            target=task.target,
            deadline_text=said,
            schedule=found.rules,
            units=task.units,
            supporting=task.supporting,
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

    def _task(self, task: Task) -> DataPath:
        for number, section in enumerate(self.plan.sections):
            if task in section.tasks:
                return ("sections", number, "tasks", section.tasks.index(task))
        raise AssertionError(task.id)

    def _next_number(self) -> str:
        numbers = (whole_number(task.id) for _section, task in self.plan.tasks())
        return str(max((one for one in numbers if one is not None), default=0) + 1)


def _as_in_the_plan(unit: Unit, name: str) -> str:
    """Return the name of ``unit`` that ``name`` is but for case and accents."""
    return next(one for one in unit.names() if fold(one) == fold(name))


def _write(session: Session, edits: list[Edit]) -> None:
    """Put ``edits`` into the plan's file, unless it would then have new mistakes."""
    year = session.plan.year
    path = session.workspace.plan_path(year)
    old = files.read_bytes(path)
    if read_plan(session.reading.path, old).plan != session.plan:  # the edits are not for it
        raise UserError(CHANGED_MEANWHILE, params(path=session.reading.path))
    text = planedit.apply(old.decode("utf-8"), edits)
    shown = session.reading.path
    if text is None:
        reason = N_("%(path)s is written in a way that cannot be edited safely; edit it by hand")
        raise UserError(reason, params(path=shown))
    new = read_plan(shown, text.encode())
    if new.plan is None:
        raise Unreadable(new.text, new.problems)
    known = {(one.code, one.values) for one in check_plan(session.plan, shown)}
    found = check_plan(new.plan, shown)
    findings = [one for one in found if (one.code, one.values) not in known]
    if findings:
        raise Unreadable(new.text, new.locate(findings))
    session.workspace.rewrite_plan(year, old, text.encode())
    for change in compare_plans(session.plan, new.plan):
        click.echo(visible(say_change(change)))
    click.echo(_("written  %(path)s") % {"path": shown})


CALLBACKS = {"amend": amend}
