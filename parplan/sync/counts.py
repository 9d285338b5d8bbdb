"""How much came, and how much went?"""

from __future__ import annotations

import msgspec

from parplan.i18n import _, ngettext
from parplan.journal import record as journal
from parplan.sync.merge import is_journal
from parplan.workspace import git, git_tree
from parplan.workspace.changes import all_years, changes_between
from parplan.workspace.workspace import Workspace


class Counts(msgspec.Struct, frozen=True):
    """Numbers of records, of changes in plans, and of other files."""

    records: int = 0
    changes: int = 0
    files: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.records + other.records, self.changes + other.changes, self.files + other.files
        )


def counts_between(workspace: Workspace, old: str | None, new: str) -> Counts:
    """Return what the commit ``new`` has beyond ``old``; beyond nothing where that is None."""
    years = all_years(workspace, old, new)
    before = record_ids(workspace, old, years) if old else set[str]()
    records = len(record_ids(workspace, new, years) - before)
    trees = [git_tree.read_tree(workspace.root, name) if name else {} for name in (old, new)]
    paths = {path for path in {**trees[0], **trees[1]} if trees[0].get(path) != trees[1].get(path)}
    start = git.prefix(workspace.root)
    plans = {f"{start}{workspace.shown(workspace.plan_path(year))}" for year in years}
    plan_changes = changes_between(workspace, years, old, new) if old and paths & plans else []
    changes = sum(len(change.plan) for change in plan_changes)
    others = [path for path in paths - (plans if old else set()) if not is_journal(path)]
    return Counts(records, changes, len(others))


def record_ids(workspace: Workspace, revision: str, years: list[int]) -> set[str]:
    """Return the ids of all records of ``years`` in the commit ``revision``."""
    names = [workspace.shown(workspace.journal_path(year)) for year in years]
    contents = (git.content(workspace.root, revision, name) or b"" for name in names)
    return {record.id for data in contents for record in journal.parse("", data).records}


def say_counts(counts: Counts) -> str:
    """Return ``counts`` as words: '3 bản ghi, 1 thay đổi trong kế hoạch'."""
    parts = []
    if counts.records:
        parts.append(ngettext("%(n)s record", "%(n)s records", counts.records))
    if counts.changes:
        parts.append(
            ngettext("%(n)s change of the plan", "%(n)s changes of the plan", counts.changes)
        )
    if counts.files:
        parts.append(ngettext("%(n)s other file", "%(n)s other files", counts.files))
    return ", ".join(parts) or _("nothing")
