"""Which period does the command line name, and of which year's plan is it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click
import msgspec

from parplan.cli.options import PeriodOptions, Shared
from parplan.cli.session import Session, open_session
from parplan.i18n import _
from parplan.schedule import periods
from parplan.schedule.periods import Period


def open_in_period(
    shared: Shared, argument: Period | None, options: PeriodOptions
) -> tuple[Session, Period | None]:
    """Return the plan of the year of ``chosen_period``, and that period; raises as both."""
    session = open_session(shared, named_year(argument, options))
    return session, chosen_period(argument, options, session.plan.year, session.as_of)


def chosen_period(
    argument: Period | None, options: PeriodOptions, year: int, as_of: dt.date
) -> Period | None:
    """Return the one period that the command line names, or None where it names none.

    ``argument`` is the period argument.  Raises click.UsageError when there are two.
    """
    values = msgspec.structs.astuple(options)
    named = sum(value is not None and value is not False for value in values)
    if named + (argument is not None) > 1:
        raise click.UsageError(_("name one period only"))
    return next(_periods(options, year, as_of), argument)


def named_year(argument: Period | None, options: PeriodOptions) -> int | None:
    """Return the year of the period that the command line names, None where it names none."""
    named = argument or next(_named_periods(options), None)
    return named.year if named else None


def _named_periods(options: PeriodOptions) -> Iterator[Period]:
    lengths = (options.month, options.quarter, options.half, options.week)
    yield from (period for period in lengths if period is not None)


def _periods(options: PeriodOptions, year: int, as_of: dt.date) -> Iterator[Period]:
    yield from _named_periods(options)
    if options.nine_months:
        yield periods.of("9-months", year)
    if options.year_report:
        yield periods.year(year)
    if options.within is not None:
        last = as_of + dt.timedelta(days=options.within)
        yield periods.days(as_of, last)
