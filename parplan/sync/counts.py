"""How much came, and how much went?"""

from __future__ import annotations

import msgspec

from parplan.i18n import _, ngettext
from parplan.journal.file import read_journal
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.sync.merge import is_journal, is_plan
from parplan.workspace import git_tree
from parplan.workspace.git_tree import Tree
from parplan.workspace.workspace import Workspace


class SyncCounts(msgspec.Struct, frozen=True):
    """Numbers of records, of changes in plans, and of other files."""

    records: int = 0
    changes: int = 0
    files: int = 0

    def __add__(self, other: SyncCounts) -> SyncCounts:
        return SyncCounts(
            self.records + other.records, self.changes + other.changes, self.files + other.files
        )


def counts_between(workspace: Workspace, old: Tree, new: Tree) -> SyncCounts:
    """Return what the files of ``new`` have beyond those of ``old``."""
    counts = SyncCounts()
    for path in sorted({*old, *new}):
        if old.get(path) == new.get(path):
            continue
        before, after = (git_tree.read_blob(workspace.root, tree.get(path)) for tree in (old, new))
        counts += compared(path, before, after)
    return counts


def compared(path: str, before: bytes | None, after: bytes | None) -> SyncCounts:
    """Return what the file ``path`` has ``after`` beyond what it had ``before``."""
    if is_journal(path):
        old, new = (read_journal("", data or b"").records for data in (before, after))
        return SyncCounts(
            records=len({record.id for record in new} - {record.id for record in old})
        )
    if is_plan(path) and before is not None and after is not None:
        plans = [read_plan(path, data).value for data in (before, after)]
        if plans[0] is not None and plans[1] is not None:
            return SyncCounts(changes=len(compare_plans(plans[0], plans[1])))
    return SyncCounts(files=1)


def say_counts(counts: SyncCounts) -> str:
    """Return ``counts`` as words: '3 bản ghi, 1 chỗ sửa trong kế hoạch'."""
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
