"""Completes deadlines by what stands beside or above them.

Days under a heading that names their month, "Ngày 10" under "THÁNG 01/2026"; and a row that says
only when its work begins.
"""

from __future__ import annotations

import re

from parplan.deadlines.read import DeadlineReading, read_deadline
from parplan.importer.plan.printed import RawPart, RawTask
from parplan.problem import N_
from parplan.schedule import periods
from parplan.schedule.periods import Period
from parplan.schedule.rules import In, On

OTHER_MONTH = N_("the heading names a month, and this is not of that month alone")
ONLY_HEADING = N_("no deadline is written; the heading above names a month")
ONLY_START = N_("only “%(unread)s” is written, and no deadline")

_MONTH = re.compile(r"tháng\s*([0-9]{1,2})(?:\s*(?:[/-]|năm)\s*([0-9]{4}))?\s*[:.]?", re.IGNORECASE)
# "Ngày 10", "trước ngày 25", "từ ngày 05 đến ngày 10": days of a month that is not said.
_DAYS = re.compile(
    r"(?:.*\b)?(?:trước|nhất|ngày|từ)\s+[0-9]{1,2}(?:\s*(?:[-–,]|đến|và)\s*(?:ngày\s+)?[0-9]{1,2})*",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(r"(?:cả|trong|cuối|hết)\s+tháng", re.IGNORECASE)


def month_of(title: str, year: int) -> Period | None:
    """Return the month that is the whole of a section's ``title``, else None."""
    match = _MONTH.fullmatch(title.rsplit(": ", maxsplit=1)[-1].strip())
    if match is None or not 1 <= int(match[1]) <= 12:
        return None
    return periods.month(int(match[2] or year), int(match[1]))


def with_month(wording: str, month: Period) -> str:
    """Return ``wording`` with ``month`` where it names days alone, or the month as such.

    >>> february = periods.month(2026, 2)
    >>> with_month("Ngày 05-07", february), with_month("28/02", february)
    ('Ngày 05-07/02/2026', '28/02')
    """
    if _OF_MONTH.fullmatch(wording):
        return f"{wording} {month.first:%m/%Y}"
    return f"{wording}/{month.first:%m/%Y}" if _DAYS.fullmatch(wording) else wording


def is_of(month: Period, reading: DeadlineReading) -> bool:
    """Tell whether every day of ``reading`` is one of ``month``; "hằng tuần" is of others too."""
    return all(month.first <= due <= month.last for due in reading.due_dates(month.first.year))


def complete_deadline(task: RawTask, title: str, month: Period | None, year: int) -> None:
    """Complete the deadline of ``task``, a row under the heading ``title`` of ``month``.

    Where only a start is written, or only the heading says when, that is no deadline: it stays
    doubted.  "Cả năm" or "hàng quý" is one, in whatever column.
    """
    parts = task.parts.get("deadline", [])
    if parts:
        if month:
            for part in parts:
                part.text = with_month(part.text, month)
        return
    start = task.text("start")
    if start and _goes_on(start, year):
        task.parts["deadline"] = task.parts["start"]
    elif start:
        text = f"Bắt đầu: {start}"
        task.parts["deadline"] = [RawPart(text, task.where("start"), ONLY_START)]
    elif month:
        task.parts["deadline"] = [RawPart(title, task.place, ONLY_HEADING)]


def _goes_on(wording: str, year: int) -> bool:
    """Tell whether ``wording`` says how often, or all the time: it names no day of a beginning."""
    rules = read_deadline(wording, year).rules
    return bool(rules) and not any(isinstance(rule, In | On) for rule in rules)
