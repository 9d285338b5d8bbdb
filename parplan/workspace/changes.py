"""Compare the plans and journals of two revisions, and word what changed.

The source of ``diff`` and ``commit``.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from parplan.i18n import _, fill, ngettext
from parplan.journal.diff import AddedRecords, compare_records
from parplan.journal.file import read_journal
from parplan.journal.record import Record
from parplan.journal.renumbered import Renumbered, move_command, renumbered
from parplan.plan.diff import Difference, compare_plans
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, params
from parplan.text import one_line
from parplan.workspace import git
from parplan.workspace.workspace import Workspace, years_among

_MOST_REFS = 3


class Changes(msgspec.Struct, frozen=True):
    """What changed in one year: the plan's sentences and the journal's counts."""

    year: int
    plan: list[str]
    recorded: AddedRecords
    renumbered: list[str]


class _Side:
    """The files of a workspace at one moment: in a revision, or on the disk."""

    def __init__(self, workspace: Workspace, revision: str | None) -> None:
        self.workspace = workspace
        self.revision = revision

    def plan(self, year: int) -> tuple[Plan | None, bool]:
        """Return the plan, and whether there is a file at all."""
        path = self.workspace.plan_path(year)
        data = self._bytes(self.workspace.shown(path))
        if data is None:
            return None, False
        return read_plan(self.workspace.shown(path), data).value, True

    def records(self, year: int) -> list[Record]:
        path = self.workspace.journal_path(year)
        data = self._bytes(self.workspace.shown(path))
        return read_journal(path.name, data).records if data else []

    def _bytes(self, name: str) -> bytes | None:
        if self.revision is not None:
            return git.content(self.workspace.root, self.revision, name)
        return self.workspace.read_file(name)


def all_years(workspace: Workspace, *revisions: str | None) -> list[int]:
    """Return the years that have a plan now or in one of the ``revisions``."""
    listed = (git.listed(workspace.root, revision, "plan") for revision in revisions if revision)
    names = itertools.chain.from_iterable(listed)
    return sorted({*workspace.years(), *years_among(names)})


def changes_between(
    workspace: Workspace, years: Iterable[int], old: str, new: str | None
) -> list[Changes]:
    """Return what changed from the revision ``old`` to ``new``, None meaning the files now."""
    before, after = _Side(workspace, old), _Side(workspace, new)
    changes = (_of_year(before, after, year) for year in years)
    return [
        change
        for change in changes
        if change.plan or change.renumbered or change.recorded.counts or change.recorded.lost
    ]


def uncommitted(workspace: Workspace, year: int, records: Sequence[Record]) -> AddedRecords | None:
    """Return which of the ``records`` of ``year`` git has not in its history yet.

    None where it keeps no history of the workspace.
    """
    name = workspace.shown(workspace.journal_path(year))
    try:
        data = git.committed(workspace.root, name)
    except UserError:  # git is not installed
        return None
    if data is None and not git.is_work_tree(workspace.root):
        return None
    before = read_journal(name, data).records if data else []
    return compare_records(before, records)


def _of_year(before: _Side, after: _Side, year: int) -> Changes:
    recorded = compare_records(before.records(year), after.records(year))
    old, new = before.plan(year), after.plan(year)
    return Changes(
        year,
        _plan_changes(old, new),
        recorded,
        _say_renumbered(old[0], new[0], after.records(year)),
    )


def plan_before(workspace: Workspace, year: int) -> Plan | None:
    """Return the plan as git knew it last before the file that is there, None without any."""
    name = workspace.shown(workspace.plan_path(year))
    now = workspace.read_file(name)
    try:
        before = git.committed(workspace.root, name)
        if before == now and before is not None:
            earlier = git.revisions(workspace.root, name)[1:2]
            before = git.content(workspace.root, earlier[0].name, name) if earlier else None
    except UserError:  # git is not installed
        return None
    return read_plan(name, before).value if before is not None else None


def say_renumbered(task: Renumbered) -> Difference:
    """Return in a sentence what is recorded under a number that is another task's now."""
    values = params(task=task.number, records=str(task.records), old=one_line(task.old), to=task.to)
    if task.to:
        text = N_("task %(task)s (records: %(records)s) has the number %(to)s now: %(old)s")
    elif task.new:
        text = N_("task %(task)s is another one now, its records (%(records)s) tell of: %(old)s")
    else:
        text = N_("task %(task)s (records: %(records)s) is gone: %(old)s")
    return Difference(text, values)


def _say_renumbered(old: Plan | None, new: Plan | None, records: Sequence[Record]) -> list[str]:
    if old is None or new is None:
        return []
    tasks = renumbered(old, new, records)
    sentences = [fill(told.text, told.values) for told in map(say_renumbered, tasks)]
    if command := move_command(tasks):
        sentences.append(_("this moves the records: %(command)s") % {"command": command})
    return sentences


def _plan_changes(old: tuple[Plan | None, bool], new: tuple[Plan | None, bool]) -> list[str]:
    (before, was_there), (after, is_there) = old, new
    if not was_there and not is_there:
        return []
    if not was_there:
        return [_("plan added")]
    if not is_there:
        return [_("plan removed")]
    if before is None or after is None:
        return [] if before is after else [_("the plan cannot be read on one side")]
    return [fill(change.text, change.values) for change in compare_plans(before, after)]


def say_recorded(recorded: AddedRecords) -> str:
    """Return the journal's gain as one phrase: '3 ghi chú, 1 hoàn thành (4@2025-06)'."""
    counts = Counter(recorded.counts)
    phrases = {
        "note": ngettext("%(n)s note", "%(n)s notes", counts["note"]),
        "start": ngettext("%(n)s begun", "%(n)s begun", counts["start"]),
        "done": ngettext("%(n)s done", "%(n)s done", counts["done"]),
        "pause": ngettext("%(n)s paused", "%(n)s paused", counts["pause"]),
        "cancel": ngettext("%(n)s cancelled", "%(n)s cancelled", counts["cancel"]),
        "reopen": ngettext("%(n)s reopened", "%(n)s reopened", counts["reopen"]),
        "directive": ngettext("%(n)s directive", "%(n)s directives", counts["directive"]),
        "score": ngettext("%(n)s score", "%(n)s scores", counts["score"]),
        "figure": ngettext("%(n)s figure", "%(n)s figures", counts["figure"]),
        "edit": ngettext("%(n)s corrected", "%(n)s corrected", counts["edit"]),
        "undo": ngettext("%(n)s retracted", "%(n)s retracted", counts["undo"]),
    }
    if counts["done"]:
        more = ["…"] if counts["done"] > _MOST_REFS else []
        phrases["done"] += f" ({', '.join([*recorded.done[:_MOST_REFS], *more])})"
    return ", ".join(phrase for kind, phrase in phrases.items() if counts[kind])


def say_lost(recorded: AddedRecords) -> str:
    """Return how many records are gone, as a sentence; empty where none is."""
    if not recorded.lost:
        return ""
    return ngettext(
        "%(n)s record is gone from the journal",
        "%(n)s records are gone from the journal",
        recorded.lost,
    )
