"""``parplan sync``: what colleagues sent comes in, what is recorded here goes out."""

from __future__ import annotations

import click

from parplan.cli.confirm import is_somebody_there
from parplan.cli.conflicts import Take, chooser
from parplan.cli.diagnostics import complain
from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.commands.commit import commit_changes
from parplan.i18n import _
from parplan.sync.counts import say_counts
from parplan.sync.desk import Desk, Exchange, sync_with_repository
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
        online=git_trust.choose_online(root, may_ask=is_somebody_there()),
        message=_("Take in what colleagues sent"),
        commit=lambda: commit_changes(session, "", choice),
        choose=chooser(take),
    )
    show_exchange(sync_with_repository(desk))


def show_exchange(exchange: Exchange) -> None:
    """Say in one line what came and went; end with 1 where mistakes keep it from going."""
    came, went = say_counts(exchange.received), say_counts(exchange.sent)
    say(_("received: %(came)s; sent: %(went)s") % {"came": came, "went": went})
    if exchange.problems:
        complain(exchange.problems, "")
        text = _(
            "the changes of both sides make these mistakes together; mend the plan, then type the "
            "command again: until then nothing is sent"
        )
        say(text, error=True)
        raise click.exceptions.Exit(1)


CALLBACKS = {"sync": sync}
