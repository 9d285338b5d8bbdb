"""Words a commit of the workspace: what changed in the plan, the progress and the other files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parplan.i18n import _, ngettext
from parplan.text import one_line
from parplan.workspace import git
from parplan.workspace.changes import Changes, all_years, changes_between, say_lost, say_recorded
from parplan.workspace.workspace import Workspace

_SUBJECT_LENGTH = 72


def uncommitted_changes(workspace: Workspace) -> list[Changes]:
    """Return what changed since the last commit; nothing before the first."""
    if not git.has_commits(workspace.root):
        return []
    return changes_between(workspace, all_years(workspace, "HEAD"), "HEAD", None)


def commit_message(
    workspace: Workspace, year: int, paths: Sequence[str], changes: Sequence[Changes]
) -> tuple[str, str]:
    """Return the subject and the body for a commit of ``paths``; ``year`` is that of the plan."""
    if not git.has_commits(workspace.root):
        return _("Begin to follow the plan of %(year)s") % {"year": year}, ""
    parts = [*(part for change in changes for part in _of_year(change)), *_of_files(paths)]
    subject = "; ".join(parts) or _("Update the workspace")
    # In one line each: what a title holds is no paragraph of the message, and no trailer.
    body = "\n".join(f"- {one_line(sentence)}" for change in changes for sentence in change.plan)
    if len(subject) > _SUBJECT_LENGTH and len(parts) > 1:
        body = "\n".join([f"- {part}" for part in parts[1:]] + [body]).strip()
        subject = f"{parts[0]}; …"
    return subject, body


def _of_year(change: Changes) -> Iterator[str]:
    # First, and in the history for good: what was recorded is never to be lost unseen.
    if lost := say_lost(change.recorded):
        yield lost
    if change.recorded.counts:
        yield _("Record progress: %(counts)s") % {"counts": say_recorded(change.recorded)}
    if change.plan:
        number = ngettext("%(n)s change", "%(n)s changes", len(change.plan))
        values = {"year": change.year, "changes": number}
        yield _("Edit the plan of %(year)s: %(changes)s") % values


def _of_files(paths: Sequence[str]) -> Iterator[str]:
    indexes = [path for path in paths if path.endswith(".index.yaml")]
    if indexes:
        yield _("Edit the index: %(files)s") % {"files": ", ".join(indexes)}
    forms = [path for path in paths if path.endswith(".forms.yaml")]
    if forms:
        yield _("Edit the statistical forms: %(files)s") % {"files": ", ".join(forms)}
    others = [path for path in paths if not path.startswith("plan/")]
    if others and all(path.startswith("reports/") for path in others):
        yield _("Write drafts: %(files)s") % {"files": ", ".join(others)}
    elif others:
        yield ngettext("%(n)s other file", "%(n)s other files", len(others))
