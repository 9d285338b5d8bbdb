"""A calendar program, as far as imports go: what it was given last of an event is what it shows.

RFC 5545 (3.8.7.4) and RFC 5546 (2.1.5): of two with one ``UID`` the higher ``SEQUENCE`` holds, then
the later ``DTSTAMP``; what is ``CANCELLED`` is shown no more.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from icalendar import Calendar

vobject: Any = importlib.import_module("vobject")  # it has no types of its own


class Event(NamedTuple):
    """An event or a to-do as a library read it."""

    uid: str
    revision: tuple[int, dt.datetime]
    day: dt.date
    summary: str
    status: str


class Program:
    """A calendar that files are imported into, as one of two libraries reads them."""

    def __init__(self, read: Callable[[bytes], Iterable[Event]]) -> None:
        self._read = read
        self.events: dict[str, Event] = {}

    def take(self, data: bytes) -> None:
        """Import the file ``data``."""
        events = list(self._read(data))
        assert len({event.uid for event in events}) == len(events)
        for event in events:
            before = self.events.get(event.uid)
            if before and event.revision == before.revision:
                assert event == before, "the order of imports decides"
            if before is None or event.revision >= before.revision:
                self.events[event.uid] = event

    def shown(self) -> list[tuple[str, dt.date]]:
        """Return what is seen: each reference with its day."""
        events = (event for event in self.events.values() if event.status != "CANCELLED")
        return sorted((event.summary.rpartition("(")[2][:-1], event.day) for event in events)


def by_icalendar(data: bytes) -> Iterator[Event]:
    for part in Calendar.from_ical(data).subcomponents:
        revision: Any = part.decoded("SEQUENCE"), part.decoded("DTSTAMP")
        day: Any = part.decoded("DUE" if part.name == "VTODO" else "DTSTART")
        yield Event(str(part["UID"]), revision, day, str(part["SUMMARY"]), str(part["STATUS"]))


def by_vobject(data: bytes) -> Iterator[Event]:
    for part in vobject.readOne(data.decode(), validate=True).components():
        stamp = part.dtstamp.value.astimezone(dt.UTC)
        day = (part.due if part.name == "VTODO" else part.dtstart).value
        revision = int(part.sequence.value), stamp
        yield Event(part.uid.value, revision, day, part.summary.value, part.status.value)
