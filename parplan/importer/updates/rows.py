"""A row of updates as somebody typed it, and what it means.

Every cell is read on its own, as the same words are on the command line; one that is not
understood rejects its row with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from parplan.agenda.updates import Rejection, Update
from parplan.i18n import CAN_BE, any_of
from parplan.importer.grid import Place
from parplan.journal.progress import State
from parplan.journal.record import Evidence
from parplan.journal.states import read_state
from parplan.problem import N_, params
from parplan.schedule import typed
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import Ambiguous, TypedContext, read_day

_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")


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
    context: TypedContext,
    *,
    month_first: bool = False,
) -> UpdateRow | None:
    """Return what the cells ``texts`` say by role, None where nothing was typed.

    ``columns`` are the columns of the roles, from 0; short forms are read by ``context``.
    ``month_first`` tells that the program that wrote the file put the month before the day:
    then 5/6 is not understood.
    """
    filled = {role: text.strip() for role, text in texts.items() if text.strip()}
    ref, base = filled.pop("ref", ""), filled.pop("base", None)
    if not filled:
        return None
    if not ref:
        return UpdateRow(place, "", Rejection(N_("the row has no reference such as 4@6")))
    try:
        if month_first:
            filled = _in_day_order(filled)
        about = _reference(ref, context)
        update = _update(filled, about, context)
    except _BadCell as error:
        column = columns.get(error.role)
        return UpdateRow(place if column is None else place.at(column), ref, error.rejection)
    if update == Update(about):
        return None
    base = (base or "") if "base" in columns else None
    return UpdateRow(place, ref, msgspec.structs.replace(update, base=base))


def _in_day_order(filled: dict[str, str]) -> dict[str, str]:
    """Return ``filled`` with the day before the month; raises _BadCell where both are possible."""
    match = _DAY.fullmatch(filled.get("on", ""))
    if match is None or match[1] == match[2] or int(match[1]) > 12:
        return filled
    if int(match[2]) <= 12:
        text = N_(
            "'%(text)s': in this file other dates have the month first; write it as 2025-06-20"
        )
        raise _BadCell("on", Rejection(text, params(text=filled["on"])))
    return {**filled, "on": "/".join(filter(None, (match[2], match[1], match[3])))}


def is_month_first(text: str) -> bool:
    """Tell whether ``text`` is a date that only makes sense with the month first: 06/20/2025."""
    match = _DAY.fullmatch(text)
    return match is not None and int(match[1]) <= 12 < int(match[2]) <= 31


def _update(filled: Mapping[str, str], about: Ref, context: TypedContext) -> Update:
    return Update(
        about,
        text=filled.get("text", ""),
        state=_state(filled.get("state", "")),
        percent=_percent(filled["percent"]) if "percent" in filled else None,
        value=_value(filled["value"]) if "value" in filled else None,
        on=_day(filled["on"], context) if "on" in filled else None,
        evidence=documents(filled.get("evidence", "")),
        reason=filled.get("reason", ""),
        proposal=filled.get("proposal", ""),
    )


def _state(text: str) -> State | None:
    state = read_state(text)
    if text.strip() and state is None:
        reason = N_("'%(text)s' is no state; write: đang làm, xong, tạm dừng, hủy")
        raise _BadCell("state", Rejection(reason, params(text=text)))
    return None if state == "not-started" else state


def _percent(text: str) -> int:
    number = typed.read_percent(text)
    if number is None:
        reason = N_("'%(text)s' is no whole number from 0 to 100")
        raise _BadCell("percent", Rejection(reason, params(text=text)))
    return number


def _value(text: str) -> Decimal:
    number = typed.read_share(text)
    if number is None:
        reason = N_("'%(text)s' is no number; write one such as 98,5 or 1250")
        raise _BadCell("value", Rejection(reason, params(text=text)))
    if isinstance(number, Ambiguous):
        whole, part = number.numbers
        reason = N_("'%(value)s' can be read in two ways; write %(whole)s or %(part)s")
        values = params(value=text, whole=whole, part=part)
        raise _BadCell("value", Rejection(reason, values))
    return number


def _day(text: str, context: TypedContext) -> dt.date:
    day = read_day(text, context, "past")
    if isinstance(day, Ambiguous):
        raise _BadCell("on", _either(text, day))
    if day is None:
        reason = N_("'%(text)s' is no day; write it as 20/6/2025")
        raise _BadCell("on", Rejection(reason, params(text=text)))
    return day


def _reference(text: str, context: TypedContext) -> Ref:
    reference = typed.read_reference(text, context)
    if isinstance(reference.period, Ambiguous):
        raise _BadCell("ref", _either(text, reference.period))
    return reference.ref


def _either(text: str, found: Ambiguous) -> Rejection:
    return Rejection(CAN_BE, params(value=text, either=any_of(found.meanings)))


def documents(text: str) -> tuple[Evidence, ...]:
    """Return the documents that ``text`` names, one a line or with ';' between."""
    numbers = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
    return tuple(Evidence(number=number) for number in dict.fromkeys(numbers) if number)
