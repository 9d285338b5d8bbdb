"""``parplan directive``: a superior gives a deadline, moves one, or asks for a report."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from parplan.agenda.items import Item, items, workdays
from parplan.cli import candidates as complete
from parplan.cli.options import RecordOptions, Shared
from parplan.cli.params import Date, Reference
from parplan.cli.recording import announce, clean, find_target, given_fields, write
from parplan.cli.session import Session, open_for
from parplan.journal.progress import Progress, add
from parplan.journal.record import Directive
from parplan.plan.lookup import find_task
from parplan.plan.model import Task
from parplan.problem import N_, UserError, params
from parplan.schedule import period as periods
from parplan.schedule.reference import Ref
from parplan.schedule.rules import OnDirective

EXAMPLES = (
    'parplan directive 12 --due 2025-11-15 --by "CV 123/UBND-NV"',
    'parplan directive 6@2025-08 --due 15/9/2025 "Quận lùi lớp học"',
    'parplan directive 1 --due 2025-07-10 "Báo cáo chuyên đề"',
)


def directive(
    ref: Annotated[
        Ref,
        typer.Argument(
            parser=Reference(),
            metavar=N_("TASK[@PERIOD]"),
            help=N_("Task that gets a date, or the occurrence whose date moves."),
            autocompletion=complete.references,
        ),
    ],
    text: Annotated[
        str, typer.Argument(metavar=N_("[TEXT]"), help=N_("What the directive says."))
    ] = "",
    due: Annotated[
        dt.datetime | None,
        typer.Option(parser=Date("deadline"), help=N_("The deadline: last day in time.")),
    ] = None,
    event: Annotated[
        dt.datetime | None,
        typer.Option(
            parser=Date("deadline", says=True),
            help=N_("Day of the event, where the plan says 'within … days'."),
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Number of the directive."))
    ] = "",
    *,
    options: RecordOptions,
    shared: Shared,
) -> None:
    """Record a deadline."""
    session = open_for(shared, ref)
    task = find_task(session.plan, ref.task)
    progress = session.progress()
    day = _deadline(session, task, due, event)
    chosen = ref.period or _period(session, task, day, progress)
    if ref.period and not _is_new(session, task, ref.period, day):
        find_target(session, ref, "directive", progress)
    fields = given_fields(session, options)
    fields |= {"task": task.id, "period": chosen, "text": clean(text)}
    fields |= {"due": day, "authority": clean(by)}
    written = write(session, options.author, Directive, fields)
    add(progress, written)
    announce(session, written, progress)


def _deadline(session: Session, task: Task, due: dt.date | None, event: dt.date | None) -> dt.date:
    if (due is None) == (event is None):
        raise UserError(N_("give the deadline with --due, or the day of the event with --event"))
    if due is not None:
        return due
    within = next((rule.within for rule in _directed(task) if rule.within is not None), None)
    if within is None or event is None:
        text = N_("task %(task)s has no 'within' in the plan; give the deadline with --due")
        raise UserError(text, params(task=task.id))
    return periods.after(event, within, workdays(session.plan))


def _directed(task: Task) -> list[OnDirective]:
    return [rule for rule in task.schedule if isinstance(rule, OnDirective)]


def _is_new(session: Session, task: Task, period: str, day: dt.date) -> bool:
    """Tell whether the reference names a new occurrence: the day itself, of a directed task."""
    known = {one.period.name for one in session.plan.occurrences(task)}
    return bool(_directed(task)) and period == day.isoformat() and period not in known


def _period(session: Session, task: Task, day: dt.date, progress: dict[str, Progress]) -> str:
    """Return the period of the occurrence that a bare task number means."""
    own = list(
        items(session.plan, progress, session.as_of, lambda _section, one: one.id == task.id)
    )
    if not _directed(task):
        # A continuous task has nothing to move: it gets an occurrence for the day.
        return find_target(session, Ref(task.id), "directive", progress).period or day.isoformat()
    if any(item.occurrence.period.name == day.isoformat() for item in own):
        text = N_("%(ref)s is there already")
        raise UserError(text, params(ref=str(Ref(task.id, day.isoformat()))))
    waits_for_one = len(_directed(task)) == len(task.schedule)
    still_open = [item for item in own if item.is_open]
    if waits_for_one and still_open:
        raise _move_or_add(still_open[0], day)
    return day.isoformat()


def _move_or_add(item: Item, day: dt.date) -> UserError:
    text = N_(
        "%(ref)s is open, due %(due)s; to move it: parplan directive %(ref)s --due %(day)s; "
        "for another occurrence: parplan directive %(task)s@%(day)s --due %(day)s"
    )
    values = params(ref=item.occurrence.ref, due=item.due, day=day.isoformat(), task=item.task.id)
    return UserError(text, values)


CALLBACKS = {"directive": directive}
