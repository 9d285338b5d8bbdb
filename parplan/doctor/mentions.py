"""Which files of a year name tasks by their numbers, so that new numbers concern them?"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parplan.plan.model import Plan
from parplan.workspace.workspace import Workspace


class Mention(msgspec.Struct, frozen=True):
    """A file that names a task, and at what: criteria, rows of forms, points of the outline."""

    path: str
    task: str
    places: list[str]


def mentions(workspace: Workspace, plan: Plan, numbers: list[str]) -> list[Mention]:
    """Return which files of the plan's year name the tasks ``numbers``, in their order.

    Not the tasks themselves, nor records.  A file that cannot be read names none.
    """
    files = [
        (workspace.shown(workspace.plan_path(plan.year)), list(_in_plan(plan))),
        _in_index(workspace, plan.year),
        _in_forms(workspace, plan.year),
    ]
    return [
        Mention(path, number, places)
        for path, named in files
        for number in numbers
        if (places := [place for place, tasks in named if number in tasks])
    ]


def _in_plan(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    for point in plan.outline.points() if plan.outline else ():
        yield point.title, point.tasks
    for report in plan.reporting:
        yield report.name, [served.task for served in report.serves]


def _in_index(workspace: Workspace, year: int) -> tuple[str, list[tuple[str, list[str]]]]:
    from parplan.score.index_file import read_index  # few offices renumber their tasks

    path = workspace.index_path(year)
    reading = workspace.read_by(read_index, path)
    leaves = reading.value.leaves() if reading and reading.value else ()
    return workspace.shown(path), [(leaf.criterion.id, leaf.criterion.tasks) for leaf in leaves]


def _in_forms(workspace: Workspace, year: int) -> tuple[str, list[tuple[str, list[str]]]]:
    from parplan.forms.file import read_forms

    path = workspace.forms_path(year)
    reading = workspace.read_by(read_forms, path)
    rows = reading.value.rows() if reading and reading.value else ()
    named = [(form.key(row), row.from_plan.tasks) for form, row in rows if row.from_plan]
    return workspace.shown(path), named
