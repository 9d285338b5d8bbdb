"""Keep this desk and the shared repository in step: take in, send, and again if need be.

Whatever goes wrong on the way, what is recorded here is committed first, and stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from parplan.problem import N_, Problem, UserError
from parplan.sync.counts import Counts, counts_between
from parplan.sync.merge import Conflict, Place, Side
from parplan.sync.repository import merge_trees, new_problems, require_readable
from parplan.workspace import git, git_remote, git_tree
from parplan.workspace.git_process import Guard
from parplan.workspace.workspace import Workspace

_PAUSES_SECONDS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0)

Choose: TypeAlias = Callable[[Sequence[Conflict]], Mapping[Place, Side]]
"""Returns which version holds in each place; raises where nobody can say."""


class Desk(msgspec.Struct, frozen=True):
    """The workspace, how git may run here and over the network, and what a merge is called.

    ``commit`` commits what changed; it is called while nobody else writes here.
    """

    workspace: Workspace
    here: Guard
    online: Guard
    message: str
    commit: Callable[[], object]
    choose: Choose


class Exchange(msgspec.Struct):
    """What came and what went; ``problems`` of the plan that came of both, which kept it here."""

    received: Counts = Counts()
    sent: Counts = Counts()
    problems: Sequence[Problem] = ()


def sync_with_repository(desk: Desk) -> Exchange:
    """Exchange with the shared repository until both have the same.

    Raises UserError where it cannot be reached or refuses, or others keep being faster.
    """
    root = desk.workspace.root
    upstream = git_remote.find_upstream(root)
    with desk.workspace.writing():  # before anything that may fail
        desk.commit()
    exchange = Exchange()
    for pause in _PAUSES_SECONDS:
        time.sleep(pause)
        theirs = git_remote.fetch(root, upstream, desk.online)
        exchange.received += _take_in(desk, theirs, exchange)
        ours = git.resolve(root, "HEAD")
        if exchange.problems or ours == theirs:
            return exchange
        if git_remote.push(root, upstream, desk.online) == "done":
            exchange.sent = counts_between(desk.workspace, theirs, ours)
            return exchange
    raise UserError(N_("others keep sending before this desk does; try 'parplan sync' again"))


def _take_in(desk: Desk, theirs: str | None, exchange: Exchange) -> Counts:
    """Bring what the commit ``theirs`` has to the branch and the files here; return how much."""
    root = desk.workspace.root
    choices: dict[Place, Side] = {}
    while True:
        with desk.workspace.writing():
            desk.commit()
            ours = git.resolve(root, "HEAD")
            if theirs is None or git_tree.is_ancestor(root, theirs, ours):
                return Counts()
            merge = merge_trees(root, ours, theirs, choices)
            if not merge.conflicts:
                require_readable(desk.workspace, merge.tree, ours)
                new = _committed(desk, merge.tree, ours, theirs)
                git_tree.update_to(root, ours, new, desk.here)
                exchange.problems = new_problems(desk.workspace, new, (ours, theirs))
                return counts_between(desk.workspace, ours, new)
        choices |= desk.choose(merge.conflicts)  # others may write while somebody thinks


def _committed(desk: Desk, tree: git_tree.Tree, ours: str, theirs: str) -> str:
    """Return the commit of ``tree``: ``theirs`` itself where that is all there is."""
    root = desk.workspace.root
    is_older = git_tree.is_ancestor(root, ours, theirs)
    if is_older and tree == git_tree.read_tree(root, theirs):
        return theirs
    parents = [theirs] if is_older else [ours, theirs]
    return git_tree.write_commit(root, tree, parents, desk.message, desk.here)
