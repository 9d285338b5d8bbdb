"""The workspace, plan, day and language that a command works with.

Reads the shared options, the environment and the clock, once; whatever is
missing ends in a ``UserError`` that says what to do.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from parplan import i18n
from parplan.agenda.items import Keep, agenda, keep_named
from parplan.cli.clock import clock_day
from parplan.cli.user_settings import read_settings, workspace_at
from parplan.journal.file import Journal
from parplan.journal.progress import Progress, progress_by_ref
from parplan.journal.record import Record
from parplan.plan.lookup import NO_UNIT, require_officer, sections_named, units_named
from parplan.plan.model import Plan, Unit, units_by_name
from parplan.problem import N_, Problem, UserError, params
from parplan.schedule import periods
from parplan.schedule.reference import Ref
from parplan.workspace import files
from parplan.workspace.workspace import NO_PLAN, Workspace, misnamed_plans
from parplan.yamlfile.reading import FileReading

_Model = TypeVar("_Model", bound=msgspec.Struct)

if TYPE_CHECKING:
    from parplan.cli.options import FilterOptions, Shared  # the help needs no Typer
    from parplan.forms.model import Forms
    from parplan.score.index import Index


class Unreadable(Exception):
    """A file of the workspace that cannot be used; the rim prints its problems."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        super().__init__()
        self.text = text
        self.problems = problems


def usable(reading: FileReading[_Model]) -> _Model:
    """Return what was read; raises Unreadable where the file has faults."""
    if reading.value is None:
        raise Unreadable(reading.text, reading.problems)
    return reading.value


class NoWorkspace(UserError):
    """There is no plan in the folder, nor above it."""


class Session(msgspec.Struct, frozen=True):
    """What a command works with."""

    workspace: Workspace
    reading: FileReading[Plan]
    plan: Plan
    as_of: dt.date

    def read_and_complain(self) -> Journal:
        """Return what was recorded, and print on stderr which lines could not be read."""
        journal = self.workspace.read_journal(self.plan.year)
        if journal.problems:
            from parplan.cli.diagnostics import complain

            complain(journal.problems, "")
        return journal

    def progress(self) -> dict[str, Progress]:
        """Return what was recorded by today, by reference; complains as ``read_and_complain``."""
        return self.progress_after(self.read_and_complain().records)

    def progress_after(self, records: Iterable[Record]) -> dict[str, Progress]:
        """Return what ``records`` say by today, by reference."""
        return progress_by_ref(records, self.as_of)

    def index(self) -> Index:
        """Return the index of the year; raises UserError where there is none.

        Raises Unreadable when its file has faults.
        """
        index = self.index_or_none()
        if index is None:
            path = self.workspace.shown(self.workspace.index_path(self.plan.year))
            text = N_(
                "there is no %(path)s; 'parplan score example' writes an example, 'parplan score "
                "import' takes the official set from a table"
            )
            raise UserError(text, params(path=path))
        return index

    def index_or_none(self) -> Index | None:
        """Return the index of the year, None where there is none; raises as ``index``.

        Tasks that replace others in the plan stand beside them in it.
        """
        from parplan.score.index_file import read_index  # 'due' needs no index
        from parplan.score.replaced import follow_replaced

        path = self.workspace.index_path(self.plan.year)
        reading = self.workspace.read_by(read_index, path)
        return None if reading is None else follow_replaced(usable(reading), self.plan)

    def forms(self) -> Forms:
        """Return the statistical forms of the year; raises UserError where there are none.

        Raises Unreadable when their file has faults.
        """
        from parplan.forms.file import read_forms  # few commands need them

        path = self.workspace.forms_path(self.plan.year)
        reading = self.workspace.read_by(read_forms, path)
        if reading is None:
            text = N_("there is no %(path)s; 'parplan forms example' writes an example of it")
            raise UserError(text, params(path=self.workspace.shown(path)))
        return usable(reading)

    def last_year(self) -> tuple[Plan, list[Record]] | None:
        """Return last year's plan and its records, None where there is none; raises Unreadable."""
        year = self.plan.year - 1
        if year not in self.workspace.years():
            return None
        plan = usable(self.workspace.read_plan(year))
        return plan, self.workspace.read_journal(year).records

    def units(self) -> dict[str, Unit]:
        """Return the plan's units by each of their names."""
        return units_by_name(self.plan.units)


def today(shared: Shared) -> dt.date:
    """Return the day that counts as today: ``--as-of``, else the clock's."""
    return shared.as_of or clock_day()


def find_workspace(shared: Shared) -> Workspace:
    """Return the workspace of ``--dir``, else the one around the working folder.

    Where there is none, that of the settings.  Raises UserError when they name none either.
    """
    folder = shared.folder
    start = Path(folder or os.curdir).absolute()
    workspace = workspace_at(folder)
    if workspace is None:
        if not start.is_dir():
            raise UserError(N_("there is no folder %(folder)s"), params(folder=folder))
        for name, proper in misnamed_plans(start):
            text = N_("%(path)s is a name that is not read; call the file %(other)s")
            raise UserError(text, params(path=name, other=proper))
        raise NoWorkspace(NO_PLAN, params(folder=folder or Path.cwd()))
    files.inside(workspace.root, workspace.root / "plan")
    return workspace


