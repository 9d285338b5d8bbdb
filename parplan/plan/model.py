"""The model of a plan, as ``plan/YEAR.yaml`` holds it.

The document as issued and its appendix of
tasks.  Wording is kept verbatim; its meaning stands beside it (``deadline_text``
and ``schedule``, ``requirement`` and ``target``).  The descriptions become the
JSON Schema that editors show.
"""

# Annotations are evaluated here: msgspec asks for them, and would have to compile texts.

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, field

from parplan.plan.document import Appendix, Basis, Clause, Document, Model, Name, Signer
from parplan.plan.outline import Outline
from parplan.problem import N_, Contradiction
from parplan.schedule.bounds import require_numbers
from parplan.schedule.periods import Length
from parplan.schedule.rules import AnyRule, Every, Occurrence, occurrences
from parplan.schedule.workdays import Workdays

Email = Annotated[
    str,
    Meta(
        pattern=r"^([A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$",
        description="Address to which its digest goes: 'tuphap@phula.gov.vn'.",
    ),
]

# "- Họp", as a row without a number begins in the appendix; a number behind it has its sign.
_LIST_MARK = re.compile(r"^[-–—+•*]\s*(?=[^\W\d_])")


class Dated(Model, frozen=True):
    """A body that holds an office from one day to another."""

    days = ("from_", "until")

    name: Annotated[str, Meta(min_length=1, description="Name as it is written in documents.")]
    from_: Annotated[dt.date, Meta(description="First day (inclusive).")] | None = field(
        default=None, name="from"
    )
    until: Annotated[dt.date, Meta(description="Last day (inclusive).")] | None = None
    by: Annotated[str, Meta(description="Document that decided it: 'NQ 1656/NQ-UBTVQH15'.")] = ""


class Unit(Model, frozen=True):
    """Who does a task."""

    days = ("from_", "until")

    id: Annotated[
        str,
        Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="Short name in a-z, 0-9 and hyphens."),
    ]
    name: Annotated[str, Meta(min_length=1, description="Full name.")]
    aliases: Annotated[
        list[Name], Meta(description="Other names by which the plan calls this unit.")
    ] = []
    from_: Annotated[dt.date, Meta(description="First day of the unit (inclusive).")] | None = (
        field(default=None, name="from")
    )
    until: Annotated[dt.date, Meta(description="Last day of the unit (inclusive).")] | None = None
    successor: Annotated[
        str, Meta(description="Id of the unit that takes over its tasks after 'until'.")
    ] = ""
    by: Annotated[str, Meta(description="Document that decided it.")] = ""
    email: Email = ""

    def names(self) -> tuple[str, ...]:
        """Return every name of the unit: its id, its name, its aliases."""
        return (self.id, self.name, *self.aliases)


class Officer(Model, frozen=True):
    """A person whom tasks name, and where to write to him or her."""

    name: Annotated[str, Meta(min_length=1, description="Name, as tasks have it under 'officer'.")]
    email: Email = ""


