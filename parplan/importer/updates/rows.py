"""A row of updates as somebody typed it, and what it means.

Every cell is read on its own; one that is not understood rejects its row with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from parplan.agenda.updates import Rejection, Update
from parplan.importer.grid import Place
from parplan.journal.progress import State
from parplan.journal.record import Evidence
from parplan.problem import N_, params
from parplan.schedule.reference import Ref
from parplan.text import fold, whole_number

STATES: Mapping[str, State | None] = {
    "": None,
    **dict.fromkeys(("chua lam", "chua thuc hien", "not started"), None),
    **dict.fromkeys(("dang lam", "dang thuc hien", "in progress"), "in-progress"),
    **dict.fromkeys(("xong", "da xong", "hoan thanh", "da hoan thanh", "done"), "done"),
    **dict.fromkeys(("tam dung", "tam hoan", "paused"), "paused"),
    **dict.fromkeys(("huy", "da huy", "khong thuc hien", "cancelled"), "cancelled"),
}
"""What states are called in a row, without accents."""

_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,9})?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


class UpdateRow(msgspec.Struct, frozen=True):
    """What one row says, or why it cannot be read; ``place`` is the row's or the bad cell's."""

    place: Place
    ref: str
    update: Update | Rejection


class _BadCell(Exception):
    """A cell that is not understood."""

    def __init__(self, role: str, rejection: Rejection) -> None:
        super().__init__()
        self.role, self.rejection = role, rejection


def read_row(
    texts: Mapping[str, str],
    place: Place,
    columns: Mapping[str, int],
    today: dt.date,
    *,
    month_first: bool = False,
) -> UpdateRow | None:
    """Return what the cells ``texts`` say by role, None where nothing was typed.

    ``columns`` are the columns of the roles, from 0.  A day without a year is the latest such
    day up to ``today``.  ``month_first`` tells that the program that wrote the file put the
    month before the day: then 5/6 is not understood.
    """
    typed = {role: text.strip() for role, text in texts.items() if text.strip()}
    ref, base = typed.pop("ref", ""), typed.pop("base", None)
    if not typed:
        return None
    if not ref:
        return UpdateRow(place, "", Rejection(N_("the row has no reference such as 4@2025-06")))
    try:
        if month_first:
            typed = _in_day_order(typed)
        update = _update(typed, today)
    except _BadCell as error:
        column = columns.get(error.role)
        return UpdateRow(place if column is None else place.at(column), ref, error.rejection)
    if update == Update(Ref("")):
        return None
    base = base if "base" in columns and base is not None else ("" if "base" in columns else None)
    return UpdateRow(place, ref, msgspec.structs.replace(update, ref=Ref.parse(ref), base=base))


def _in_day_order(typed: dict[str, str]) -> dict[str, str]:
    """Return ``typed`` with the day before the month; raises _BadCell where both are possible."""
    match = _DAY.fullmatch(typed.get("on", ""))
    if match is None or match[1] == match[2] or int(match[1]) > 12:
        return typed
    if int(match[2]) <= 12:
        text = N_(
            "'%(text)s': in this file other dates have the month first; write it as 2025-06-20"
        )
        raise _BadCell("on", Rejection(text, params(text=typed["on"])))
    return {**typed, "on": "/".join(filter(None, (match[2], match[1], match[3])))}


def is_month_first(text: str) -> bool:
    """Tell whether ``text`` is a date that only makes sense with the month first: 06/20/2025."""
    match = _DAY.fullmatch(text)
    return match is not None and int(match[1]) <= 12 < int(match[2]) <= 31


def _update(typed: Mapping[str, str], today: dt.date) -> Update:
    state = _state(typed.get("state", ""))
    on = _day(typed["on"], today) if "on" in typed else None
    return Update(
        Ref(""),
        text=typed.get("text", ""),
        state=state,
        percent=_percent(typed["percent"]) if "percent" in typed else None,
        value=_value(typed["value"]) if "value" in typed else None,
        on=on,
        evidence=documents(typed.get("evidence", "")),
        reason=typed.get("reason", ""),
        proposal=typed.get("proposal", ""),
    )


def _state(text: str) -> State | None:
    folded = fold(text)
    if folded not in STATES:
        reason = N_("'%(text)s' is no state; write: đang làm, xong, tạm dừng, hủy")
        raise _BadCell("state", Rejection(reason, params(text=text)))
    return STATES[folded]


def _percent(text: str) -> int:
    number = whole_number(text.removesuffix("%").strip())
    if number is None or number > 100:
        reason = N_("'%(text)s' is no whole number from 0 to 100")
        raise _BadCell("percent", Rejection(reason, params(text=text)))
    return number


def _value(text: str) -> Decimal:
    digits = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits):
        reason = N_("'%(text)s' is no number; write one such as 98,5 or 1250")
        raise _BadCell("value", Rejection(reason, params(text=text)))
    if _THOUSANDS.fullmatch(digits):
        reason = N_("'%(text)s' can be read in two ways; write it without a point or comma")
        raise _BadCell("value", Rejection(reason, params(text=text)))
    return Decimal(digits.replace(",", "."))


def _day(text: str, today: dt.date) -> dt.date:
    day = read_day(text, today)
    if day is None:
        reason = N_("'%(text)s' is no day; write it as 20/6/2025")
        raise _BadCell("on", Rejection(reason, params(text=text)))
    return day


def read_day(text: str, today: dt.date) -> dt.date | None:
    """Return the day that ``text`` writes, such as 20/6 or 20/6/2025, or None."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        match = _DAY.fullmatch(text)
    if match is None:
        return None
    written = match[3] or ""
    years = (
        [int(written) + (2000 if len(written) == 2 else 0)]
        if written
        else [
            today.year,
            today.year - 1,
        ]
    )
    for year in years:
        try:
            day = dt.date(year, int(match[2]), int(match[1]))
        except ValueError:
            continue
        if written or day <= today:
            return day
    return None


def documents(text: str) -> tuple[Evidence, ...]:
    """Return the documents that ``text`` names, one a line or with ';' between."""
    numbers = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
    return tuple(Evidence(number=number) for number in dict.fromkeys(numbers) if number)
