"""Says schedule rules in Vietnamese.

The other direction of ``read_deadline``, which understands what is written here as the
same rules, so that a person can compare a plan's wording with its meaning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import assert_never

from parplan.deadlines.waiting import is_event, is_order
from parplan.schedule.counted import LAST, WEEKDAYS, Counted
from parplan.schedule.periods import ROMAN, Period
from parplan.schedule.rules import AnyRule, Continuous, Days, Every, In, On, OnDirective
from parplan.text import fold

_WEEKDAYS = ("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ALONE = {
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half": "định kỳ 6 tháng",
    "9-months": "định kỳ 9 tháng",
    "year": "hằng năm",
}
_OF_LAST_MONTH = {
    "month": "{day} hằng tháng",
    "quarter": "{day} của tháng cuối quý",
    "half": "định kỳ 6 tháng, {day} của tháng cuối kỳ",
    "9-months": "định kỳ 9 tháng, {day} của tháng cuối kỳ",
    "year": "{day} của tháng cuối năm",
}
_OF_NEXT_MONTH = {
    "month": "{day} của tháng kế tiếp",
    "quarter": "{day} của tháng đầu quý sau",
    "half": "định kỳ 6 tháng, {day} của tháng kế tiếp",
    "9-months": "định kỳ 9 tháng, {day} của tháng kế tiếp",
    "year": "hằng năm, {day} của tháng kế tiếp",
}
_COUNTED = {"days": "ngày", "working days": "ngày làm việc", "weeks": "tuần", "months": "tháng"}


def deadline_wording(rules: Iterable[AnyRule], *, before_included: bool = False) -> str:
    """Return ``rules`` in words, each after its label.

    ``before_included``: the office's "trước ngày 25" includes the 25th, so that what ends
    before it must be said with an hour.

    >>> deadline_wording([Every("month", before=25, label="Báo cáo tháng"), In("2025")])
    'Báo cáo tháng: trước ngày 25 hằng tháng; trong năm 2025'
    """
    return "; ".join(_labelled_wording(rule, before_included) for rule in rules)


def _labelled_wording(rule: AnyRule, before_included: bool) -> str:
    label = "" if isinstance(rule, Continuous) else rule.label
    wording = _rule_wording(rule, before_included)
    return f"{label}: {wording}" if label else wording


def _rule_wording(rule: AnyRule, before_included: bool) -> str:
    if isinstance(rule, Every):
        return _every_wording(rule, before_included)
    if isinstance(rule, Days):
        return _days_wording(rule)
    if isinstance(rule, In):
        return _in_wording(rule)
    if isinstance(rule, On):
        day = rule.before or rule.by
        written = f"ngày {_day_wording(day)}" if day else ""
        return f"{_limit_word(rule.before, before_included)} {written}"
    if isinstance(rule, OnDirective):
        return _directive_wording(rule)
    if isinstance(rule, Continuous):
        return "thường xuyên"
    assert_never(rule)


def _limit_word(before: object, before_included: bool) -> str:
    if before is None:
        return "chậm nhất"
    return "trước 0 giờ" if before_included else "trước"


def _every_wording(rule: Every, before_included: bool) -> str:
    day = rule.by if rule.before is None else rule.before
    if day is None:
        return _ALONE[rule.every]
    limit = _limit_word(rule.before, before_included)
    if rule.count:
        words = f"{limit} {_counted_wording(day, rule.count)}"
        return (_OF_NEXT_MONTH if rule.of else _OF_LAST_MONTH)[rule.every].format(day=words)
    if rule.every == "week":
        return f"{limit} {_WEEKDAYS[day]} hằng tuần"
    forms = _OF_NEXT_MONTH if rule.of else _OF_LAST_MONTH
    return forms[rule.every].format(day=f"{limit} ngày {day}")


def _counted_wording(day: int, count: Counted) -> str:
    place = "cuối cùng" if day == LAST else f"thứ {day}"
    if count == "working-days":
        return f"ngày làm việc {place}"
    weekday = _WEEKDAYS[WEEKDAYS.index(count) + 1]
    return f"{weekday} {place}" if day == LAST else f"{weekday} tuần {place}"


def _days_wording(rule: Days) -> str:
    if rule.of:
        *weekdays, last = (_WEEKDAYS[day] for day in rule.days)
        return f"chậm nhất {', '.join(weekdays)} và {last} hằng tuần"
    *days, last = map(str, rule.days)
    return f"chậm nhất ngày {', '.join(days)} và {last} hằng tháng"


def _in_wording(rule: In) -> str:
    period = rule.period()
    if period.ends is not None:
        start, stop = period.ends
        return f"từ {_period_wording(start)} đến hết {_period_wording(stop)}"
    wording = _period_wording(period)
    return f"trong {wording}" if period.kind in ("month", "quarter", "year") else wording


def _period_wording(period: Period) -> str:
    year, number = period.year, period.number
    if period.kind == "year":
        return f"năm {year}"
    if period.kind == "quarter":
        return f"quý {ROMAN[number]}/{year}"
    if period.kind == "week":
        return f"tuần {number} năm {year}"
    if period.kind == "half":
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    if period.kind == "9-months":
        return f"9 tháng đầu năm {year}"
    if period.kind == "month":
        return f"tháng {number}/{year}"
    return f"ngày {_day_wording(period.first)}"


def _day_wording(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _directive_wording(rule: OnDirective) -> str:
    what = rule.on_directive
    if rule.within:
        count, _space, unit = rule.within.partition(" ")
        since = what if is_event(what) else f"khi có văn bản của {what}"
        return f"trong thời hạn {count} {_COUNTED[unit]} kể từ {since}"
    if is_order(what):
        return f"khi có {what}"
    return what if is_event(what) or fold(what) == "dot xuat" else f"theo chỉ đạo của {what}"
