"""Steps over what is done, by whom and what for, around a date.

"Trình UBND tỉnh trước ngày 30/9", "các phòng gửi báo cáo chậm nhất …", "trước ngày 15/11 để tổng
hợp, trình HĐND", "quý I và tổ chức thực hiện".  The words are free, but for those that speak of
time or turn the sense, and where the date may be that of something else: "rà soát văn bản ban
hành trước ngày 15/6".
"""

from __future__ import annotations

import itertools

from parplan.deadlines.grammar.actors import MOST_TOKENS, skip_actor
from parplan.deadlines.grammar.dates import Named, peek_year, read_date
from parplan.deadlines.grammar.free_words import accept_action, skip_free
from parplan.deadlines.grammar.frequency import peek_length
from parplan.deadlines.grammar.limit_begins import is_certain_period, is_limit, is_order
from parplan.deadlines.grammar.named_periods import EARLY, LATE, Series, read_series
from parplan.deadlines.grammar.names import DOCUMENTS, is_named_day, skip_percentage
from parplan.deadlines.grammar.objects import (
    DATA,
    has_subject,
    is_given,
    is_subject,
    makes_plan,
    tells_of_object,
)
from parplan.deadlines.grammar.tokens import Cursor
from parplan.deadlines.grammar.vocabulary import (
    ACTIONS,
    HAPPENED,
    MOVES,
    OF_PERIODS,
    SHORT_ACTIONS,
    STARTS_OR_ENDS,
    STATES,
    UNDONE,
)

_REPORTED_LENGTHS = {"half": Named("half", 1), "9-months": Named("9-months")}
"""What a report "6 tháng" is of."""
_SOME_YEAR = 2001
_LATER = 7
"""From this month on the next year is planned."""
_PLANS = (
    *("ban hanh", "xay dung", "lap", "trinh", "tham muu", "giao", "phe duyet", "du thao", "gui"),
    *("nop", "thong qua", "hoan thien"),
)
"""What is done with a plan before its year."""
_PLANNED = {"ke hoach", "du toan", "chuong trinh", "de an", "chi tieu", "danh muc", "phuong huong"}
_REPORTED = {"bao cao", "thuc hien", "ket qua", "quyet toan", "tong ket", "danh gia"}


def skip_action(cursor: Cursor, year: int = 0, *, is_known: bool = False) -> str:
    """Step over an action and its object, if a limit follows; return the words, else ''.

    ``is_known``: only one that begins with a verb of ``vocabulary``; ``year``: that of the plan,
    where it is known.

    "Gửi báo cáo về Sở Nội vụ (qua thư) trước ngày …" is stepped over up to "trước".
    """
    start = cursor.position
    if cursor.phrase.text.isascii():
        return ""  # without accents "da" and "sau" are other words
    verb = accept_action(cursor)
    acts = start if verb or is_named_day(cursor) else skip_actor(cursor)
    if acts < 0:
        return "" if is_known else skip_other_words(cursor)
    begin = cursor.position
    while _reach_limit(cursor, start, begin, verb, year):
        if not tells_of_object(cursor, acts, begin):
            return cursor.phrase.between(start, cursor.position)
        if not _skip_period_of_object(cursor, year, verb):
            break
    cursor.position = start
    return ""


def _reach_limit(cursor: Cursor, start: int, begin: int, verb: str, year: int) -> bool:
    """Step over the object from token ``begin`` on, and tell whether a limit follows."""
    is_held = not verb or verb in _MEETINGS
    while not (is_limit(cursor) or (is_held and _is_day(cursor, begin, is_named=not verb))):
        if begin == cursor.position and not verb and is_certain_period(cursor):
            return True
        if verb == "chot" and begin == cursor.position and cursor.word() == "ngay":
            return True
        if verb in _HELD and _is_in_periods(cursor, verb, begin):
            return True
        if cursor.position - start >= MOST_TOKENS:
            return False
        if not (skip_free(cursor) or _skip_period_of_object(cursor, year, verb)):
            return False
    return True


def _is_in_periods(cursor: Cursor, verb: str, begin: int) -> bool:
    """Tell whether "quý II, quý IV" stands here, to the end; one alone may be the object's."""
    if cursor.word() not in ("thang", "quy", "cac"):
        return False
    here = cursor.ahead()
    series = read_series(here)
    words = [token.text for token in cursor.phrase.tokens[begin : cursor.position]]
    if any(" ".join(pair) in OF_PERIODS for pair in itertools.pairwise(words)):
        return False
    return here.at_end and series is not None and (len(series.items) > 1 or verb in _MEETINGS)


