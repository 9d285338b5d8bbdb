"""``parplan show``: one task as issued, its occurrences, unit and target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from parplan.agenda.items import Item, Standing, standings
from parplan.cli import candidates as complete
from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit, show_lines
from parplan.cli.session import Session, open_session
from parplan.i18n import _, date, weekday
from parplan.journal.record import Record
from parplan.plan.model import Plan, Task
from parplan.problem import N_, UserError, params
from parplan.render import records, words
from parplan.render.terminal import paint
from parplan.render.terminal.table import Column, Line, Span, paragraph

EXAMPLES = ("parplan show 4",)


def show(
    task: Annotated[
        str,
        typer.Argument(
            metavar=N_("TASK"),
            help=N_("Number of the task, such as 4."),
            autocompletion=complete.tasks,
        ),
    ],
    *,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print one row of the appendix."""
    session = open_session(shared)
    wanted = task.partition("@")[0]
    found = next(
        standings(
            session.plan,
            session.progress(),
            session.as_of,
            lambda _section, one: one.id == wanted,
        ),
        None,
    )
    known = {item.occurrence.ref for item in found.items} if found else set()
    if found is None or ("@" in task and task not in known):
        text = N_("no task '%(task)s' in the plan of %(year)s; 'parplan list' shows them all")
        raise UserError(text, params(task=task, year=session.plan.year))
    if format == "table":
        show_lines(_as_issued(session.plan, found))
    emit(format, lambda: _payload(session, found), lambda: _table(found))
    if format == "table":
        show_lines(_history(found))


def _payload(session: Session, found: Standing) -> dict[str, Any]:
    units = session.units()
    return {
        "as_of": session.as_of.isoformat(),
        **records.standing_record(found, units),
        "items": [records.item_record(item, units) for item in found.items],
        "history": [records.record_record(one) for one in _records(found)],
    }


def _as_issued(plan: Plan, found: Standing) -> list[Line]:
    task, section = found.task, found.section
    screen = paint.screen_width()
    lines = paragraph(f"{task.id}. {task.title}", screen, "head")
    facts = [
        (_("Section"), f"{section.id}. {section.title}"),
        (_("Requirement"), task.requirement),
        (_("Target"), words.target(task.target) if task.target else ""),
        (_("Measured"), words.measured(task.target, found.latest_value)),
        (_("Deadline as issued"), task.deadline_text),
        (_("Units"), ", ".join(task.units)),
        (_("Supporting units"), ", ".join(task.supporting)),
        (_("Waits for"), ", ".join(dict.fromkeys(found.waits_for))),
        *_amendments(plan, task),
    ]
    for name, value in facts:
        if value:
            lines += paragraph(f"{name}: {value}", screen, indent=2)
    return [*lines, []]


def _amendments(plan: Plan, task: Task) -> Iterator[tuple[str, str]]:
    """Yield what was decided on the task in mid-year."""
    if task.from_:
        yield _("In the plan from"), _with_authority(date(task.from_), task.by)
    if task.until:
        yield _("In the plan until"), _with_authority(date(task.until), task.by)
    for one in task.handed_over:
        values = {"units": ", ".join(one.units), "day": date(one.from_)}
        yield (
            _("Handed over"),
            _with_authority(_("to %(units)s from %(day)s") % values, one.by),
        )
    if task.replaces:
        yield _("Replaces task"), task.replaces
    for _section, other in plan.tasks():
        if other.replaces == task.id:
            yield _("Replaced by task"), other.id


def _with_authority(said: str, by: str) -> str:
    return f"{said} ({by})" if by else said


def _records(found: Standing) -> list[Record]:
    """Return what was recorded about the task and its occurrences, newest first."""
    own = [found.progress, *(item.progress for item in found.items)]
    return sorted(
        (record for progress in own for record in progress.records),
        key=lambda record: (record.at, record.id),
        reverse=True,
    )


def _history(found: Standing) -> list[Line]:
    records = _records(found)
    if not records:
        return []
    screen = paint.screen_width()
    lines: list[Line] = [[], *paragraph(_("History, newest first:"), screen, "head")]
    for one in records:
        head = f"{date(one.day)}  {one.ref}  {words.kind(one.kind)}  {one.by}"
        lines += paragraph(head, screen, "dim", indent=2)
        for text in filter(None, (one.text, words.details(one))):
            lines += paragraph(text, screen, indent=4)
    return lines


def _table(found: Standing) -> Table:
    if not found.items:
        return Table(_("No dated occurrences."), (), ())
    columns = (
        Column(_("Ref")),
        Column(_("Due")),
        Column(_("Last working day")),
        Column(_("Standing"), most=24),
        Column(_("Occurrence"), flexible=True),
    )
    return Table(_("Occurrences:"), columns, [_row(item) for item in found.items])


def _row(item: Item) -> list[Span]:
    occurrence = item.occurrence
    last = item.last_working_day
    return [
        Span(occurrence.ref),
        Span(date(occurrence.due)),
        Span(f"{date(last)}" if last != occurrence.due else weekday(last), "dim"),
        words.standing(item),
        Span(occurrence.label),
    ]


CALLBACKS = {"show": show}
