"""What is wrong with a workspace in all: what was seen around its plans, and what they hold?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parplan.doctor.inspect import inspect_workspace
from parplan.doctor.model import Diagnostic, diagnose
from parplan.doctor.workspace_rules import all_diagnostics, faults_first
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
    found = all_diagnostics(inspect_workspace(workspace, folder, screen))
    if workspace is not None:
        seen = {(one.problem.where.path, one.problem.code) for one in found}
        plans = list(_plans(workspace, year))
        found += [one for one in plans if (one.problem.where.path, one.problem.code) not in seen]
    return faults_first(found)


def _plans(workspace: Workspace, year: int | None) -> Iterator[Diagnostic]:
    """Yield what 'check' says of the plans, and the files that it could not open."""
    for one in workspace.years() if year is None else [year]:
        checked = check_year(workspace, one, workspace.read_file)
        try:
            for file in checked:
                yield from (Diagnostic("fault", problem) for problem in file.problems)
        except UserError as refusal:
            path = str(dict(refusal.values).get("path") or workspace.plan_path(one))
            where = Location(workspace.shown(Path(path)), 1, 1)
            yield diagnose("fault", "unreadable", refusal.text, where, values=refusal.values)