def skip_share(cursor: Cursor) -> None:
    """Step over how much, of what: "(và) 95% dân số vào 30/11"."""
    if not skip_percentage(cursor):
        return
    start = cursor.position
    while not is_limit(cursor):
        if not skip_free(cursor):
            cursor.position = start
            return


def skip_next_action(cursor: Cursor, year: int, *, is_step: bool) -> str:
    """Step over an action behind a date, if an order follows: "(…,) cập nhật khi có thay đổi".

    ``is_step``: it may have a date too, as the action before it: "(…,) công bố trước 30/6", or
    none: "(…,) thực hiện thường xuyên", of which the words are returned.
    """
    start = cursor.position
    begins = cursor.first_of(STARTS_OR_ENDS)
    if is_step and not begins and skip_action(cursor, year):
        return ""
    words = skip_action(cursor, is_known=True)
    if is_step and (cursor.is_at("thuong xuyen") or cursor.is_at("lien tuc")):
        return words
    if is_step and cursor.is_at("hoat dong thuong xuyen"):
        return cursor.phrase.between(start, start + 2)
    if not (words and is_order(cursor)):
        cursor.position = start
    return ""


def skip_other_words(cursor: Cursor) -> str:
    """Step over words that begin with no known action, if a limit of their own follows.

    "Neo đậu tàu thuyền trước ngày 15/6"; not where a verb at their end may have the date.
    """
    start = cursor.position
    token = cursor.peek()
    if token is None or token.accented in MOVES or not token.text.isalpha():
        return ""
    while not (is_limit(cursor) and (_bounds(cursor) or _is_held_in_period(cursor, start))):
        if cursor.position - start >= MOST_TOKENS or not skip_free(cursor):
            cursor.position = start
            return ""
    tokens = cursor.phrase.tokens[start : cursor.position]
    words = [token.text for token in tokens]
    ends = {" ".join(words[-length:]) for length in (1, 2, 3)}
    may_happen = bool(ends & _VERBS) or any(t.accented in SHORT_ACTIONS for t in tokens[-1:])
    is_told = words and (tokens[0].accented in STATES or has_subject(tokens) or is_subject(tokens))
    if len(words) < 2 or may_happen or (is_told and not is_given(tokens)):
        cursor.position = start
        return ""
    return cursor.phrase.between(start, cursor.position)


def _is_held_in_period(cursor: Cursor, start: int) -> bool:
    """Tell whether "trong tháng 6" stands here, and nothing before it could be of that month.

    "Thả cá giống trong tháng 7", but not "số vụ vi phạm trong tháng 7".
    """
    is_period = cursor.word() in ("trong", "vao") and cursor.word(1) in ("thang", "quy", "cac")
    if not (is_period or cursor.word() == "tu"):
        return False
    words = [token.text for token in cursor.phrase.tokens[start : cursor.position]]
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    return not pairs & {*OF_PERIODS, *UNDONE, *DATA}


def _bounds(cursor: Cursor) -> bool:
    """Tell whether the limit here is a last day: a period may be that of the thing."""
    ahead = 1 if cursor.word() == "(" else 0
    return cursor.word(ahead) in ("truoc", "xong", "cham", "muon")


def _skip_period_of_object(cursor: Cursor, year: int, verb: str) -> bool:
    """Step over "năm 2027" in "xây dựng kế hoạch năm 2027 (gửi Sở) trước ngày 15/12/2026".

    Only before a limit with a day whose year is said, so that no other year can be meant, or
    soon after a period of the same year, or late in the year before what is planned.
    """
    start = cursor.position
    cursor.accept("trong", "vao")
    series = _read_period_of_object(cursor)
    date = cursor.ahead()
    if series is None or _accept_other_step(date, series):
        cursor.position = start
        return False
    is_at_once = is_limit(date)
    while not is_limit(date) and skip_free(date):
        pass
    if date.accept("truoc", "xong truoc", "cham nhat", "muon nhat"):
        date.accept("la", "truoc", "vao")
        named = read_date(date, 0)
        goes_on = date.word() in (",", "va", "den", "-")
        is_own = named is not None and (
            named.year
            or (is_at_once and _is_soon_after(cursor, start, series, named, year))
            or (verb in _PLANS and _is_planned(cursor, start, series, named, year))
        )
        if is_own and not goes_on:
            return True
    elif is_at_once and date.accept("trong", "xong trong"):
        period = read_series(date)
        if period is not None and period.items[-1].year and date.at_end:
            return True
    cursor.position = start
    return False