class Target(Model, frozen=True):
    """The measurable part of a requirement."""

    at_least: Annotated[Decimal, Meta(description="Smallest value that meets it.")] | None = None
    at_most: Annotated[Decimal, Meta(description="Largest value that meets it.")] | None = None
    unit: Annotated[str, Meta(description="What is counted: '%', 'lần', 'sáng kiến'.")] = ""
    per: Annotated[Literal["year"], Meta(description="Counted over the whole year.")] | None = None

    def __post_init__(self) -> None:
        require_numbers(self, ("at_least", "at_most"))

    def is_met(self, value: Decimal) -> bool:
        """Tell whether ``value`` reaches the target; its bounds are inclusive."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)


class EmptyHandover(Contradiction):
    """A handover to nobody."""

    code = "missing-key"


class Handover(Model, frozen=True):
    """A task given to other units or officers in mid-year."""

    days = ("from_",)

    from_: Annotated[dt.date, Meta(description="First day on which they have it.")] = field(
        name="from"
    )
    units: Annotated[
        list[Name], Meta(description="Who does it from then on; empty: the same units.")
    ] = []
    officers: Annotated[
        list[Name],
        Meta(description="The officers from then on; of other units none, where it is empty."),
    ] = field(default=[], name="officer")
    by: Annotated[str, Meta(description="Document that decided it.")] = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.units and not self.officers:
            raise EmptyHandover(N_("a handover names 'units', 'officer' or both"))


class Task(Model, frozen=True):
    """One numbered row of the appendix."""

    days = ("from_", "until")

    id: Annotated[str, Meta(pattern=r"^[^@\s]+$", description="Number as printed, in quotes: '4'.")]
    title: Annotated[str, Meta(min_length=1, description="The task, word for word as issued.")]
    schedule: Annotated[
        list[AnyRule], Meta(description="What the deadline wording means, rule by rule.")
    ]
    short: Annotated[str, Meta(description="Short name for tables; 'title' where empty.")] = ""
    requirement: Annotated[str, Meta(description="What is required, word for word.")] = ""
    target: Annotated[Target | None, Meta(description="Measurable part of the requirement.")] = None
    deadline_text: Annotated[str, Meta(description="The deadline, word for word.")] = ""
    units: Annotated[
        list[Name], Meta(description="Who does it, in the plan's order and words.")
    ] = []
    supporting: Annotated[list[Name], Meta(description="Units that help ('phối hợp').")] = []
    officers: Annotated[
        list[Name], Meta(description="Officers of the units who have it in hand, by their names.")
    ] = field(default=[], name="officer")
    from_: (
        Annotated[dt.date, Meta(description="First day of a task added in mid-year (inclusive).")]
        | None
    ) = field(default=None, name="from")
    until: (
        Annotated[
            dt.date,
            Meta(description="Last day of a task dropped in mid-year; nothing is due after it."),
        ]
        | None
    ) = None
    by: Annotated[str, Meta(description="Document that added or dropped it.")] = ""
    replaces: Annotated[str, Meta(description="Number of the task that this one replaces.")] = ""
    handed_over: Annotated[
        list[Handover], Meta(description="Other units or officers from a day on, earliest first.")
    ] = []

    @property
    def name(self) -> str:
        """The name for tables: the short one, else the title without the mark of a list."""
        if self.short or self.title[:1].isalnum():  # nearly all
            return self.short or self.title
        return _LIST_MARK.sub("", self.title)

    @property
    def every_officer(self) -> list[str]:
        """Every officer that it names, on whatever day."""
        later = (name for handover in self.handed_over for name in handover.officers)
        return [*self.officers, *later]

    @property
    def unread_deadline(self) -> str:
        """The wording of a deadline for which nobody has written a schedule; else empty."""
        return "" if self.schedule else self.deadline_text.strip()

    @property
    def counts_workdays(self) -> bool:
        """Whether a holiday moves a date of it."""
        return any(rule.counts_workdays for rule in self.schedule)

    def is_in_force(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether the task stands on some day from ``first`` to ``last`` (inclusive)."""
        return (self.from_ or first) <= last and first <= (self.until or last)


class Section(Model, frozen=True):
    """One field of the appendix."""

    id: Annotated[str, Meta(min_length=1, description="Number as printed: 'IV'.")]
    title: Annotated[str, Meta(min_length=1, description="The field, word for word.")]
    tasks: Annotated[list[Task], Meta(description="The rows of this field, in order.")]


class Holiday(Model, frozen=True):
    """A public holiday, or a weekday off in its place."""

    days = ("date",)

    date: Annotated[dt.date, Meta(description="The day off.")]
    name: Annotated[str, Meta(description="What it is.")] = ""


class Swap(Model, frozen=True):
    """A weekend day worked in exchange for a weekday off."""

    days = ("work", "day_off")

    work: Annotated[dt.date, Meta(description="Weekend day that is worked.")]
    day_off: Annotated[dt.date, Meta(description="Weekday that is off instead.")]


class Calendar(Model, frozen=True):
    """Which weekdays are not worked, and which weekend days are."""

    holidays: Annotated[list[Holiday], Meta(description="Public holidays.")] = []
    swaps: Annotated[list[Swap], Meta(description="Swapped working days.")] = []


class Serves(Model, frozen=True):
    """Occurrences that a report settles: those that end with the report's period."""

    task: Annotated[str, Meta(min_length=1, description="Number of the task.")]
    every: Annotated[list[Length], Meta(description="Lengths of the periods that it settles.")]


class Reporting(Model, frozen=True):
    """One kind of periodic report: to whom, by when, over which days."""

    every: Annotated[Length, Meta(description="Length of the period reported on.")]
    name: Annotated[str, Meta(min_length=1, description="What it is called: 'Báo cáo tháng'.")]
    recipient: Annotated[
        str,
        Meta(
            description="To whom; empty: the superior body of the day it is drafted, of the "
            "period's last day where it is drafted later."
        ),
    ] = ""
    before: (
        Annotated[int, Meta(ge=1, le=31, description="Day of the last month too late to send.")]
        | None
    ) = None
    by: (
        Annotated[int, Meta(ge=1, le=31, description="Last day to send, in the last month.")] | None
    ) = None
    data_from: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=31,
                description="First day of the data, in the month before the period; "
                "empty: the period's first day.",
            ),
        ]
        | None
    ) = None
    data_until: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=31,
                description="Last day of the data (inclusive), in the period's last month; "
                "empty: the period's last day. Never later than the day of drafting.",
            ),
        ]
        | None
    ) = None
    serves: Annotated[list[Serves], Meta(description="Occurrences that this report settles.")] = []
    recipients: Annotated[list[Name], Meta(description="'Nơi nhận' of the report.")] = []

    def __post_init__(self) -> None:
        super().__post_init__()
        _ = self.sending

    @property
    def sending(self) -> Every:
        """When it is to be sent; raises BadRule for a day that no week has, or two days."""
        return Every(every=self.every, before=self.before, by=self.by)


