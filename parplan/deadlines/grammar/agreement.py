"""Tells whether the parts of a phrase leave no doubt when they are taken together.

"Trong năm; trước ngày 15/12" may be one deadline or two, and "kiểm kê 31/12, báo cáo trước 31/01"
is of two years: such a phrase is not understood, though each of its parts is.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.names import skip_percentage
from parplan.deadlines.grammar.phrase_parts import Part
from parplan.deadlines.grammar.roles import has_other_role
from parplan.deadlines.grammar.tokens import Cursor, Phrase
from parplan.schedule.periods import Period
from parplan.schedule.rules import AnyRule, Continuous, Every, In, On
from parplan.text import fold

# From the first to the last day of a half-year it is 180 days or more, of a quarter at most 91.
_HALF = dt.timedelta(days=180)
_SHORT, _LONG = dt.timedelta(days=60), dt.timedelta(days=92)
"""How long before the one ahead of it a step, or a date alone, may stand."""
_EARLY_MONTHS = 2
"""In which a report behind "hằng quý" is one of the year before."""
_REPORTS = ("bao cao", "so ket", "tong ket", "quyet toan")
_ENDS = ("hoan thanh", "thanh lap", "kien toan", "ket thuc", "xong")
"""Beginnings of labels whose work ends, or begins, on that day."""


def do_agree(
    phrase: Phrase,
    pieces: Sequence[Part],
    rules_by_part: Sequence[list[AnyRule]],
    rules: list[AnyRule],
    context: Context,
) -> bool:
    """Tell whether the parts leave no doubt when they are taken together."""
    if context.is_open and not _is_order_clear(rules, context):
        return False  # "tháng 6; tháng 11/2026": June of which year?
    if _turns_back(rules, context) or _goes_on_after(pieces, rules_by_part):
        return False
    if not _ordinals_ascend(pieces, rules_by_part, context.year) or _parts_overlap(
        pieces, rules_by_part, context.year
    ):
        return False
    if _loses_limit(phrase, pieces, rules_by_part) or _goes_back(
        phrase, pieces, rules_by_part, context.year
    ):
        return False
    if _is_due_within(rules_by_part, context.year) or _sums_up_early(phrase, rules, context):
        return False
    if has_other_role(phrase, pieces, rules_by_part, context.year):
        return False
    unlabelled = [
        rule
        for part, part_rules in zip(pieces, rules_by_part, strict=True)
        for rule in part_rules
        if not part.label.text and not getattr(rule, "label", "")
    ]
    return len(pieces) == 1 or not _is_one_within_another(unlabelled, context.year)


def _is_due_within(rules_by_part: Sequence[list[AnyRule]], year: int) -> bool:
    """Tell whether a part is due within the month or quarter of one before it.

    "Kiểm tra trong quý IV, báo cáo trước 15/12": one of the two is no deadline.
    """
    spans: list[Period] = []
    for part in rules_by_part:
        days = [due for rule in part if isinstance(rule, On) for _, due in rule.due_dates(year)]
        if any(span.first <= day < span.last for span in spans for day in days):
            return True
        spans += [
            period
            for rule in part
            if isinstance(rule, In) and (period := rule.period()).kind in ("month", "quarter")
        ]
    return False


def _sums_up_early(phrase: Phrase, rules: Sequence[AnyRule], context: Context) -> bool:
    """Tell whether "tổng kết trước 15/01" stands here: of which year, and in which?"""
    words = fold(phrase.between(0, len(phrase.tokens)))
    days = [due for rule in rules if isinstance(rule, On | In) for _, due in rule.due_dates(0)]
    is_early = any(day.year == context.year and day.month <= _EARLY_MONTHS for day in days)
    return context.is_open and is_early and "tong ket" in words and len(days) == 1


def _turns_back(rules: Sequence[AnyRule], context: Context) -> bool:
    """Tell whether a day without a year stands so long before the one named ahead of it.

    "Kiểm kê ngày 31/12, báo cáo trước 31/01": that is of the next year, or of none we know.
    """
    latest = dt.date.min
    recurs = is_whole = False
    for rule in rules if context.is_open else ():
        recurs = recurs or isinstance(rule, Every)
        is_whole = is_whole or isinstance(rule, Continuous)
        if isinstance(rule, On | In):
            is_report = is_whole and fold(rule.label).startswith(_REPORTS)
            day = next(due for _period, due in rule.due_dates(context.year))
            is_early = day.month <= _EARLY_MONTHS
            back = _SHORT if rule.label else _LONG
            if latest - day > back or (is_early and (recurs or is_report)):
                return True
            latest = max(latest, day)
    return False


def _goes_on_after(pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]]) -> bool:
    """Tell whether a piece of work ends, and something of it recurs: "quý I, báo cáo hằng tháng".

    Within it, after it, or all the year?
    """
    label = fold(pieces[0].label.text)
    is_span = any(isinstance(rule, In) and ".." in rule.in_ for rule in rules_by_part[0])
    is_own = label and not (is_span or label.startswith(_ENDS))
    if len(pieces) < 2 or is_own or label.startswith(_REPORTS):
        return False
    ends = all(isinstance(rule, On | In) for rule in rules_by_part[0])
    is_year = any(isinstance(rule, In) and rule.in_.isdigit() for rule in rules_by_part[0])
    recurs = any(
        isinstance(rule, Every) and rule.every != "year" and rule.label
        for rules in rules_by_part[1:]
        for rule in rules
    )
    return ends and recurs and not is_year


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
    several = any(
        part.ordinal and len(part_rules) > 1 and all(isinstance(rule, In) for rule in part_rules)
        for part, part_rules in zip(pieces, rules_by_part, strict=True)
    )
    if several:
        return False  # "đợt 1 tháng 3, 4": one deadline, or two?
    days = [due for _number, due in numbered if due is not None]
    numbers = [number for number, _due in numbered]
    return numbers == sorted(set(numbers)) and days == sorted(set(days))


def _goes_back(
    phrase: Phrase, pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]], year: int
) -> bool:
    """Tell whether something is due before the work is: "hoàn thành quý I, báo cáo trước 20/3"."""
    ends_work = fold(pieces[0].label.text).startswith("hoan thanh")
    is_whole = not pieces[0].label.text and all(
        part.label.text and phrase.tokens[part.first - 1].text != ";" for part in pieces[1:]
    )
    is_dated = all(isinstance(rule, In | On) for rules in rules_by_part for rule in rules)
    if not (ends_work or (is_whole and is_dated)):
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
        rule, part = rules_by_part[index][-1], pieces[following]
        is_latest = phrase.tokens[part.start].text in ("cham", "muon")
        if is_latest and isinstance(rule, In) and not (part.label.text or pieces[index].label.text):
            return True  # "quý II; chậm nhất 15/7": one deadline said twice
        if isinstance(rule, On) and rule.before and _is_bare(phrase, part):
            return True
    return False


def _is_bare(phrase: Phrase, part: Part) -> bool:
    """Tell whether ``part`` is a date alone; "100% trong quý IV" is none."""
    cursor = Cursor(phrase, part.start, part.stop)
    is_date = cursor.word() == "ngay" or cursor.number(1, 9999) > 0
    return is_date and not part.label.text and not skip_percentage(cursor)


def _is_one_within_another(rules: Sequence[AnyRule], year: int) -> bool:
    """Tell whether one deadline lies within the period of another: "trong năm; trước 15/12"."""
    single = [
        period
        for rule in rules
        if isinstance(rule, In | On)
        for period, _due in rule.due_dates(year)
    ]
    return any(outer.covers(inner) for outer, inner in itertools.permutations(single, 2))
