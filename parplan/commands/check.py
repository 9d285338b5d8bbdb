"""``parplan check``: every mistake in the files of a year or of all, with its place.

It writes nothing, unless ``--fix-journal`` asks to join what git left in conflict, or what a
folder that several machines share holds in copies.
"""

from __future__ import annotations

import os
from typing import Annotated

import click
import typer

from parplan.cli.diagnostics import complain
from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.progress_bar import tracked
from parplan.cli.session import find_workspace, require_year
from parplan.cli.streams import say
from parplan.doctor.year_files import Checked, Reader, check_year
from parplan.i18n import _, ngettext
from parplan.problem import N_
from parplan.render.answers.problems import CheckAnswer
from parplan.render.terminal.table import Span
from parplan.workspace import git
from parplan.workspace.workspace import Workspace

EXAMPLES = (
    "parplan check",
    "parplan check --year 2025 --format json",
    "parplan check --fix-journal",
)


def check(
    hook: Annotated[
        bool,
        typer.Option(
            "--hook", help=N_("Check what is staged in git, and be silent if it is right.")
        ),
    ] = False,
    fix_journal: Annotated[
        bool,
        typer.Option(
            "--fix-journal",
            help=N_("Keep both sides of git's conflicts, and take over records of copies."),
        ),
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
    checked = [
        file for year in reading for file in check_year(workspace, year, read, history=not hook)
    ]
    problems = [problem for file in checked for problem in file.problems]
    if format == "json":
        print_json(CheckAnswer.of(problems))
    else:
        for file in checked:
            if file.problems or not hook:
                _print(file)
    if problems:
        raise click.exceptions.Exit(1)


def _from_index(workspace: Workspace) -> Reader:
    index = git.inherited_index(workspace.root)
    return lambda path: git.staged_content(workspace.root, path, index)


def _fix_journals(workspace: Workspace, years: list[int]) -> None:
    for year in years:
        path = workspace.journal_path(year)
        if os.path.lexists(path) and workspace.fix_journal(year):
            text = _("%(path)s: both sides kept; now 'git add' it")
            say(text % {"path": workspace.shown(path)})
    for copy, original in workspace.copies():
        for year in years:
            if original == workspace.shown(workspace.journal_path(year)):
                _take_over(workspace, year, copy)


def _take_over(workspace: Workspace, year: int, copy: str) -> None:
    number = workspace.take_over(year, copy)
    if number:
        text = ngettext("%(n)s record taken over", "%(n)s records taken over", number)
        say(f"{copy}: {text}")


def _print(file: Checked) -> None:
    if file.problems:
        complain(file.problems, file.text)
        count = ngettext("%(n)s mistake", "%(n)s mistakes", len(file.problems))
    else:
        count = _("no mistakes")
    show_lines([[Span(f"{file.path}: {count}")]])


CALLBACKS = {"check": check}
