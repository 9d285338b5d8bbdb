"""When does a task fall due?

Each kind of rule in a plan is a type that refuses nonsense when it is built.
A due date is the last day in time, inclusive: "before the 25th" is due on the
24th.  No clock and no file; the plan's year and first day come from the caller.
"""

# Annotations are evaluated here: msgspec asks for them, and would have to compile texts.

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from parplan.problem import N_, Contradiction
from parplan.schedule import periods
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR
from parplan.schedule.counted import LAST, Counted, counted_day
from parplan.schedule.periods import Length, Period
from parplan.schedule.reference import ref_text
from parplan.schedule.workdays import Workdays

_ONE_DAY = dt.timedelta(days=1)
_Number: TypeAlias = Annotated[int, Meta(ge=1, le=31)]
Label: TypeAlias = Annotated[
    str, Meta(description="What this occurrence is called, such as 'Báo cáo tháng' or 'Lần 1'.")
]


_MOST_WORKING_DAYS, _MOST_WEEKDAYS = 15, 4
"""Every month has as many: of a weekday, and of working days over Tết."""
_DAYS_OF_WEEK = 7
_NO_EXCEPTIONS = Workdays()


class BadRule(Contradiction):
    """A rule that contradicts itself; the text is marked for translation."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    """What every kind of rule answers: its periods and their due dates."""

    def due_dates(
        self, year: int, workdays: Workdays = _NO_EXCEPTIONS
    ) -> Iterator[tuple[Period, dt.date]]:
        """Yield each period of the plan year ``year`` with its due date; none by default.

        ``workdays`` are the days on which the office works, for the rules that count them.
        """
        yield from ()

    @property
    def counts_workdays(self) -> bool:
        """Whether a holiday moves its due dates."""
        return False


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
    count: Annotated[
        Counted | None,
        Meta(
            description="What 'by' and 'before' count instead of calendar days: 'by: 5' with "
            "'working-days' is the fifth working day, 'by: 31' the last; 'by: 3' with 'fridays' "
            "is the third Friday."
        ),
    ] = None
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
        number = self.by if self.before is None else self.before
        if self.count:
            self._check_count(number)
        elif self.every == "week":
            if self.of:
                raise BadRule(N_("'of: next-month' does not go with weeks"))
            if number is not None and number > _DAYS_OF_WEEK:
                raise BadRule(N_("a week's days go from 1 (Monday) to 7 (Sunday)"))

    def _check_count(self, number: int | None) -> None:
        if number is None:
            raise BadRule(N_("'count' needs a day: add 'before' or 'by'"))
        if self.every == "week":
            raise BadRule(N_("'count' does not go with weeks"))
        most = _MOST_WORKING_DAYS if self.counts_workdays else _MOST_WEEKDAYS
        if most < number < LAST:
            raise BadRule(
                N_("not every month has so many: working days to 15, weekdays to 4; 31 is the last")
            )

    @property
    def counts_workdays(self) -> bool:
        """Whether a holiday moves its due dates."""
        return self.count == "working-days"

    def due_dates(
        self, year: int, workdays: Workdays = _NO_EXCEPTIONS
    ) -> Iterator[tuple[Period, dt.date]]:
        """Yield the periods of ``year``, earliest first, each with its due date."""
        for period in periods.each(self.every, year):
            yield period, self._due(period, workdays)

    def _due(self, period: Period, workdays: Workdays) -> dt.date:
        number = self.by if self.before is None else self.before
        if number is None:
            return period.last
        early = 0 if self.before is None else 1
        if self.every == "week":
            return period.first + (number - early - 1) * _ONE_DAY
        year, month = period.last.year, period.last.month + (1 if self.of else 0)
        if self.count:
            return counted_day(year, month, number, self.count, workdays) - early * _ONE_DAY
        return periods.day_of_month(year, month, number - early)


class Days(Rule, frozen=True, tag="days"):
    """Due on several days of every month or week: ``days: [15, 30]``."""

    days: Annotated[
        tuple[_Number, ...],
        Meta(
            min_length=2,
            max_length=31,
            description="Days of every month, ascending, each the last day in time: 'ngày 15 và "
            "30 hàng tháng'. A shorter month has its last day instead.",
        ),
    ]
    of: (
        Annotated[
            Literal["week"],
            Meta(
                description="Days of every week, 1 is Monday: 'thứ Ba và thứ Năm hằng tuần' is "
                "'days: [2, 4]'."
            ),
        ]
        | None
    ) = None
    label: Label = ""

    def __post_init__(self) -> None:
        if list(self.days) != sorted(set(self.days)):
            raise BadRule(N_("the days of a month stand in order, each once"))
        if self.of and self.days[-1] > _DAYS_OF_WEEK:
            raise BadRule(N_("a week's days go from 1 (Monday) to 7 (Sunday)"))

    def due_dates(
        self, year: int, workdays: Workdays = _NO_EXCEPTIONS
    ) -> Iterator[tuple[Period, dt.date]]:
        """Yield the days of ``year``, each a period of its own; what falls together, once."""
        for week in periods.each("week", year) if self.of else ():
            chosen_days = [week.first + (day - 1) * _ONE_DAY for day in self.days]
            yield from ((periods.day(day), day) for day in chosen_days)
        if self.of:
            return
        for month in range(1, 13):
            chosen = dict.fromkeys(periods.day_of_month(year, month, day) for day in self.days)
            yield from ((periods.day(day), day) for day in chosen)


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

    def due_dates(
        self, year: int, workdays: Workdays = _NO_EXCEPTIONS
    ) -> Iterator[tuple[Period, dt.date]]:
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
        if not FIRST_YEAR <= (self.before or self.by or dt.date.max).year <= LAST_YEAR:
            raise BadRule(N_("the year must be from 1900 to 2999"))

    def due_dates(
        self, year: int, workdays: Workdays = _NO_EXCEPTIONS
    ) -> Iterator[tuple[Period, dt.date]]:
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

    @property
    def counts_workdays(self) -> bool:
        """Whether a holiday moves the date that an event gives it."""
        return self.within is not None and "working" in self.within


AnyRule: TypeAlias = Every | Days | In | On | Continuous | OnDirective


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
    task: str,
    rules: Iterable[AnyRule],
    year: int,
    effective_from: dt.date,
    workdays: Workdays = _NO_EXCEPTIONS,
) -> list[Occurrence]:
    """Return what ``task`` owes in the plan year ``year``, by due date.

    ``workdays`` are counted where a rule counts working days.  Nothing falls due before
    ``effective_from`` (inclusive).  Two due on one day stand with the shorter period first.

    >>> [str(o.due) for o in occurrences("1", [Every("quarter", before=10)], 2025,
    ...                                  dt.date(2025, 6, 1))]
    ['2025-06-09', '2025-09-09', '2025-12-09']
    """
    return [
        Occurrence(task, period, due, label)
        for period, due, label in _dates(tuple(rules), year, workdays)
        if due >= effective_from
    ]


@functools.lru_cache(maxsize=1024)
def _dates(
    rules: tuple[AnyRule, ...], year: int, workdays: Workdays
) -> list[tuple[Period, dt.date, str]]:
    """Return what ``rules`` ask for, by due date; many tasks of a plan have the same rules."""
    conflicts = [
        (period, due, getattr(rule, "label", ""))
        for rule in rules
        for period, due in rule.due_dates(year, workdays)
    ]
    conflicts.sort(key=_by_due)
    return conflicts


def _by_due(dated: tuple[Period, dt.date, str]) -> tuple[dt.date, int, str]:
    period, due, _label = dated
    return due, (period.last - period.first).days, period.name
