"""Reads what a label says of its dates: "Báo cáo quý, năm: …", "… (báo cáo năm)".

A label may name the periods that its clause speaks of; a date must then lie near their
end.  One that speaks of a start, an exception or a document's number is not understood.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from parplan.deadlines.grammar.after_date import skip_data
from parplan.deadlines.grammar.dates import Named
from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.frequency import TIMES, Lengths, read_lengths, read_recurring
from parplan.deadlines.grammar.limits import skip_filling
from parplan.deadlines.grammar.named_periods import EARLY, LATE, read_series
from parplan.deadlines.grammar.names import skip_name
from parplan.deadlines.grammar.objects import makes_plan, names_what_happened
from parplan.deadlines.grammar.tokens import Cursor, ParseError, Phrase, is_about_time
from parplan.deadlines.grammar.vocabulary import HAPPENED
from parplan.schedule import periods
from parplan.schedule.bounds import FIRST_YEAR
from parplan.schedule.periods import Length, Period
from parplan.schedule.rules import AnyRule, Every, In, On, OnDirective
from parplan.text import fold

_SOON = dt.timedelta(days=20)
"""So soon after a period its report is due where the label is the period alone."""
_MOST_TOKENS = 12
"""A label without a colon is short; looked for behind every comma, it must be."""

# "Trừ tháng 12: …", "Từ năm 2026: …": an exception or a start, not the name of a deadline.
_NO_LABELS = frozenset(
    ("riêng", "rieng", "trừ", "ngoại", "không", "khong", "chưa", "từ", "sau", "khoảng", "kể")
)
# "Bắt đầu: 01/3": the day on which work begins is no deadline.
_STARTS = ("bat dau", "hieu luc", "can cu", "co hieu luc", "nghi", "pham vi")
_DUE_AT = ("hoan", "bao", "gui", "nop", "trinh", "thuc", "to", "")
"""Words behind "thời điểm" that say of a deadline what it is."""
_OTHERS = ("dieu chinh", "gia han")
"""Alone they say of a date beside them what it is: "theo kế hoạch: 15/6; điều chỉnh: 30/6"."""
# Words before "số" where it means the number of a document: "Kế hoạch số: 12/2025".
_DOCUMENTS = (
    *("hoach", "van", "dinh", "ban", "bao", "quyet", "thi", "trinh", "hieu", "lenh", "qd"),
    *("cv", "kh"),
)
LABEL_HEADS = ("bao cao dinh ky", "bao cao", "so ket", "tong ket", "dinh ky")
_OF_YEARS = ("bao cao", "tong ket", "quyet toan", "so ket", "danh gia")
_SUMS = ("so ket", "tong ket")
_THINGS = ("du toan", "ke hoach", "xay dung du toan", "xay dung ke hoach", "du thao")
"""What is of a period, and not due in it: "dự toán năm 2027"."""
_GIVES = ("gui", "nop", "trinh", "ve")
_LIMITS = ("truoc", "cham nhat", "muon nhat", "khong qua", "den het", "xong truoc")


class DateLabel(msgspec.Struct, frozen=True):
    """The words before a colon, and the periods they name."""

    text: str = ""
    lengths: Lengths = ()
    named: tuple[Period, ...] = ()
    """The periods that the label itself names: "Quý I"."""
    is_date: bool = False
    """What it names is the date itself, and what is due stands behind it."""
    is_bare: bool = False
    """It is a period alone before a bracket, "quý IV (trước 15/12)", and names no report."""
    count: int = 0
    """How many times it says: "Nghiệm thu 4 đợt"; 0 where it says nothing of it."""

    def fits(self, rules: Sequence[AnyRule], year: int) -> bool:
        """Tell whether the label lets ``rules`` stand: no yearly report in January of its year."""
        if self.is_date:
            return True
        dated = [rule for rule in rules if isinstance(rule, In | On)]
        if self.named and any(isinstance(rule, Every) for rule in rules):
            return False
        due = [day for rule in dated for _period, day in rule.due_dates(year)]
        if self.count and len(set(due)) != self.count:
            return False
        if len(self.named) > 1 and len(set(due)) != len(self.named):
            return False  # "quý I, quý II trước ngày 15/6": both, or the second?
        if self.named and any(isinstance(rule, In) and rule.in_.count("-") > 2 for rule in rules):
            return False  # "quý II: 15/3 - 14/6"
        if self.named:
            first, last = self.named[0].first, max(period.last for period in self.named)
            if fold(self.text).startswith(_OF_YEARS) and len(self.named) == 1:
                first = max(first, last - EARLY)
            if self.named[0].kind == "year" and not makes_plan(fold(self.text).split()):
                first = max(first, self.named[0].first.replace(month=4))
            late = _SOON if self.is_bare else LATE
            return all(first <= day <= last + late for day in due)
        if self.lengths and any(isinstance(rule, In) and rule.in_.count("-") > 2 for rule in rules):
            return False  # "báo cáo tháng: 15/5 - 14/6": the days of the data
        if not self.lengths:
            return True
        if any(not isinstance(rule, Every | In | On | OnDirective) for rule in rules):
            return False
        return not due or all(_cover(unit, due, year) for unit, _words in self.lengths)


def _cover(unit: Length, due: Sequence[dt.date], year: int) -> bool:
    """Tell whether days ``due`` can be those of a report made once in every ``unit``.

    All four quarters must have one; of the half-years the first alone may.
    """
    # Single dates cannot stand for a report of every month.
    if unit in ("week", "month"):
        return False
    ends = [period.last for period in periods.each(unit, year)]
    near = [any(end - EARLY <= day <= end + LATE for day in due) for end in ends]
    return (all(near) if unit == "quarter" else near[0]) and all(
        any(end - EARLY <= day <= end + LATE for end in ends) for day in due
    )


def label_before_colon(
    phrase: Phrase, first: int, colon: int, year: int, *, is_date: bool = False
) -> DateLabel:
    """Return the label from token ``first`` up to the ``colon``; raises ParseError.

    ``is_date``: what stands there is read as the date itself, so that it may be any.
    """
    cursor = Cursor(phrase, first, colon)
    if not is_date:
        _refuse(cursor)
    text = phrase.between(first, colon)
    cursor.accept("doi voi", "cac", "ky bao cao", "ky")
    skip_filling(cursor)
    if not is_date:
        _refuse(cursor)
    if cursor.at_end:
        is_deadline = phrase.tokens[first].text in ("thoi", "han")
        return DateLabel("" if is_deadline else text)
    prefix = phrase.between(first, cursor.position)
    start = cursor.position
    lengths = read_recurring(cursor) or read_lengths(cursor, "")
    if lengths and cursor.at_end:
        return DateLabel(text, _with_prefix(prefix, lengths))
    cursor.position = start
    cursor.accept("ca")
    named = _read_named_periods(cursor, year)
    is_thing = fold(prefix) in _THINGS and any(period.year != year for period in named)
    if named and cursor.at_end and not is_thing:
        return DateLabel(text, named=named)
    return DateLabel(text) if is_date else _label_of_words(phrase, first, colon, year)


def _label_of_words(phrase: Phrase, first: int, colon: int, year: int) -> DateLabel:
    """Return the label that names what is due, and perhaps how often or of which period."""
    text = phrase.between(first, colon)
    words = Cursor(phrase, first, colon)
    while not words.at_end:
        if words.accept("dinh ky") or skip_name(words) or _skip_period(words):
            continue
        if _begins_span(phrase, colon) and words.accept("truoc", "sau", "ky hop"):
            continue
        count = words.number(2, 12)
        if count and words.word(1) in TIMES and words.position + 2 == colon:
            return DateLabel(text, count=count)
        if is_about_time(phrase.tokens[words.position]):
            return _label_with_period(words, text, year)
        words.position += 1
    return DateLabel(text)


def _label_with_period(cursor: Cursor, text: str, year: int) -> DateLabel:
    """Read the period at the end of "Báo cáo giám sát đầu tư 6 tháng"; raises ParseError."""
    start = cursor.position
    words = cursor.phrase.tokens[cursor.start : start]
    is_data = any(token.text == "lieu" for token in words) or names_what_happened(words, HAPPENED)
    cursor.accept("cuoi") if cursor.is_at("cuoi nam") else ""
    label = None if is_data else read_periods_label(cursor, year, "")
    if label is None or not cursor.at_end:
        raise ParseError(start)
    return msgspec.structs.replace(label, text=text)


def _begins_span(phrase: Phrase, colon: int) -> bool:
    """Tell whether "01/6 - 12/6", "từ 16/3 đến 31/3" follows: days of one's own."""
    words = [token.text for token in phrase.tokens[colon + 1 : colon + _MOST_TOKENS]]
    day = 1 if words[:1] == ["tu"] else 0
    return words[day + 1 : day + 2] == ["/"] and words[day + 3 : day + 4] in (["-"], ["den"])


