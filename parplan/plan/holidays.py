"""The public holidays of a year, and which of them are not certain yet.

From ``holidays.csv`` beside this file, which ``.ci/public_holidays.py`` makes.  The law
names some days (Bộ luật Lao động 2019, Điều 112); days of the lunar year, days beside a
holiday and swapped days are certain only when the Government has announced them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec

from parplan.i18n import _, short_date
from parplan.plan.model import Calendar, Holiday, Swap

_TABLE = Path(__file__).parent / "holidays.csv"


class YearOff(msgspec.Struct, frozen=True):
    """The days off of one year; ``unsure`` are those that no law or notice names yet."""

    calendar: Calendar
    unsure: list[dt.date]


def days_off(year: int) -> YearOff | None:
    """Return the days off of ``year``, None where the table does not reach."""
    holidays: list[Holiday] = []
    swaps: list[Swap] = []
    unsure: list[dt.date] = []
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["date"])
            if day.year != year:
                continue
            if row["worked_instead"]:
                swaps.append(Swap(work=dt.date.fromisoformat(row["worked_instead"]), day_off=day))
            else:
                holidays.append(Holiday(date=day, name=row["name"]))
            if row["basis"] == "reckoned":
                unsure.append(day)
    return YearOff(Calendar(holidays=holidays, swaps=swaps), unsure) if holidays else None


def about_calendar(year: int, off: YearOff | None) -> Iterator[str]:
    """Yield how far the holidays of ``year`` are known."""
    if off is None:
        yield _("The holidays of %(year)s are not known to parplan; fill them in.") % {"year": year}
        return
    yield _("Public holidays; compare them with the official notice.")
    if off.unsure:
        days = ", ".join(map(short_date, off.unsure))
        yield _("Reckoned, not announced yet: %(days)s; swapped days are missing.") % {"days": days}
    else:
        yield _("All of them are named by the law or were announced.")
