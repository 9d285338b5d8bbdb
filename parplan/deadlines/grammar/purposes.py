"""Steps over what stands behind a date and does not bear on it: what for, what is done then, where.

"Trước ngày 15/11 để tổng hợp, trình HĐND", "đến 30/6 số hóa đạt 60% hồ sơ", "quý I (xây dựng kế
hoạch)", "quý I và tổ chức thực hiện".
"""

from __future__ import annotations

import itertools

from parplan.deadlines.grammar.actors import skip_actor
from parplan.deadlines.grammar.dates import read_date
from parplan.deadlines.grammar.free_words import accept_action, skip_free, skip_free_bracket
from parplan.deadlines.grammar.limit_begins import is_limit
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.names import EVENTS, skip_reference
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
_OCCASIONS = (
    *("chao mung", "ky niem", "nhan ky niem", "nhan dip", "nhan ngay", "huong ung"),
    *("lap thanh tich chao mung", "thiet thuc chao mung", "mung"),
)
_OF_YEARS = ("tong ket", "phuong huong", "nhiem vu", "ke hoach", "du toan", "cong tac", "ngan sach")
"""Words behind which the year of what is made may stand, besides those of ``OF_PERIODS``."""
_DATA_UP_TO = tuple(
    f"so lieu {reach} {to}"
    for reach in ("tinh", "chot", "lay", "cap nhat", "tong hop")
    for to in ("den", "tu")
)
_APPLIED = ("ap dung", "thuc hien", "trien khai", "hieu luc")
_DUE = (
    *("trước", "xong", "chậm", "muộn", "gửi", "nộp", "hoàn", "hàng", "hằng", "từ", "đến", "trong"),
    *("báo", "hạn", "khi", ";"),
)
"""Words with which something else would be due."""
_PLACES = ("tại", "ở", "trên", "qua", "bằng", "thông qua", "phải", "toàn bộ", "cùng", "với")
_ORDERED = ("khi", "dot", "theo", "thuong", "lien", "neu")
"""Words with which an order or what has no end may begin behind "và"."""


_BEGINS = (
    *("trien khai tu", "thuc hien tu", "bat dau tu", "khoi cong tu", "to chuc thuc hien tu"),
    *("bat dau trien khai tu", "bat dau thuc hien tu", "trien khai thuc hien tu"),
)
_ENDS = ("hoan thanh", "ket thuc", "xong", "hoan thien")


_BEFORE_DATES = ("het", "den", "cuoi", "trong", "vao", "tu")


def skip_source(cursor: Cursor, context: Context) -> None:
    """Step over by which document it is done, or up to which day the data reach.

    "Theo Thông báo số 45/TB-VP ngày 20/02/2026, …", "số liệu tính đến 30/9/2026, …".
    """
    start = cursor.position
    if cursor.accept(*_DATA_UP_TO):
        cursor.accept("het", "het ngay", "ngay")
        if cursor.word(-1) == "tu" and read_date(cursor, 0):
            cursor.accept("den")
        day = read_date(cursor, 0)
        if day is not None and cursor.accept(",", ":"):
            context.after = context.period(day, start).last
            return
    cursor.position = start
    if skip_reference(cursor):
        while cursor.word() != "," and skip_free(cursor):
            pass
        if cursor.accept(","):
            return
    cursor.position = start


def skip_start(cursor: Cursor, year: int) -> None:
    """Step over when work begins, if its end follows: "triển khai từ tháng 3, hoàn thành …"."""
    start = cursor.position
    if (
        (cursor.accept(*_BEGINS) or _skip_to_start(cursor))
        and (read_date(cursor, year) or read_series(cursor))
        and cursor.accept(", va", ",", "va")
        and cursor.first_of(_ENDS)
    ):
        return
    cursor.position = start


def _skip_to_start(cursor: Cursor) -> bool:
    """Step over "bình xét từ (ngày 01/9)"."""
    if not accept_action(cursor):
        return False
    while (token := cursor.peek()) is not None and token.accented != "từ":
        if not skip_free(cursor):
            return False
    return bool(cursor.accept("tu"))


