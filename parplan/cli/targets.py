"""Which occurrence does a command mean, and what is said where that is not clear?"""

from __future__ import annotations

from parplan.agenda.doubts import early_completion, overdue_by_task
from parplan.agenda.target import RecordTarget, Unclear, find_by_words
from parplan.cli.confirm import choose, is_somebody_there
from parplan.cli.session import Session, Unreadable
from parplan.cli.shell import quote
from parplan.i18n import _, date, fill
from parplan.journal.progress import Progress
from parplan.problem import N_, UserError, Values, params
from parplan.render import words
from parplan.schedule.reference import Ref


def find_target(
    session: Session, ref: Ref, command: str, progress: dict[str, Progress]
) -> RecordTarget:
    """Return what ``ref`` means for ``command``: a number or words, of a task or an occurrence.

    Where it can be several, somebody at a terminal is asked.  Raises UserError when there is
    none, or nobody to choose.
    """
    closed = command == "reopen"
    result = find_by_words(session.plan, progress, ref, session.as_of, closed=closed)
    if isinstance(result, RecordTarget):
        return result
    task = result.task
    if result.why == "no-occurrence":
        text = N_("task %(task)s has no occurrence %(ref)s; it has: %(refs)s")
        refs = result.refs_near(session.as_of) or _("none")
        raise UserError(text, params(task=task.id, ref=str(ref), refs=refs))
    if result.why == "none-closed":
        raise UserError(N_("no occurrence of task %(task)s is closed"), params(task=task.id))
    text, values = _heading(command, ref, result)
    if is_somebody_there():
        lines = [f"{target.ref:<12}  {_note(target, result)}" for target in result.candidates]
        heading = fill(text, (*values, ("commands", "")))
        return result.candidates[choose(heading, lines)]
    commands = "".join(
        f"\n  parplan {command} {_typed(session, command, target):<12}  # {_note(target, result)}"
        for target in result.candidates
    )
    raise UserError(text, (*values, ("commands", commands)))


def _typed(session: Session, command: str, target: RecordTarget) -> str:
    """Return what is typed for ``target``, with --yes where it would be asked about."""
    is_early = command == "done" and early_completion(target, session.as_of)
    return f"{quote(target.ref)} --yes" if is_early else quote(target.ref)


def _note(target: RecordTarget, result: Unclear) -> str:
    state = words.state(target.progress.state)
    if target.item is not None:
        state = _("due %(day)s, %(state)s") % {"day": date(target.item.due), "state": state}
    return f"{target.task.name}; {state}" if result.why == "several-tasks" else state


def _heading(command: str, ref: Ref, result: Unclear) -> tuple[str, Values]:
    if result.why == "several-tasks":
        text = N_("'%(words)s' can be several; name the one you mean:%(commands)s")
        return text, params(words=ref.task)
    if command == "reopen":
        text = N_(
            "task %(task)s has %(count)s closed occurrences; name the one you mean:%(commands)s"
        )
    elif result.why == "none-open":
        text = N_("task %(task)s has no open occurrence; name the one you mean:%(commands)s")
    else:
        text = N_(
            "task %(task)s has %(count)s open occurrences; name the one you mean:%(commands)s"
        )
    return text, params(task=result.task.id, count=len(result.candidates))


def refuse_number_of_two_years(session: Session, target: RecordTarget, command: str) -> None:
    """Raise UserError where a bare number can also mean last year's task, which is overdue.

    ``target`` is what it means in this year's plan.
    """
    overdue = overdue_last_year(session).get(target.task.id)
    if not overdue:
        return
    refs = [*map(quote, overdue), _typed(session, command, target)]
    text = N_(
        "task %(task)s of the plan of %(year)s is overdue still; name the one you mean:%(commands)s"
    )
    commands = "".join(f"\n  parplan {command} {ref}" for ref in refs)
    values = params(task=target.task.id, year=session.plan.year - 1, commands=commands)
    raise UserError(text, values)


def overdue_last_year(session: Session) -> dict[str, list[str]]:
    """Return what is overdue of last year's plan, by task; nothing once this year is over too."""
    if session.as_of.year != session.plan.year:
        return {}
    try:
        last_year = session.last_year()
    except Unreadable:
        return {}
    if last_year is None:
        return {}
    plan, records = last_year
    return overdue_by_task(plan, session.progress_after(records), session.as_of)
