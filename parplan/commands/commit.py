"""``parplan commit``: the workspace's own files into git, with a message that tells."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.i18n import _, ngettext
from parplan.problem import N_
from parplan.text import visible
from parplan.workspace import files, git
from parplan.workspace.commit_message import commit_message
from parplan.workspace.workspace import WORKSPACE_PATHS

EXAMPLES = ("parplan commit", 'parplan commit -m "Theo biên bản giao ban 20/6"')


def commit(
    message: Annotated[
        str,
        typer.Option("--message", "-m", metavar=N_("TEXT"), help=N_("What to add to the message.")),
    ] = "",
    *,
    shared: Shared,
) -> None:
    """Commit what changed, and nothing else that is staged."""
    session = open_session(shared)
    root = session.workspace.root
    git.require_work_tree(root)
    with session.workspace.writing():  # git takes one commit at a time, and whole lines
        _commit(session, message)


def _commit(session: Session, message: str) -> None:
    root = session.workspace.root
    git.require_finished(root)
    changed = git.changed(root, [*WORKSPACE_PATHS, *_evidence(session)])
    paths = [path for path in changed if not files.is_leftover(path)]
    if not paths:
        say(_("Nothing to commit."))
        return
    subject, body = commit_message(session.workspace, session.plan.year, paths)
    parts = filter(None, (subject, body, message))
    git.commit(root, paths, visible("\n\n".join(parts)))
    say(subject)
    say(ngettext("%(n)s file committed", "%(n)s files committed", len(paths)))


def _evidence(session: Session) -> list[str]:
    """Return the files that the records name as evidence: they are the workspace's too."""
    records = session.read_and_complain().records
    files = {evidence.file for record in records for evidence in record.evidence if evidence.file}
    return sorted(file for file in files if session.workspace.evidence(file) == "there")


CALLBACKS = {"commit": commit}
