"""Reads the steps of a piece of work: "ban hành trong tháng 01, kiểm tra chậm nhất tháng 6"."""

from __future__ import annotations

from parplan.deadlines.grammar.actions import skip_action
from parplan.deadlines.grammar.actors import MOST_TOKENS
from parplan.deadlines.grammar.free_words import accept_action, skip_free
from parplan.deadlines.grammar.frequency import TIMES
from parplan.deadlines.grammar.limit_begins import begins_with_date, is_certain_period, is_limit
from parplan.deadlines.grammar.names import DOCUMENTS, EVENTS, skip_percentage
from parplan.deadlines.grammar.tokens import Cursor, Phrase
from parplan.deadlines.grammar.vocabulary import (
    MADE_ONCE,
    MOVES,
    OF_PERIODS,
    REPORTS,
    STARTS_OR_ENDS,
    STATES,
)

_HELD = {"kiem tra", "ra soat", "so ket", "tong ket", "nghiem thu"}
_TOLD = frozenset((*REPORTS, "tra luong", "chi tra", "ke khai thue")) - _HELD
_SERVED = ("phuc vu", "chuan bi", "gan voi", "huong toi", "de phuc vu")
"""Behind a date they name what it is for, with that one's own day."""
_SAID = (
    *("tiep nhan", "nhan", "giao viec", "phan cong", "ket luan", "chi dao", "huong dan", "y kien"),
    *("phan anh", "kien nghi", "de nghi", "tiep", "huong ung", "chao mung", "ky niem", "giao"),
    *("thong bao", "tiep cong dan", "cho y kien", "de xuat", "gop y", "xac nhan"),
)
"""What somebody said on a day, upon which the next is done: "kết luận ngày 10/6, báo cáo trước"."""
_MARKS = ("", ",", ";", "/", "va")


def read_step(
    phrase: Phrase, at: int, stop: int, *, is_first: bool = False
) -> tuple[str, int] | None:
    """Return the words of the step at token ``at`` and where its date begins.

    "Ban hành kế hoạch trong tháng 01", "báo cáo tháng 8".  None where none stands there, or
    where it begins or ends a piece of work, unless it is the first and ends it.
    """
    cursor = Cursor(phrase, at, min(stop, at + MOST_TOKENS))
    ends_work = is_first and cursor.is_at("hoan thanh")  # "hoàn thành …, báo cáo …"
    if not ends_work and cursor.first_of(STARTS_OR_ENDS):
        return None
    if not is_first and cursor.first_of(_SERVED):
        return None
    if is_first and cursor.word() == "xong":
        return phrase.between(at, at + 1), at + 1
    if is_first and _begins_with_span(cursor):
        return "", at
    if is_first and cursor.accept(*EVENTS):
        while not is_limit(cursor) and skip_free(cursor):
            pass
        words = phrase.between(at, cursor.position) if is_limit(cursor) else ""
        return (words, cursor.position) if words else None
    words = skip_action(cursor, is_known=True)
    if not words and (verb := accept_action(cursor)):
        cursor.accept(*MADE_ONCE)
        is_period = verb not in ("ke hoach", "tra luong", "chi tra") and is_certain_period(cursor)
        words = phrase.between(at, cursor.position) if is_period else ""
    if not words:
        cursor.position = at
        words = _step_with_bare_date(cursor, is_first=is_first)
    return (words, cursor.position) if words else None


def read_bare_step(phrase: Phrase, at: int, stop: int) -> tuple[str, int] | None:
    """Return the words of "đóng thầu 23/3" and where its day begins: one of several pieces."""
    cursor = Cursor(phrase, at, stop)
    token = cursor.peek()
    is_state = token is None or token.accented in STATES or not token.text.isalpha()
    is_state = is_state or bool(cursor.first_of((*_SAID, *_TOLD)))
    while not is_state and not _is_plain_day(cursor):
        if not skip_free(cursor):
            return None
    thing = f"{cursor.word(-2)} {cursor.word(-1)}"
    is_day = cursor.position + 3 == stop and cursor.position > at + 1 and thing not in DOCUMENTS
    return (phrase.between(at, cursor.position), cursor.position) if is_day else None


def _begins_with_span(cursor: Cursor) -> bool:
    """Tell whether a date is all of the first step: "từ 01/6 - 31/8, (gửi báo cáo trước 05/9)"."""
    tokens = cursor.phrase.tokens
    begins = cursor.position + 1 < cursor.stop and begins_with_date(tokens, cursor.position)
    return begins and not cursor.is_at("tuan tra")


def _step_with_bare_date(cursor: Cursor, *, is_first: bool) -> str:
    """Step over "thẩm tra, xác minh (tháng 5-6)", "ra quân (01/6)": of what no period is told."""
    start = cursor.position
    verb = accept_action(cursor)
    if not verb or verb in ("ke hoach", *_SAID) or (is_first and verb in _TOLD):
        return ""
    while not (is_certain_period(cursor) or _is_plain_day(cursor) or _is_day(cursor)):
        if not skip_free(cursor):
            return ""
    if verb in _TOLD and not _is_day(cursor):
        return ""
    words = [token.text for token in cursor.phrase.tokens[start : cursor.position]]
    is_told = " ".join(words[-2:]) in OF_PERIODS or words[-1] in ("thue", "luong", "phi", "lai")
    if is_told and " ".join(words) != verb:
        return ""
    return cursor.phrase.between(start, cursor.position)


def _is_day(cursor: Cursor) -> bool:
    """Tell whether "ngày 10/9" stands here, and not that of a document named before it."""
    thing = f"{cursor.word(-2)} {cursor.word(-1)}"
    return cursor.word() == "ngay" and _is_plain_day(cursor.ahead(1)) and thing not in DOCUMENTS


def _is_plain_day(cursor: Cursor) -> bool:
    """Tell whether "01/6", "15/8" stands here, and no fraction, up to a mark or the end."""
    day, month = cursor.number(1, 31), cursor.number(1, 12, 2)
    token = cursor.peek()
    is_day = token is not None and (token.text.startswith("0") or day > month)
    return bool(day and month) and is_day and cursor.word(1) == "/" and cursor.word(3) in _MARKS


def _skip_held(cursor: Cursor) -> bool:
    """Step over "01 hội nghị"."""
    start = cursor.position
    cursor.position += 1 if cursor.number(1, 1) else 0
    if cursor.position > start and cursor.accept(*TIMES):
        return True
    cursor.position = start
    return False


def read_deed(phrase: Phrase, at: int, stop: int) -> str:
    """Return what is done from token ``at`` to ``stop``, if that is all that stands there.

    "Xây dựng kế hoạch" behind "Tháng 3:"; not what begins a piece of work.
    """
    cursor = Cursor(phrase, at, stop)
    is_alone = phrase.tokens[at - 1].text != ":" or stop == len(phrase.tokens)
    is_alone = is_alone and all(token.text != ";" for token in phrase.tokens)
    if is_alone and cursor.first_of(STARTS_OR_ENDS) and not cursor.is_at("hoan thanh"):
        return ""
    token = cursor.peek()
    acts = accept_action(cursor) or skip_percentage(cursor) or _skip_held(cursor)
    if not acts and (token is None or token.accented in MOVES or not token.text.isalpha()):
        return ""
    if token is not None and token.accented in ("dịp", "rằm", "mùa", "vụ", "tết"):
        return ""  # "hằng năm: dịp Tết"
    while skip_free(cursor) or cursor.accept(";"):
        pass
    return phrase.between(at, stop) if cursor.at_end else ""
