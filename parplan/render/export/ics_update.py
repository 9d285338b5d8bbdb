"""What does a calendar have to say of the one that went out before: what moved, what fell away?

A calendar program keeps what it was given until a file says otherwise: an event with the same
``UID`` and a higher ``SEQUENCE``.  The earlier file is all that is known of what it was given;
``docs/decisions/calendar-updates.md`` says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

import msgspec
from icalendar import Calendar, Component

from parplan.problem import N_, UserError, params
from parplan.text import fold

STEP = 2
"""What a change adds to ``SEQUENCE``: whom the task was taken from, it is cancelled in between."""

_REVISION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
_CANCELLED = "CANCELLED"
_MARKS = "✓✗ "


class Sent(msgspec.Struct, frozen=True):
    """A calendar that went out: what to call its file, its name, its components by ``UID``."""

    path: str
    name: str
    components: Mapping[str, Component]


class EventCounts(msgspec.Struct, frozen=True):
    """How a calendar differs from the one before: so many events are new, changed, cancelled."""

    new: int
    changed: int
    cancelled: int


def read(data: bytes, path: str) -> Sent:
    """Return the calendar in ``data``, as ``export`` wrote it; ``path`` is what to call it.

    Raises UserError where it is something else.
    """
    try:
        calendar = Calendar.from_ical(data)
        components = {str(part["UID"]): part for part in calendar.subcomponents}
        for part in components.values():
            _sequence(part), _stamp(part)
            part["SUMMARY"], part["STATUS"], part["LAST-MODIFIED"]
        _days(components)
        return Sent(path, str(calendar["NAME"]), components)
    except (ValueError, LookupError, AttributeError, TypeError):
        text = N_("%(path)s is no calendar that 'parplan export ics' wrote")
        raise UserError(text, params(path=path)) from None


def require_same(
    sent: Sent, name: str, kind: str, uids_of: Callable[[str], Container[str]]
) -> None:
    """Raise UserError unless ``sent`` is an earlier state of the calendar called ``name``.

    ``kind`` is that of its components; ``uids_of`` gives what they may be called for a reference.
    Otherwise all that another calendar holds would be cancelled.
    """
    if fold(sent.name) != fold(name):
        text = N_("%(path)s is the calendar '%(other)s', not '%(name)s'")
        raise UserError(text, params(path=sent.path, other=sent.name, name=name))
    for uid, component in sent.components.items():
        if component.name != kind:
            text = N_("%(path)s holds to-dos and this one events, or the other way; see --todo")
            raise UserError(text, params(path=sent.path))
        if uid not in uids_of(str(component["SUMMARY"]).rpartition("(")[2].rstrip(")")):
            raise UserError(N_("%(path)s is a calendar of another plan"), params(path=sent.path))


def revised(
    components: Mapping[str, Component], sent: Sent, as_of: dt.date
) -> dict[str, Component]:
    """Return ``components`` as they go out on ``as_of`` after ``sent``.

    One that says what it said keeps its revision, another one gets a higher ``SEQUENCE``.
    """
    before = sent.components
    return {
        uid: _revised(part, before[uid], as_of) if uid in before else part
        for uid, part in components.items()
    }


def with_cancelled(
    everything: Mapping[str, Component],
    uids: Iterable[str],
    sent: Sent,
    lowest: int,
    as_of: dt.date,
) -> dict[str, Component]:
    """Return those of ``everything`` that ``uids`` name, and after them what fell away.

    That is what was in ``sent``, cancelled at the ``SEQUENCE`` ``lowest`` or higher; where somebody
    else has it now, below the one at which they get it: who takes in both calendars keeps it.
    """
    current = {uid: everything[uid] for uid in uids}
    gone = {}
    for uid, before in sent.components.items():
        elsewhere = everything.get(uid)
        if uid in current:
            continue
        if elsewhere is not None and is_cancelled(elsewhere):
            gone[uid] = elsewhere
        else:
            sequence = lowest if elsewhere is None else _sequence(elsewhere) - 1
            gone[uid] = _cancelled(before, sequence, as_of)
    return current | gone


def counts(components: Mapping[str, Component], sent: Sent) -> EventCounts:
    """Return how ``components`` differ from ``sent``."""
    before = sent.components
    new = sum(uid not in before for uid in components)
    higher = [
        part
        for uid, part in components.items()
        if uid in before and _sequence(part) > _sequence(before[uid])
    ]
    cancelled = sum(map(is_cancelled, higher))
    return EventCounts(new, len(higher) - cancelled, cancelled)


def are_days_the_same(components: Mapping[str, Component], sent: Sent) -> bool:
    """Tell whether a calendar that has ``sent`` shows the days of ``components`` already."""
    return _days(components) == _days(sent.components)


def _days(components: Mapping[str, Component]) -> set[tuple[str, object]]:
    return {
        (uid, part.decoded("DTSTART" if "DTSTART" in part else "DUE"))
        for uid, part in components.items()
        if not is_cancelled(part)
    }


def is_cancelled(component: Component) -> bool:
    """Tell whether ``component`` is to be seen no more."""
    return str(component["STATUS"]) == _CANCELLED


def _revised(component: Component, before: Component, as_of: dt.date) -> Component:
    if _content(component) == _content(before):
        for name in _REVISION:
            component[name] = before[name]
        return component
    sequence = max(_sequence(component), _sequence(before) + STEP)
    return _restamp(component, sequence, max(_stamp(component), _stamp(before), _midnight(as_of)))


def _cancelled(before: Component, sequence: int, as_of: dt.date) -> Component:
    if is_cancelled(before):
        return before
    component = type(before).from_ical(before.to_ical())
    component.subcomponents = []
    del component["SUMMARY"], component["STATUS"]
    component.add("summary", f"✗ {str(before['SUMMARY']).lstrip(_MARKS)}")
    component.add("status", _CANCELLED)
    sequence = max(sequence, _sequence(before) + 1)
    return _restamp(component, sequence, max(_stamp(before), _midnight(as_of)))


def _restamp(component: Component, sequence: int, changed: dt.datetime) -> Component:
    for name, value in zip(_REVISION, (sequence, changed, changed), strict=True):
        component.pop(name)
        component.add(name, value)
    return component


def _content(component: Component) -> set[tuple[str, bytes]]:
    """Return what the event says; its alarms go by as time does, and are no news."""
    values: Iterable[tuple[str, Any]] = component.property_items(recursive=False)
    return {
        (f"{name};{value.params}", value.to_ical())
        for name, value in values
        if name not in (*_REVISION, "BEGIN", "END")
    }


def _sequence(component: Component) -> int:
    sequence: Any = component.decoded("SEQUENCE")
    return int(sequence)


def _stamp(component: Component) -> dt.datetime:
    stamp: Any = component.decoded("DTSTAMP")
    if not isinstance(stamp, dt.datetime) or stamp.tzinfo is None:
        raise ValueError(stamp)
    return stamp


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
