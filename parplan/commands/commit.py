"""``parplan commit``: the workspace's own files into git, with a message that tells."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Annotated

import click
import msgspec
import typer

from parplan.cli.diagnostics import complain
from parplan.cli.options import Shared
from parplan.cli.session import Session, open_session
from parplan.cli.shell import quote
from parplan.cli.streams import say
from parplan.doctor.year_files import check_year
from parplan.i18n import _, ngettext
from parplan.plan.file import read_plan
from parplan.problem import N_, UserError, params
from parplan.text import visible
from parplan.workspace import git, git_remote, git_setup, git_trust
from parplan.workspace.commit_message import commit_message, uncommitted_changes
from parplan.workspace.selection import Selection, select

EXAMPLES = ("parplan commit", 'parplan commit -m "Theo biên bản giao ban 20/6"')

_TRIES = 5
_PAUSE_SECONDS = 0.2


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
    choice = git_trust.choose(root)
    try:
        with session.workspace.writing():  # git takes one commit at a time, and whole lines
            commit_made = commit_changes(session, message, choice)
            _tell(session, commit_made)
    except KeyboardInterrupt as stop:
        say(_("stopped; nothing was committed"), error=True)
        raise click.exceptions.Exit(130) from stop
    if commit_made and choice.skipped:
        text = _("not run: %(hooks)s; if you trust this folder, type: %(command)s")
        hooks = ", ".join(map(str, choice.skipped))
        say(text % {"hooks": hooks, "command": _trust_command(session)}, error=True)


class Commit(msgspec.Struct, frozen=True):
    """A commit that was made: its first line, and how many files it has.

    ``renumbered`` says where a plan's new numbers part it from its records.
    """

    subject: str
    files: int
    renumbered: Sequence[str]


def commit_changes(
    session: Session, message: str, choice: git_trust.Choice, tries: int = _TRIES
) -> Commit | None:
    """Commit what changed, ``message`` added to the words for it; None where nothing did.

    Called while nobody else writes.  Raises UserError where git or parplan refuses.
    """
    root = session.workspace.root
    git.require_finished(root)
    session.read_and_complain()
    selection = select(session.workspace, choice.guard)
    paths = selection.paths
    _tell_left_out(selection)
    if not paths:
        return None
    if choice.filters & set(git.attributes(root, paths, "filter")):
        text = N_(
            "a filter in git's settings of this folder would change the files; if you trust the "
            "folder, type: %(command)s"
        )
        raise UserError(text, params(command=_trust_command(session)))
    if choice.checks:
        _refuse_mistakes(session)
    changes = uncommitted_changes(session.workspace)
    subject, body = commit_message(session.workspace, session.plan.year, paths, changes)
    parts = filter(None, (subject, body, message))
    git.commit(root, paths, visible("\n\n".join(parts)), choice.guard)
    if _is_half_saved(session, paths) and tries > 1:
        time.sleep(_PAUSE_SECONDS)
        return commit_changes(session, message, choice, tries - 1)
    return Commit(subject, len(paths), [text for change in changes for text in change.renumbered])


def _tell(session: Session, commit: Commit | None) -> None:
    if commit is None:
        say(_("Nothing to commit."))
        return
    say(commit.subject)
    say(ngettext("%(n)s file committed", "%(n)s files committed", commit.files))
    for sentence in commit.renumbered:
        say(visible(sentence), error=True)
    if not git_remote.current_branch(session.workspace.root):
        text = _(
            "git is on no branch here (detached HEAD): this commit is lost from sight at the next "
            "checkout; 'git switch -c NAME' keeps it on a branch of its own"
        )
        say(text, error=True)


def _tell_left_out(selection: Selection) -> None:
    """Say which files are not in the commit, and why."""
    if selection.held:
        text = _("not committed, since another program holds it or it cannot be read: %(files)s")
        say(text % {"files": ", ".join(selection.held)}, error=True)
    for path in selection.hidden:
        say(f"{path}: {_(git_setup.HIDDEN_EVIDENCE)}", error=True)


def _is_half_saved(session: Session, paths: Sequence[str]) -> bool:
    """Tell whether git took the plan while somebody saved it, who empties the file first.

    It was whole when the session began.
    """
    path = session.workspace.plan_path(session.plan.year)
    name = session.workspace.shown(path)
    if name not in paths:
        return False
    committed = git.content(session.workspace.root, "HEAD", name)
    return committed is not None and read_plan(name, committed).value is None


def _trust_command(session: Session) -> str:
    top = git.top(session.workspace.root)
    return f"git config --global --add {git_trust.TRUST} {quote(top)}"


def _refuse_mistakes(session: Session) -> None:
    """Do what parplan's own hook would, which git may not start among others of the folder."""
    years = session.workspace.years()
    read = session.workspace.read_file
    checked = [file for year in years for file in check_year(session.workspace, year, read)]
    faulty = [file for file in checked if file.problems]
    for file in faulty:
        complain(file.problems, file.text)
    if faulty:
        raise UserError(N_("the plan has mistakes; nothing was committed"))


CALLBACKS = {"commit": commit}
