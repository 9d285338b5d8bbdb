"""Which mark stands for an occurrence in a picture of the year?

A mark has a kind, its timing or that it is cancelled, each with a shape and a letter of
its own, so that no picture depends on colour; and for what is open, its state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from parplan.agenda.counts import Counts
from parplan.agenda.items import Item
from parplan.i18n import _
from parplan.problem import N_
from parplan.render import words
from parplan.render.terminal.table import Style

Kind: TypeAlias = Literal["on-time", "late", "overdue", "due-soon", "upcoming", "cancelled"]


class Look(NamedTuple):
    """How a kind is shown; a letter is marked as ``LETTER|what it stands for``."""

    letter: str
    style: Style


LOOKS: Mapping[Kind, Look] = {
    "on-time": Look(N_("T|letter for: on time"), "good"),
    "late": Look(N_("L|letter for: late"), "warn"),
    "overdue": Look(N_("O|letter for: overdue"), "bad"),
    "due-soon": Look(N_("S|letter for: due soon"), "warn"),
    "upcoming": Look(N_("U|letter for: upcoming"), ""),
    "cancelled": Look(N_("C|letter for: cancelled"), "dim"),
}
"""Every kind, in the order of all pictures: done, wanting, to come, gone."""

MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def kind_of(item: Item) -> Kind:
    """Return the kind of mark of ``item``."""
    timing = item.timing
    if timing is None or timing == "no-deadline":
        return "cancelled"
    return "cancelled" if timing == "unread" else timing


def numbers(counts: Counts, *, cancelled: bool = True) -> dict[Kind, int]:
    """Return how many there are of each kind, in the order of ``LOOKS``."""
    return {
        "on-time": counts.on_time,
        "late": counts.late,
        "overdue": counts.overdue,
        "due-soon": counts.due_soon,
        "upcoming": counts.upcoming,
        "cancelled": counts.cancelled if cancelled else 0,
    }


def letter(kind: Kind) -> str:
    """Return the letter of ``kind`` in the language in use."""
    return _(LOOKS[kind].letter).partition("|")[0]


def word(kind: Kind) -> str:
    """Return ``kind`` in words."""
    return words.timing(None if kind == "cancelled" else kind)


def month(number: int) -> str:
    """Return the short name of month 1 to 12; 0 and 13 are the years around the plan's."""
    if 1 <= number <= len(MONTHS):
        return _(MONTHS[number - 1])
    return _("earlier") if number < 1 else _("later")
