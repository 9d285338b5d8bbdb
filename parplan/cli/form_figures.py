"""The statistical forms that the commands around ``forms`` work with, and their period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated

import click
import msgspec
import typer

from parplan.cli.options import PeriodOptions, Shared
from parplan.cli.params import PeriodName
from parplan.cli.periods import open_in_period
from parplan.cli.recording import UNWRITTEN, author_of, say_recorded, write_all
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.cli.windows import last_day_of_data, report_window
from parplan.forms.doubts import FigureDoubt, doubts
from parplan.forms.entry import FigureEntry, fields_of
from parplan.forms.figures import FilledForms, PeriodFigures, lines, period_before, year_before
from parplan.forms.from_plan import plan_values
from parplan.forms.model import Forms
from parplan.forms.recorded import KINDS, RecordedFigures
from parplan.i18n import _, fill, ngettext
from parplan.journal.record import Figure, Record, Undo
from parplan.plan.model import Plan
from parplan.problem import N_
from parplan.render import words
from parplan.report.window import reporting_for, window_of
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.text import sentence
from parplan.workspace.workspace import Check

FormsPeriod = Annotated[
    Period | None,
    typer.Argument(
        parser=PeriodName(), metavar=N_("[PERIOD]"), help=N_("Period; this quarter by default.")
    ),
]
"""The period argument of a command that ``open_for_period`` is asked by."""


class OpenForms(msgspec.Struct, frozen=True):
    """The forms of a year with what was recorded in it and in the year before, oldest first."""

    session: Session
    forms: Forms
    plans: Mapping[int, tuple[Plan, list[Record]]]
    """The plans of both years, as far as they are there, each with the records of its journal."""

    @property
    def records(self) -> list[Record]:
        """The records of both years, oldest first."""
        every = [record for _plan, records in self.plans.values() for record in records]
        return sorted(every, key=lambda record: (record.at, record.id))

    def as_recorded(self, records: list[Record]) -> OpenForms:
        """Return the same with ``records`` as those of the year, read again."""
        year = self.session.plan.year
        plans = {**self.plans, year: (self.session.plan, records)}
        return msgspec.structs.replace(self, plans=plans)

    def figures(self, period: Period, window: Period | None = None) -> PeriodFigures:
        """Return the figures of ``period``; ``window``: see ``filled``."""
        recorded = RecordedFigures(self.records, self.session.as_of)
        return PeriodFigures(self.forms, recorded, period, self._answered(period, window))

    def filled(self, period: Period, window: Period | None = None) -> FilledForms:
        """Return the forms of ``period`` with all that stands beside.

        ``window`` are the days whose data of the plan they take, by default those of the report
        on ``period``.
        """
        before, last_year = period_before(period), year_before(period)
        of_before = self.figures(before, self._window_before(before)) if before else None
        current = self.figures(period, window)
        listed = lines(self.forms, current, of_before, self.figures(last_year))
        window = window or report_window(self.session, period)
        return FilledForms(self.forms, period, window, before, last_year, list(listed))

    def doubts(self, period: Period, form: str | None = None) -> list[FigureDoubt]:
        """Return what is doubtful in the figures of ``period``, of one form or of all."""
        return [
            doubt
            for doubt in doubts(self.forms, self.records)
            if doubt.record.period == period.name
            and form in (None, doubt.record.row.partition("/")[0])
        ]

    def _answered(self, period: Period, window: Period | None) -> dict[str, Decimal]:
        """Return what the plan of its year answers for ``period``, once that has begun."""
        if period.year not in self.plans:
            return {}
        plan, records = self.plans[period.year]
        if window is None and plan is self.session.plan:
            window = report_window(self.session, period)
        window = window or window_of(reporting_for(plan, period), period, self.session.as_of)
        if window.last < window.first:
            return {}
        return plan_values(self.forms, plan, records, window)

    def _window_before(self, period: Period) -> Period | None:
        """Return the days of the report on ``period``, which ended where its draft says."""
        if period.year != self.session.plan.year:
            return None
        until = last_day_of_data(self.session, period.name)
        return report_window(self.session, period, until=until)


def open_forms(session: Session) -> OpenForms:
    """Return the forms of the year; raises as ``Session.forms``, and complains of both journals."""
    forms, year = session.forms(), session.plan.year
    plans = {year: (session.plan, session.read_and_complain().records)}
    if last_year := session.last_year():
        plans[year - 1] = last_year
    return OpenForms(session, forms, plans)


def record_entries(
    session: Session, entries: Sequence[FigureEntry], named: str | None, check: Check
) -> None:
    """Record ``entries`` in one write, by who is ``named``; say how many, and what is doubtful.

    The doubts are those of the periods that they are of.  ``check`` is that of
    ``Workspace.append``.
    """
    by = author_of(session, named)
    unwritten = [
        Figure(by=by, on=session.as_of, **UNWRITTEN, **fields_of(entry)) for entry in entries
    ]
    written = write_all(session, unwritten, check)
    say(ngettext("Recorded %(n)s figure.", "Recorded %(n)s figures.", len(written)))
    opened = open_forms(session)
    for period in dict.fromkeys(entry.period for entry in entries):
        say_doubts(opened.doubts(period))


def announce(session: Session, written: Figure | Undo) -> None:
    """Print in one line what was recorded and which figure now counts."""
    records = session.read_and_complain().records
    period = periods.parse(written.period)
    record = RecordedFigures(records).of(written.row).get(period) if period else None
    say_recorded(written, written.ref, words.content(record) if record else _("no figure"))


def say_doubts(doubtful: Sequence[FigureDoubt]) -> None:
    """Say what is doubtful in figures, for the eye to compare."""
    for doubt in doubtful:
        say(sentence(fill(doubt.text, doubt.values)), error=True)


def open_for_period(
    shared: Shared, argument: Period | None, options: PeriodOptions
) -> tuple[OpenForms, Period]:
    """Return the forms of the year of the period that the command line names, and that period.

    By default the quarter of today; raises click.UsageError where figures are of no such period.
    """
    session, chosen = open_in_period(shared, argument, options)
    period = chosen or _quarter(session.plan.year, session.as_of)
    if period.kind not in KINDS:
        raise click.UsageError(
            _("statistics are of a month, a quarter, a half, nine months or a year")
        )
    return open_forms(session), period


def _quarter(year: int, as_of: dt.date) -> Period:
    """Return the quarter of ``as_of``, the nearest one where that is of another year."""
    day = max(periods.year(year).first, min(as_of, periods.year(year).last))
    return next(quarter for quarter in periods.each("quarter", year) if day in quarter)
