"""The plan's deadlines as a calendar (RFC 5545), for Outlook, Google, Thunderbird, a phone.

An all-day event for each occurrence, or a to-do, which knows its state but which fewer
calendars take.  No clock: the same data give the same bytes.  A second import finds the
same ``UID`` and a higher ``SEQUENCE``, and so updates what the first one made.
"""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Iterator, Mapping, Sequence

from icalendar import Alarm, Calendar, Component, Event, Todo, vText

from parplan.agenda.items import Item
from parplan.i18n import _, date, language
from parplan.journal.progress import State
from parplan.journal.record import Record
from parplan.plan.model import Plan
from parplan.problem import N_, UserError
from parplan.render import words
from parplan.render.export import sheets
from parplan.render.export.content import Export, Row
from parplan.schedule.workdays import Workdays
from parplan.text import fold, one_line, printable

EARLY = 3
"""The first reminder comes so many working days before the last working day in time."""

_MORNING = dt.timedelta(hours=8)
_NOON = dt.time(12)
_ONE_DAY = dt.timedelta(days=1)
_TODO_STATES: Mapping[State, str] = {
    "not-started": "NEEDS-ACTION",
    "in-progress": "IN-PROCESS",
    "paused": "NEEDS-ACTION",
    "done": "COMPLETED",
    "cancelled": "CANCELLED",
}


def render(export: Export, *, todo: bool = False) -> bytes:
    """Return the dated rows of ``export`` as a calendar of events, or of to-dos.

    Raises UserError where there is none: RFC 5545 (3.6) knows no empty calendar.
    """
    plan = export.plan
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//parplan//parplan//{language().upper()}")
    calendar.add("calscale", "GREGORIAN")
    part = ", ".join(filter(None, (export.section, export.unit)))
    names = (f"{plan.document.type} {plan.year}", plan.issuer, part)
    # As a text: icalendar escapes nothing in a property that it does not know.
    name = vText(printable(one_line(" – ".join(filter(None, names)))))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what Google, Apple and Outlook read
    records: dict[str, list[Record]] = {}
    for entry in export.entries:
        records.setdefault(entry.record.ref, []).append(entry.record)
    days = plan.workdays
    for row in export.rows:
        if row.item is not None:
            history = records.get(row.ref, [])
            component = _todo(row, row.item) if todo else _event(row, row.item)
            _common(component, plan, row, history)
            for alarm in _alarms(row.item, days, export.as_of, todo=todo):
                component.add_component(alarm)
            calendar.add_component(component)
    if not calendar.subcomponents:
        raise UserError(N_("nothing here has a date, so there is nothing for a calendar"))
    return bytes(calendar.to_ical())


_folded = functools.lru_cache(maxsize=2)(fold)  # the same two texts for each occurrence


def uid(plan: Plan, ref: str) -> str:
    """Return the name by which calendars know the occurrence ``ref`` again.

    It follows from issuer, title and year of the plan, and from nothing of this workspace:
    an office has several plans a year, and one calendar.
    """
    words_of_plan = (_folded(plan.issuer), _folded(plan.document.title), str(plan.year), ref)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "parplan:" + "\n".join(words_of_plan)))


def _event(row: Row, item: Item) -> Component:
    event = Event()
    event.add("dtstart", item.due)
    event.add("dtend", item.due + _ONE_DAY)  # the first day after it, says RFC 5545 (3.6.1)
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("status", "CANCELLED" if row.state == "cancelled" else "CONFIRMED")
    return event


def _todo(row: Row, item: Item) -> Component:
    todo = Todo()
    todo.add("due", item.due)
    todo.add("status", _TODO_STATES[row.state])
    if row.progress.percent is not None:
        todo.add("percent-complete", row.progress.percent)
    if row.state == "done" and row.progress.done_on is not None:
        zone = row.progress.records[-1].at.tzinfo
        noon = dt.datetime.combine(row.progress.done_on, _NOON, zone)
        todo.add("completed", noon.astimezone(dt.UTC))
    return todo


def _common(component: Component, plan: Plan, row: Row, records: Sequence[Record]) -> None:
    """Add what events and to-dos have alike; ``records`` are all about the occurrence."""
    changed = dt.datetime.combine(plan.effective_from, dt.time(), dt.UTC)
    if records:
        changed = max(record.at for record in records).astimezone(dt.UTC)
    component.add("uid", uid(plan, row.ref))
    component.add("sequence", len(records))
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("summary", printable(_summary(row)))
    component.add("description", printable("\n".join(_description(plan, row))))
    component.add("categories", [printable(row.section.title)])


def _summary(row: Row) -> str:
    label = sheets.label(row)
    name = f"{row.task.name} – {label}" if label else row.task.name
    mark = {"done": "✓ ", "cancelled": "✗ "}.get(row.state, "")
    return f"{mark}{name} ({row.ref})"


def _description(plan: Plan, row: Row) -> Iterator[str]:
    """Yield what there is to say, line by line; nothing that is untrue tomorrow."""
    state, percent = words.state(row.state), row.progress.percent
    last = row.item.last_working_day if row.item else None
    facts = (
        (_("Task"), f"{row.task.id}. {row.task.title}"),
        (_("Section"), f"{row.section.id}. {row.section.title}"),
        (_("Requirement"), row.task.requirement),
        (_("Deadline as issued"), row.task.deadline_text),
        (_("Units"), words.units(row.task)),
        (_("Last working day"), date(last) if row.item and last and last != row.item.due else ""),
        (_("State"), state if percent is None else f"{state}, {percent}%"),
        (_("Evidence"), words.evidence(row.progress.evidence)),
        (_("Reason for delay"), row.progress.reason),
        (_("Latest note"), sheets.latest_note(row)),
    )
    yield from (f"{name}: {value}" for name, value in facts if value)
    yield from words.without_calendar(plan, [row.item] if row.item else [])


def _alarms(item: Item, days: Workdays, as_of: dt.date, *, todo: bool) -> Iterator[Component]:
    """Yield the reminders of an open item that are still to come, each on a working morning."""
    last = item.last_working_day
    for day in (days.before(last, EARLY), last):
        if item.is_open and day >= as_of:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            values = {"ref": item.occurrence.ref, "day": date(item.due)}
            alarm.add("description", printable(_("%(ref)s is due on %(day)s") % values))
            # An all-day date begins at midnight, wherever the reader is.
            before = day - item.due + _MORNING
            alarm.add("trigger", before, parameters={"RELATED": "END"} if todo else {})
            yield alarm
