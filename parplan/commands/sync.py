"""``parplan sync``: what colleagues sent comes in, what is recorded here goes out."""

from __future__ import annotations

from parplan.cli.confirm import is_somebody_there
from parplan.cli.exchanging import Take, chooser, show_exchange
from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.commands.commit import commit_changes
from parplan.sync.remote import Desk, sync_with_repository
from parplan.workspace import git, git_trust

EXAMPLES = ("parplan sync", "parplan sync --take here")


def sync(take: Take = None, *, shared: Shared) -> None:
    """Commit, take in what colleagues sent, and send what is new here."""
    session = open_session(shared)
    root = session.workspace.root
    git.require_work_tree(root)
    choice = git_trust.choose(root)
    desk = Desk(
        workspace=session.workspace,
        here=choice.guard,
        online=git_trust.choose_online(root, choice.guard, may_ask=is_somebody_there()),
        commit=lambda: commit_changes(session, "", choice),
        choose=chooser(take),
    )
    show_exchange(sync_with_repository(desk))


CALLBACKS = {"sync": sync}
