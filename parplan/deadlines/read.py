"""Reads the deadline phrase of a Vietnamese plan into schedule rules.

Wording in, schedule rules out: "Trước ngày 25 hàng tháng" is ``Every("month", before=25)``.
All or nothing: where one word is not understood, or could be meant in two ways, there
are no rules but the part that was not understood.  A wrong date is worse than none.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from parplan.deadlines.grammar.clause import read_clause
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.parts import Part, split_parts
from parplan.deadlines.grammar.tokens import Cursor, ParseError, Phrase, tokenize
from parplan.problem import N_
from parplan.schedule.rules import AnyRule, Continuous, Every, In, On, OnDirective
from parplan.schedule.workdays import Workdays
from parplan.text import fold

DeadlineKind = Literal["dated", "continuous", "directed", "dated+directed", "unread"]

# From the first to the last day of a half-year it is 180 days or more, of a quarter at most 91.
_HALF = dt.timedelta(days=180)
_MOST_YEARS = 10
"""After the plan's own year; what is later was mistyped, and would never fall due."""
_DATA_OF_DAYS = re.compile(
    r"\b(?:so lieu|ky bao cao|nien do|thoi hieu)\b.*(?:\btu\b.*\bden\b|/ [0-9]+(?: / [0-9]+)? - )"
)
"""The days that data are of: "thời gian chốt số liệu: từ 15/12 đến 14/12"."""
_DATA_BEHIND = re.compile(r"(/ [0-9]+|\bthang [0-9]+) \( (?:so lieu|ky so lieu|nien do)\b[^()]*\)")
"""The same in brackets behind a date, which is then the deadline."""
DAYS_OF_DATA = N_("the days may be those of the data")
FAR_YEAR = N_("its year is far after that of the plan")
_MOST_LETTERS = 2_000
"""No deadline is longer; what is, is some other cell's text."""


class DeadlineReading(msgspec.Struct, frozen=True):
    """What a phrase means: its rules, or the part that was not understood."""

    rules: Sequence[AnyRule]
    unread: str = ""
    reason: str = ""
    """Why it was not understood, a marked text, where the words alone do not show it."""

    @property
    def kind(self) -> DeadlineKind:
        """What sort of deadline it is."""
        if not self.rules:
            return "unread"
        kinds = {type(rule) for rule in self.rules}
        if kinds - {Continuous, OnDirective}:
            return "dated+directed" if OnDirective in kinds else "dated"
        return "continuous" if Continuous in kinds else "directed"

    def due_dates(self, year: int, workdays: Workdays | None = None) -> list[dt.date]:
        """Return the days on which something falls due under the plan of ``year``, in order.

        Working days are Monday to Friday where no ``workdays`` are given.
        """
        days = workdays or Workdays()
        return sorted({due for rule in self.rules for _period, due in rule.due_dates(year, days)})

    def agrees(self, schedule: Iterable[AnyRule], year: int) -> bool:
        """Tell whether ``schedule`` means the same under the plan of ``year``.

        Labels and periods may differ.  What was not understood contradicts nothing.
        """
        return not self.rules or _meaning(self.rules, year) == _meaning(schedule, year)


def _meaning(rules: Iterable[AnyRule], year: int) -> tuple[object, ...]:
    rules_once = list(rules)
    return (
        {due for rule in rules_once for _period, due in rule.due_dates(year)},
        any(isinstance(rule, Continuous) for rule in rules_once),
        {rule.within for rule in rules_once if isinstance(rule, OnDirective)},
    )


# What doctor mends it reads again, and a board that is served: the same wordings each time.
@functools.lru_cache(1024)
def read_deadline(text: str, year: int, *, before_included: bool = False) -> DeadlineReading:
    """Return what ``text`` means in the plan of ``year``.

    A date without its year is one of ``year``.  ``before_included``: the office's "trước ngày
    25" is still in time on the 25th.

    >>> read_deadline("Trước ngày 25 hàng tháng", 2025).rules
    [Every(every='month', before=25, by=None, count=None, of=None, label='')]
    >>> read_deadline("30/02/2025", 2025).unread
    '30/02/2025'
    """
    if len(text) > _MOST_LETTERS:
        return DeadlineReading([], text.strip()[:_MOST_LETTERS])
    phrase = tokenize(text)
    context = Context(year, before_included, set())
    try:
        pieces = split_parts(phrase, year)
        context.is_parted = len(pieces) > 1
        rules_by_part = [_rules(phrase, part, context) for part in pieces]
    except ParseError as error:
        return DeadlineReading([], _rest(phrase, error.position) or text.strip(), error.reason)
    rules = _unique(itertools.chain.from_iterable(rules_by_part))
    reason = _doubt(phrase, rules, year)
    if reason:
        return DeadlineReading([], text.strip(), reason)
    if not rules or not _agree(phrase, pieces, rules_by_part, rules, context):
        return DeadlineReading([], phrase.between(0, len(phrase.tokens)) or text.strip())
    return DeadlineReading(rules)


def _doubt(phrase: Phrase, rules: Sequence[AnyRule], year: int) -> str:
    """Return why ``rules``, though read, may be no deadline; empty where there is no doubt."""
    words = _DATA_BEHIND.sub(r"\1", " ".join(token.text for token in phrase.tokens))
    if _DATA_OF_DAYS.search(words):
        return DAYS_OF_DATA
    days = [due for rule in rules if isinstance(rule, On | In) for _, due in rule.due_dates(year)]
    return FAR_YEAR if any(day.year > year + _MOST_YEARS for day in days) else ""