def _skip_period(cursor: Cursor) -> bool:
    """Step over the period of "Dự toán năm 2027:", where the date behind it has its year."""
    tokens = cursor.phrase.tokens[cursor.stop : cursor.stop + 2 * _MOST_TOKENS]
    years = [at for at, token in enumerate(tokens) if token.number >= FIRST_YEAR]
    has_year = bool(years) and years[0] > 0 and tokens[years[0] - 1].text in ("/", "-", ".", "nam")
    if cursor.position == cursor.start or not has_year:
        return False
    is_span = cursor.number(2, 10) and cursor.word(1) == "nam" and cursor.word(3) == "-"
    cursor.position += 1 if is_span else 0
    return bool(cursor.accept("hang nam")) or read_series(cursor) is not None


def _refuse(cursor: Cursor) -> None:
    """Raise ParseError where the label turns its dates into something else than deadlines."""
    token, last = cursor.peek(), cursor.stop - 1
    if token is None:
        return
    is_event = (
        token.accented == "sau"
        and cursor.word(1) != "khi"
        and _begins_span(cursor.phrase, cursor.stop)
    )
    is_cut = cursor.is_at("thoi diem") and cursor.word(2) not in _DUE_AT
    if token.accented == "đã" or is_cut:
        raise ParseError(cursor.position)
    is_season = cursor.first_of(("truoc mua", "sau mua", "truoc vu", "sau vu")) != ""
    is_other = cursor.first_of(_OTHERS) and cursor.stop - cursor.position == 2
    if (token.accented in _NO_LABELS and not is_event) or cursor.first_of(_STARTS):
        raise ParseError(cursor.position)
    is_pause = token.accented == "tạm" and cursor.word(1) in ("dung", "ngung", "hoan")
    if is_season or is_other or is_pause:
        raise ParseError(cursor.position)
    tokens = cursor.phrase.tokens
    if tokens[last].text == "so" and (
        last == cursor.position or (last > 0 and tokens[last - 1].text in _DOCUMENTS)
    ):
        raise ParseError(last)  # "Kế hoạch số: 12/2025"; but "Báo cáo chuyển đổi số: …"


