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
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from parplan.deadlines.grammar.agreement import do_agree
from parplan.deadlines.grammar.clause import read_clause
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.phrase_parts import Part, split_parts
from parplan.deadlines.grammar.tokens import Cursor, ParseError, Phrase, tokenize
from parplan.problem import N_
from parplan.schedule.periods import Period
from parplan.schedule.rules import AnyRule, Continuous, In, On, OnDirective
from parplan.schedule.workdays import Workdays

DeadlineKind = Literal["dated", "continuous", "directed", "dated+directed", "unread"]

_MOST_YEARS = 10
"""After the plan's own year; what is later was mistyped, and would never fall due."""
_DATA_OF_DAYS = re.compile(
    r"\b(?:so lieu|ky bao cao|nien do|thoi hieu)\b.*(?:\btu\b.*\bden\b|/ [0-9]+(?: / [0-9]+)? - )"
)
"""The days that data are of: "thời gian chốt số liệu: từ 15/12 đến 14/12"."""
_DATA_BEHIND = re.compile(
    r"(/ [0-9]+|\bthang(?: [0-9]+)?) \( (?:so lieu|ky so lieu|nien do)\b[^()]*\)"
)
"""The same in brackets behind a date, which is then the deadline, or behind "báo cáo 6 tháng"."""
_LUNAR = re.compile(
    r"\btrung thu\b.*\b15 / 0?8\b|\b15 / 0?8\b.*\btrung thu\b"
    r"|\b(?:giỗ tổ|hùng vương|đền hùng)\b.*\b[0-9]+ / 0?3\b(?! / 20)"
    r"|\b10 / 0?3\b.*\b(?:giỗ tổ|hùng vương|đền hùng)\b"
    r"|\b(?:rằm|đoan ngọ|phật đản|vía bà|nguyên tiêu)\b.*\b[0-9]+ / [0-9]+"
    r"|\b(?:mùng|mồng) (?:10 tháng 0?3|0?5 tháng 0?5)\b(?! năm)"
    r"|\b(?:lễ hội|hội làng|hội xuân|hội đình|ông táo|giao thừa|hàn thực|ngày thơ|mừng thọ"
    r"|chúc tết|chợ hoa|nguyên đán)\b.*\b[0-9]+ / (?:0?[1-4]|12)\b(?! / 20)"
    r"|\b[0-9]+ / (?:0?1|12)\b(?! / 20).*\b(?:ông táo|giao thừa|nguyên đán|mừng thọ)\b"
    r"|\btrước tết \( [0-9]+ / 12\b(?! / 20)"
    r"|\btrung thu\b.*\b[0-9]+ / 0?8\b(?! / 20)"
    r"|\bvu lan\b.*\b15 / 0?7\b|\b15 / 0?7\b.*\bvu lan\b"
)
"""Feasts beside their day of the lunar calendar, which is another one of the sun's."""
_LOOKS = re.compile(r"\b(?:bao cao|thong ke|tong hop|kiem tra|thanh tra|giam sat|chung tu)\b")
LUNAR_DAY = N_("the day may be one of the lunar calendar")
DAYS_OF_DATA = N_("the days may be those of the data")
PAST_YEAR = N_("it would be due before the plan begins")
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
    rules = list(dict.fromkeys(itertools.chain.from_iterable(rules_by_part)))
    reason = _doubt(phrase, rules, context)
    if reason:
        return DeadlineReading([], text.strip(), reason)
    if not rules or not do_agree(phrase, pieces, rules_by_part, rules, context):
        return DeadlineReading([], phrase.between(0, len(phrase.tokens)) or text.strip())
    return DeadlineReading(rules)


def _doubt(phrase: Phrase, rules: Sequence[AnyRule], context: Context) -> str:
    """Return why ``rules``, though read, may be no deadline; empty where there is no doubt."""
    words = _DATA_BEHIND.sub(r"\1", " ".join(token.text for token in phrase.tokens))
    year = context.year
    if context.after == dt.date.min and _DATA_OF_DAYS.search(words):
        return DAYS_OF_DATA
    if _LUNAR.search(" ".join(token.accented for token in phrase.tokens)):
        return LUNAR_DAY
    spans = [rule.period() for rule in rules if isinstance(rule, In)]
    if any(_is_of_data(words, span, is_alone=len(rules) == 1) for span in spans):
        return DAYS_OF_DATA
    days = [due for rule in rules if isinstance(rule, On | In) for _, due in rule.due_dates(year)]
    if any(day.year > year + _MOST_YEARS for day in days):
        return FAR_YEAR
    is_before = not context.years and any(day.year < year for day in days)
    return PAST_YEAR if is_before else ""


def _is_of_data(words: str, span: Period, *, is_alone: bool) -> bool:
    """Tell whether ``span`` may be the days of a report: 15/11 to 14/12, or from the year's first.

    Of what looks at nothing it may be the time of the work: "tuyên truyền từ 01/01 đến 31/5".
    """
    first, last = span.first, span.last
    is_period = (first.day, last.day) == (15, 14)
    is_of_year = (first.day, first.month) == (1, 1) and span.ends is not None
    return (is_period and not is_alone) or (is_of_year and _LOOKS.search(words) is not None)


def _rules(phrase: Phrase, part: Part, context: Context) -> list[AnyRule]:
    """Return the rules of one part, named by its label; raises ParseError."""
    cursor = Cursor(phrase, part.start, part.stop)
    context.named = part.label.named
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


def _rest(phrase: Phrase, at: int) -> str:
    """Return the words from token ``at`` to the end, all where it is past the end."""
    count = len(phrase.tokens)
    return phrase.between(at if at < count else 0, count).lstrip(",;:. ")
