"""What does a report on many offices tell: who is complete, who is behind, who is silent?

Every number is one of the tally's; nothing is counted anew.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from parplan.problem import Problem
from parplan.rollup.figures import Figures
from parplan.rollup.join import Rollup
from parplan.rollup.tally import Late, OfficeRow, Request
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.text import fold, one_line

SILENT_DAYS = 30
"""An office whose latest record is older than so many days is named."""


class OfficeLine(msgspec.Struct, frozen=True):
    """An office that could be read: what to call it, how it stands, what of it is overdue.

    ``late`` is longest overdue first, ``last_record`` the day on which the latest was written.
    """

    name: str
    figures: Figures
    late: list[Late]
    last_record: dt.date | None


class OfficesReport(msgspec.Struct, frozen=True):
    """What is told of many offices, in their order where nothing else is said.

    ``period`` is the one that was asked for, else the latest year of a plan; ``plan`` the title
    that all plans have but for the names of their offices, empty where they differ.
    ``unreadable`` are the offices that do not count, ``doubtful`` those that count but for a part
    of their journal, each with what is wrong; ``records`` is the number of those counted.
    """

    request: Request
    period: Period
    plan: str
    total: Figures
    offices: list[OfficeLine]
    unreadable: list[tuple[str, Problem]]
    doubtful: list[tuple[str, Problem]]
    records: int

    @property
    def complete(self) -> list[OfficeLine]:
        """Those that have done all whose due day has come."""
        return [line for line in self.offices if line.figures.reached and not line.figures.behind]

    @property
    def idle(self) -> list[OfficeLine]:
        """Those of which nothing was asked until that day."""
        return [line for line in self.offices if not line.figures.reached]

    @property
    def behind(self) -> list[OfficeLine]:
        """Those with overdue work, most of it first."""
        late = [line for line in self.offices if line.late]
        return sorted(late, key=lambda line: -len(line.late))

    @property
    def silent(self) -> list[OfficeLine]:
        """Those that recorded nothing for more than ``SILENT_DAYS`` days, longest first."""
        bound = self.request.as_of - dt.timedelta(days=SILENT_DAYS)
        silent = [line for line in self.offices if _last_day(line) < bound]
        return sorted(silent, key=_last_day)


def build(rollup: Rollup, request: Request) -> OfficesReport:
    """Return what ``rollup``, the answer of ``request`` with ``late``, tells."""
    late: dict[str, list[Late]] = {}
    for item in rollup.overdue:
        late.setdefault(item.folder, []).append(item)
    named = list(zip(rollup.names, rollup.rows, strict=True))
    titles = [_without_name(row) for row in rollup.rows if row.figures]
    latest = max((row.year for row in rollup.rows if row.year), default=request.as_of.year)
    return OfficesReport(
        request,
        request.period or periods.year(request.year or latest),
        titles[0] if len(set(map(fold, titles))) == 1 else "",
        rollup.total,
        [
            OfficeLine(
                name,
                row.figures,
                late.get(row.folder, []),
                row.last_record.date() if row.last_record else None,
            )
            for name, row in named
            if row.figures
        ],
        [(name, row.problem) for name, row in named if row.problem and not row.figures],
        [(name, row.problem) for name, row in named if row.problem and row.figures],
        sum(row.records for row in rollup.rows),
    )


def _without_name(row: OfficeRow) -> str:
    """Return the plan's title without the place that the office is named after."""
    place = re.escape(re.sub(r"^(UBND|Ủy ban nhân dân)\s+", "", row.office))
    return one_line(re.sub(rf"\s*\b(của |tại |trên địa bàn )?{place}\b", "", one_line(row.plan)))


def _last_day(line: OfficeLine) -> dt.date:
    return line.last_record or dt.date.min
