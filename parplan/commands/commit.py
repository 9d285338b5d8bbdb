"""``parplan commit``: the workspace's own files into git, with a message that tells."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.cli.options import Shared
from parplan.cli.session import Session, open_session
from parplan.i18n import _, ngettext
from parplan.problem import N_, UserError, params
from parplan.text import one_line, visible
from parplan.workspace import files, git
from parplan.workspace.changes import Changes, all_years, changes_between, say_lost, say_recorded
from parplan.workspace.workspace import WORKSPACE_PATHS

EXAMPLES = ("parplan commit", 'parplan commit -m "Theo biên bản giao ban 20/6"')

_SUBJECT_LENGTH = 72


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
    _refuse_unfinished(session)
    changed = git.changed(root, [*WORKSPACE_PATHS, *_evidence(session)])
    paths = [path for path in changed if not files.is_leftover(path)]
    if not paths:
        click.echo(_("Nothing to commit."))
        return
    subject, body = _message(session, paths)
    parts = filter(None, (subject, body, message))
    git.commit(root, paths, visible("\n\n".join(parts)))
    click.echo(visible(subject))
    click.echo(ngettext("%(n)s file committed", "%(n)s files committed", len(paths)))


def _refuse_unfinished(session: Session) -> None:
    root = session.workspace.root
    conflicted = git.conflicted(root)
    if conflicted:
        text = N_("a merge left conflicts in: %(files)s; solve them first ('parplan check' helps)")
        raise UserError(text, params(files=", ".join(conflicted)))
    operation = git.in_the_middle_of(root)
    if operation:
        text = N_("git is in the middle of a %(operation)s; finish it with 'git %(command)s'")
        command = "commit --no-edit" if operation == "merge" else f"{operation} --continue"
        raise UserError(text, params(operation=operation, command=command))


def _evidence(session: Session) -> list[str]:
    """Return the files that the records name as evidence: they are the workspace's too."""
    records = session.read_and_complain().records
    named = {one.file for record in records for one in record.evidence if one.file}
    return sorted(file for file in named if session.workspace.evidence(file) == "there")


def _message(session: Session, paths: list[str]) -> tuple[str, str]:
    root = session.workspace.root
    if not git.has_commits(root):
        return _("Begin to follow the plan of %(year)s") % {"year": session.plan.year}, ""
    years = all_years(session.workspace, "HEAD")
    found = changes_between(session.workspace, years, "HEAD", None)
    parts = [part for one in found for part in _parts(one)]
    indexes = [path for path in paths if path.endswith(".index.yaml")]
    if indexes:
        parts.append(_("Edit the index: %(files)s") % {"files": ", ".join(indexes)})
    rest = [path for path in paths if not path.startswith("plan/")]
    if rest:
        parts.append(_files(rest))
    subject = "; ".join(parts) or _("Update the workspace")
    # In one line each: what a title holds is no paragraph of the message, and no trailer.
    body = "\n".join(f"- {one_line(sentence)}" for one in found for sentence in one.plan)
    if len(subject) > _SUBJECT_LENGTH and len(parts) > 1:
        body = "\n".join([f"- {part}" for part in parts[1:]] + [body]).strip()
        subject = f"{parts[0]}; …"
    return subject, body


def _parts(one: Changes) -> list[str]:
    # First, and in the history for good: what was recorded is never to be lost unseen.
    parts = [lost] if (lost := say_lost(one.recorded)) else []
    if one.recorded.counts:
        parts.append(_("Record progress: %(counts)s") % {"counts": say_recorded(one.recorded)})
    if one.plan:
        changes = ngettext("%(n)s change", "%(n)s changes", len(one.plan))
        values = {"year": one.year, "changes": changes}
        parts.append(_("Edit the plan of %(year)s: %(changes)s") % values)
    return parts


def _files(paths: list[str]) -> str:
    reports = [path for path in paths if path.startswith("reports/")]
    if reports == paths:
        return _("Write drafts: %(files)s") % {"files": ", ".join(reports)}
    return ngettext("%(n)s other file", "%(n)s other files", len(paths))


CALLBACKS = {"commit": commit}
