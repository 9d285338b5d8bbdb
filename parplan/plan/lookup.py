"""Which task, unit or officer of a plan does a person mean?"""

from __future__ import annotations

from parplan.plan.model import Plan, Task, Unit
from parplan.problem import N_, UserError, params
from parplan.text import fold, whole_number

NO_UNIT = N_("no unit '%(wanted)s'; the plan has: %(known)s")

_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)


def find_task(plan: Plan, number: str) -> Task:
    """Return the task with that number; raises UserError where there is none."""
    for _section, task in plan.tasks():
        if task.id == number:
            return task
    text = N_("no task '%(task)s' in the plan of %(year)s; 'parplan list' shows them all")
    raise UserError(text, params(task=number, year=plan.year))


def tasks_with_words(plan: Plan, words: str) -> list[Task]:
    """Return the task with the number ``words``, else those whose name or title has the words.

    The words as they follow each other, else each of them; the last letters of one may be left
    out, accents and capitals do not matter.  Raises UserError where no task has them.
    """
    every = [task for _section, task in plan.tasks()]
    numbered = [task for task in every if task.id == words]
    if numbered or not any(map(str.isalpha, words)):
        return numbered or [find_task(plan, words)]
    phrase = fold(words)
    tasks = [task for task in every if f" {phrase}" in _names(task)] or [
        task for task in every if all(f" {word}" in _names(task) for word in phrase.split())
    ]
    if not tasks:
        text = N_("no task has the words '%(words)s' in its name; 'parplan list' shows them all")
        raise UserError(text, params(words=words))
    return tasks


def require_task(plan: Plan, words: str) -> Task:
    """Return the one task that has the number or the words; raises UserError as well for several.

    As ``tasks_with_words``.
    """
    tasks = tasks_with_words(plan, words)
    if len(tasks) > 1:
        text = N_("'%(words)s' can be several tasks: %(tasks)s; name one by its number")
        names = "; ".join(f"{task.id} ({task.name})" for task in tasks)
        raise UserError(text, params(words=words, tasks=names))
    return tasks[0]


def _names(task: Task) -> str:
    return f" {fold(task.short)} {fold(task.title)}"


def require_unit(plan: Plan, name: str) -> Unit:
    """Return the one unit called ``name``, else the one whose name has its words.

    As ``units_named``.  Raises UserError where there is none, or several.
    """
    ids = units_named(plan, name)
    matches = [unit for unit in plan.units if unit.id in ids]
    names = ", ".join(unit.name for unit in matches or plan.units)
    if not matches:
        raise UserError(NO_UNIT, params(wanted=name, known=names))
    if len(matches) > 1:
        text = N_("'%(wanted)s' can be several units: %(known)s; write the full name")
        raise UserError(text, params(wanted=name, known=names))
    return matches[0]


def units_named(plan: Plan, name: str) -> set[str]:
    """Return the ids of the units called ``name``, else of those whose name has its words.

    By name, id or alias, from the beginning of a word on; accents and capitals do not matter.
    """
    words = fold(name)
    return {unit.id for unit in plan.units if words in map(fold, unit.names())} or {
        unit.id for unit in plan.units if any(_begins_in(words, name) for name in unit.names())
    }


def all_officers(plan: Plan) -> list[str]:
    """Return the officers that tasks name, on whatever day, in the order of the plan.

    One that is written with other capitals elsewhere is named once.
    """
    first: dict[str, str] = {}
    for _section, task in plan.tasks():
        for name in task.every_officer:
            first.setdefault(name.casefold(), name)
    return list(first.values())


def require_officers(plan: Plan) -> list[str]:
    """Return what ``all_officers`` returns; raises UserError where no task names one."""
    every = all_officers(plan)
    if not every:
        text = N_("no task names an officer; 'parplan amend task 4 --officer NAME' lets one do so")
        raise UserError(text)
    return every


def require_officer(plan: Plan, name: str, *, full: bool = False) -> str:
    """Return the one officer called ``name``, else the one whose name has its words.

    With ``full`` the whole name alone counts.  Capitals do not matter, nor accents where nobody
    has those that were typed.  Raises UserError where there is none, or several.
    """
    every, words = require_officers(plan), fold(name)
    matches = (
        [officer for officer in every if officer.casefold() == name.casefold()]
        or [officer for officer in every if fold(officer) == words]
        or [officer for officer in every if not full and _begins_in(words, officer)]
    )
    if not matches:
        names = ", ".join(every)
        text = N_("no task names the officer '%(wanted)s'; the plan has: %(known)s")
        raise UserError(text, params(wanted=name, known=names))
    if len(matches) > 1:
        text = N_("'%(wanted)s' can be several officers: %(known)s; write the full name")
        raise UserError(text, params(wanted=name, known=", ".join(matches)))
    return matches[0]


def sections_named(plan: Plan, name: str) -> set[str]:
    """Return the section with the number ``name``, else those whose title has its words.

    A Roman number may be typed in Arabic figures: 2 is II.
    """
    words = fold(name)
    number = whole_number(words) or 0
    roman = _ROMAN[number - 1] if 1 <= number <= len(_ROMAN) else ""
    return (
        {section.id for section in plan.sections if fold(section.id) == words}
        or {section.id for section in plan.sections if fold(section.id) == roman}
        or {section.id for section in plan.sections if _begins_in(words, section.title)}
    )


def _begins_in(words: str, text: str) -> bool:
    """Tell whether ``text`` has the folded ``words``, from the beginning of a word on."""
    return len(words) > 1 and f" {words}" in f" {fold(text)}"
