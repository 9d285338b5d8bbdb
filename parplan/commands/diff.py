"""``parplan diff``: what changed, in the plan's terms and not in lines."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import ReportFormat, Shared
from parplan.cli.output import print_json, show_lines
from parplan.cli.session import open_session
from parplan.problem import N_, UserError
from parplan.render.answers.changes import DiffAnswer
from parplan.render.terminal.changes import changes_lines
from parplan.workspace import git
from parplan.workspace.changes import all_years, changes_between

EXAMPLES = ("parplan diff", "parplan diff HEAD~3", "parplan diff v1 v2")

Revision = Annotated[
    str | None,
    typer.Argument(metavar=N_("[REVISION]"), help=N_("A commit; the last one by default.")),
]
Later = Annotated[
    str | None,
    typer.Argument(metavar=N_("[LATER]"), help=N_("A later commit; the files now by default.")),
]


def diff(
    old: Revision = None,
    new: Later = None,
    *,
    format: ReportFormat = "table",
    shared: Shared,
) -> None:
    """Print the changes between two commits, or from one to the files now."""
    session = open_session(shared)
    root = session.workspace.root
    git.require_work_tree(root)
    if not git.has_commits(root):
        raise UserError(N_("nothing was committed yet; 'parplan commit' begins the history"))
    earlier = git.resolve(root, old or "HEAD")
    later = git.resolve(root, new) if new else None
    years = [shared.year] if shared.year else all_years(session.workspace, earlier, later)
    changes = changes_between(session.workspace, years, earlier, later)
    if format == "json":
        print_json(DiffAnswer.of(changes))
    else:
        show_lines(changes_lines(changes))


CALLBACKS = {"diff": diff}
