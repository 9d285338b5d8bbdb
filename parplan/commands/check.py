"""``parplan check``: every mistake in the plans and journals, with its place.

It writes nothing, unless ``--fix-journal`` asks to join what git left in conflict.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import click
import msgspec
import typer

from parplan.cli.diagnostics import complain
from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import show_lines
from parplan.cli.progress_bar import tracked
from parplan.cli.session import find_workspace, require_year
from parplan.i18n import _, message, ngettext
from parplan.journal import checks as journalchecks
from parplan.journal import record as journal
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import N_, Location, Problem, params
from parplan.render.terminal.table import Span
from parplan.workspace import git
from parplan.workspace.workspace import Workspace

EXAMPLES = (
    "parplan check",
    "parplan check --year 2025 --format json",
    "parplan check --fix-journal",
)


class Checked(msgspec.Struct, frozen=True):
    """A file with what is wrong in it."""

    path: str
    text: str
    problems: list[Problem]


def check(
    hook: Annotated[
        bool,
        typer.Option(
            "--hook", help=N_("Check what is staged in git, and be silent if it is right.")
        ),
    ] = False,
    fix_journal: Annotated[
        bool,
        typer.Option("--fix-journal", help=N_("Keep both sides of the conflicts that git left.")),
    ] = False,
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the findings, of one year or of all; exit 1 if there is one."""
    workspace = find_workspace(shared)
    year = shared.year
    if year is not None:
        require_year(workspace, year)
    years = workspace.years() if year is None else [year]
    if fix_journal:
        _fix_journals(workspace, years)
    if hook:
        git.require_work_tree(workspace.root)
    read = _from_index(workspace) if hook else workspace.read_file
    reading = tracked(years, _("reading the plans"))
    found = [one for year in reading for one in check_year(workspace, year, read)]
    if format == "json":
        _print_json([problem for one in found for problem in one.problems])
    else:
        for one in found:
            if one.problems or not hook:
                _print(one)
    if any(one.problems for one in found):
        raise click.exceptions.Exit(1)


_Reader = Callable[[str], bytes | None]


def _from_index(workspace: Workspace) -> _Reader:
    return lambda path: git.content(workspace.root, "", path)


def check_year(workspace: Workspace, year: int, read: _Reader) -> Iterator[Checked]:
    """Yield what is wrong with each file of ``year``, read by ``read``; raises what that raises."""
    path = workspace.shown(workspace.plan_path(year))
    data = read(path)
    plan: Plan | None = None
    if data is not None:
        reading = read_plan(path, data)
        plan, problems = reading.plan, reading.problems
        if plan is not None:
            problems = reading.locate(check_plan(plan, path))
        yield Checked(path, reading.text, problems)
    criteria: set[str] | None = set()
    path = workspace.shown(workspace.index_path(year))
    data = read(path)
    if data is not None:
        checked, criteria = _index(path, data, plan)
        yield checked
    path = workspace.shown(workspace.journal_path(year))
    data = read(path)
    if data is not None:
        problems = _journal(workspace, path, data, plan, criteria)
        yield Checked(path, data.decode("utf-8", "replace"), problems)


def _index(path: str, data: bytes, plan: Plan | None) -> tuple[Checked, set[str] | None]:
    """Return what is wrong with an index, and the criteria that it scores if it can be read."""
    from parplan.score.index_checks import check_index
    from parplan.score.index_file import read_index

    reading = read_index(path, data)
    if reading.index is None:
        return Checked(path, reading.text, reading.problems), None
    problems = reading.locate(check_index(reading.index, plan, path))
    criteria = {leaf.criterion.id for leaf in reading.index.leaves()}
    return Checked(path, reading.text, problems), criteria


_ABSENT = {
    "absent": N_("the evidence file %(file)s is not there"),
    "outside": N_("the evidence file %(file)s is not in the workspace's folder"),
}


def _journal(
    workspace: Workspace,
    path: str,
    data: bytes,
    plan: Plan | None,
    criteria: set[str] | None,
) -> list[Problem]:
    found = journal.parse(path, data)
    orphans = journalchecks.orphans(plan, found.records, criteria) if plan is not None else []
    problems = [
        Problem(
            Location(path, journal.line_of(data, orphan.record), 1),
            orphan.code,
            orphan.text,
            orphan.values,
        )
        for orphan in orphans
    ]
    for record in found.records:
        for one in record.evidence:
            text = _ABSENT.get(workspace.evidence(one.file)) if one.file else None
            if text:
                where = Location(path, journal.line_of(data, record.id), 1)
                problems.append(Problem(where, "missing-file", text, params(file=one.file)))
    return sorted([*found.problems, *problems])


def _fix_journals(workspace: Workspace, years: list[int]) -> None:
    for year in years:
        path = workspace.journal_path(year)
        if path.exists() and workspace.fix_journal(year):
            shown = workspace.shown(path)
            click.echo(_("%(path)s: both sides kept; now 'git add' it") % {"path": shown})


def _print(one: Checked) -> None:
    if one.problems:
        complain(one.problems, one.text)
        count = ngettext("%(n)s mistake", "%(n)s mistakes", len(one.problems))
    else:
        count = _("no mistakes")
    show_lines([[Span(f"{one.path}: {count}")]])


def _print_json(problems: list[Problem]) -> None:
    from parplan.render import data

    sys.stdout.write(data.to_json({"items": [record(problem) for problem in problems]}))


def record(problem: Problem) -> dict[str, Any]:
    """Return ``problem`` as the JSON answer has it."""
    where = problem.where
    return {
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "code": problem.code,
        "message": message(problem),
    }


CALLBACKS = {"check": check}
