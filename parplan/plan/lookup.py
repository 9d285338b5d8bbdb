"""Which task or unit of a plan does a person mean?"""

from __future__ import annotations

from parplan.plan.model import Plan, Task, Unit
from parplan.problem import N_, UserError, params
from parplan.text import fold

NO_UNIT = N_("no unit '%(wanted)s'; the plan has: %(known)s")


def find_task(plan: Plan, number: str) -> Task:
    """Return the task with that number; raises UserError where there is none."""
    for _section, task in plan.tasks():
        if task.id == number:
            return task
    text = N_("no task '%(task)s' in the plan of %(year)s; 'parplan list' shows them all")
    raise UserError(text, params(task=number, year=plan.year))


def require_unit(plan: Plan, wanted: str) -> Unit:
    """Return the unit with that name, id or alias; raises UserError where there is none."""
    unit = next((one for one in plan.units if fold(wanted) in map(fold, one.names())), None)
    if unit is None:
        known = ", ".join(one.name for one in plan.units)
        raise UserError(NO_UNIT, params(wanted=wanted, known=known))
    return unit
