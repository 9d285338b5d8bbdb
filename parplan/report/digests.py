"""What is each unit or officer told, and the head of the office: what is overdue or due soon?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from parplan.agenda.items import SOON_DAYS, Agenda, Item, agenda
from parplan.journal.progress import Progress
from parplan.plan.assignments import Amended
from parplan.plan.lookup import require_officers
from parplan.plan.model import Plan, Task
from parplan.plan.unit_ids import unit_id
from parplan.schedule.periods import days


class Recipient(msgspec.Struct, frozen=True):
    """Who gets a digest: what stands in the names of its files, their name and their address.

    ``units`` are the names in the plan whose tasks it is about, those of a unit; an ``officer``
    has none.  The head of the office has no id, but the name of the office: that digest is
    about all.
    """

    id: str
    name: str
    email: str
    units: frozenset[str] = frozenset()

    @property
    def officer(self) -> str:
        """The officer's name, empty where it is none."""
        return self.name if self.id and not self.units else ""

    def has(self, task: Task) -> bool:
        """Tell whether the digest is about ``task``: theirs, or one that they help with."""
        if self.officer:
            return self.officer.casefold() in map(str.casefold, task.officers)
        return not self.units or not self.units.isdisjoint((*task.units, *task.supporting))


class Digest(msgspec.Struct, frozen=True):
    """What a recipient is told: ``asked`` is what is open, also what runs on or has no date."""

    recipient: Recipient
    asked: Agenda

    @property
    def overdue(self) -> list[Item]:
        """What is overdue, longest first."""
        return [item for item in self.asked.items if item.timing == "overdue"]

    @property
    def due_soon(self) -> list[Item]:
        """What is due within ``SOON_DAYS``, by due date."""
        return [item for item in self.asked.items if item.timing == "due-soon"]


def units(plan: Plan) -> list[Recipient]:
    """Return the head of the office, and after it the units of ``plan``."""
    every = [
        Recipient(unit.id, unit.name, unit.email, frozenset(unit.names())) for unit in plan.units
    ]
    return [_head(plan), *every]


def officers(plan: Plan) -> list[Recipient]:
    """Return the head of the office, and after it the officers whom tasks name.

    Raises UserError where none does.
    """
    names = require_officers(plan)
    addresses = {officer.name.casefold(): officer.email for officer in plan.officers}
    taken = {unit.id for unit in plan.units}
    every = [_head(plan)]
    for name in names:
        every.append(Recipient(unit_id(name, taken), name, addresses.get(name.casefold(), "")))
        taken.add(every[-1].id)
    return every


def _head(plan: Plan) -> Recipient:
    return Recipient("", plan.issuer, plan.email)


def digests(
    plan: Plan, progress: Mapping[str, Progress], as_of: dt.date, whom: Sequence[Recipient]
) -> Iterator[Digest]:
    """Yield what each of ``whom`` is told on ``as_of``.

    What an ended unit left undone is its successor's.
    """
    soon = days(as_of, as_of + dt.timedelta(days=SOON_DAYS))
    everything = agenda(plan, progress, soon, as_of)
    amended = Amended(plan)
    items, running = (
        [
            msgspec.structs.replace(item, task=amended.inherited(item.task, as_of))
            for item in some
            if item.is_open
        ]
        for some in (everything.items, everything.running)
    )
    for recipient in whom:
        asked = Agenda(
            everything.period,
            as_of,
            [item for item in items if recipient.has(item.task)],
            [item for item in running if recipient.has(item.task)],
            [task for task in everything.no_deadline if recipient.has(task)],
            [task for task in everything.unread if recipient.has(task)],
        )
        yield Digest(recipient, asked)
