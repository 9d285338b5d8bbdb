"""Steps over what is done, and what for, around a date.

"Trình UBND tỉnh trước ngày 30/9", "trước ngày 15/11 để tổng hợp, trình HĐND", "quý I và tổ chức
thực hiện".  The words are free, but for those that speak of time or turn the sense, and where
the date may be that of something else: "rà soát văn bản ban hành trước ngày 15/6".
"""

from __future__ import annotations

import itertools

from parplan.deadlines.grammar.orders import is_about_time
from parplan.deadlines.grammar.recurrences import peek_length
from parplan.deadlines.grammar.tokens import Cursor, Phrase, Token

_MOST_TOKENS = 30
"""What is done takes fewer words than this; steps are looked for behind every comma."""

_STARTS_OR_ENDS = (
    *("trien khai", "to chuc trien khai", "to chuc thuc hien", "thuc hien", "hoan thanh"),
    *("phai hoan thanh", "phan dau hoan thanh", "du kien hoan thanh"),
)
"""They begin or end one piece of work, so that two dates after them are no two deadlines."""

_REPORTS = (
    *("bao cao", "cham diem", "danh gia", "so ket", "thong ke", "tong hop", "tong ket"),
    *("tu danh gia", "kiem tra", "tu kiem tra", "ra soat", "theo doi", "nghiem thu"),
)
"""Of what they look at, a period may be told: "báo cáo tình hình thu chi trong quý I"."""
_ACTIONS = (
    *("ban hanh", "ban giao", "bo tri", "cap nhat", "chot", "cong bo", "cong khai", "dang ky"),
    *("dang tai", "de nghi", "de xuat", "du kien trinh", "du kien to chuc", "du kien ban hanh"),
    *("giao", "gui", "hop giao ban", "hop", "hoan thien", "ke hoach", "khao sat", "kiem ke"),
    *("ky ket", "lap", "lay y kien", "nhap", "nop", "phan bo", "phan cong", "phat dong"),
    *("phat hanh", "phe duyet", "phoi hop", "tap huan", "tham dinh", "tham gia", "tham muu"),
    *("thanh lap", "thong nhat", "to chuc", "tra loi", "trinh", "tuyen truyen", "xay dung"),
    *("xem xet", "xet", "y kien", *_REPORTS, *_STARTS_OR_ENDS),
)
_MADE_ONCE = (
    *("de an", "du thao de an", "du thao", "phe duyet", "nghi quyet", "quyet dinh", "tham dinh"),
    *("ban hanh", "thong qua"),
)
"""Objects that no month has of its own: "dự thảo tháng 5" is made in May."""
_TURNS = frozenset(
    (
        *("không", "chưa", "đã", "trừ", "riêng", "ngoài", "sau", "từ", "kể", "khi", "nếu"),
        *("hoặc", "dừng", "hoãn", "lùi", "được", "còn", "đột", "theo", ":", ";", "kỳ"),
    )
)
"""Words after which a date may be that of something else: "hồ sơ đã nhận trước ngày 15/6"."""

_HAPPENED = (
    *("ban hanh", "tiep nhan", "nhan", "nop", "sinh", "phat sinh", "cap", "ky", "thanh lap"),
    *("dang ky", "xay dung", "lap", "ton dong", "thu ly", "hoan thanh", "gui", "ket nap"),
    *("tuyen dung", "nhap ngu", "xay ra", "co mat", "de nghi", "phe duyet", "nghi huu", "hieu luc"),
)
_SUBJECTS = (
    *("người", "công dân", "đảng viên", "đoàn viên", "thanh niên"),
    *("trường hợp", "đối tượng", "công trình", "công chức", "cán bộ", "viên chức", "hộ", "vụ"),
)
"""Those of whom a date may tell something: "công dân nhập ngũ trước ngày 15/2"."""
_PREPOSITIONS = ("về", "cho", "gửi", "lên", "với", "tại", "và", "trình", "(", ")", ",", "qua")
_BODIES = frozenset(
    (
        *("ubnd", "hđnd", "chủ", "đảng", "ban", "sở", "phòng", "thường", "cấp", "bộ", "ủy"),
        *("hội", "trung", "lãnh", "về", "cho", "công an"),
    )
)
"""First words of whom it goes to: "trình UBND phường ban hành trước …" is done by them."""

_PURPOSES = (
    *(", de", "de", "( de", ", nham", "nham", ", phuc vu", "phuc vu", ", lam co so"),
    *("lam co so", ", lam can cu", "lam can cu", ", trinh", "trinh", ", bao cao", "bao cao"),
    *(", gui", "gui", "( gui", "cho", ", tong hop"),
)
_CARRIED_OUT = (
    *("va to chuc trien khai thuc hien", "va to chuc thuc hien", "va trien khai thuc hien"),
    *("va to chuc trien khai", "va trien khai", "va thuc hien"),
    *(", to chuc trien khai thuc hien", ", to chuc thuc hien", ", trien khai thuc hien"),
)
_CARRIED_HOW = (
    *("sau khi duoc phe duyet", "sau khi phe duyet", "sau khi ban hanh", "sau khi duoc ban hanh"),
    *("theo ke hoach", "theo quy dinh", "ke hoach"),
)
_AS_RULED = ("theo quy dinh", ", theo quy dinh", "( theo quy dinh )", "theo dung quy dinh")
_NO_DATES = ("ky hop hdnd cuoi nam", "ky hop cuoi nam", "ky hop", "theo quy dinh")
"""Words of a purpose that elsewhere would speak of time, or turn the sense."""


