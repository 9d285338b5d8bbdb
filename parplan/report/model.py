"""What can a report tell?  The context that every template and renderer gets.

Plain values with a meaning each; ``parplan.report.build`` computes them.  The descriptions
are the reference for whoever writes a template.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.agenda.counts import TaskCounts, share
from parplan.agenda.items import Item, Timing
from parplan.journal.progress import Progress, State
from parplan.journal.record import Cancel, Evidence, News, Pause
from parplan.plan.model import Plan, Target
from parplan.schedule.periods import Length, Period

Kind: TypeAlias = Literal[Length, "thematic"]
"""What a report is on: a period of a recurring length, or other days."""


class Sentence(msgspec.Struct, frozen=True):
    """One thing that was recorded."""

    name: Annotated[str, Meta(description="Short name of the task.")]
    text: Annotated[str, Meta(description="What was written; may hold line ends.")]
    day: Annotated[dt.date, Meta(description="Day that it tells of.")]
    ref: Annotated[str, Meta(description="Occurrence, '4@2025-06', or task, '8'.")]
    label: Annotated[str, Meta(description="What the occurrence is called: 'Lần 1'.")]
    evidence: Annotated[list[Evidence], Meta(description="Documents that prove it.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]
    value: Annotated[Decimal | None, Meta(description="Measured value.")]
    finishes: Annotated[bool, Meta(description="Whether it records completion.")]


class Due(msgspec.Struct, frozen=True):
    """One occurrence in a report."""

    item: Annotated[
        Item, Meta(description="The same with its task, and all that was recorded by then.")
    ]

    @property
    def ref(self) -> str:
        """Reference, '4@2025-06'."""
        return self.item.occurrence.ref

    @property
    def task(self) -> str:
        """Number of the task."""
        return self.item.task.id

    @property
    def name(self) -> str:
        """Short name of the task."""
        return self.item.task.name

    @property
    def label(self) -> str:
        """What the occurrence is called: 'Lần 1'."""
        return self.item.occurrence.label

    @property
    def due(self) -> dt.date:
        """Last day in time, inclusive."""
        return self.item.due

    @property
    def last_working_day(self) -> dt.date:
        """Last working day until then."""
        return self.item.last_working_day

    @property
    def units(self) -> list[str]:
        """Who does it."""
        return self.item.task.units

    @property
    def officers(self) -> list[str]:
        """Which officers do it."""
        return self.item.task.officers

    @property
    def state(self) -> State:
        """Work state at the end of the data window."""
        return self.item.state

    @property
    def timing(self) -> Timing | None:
        """Timing at the end of the data window."""
        return self.item.timing

    @property
    def done_on(self) -> dt.date | None:
        """Day of completion."""
        return self.item.progress.done_on

    @property
    def days_late(self) -> int:
        """Days after the due date, 0 if none."""
        if self.done_on is not None and self.timing == "late":
            return (self.done_on - self.due).days
        return -self.item.days_left if self.timing == "overdue" else 0

    @property
    def reason(self) -> str:
        """Why it is late, paused or cancelled, as recorded."""
        return reason_of(self.item.progress)


def reason_of(progress: Progress) -> str:
    """Return why something is late, paused or cancelled, as recorded.

    Of what is paused or cancelled that is what was written then, as a reason or as the text.
    """
    closing = Pause if progress.state == "paused" else Cancel
    stopped = [record for record in progress.records if isinstance(record, closing)]
    if progress.state in ("paused", "cancelled") and stopped:
        return stopped[-1].reason or stopped[-1].text or progress.reason
    return progress.reason


class ReportRow(msgspec.Struct, frozen=True):
    """One task in a report."""

    task: Annotated[str, Meta(description="Number of the task.")]
    title: Annotated[str, Meta(description="The task, word for word as issued.")]
    name: Annotated[str, Meta(description="Short name.")]
    requirement: Annotated[str, Meta(description="What is required, word for word.")]
    target: Annotated[Target | None, Meta(description="Measurable part of the requirement.")]
    deadline_text: Annotated[str, Meta(description="The deadline, word for word.")]
    units: Annotated[list[str], Meta(description="Who does it.")]
    sentences: Annotated[
        list[Sentence],
        Meta(description="What was recorded in the window, and not taken back by reopening."),
    ]
    due: Annotated[list[Due], Meta(description="Its occurrences that count in this report.")]
    state: Annotated[State, Meta(description="State of the next or last of these, or of the task.")]
    timing: Annotated[Timing | None, Meta(description="Timing of the same.")]
    percent: Annotated[int | None, Meta(description="How much is done, 0 to 100.")]
    value: Annotated[Decimal | None, Meta(description="Value measured last.")]
    evidence: Annotated[list[Evidence], Meta(description="All evidence until the window's end.")]
    wants_news: Annotated[
        bool, Meta(description="Whether it fell due, or is continuous, and nothing was recorded.")
    ]
    waits_for: Annotated[
        list[str], Meta(description="Whose word, or what, gives it a date, where it has none.")
    ] = []
    reason: Annotated[
        str, Meta(description="Why it is paused, cancelled or misses its target, as recorded.")
    ] = ""
    last_day: Annotated[
        dt.date | None, Meta(description="Last day of a task that ended in the window.")
    ] = None
    replaced_by: Annotated[
        str, Meta(description="Number of the task that replaced it, where one did.")
    ] = ""


class ReportSection(msgspec.Struct, frozen=True):
    """One section of the appendix in a report."""

    id: Annotated[str, Meta(description="Number as printed: 'IV'.")]
    title: Annotated[str, Meta(description="The field, word for word.")]
    rows: Annotated[list[ReportRow], Meta(description="Its tasks.")]
    leads: Annotated[bool, Meta(description="Whether it is 'Công tác chỉ đạo, điều hành'.")]


class DutySeries(msgspec.Struct, frozen=True):
    """The occurrences of one duty in a report: 'Báo cáo tháng', nine times."""

    dues: Annotated[list[Due], Meta(description="By due date; without what was cancelled.")]
    latest: Annotated[Sentence | None, Meta(description="The completion recorded last.")]

    @property
    def name(self) -> str:
        """Short name of the task."""
        return self.dues[0].name

    @property
    def label(self) -> str:
        """What the occurrences are called: 'Báo cáo tháng'."""
        return self.dues[0].label

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.dues)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(due.state == "done" for due in self.dues)

    @property
    def late(self) -> list[Due]:
        """Those that were done late."""
        return [due for due in self.dues if due.timing == "late"]

    @property
    def open(self) -> list[Due]:
        """Those that are not done."""
        return [due for due in self.dues if due.state != "done"]


class TaskResult(msgspec.Struct, frozen=True):
    """What the text of a longer report tells of one task."""

    row: Annotated[ReportRow, Meta(description="The task, with all that the appendix tells.")]
    series: Annotated[list[DutySeries], Meta(description="Its recurring duties, told once each.")]
    news: Annotated[
        list[list[Sentence]],
        Meta(description="The last records of what does not recur or is open, by occurrence."),
    ]
    values: Annotated[list[Sentence], Meta(description="Values measured in the window, by day.")]


class Passage(msgspec.Struct, frozen=True):
    """One point of the text, 'a) …': its tasks with their results."""

    title: Annotated[str, Meta(description="What it is about; empty for what no point names.")]
    results: Annotated[list[TaskResult], Meta(description="Its tasks.")]
    counts: Annotated[bool, Meta(description="Whether it begins with the counts of tasks.")]
    silent: Annotated[
        list[ReportRow], Meta(description="Those of which nothing is told or asked for.")
    ] = []

    @property
    def finished(self) -> list[ReportRow]:
        """Of the silent ones what was done before the window."""
        return [row for row in self.silent if row.state == "done"]

    @property
    def stopped(self) -> list[ReportRow]:
        """Of the silent ones what was cancelled before the window."""
        return [row for row in self.silent if _is_stopped(row)]

    @property
    def quiet(self) -> list[ReportRow]:
        """Of the silent ones the rest, of which a reader may expect a result."""
        return [row for row in self.silent if row.state != "done" and not _is_stopped(row)]


def _is_stopped(row: ReportRow) -> bool:
    """Tell whether ``row`` was given up; where one occurrence was, part III tells that one."""
    return row.state == "cancelled" and not row.due


class Chapter(msgspec.Struct, frozen=True):
    """One field of part II."""

    title: Annotated[str, Meta(description="The field.")]
    passages: Annotated[list[Passage], Meta(description="Its points.")]


class Delay(msgspec.Struct, frozen=True):
    """A duty that was late or is overdue, once or several times."""

    dues: Annotated[list[Due], Meta(description="The late and overdue occurrences, by due date.")]
    reasons: Annotated[list[str], Meta(description="The causes that were recorded, each once.")]


class Direction(msgspec.Struct, frozen=True):
    """What one field has to do next, routine apart."""

    title: Annotated[str, Meta(description="The field.")]
    dues: Annotated[list[Due], Meta(description="Open occurrences, by due date.")]


class OutlineText(msgspec.Struct, frozen=True):
    """Parts I to IV of a report on a quarter or more."""

    leading: Annotated[list[Passage], Meta(description="Part I, point by point.")]
    chapters: Annotated[list[Chapter], Meta(description="Part II, field by field.")]
    delays: Annotated[list[Delay], Meta(description="What was late or is overdue.")]
    unmet: Annotated[list[ReportRow], Meta(description="Tasks whose last value misses the target.")]
    met: Annotated[list[ReportRow], Meta(description="Tasks whose last value reaches it.")]
    upcoming: Annotated[
        list[DutySeries],
        Meta(description="All that comes next, by due date; what comes often as one series."),
    ]
    directions: Annotated[list[Direction], Meta(description="What comes next, routine apart.")]
    routine: Annotated[list[DutySeries], Meta(description="The recurring duties that come next.")]


class Totals(msgspec.Struct, frozen=True):
    """Counts of occurrences; ``due`` = ``done`` + ``open``."""

    due: Annotated[
        int, Meta(description="Done in the window, or due by its end and not done before it.")
    ]
    done: Annotated[int, Meta(description="Of these, done.")]
    open: Annotated[int, Meta(description="Of these, not done.")]
    on_time: Annotated[int, Meta(description="Done by the due date.")]
    late: Annotated[int, Meta(description="Done after the due date.")]
    overdue: Annotated[int, Meta(description="Open after the due date.")]
    due_today: Annotated[int, Meta(description="Open on the window's last day, their due date.")]
    cancelled: Annotated[int, Meta(description="Cancelled; in none of the other counts.")]
    no_deadline: Annotated[int, Meta(description="Tasks without a deadline.")]
    early: Annotated[
        int, Meta(description="Done on time in the window, though due only after it; in `on_time`.")
    ] = 0

    def share(self, count: int) -> Decimal | None:
        """Return ``count`` as per cent of ``due``, to one decimal, half up; None of nothing."""
        return share(count, self.due)


class Report(msgspec.Struct, frozen=True):
    """All that a report can say; the context of its template."""

    plan: Annotated[Plan, Meta(description="The plan, as in its file.")]
    period: Annotated[Period, Meta(description="Period reported on: name, first, last.")]
    following: Annotated[Period, Meta(description="The period that comes next.")]
    kind: Annotated[Kind, Meta(description="Length of the period; 'thematic' for other days.")]
    name: Annotated[str, Meta(description="What the report is called: 'Báo cáo tháng'.")]
    recipient: Annotated[str, Meta(description="To whom; empty where nobody is named.")]
    recipients: Annotated[list[str], Meta(description="'Nơi nhận', line by line.")]
    window: Annotated[Period, Meta(description="Days of the data, both ends inclusive.")]
    as_of: Annotated[dt.date, Meta(description="Day of drafting.")]
    fields: Annotated[list[ReportSection], Meta(description="The plan's fields with their tasks.")]
    totals: Annotated[Totals, Meta(description="The counts of occurrences.")]
    tasks: Annotated[TaskCounts, Meta(description="The counts of tasks, at the window's end.")]
    outline: Annotated[OutlineText, Meta(description="The text of a longer report.")]
    items: Annotated[list[Due], Meta(description="What the counts count, by due date.")]
    upcoming: Annotated[
        list[Due], Meta(description="Open, due after the window until the end of the next period.")
    ]
    earlier: Annotated[
        list[ReportRow],
        Meta(description="Tasks of last year's plan that were due, done or told in the window."),
    ]
    after_window: Annotated[
        list[Sentence], Meta(description="What is told of days after the window, until drafting.")
    ]
    proposals: Annotated[
        list[Sentence],
        Meta(description="Proposals recorded in the window, but for what was closed since."),
    ]
    serves: Annotated[
        list[Due],
        Meta(description="Occurrences that this report settles, open on the day of drafting."),
    ]
    records: Annotated[int, Meta(description="Number of records that this report rests on.")]
    recorded: Annotated[list[News], Meta(description="These records, oldest first.")]
