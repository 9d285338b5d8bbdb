"""Reads the steps of a piece of work: "ban hành trong tháng 01, kiểm tra chậm nhất tháng 6"."""

from __future__ import annotations

from parplan.deadlines.grammar.actions import MOST_TOKENS, skip_action, skip_actor
from parplan.deadlines.grammar.ahead import is_certain_period
from parplan.deadlines.grammar.free import accept_action, skip_free
from parplan.deadlines.grammar.names import skip_percentage
from parplan.deadlines.grammar.recurrences import TIMES
from parplan.deadlines.grammar.tokens import Cursor, Phrase
from parplan.deadlines.grammar.words import MADE_ONCE, OF_PERIODS, REPORTS, STARTS_OR_ENDS

_TOLD = frozenset((*REPORTS, "tra luong", "chi tra", "ke khai thue")) - {
    "kiem tra",
    "ra soat",
    "so ket",
    "tong ket",
    "nghiem thu",
}
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
    if is_first and cursor.word() == "xong" and cursor.word(1) != "truoc":
        return phrase.between(at, at + 1), at + 1
    words = skip_action(cursor, is_known=True)
    if not words and (verb := accept_action(cursor)):
        cursor.accept(*MADE_ONCE)
        is_period = verb not in ("ke hoach", "tra luong", "chi tra") and is_certain_period(cursor)
        words = phrase.between(at, cursor.position) if is_period else ""
    if not words:
        cursor.position = at
        words = _step_with_bare_date(cursor)
    return (words, cursor.position) if words else None


def _step_with_bare_date(cursor: Cursor) -> str:
    """Step over "thẩm tra, xác minh (tháng 5-6)", "ra quân (01/6)": of what no period is told."""
    start = cursor.position
    verb = accept_action(cursor)
    if not verb or verb in _TOLD or verb == "ke hoach":
        return ""
    while not (is_certain_period(cursor) or _is_plain_day(cursor)):
        if not skip_free(cursor):
            return ""
    words = [token.text for token in cursor.phrase.tokens[start : cursor.position]]
    is_told = " ".join(words[-2:]) in OF_PERIODS or words[-1] in ("thue", "luong", "phi", "lai")
    if is_told and " ".join(words) != verb:
        return ""
    return cursor.phrase.between(start, cursor.position)


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
    if cursor.first_of(STARTS_OR_ENDS) and not cursor.is_at("hoan thanh"):
        return ""
    acts = accept_action(cursor) or skip_percentage(cursor) or _skip_held(cursor)
    if not acts and skip_actor(cursor) < 0:
        return ""
    while skip_free(cursor):
        pass
    return phrase.between(at, stop) if cursor.at_end else ""