def skip_action(cursor: Cursor) -> str:
    """Step over an action and its object, if a limit follows; return the words, else ''.

    "Gửi báo cáo về Sở Nội vụ (qua thư) trước ngày …" is stepped over up to "trước".
    """
    start = cursor.position
    if cursor.phrase.text.isascii() or not cursor.accept(*_ACTIONS):
        return ""  # without accents "da" and "sau" are other words
    begin = cursor.position
    while not _is_limit(cursor):
        too_long = cursor.position - start >= _MOST_TOKENS
        if too_long or _is_refused(cursor):
            cursor.position = start
            return ""
        cursor.position += 1
    if _tells_of_object(cursor, start, begin):
        cursor.position = start
        return ""
    return cursor.phrase.between(start, cursor.position)


def _is_refused(cursor: Cursor) -> bool:
    token = cursor.peek()
    return (
        token is None
        or is_about_time(token)
        or token.accented in _TURNS
        or cursor.is_at("thuong xuyen")
        or cursor.is_at("lien tuc")
    )


def _is_limit(cursor: Cursor) -> bool:
    """Tell whether a limit, or how often, stands here."""
    word, following = cursor.word(), cursor.word(1)
    if word in ("truoc", "xong"):
        ahead = 2 if (word, following) == ("xong", "truoc") else 1
        return cursor.word(ahead) == "ngay" or cursor.number(0, 31, ahead) > 0
    if word in ("cham", "muon"):
        return following == "nhat"
    if word in ("trong", "vao"):
        return following in ("ngay", "thang", "quy", "nam") or (
            cursor.number(6, 9, 1) > 0 and cursor.word(2) == "thang"
        )
    if word in ("hang", "moi"):
        return peek_length(cursor, 1)[0] is not None
    return word == "dinh" and following == "ky"


def _tells_of_object(cursor: Cursor, start: int, begin: int) -> bool:
    """Tell whether the date may be the object's: what happened before it, or within it.

    The action's words begin with token ``start``, its object with ``begin``.
    """
    tokens = cursor.phrase.tokens[begin : cursor.position]
    first = " ".join(token.accented for token in tokens[:2])
    if not tokens or first in _BODIES or tokens[0].accented in _BODIES:
        return False
    if cursor.word() in ("trong", "vao"):
        return Cursor(cursor.phrase, start, begin).accept(*_REPORTS) != ""
    return cursor.word() == "truoc" and (_names_what_happened(tokens) or _has_subject(tokens))


def _names_what_happened(tokens: list[Token]) -> bool:
    """Tell whether the object ends with a verb of its own: "văn bản ban hành"."""
    words = [token.text for token in tokens]
    for length in (2, 1):
        if " ".join(words[-length:]) in _HAPPENED:
            return words[-length - 1 : -length] not in ([], [","])
    return False


def _has_subject(tokens: list[Token]) -> bool:
    """Tell whether the object tells more of somebody than to whom something goes."""
    words = [token.accented for token in tokens]
    for at, length in itertools.product(range(len(words)), (1, 2)):
        following = words[at + length : at + length + 1]
        is_subject = " ".join(words[at : at + length]) in _SUBJECTS
        if is_subject and following and following[0] not in _PREPOSITIONS:
            return True
    return False


def skip_purpose(cursor: Cursor) -> bool:
    """Step over what a deadline is for, up to the end of its clause, and tell whether one stood.

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
    is_purpose = bool(cursor.accept(*_PURPOSES)) and not cursor.at_end
    while is_purpose and not cursor.at_end:
        if cursor.accept(*_NO_DATES):
            continue
        is_purpose = not _is_refused(cursor)
        cursor.position += 1
    if not is_purpose:
        cursor.position = start
    return is_purpose


def read_step(
    phrase: Phrase, at: int, stop: int, *, is_first: bool = False
) -> tuple[str, int] | None:
    """Return the words of the step at token ``at`` and where its date begins.

    "Ban hành kế hoạch trong tháng 01", "báo cáo tháng 8".  None where none stands there, or
    where it begins or ends a piece of work, unless it is the first and ends it.
    """
    cursor = Cursor(phrase, at, min(stop, at + _MOST_TOKENS))
    ends_work = is_first and cursor.is_at("hoan thanh")  # "hoàn thành …, báo cáo …"
    if not ends_work and any(cursor.is_at(words) for words in _STARTS_OR_ENDS):
        return None
    if is_first and cursor.word() == "xong" and cursor.word(1) != "truoc":
        return phrase.between(at, at + 1), at + 1
    words = skip_action(cursor)
    if not words and (verb := cursor.accept(*_ACTIONS)):
        cursor.accept(*_MADE_ONCE)
        is_period = verb != "ke hoach" and _is_certain_period(cursor)
        words = phrase.between(at, cursor.position) if is_period else ""
    return (words, cursor.position) if words else None


def _is_certain_period(cursor: Cursor) -> bool:
    numbered = cursor.number(1, 12, 1) > 0 or cursor.word(1) in ("i", "ii", "iii", "iv")
    return cursor.word() in ("thang", "quy") and numbered and cursor.word(2) != ":"