def _rules(phrase: Phrase, part: Part, context: Context) -> list[AnyRule]:
    """Return the rules of one part, named by its label; raises ParseError."""
    cursor = Cursor(phrase, part.start, part.stop)
    try:
        rules = read_clause(cursor, context, part.label.lengths)
    except ParseError as error:
        at = part.start if error.position >= part.stop else error.position
        raise ParseError(at, error.reason) from error
    if not part.label.fits(rules, context.year):
        raise ParseError(part.first)
    return [_with_label(rule, part.label.text) for rule in rules]


def _with_label(rule: AnyRule, label: str) -> AnyRule:
    if (
        not label
        or isinstance(rule, Continuous)
        or (rule.label and not isinstance(rule, OnDirective))
    ):
        return rule
    return msgspec.structs.replace(rule, label=label)


def _unique(rules: Iterator[AnyRule]) -> list[AnyRule]:
    return list(dict.fromkeys(rules))


def _rest(phrase: Phrase, at: int) -> str:
    """Return the words from token ``at`` to the end, all where it is past the end."""
    count = len(phrase.tokens)
    return phrase.between(at if at < count else 0, count).lstrip(",;:. ")


def _agree(
    phrase: Phrase,
    pieces: Sequence[Part],
    rules_by_part: Sequence[list[AnyRule]],
    rules: list[AnyRule],
    context: Context,
) -> bool:
    """Tell whether the parts leave no doubt when they are taken together."""
    if context.is_open and not _is_order_clear(rules, context):
        return False  # "tháng 6; tháng 11/2026": June of which year?
    if not _ordinals_ascend(pieces, rules_by_part, context.year) or _parts_overlap(
        pieces, rules_by_part, context.year
    ):
        return False
    if _loses_limit(phrase, pieces, rules_by_part) or _goes_back(
        pieces, rules_by_part, context.year
    ):
        return False
    unlabelled = [
        rule
        for part, part_rules in zip(pieces, rules_by_part, strict=True)
        for rule in part_rules
        if not part.label.text and not getattr(rule, "label", "")
    ]
    return len(pieces) == 1 or not _is_one_within_another(unlabelled, context.year)


def _is_order_clear(rules: Sequence[AnyRule], context: Context) -> bool:
    """Tell whether dates without a year can only be of the plan's, by the order they stand in.

    "30% đến hết quý I, 100% đến hết 31/01/2027": a first quarter before that day.
    """
    others = context.years - {context.year}
    if not others:
        return True
    days = [due for rule in rules for _period, due in rule.due_dates(context.year)]
    if len(others) > 1 or days != sorted(set(days)):
        return False
    moved = [(max(day.year, *others), day.month, day.day) for day in days]
    return moved != sorted(set(moved))


def _ordinals_ascend(
    pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]], year: int
) -> bool:
    """Tell whether "Lần 1", "Lần 2" … come one after the other."""
    numbered = [
        (
            part.ordinal,
            max((due for rule in part_rules for _p, due in rule.due_dates(year)), default=None),
        )
        for part, part_rules in zip(pieces, rules_by_part, strict=True)
        if part.ordinal
    ]
    days = [due for _number, due in numbered if due is not None]
    numbers = [number for number, _due in numbered]
    return numbers == sorted(set(numbers)) and days == sorted(set(days))


def _goes_back(pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]], year: int) -> bool:
    """Tell whether something is due before the work is: "hoàn thành quý I, báo cáo trước 20/3"."""
    if not fold(pieces[0].label.text).startswith("hoan thanh"):
        return False
    ends = [
        max((due for rule in rules for _p, due in rule.due_dates(year)), default=dt.date.max)
        for rules in rules_by_part
    ]
    return ends != sorted(ends)


def _parts_overlap(
    pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]], year: int
) -> bool:
    """Tell whether a part speaks of one of another's periods: "hàng quý; quý IV: …"."""
    rules = list(itertools.chain.from_iterable(rules_by_part))
    recurring = [
        period for rule in rules if isinstance(rule, Every) for period, _due in rule.due_dates(year)
    ]
    named = [period for part in pieces for period in part.label.named]
    once = [period for rule in rules if isinstance(rule, In) for period, _ in rule.due_dates(year)]
    if recurring and any(
        period in recurring or period.last - period.first < _HALF for period in named
    ):
        return True
    if any(period in recurring for period in once):
        return True
    # "Thường xuyên; tháng 6": is June a deadline, or the whole year?
    is_continuous = any(isinstance(rule, Continuous) for rule in rules)
    # "Quý I và thường xuyên" are two: the joint has told.
    is_continuous = is_continuous and (len(pieces) > 1 or isinstance(rules[0], Continuous))
    return is_continuous and any(isinstance(rule, In) and not rule.label for rule in rules)


def _loses_limit(
    phrase: Phrase, pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]]
) -> bool:
    """Tell whether a bare date follows "trước": "trước ngày 15/6; ngày 15/12"."""
    for index, following in itertools.pairwise(range(len(pieces))):
        token = phrase.tokens[pieces[following].start]
        is_bare = token.number >= 0 or token.text == "ngay"
        rule = rules_by_part[index][-1]
        if is_bare and isinstance(rule, On) and rule.before and not pieces[following].label.text:
            return True
    return False


def _is_one_within_another(rules: Sequence[AnyRule], year: int) -> bool:
    """Tell whether one deadline lies within the period of another: "trong năm; trước 15/12"."""
    single = [
        period
        for rule in rules
        if isinstance(rule, In | On)
        for period, _due in rule.due_dates(year)
    ]
    return any(outer.covers(inner) for outer, inner in itertools.permutations(single, 2))