def _with_prefix(prefix: str, lengths: Lengths) -> list[tuple[Length, str]]:
    return [(unit, f"{prefix} {words}".strip()) for unit, words in lengths]


def _read_named_periods(cursor: Cursor, year: int) -> tuple[Period, ...]:
    """Read the periods named: "quý I", "6 tháng đầu năm", "năm" of "cả năm"."""
    series = read_series(cursor)
    if series is None and cursor.word(-1) == "ca" and cursor.accept("nam"):
        items: tuple[Named, ...] = (Named("year"),)
    else:
        items = series.items if series else ()
    if series is not None and series.is_range and series.unit in ("month", "quarter"):
        first, last = (item.in_year(year) for item in items)
        numbers = range(first.number, last.number + 1) if first.year == last.year else ()
        items = tuple(msgspec.structs.replace(first, number=number) for number in numbers) or items
    return tuple(filter(None, (item.in_year(year).period() for item in items)))


def label_without_colon(
    phrase: Phrase, at: int, stop: int, year: int
) -> tuple[DateLabel, int] | None:
    """Return the label at token ``at`` and where it ends, if a limit follows at once.

    "Báo cáo 6 tháng trước ngày 15/6", "Quý IV (trước ngày 15/12)".
    """
    cursor = Cursor(phrase, at, min(stop, at + _MOST_TOKENS))
    has_head = cursor.accept(*LABEL_HEADS)
    prefix = phrase.between(at, cursor.position)
    label = read_periods_label(cursor, year, prefix)
    if label is None and has_head:
        while skip_free(cursor):
            pass
        lengths = read_lengths(cursor, "")  # "báo cáo giải ngân tháng gửi …"
        label = DateLabel(lengths=_with_prefix(prefix, lengths)) if lengths else None
    if label is None:
        return None
    skip_data(cursor)
    end = cursor.position
    bracket = cursor.accept("(")
    if not bracket and cursor.word() in _GIVES:
        while not cursor.first_of(_LIMITS) and skip_free(cursor):
            pass
        end = cursor.position
    is_day = cursor.is_at("ngay") and cursor.number(1, 31, 1) > 0 and cursor.word(2) == "/"
    if not cursor.accept(*_LIMITS) and not (
        (has_head and (is_day or cursor.is_at("vao ngay")))
        or (bracket and has_head and cursor.word() in ("ngay", "thang", "quy"))
    ):
        return None
    is_bare = bracket != "" and not has_head
    return msgspec.structs.replace(label, text=phrase.between(at, end), is_bare=is_bare), end


def has_label_with_colon(phrase: Phrase, at: int, stop: int, year: int) -> bool:
    """Tell whether a report's label with its colon begins at token ``at``."""
    cursor = Cursor(phrase, at, min(stop, at + _MOST_TOKENS))
    return bool(
        (words := cursor.accept(*LABEL_HEADS))
        and (words in _SUMS or read_periods_label(cursor, year, "") is not None)
        and cursor.word() == ":"
    )


def read_periods_label(cursor: Cursor, year: int, prefix: str) -> DateLabel | None:
    """Read the periods that a label names, behind ``prefix``: "quý, năm" of "báo cáo quý, năm"."""
    start = cursor.position
    if cursor.word() in ("hang", "moi", "tung"):
        return None  # "hằng năm trước ngày 31/3" says when by itself
    if lengths := read_lengths(cursor, ""):
        return DateLabel(lengths=_with_prefix(prefix, lengths))
    cursor.position = start
    cursor.accept("ca")
    named = _read_named_periods(cursor, year)
    return DateLabel(named=named) if named else None
