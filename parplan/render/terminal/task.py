"""Tasks on the screen: all in a table; one as issued, with its occurrences and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from parplan.agenda.items import Item
from parplan.agenda.standings import Standing
from parplan.deadlines.waiting import bodies, events
from parplan.i18n import _, date, ngettext, weekday
from parplan.plan.model import Plan, Task
from parplan.render import words
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, TerminalTable, TextColumn, paragraph


def tasks_table(tasks: Sequence[Standing], plan: Plan, as_of: dt.date) -> TerminalTable:
    """Return ``tasks`` of ``plan`` as they stand on the day ``as_of``."""
    columns = (
        TextColumn(_("No.")),
        TextColumn(_("Next due")),
        TextColumn(_("Standing"), most=24),
        TextColumn(_("Task"), flexible=True),
        TextColumn(_("Unit"), most=20),
    )
    heading = ngettext("%(n)s task", "%(n)s tasks", len(tasks))
    which = _("plan of %(year)s, as of %(day)s") % {"year": plan.year, "day": date(as_of)}
    rows = [_task_row(standing) for standing in tasks]
    notes = words.without_calendar(plan, [standing.task for standing in tasks])
    return TerminalTable(f"{heading} ({which})", columns, rows, notes)


def _task_row(standing: Standing) -> list[Span]:
    task = standing.task
    due = date(standing.next_item.due) if standing.next_item else ""
    measured = words.measured(task.target, standing.latest_value)
    name = f"{task.name} – {measured}" if measured else task.name
    doers = [*task.units, *task.officers]
    standing_words = words.standing_of_task(standing)
    return [Span(task.id), Span(due), standing_words, Span(name), Span(", ".join(doers))]


def occurrences_table(standing: Standing) -> TerminalTable:
    """Return the occurrences of a task."""
    if not standing.items:
        return TerminalTable(_("No dated occurrences."), (), ())
    columns = (
        TextColumn(_("Ref")),
        TextColumn(_("Due")),
        TextColumn(_("Last working day")),
        TextColumn(_("Standing"), most=24),
        TextColumn(_("Occurrence"), flexible=True),
    )
    rows = [_occurrence_row(item) for item in standing.items]
    return TerminalTable(_("Occurrences:"), columns, rows)


def _occurrence_row(item: Item) -> list[Span]:
    occurrence = item.occurrence
    last = item.last_working_day
    return [
        Span(occurrence.ref),
        Span(date(occurrence.due)),
        Span(f"{date(last)}" if last != occurrence.due else weekday(last), "dim"),
        words.standing(item),
        Span(occurrence.label),
    ]


def as_issued(plan: Plan, standing: Standing) -> list[Line]:
    """Return the row of the appendix and what was decided on it since."""
    task, section = standing.task, standing.section
    screen = paint.screen_width()
    lines = paragraph(f"{task.id}. {task.title}", screen, "head")
    facts = [
        (_("Section"), f"{section.id}. {section.title}"),
        (_("Requirement"), task.requirement),
        (_("Target"), words.target(task.target) if task.target else ""),
        (_("Measured"), words.measured(task.target, standing.latest_value)),
        (_("Deadline as issued"), task.deadline_text),
        (_("Standing"), _unread(standing)),
        (_("Units"), ", ".join(task.units)),
        (_("Supporting units"), ", ".join(task.supporting)),
        (_("Officers"), ", ".join(task.officers)),
        (_("Working days"), _without_calendar(plan, standing)),
        (_("Waits for"), ", ".join(bodies(standing.waits_for))),
        (_("Waits for the event"), "; ".join(events(standing.waits_for))),
        *_amendments(plan, task),
    ]
    for name, value in facts:
        if value:
            lines += paragraph(f"{name}: {value}", screen, indent=2)
    return [*lines, []]


def _without_calendar(plan: Plan, standing: Standing) -> str:
    return "" if plan.has_calendar or not standing.items else words.no_calendar()


def _unread(standing: Standing) -> str:
    is_open = standing.timing == "unread" and standing.state != "done"
    return words.unread_deadline(standing.task).text if is_open else ""


def _amendments(plan: Plan, task: Task) -> Iterator[tuple[str, str]]:
    """Yield what was decided on the task in mid-year."""
    if task.from_:
        yield _("In the plan from"), _with_authority(date(task.from_), task.by)
    if task.until:
        yield _("In the plan until"), _with_authority(date(task.until), task.by)
    for handover in task.handed_over:
        people = ", ".join([*handover.units, *handover.officers])
        values = {"units": people, "day": date(handover.from_)}
        yield (
            _("Handed over"),
            _with_authority(_("to %(units)s from %(day)s") % values, handover.by),
        )
    if task.replaces:
        yield _("Replaces task"), task.replaces
    for _section, other in plan.tasks():
        if other.replaces == task.id:
            yield _("Replaced by task"), other.id


def _with_authority(text: str, by: str) -> str:
    return f"{text} ({by})" if by else text


def history(standing: Standing) -> list[Line]:
    """Return what was recorded about the task and its occurrences, newest first."""
    records = standing.records()
    if not records:
        return []
    screen = paint.screen_width()
    lines: list[Line] = [[], *paragraph(_("History, newest first:"), screen, "head")]
    for record in records:
        head = f"{date(record.day)}  {record.ref}  {words.kind(record.kind)}  {record.by}"
        lines += paragraph(head, screen, "dim", indent=2)
        for text in filter(None, (record.text, words.details(record))):
            lines += paragraph(text, screen, indent=4)
    return lines
