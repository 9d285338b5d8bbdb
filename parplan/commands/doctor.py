"""``parplan doctor``: what is wrong with the workspace, git's set-up and this machine.

It works where other commands cannot: without a plan, with a broken one.  What is safe to
mend it mends when asked to, and says first what that will be.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import click
import typer

from parplan import i18n
from parplan.cli.confirm import agrees
from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.session import require_year
from parplan.cli.streams import is_terminal, say
from parplan.cli.user_settings import workspace_at
from parplan.doctor.findings import examine
from parplan.doctor.fix import apply_fix
from parplan.doctor.lines import DoctorAnswer, applied_lines, diagnostic_lines, intended_lines
from parplan.doctor.model import Fix
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.render.terminal import paint
from parplan.workspace.workspace import Workspace

EXAMPLES = (
    "parplan doctor",
    "parplan doctor --fix",
    "parplan doctor --fix --yes --format json",
)


def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help=N_("Mend what is safe to mend, after asking."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Mend without asking."))] = False,
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print what is wrong; exit 1 if a fault is left, or what was to be mended."""
    folder = Path(shared.folder or os.curdir).absolute()
    workspace = workspace_at(shared.folder)
    if workspace is not None and shared.year is not None:
        require_year(workspace, shared.year)
    screen = paint.screen_width() if is_terminal(sys.stdout) else 0
    as_json = format == "json"
    diagnostics = examine(workspace, folder, shared.year, screen)
    if not as_json:
        show_lines(diagnostic_lines(diagnostics, fixing=fix))
    fixes = list(dict.fromkeys(each.fix for each in diagnostics if fix and each.fix))
    applied: list[Fix] = []
    has_failed = False
    if workspace is not None and fixes and _agreed(fixes, yes=yes, silent=as_json):
        applied = _apply(workspace, fixes, silent=as_json)
        has_failed = applied != fixes
        diagnostics = examine(workspace, folder, shared.year, screen)
        if not as_json:
            show_lines([[], *diagnostic_lines(diagnostics, fixing=True)])
    if as_json:
        print_json(DoctorAnswer.of(diagnostics, applied))
    if has_failed or any(diagnostic.level == "fault" for diagnostic in diagnostics):
        raise click.exceptions.Exit(1)


def _agreed(fixes: list[Fix], *, yes: bool, silent: bool) -> bool:
    """Tell whether to apply ``fixes``: ``yes``, or the user agrees to what is shown."""
    if silent:
        return yes
    show_lines(intended_lines(fixes))
    return yes or agrees(_("Do this?"))


def _apply(workspace: Workspace, fixes: list[Fix], *, silent: bool) -> list[Fix]:
    """Return which ``fixes`` were applied; what fails is printed once, and the others go on."""
    applied: list[Fix] = []
    complaints = set[str]()
    for fix in fixes:
        try:
            apply_fix(workspace.root, fix)
        except UserError as error:
            message = i18n.fill(error.text, error.values)
            if message not in complaints:
                say(f"parplan: {message}", error=True)
            complaints.add(message)
            continue
        applied.append(fix)
        if not silent:
            show_lines(applied_lines(fix))
    return applied


CALLBACKS = {"doctor": doctor}
