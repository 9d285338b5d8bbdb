"""What does one office's plan and journal say, as far as a sum over offices needs it?

Read from a workspace, into which nothing is written, or from the JSON of ``export``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

from parplan.journal.file import EMPTY, Journal
from parplan.journal.progress import Progress, progress_by_ref
from parplan.journal.record import KINDS, Record
from parplan.plan.file import PlanReader
from parplan.plan.model import Plan, Task
from parplan.problem import N_, Location, Problem, UserError, params
from parplan.rollup.sources import OfficeSource
from parplan.workspace import files
from parplan.workspace.workspace import Workspace


class Office(msgspec.Struct):
    """A plan without its long texts, and how each occurrence stands after all records.

    It holds for the days from ``first`` until before ``end``: no record tells of a day
    between them.  ``records`` is the number of those that count, ``last_record`` when the latest
    of them was written; ``problem`` the first that the journal has.
    """

    plan: Plan
    progress: dict[str, Progress]
    first: dt.date
    end: dt.date
    records: int
    last_record: dt.datetime | None
    problem: Problem | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the progress is that of ``day``."""
        return self.first <= day < self.end


_PLANS = PlanReader()


class Unusable(Exception):
    """An office that cannot be counted, for ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class Content(msgspec.Struct, frozen=True):
    """All that the files of an office say."""

    plan: Plan
    journal: Journal


class _ExportFile(msgspec.Struct):
    """What of an export counts."""

    format: Literal[1]
    plan: Plan
    journal: list[dict[str, Any]]
    unit: str = ""
    section: str = ""


def year_of(source: OfficeSource, year: int | None, as_of: dt.date) -> int:
    """Return the year whose plan counts: ``year``, else that of ``as_of``, else the newest.

    An export has one plan alone, whose year shows when it is read: 0 where none was asked for.
    Raises Unusable where the workspace has no plan of ``year``.
    """
    if source.text:
        raise Unusable(Problem(Location(source.name), "", source.text, source.values))
    if not source.years:
        return year or 0
    if year is None:
        return as_of.year if as_of.year in source.years else source.years[-1]
    if year not in source.years:
        text = N_("no plan for %(year)s; there are plans for: %(years)s")
        years = ", ".join(map(str, source.years))
        raise _unusable(source.name, text, year=year, years=years)
    return year


def read_content(source: OfficeSource, year: int | None, as_of: dt.date) -> Content:
    """Return what the office's files say; raises Unusable where they cannot be used."""
    chosen = year_of(source, year, as_of)
    try:
        return _read_workspace(source, chosen) if source.years else _read_export(source, year)
    except UserError as error:
        problem = Problem(Location(source.name), "", error.text, error.values)
        raise Unusable(problem) from error


def read_office(source: OfficeSource, year: int | None, as_of: dt.date) -> Office:
    """Return the office as it stood on ``as_of``; raises as ``read_content``."""
    return summed_up(read_content(source, year, as_of), as_of)


def summed_up(content: Content, as_of: dt.date) -> Office:
    """Return the office whose files say ``content``, as it stood on ``as_of``."""
    records = content.journal.records
    progress = progress_by_ref(records, as_of)
    for one in progress.values():
        one.records = []
    days = {record.day for record in records}
    latest = (record.at for record in reversed(records) if record.day <= as_of)
    return Office(
        _without_texts(content.plan),
        progress,
        max((day for day in days if day <= as_of), default=dt.date.min),
        min((day for day in days if day > as_of), default=dt.date.max),
        sum(record.day <= as_of for record in records),
        next(latest, None),
        next(iter(content.journal.problems), None),
    )


def _read_workspace(source: OfficeSource, year: int) -> Content:
    workspace = Workspace(source.path)
    name = workspace.shown(workspace.plan_path(year))
    data = workspace.read_file(name)
    if data is None:
        raise UserError(N_("there is no %(path)s"), params(path=name))
    reading = _PLANS.read(name, data)
    if reading.value is None:
        raise Unusable(_below(source, reading.problems[0]))
    journal = workspace.read_journal(year)
    problems = [_below(source, problem) for problem in journal.problems]
    return Content(reading.value, Journal(journal.records, problems))


def _read_export(source: OfficeSource, year: int | None) -> Content:
    try:
        found = msgspec.json.decode(files.read_bytes(source.path), type=_ExportFile)
        records = [_record(fields) for fields in found.journal]
    except (ValueError, KeyError, RecursionError) as error:
        text = N_("this is no export of a plan; 'parplan export json' writes one")
        raise _unusable(source.name, text) from error
    if found.unit or found.section:
        text = N_("this export holds '%(part)s' alone; export the whole plan")
        raise _unusable(source.name, text, part=found.unit or found.section)
    if year not in (None, found.plan.year):
        text = N_("no plan for %(year)s; there are plans for: %(years)s")
        raise _unusable(source.name, text, year=year, years=found.plan.year)
    by_id = {record.id: record for record in reversed(records)}
    in_order = sorted(by_id.values(), key=lambda record: (record.at, record.id))
    return Content(found.plan, Journal(in_order, EMPTY.problems))


def _record(fields: dict[str, Any]) -> Record:
    """Return a record of an export, which has the keys of all kinds, empty what it does not say."""
    kind = KINDS[fields["kind"]]
    used = {
        key: value
        for key, value in fields.items()
        if key in kind.__struct_fields__ and value is not None and value != ""
    }
    return msgspec.convert(used | {"kind": kind.kind}, kind, strict=False)


def _without_texts(plan: Plan) -> Plan:
    """Return ``plan`` without what no sum tells of."""
    sections = [
        msgspec.structs.replace(section, tasks=[_short(task) for task in section.tasks])
        for section in plan.sections
    ]
    return msgspec.structs.replace(
        plan,
        sections=sections,
        bases=[],
        preamble="",
        text=[],
        closing="",
        recipients=[],
        signer=None,
        appendix=None,
    )


def _short(task: Task) -> Task:
    return msgspec.structs.replace(task, requirement="", target=None)


def _below(source: OfficeSource, problem: Problem) -> Problem:
    """Return ``problem`` with its place as seen from where the user stands."""
    where = problem.where
    path = f"{source.name}/{where.path}"
    return msgspec.structs.replace(problem, where=Location(path, where.line, where.column))


def _unusable(name: str, text: str, **values: object) -> Unusable:
    return Unusable(Problem(Location(name), "", text, params(**values)))