def skip_duration(cursor: Cursor) -> None:
    """Step over how long it takes, before when: "15 ngày, xong trong tháng 5", "01 ngày, vào …"."""
    start = cursor.position
    days = cursor.number(1, 99)
    cursor.position += 1 if days else 0
    is_duration = days and cursor.accept("ngay", "buoi", "tiet") and cursor.accept(",")
    is_day = days == 1 and cursor.word() in ("vao", "ngay")
    is_by = is_day or cursor.word() in ("xong", "cham") or cursor.is_at("tu ngay")
    if (
        days
        and not is_duration
        and cursor.is_at("ngay trong")
        and cursor.word(2) in ("quy", "thang")
    ):
        cursor.position += 1  # "07 ngày trong quý III"
        return
    if not (is_duration and is_by):
        cursor.position = start


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
    of_whom = cursor.peek(1) if cursor.word() == "cua" else None
    purpose = cursor.accept(
        *_PURPOSES, *("cua",) * (of_whom is not None and of_whom.accented in BODIES)
    )
    is_other = purpose.endswith("de") and cursor.phrase.tokens[cursor.position - 1].accented == "đề"
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


def skip_occasion(cursor: Cursor) -> bool:
    """Step over "chào mừng Quốc khánh 2/9", "(kỷ niệm … (19/5/1890 - 19/5/2026))", to the end.

    What it is held for has days of its own, but none on which something is due.
    """
    start = cursor.position
    bracket = cursor.accept("(", ",")
    if cursor.accept(*_OCCASIONS):
        while (token := cursor.peek()) is not None and token.accented not in _DUE:
            cursor.position += 1
        if cursor.at_end and (bracket != "(" or cursor.word(-1) == ")"):
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


def skip_deed(cursor: Cursor) -> str:
    """Step over what is done by then, up to the next date, and return it.

    "(Đến 30/6) số hóa đạt 60% hồ sơ", "(quý I) (xây dựng kế hoạch)".
    """
    start = cursor.position
    if skip_free_bracket(cursor) or _skip_words(cursor):
        return cursor.phrase.between(start, cursor.position).strip("(), ")
    return ""


def _skip_words(cursor: Cursor) -> bool:
    start = cursor.position
    if _may_count_things(cursor):
        return False
    cursor.accept(",", "-")
    cursor.position += 1 if cursor.is_at("co bao cao") else 0
    cursor.accept("dong loat", "dong thoi", "tien hanh")
    token = cursor.peek()
    is_place = token is not None and token.accented in _PLACES
    verb = accept_action(cursor) or cursor.accept("viec", "cong tac", *EVENTS)
    if verb == "khoi cong" or not (is_place or verb or skip_actor(cursor) >= 0):
        cursor.position = start
        return False
    while not (cursor.at_end or cursor.word() == "." or _goes_on(cursor)):
        if not (
            skip_occasion(cursor)
            or skip_free_bracket(cursor)
            or skip_free(cursor)
            or skip_year_of_object(cursor)
        ):
            cursor.position = start
            return False
    return True


def _goes_on(cursor: Cursor) -> bool:
    """Tell whether another date or order is joined on here: ", trước 15/12", "và khi có …"."""
    ahead = 2 if cursor.is_at(", va") else 1
    following = cursor.peek(ahead)
    if cursor.word() not in (",", "va", "hoac") or following is None:
        return False
    after = Cursor(cursor.phrase, cursor.position + ahead, cursor.stop)
    return (
        following.number >= 0
        or following.accented == "riêng"
        or after.is_at("trong do")
        or following.text in _ORDERED
        or (following.text in _BEFORE_DATES and _is_date_at(cursor, ahead + 1))
        or (is_about_time(following) and following.text != "han")
        or is_limit(after)
    )


def _is_date_at(cursor: Cursor, ahead: int) -> bool:
    token = cursor.peek(ahead)
    return token is not None and is_about_time(token)


def _may_count_things(cursor: Cursor) -> bool:
    """Tell whether what stands before may be a fraction: "8/8 hoàn thành"."""
    at = cursor.position
    tokens = cursor.phrase.tokens[max(at - 4, cursor.start) : at]
    if len(tokens) < 3 or tokens[-2].text != "/":
        return False
    has_word = len(tokens) == 4 and tokens[0].text not in (",", "va", "-", "(")
    return not has_word and tokens[-3].number <= tokens[-1].number
