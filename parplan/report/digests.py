"""What are units, officers and the head of the office told: what is overdue, what is due soon?"""

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
from parplan.schedule.period import days


class Recipient(msgspec.Struct, frozen=True):
    """Who gets a digest: what stands in the names of its files, their name and their address.

    ``names`` are those of a unit in the plan whose tasks it is about; of an officer's, the tasks
    are those that name the ``officer``.  The head of the office has no id, and the name of the
    office: that digest is about all.
    """

    id: str
    name: str
    email: str
    names: frozenset[str] = frozenset()
    officer: str | None = None

    @property
    def is_head(self) -> bool:
        """Whether it is the head of the office."""
        return not self.id

    def has(self, task: Task) -> bool:
        """Tell whether the digest is about ``task``: theirs, or one that they help with."""
        if self.officer is not None:
            return self.officer.casefold() in map(str.casefold, task.officers)
        return not self.names or not self.names.isdisjoint((*task.units, *task.supporting))


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


def recipients(plan: Plan) -> list[Recipient]:
    """Return the head of the office, and after it the units of ``plan``."""
    head = Recipient("", plan.issuer, plan.email)
    units = [
        Recipient(unit.id, unit.name, unit.email, frozenset(unit.names())) for unit in plan.units
    ]
    return [head, *units]


def officers(plan: Plan) -> list[Recipient]:
    """Return the officers whom tasks of ``plan`` name, on whatever day, without an address.

    Raises UserError where there are none.
    """
    taken = {unit.id for unit in plan.units}
    people = []
    for name in require_officers(plan):
        people.append(Recipient(unit_id(name, taken), name, "", officer=name))
        taken.add(people[-1].id)
    return people


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
