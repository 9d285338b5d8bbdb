"""Steps over what stands behind a date and does not bear on it: what it is for, what follows.

"Trước ngày 15/11 để tổng hợp, trình HĐND", "quý I và tổ chức thực hiện".
"""

from __future__ import annotations

import itertools

from parplan.deadlines.grammar.dates import read_date
from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.tokens import Cursor, is_about_time
from parplan.deadlines.grammar.vocabulary import BODIES, OF_PERIODS
from parplan.schedule.bounds import FIRST_YEAR

_PURPOSES = (
    *(", de", "de", "( de", ", nham", "nham", ", phuc vu", "phuc vu", ", lam co so"),
    *("lam co so", ", lam can cu", "lam can cu", ", trinh", "trinh", ", bao cao", "bao cao"),
    *(", gui", "gui", "( gui", "cho", ", tong hop", "ve", "len", ", khong de", ", la ngay"),
)
_CARRIED_OUT = (
    *("va to chuc trien khai thuc hien", "va to chuc thuc hien", "va trien khai thuc hien"),
    *("va to chuc trien khai", "va trien khai", "va thuc hien"),
    *(", va to chuc thuc hien", ", va trien khai thuc hien", ", va thuc hien"),
    *(", to chuc trien khai thuc hien", ", to chuc thuc hien", ", trien khai thuc hien"),
)
_CARRIED_HOW = (
    *("sau khi duoc phe duyet", "sau khi phe duyet", "sau khi ban hanh", "sau khi duoc ban hanh"),
    *("theo ke hoach", "theo quy dinh", "ke hoach"),
)
_AS_RULED = tuple(
    words
    for rule in ("theo quy dinh", "theo lo trinh", "theo tien do")
    for words in (rule, f", {rule}", f"( {rule} )", rule.replace("theo", "theo dung"))
)
_OF_YEARS = ("tong ket", "phuong huong", "nhiem vu", "ke hoach", "du toan", "cong tac", "ngan sach")
"""Words behind which the year of what is made may stand, besides those of ``OF_PERIODS``."""
_APPLIED = ("ap dung", "thuc hien", "trien khai", "hieu luc")


def skip_purpose(cursor: Cursor) -> bool:
    """Step over what a deadline is for, and tell whether some stood.

    >>> from parplan.deadlines.grammar.tokens import tokenize
    >>> phrase = tokenize("để tổng hợp, trình HĐND")
    >>> skip_purpose(Cursor(phrase, 0, len(phrase.tokens)))
    True
    """
    if cursor.accept(*_AS_RULED):
        return True
    start = cursor.position
    if cursor.accept(*_CARRIED_OUT):
        cursor.accept(*_CARRIED_HOW)
        cursor.accept(".")
        if cursor.at_end:
            return True
    cursor.position = start
    if cursor.accept(", sau do", "sau do"):
        cursor.accept("trien khai", "thuc hien", "to chuc thuc hien", "duy tri")
        if cursor.accept("thuong xuyen", "lien tuc") and cursor.at_end:
            return True
    cursor.position = start
    is_of_body = cursor.accented(1) in BODIES
    purpose = cursor.accept(*_PURPOSES) or (cursor.accept("cua") if is_of_body else "")
    if purpose.endswith("phuc vu") and cursor.word() == "tet":
        cursor.position = start
        return False  # which has a day within the month
    is_other = purpose.endswith("de") and cursor.accented(-1) == "đề"
    if purpose and not is_other and not cursor.at_end:
        while skip_free(cursor) or skip_year_of_object(cursor) or _skip_begin(cursor):
            pass
        if cursor.at_end:
            return True
    cursor.position = start
    return _skip_times(cursor)


def skip_year_of_object(cursor: Cursor) -> bool:
    """Step over the year of "(nộp báo cáo) năm 2026", if the date before has its year too.

    Else the date may be one of that year: "trước 15/12 nộp báo cáo năm 2027".
    """
    words = cursor.phrase.tokens[cursor.start : cursor.position]
    pairs = {" ".join(pair) for pair in itertools.pairwise(token.text for token in words[-3:])}
    has_year = any(token.number >= FIRST_YEAR for token in words)
    if not (has_year and cursor.word() == "nam" and pairs & {*OF_PERIODS, *_OF_YEARS}):
        return False
    return read_series(cursor) is not None


def _skip_begin(cursor: Cursor) -> bool:
    """Step over "(để áp dụng) từ ngày 01/01/2026": when that begins for which it is done."""
    start = cursor.position
    is_begin = cursor.position > 1 and f"{cursor.word(-2)} {cursor.word(-1)}" in _APPLIED
    if is_begin and cursor.accept("tu", "ke tu") and read_date(cursor, 0) and cursor.at_end:
        return True
    cursor.position = start
    return False


def skip_to_end(cursor: Cursor) -> bool:
    """Step over free words behind what has no date, if they go to the end."""
    start = cursor.position
    if not cursor.accept(",") and cursor.word() not in ("theo", "trong", "cua", "doi", "cho"):
        return False
    while skip_free(cursor):
        pass
    if cursor.at_end and cursor.position > start + 1:
        return True
    cursor.position = start
    return False


def _skip_times(cursor: Cursor) -> bool:
    """Step over how often something is held in a period: "(quý II) 01 cuộc"."""
    start = cursor.position
    is_period = start > cursor.start and cursor.word(-1) in ("i", "ii", "iii", "iv")
    if not (is_period and cursor.number(1, 99)):
        return False
    cursor.position += 1
    token = cursor.peek()
    while token is not None and token.text.isalpha() and not is_about_time(token):
        cursor.position += 1
        token = cursor.peek()
    if cursor.position > start + 1 and cursor.word() in ("", ",", ";"):
        return True
    cursor.position = start
    return False
