"""What kinds of value can options and arguments take, beyond Click's own?

Each reads what an office types and fails in the user's language.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import click

from parplan.i18n import _
from parplan.problem import N_
from parplan.schedule import period as periods
from parplan.schedule.period import Period
from parplan.text import whole_number

_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_VALUE = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,9})?")
_THOUSAND = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Date(click.ParamType[dt.date]):
    """A day: 2025-06-30, or 30/6/2025 as Vietnamese offices write it."""

    name = N_("date")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return ``value`` as a date, or fail in the user's language."""
        if isinstance(value, dt.date):
            return value
        day = parse_date(value)
        if day is None:
            text = _("'%(value)s' is no date; write it as 2025-06-30 or 30/6/2025")
            self.fail(text % {"value": value}, param, ctx)
        return day

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what the help shows for the value."""
        return _("DATE")


class Number(click.ParamType[int]):
    """A whole number between two bounds, both inclusive; the help does not repeat them."""

    name = N_("number")

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return ``value`` as a number, or fail in the user's language."""
        text = str(value)
        number = whole_number(text)
        if number is None or not self.least <= number <= self.most:
            message = _("'%(value)s' is no whole number from %(least)s to %(most)s")
            self.fail(
                message % {"value": value, "least": self.least, "most": self.most}, param, ctx
            )
        return number


class Value(click.ParamType[Decimal]):
    """A measured value: 98.5, or 98,5 as Vietnamese writes it.

    Not 1.250: to a clerk that is a thousand and more, to a machine little more than one.
    """

    name = N_("value")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return ``value`` as an exact number, or fail in the user's language."""
        text = str(value)
        if not _VALUE.fullmatch(text):
            said = _("'%(value)s' is no number; write one such as 98.5 or 1250")
            self.fail(said % {"value": value}, param, ctx)
        if _THOUSAND.fullmatch(text):
            said = _("'%(value)s' can be read in two ways; write %(whole)s or %(part)s")
            whole, part = text.replace(".", ""), text.replace(".", ",")
            self.fail(said % {"value": value, "whole": whole, "part": part}, param, ctx)
        return Decimal(text.replace(",", "."))


class PeriodName(click.ParamType[Period]):
    """A period under its name: 2025, 2025-Q2, 2025-06."""

    name = N_("period")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """Return ``value`` as a period, or fail in the user's language."""
        if isinstance(value, Period):
            return value
        period = periods.parse(value)
        if period is None:
            text = _(
                "'%(value)s' is no period; write 2025, 2025-H1, 2025-9M, 2025-Q2, 2025-06, "
                "2025-W23 or 2025-06-30"
            )
            self.fail(text % {"value": value}, param, ctx)
        return period

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what the help shows for the value."""
        return _("PERIOD")


def parse_date(text: str) -> dt.date | None:
    """Return the day that ``text`` writes, or None where it writes none."""
    found = _DAY_MONTH_YEAR.fullmatch(text)
    try:
        day = (
            dt.date(int(found[3]), int(found[2]), int(found[1]))
            if found
            else dt.datetime.strptime(text, "%Y-%m-%d").date()
        )
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
