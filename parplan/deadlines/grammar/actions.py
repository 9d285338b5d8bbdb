"""Steps over what is done, by whom and what for, around a date.

"Trình UBND tỉnh trước ngày 30/9", "các phòng gửi báo cáo chậm nhất …", "trước ngày 15/11 để tổng
hợp, trình HĐND", "quý I và tổ chức thực hiện".  The words are free, but for those that speak of
time or turn the sense, and where the date may be that of something else: "rà soát văn bản ban
hành trước ngày 15/6".
"""

from __future__ import annotations

import datetime as dt
import itertools

from parplan.deadlines.grammar.ahead import is_limit, is_order
from parplan.deadlines.grammar.dates import Named, peek_year, read_date
from parplan.deadlines.grammar.free import accept_action, skip_free
from parplan.deadlines.grammar.names import DOCUMENTS, is_named_day, skip_percentage
from parplan.deadlines.grammar.series import Series, read_series
from parplan.deadlines.grammar.tokens import Cursor, Phrase, Token
from parplan.deadlines.grammar.words import (
    ACTIONS,
    ACTORS,
    BODIES,
    HAPPENED,
    MADE_ONCE,
    MOVES,
    PREPOSITIONS,
    REPORTS,
    SHORT_ACTIONS,
    STARTS_OR_ENDS,
    STATES,
    SUBJECTS,
    UNDONE,
)

_SOME_YEAR = 2001
_LATE = dt.timedelta(days=45)
"""A report is due within these days after its period."""
_MOST_TOKENS = 30
"""What is done takes fewer words than this; steps are looked for behind every comma."""


def skip_action(cursor: Cursor, *, is_known: bool = False) -> str:
    """Step over an action and its object, if a limit follows; return the words, else ''.

    ``is_known``: only one that begins with a verb of ``words``.

    "Gửi báo cáo về Sở Nội vụ (qua thư) trước ngày …" is stepped over up to "trước".
    """
    start = cursor.position
    if cursor.phrase.text.isascii():
        return ""  # without accents "da" and "sau" are other words
    verb = accept_action(cursor)
    acts = start if verb or is_named_day(cursor) else skip_actor(cursor)
    if acts < 0:
        return "" if is_known else _skip_other_words(cursor)
    begin = cursor.position
    is_held = not verb or verb in _MEETINGS
    while acts >= 0 and not (is_limit(cursor) or (is_held and _is_day(cursor, begin))):
        if cursor.position - start >= _MOST_TOKENS or not (
            skip_free(cursor) or _skip_period_of_object(cursor)
        ):
            acts = -1
    if acts < 0 or _tells_of_object(cursor, acts, begin):
        cursor.position = start
        return ""
    return cursor.phrase.between(start, cursor.position)


def skip_action_of_order(cursor: Cursor) -> None:
    """Step over an action that an order or occasion follows: "(…,) cập nhật khi có thay đổi"."""
    start = cursor.position
    if not (skip_action(cursor, is_known=True) and is_order(cursor)):
        cursor.position = start


def _skip_other_words(cursor: Cursor) -> str:
    """Step over words that begin with no known action, if a limit of their own follows.

    "Neo đậu tàu thuyền trước ngày 15/6"; not where a verb at their end may have the date.
    """
    start = cursor.position
    token = cursor.peek()
    if token is None or token.accented in MOVES | STATES or not token.text.isalpha():
        return ""
    while not (is_limit(cursor) and _bounds(cursor)):
        if cursor.position - start >= _MOST_TOKENS or not skip_free(cursor):
            cursor.position = start
            return ""
    tokens = cursor.phrase.tokens[start : cursor.position]
    words = [token.text for token in tokens]
    ends = {" ".join(words[-length:]) for length in (1, 2, 3)}
    may_happen = bool(ends & _VERBS) or any(t.accented in SHORT_ACTIONS for t in tokens[-1:])
    if len(words) < 2 or may_happen or _has_subject(tokens) or _is_subject(tokens):
        cursor.position = start
        return ""
    return cursor.phrase.between(start, cursor.position)


