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
from parplan.plan.lookup import units_named
from parplan.plan.model import Plan
from parplan.problem import N_, UserError
from parplan.render import words
from parplan.render.export import columns
from parplan.render.export.content import Export, ExportRow
from parplan.render.export.ics_update import STEP, Sent, require_same, revised, with_cancelled
from parplan.schedule.workdays import Workdays
from parplan.text import fold, one_line, printable

EARLY = 3
"""The first reminder comes so many working days before the last working day in time."""

_A_DAY = 1000  # more than an occurrence has records
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


def require_earlier(export: Export, sent: Sent, *, todo: bool = False) -> None:
    """Raise UserError unless ``sent`` is an earlier state of the calendar of ``export``."""
    kind = "VTODO" if todo else "VEVENT"
    require_same(sent, name(export), kind, functools.partial(_uids, export.plan))


def updated(
    export: Export, sent: Sent | None = None, *, todo: bool = False
) -> dict[str, Component]:
    """Return an event for each dated row of ``export``, or a to-do, by ``UID``.

    They are as they go out after what was ``sent`` before, an earlier state of this calendar,
    and with them, cancelled, is what fell away since.
    """
    components = _components(export, todo=todo)
    if sent is None:
        return components
    everything = revised(components, sent, export.as_of)
    return with_cancelled(everything, everything, sent, lowest(export), export.as_of)


def of_part(
    everything: Mapping[str, Component], part: Export, sent: Sent | None
) -> dict[str, Component]:
    """Return the components of ``part`` as they stand in the calendar of ``everything``.

    ``sent`` is an earlier state of the part's own calendar: what fell away since is cancelled.
    """
    uids = [uid(part.plan, row.ref) for row, _item in _dated(part)]
    if sent is None:
        return {uid: everything[uid] for uid in uids}
    return with_cancelled(everything, uids, sent, lowest(part), part.as_of)


def to_bytes(export: Export, components: Mapping[str, Component]) -> bytes:
    """Return ``components`` as the calendar of ``export``.

    Raises UserError where there are none: RFC 5545 (3.6) knows no empty calendar.
    """
    if not components:
        raise UserError(N_("nothing here has a date, so there is nothing for a calendar"))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//parplan//parplan//{language().upper()}")
    calendar.add("calscale", "GREGORIAN")
    # As a text: icalendar escapes nothing in a property that it does not know.
    title = vText(name(export))
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)  # what Google, Apple and Outlook read
    for component in components.values():
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def name(export: Export) -> str:
    """Return the name of the calendar: plan, issuer, and the part of the plan that it holds."""
    plan, ids = export.plan, units_named(export.plan, export.unit)
    units = [unit.name for unit in plan.units if unit.id in ids] or [export.unit]
    part = ", ".join(filter(None, (export.section, *units, export.officer)))
    names = (f"{plan.document.type} {plan.year}", plan.issuer, part)
    return printable(one_line(" – ".join(filter(None, names))))


def uid(plan: Plan, ref: str) -> str:
    """Return the name by which calendars know the occurrence ``ref`` again.

    It follows from the issuer, the plan's number and year, and from nothing of this workspace: an
    office has several plans a year, and one calendar.  A plan without a number is known by its
    first day.
    """
    document = plan.document
    number = f"{document.number}/{document.symbol}" if document.number else _first_day(plan)
    return _uid(plan, number, ref)


def _uids(plan: Plan, ref: str) -> set[str]:
    """Return what ``ref`` may be called in a calendar that went out.

    The plan may have had no number then, and parplan once took its title instead.
    """
    former = (_first_day(plan), plan.document.title)
    return {uid(plan, ref), *(_uid(plan, identity, ref) for identity in former)}


def _first_day(plan: Plan) -> str:
    return plan.effective_from.isoformat()


def _uid(plan: Plan, identity: str, ref: str) -> str:
    words_of_plan = (fold(plan.issuer), fold(identity), str(plan.year), ref)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "parplan:" + "\n".join(words_of_plan)))


def lowest(export: Export) -> int:
    """Return the lowest ``SEQUENCE`` of the day: higher than all of an earlier one.

    So a calendar whose earlier file was lost still replaces it.
    """
    return max(0, (export.as_of - export.plan.first_record).days) * _A_DAY


def _dated(export: Export) -> Iterator[tuple[ExportRow, Item]]:
    return ((row, row.item) for row in export.rows if row.item is not None)


def _components(export: Export, *, todo: bool) -> dict[str, Component]:
    plan, days, first = export.plan, export.plan.workdays, lowest(export) + 1
    records: dict[str, list[Record]] = {}
    for entry in export.entries:
        records.setdefault(entry.record.ref, []).append(entry.record)
    components = {}
    for row, item in _dated(export):
        history = records.get(row.ref, [])
        component = _todo(row, item) if todo else _event(row, item)
        _common(component, plan, row, history)
        component.add("sequence", first + min(len(history), _A_DAY - STEP))
        for alarm in _alarms(item, days, export.as_of, todo=todo):
            component.add_component(alarm)
        components[uid(plan, row.ref)] = component
    return components


def _event(row: ExportRow, item: Item) -> Component:
    event = Event()
    event.add("dtstart", item.due)
    event.add("dtend", item.due + _ONE_DAY)  # the first day after it, says RFC 5545 (3.6.1)
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("status", "CANCELLED" if row.state == "cancelled" else "CONFIRMED")
    return event


def _todo(row: ExportRow, item: Item) -> Component:
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


def _common(component: Component, plan: Plan, row: ExportRow, records: Sequence[Record]) -> None:
    """Add what events and to-dos have alike; ``records`` are all about the occurrence."""
    changed = dt.datetime.combine(plan.effective_from, dt.time(), dt.UTC)
    if records:
        changed = max(record.at for record in records).astimezone(dt.UTC)
    component.add("uid", uid(plan, row.ref))
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("summary", printable(_summary(row)))
    component.add("description", printable("\n".join(_description(plan, row))))
    component.add("categories", [printable(row.section.title)])


def _summary(row: ExportRow) -> str:
    label = columns.label(row)
    name = f"{row.task.name} – {label}" if label else row.task.name
    mark = {"done": "✓ ", "cancelled": "✗ "}.get(row.state, "")
    return f"{mark}{name} ({row.ref})"


def _description(plan: Plan, row: ExportRow) -> Iterator[str]:
    """Yield what there is to say, line by line; nothing that is untrue tomorrow."""
    state, percent = words.state(row.state), row.progress.percent
    last = row.item.last_working_day if row.item else None
    facts = (
        (_("Task"), f"{row.task.id}. {row.task.title}"),
        (_("Section"), f"{row.section.id}. {row.section.title}"),
        (_("Requirement"), row.task.requirement),
        (_("Deadline as issued"), row.task.deadline_text),
        (_("Units"), words.doers(row.task)),
        (_("Last working day"), date(last) if row.item and last and last != row.item.due else ""),
        (_("State"), state if percent is None else f"{state}, {percent}%"),
        (_("Evidence"), words.evidence(row.progress.evidence)),
        (_("Reason for delay"), row.progress.reason),
        (_("Latest note"), columns.latest_note(row)),
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
