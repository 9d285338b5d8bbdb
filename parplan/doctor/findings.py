"""What is wrong with a workspace in all: what was seen around its plans, and what they hold?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parplan.doctor.inspect import inspect_workspace
from parplan.doctor.model import Diagnostic, diagnose
from parplan.doctor.workspace_rules import CHECKS
from parplan.doctor.year_files import check_year
from parplan.problem import Location, UserError
from parplan.workspace.workspace import Workspace


def examine(
    workspace: Workspace | None, folder: Path, year: int | None, screen: int
) -> list[Diagnostic]:
    """Return what is wrong, faults first; with ``year``, of the plans only that one is read.

    ``screen`` is its columns, 0 where there is none.  What a look at the files tells and
    their reading tells again is in the answer once.
    """
    facts = inspect_workspace(workspace, folder, screen)
    diagnostics = [diagnostic for rule in CHECKS for diagnostic in rule(facts)]
    if workspace is not None:
        seen = {
            (diagnostic.problem.where.path, diagnostic.problem.code) for diagnostic in diagnostics
        }
        diagnostics += [
            diagnostic
            for diagnostic in _plans(workspace, year)
            if (diagnostic.problem.where.path, diagnostic.problem.code) not in seen
        ]
    return sorted(
        diagnostics, key=lambda diagnostic: (diagnostic.level != "fault", diagnostic.problem)
    )


def _plans(workspace: Workspace, year: int | None) -> Iterator[Diagnostic]:
    """Yield what 'check' says of the plans, and the files that it could not open."""
    for plan_year in workspace.years() if year is None else [year]:
        checked = check_year(workspace, plan_year, workspace.read_file)
        try:
            for file in checked:
                yield from (Diagnostic("fault", problem) for problem in file.problems)
        except UserError as refusal:
            path = str(dict(refusal.values).get("path") or workspace.plan_path(plan_year))
            where = Location(workspace.shown(Path(path)), 1, 1)
            yield diagnose("fault", "unreadable", refusal.text, where, values=refusal.values)
