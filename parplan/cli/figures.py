"""The statistical forms that the commands around ``forms`` work with, and their period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

import click
import msgspec

from parplan.cli.options import PeriodOptions, Shared, chosen_period, named_year
from parplan.cli.session import Session, Unreadable, open_session
from parplan.forms.figures import Figures, FilledForms, lines, period_before, year_before
from parplan.forms.from_plan import plan_values
from parplan.forms.model import Forms
from parplan.forms.recorded import KINDS, Recorded
from parplan.i18n import _
from parplan.journal.record import Record
from parplan.plan.model import Plan
from parplan.report.build import reporting_for, window_of
from parplan.schedule import period as periods
from parplan.schedule.period import Period


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

    def figures(self, period: Period, more: Iterable[Record] = ()) -> Figures:
        """Return the figures of ``period``; ``more`` are records that were written since."""
        recorded = Recorded([*self.records, *more], self.session.as_of)
        return Figures(self.forms, recorded, period, self._answered(period))

    def filled(self, period: Period) -> FilledForms:
        """Return the forms of ``period`` with all that stands beside."""
        before, last_year = period_before(period), year_before(period)
        of_before = self.figures(before) if before else None
        listed = lines(self.forms, self.figures(period), of_before, self.figures(last_year))
        window = self._window(self.session.plan, period)
        return FilledForms(self.forms, period, window, before, last_year, list(listed))

    def _answered(self, period: Period) -> dict[str, Decimal]:
        """Return what the plan of its year answers for ``period``, once that has begun."""
        if period.year not in self.plans:
            return {}
        plan, records = self.plans[period.year]
        window = self._window(plan, period)
        if window.last < window.first:
            return {}
        return plan_values(self.forms, plan, records, window)

    def _window(self, plan: Plan, period: Period) -> Period:
        return window_of(reporting_for(plan, period), period, self.session.as_of)


def open_forms(session: Session) -> OpenForms:
    """Return the forms of the year; raises as ``Session.forms``, and complains of both journals."""
    forms = session.forms()
    year, workspace = session.plan.year, session.workspace
    plans = {year: (session.plan, session.read_and_complain().records)}
    if year - 1 in workspace.years():
        reading = workspace.read_plan(year - 1)
        if reading.value is None:
            raise Unreadable(reading.text, reading.problems)
        plans[year - 1] = (reading.value, workspace.read_journal(year - 1).records)
    return OpenForms(session, forms, plans)


def open_for_period(
    shared: Shared, argument: Period | None, options: PeriodOptions
) -> tuple[OpenForms, Period]:
    """Return the forms of the year of the period that the command line names, and that period.

    By default the quarter of today; raises click.UsageError where figures are of no such period.
    """
    session = open_session(shared, named_year(argument, options))
    chosen = chosen_period(argument, options, session.plan.year, session.as_of)
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