def _read_period_of_object(cursor: Cursor) -> Series | None:
    """Read the period of a thing: "(kế hoạch) năm 2027", "(báo cáo thuế) 6 tháng", "cuối năm"."""
    series = read_series(cursor)
    has_object = not cursor.is_at("bao cao", -2)
    unit, steps = peek_length(cursor)
    if series is None and has_object and (reported := _REPORTED_LENGTHS.get(unit or "")):
        cursor.position += steps
        return Series((reported,))
    if series is None and cursor.accept("nam", "cuoi nam", "dau nam", "giua nam"):
        return Series(())
    return series


def _accept_other_step(cursor: Cursor, series: Series) -> bool:
    """Step over a comma and the verb behind it; tell whether that is another step of the work.

    "Tổ chức tháng 3, báo cáo trước 05/4"; what was made of the period is given away: "báo cáo
    quý I, gửi trước 10/4".
    """
    if not cursor.accept(","):
        return False
    is_given = cursor.accept("gui", "nop", "trinh", "cong khai", "cong bo", "niem yet") != ""
    if is_given or not series.items or cursor.first_of(STARTS_OR_ENDS):
        return False
    return accept_action(cursor) != ""


def _is_planned(cursor: Cursor, end: int, series: Series, day: Named, year: int) -> bool:
    """Tell whether ``day``, late in the plan's year, is that of a plan for the next year.

    Not that of a report of the next year: "gửi báo cáo thực hiện kế hoạch năm 2027".
    """
    words = [token.text for token in cursor.phrase.tokens[cursor.start : end]]
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    is_next = year > 0 and series.items == (Named("year", 0, 0, year + 1),)
    is_plan = bool(pairs & _PLANNED) and not pairs & _REPORTED
    return is_next and is_plan and day.number >= _LATER


def _is_soon_after(cursor: Cursor, end: int, series: Series, day: Named, year: int) -> bool:
    """Tell whether ``day`` reports on the period, which has the plan's ``year`` or none.

    A report is not due before the last quarter of its period: that is of the year after.
    """
    if len(series.items) != 1 or series.items[0].year not in (0, year):
        return False
    period, date = (
        named.in_year(series.items[0].year or _SOME_YEAR).period()
        for named in (series.items[0], day)
    )
    words = [token.text for token in cursor.phrase.tokens[cursor.start : end]]
    is_report = {" ".join(pair) for pair in itertools.pairwise(words)} & _REPORTED
    if period is None or date is None:
        return False
    first = max(period.first, period.last - EARLY) if is_report else period.first
    if period.kind == "year" and not makes_plan(words):
        first = max(first, period.first.replace(month=4))  # else of the year before, or late
    return first <= date.first <= period.last + LATE


_MEETINGS = (
    *("to chuc", "hop", "khai mac", "be mac", "phat dong", "ra quan", "gap mat", "tap huan"),
    *("giam sat", "toa dam", "doi thoai", "dien tap", "giao nhan quan", "khai giang", "be giang"),
)
"""What is held on a day: "tổ chức hội nghị ngày 20/12/2026"."""


def _is_day(cursor: Cursor, begin: int, *, is_named: bool) -> bool:
    """Tell whether a day stands here that is not that of a document named before it."""
    words = [token.text for token in cursor.phrase.tokens[begin : cursor.position]]
    if not words or any(" ".join(pair) in DOCUMENTS for pair in itertools.pairwise(words)):
        return False
    ahead = 1 if cursor.word() == "ngay" else 0
    has_month = cursor.number(1, 31, ahead) > 0 and cursor.word(ahead + 1) in ("/", "thang")
    is_last = is_named and cursor.word(ahead + 3) == ""
    return has_month and (ahead > 0 or is_last or peek_year(cursor, 4) > 0)


_HELD = (
    *_MEETINGS,
    *("kiem tra", "khao sat", "tuyen truyen", "tong ve sinh", "thanh tra", "xet xu"),
    *("ve sinh", "tiem phong"),
    *("phun thuoc", "trong cay", "tiep xuc cu tri", "sinh hoat", "giao luu", "kham suc khoe"),
)
_VERBS = frozenset((*ACTIONS, *HAPPENED, *UNDONE, "ap dung", "su dung"))
"""Of what stands before them a date may tell: "giá đất áp dụng trước ngày 01/8"."""
