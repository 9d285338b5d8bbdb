"""What kinds of value can options and arguments take, beyond Click's own?

Each says in the user's language what ``schedule.typed`` or ``typed_day`` makes of a text, or
why it is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from parplan.cli import candidates
from parplan.cli.clock import clock_day
from parplan.cli.context import typing_context
from parplan.cli.streams import say
from parplan.i18n import CAN_BE, _, any_of, fill, long_date
from parplan.journal.states import VIETNAMESE, read_state
from parplan.problem import N_, params
from parplan.schedule import typed
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR
from parplan.schedule.periods import Length, Period
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import Ambiguous, Direction, TypedContext, read_day
from parplan.text import fold, whole_number


class Date(click.ParamType[dt.date]):
    """A day: 20/6, 20/6/2025, 2025-06-20, hôm qua, thứ sáu; ``direction`` is what it is for.

    A day that no later line names is said in full on stderr where its year was not typed.
    """

    name = N_("date")

    def __init__(self, direction: Direction = "plan-year", *, says: bool = False) -> None:
        self.direction = direction
        self.says = says

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return ``value`` as a date, or fail in the user's language."""
        day = read_day(value, self.context(ctx), self.direction)
        if isinstance(day, Ambiguous):
            self.fail(_say_ambiguous(value, day), param, ctx)
        if day is None:
            text = _(
                "'%(value)s' is no day of the calendar, or is not understood; write it as 20/6, "
                "20/6/2025, 2025-06-20, 'hôm qua' or 'thứ sáu'"
            )
            self.fail(text % {"value": value}, param, ctx)
        if self.says and str(day.year) not in value:
            say(f"'{value}': {long_date(day)}", error=True)
        return day

    def context(self, ctx: click.Context | None) -> TypedContext:
        """Return what the day is read by."""
        return typing_context(ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what the help shows for the value."""
        return _("DATE")


class Today(Date):
    """The day that counts as today; a short form of it goes by the clock, not by a plan."""

    def __init__(self) -> None:
        super().__init__(says=True)

    def context(self, ctx: click.Context | None) -> TypedContext:
        """Return the clock's day and its year, since the plan follows from this day."""
        clock = clock_day()
        return TypedContext(clock.year, clock)


class Number(click.ParamType[int]):
    """A whole number between two bounds, both inclusive; the help does not repeat them.

    ``read`` returns the number that a text writes, None where it writes none.
    """

    name = N_("number")

    def __init__(
        self, least: int, most: int, read: Callable[[str], int | None] = whole_number
    ) -> None:
        self.least = least
        self.most = most
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return ``value`` as a number, or fail in the user's language."""
        number = self.read(str(value))
        if number is None or not self.least <= number <= self.most:
            message = _("'%(value)s' is no whole number from %(least)s to %(most)s")
            self.fail(
                message % {"value": value, "least": self.least, "most": self.most}, param, ctx
            )
        return number


YEAR = Number(FIRST_YEAR, LAST_YEAR, typed.read_year)
"""The year of a plan: 2025, 25, năm 2025."""

DAY_COUNT = Number(0, 3660, typed.read_day_count)
"""How many days: 14, 14 ngày, 2 tuần."""

DAY_OF_MONTH = Number(1, 31, typed.read_day_of_month)
"""A day of whatever month: 15, ngày 15."""

PERCENT = Number(0, 100, typed.read_percent)
"""How much is done: 45 or 45%."""


class Value(click.ParamType[Decimal]):
    """A measured value: 98.5, or 98,5 as Vietnamese writes it, with or without "%"."""

    name = N_("value")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return ``value`` as an exact number, or fail in the user's language."""
        number = typed.read_share(str(value))
        if isinstance(number, Ambiguous):
            text = _("'%(value)s' can be read in two ways; write %(whole)s or %(part)s")
            whole, part = number.numbers
            self.fail(text % {"value": value, "whole": whole, "part": part}, param, ctx)
        if number is None:
            text = _("'%(value)s' is no number; write one such as 98.5 or 1250")
            self.fail(text % {"value": value}, param, ctx)
        return number


class OneOf(click.Choice[str]):
    """One of several words, each with a Vietnamese name: table, bảng, bang."""

    def __init__(self, vietnamese: Mapping[str, str]) -> None:
        super().__init__(tuple(vietnamese))
        self.vietnamese = vietnamese

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return ``value`` as the English word, or fail in the user's language."""
        word: str = self.read(value) or super().convert(value, param, ctx)
        return word

    def read(self, text: str) -> str | None:
        """Return the word that ``text`` names: accents and capitals do not matter, nor hyphens."""
        plain = fold(text.replace("-", " ").replace("_", " "))
        names = {
            fold(name.replace("-", " ")): word
            for word, vietnamese in self.vietnamese.items()
            for name in (word, vietnamese)
        }
        return names.get(plain)

    def both_names(self) -> str:
        """Return a sentence of the help: the words with their Vietnamese names."""
        pairs = [f"{word} = {name}" for word, name in self.vietnamese.items() if name != word]
        return _("In Vietnamese: %(pairs)s.") % {"pairs": ", ".join(pairs)}

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the words that begin with ``incomplete``, in both languages.

        Those with accents where one was typed: shells want these in quotes.
        """
        start = fold(incomplete)
        words = self.vietnamese.values()
        names = (*self.vietnamese, *(map(fold, words) if incomplete.isascii() else words))
        return [
            CompletionItem(name) for name in dict.fromkeys(names) if fold(name).startswith(start)
        ]


class StateName(OneOf):
    """A state of work: in-progress, đang-làm, dang-lam."""

    def __init__(self) -> None:
        super().__init__({str(state): name for state, name in VIETNAMESE.items()})

    def read(self, text: str) -> str | None:
        """Return the state that ``text`` names."""
        return read_state(text)


class PeriodName(click.ParamType[Period]):
    """A period: 6, T6, 6/2025, Q2, "quý II", 2025-06."""

    name = N_("period")
    lengths: tuple[Length, ...] = ("month", "quarter", "half", "9-months", "year")
    """Of which lengths periods are offered."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """Return ``value`` as a period, or fail in the user's language."""
        period = self.read(value, typing_context(ctx))
        if isinstance(period, Ambiguous):
            self.fail(_say_ambiguous(value, period), param, ctx)
        if period is None:
            self.fail_unread(value, param, ctx)
        return period

    def read(self, text: str, context: TypedContext) -> typed.TypedPeriod:
        """Return the period that ``text`` means."""
        return typed.read_period(text, context)

    def fail_unread(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> NoReturn:
        """Say what a period looks like."""
        text = _(
            "'%(value)s' is no period; write a month as 6 or 6/2025, a quarter as Q2, a half as "
            "H1, nine months as 9M, a week as W23, a year as 2025, a day as 20/6/2025"
        )
        self.fail(text % {"value": value}, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what the help shows for the value."""
        return _("PERIOD")

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the periods of the plan's year that ``incomplete`` begins."""
        every = candidates.periods_of_year(ctx, incomplete, self.lengths)
        return [CompletionItem(name, help=title) for name, title in every]


class PeriodOf(PeriodName):
    """A period of one length: a month as 6, T6 or 6/2025."""

    def __init__(self, length: Length, most: int) -> None:
        self.length = length
        self.lengths = (length,)
        self.most = most

    def read(self, text: str, context: TypedContext) -> typed.TypedPeriod:
        """Return the period of this length that ``text`` means."""
        return typed.read_number_of(self.length, text, context)

    def fail_unread(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> NoReturn:
        """Say which numbers there are; that of the year may follow, as in 6/2025."""
        if self.length == "week" and typed.read_number_of("week", value, TypedContext(2020, _LONG)):
            year = typing_context(ctx).year
            self.fail(_("the year %(year)s has no such week") % {"year": year}, param, ctx)
        text = _("'%(value)s' is none from 1 to %(most)s, nor with a year such as 1/2025")
        self.fail(text % {"value": value, "most": self.most}, param, ctx)


_LONG = dt.date(2020, 6, 1)
"""A day of a year with 53 weeks."""


class Reference(click.ParamType[Ref]):
    """A task or an occurrence: 4, 4@6, 1@Q2, 1@6/2025, or words of a task's name.

    A period that is not understood stays as it is: who looks for it names those there are.
    """

    name = N_("reference")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Ref:
        """Return ``value`` as a reference, or fail in the user's language."""
        reference = typed.read_reference(value, typing_context(ctx))
        if isinstance(reference.period, Ambiguous):
            self.fail(_say_ambiguous(value, reference.period), param, ctx)
        return reference.ref


def _say_ambiguous(text: str, ambiguous: Ambiguous) -> str:
    return fill(CAN_BE, params(value=text, either=any_of(ambiguous.meanings)))
