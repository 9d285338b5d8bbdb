"""When does a task fall due?

Each kind of rule in a plan is a type that refuses nonsense when it is built.
A due date is the last day in time, inclusive: "before the 25th" is due on the
24th.  No clock and no file; the plan's year and first day come from the caller.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.problem import N_, Contradiction
from parplan.schedule import period as periods
from parplan.schedule.period import Length, Period
from parplan.schedule.reference import ref_text

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_ONE_DAY = dt.timedelta(days=1)
Label: TypeAlias = Annotated[
    str, Meta(description="What this occurrence is called, such as 'Báo cáo tháng' or 'Lần 1'.")
]


class BadRule(Contradiction):
    """A rule that contradicts itself; the text is marked for translation."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    """What every kind of rule answers: its periods and their due dates."""

    def due_dates(self, year: int) -> Iterator[tuple[Period, dt.date]]:
        """Yield each period of the plan year ``year`` with its due date; none by default."""
        yield from ()


class Every(Rule, frozen=True, tag="every"):
    """Due once in every week, month, quarter, half, nine months or year."""

    every: Annotated[Length, Meta(description="Length of the period that recurs.")]
    before: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=31,
                description="Day of the period's last month that is already too late: "
                "'trước ngày 25' is 25. In a week, 1 is Monday.",
            ),
        ]
        | None
    ) = None
    by: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=31,
                description="Last day in time, in the period's last month: 'chậm nhất ngày 20' "
                "is 20. Neither 'by' nor 'before': the period's last day.",
            ),
        ]
        | None
    ) = None
    of: (
        Annotated[
            Literal["next-month"],
            Meta(description="Count the day in the month after the period ('tháng kế tiếp')."),
        ]
        | None
    ) = None
    label: Label = ""

    def __post_init__(self) -> None:
        if self.before is not None and self.by is not None:
            raise BadRule(N_("write either 'before' or 'by', not both"))
        if self.of and self.before is None and self.by is None:
            raise BadRule(N_("'of: next-month' needs a day: add 'before' or 'by'"))
        if self.every == "week":
            if self.of:
                raise BadRule(N_("'of: next-month' does not go with weeks"))
            if (self.before or self.by or 1) > 7:
                raise BadRule(N_("a week's days go from 1 (Monday) to 7 (Sunday)"))

    def due_dates(self, year: int) -> Iterator[tuple[Period, dt.date]]:
        """Yield the periods of ``year``, earliest first, each with its due date."""
        for period in periods.each(self.every, year):
            yield period, self._due(period)

    def _due(self, period: Period) -> dt.date:
        last_day = self.by if self.before is None else self.before - 1
        if last_day is None:
            return period.last
        if self.every == "week":
            return period.first + (last_day - 1) * _ONE_DAY
        month = period.last.month + (1 if self.of else 0)
        return periods.day_of_month(period.last.year, month, last_day)


class In(Rule, frozen=True, tag="in"):
    """Due once, on the last day of a period: ``in: 2025-06``, ``in: 2025-Q4..2026-Q2``."""

    in_: Annotated[
        str,
        Meta(
            description="Month, quarter, half, year, or a range of two, such as 2025-Q4..2026-Q2."
        ),
    ] = msgspec.field(name="in")
    label: Label = ""

    def __post_init__(self) -> None:
        self.period()

    def period(self) -> Period:
        """Return the period that ``in`` names."""
        period = periods.parse(self.in_)
        if period is None:
            raise BadRule(N_("'in' is no period: write 2025, 2025-H1, 2025-Q2, 2025-06 or a range"))
        return period

    def due_dates(self, year: int) -> Iterator[tuple[Period, dt.date]]:
        """Yield the one period, whatever ``year`` is, with its last day."""
        period = self.period()
        yield period, period.last


class On(Rule, frozen=True, tag="date"):
    """Due once, by or before a date."""

    by: Annotated[dt.date, Meta(description="Last day in time.")] | None = None
    before: Annotated[dt.date, Meta(description="First day that is too late.")] | None = None
    label: Label = ""

    def __post_init__(self) -> None:
        if (self.before is None) == (self.by is None):
            raise BadRule(N_("write either 'before' or 'by', not both"))
        if not _FIRST_YEAR <= (self.before or self.by or dt.date.max).year <= _LAST_YEAR:
            raise BadRule(N_("the year must be from 1900 to 2999"))

    def due_dates(self, year: int) -> Iterator[tuple[Period, dt.date]]:
        """Yield the one due date, whatever ``year`` is; its period is that day."""
        due = self.by or (self.before - _ONE_DAY if self.before else None)
        if due is not None:
            yield periods.day(due), due


class Continuous(Rule, frozen=True, tag="continuous"):
    """Has no deadline; wants news in every reporting period."""

    continuous: Annotated[
        Literal[True], Meta(description="The task has no deadline ('Thường xuyên').")
    ]


class OnDirective(Rule, frozen=True, tag="directive"):
    """Has no deadline until a directive gives it one."""

    on_directive: Annotated[str, Meta(min_length=1, description="Who gives the date.")]
    within: (
        Annotated[
            str,
            Meta(
                pattern="^[1-9][0-9]{0,3} (working )?(days|weeks|months)$",
                description="Time allowed from the event, such as '20 days' or '5 working days'.",
            ),
        ]
        | None
    ) = None
    label: Label = ""


AnyRule: TypeAlias = Every | In | On | Continuous | OnDirective


class Occurrence(msgspec.Struct, frozen=True):
    """One instance of a task that falls due."""

    task: str
    period: Period
    due: dt.date
    label: str

    @property
    def ref(self) -> str:
        """The name by which the clerk calls it: ``1@2025-Q2``."""
        return ref_text(self.task, self.period.name)


def occurrences(
    task: str, rules: Iterable[AnyRule], year: int, effective_from: dt.date
) -> list[Occurrence]:
    """Return what ``task`` owes in the plan year ``year``, by due date.

    Nothing falls due before ``effective_from`` (inclusive).  Two due on one day stand
    with the shorter period first.

    >>> [str(o.due) for o in occurrences("1", [Every("quarter", before=10)], 2025,
    ...                                  dt.date(2025, 6, 1))]
    ['2025-06-09', '2025-09-09', '2025-12-09']
    """
    return [
        Occurrence(task, period, due, label)
        for period, due, label in _dates(tuple(rules), year)
        if due >= effective_from
    ]


@functools.lru_cache(maxsize=1024)
def _dates(rules: tuple[AnyRule, ...], year: int) -> list[tuple[Period, dt.date, str]]:
    """Return what ``rules`` ask for, by due date; many tasks of a plan have the same rules."""
    found = [
        (period, due, getattr(rule, "label", ""))
        for rule in rules
        for period, due in rule.due_dates(year)
    ]
    found.sort(key=_by_due)
    return found


def _by_due(dated: tuple[Period, dt.date, str]) -> tuple[dt.date, int, str]:
    period, due, _label = dated
    return due, (period.last - period.first).days, period.name
