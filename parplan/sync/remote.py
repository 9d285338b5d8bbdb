"""Keep this desk and the shared repository in step: take in, send, and again if need be.

Whatever goes wrong on the way, what is recorded here is committed first, and stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from parplan.i18n import _
from parplan.problem import N_, Problem, UserError
from parplan.sync.counts import SyncCounts, counts_between
from parplan.sync.merge import Conflict, Place, Side
from parplan.sync.repository import Merge, merge_trees, new_problems, require_readable
from parplan.workspace import git, git_remote, git_tree
from parplan.workspace.git_process import Guard
from parplan.workspace.workspace import Workspace

_PAUSES_SECONDS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0)

Choose: TypeAlias = Callable[[Sequence[Conflict]], Mapping[Place, Side]]
"""Returns which version holds in each place; raises where nobody can say."""


class Desk(msgspec.Struct, frozen=True):
    """The workspace, and how git may run here and over the network.

    ``commit`` commits what changed; it is called while nobody else writes here.
    """

    workspace: Workspace
    here: Guard
    online: Guard
    commit: Callable[[], object]
    choose: Choose


class Exchange(msgspec.Struct):
    """What came and what went; ``problems`` of the plan that came of both, which kept it here.

    ``aside`` are files that hold the versions which were not chosen, where no git keeps them.
    """

    received: SyncCounts = SyncCounts()
    sent: SyncCounts = SyncCounts()
    problems: Sequence[Problem] = ()
    aside: list[str] = msgspec.field(default_factory=list)


def sync_with_repository(desk: Desk) -> Exchange:
    """Exchange with the shared repository until both have the same.

    What is recorded here is committed whatever happens.  Raises UserError where it cannot be
    reached or refuses, or others keep being faster.
    """
    root = desk.workspace.root
    git.require_finished(root)  # a rebase is on no branch, and lets nobody go to one
    upstream = git_remote.find_upstream(root)
    exchange = Exchange()
    for pause in _PAUSES_SECONDS:
        time.sleep(pause)
        try:
            theirs = git_remote.fetch(root, upstream, desk.online)
        except UserError:
            with desk.workspace.writing():
                desk.commit()
            raise
        ours = _take_in(desk, theirs, exchange)
        if exchange.problems or ours == theirs:
            return exchange
        if git_remote.push(root, upstream, desk.online) == "done":
            trees = (git_tree.read_tree(root, name) if name else {} for name in (theirs, ours))
            exchange.sent = counts_between(desk.workspace, *trees)
            return exchange
    raise UserError(N_("others keep sending before this desk does; try 'parplan sync' again"))


def _take_in(desk: Desk, theirs: str | None, exchange: Exchange) -> str:
    """Bring what the commit ``theirs`` has to the branch and the files here.

    Return the commit that is the newest here then; what came is noted in ``exchange``.
    """
    root = desk.workspace.root
    choices: dict[Place, Side] = {}
    while True:
        with desk.workspace.writing():
            desk.commit()
            ours = git.resolve(root, "HEAD")
            if theirs is None or git_tree.is_ancestor(root, theirs, ours):
                return ours
            merge = merge_trees(root, ours, theirs, choices)
            if not merge.conflicts:
                require_readable(desk.workspace, merge)
                new = _committed(desk, merge, ours, theirs)
                git_tree.update_to(root, (ours, merge.here), (new, merge.tree), desk.here)
                exchange.problems = new_problems(desk.workspace, merge)
                exchange.received += counts_between(desk.workspace, merge.here, merge.tree)
                return new
        choices |= desk.choose(merge.conflicts)  # others may write while somebody thinks


def _committed(desk: Desk, merge: Merge, ours: str, theirs: str) -> str:
    """Return the commit of what both made: ``theirs`` itself where that is all there is."""
    if merge.is_newer and merge.tree == merge.there:
        return theirs
    parents = [theirs] if merge.is_newer else [ours, theirs]
    root, message = desk.workspace.root, _("Take in what colleagues sent")
    return git_tree.write_commit(root, merge.tree, parents, message, desk.here)