def open_session(shared: Shared, year: int | None = None) -> Session:
    """Return the plan of ``--year``, else of ``year``, else of today's year or the newest.

    Speaks the plan's language unless the user chose one.  Raises UserError when there is no
    such plan and Unreadable when its file has faults.
    """
    workspace = find_workspace(shared)
    as_of = today(shared)
    year = shared.year or year
    if year is not None:
        require_year(workspace, year)
    reading = workspace.read_plan(workspace.year_on(as_of) if year is None else year)
    plan = usable(reading)
    if not (shared.lang or os.environ.get("PARPLAN_LANG") or read_settings().language):
        i18n.use(plan.language)
    return Session(workspace, reading, plan, as_of)


def open_for(shared: Shared, refs: Sequence[Ref]) -> Session:
    """Return the plan that references such as ``4@2025-06`` belong to.

    As ``open_session``.  A directive may name a day of a year that has no plan: then the
    default holds.  Raises UserError where the references are of several plans.
    """
    years = set(map(str, find_workspace(shared).years()))
    named = {(ref.period or "")[:4] for ref in refs} & years
    if len(named) > 1:
        text = N_("these are of the plans of %(years)s; record those of each year by themselves")
        raise UserError(text, params(years=", ".join(sorted(named))))
    return open_session(shared, int(named.pop()) if named else None)


def overdue_last_year(session: Session) -> int:
    """Return how much of last year's plan is overdue still; a new plan in January would hide it."""
    if session.as_of.year < session.plan.year:
        return 0
    try:
        last_year = session.last_year()
    except (UserError, Unreadable):  # this year's answer does not hang on last year's files
        return 0
    if last_year is None:
        return 0
    plan, records = last_year
    progress = session.progress_after(records)
    return agenda(plan, progress, periods.year(session.plan.year - 1), session.as_of).overdue


def require_year(workspace: Workspace, year: int) -> None:
    """Raise UserError unless there is a plan for ``year``."""
    years = workspace.years()
    if year not in years:
        raise UserError(
            N_("no plan for %(year)s; there are plans for: %(years)s"),
            params(year=year, years=", ".join(map(str, years))),
        )


def missing_files(session: Session, records: list[Record]) -> set[str]:
    """Return the evidence files that ``records`` name and that are not there."""
    named = {cited.file for record in records for cited in record.evidence if cited.file}
    return {file for file in named if files.look(session.workspace.root, file) != "there"}


def task_filter(session: Session, filters: FilterOptions) -> Keep:
    """Return the filter of ``--unit``, ``--section``, ``--officer`` and ``--mine``.

    Raises click.BadParameter or UserError when one of them names nothing in the plan.
    """
    plan = session.plan
    units, sections = unit_ids(plan, filters.unit), _section_ids(plan, filters.section)
    return keep_named(plan, units, sections, officer_named(session, filters))


def officer_named(session: Session, filters: FilterOptions) -> str | None:
    """Return the officer that ``--officer`` or ``--mine`` names, None for neither.

    Raises UserError where the plan has no such officer, or several.
    """
    if filters.mine and filters.officer is not None:
        raise click.UsageError(i18n._("--mine does not go with --officer"))
    if filters.officer is not None:
        return require_officer(session.plan, filters.officer)
    return require_officer(session.plan, _own_name(session), full=True) if filters.mine else None


def _own_name(session: Session) -> str:
    """Return who the user is: by the settings or who records, else by git."""
    from parplan.workspace import git  # for --mine alone

    settings = read_settings()
    name = (
        settings.officer
        or os.environ.get("PARPLAN_AUTHOR")
        or settings.author
        or git.user_name(session.workspace.root)
    )
    if not name:
        text = N_("your name is not known here; 'parplan settings officer NAME' sets it")
        raise UserError(text)
    return name


def unit_ids(plan: Plan, name_or_id: str | None) -> set[str] | None:
    """Return the ids of the units that ``--unit`` names, None where it names none.

    Raises click.BadParameter when no unit has such a name.
    """
    ids = None if name_or_id is None else units_named(plan, name_or_id)
    if name_or_id is not None and not ids:
        names = ", ".join(unit.name for unit in plan.units)
        raise click.BadParameter(_said(NO_UNIT, name_or_id, names), param_hint="--unit")
    return ids


def _section_ids(plan: Plan, name_or_id: str | None) -> set[str] | None:
    ids = None if name_or_id is None else sections_named(plan, name_or_id)
    if name_or_id is not None and not ids:
        names = ", ".join(section.id for section in plan.sections)
        text = _said(N_("no section '%(wanted)s'; the plan has: %(known)s"), name_or_id, names)
        raise click.BadParameter(text, param_hint="--section")
    return ids


def _said(text: str, name_or_id: str, names: str) -> str:
    return i18n._(text) % {"wanted": name_or_id, "known": names}
