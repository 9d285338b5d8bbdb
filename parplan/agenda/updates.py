"""Turns what a sheet or a list says of many occurrences into the records that it asks for.

Nothing is guessed: a row whose reference, state or day does not fit is left out with its reason,
what may be a slip is doubted as a command does it, and a row that was read before is told from a
new one by what its record says.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from parplan.agenda.doubts import Doubt, early_completion, early_day
from parplan.agenda.items import goes_on
from parplan.agenda.target import RecordTarget, find_by_words
from parplan.journal.progress import CHANGES, Progress, State, add
from parplan.journal.record import Cancel, Done, Evidence, News, Note, Pause, Start
from parplan.plan.lookup import tasks_with_words
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, Values, params
from parplan.schedule.bounds import LATEST
from parplan.schedule.reference import Ref

KIND_OF_STATE: Mapping[State, type[News]] = {
    "in-progress": Start,
    "done": Done,
    "paused": Pause,
    "cancelled": Cancel,
}
"""The step that leads to a state that somebody writes into a row."""

_CLOSED = {
    "done": N_("it is done already; 'parplan reopen %(ref)s' opens it again"),
    "cancelled": N_("it is cancelled already; 'parplan reopen %(ref)s' opens it again"),
    "paused": N_("it is paused already"),
}
_UNCLEAR = {
    "no-occurrence": N_("the task has no such occurrence; it has: %(refs)s"),
    "several": N_("several occurrences are open; write which of them: %(refs)s"),
    "none-open": N_("no occurrence is open; write which of them: %(refs)s"),
    "several-tasks": N_("the words can be several; write which of them: %(refs)s"),
}


class Update(msgspec.Struct, frozen=True):
    """What one row says of an occurrence; what is empty is not touched.

    ``on`` is the day of which it tells.  ``base`` is the id of the occurrence's latest record
    when the sheet was written, empty where it had none, and None where that is not known.
    """

    ref: Ref
    text: str = ""
    state: State | None = None
    percent: int | None = None
    value: Decimal | None = None
    on: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    proposal: str = ""
    base: str | None = None


class UpdateStep(msgspec.Struct, frozen=True):
    """What an update asks for: ``record`` is still without id and author.

    ``newer`` are the records that came after the sheet was written, oldest first; ``doubts``
    say what about it is rarely meant.
    """

    target: RecordTarget
    record: News
    newer: list[News]
    doubts: list[Doubt]


class AlreadyRecorded(msgspec.Struct, frozen=True):
    """The record that already says what an update says."""

    record: News


class Rejection(msgspec.Struct, frozen=True):
    """Why an update is not recorded: a marked text and its values."""

    text: str
    values: Values = ()


Outcome = UpdateStep | AlreadyRecorded | Rejection


def count_outcomes(outcomes: Iterable[Outcome], kind: type[Outcome]) -> int:
    """Return how many of ``outcomes`` are of that kind."""
    return sum(isinstance(outcome, kind) for outcome in outcomes)


def plan_steps(
    plan: Plan,
    progress: dict[str, Progress],
    updates: Iterable[Update],
    as_of: dt.date,
    overdue_before: Container[str] = (),
    corrected: Sequence[News] = (),
) -> Iterator[Outcome]:
    """Yield what becomes of each of ``updates`` as things stand on ``as_of``.

    One after the other: ``progress`` takes each step in, so that a second row about the same
    occurrence finds it as the first one leaves it.  ``overdue_before`` are the numbers of the
    tasks that are overdue in last year's plan: alone, they may mean those.  What the records
    ``corrected`` say was recorded before too, and has been put right since.
    """
    completed: dict[str, str] = {}
    for update in updates:
        outcome = _outcome(plan, progress, update, as_of, corrected)
        if isinstance(outcome, UpdateStep) and update.ref.period is None:
            outcome = _bare(outcome, plan, overdue_before, completed)
        if isinstance(outcome, UpdateStep):
            add(progress, outcome.record)
            if isinstance(outcome.record, Done):
                completed[outcome.record.task] = outcome.record.ref
        yield outcome


def _bare(
    step: UpdateStep, plan: Plan, overdue_before: Container[str], completed: Mapping[str, str]
) -> UpdateStep | Rejection:
    """Return the ``step`` of a task that was named without a period, or why it is none.

    What a bare number closes was not said, so a slip would go unseen.  ``completed`` are the
    occurrences that rows above completed, the latest by task.
    """
    task, record = step.target.task.id, step.record
    if not isinstance(record, Done | Cancel):
        return step
    if task in overdue_before:
        text = N_(
            "task %(task)s of the plan of %(year)s is overdue still: write %(ref)s if this year's "
            "is meant, else read that row with --year %(year)s"
        )
        return Rejection(text, params(task=task, year=plan.year - 1, ref=step.target.ref))
    if not isinstance(record, Done):
        return step
    if early_completion(step.target, record.day):
        text = N_("the period of %(ref)s has not begun on %(day)s; write %(ref)s if it is meant")
        return Rejection(text, params(ref=step.target.ref, day=record.day))
    if task not in completed:
        return step
    text = N_("a row above completes %(ref)s of the same task")
    doubt = Doubt(text, params(ref=completed[task]))
    return msgspec.structs.replace(step, doubts=[*step.doubts, doubt])


def _outcome(
    plan: Plan,
    progress: Mapping[str, Progress],
    update: Update,
    as_of: dt.date,
    corrected: Sequence[News],
) -> Outcome:
    try:
        tasks = {task.id for task in tasks_with_words(plan, update.ref.task)}
        counted = itertools.chain.from_iterable(of_ref.records for of_ref in progress.values())
        target = find_by_words(plan, progress, update.ref, as_of)
        period = update.ref.period
        if period is not None and isinstance(target, RecordTarget):
            period = target.period
        same = _same_record([*counted, *corrected], update, tasks, period)
        if same is not None:
            return AlreadyRecorded(same)
    except UserError as error:
        return Rejection(error.text, error.values)
    if not isinstance(target, RecordTarget):
        text = _UNCLEAR.get(target.why, _UNCLEAR["none-open"])
        return Rejection(text, params(refs=target.refs_near(as_of)))
    return _impossible(plan, update, target, as_of) or _step(plan, update, target, as_of)


def _same_record(
    records: Iterable[News], update: Update, tasks: Container[str], period: str | None
) -> News | None:
    """Return the one of ``records`` about ``tasks`` that says what ``update`` says, or None.

    Without a ``period`` it is looked for among all occurrences: the one that a bare task number
    meant when it was read first may be closed by now, and another one open.  A step is looked for
    under every kind that it may have had, as what began work once is only a note afterwards.
    """
    kinds = (Note, Start) if update.state == "in-progress" else (_kind(update.state),)
    for record in records:
        if record.task not in tasks or period not in (None, record.period):
            continue
        if isinstance(record, kinds) and _says(record, update) and record.id != update.base:
            return record
    return None


def _says(record: News, update: Update) -> bool:
    """Tell whether ``record`` says what ``update`` says; any day will do where it gives none."""
    return (
        (record.text, record.value, record.evidence, record.reason, record.proposal)
        == (update.text, update.value, update.evidence, update.reason, update.proposal)
        and update.percent == record.percent
        and update.on in (None, record.day)
    )


def _impossible(
    plan: Plan, update: Update, target: RecordTarget, as_of: dt.date
) -> Rejection | None:
    if update.on is not None and update.on > as_of:
        return Rejection(N_("%(day)s is in the future"), params(day=update.on))
    if update.on is not None and update.on < plan.first_record:
        text = N_("%(day)s is long before the plan of %(year)s")
        return Rejection(text, params(day=update.on, year=plan.year))
    if update.state == "done" and not target.period and goes_on(target.task):
        return Rejection(N_("the task is continuous: it is never done"))
    return None


def _step(
    plan: Plan, update: Update, target: RecordTarget, as_of: dt.date
) -> UpdateStep | Rejection:
    state = target.progress.state
    goes_on_working = update.state == "in-progress" == state
    kind = Note if goes_on_working else _kind(update.state)
    if kind is not Note and state not in CHANGES[kind.kind][0]:
        return Rejection(_CLOSED[state], params(ref=target.ref))
    record = kind(
        id="",
        at=LATEST,
        by="",
        task=target.task.id,
        period=target.period,
        on=update.on or as_of,
        text=update.text,
        percent=update.percent,
        value=update.value,
        evidence=update.evidence,
        reason=update.reason,
        proposal=update.proposal,
    )
    early = early_completion(target, record.day) if kind is Done else None
    doubts = [doubt for doubt in (early, early_day(plan, record.day)) if doubt]
    return UpdateStep(target, record, _newer(update, target), doubts)


def _kind(state: State | None) -> type[News]:
    return KIND_OF_STATE.get(state, Note) if state else Note


def _newer(update: Update, target: RecordTarget) -> list[News]:
    """Return what was recorded after the sheet was written; rows of the same file are not."""
    if update.base is None:
        return []
    records = [record for record in target.progress.records if record.id]
    places = [place for place, record in enumerate(records) if record.id == update.base]
    return records[places[0] + 1 :] if places else records
