"""``parplan log --revisions``: who changed the plan when."""

from __future__ import annotations

from parplan.cli.options import Format
from parplan.cli.output import emit
from parplan.cli.session import Session
from parplan.render.answers.changes import RevisionsAnswer
from parplan.render.terminal.journal import revisions_table
from parplan.workspace import git


def print_revisions(session: Session, form: Format) -> None:
    """Print the commits that changed the plan, newest first, in the form ``form``."""
    root = session.workspace.root
    git.require_work_tree(root)
    path = session.workspace.shown(session.workspace.plan_path(session.plan.year))
    revisions = git.revisions(root, path)
    emit(
        form,
        lambda: RevisionsAnswer.of(session.plan.year, revisions),
        lambda: revisions_table(revisions),
    )
