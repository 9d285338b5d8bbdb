"""Which period, day, occurrence or number does somebody mean who types ``T6`` or ``hôm qua``?

With ``typed_day``, for days, the one reader of what people type, in commands and in sheets;
``docs/cach-go.tsv`` lists forms and meanings.  Capitals and accents do not matter.  A period
without its year belongs to the plan's; words such as "tháng trước" count from today.  What can
be two things is ``Ambiguous``, what is not understood is None: nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TypeAlias

import msgspec

from parplan.schedule import periods, typed_day
from parplan.schedule.bounds import is_measurable
from parplan.schedule.periods import Length, Period
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import Ambiguous, TypedContext
from parplan.text import fold, one_line

TypedPeriod: TypeAlias = Period | Ambiguous | None

_NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "dau": 1,
    "cuoi": 2,
}
"""Numbers as words of folded text, in Roman figures, and the two halves of a year."""

_MONTH = r"(?P<number>[0-9]{1,2}|muoi mot|muoi hai|muoi|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin)"
_QUARTER = r"(?P<number>[0-9]|i{1,3}|iv|mot|hai|ba|bon|tu)"
_YEAR = r"(?:(?: ?[-/.] ?| nam | )(?P<year>[0-9]{4}|[0-9]{2}))?"
_YEAR_FIRST = r"(?P<year>[0-9]{4}) ?[-/.]? ?"

_FORMS: tuple[tuple[Length, str], ...] = (
    ("month", rf"(?:thang ?|t ?){_MONTH}{_YEAR}"),
    ("month", r"(?P<number>[0-9]{1,2})"),
    ("month", r"(?P<number>[0-9]{1,2}) ?[-/.] ?(?P<year>[0-9]{4})"),
    ("month", r"(?P<year>[0-9]{4}) ?[-/.] ?t?(?P<number>[0-9]{1,2})"),
    ("quarter", rf"(?:quy ?|q ?){_QUARTER}{_YEAR}"),
    ("quarter", rf"{_YEAR_FIRST}q(?P<number>[1-4])"),
    ("half", rf"h(?P<number>[0-9]){_YEAR}"),
    ("half", rf"{_YEAR_FIRST}h(?P<number>[0-9])"),
    ("half", rf"(?:6 ?|sau )t(?:hang)? (?P<number>dau|cuoi)(?: nam)?{_YEAR}"),
    ("half", rf"nua (?P<number>dau|cuoi)(?: nam)?{_YEAR}"),
    ("half", rf"nua nam (?P<number>dau|cuoi){_YEAR}"),
    ("9-months", rf"(?:9 ?|chin )(?:thang|t|m)(?: dau)?(?: nam)?{_YEAR}"),
    ("9-months", rf"{_YEAR_FIRST}9m"),
    ("year", r"(?:ca )?(?:nam )?(?P<year>[0-9]{4})"),
    ("year", r"ca nam"),
    ("week", rf"(?:tuan ?|w ?)(?P<number>[0-9]{{1,2}}){_YEAR}"),
    ("week", rf"{_YEAR_FIRST}w(?P<number>[0-9]{{1,2}})"),
)
"""How a period of each length is written in folded text."""

_RELATIVE = re.compile(r"(?P<length>thang|quy|tuan|nam) (?P<which>nay|truoc|ngoai|qua|sau|toi)")
_STEPS = {"nay": 0, "truoc": -1, "ngoai": -1, "qua": -1, "sau": 1, "toi": 1}
_LENGTHS: dict[str, Length] = {"thang": "month", "quy": "quarter", "tuan": "week", "nam": "year"}
_HALF_UNNAMED = re.compile(rf"(?:6 ?|sau )t(?:hang)?{_YEAR}")
_DAY_OR_MONTHS = re.compile(r"(?P<first>[0-9]{1,2}) ?- ?(?P<last>[0-9]{1,2})")
_SHORT_YEAR = re.compile(r"(?P<number>[0-9]{1,2})/(?P<year>[0-9]{2})")
_RANGE = re.compile(r" ?\.\. ?| den ")

_SHARE = re.compile(r"(-?[0-9]{1,15}(?:[.,][0-9]{1,9})?) ?%?")
_GROUPED = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{3})+)((?:,[0-9]{1,9})?) ?%?")
_THOUSAND = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3} ?%?")
_YEAR_ALONE = re.compile(r"(?:nam )?([0-9]{4}|[0-9]{2})")
_CENTURY = 2000
_DAY_COUNT = re.compile(r"([0-9]{1,4})(?: ?(?:ngay|days?)| ?(tuan|weeks?))?")
_DAY_OF_MONTH = re.compile(r"(?:ngay )?([0-9]{1,2})")
_PERCENT = re.compile(r"([0-9]{1,3}) ?%?")


def read_period(text: str, context: TypedContext) -> TypedPeriod:
    """Return the period that ``text`` means.

    >>> read_period("quý II", TypedContext(2025, dt.date(2025, 6, 20))).name
    '2025-Q2'
    """
    plain = fold(text)
    exact = periods.parse(plain.upper())
    if exact is not None:
        return exact
    ends = _RANGE.split(plain)
    if len(ends) == 2:
        return _range(ends[0], ends[1], context)
    if plain == "thang sau" and text.isascii():
        return Ambiguous((_shifted("month", 1, context), _numbered("month", 6, context.year)))
    relative = _RELATIVE.fullmatch(plain)
    if relative and not _is_six(text, relative):
        return _shifted(_LENGTHS[relative["length"]], _STEPS[relative["which"]], context)
    unnamed = _HALF_UNNAMED.fullmatch(plain)
    if unnamed and (year := _year(unnamed["year"], context)) is not None:
        return Ambiguous((periods.of("half", year, 1), periods.of("half", year, 2)))
    return _by_form(plain, context) or _short(plain, context) or _day(text, context)


def _is_six(text: str, relative: re.Match[str]) -> bool:
    """Tell whether "tháng sáu" is written, which folds to the same as "tháng sau"."""
    return relative["which"] == "sau" and "sáu" in one_line(text).lower()


def _range(first: str, last: str, context: TypedContext) -> TypedPeriod:
    ends = read_period(first, context), read_period(last, context)
    for end in ends:
        if not isinstance(end, Period):
            return end
    start, stop = ends
    assert isinstance(start, Period)
    assert isinstance(stop, Period)
    return periods.parse(f"{start.name}..{stop.name}")


def _by_form(plain: str, context: TypedContext) -> Period | None:
    for length, form in _FORMS:
        match = re.fullmatch(form, plain)
        if match is None:
            continue
        parts = match.groupdict()
        year = _year(parts.get("year"), context)
        number = parts.get("number") or "1"
        if year is not None:
            return _numbered(length, _NUMBERS.get(number) or int(number), year)
    return None


def _numbered(length: Length, number: int, year: int) -> Period | None:
    try:
        return periods.of(length, year, number)
    except ValueError:  # the year has no such month, quarter or week
        return None


def _year(written: str | None, context: TypedContext) -> int | None:
    """Return the year as ``written``, of two figures too; the plan's where it is not written."""
    return context.year if written is None else typed_day.full_year(written, context)


