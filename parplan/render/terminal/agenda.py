"""The agenda of a period as a table, what is overdue first."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.agenda.items import Agenda, Item
from parplan.i18n import _, date, ngettext, period_name, short_date
from parplan.plan.assignments import waits_for
from parplan.plan.model import Plan, Task
from parplan.render import words
from parplan.render.terminal.table import Line, Span, TerminalTable, TextColumn, without_head


def agenda_table(
    plan: Plan, agenda: Agenda, notes: Sequence[str], *, complete: bool
) -> TerminalTable:
    """Return the table of ``agenda``, with ``notes`` below it.

    What waits for somebody to read its deadline is listed with what is due.  What runs on and
    what has no deadline are rows if it is ``complete``, else counted in a note.
    """
    columns = (
        TextColumn(_("Ref")),
        TextColumn(_("Due")),
        TextColumn(_("Standing"), most=24),
        TextColumn(_("Task"), flexible=True),
    )
    # Overdue first; the order within each group is the agenda's.
    ordered = sorted(agenda.items, key=lambda item: item.timing != "overdue")
    rows = [_row(item) for item in ordered]
    rows += [_unread_row(task) for task in agenda.unread]
    notes = [*words.without_calendar(plan, ordered), *notes]
    if complete:
        rows += [_row(item) for item in agenda.running]
        rows += [_undated_row(plan, task, agenda) for task in agenda.no_deadline]
    else:
        notes = [*_left_out(agenda), *notes]
    return TerminalTable(_heading(agenda), columns, rows, notes)


def overdue_before(year: int, number: int) -> str:
    """Return that ``number`` items of the plan of ``year`` are overdue still."""
    late = ngettext("%(n)s overdue", "%(n)s overdue", number)
    values = {"year": year, "late": late, "command": f"parplan due --year {year}"}
    return _("In the plan of %(year)s: %(late)s (%(command)s shows them)") % values


def items_lines(items: Sequence[Item], screen: int) -> list[Line]:
    """Return the lines of ``items`` as a table without a head."""
    columns = (
        TextColumn(""),
        TextColumn(""),
        TextColumn("", most=24),
        TextColumn("", flexible=True),
    )
    return without_head(columns, [_row(item) for item in items], screen)


def _row(item: Item) -> list[Span]:
    occurrence = item.occurrence
    title = f"{item.task.name} – {occurrence.label}" if occurrence.label else item.task.name
    if item.is_open and item.last_working_day != occurrence.due:
        day = short_date(item.last_working_day)
        title += " " + _("(last working day: %(day)s)") % {"day": day}
    return [Span(occurrence.ref), Span(date(occurrence.due)), words.standing(item), Span(title)]


def _undated_row(plan: Plan, task: Task, agenda: Agenda) -> list[Span]:
    standing = words.without_date(waits_for(plan, task, agenda.as_of))
    return [Span(task.id), Span(""), Span(standing, "dim"), Span(task.name)]


def _unread_row(task: Task) -> list[Span]:
    return [Span(task.id), Span(""), words.unread_deadline(task), Span(task.name)]


def _heading(agenda: Agenda) -> str:
    values = {"period": period_name(agenda.period), "day": date(agenda.as_of)}
    heading = _("Due in %(period)s, as of %(day)s") % values
    count = ngettext("%(n)s item", "%(n)s items", len(agenda.items))
    if agenda.items:
        number = len({item.task.id for item in agenda.items})
        tasks = ngettext("%(n)s task", "%(n)s tasks", number)
        count = _("%(items)s of %(tasks)s") % {"items": count, "tasks": tasks}
    overdue = agenda.overdue
    late = ngettext("%(n)s overdue", "%(n)s overdue", overdue) if overdue else _("none overdue")
    return f"{heading}: {count}, {late}"


def _settled_by(agenda: Agenda) -> list[str]:
    if not agenda.unread:
        return []
    command = f"parplan amend task {agenda.unread[0].id} --deadline …"
    text = _("A deadline that was not read is settled by: %(command)s")
    return [text % {"command": command}]


def _left_out(agenda: Agenda) -> list[str]:
    parts = []
    if agenda.running:
        count = len(agenda.running)
        parts.append(ngettext("%(n)s task due later", "%(n)s tasks due later", count))
    if agenda.no_deadline:
        count = len(agenda.no_deadline)
        parts.append(ngettext("%(n)s without a deadline", "%(n)s without a deadline", count))
    if not parts:
        return _settled_by(agenda)
    return [
        *_settled_by(agenda),
        _("Beside these: %(parts)s (--all shows them)") % {"parts": ", ".join(parts)},
    ]