_COLUMNS = ("STT", "Nội dung nhiệm vụ", "Yêu cầu", "Thời gian hoàn thành", "Bộ phận thực hiện")


class Plan(Model, frozen=True):
    """A yearly plan: the document as issued, and its appendix of tasks."""

    days = ("effective_from",)

    schema: Annotated[Literal[1], Meta(description="Version of this format.")]
    year: Annotated[int, Meta(ge=1900, le=2999, description="The plan's year.")]
    document: Annotated[Document, Meta(description="What identifies the plan as a document.")]
    issuer: Annotated[str, Meta(min_length=1, description="Body that issues the plan.")]
    effective_from: Annotated[dt.date, Meta(description="Nothing falls due before this day.")]
    sections: Annotated[list[Section], Meta(description="The appendix, field by field.")]
    language: Annotated[Literal["vi", "en"], Meta(description="Language of the output.")] = "vi"
    before_included: Annotated[
        bool,
        Meta(
            description="In this office's wording 'trước ngày 25' is still in time on the 25th. "
            "Schedule entries are not touched: there 'before' never includes the day."
        ),
    ] = False
    superior: Annotated[list[Dated], Meta(description="Bodies reported to, with dates.")] = []
    bases: Annotated[list[Basis], Meta(description="Documents that the plan rests on.")] = []
    preamble: Annotated[str, Meta(description="Paragraph before part I, word for word.")] = ""
    text: Annotated[list[Clause], Meta(description="The numbered parts, word for word.")] = []
    closing: Annotated[str, Meta(description="Last paragraph, word for word.")] = ""
    recipients: Annotated[list[Name], Meta(description="'Nơi nhận', line by line.")] = []
    signer: Annotated[Signer | None, Meta(description="Who signs.")] = None
    email: Email = ""
    appendix: Annotated[Appendix | None, Meta(description="Heading of the appendix.")] = None
    units: Annotated[list[Unit], Meta(description="The units that do the tasks.")] = []
    officers: Annotated[list[Officer], Meta(description="Officers who are written to.")] = []
    calendar: Annotated[Calendar, Meta(description="Holidays and swapped days.")] = Calendar()
    reporting: Annotated[list[Reporting], Meta(description="The periodic reports.")] = []
    outline: Annotated[
        Outline | None,
        Meta(description="Parts I and II of reports on a quarter or more; else by section."),
    ] = None

    @property
    def columns(self) -> Sequence[str]:
        """The headings of the appendix: its own if it has all five, else the usual ones."""
        columns = self.appendix.columns if self.appendix else []
        return columns if len(columns) == len(_COLUMNS) else _COLUMNS

    def tasks(self) -> Iterator[tuple[Section, Task]]:
        """Yield every task with its section, in the order of the appendix."""
        for section in self.sections:
            for task in section.tasks:
                yield section, task

    @property
    def first_record(self) -> dt.date:
        """The first day of which a record can tell: work begins in the year before, at most."""
        return dt.date(self.year - 1, 1, 1)

    @property
    def workdays(self) -> Workdays:
        """The working days of the plan's calendar."""
        swaps = self.calendar.swaps
        off = {holiday.date for holiday in self.calendar.holidays} | {
            swap.day_off for swap in swaps
        }
        return Workdays(frozenset(off), frozenset(swap.work for swap in swaps))

    @property
    def has_calendar(self) -> bool:
        """Whether any day off is known, so that working days are counted rightly."""
        return bool(self.calendar.holidays or self.calendar.swaps)

    def occurrences(self, task: Task) -> list[Occurrence]:
        """Return what ``task`` owes under this plan, by due date."""
        start = max(self.effective_from, task.from_) if task.from_ else self.effective_from
        days = self.workdays if task.counts_workdays else Workdays()
        owed = occurrences(task.id, task.schedule, self.year, start, days)
        if task.until is None:
            return owed
        return [occurrence for occurrence in owed if occurrence.due <= task.until]


def in_force(entries: Sequence[Dated], day: dt.date) -> Dated | None:
    """Return the entry that holds on ``day``, or None."""
    for entry in entries:
        if (entry.from_ or day) <= day <= (entry.until or day):
            return entry
    return None


def superior_on(plan: Plan, day: dt.date) -> str:
    """Return the superior body of that ``day``; empty where nobody is named."""
    superior = in_force(plan.superior, day)
    return superior.name if superior else ""


def units_by_name(units: Sequence[Unit]) -> dict[str, Unit]:
    """Return each unit under every one of its names, exactly as written."""
    return {name: unit for unit in reversed(units) for name in reversed(unit.names())}
