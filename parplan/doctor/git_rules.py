"""The rules for git's set-up that make a workspace safe in it.

Each rule is named for what holds and yields what breaks it, with the fix where one is
safe.  Facts in, diagnostics out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parplan.doctor.model import JOURNAL, Diagnostic, Fix, Hook, Observations, Repository, diagnose
from parplan.problem import N_, Location, params
from parplan.workspace import git_setup
from parplan.workspace.git_process import NO_USER


def git_merges_journals_by_lines(facts: Observations) -> Iterator[Diagnostic]:
    """Two people's records come together without a conflict."""
    for repository in _repositories(facts):
        if (repository.merge, repository.eol) != ("union", "lf"):
            path = git_setup.ATTRIBUTES_PATH
            text = N_("git would not merge two people's records line by line")
            fix = None
            entry = facts.entry(path)
            attributes = (entry.data or b"").decode("utf-8", "replace") if entry else ""
            if git_setup.says_last(attributes, git_setup.UNION):
                text = N_("another file of git's attributes takes back what stands here")
            else:
                fix = Fix("add", path, git_setup.UNION)
            yield diagnose("fault", "no-union", text, Location(path, 1, 1), fix)


def git_ignores_what_is_made_again(facts: Observations) -> Iterator[Diagnostic]:
    """Lock and caches are nobody else's; replaced drafts and messages come in by no commit."""
    path = git_setup.IGNORE_PATH
    where = Location(path, 1, 1)
    entry = facts.entry(path)
    lines = (entry.data or b"").decode("utf-8", "replace").split() if entry else []
    for repository in _repositories(facts):
        for line in repository.not_ignored:
            fix = Fix("add", path, line)
            if line == git_setup.CACHE:
                text = N_("git does not ignore '.parplan', which is of use on this machine only")
                yield diagnose("fault", "not-ignored", text, where, fix)
            elif f"!{line}" not in lines:
                text = N_("git does not ignore '%(line)s', which parplan makes again")
                yield diagnose("hint", "old-ignore", text, where, fix, params(line=line))


def git_checks_before_a_commit(facts: Observations) -> Iterator[Diagnostic]:
    """The hook is there, up to date, and runs; one that other repositories share is let alone."""
    for repository in _repositories(facts):
        hook = repository.hook
        where = Location(hook.path, 1, 1)
        if hook.shared:
            if "parplan check --hook" not in (hook.text or ""):
                values = params(folder=hook.shared)
                yield diagnose("hint", "no-hook", git_setup.SHARED_HOOKS, values=values)
        elif hook.text is None:
            text = N_("git does not check the plan before a commit; 'parplan init --hook' mends it")
            yield diagnose("hint", "no-hook", text)
        elif "parplan check --hook" not in hook.text:
            text = N_("this hook does not check the plan; add the line: parplan check --hook")
            yield diagnose("hint", "no-hook", text, where)
        elif git_setup.is_own_hook(hook.text):
            yield from _own_hook(hook, where)


def _own_hook(hook: Hook, where: Location) -> Iterator[Diagnostic]:
    if hook.text not in hook.expected:
        text = N_("made by another version of parplan, or for another folder")
        yield diagnose("fault", "old-hook", text, where, Fix("write", hook.path, hook.expected[0]))
    if not hook.runs:
        text = N_("not executable, so git skips it")
        yield diagnose("fault", "hook-off", text, where, Fix("allow", hook.path))


def git_starts_what_the_user_chose(facts: Observations) -> Iterator[Diagnostic]:
    """No program runs because a folder that somebody else made says so."""
    for repository in _repositories(facts):
        for path, setting in repository.starts:
            text = N_(
                "git would run this hook; parplan does not, unless you trust the folder "
                "(parplan.trust)"
            )
            if setting:
                text = N_(
                    "git would start a program here: %(setting)s; parplan does not, unless you "
                    "trust the folder (parplan.trust)"
                )
            where = Location(path, 1, 1)
            yield diagnose("hint", "starts-program", text, where, values=params(setting=setting))


def git_knows_who_commits(facts: Observations) -> Iterator[Diagnostic]:
    """A commit has a name."""
    for repository in _repositories(facts):
        if not repository.user:
            yield diagnose("fault", "no-git-user", NO_USER)


def git_waits_for_nothing(facts: Observations) -> Iterator[Diagnostic]:
    """No merge is half done."""
    for repository in _repositories(facts):
        if repository.busy:
            text = N_("git waits for a %(what)s to be finished; 'git status' says how")
            yield diagnose("fault", "unfinished", text, values=params(what=repository.busy))


def line_ends_are_those_of_git(facts: Observations) -> Iterator[Diagnostic]:
    """What git keeps with LF has LF on the disk too."""
    for repository in _repositories(facts):
        for path in repository.not_lf:
            fix = Fix("unix", path) if JOURNAL.fullmatch(path) else None
            text = N_("the lines end with CRLF; git keeps this file with LF")
            yield diagnose("hint", "line-ends", text, Location(path, 1, 1), fix)


def git_keeps_the_evidence(facts: Observations) -> Iterator[Diagnostic]:
    """What proves the work is in the history too."""
    for repository in _repositories(facts):
        for path in sorted(repository.untracked & facts.evidence):
            text = N_("evidence that git does not keep yet; 'parplan commit' takes it")
            if path in repository.left_out:
                text = git_setup.HIDDEN_EVIDENCE
            yield diagnose("hint", "untracked-evidence", text, Location(path, 1, 1))


def the_workspace_has_a_history(facts: Observations) -> Iterator[Diagnostic]:
    """The plans are in a repository that git works with, where git is installed."""
    if facts.git_words:
        text = N_("git says: %(words)s")
        yield diagnose("fault", "git-refuses", text, values=params(words=facts.git_words))
    elif facts.has_plan and facts.machine.has_git and facts.repository is None:
        text = N_("no history is kept; 'git init' in this folder begins one")
        yield diagnose("hint", "no-repository", text)


def _repositories(facts: Observations) -> Iterator[Repository]:
    if facts.repository is not None:
        yield facts.repository


CHECKS: tuple[Callable[[Observations], Iterator[Diagnostic]], ...] = (
    git_merges_journals_by_lines,
    git_ignores_what_is_made_again,
    git_checks_before_a_commit,
    git_starts_what_the_user_chose,
    git_knows_who_commits,
    git_waits_for_nothing,
    line_ends_are_those_of_git,
    git_keeps_the_evidence,
    the_workspace_has_a_history,
)
