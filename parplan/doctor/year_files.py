"""What is wrong with the plan, the index, the statistical forms and the journal of a year?

Each by itself, and whether they fit together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from parplan.journal.checks import orphans
from parplan.journal.file import Journal, missing_from, read_journal
from parplan.journal.record import Figure, Undo
from parplan.journal.renumbered import move_command, renumbered
from parplan.plan.checks import check_plan
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from parplan.problem import N_, Location, Problem, params
from parplan.workspace import files
from parplan.workspace.changes import plan_before
from parplan.workspace.workspace import Workspace

if TYPE_CHECKING:
    from parplan.forms.model import Forms

Reader: TypeAlias = Callable[[str], bytes | None]
"""Returns what a file of the workspace holds, None where there is none."""


class Checked(msgspec.Struct, frozen=True):
    """A file with what is wrong in it."""

    path: str
    text: str
    problems: list[Problem]


def check_year(
    workspace: Workspace, year: int, read: Reader, *, history: bool = False
) -> Iterator[Checked]:
    """Yield what is wrong with each file of ``year``, read by ``read``; raises what that raises.

    With ``history`` git is asked, too, whether tasks with records have other numbers now.
    """
    path = workspace.shown(workspace.plan_path(year))
    data = read(path)
    plan: Plan | None = None
    if data is not None:
        reading = read_plan(path, data)
        plan, problems = reading.value, reading.problems
        if plan is not None:
            problems = reading.locate(check_plan(plan, path))
        yield Checked(path, reading.text, problems)
    criteria: set[str] | None = set()
    path = workspace.shown(workspace.index_path(year))
    data = read(path)
    if data is not None:
        checked, criteria = _index(path, data, plan)
        yield checked
    forms: Forms | None = None
    path = workspace.shown(workspace.forms_path(year))
    data = read(path)
    if data is not None:
        checked, forms = _forms(path, data, plan)
        yield checked
    has_forms = data is None or forms is not None
    path = workspace.shown(workspace.journal_path(year))
    data = read(path)
    if data is not None:
        journal = read_journal(path, data)
        problems = [*journal.problems, *_records(workspace, path, journal, plan, criteria)]
        if history and plan is not None:
            problems += _renumbered(workspace, plan, path, journal)
        if has_forms:
            problems += _figures(path, journal, forms)
        yield Checked(path, data.decode("utf-8", "replace"), sorted(problems))
    yield from _copies(workspace, year, read)


def _copies(workspace: Workspace, year: int, read: Reader) -> Iterator[Checked]:
    """Yield the files that look like copies of those of ``year``: none of them is read."""
    journal_path = workspace.shown(workspace.journal_path(year))
    for path, original in workspace.copies():
        content = read(path) if original.startswith(f"plan/{year}.") else None
        if content is None:
            continue
        code, values = "copy", params(other=original)
        text = N_(
            "looks like a copy of %(other)s and is not read: take over what is new in it, then "
            "delete it or move it out of 'plan'"
        )
        if original == journal_path:
            aside = missing_from(read(journal_path) or b"", content)
            if aside:
                code, values = "records-aside", params(other=original, number=len(aside))
                text = N_(
                    "a copy of %(other)s with records that count nowhere, %(number)s in all; "
                    "'parplan check --fix-journal' takes them over"
                )
            else:
                text = N_("a copy of %(other)s, which has all its records: it can be deleted")
        problem = Problem(Location(path, 1, 1), code, text, values)
        yield Checked(path, content.decode("utf-8", "replace"), [problem])


def _index(path: str, data: bytes, plan: Plan | None) -> tuple[Checked, set[str] | None]:
    """Return what is wrong with an index, and the criteria that it scores if it can be read."""
    from parplan.score.index_checks import check_index
    from parplan.score.index_file import read_index

    reading = read_index(path, data)
    if reading.value is None:
        return Checked(path, reading.text, reading.problems), None
    problems = reading.locate(check_index(reading.value, plan, path))
    criteria = {leaf.criterion.id for leaf in reading.value.leaves()}
    return Checked(path, reading.text, problems), criteria


def _forms(path: str, data: bytes, plan: Plan | None) -> tuple[Checked, Forms | None]:
    """Return what is wrong with the statistical forms, and the forms if they can be read."""
    from parplan.forms.checks import check_forms
    from parplan.forms.file import read_forms

    reading = read_forms(path, data)
    if reading.value is None:
        return Checked(path, reading.text, reading.problems), None
    problems = reading.locate(check_forms(reading.value, plan, path))
    return Checked(path, reading.text, problems), reading.value


def _figures(path: str, journal: Journal, forms: Forms | None) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a journal; ``forms`` is None where are none."""
    figures = [record for record in journal.records if isinstance(record, Figure | Undo)]
    if figures:
        from parplan.forms.doubts import doubts

        for doubt in doubts(forms, figures):
            where = Location(path, journal.lines[doubt.record.id], 1)
            yield Problem(where, doubt.code, doubt.text, doubt.values)


def _renumbered(workspace: Workspace, plan: Plan, path: str, journal: Journal) -> Iterator[Problem]:
    """Yield the tasks with records whose wording stands under another number now."""
    before = plan_before(workspace, plan.year)
    tasks = [t for t in renumbered(before, plan, journal.records) if t.to] if before else []
    for task in tasks:
        first = next(r for r in journal.records if getattr(r, "task", "") == task.number)
        text = N_(
            "the task of the records of %(task)s has the number %(to)s now; '%(command)s' moves "
            "them"
        )
        values = params(task=task.number, to=task.to, command=move_command(tasks))
        yield Problem(Location(path, journal.lines[first.id], 1), "unknown-task", text, values)


_ABSENT = {
    "absent": N_("the evidence file %(file)s is not there"),
    "outside": N_("the evidence file %(file)s is not in the workspace's folder"),
    "hidden": N_("the evidence file %(file)s is hidden, with a dot in front; it goes to nobody"),
}


def _records(
    workspace: Workspace,
    path: str,
    journal: Journal,
    plan: Plan | None,
    criteria: set[str] | None,
) -> Iterator[Problem]:
    """Yield the records that fit nothing in the plan, or name a file that is not there."""
    if plan is not None:
        yield from orphans(plan, path, journal, criteria)
    for record in journal.records:
        for evidence in record.evidence:
            text = _ABSENT.get(files.look(workspace.root, evidence.file)) if evidence.file else None
            if text:
                where = Location(path, journal.lines[record.id], 1)
                yield Problem(where, "missing-file", text, params(file=evidence.file))