def _bounds(cursor: Cursor) -> bool:
    """Tell whether the limit here is a last day: a period may be that of the thing."""
    ahead = 1 if cursor.word() == "(" else 0
    return cursor.word(ahead) in ("truoc", "xong", "cham", "muon")


def _is_subject(tokens: list[Token]) -> bool:
    words = [token.accented for token in tokens]
    return words[0] in SUBJECTS or " ".join(words[:2]) in SUBJECTS


def _skip_period_of_object(cursor: Cursor) -> bool:
    """Step over "năm 2027" in "xây dựng kế hoạch năm 2027 trước ngày 15/12/2026".

    Only before a limit with a day whose year is said, so that no other year can be meant, or
    soon after a period of the same year.
    """
    start = cursor.position
    series = read_series(cursor)
    if series is None and cursor.accept("nam", "cuoi nam", "dau nam", "giua nam"):
        series = Series(())
    date = Cursor(cursor.phrase, cursor.position, cursor.stop)
    if date.accept(","):
        accept_action(date)
    if series is not None and date.accept("truoc", "xong truoc", "cham nhat", "muon nhat"):
        date.accept("la", "truoc", "vao")
        named = read_date(date, 0)
        goes_on = date.word() in (",", "va", "den", "-")
        if named is not None and not goes_on and (named.year or _is_soon_after(series, named)):
            return True
    elif series is not None and date.accept("trong", "xong trong"):
        period = read_series(date)
        if period is not None and period.items[-1].year and date.at_end:
            return True
    cursor.position = start
    return False


def _is_soon_after(series: Series, day: Named) -> bool:
    """Tell whether ``day`` reports on the period, where neither has its year."""
    if len(series.items) != 1 or series.items[0].year:
        return False
    period, date = (named.in_year(_SOME_YEAR).period() for named in (series.items[0], day))
    return bool(period and date and period.first <= date.first <= period.last + _LATE)


def skip_actor(cursor: Cursor) -> int:
    """Step over who acts and the action: "các phòng, ban gửi"; return where the action begins.

    -1 where nobody acts here.
    """
    start = cursor.position
    pairs = [token.accented if (token := cursor.peek(n)) else "" for n in range(2)]
    if pairs[0] not in ACTORS and " ".join(pairs) not in ACTORS:
        return -1
    while cursor.position - start < _MOST_TOKENS and skip_free(cursor):
        acts = cursor.position
        if (verb := accept_action(cursor)) and verb not in _BEGINNINGS:
            return acts
    cursor.position = start
    return -1


_MEETINGS = ("to chuc", "hop", "khai mac", "be mac", "phat dong", "ra quan", "gap mat")
"""What is held on a day: "tổ chức hội nghị ngày 20/12/2026"."""


def _is_day(cursor: Cursor, begin: int) -> bool:
    """Tell whether a day stands here that is not that of a document named before it."""
    words = [token.text for token in cursor.phrase.tokens[begin : cursor.position]]
    if not words or any(" ".join(pair) in DOCUMENTS for pair in itertools.pairwise(words)):
        return False
    ahead = 1 if cursor.word() == "ngay" else 0
    has_month = cursor.number(1, 31, ahead) > 0 and cursor.word(ahead + 1) in ("/", "thang")
    return has_month and (ahead > 0 or peek_year(cursor, 4) > 0)


_VERBS = frozenset((*ACTIONS, *HAPPENED, *UNDONE, "ap dung", "su dung"))
"""Of what stands before them a date may tell: "giá đất áp dụng trước ngày 01/8"."""
_RESULTS = ("ket qua", "ket qua thuc hien", "tong ket", "so ket")
"""Objects that have no period of their own: "báo cáo kết quả trong tháng 11"."""
_BEGINNINGS = ("thanh lap", "dang ky", "tiep nhan")
"""Of the actor itself: "đơn vị thành lập trước ngày 01/7"."""