def _shifted(length: Length, step: int, context: TypedContext) -> Period | None:
    """Return the period of ``length`` that is ``step`` away from the one around today."""
    today = context.today
    if length == "week":
        year, number, _weekday = (today + dt.timedelta(weeks=step)).isocalendar()
        return periods.of("week", year, number)
    count = {"month": 12, "quarter": 4, "year": 1}[length]
    index = today.year * count + (today.month - 1) * count // 12 + step
    return periods.of(length, index // count, index % count + 1)


def _short(plain: str, context: TypedContext) -> TypedPeriod:
    """Return the month of ``6/25``, or the two meanings of ``5-6``."""
    short = _SHORT_YEAR.fullmatch(plain)
    if short and int(short["year"]) > 12:
        year = typed_day.full_year(short["year"], context)
        return None if year is None else _numbered("month", int(short["number"]), year)
    span = _DAY_OR_MONTHS.fullmatch(plain)
    if span is None or int(span["last"]) > 12 or int(span["first"]) > 12:
        return None
    day = typed_day.read_day(f"{span['first']}/{span['last']}/{context.year}", context)
    months = periods.parse(f"{context.year}-{span['first']:0>2}..{context.year}-{span['last']:0>2}")
    meanings = (periods.day(day) if isinstance(day, dt.date) else None, months)
    return Ambiguous(meanings) if None not in meanings else meanings[0] or meanings[1]


def _day(text: str, context: TypedContext) -> TypedPeriod:
    day = typed_day.read_day(text, context, "plan-year")
    return periods.day(day) if isinstance(day, dt.date) else day


def read_number_of(length: Length, text: str, context: TypedContext) -> TypedPeriod:
    """Return the period of ``length`` that ``text`` names: with or without the word for it.

    >>> read_number_of("quarter", "II", TypedContext(2025, dt.date(2025, 6, 20))).name
    '2025-Q2'
    """
    plain = fold(text)
    number = _NUMBERS.get(plain) or (int(plain) if re.fullmatch("[0-9]{1,2}", plain) else 0)
    if number:
        return _numbered(length, number, context.year)
    period = read_period(text, context)
    return period if isinstance(period, Ambiguous) or (period and period.kind == length) else None


def short_name(period: Period, year: int) -> str:
    """Return the shortest form that ``read_period`` takes for ``period`` in the plan of ``year``.

    >>> short_name(periods.month(2025, 6), 2025), short_name(periods.month(2026, 6), 2025)
    ('6', '2026-06')
    """
    if period.year != year or period.kind in ("range", "year"):
        return period.name
    if period.kind == "day":
        return f"{period.first.day}/{period.first.month}"
    return {"month": "", "quarter": "Q", "half": "H", "week": "W"}.get(period.kind, "") + (
        "9M" if period.kind == "9-months" else str(period.number)
    )


class TypedRef(msgspec.Struct, frozen=True):
    """What a reference means: a task, or words of one, and the period if one is ``written``."""

    task: str
    period: TypedPeriod = None
    written: str | None = None

    @property
    def ref(self) -> Ref:
        """The reference with the period under its name, or as written where it means none."""
        name = self.period.name if isinstance(self.period, Period) else self.written
        return Ref(self.task, name)


def read_reference(text: str, context: TypedContext) -> TypedRef:
    """Return what the reference ``text`` means: ``4@6``, ``1@Q2``, ``8``, or words of a task.

    >>> str(read_reference("1@6", TypedContext(2025, dt.date(2025, 6, 20))).ref)
    '1@2025-06'
    """
    task, at, period = text.partition("@")
    if not at:
        return TypedRef(one_line(task))
    return TypedRef(one_line(task), read_period(period, context), period)


def read_share(text: str) -> Decimal | Ambiguous | None:
    """Return the number of ``98,5%``, ``98.5`` or ``1.250.000``.

    Not of 1.250: to a clerk that is a thousand and more, to a machine little more than one.

    >>> read_share("98,5%")
    Decimal('98.5')
    """
    if _THOUSAND.fullmatch(text):
        return Ambiguous(numbers=(text.replace(".", "").rstrip(" %"), text.replace(".", ",")))
    grouped = _GROUPED.fullmatch(text)
    if grouped and (grouped[1].count(".") > 1 or grouped[2]):
        number = Decimal(grouped[1].replace(".", "") + grouped[2].replace(",", "."))
        return number if is_measurable(number) else None
    share = _SHARE.fullmatch(text)
    return Decimal(share[1].replace(",", ".")) if share else None


def read_year(text: str) -> int | None:
    """Return the year of ``2025``, ``25`` or ``năm 2025``.

    >>> read_year("năm 2025"), read_year("25"), read_year("5")
    (2025, 2025, None)
    """
    match = _YEAR_ALONE.fullmatch(fold(text))
    if match is None:
        return None
    return int(match[1]) if len(match[1]) == 4 else _CENTURY + int(match[1])


def read_day_count(text: str) -> int | None:
    """Return how many days ``14``, ``14 ngày`` or ``2 tuần`` are; a month has no fixed number.

    >>> read_day_count("14 ngày"), read_day_count("2 tuần"), read_day_count("1 tháng")
    (14, 14, None)
    """
    match = _DAY_COUNT.fullmatch(fold(text))
    if match is None:
        return None
    return int(match[1]) * (7 if match[2] else 1)


def read_day_of_month(text: str) -> int | None:
    """Return the number from 1 to 31 of ``15`` or ``ngày 15``.

    >>> read_day_of_month("ngày 15"), read_day_of_month("32")
    (15, None)
    """
    match = _DAY_OF_MONTH.fullmatch(fold(text))
    number = int(match[1]) if match else 0
    return number if 1 <= number <= 31 else None


def read_percent(text: str) -> int | None:
    """Return the whole number from 0 to 100 of ``45%`` or ``45``.

    >>> read_percent("45 %"), read_percent("101")
    (45, None)
    """
    match = _PERCENT.fullmatch(text)
    number = int(match[1]) if match else 101
    return number if number <= 100 else None
