"""Which rules must git's set-up keep, for a workspace to be safe in it?

Each rule is named for what holds and yields what breaks it, with the remedy where one is
safe.  Facts in, signs out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parplan.doctor.model import Facts, Hook, Remedy, Repository, Sign, sign
from parplan.problem import N_, Location, params
from parplan.workspace import git_setup as gitfiles

_JOURNAL = re.compile(r"plan/[12][0-9]{3}\.journal\.yaml")


def git_merges_journals_by_lines(facts: Facts) -> Iterator[Sign]:
    """Two people's records come together without a conflict."""
    for found in _repositories(facts):
        if (found.merge, found.eol) != ("union", "lf"):
            path = gitfiles.ATTRIBUTES_PATH
            text = N_("git would not merge two people's records line by line")
            remedy = None
            entry = facts.entry(path)
            said = (entry.data or b"").decode("utf-8", "replace") if entry else ""
            if gitfiles.says_last(said, gitfiles.UNION):
                text = N_("another file of git's attributes takes back what stands here")
            else:
                remedy = Remedy("add", path, gitfiles.UNION)
            yield sign("fault", "no-union", text, Location(path, 1, 1), remedy)


def git_ignores_the_cache(facts: Facts) -> Iterator[Sign]:
    """Lock and caches are nobody else's."""
    for found in _repositories(facts):
        if not found.ignores_cache:
            path = gitfiles.IGNORE_PATH
            text = N_("git does not ignore '.parplan', which is of use on this machine only")
            remedy = Remedy("add", path, gitfiles.IGNORED.strip())
            yield sign("fault", "not-ignored", text, Location(path, 1, 1), remedy)


def git_checks_before_a_commit(facts: Facts) -> Iterator[Sign]:
    """The hook is there, up to date, and runs; one that other repositories share is let alone."""
    for found in _repositories(facts):
        hook = found.hook
        where = Location(hook.path, 1, 1)
        if hook.shared:
            if "parplan check --hook" not in (hook.text or ""):
                values = params(folder=hook.shared)
                yield sign("hint", "no-hook", gitfiles.SHARED_HOOKS, values=values)
        elif hook.text is None:
            text = N_("git does not check the plan before a commit; 'parplan init --hook' mends it")
            yield sign("hint", "no-hook", text)
        elif "parplan check --hook" not in hook.text:
            text = N_("this hook does not check the plan; add the line: parplan check --hook")
            yield sign("hint", "no-hook", text, where)
        elif gitfiles.is_own_hook(hook.text):
            yield from _own_hook(hook, where)


def _own_hook(hook: Hook, where: Location) -> Iterator[Sign]:
    if hook.text not in hook.wanted:
        text = N_("made by another version of parplan, or for another folder")
        yield sign("fault", "old-hook", text, where, Remedy("write", hook.path, hook.wanted[0]))
    if not hook.runs:
        text = N_("not executable, so git skips it")
        yield sign("fault", "hook-off", text, where, Remedy("allow", hook.path))


def git_knows_who_commits(facts: Facts) -> Iterator[Sign]:
    """A commit has a name."""
    for found in _repositories(facts):
        if not found.user:
            text = N_(
                "git does not know who you are; type: git config --global user.name "
                '"NAME", and: git config --global user.email "ADDRESS"'
            )
            yield sign("fault", "no-git-user", text)


def git_waits_for_nothing(facts: Facts) -> Iterator[Sign]:
    """No merge is half done."""
    for found in _repositories(facts):
        if found.busy:
            text = N_("git waits for a %(what)s to be finished; 'git status' says how")
            yield sign("fault", "unfinished", text, values=params(what=found.busy))


def line_ends_are_those_of_git(facts: Facts) -> Iterator[Sign]:
    """What git keeps with LF has LF on the disk too."""
    for found in _repositories(facts):
        for path in found.not_lf:
            remedy = Remedy("unix", path) if _JOURNAL.fullmatch(path) else None
            text = N_("the lines end with CRLF; git keeps this file with LF")
            yield sign("hint", "line-ends", text, Location(path, 1, 1), remedy)


def git_keeps_the_evidence(facts: Facts) -> Iterator[Sign]:
    """What proves the work is in the history too."""
    for found in _repositories(facts):
        for path in sorted(found.untracked & facts.evidence):
            text = N_("evidence that git does not keep yet; 'parplan commit' takes it")
            yield sign("hint", "untracked-evidence", text, Location(path, 1, 1))


def the_workspace_has_a_history(facts: Facts) -> Iterator[Sign]:
    """The plans are in a repository that git works with, where git is installed."""
    if facts.git_words:
        text = N_("git says: %(words)s")
        yield sign("fault", "git-refuses", text, values=params(words=facts.git_words))
    elif facts.has_plan and facts.machine.has_git and facts.repository is None:
        text = N_("no history is kept; 'git init' in this folder begins one")
        yield sign("hint", "no-repository", text)


def _repositories(facts: Facts) -> Iterator[Repository]:
    if facts.repository is not None:
        yield facts.repository


CHECKS: tuple[Callable[[Facts], Iterator[Sign]], ...] = (
    git_merges_journals_by_lines,
    git_ignores_the_cache,
    git_checks_before_a_commit,
    git_knows_who_commits,
    git_waits_for_nothing,
    line_ends_are_those_of_git,
    git_keeps_the_evidence,
    the_workspace_has_a_history,
)