def _tells_of_object(cursor: Cursor, start: int, begin: int) -> bool:
    """Tell whether the date may be the object's: what happened before it, or within it.

    The action's words begin with token ``start``, its object with ``begin``.
    """
    tokens = cursor.phrase.tokens[begin : cursor.position]
    first = " ".join(token.accented for token in tokens[:2])
    is_period = cursor.word() in ("trong", "vao", "tu")
    if is_period and _names_what_happened(tokens, UNDONE):
        return True
    if not tokens or first in BODIES or tokens[0].accented in BODIES:
        return False
    if is_period:
        if " ".join(token.text for token in tokens) in _RESULTS:
            return False
        return Cursor(cursor.phrase, start, begin).accept(*REPORTS) != "" and not _makes(tokens)
    return cursor.word() == "truoc" and (
        _names_what_happened(tokens, HAPPENED) or _has_subject(tokens)
    )


def _makes(tokens: list[Token]) -> bool:
    """Tell whether the object goes on with what is made: "tổng kết, trao giải trong tháng 12"."""
    words = [token.text for token in tokens]
    verbs = [
        " ".join(words[at + 1 : at + 1 + length])
        for at, word in enumerate(words)
        if word in (",", "va")
        for length in (2, 3)
    ]
    return any(verb in ACTIONS and verb not in REPORTS for verb in verbs) and not (
        _names_what_happened(tokens, HAPPENED)
    )


def _names_what_happened(tokens: list[Token], verbs: tuple[str, ...]) -> bool:
    """Tell whether the object ends with a verb of its own: "văn bản ban hành"."""
    words = [token.text for token in tokens]
    for length in (2, 1):
        if " ".join(words[-length:]) in verbs:
            return words[-length - 1 : -length] not in ([], [","], ["viec"], ["tac"], ["va"])
    return False


def _has_subject(tokens: list[Token]) -> bool:
    """Tell whether the object tells more of somebody than to whom something goes."""
    words = [token.accented for token in tokens]
    for at, length in itertools.product(range(len(words)), (1, 2)):
        following = words[at + length : at + length + 1]
        is_subject = " ".join(words[at : at + length]) in SUBJECTS
        if is_subject and following and following[0] not in PREPOSITIONS:
            return True
    return False


def read_step(
    phrase: Phrase, at: int, stop: int, *, is_first: bool = False
) -> tuple[str, int] | None:
    """Return the words of the step at token ``at`` and where its date begins.

    "Ban hành kế hoạch trong tháng 01", "báo cáo tháng 8".  None where none stands there, or
    where it begins or ends a piece of work, unless it is the first and ends it.
    """
    cursor = Cursor(phrase, at, min(stop, at + _MOST_TOKENS))
    ends_work = is_first and cursor.is_at("hoan thanh")  # "hoàn thành …, báo cáo …"
    if not ends_work and any(cursor.is_at(words) for words in STARTS_OR_ENDS):
        return None
    if is_first and cursor.word() == "xong" and cursor.word(1) != "truoc":
        return phrase.between(at, at + 1), at + 1
    words = skip_action(cursor, is_known=True)
    if not words and (verb := accept_action(cursor)):
        cursor.accept(*MADE_ONCE)
        is_period = verb != "ke hoach" and _is_certain_period(cursor)
        words = phrase.between(at, cursor.position) if is_period else ""
    return (words, cursor.position) if words else None


def read_deed(phrase: Phrase, at: int, stop: int) -> str:
    """Return what is done from token ``at`` to ``stop``, if that is all that stands there.

    "Xây dựng kế hoạch" behind "Tháng 3:"; not what begins a piece of work.
    """
    cursor = Cursor(phrase, at, stop)
    if any(cursor.is_at(words) for words in STARTS_OR_ENDS) and not cursor.is_at("hoan thanh"):
        return ""
    if not (accept_action(cursor) or skip_percentage(cursor)):
        return ""
    while skip_free(cursor):
        pass
    return phrase.between(at, stop) if cursor.at_end else ""


def _is_certain_period(cursor: Cursor) -> bool:
    numbered = cursor.number(1, 12, 1) > 0 or cursor.word(1) in ("i", "ii", "iii", "iv")
    return cursor.word() in ("thang", "quy") and numbered and cursor.word(2) != ":"
