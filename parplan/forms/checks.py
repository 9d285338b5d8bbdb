"""The rules that a readable file of statistical forms must also keep.

Each check is named for the rule that holds and yields what breaks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parplan.forms.formula import read_formula
from parplan.forms.model import Form, FormRow, Forms
from parplan.plan.checks import year_is_that_of_the_file
from parplan.plan.model import Plan
from parplan.problem import N_, DataPath, Finding, params
from parplan.yamlfile.validate import nearest


def check_forms(forms: Forms, plan: Plan | None, path: str) -> list[Finding]:
    """Return what is wrong with ``forms``, which were read from the file ``path``.

    Tasks are looked up in ``plan`` unless that could not be read.
    """
    findings = [*year_is_that_of_the_file(forms.year, path), *numbers_are_unique(forms)]
    for number, form in enumerate(forms.forms):
        of_form: DataPath = ("forms", number, "rows")
        for place, row in enumerate(form.rows):
            findings += _check_row(form, row, (*of_form, place))
    return findings + (list(tasks_are_in_the_plan(forms, plan)) if plan else [])


def numbers_are_unique(forms: Forms) -> Iterator[Finding]:
    """No two forms share a number, and no two rows of a form; the later one is at fault."""
    text = N_("the number '%(name)s' is used twice")
    seen: set[str] = set()
    for number, form in enumerate(forms.forms):
        if form.id in seen:
            yield Finding(("forms", number, "id"), "repeated-row", text, params(name=form.id))
        seen.add(form.id)
        rows: set[str] = set()
        for place, row in enumerate(form.rows):
            if row.id in rows:
                path: DataPath = ("forms", number, "rows", place, "id")
                yield Finding(path, "repeated-row", text, params(name=row.id))
            rows.add(row.id)


def _check_row(form: Form, row: FormRow, path: DataPath) -> Iterator[Finding]:
    rows = {other.id: other for other in form.rows}
    above = row.id.rpartition(".")[0]
    if above and above not in rows:
        text = N_("row %(name)s belongs to a row that is not there")
        yield Finding((*path, "id"), "bad-row", text, params(name=row.id))
    if row.formula:
        yield from formula_is_of_the_form(row, rows, (*path, "formula"))
    if row.counts in ("period", "year-to-date") and not row.adds_up:
        text = N_("what 'counts' says cannot be added up here: this is a share, a code or computed")
        yield Finding((*path, "counts"), "bad-row", text)
    if row.from_plan and (row.formula or form.is_heading(row)):
        text = N_("this row is a heading or computed: the plan does not answer it")
        yield Finding((*path, "from_plan"), "bad-row", text)


def formula_is_of_the_form(
    row: FormRow, rows: Mapping[str, FormRow], path: DataPath
) -> Iterator[Finding]:
    """A formula adds or divides other rows of its form, and ends at rows that have none."""
    formula = read_formula(row.formula)
    if formula is None:
        text = N_("a formula is a sum '1.1 + 1.2' or a share '2.2 / 2.1' of rows of this form")
        yield Finding(path, "bad-row", text)
        return
    if (formula.kind == "share") != row.is_share:
        text = N_("a formula with '/' goes with the unit '%', and no other does")
        yield Finding(path, "bad-row", text)
    for name in formula.rows:
        if name not in rows:
            near = nearest(name, list(rows))
            text = (
                N_("this form has no row %(name)s; did you mean %(near)s?")
                if near
                else N_("this form has no row %(name)s")
            )
            yield Finding(path, "bad-row", text, params(name=name, near=near))
    if _follows_from_itself(row, rows):
        text = N_("row %(name)s follows from itself")
        yield Finding(path, "bad-row", text, params(name=row.id))


def _follows_from_itself(row: FormRow, rows: Mapping[str, FormRow]) -> bool:
    reached: set[str] = set()
    ahead = [row]
    while ahead:
        formula = read_formula(ahead.pop().formula)
        names = set(formula.rows if formula else ()) & rows.keys() - reached
        reached |= names
        ahead += [rows[name] for name in names]
    return row.id in reached


def tasks_are_in_the_plan(forms: Forms, plan: Plan) -> Iterator[Finding]:
    """Every task that answers a row is one of the plan."""
    tasks = [task.id for _section, task in plan.tasks()]
    for number, form in enumerate(forms.forms):
        for place, row in enumerate(form.rows):
            for index, task in enumerate(row.from_plan.tasks if row.from_plan else ()):
                if task not in tasks:
                    text = N_("the plan has no task %(task)s")
                    path = ("forms", number, "rows", place, "from_plan", "tasks", index)
                    yield Finding(path, "unknown-task", text, params(task=task))
