"""Tells whether a date may be that of an action's object: "rà soát văn bản ban hành trước …"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from parplan.deadlines.grammar.limits import SEASONS
from parplan.deadlines.grammar.tokens import Cursor, Token
from parplan.deadlines.grammar.vocabulary import (
    ACTIONS,
    BODIES,
    HAPPENED,
    PREPOSITIONS,
    QUALIFIERS,
    REPORTS,
    SUBJECTS,
    UNDONE,
)

_DONE_IN_SPANS = ("ra soat", "kiem tra", "tu kiem tra", "thanh tra", "kiem ke", "nghiem thu")
DATA = frozenset(
    (
        *("so lieu", "ket qua", "tinh hinh", "ho so", "van ban", "don thu", "vu viec", "giao dich"),
        *("chung tu", "hoa don", "phat sinh", "du lieu", "tien do", "thu chi", "ton dong"),
    )
)
"""What reaches over a span itself: "kiểm tra hồ sơ từ 01/01 đến 30/6"."""
_GIVES, _TO = (
    ("gửi", "nộp", "trình", "chuyển"),
    ("cho", "lên", "tỉnh", "thành", "hđnd", "xã", "huyện"),
)
_WORKS = (
    *("tuyen sinh", "tiem phong", "tiem chung", "tap huan", "tuyen truyen", "dang ky", "so hoa"),
    *("lap dat", "xay dung", "to chuc", "trien khai", "ke khai", "kien toan", "kham suc khoe"),
)
_MADE = ("du an", "khoi luong", "cong trinh", "hang muc", "san pham", "nhiem vu", "cong viec")
"""Work that ends, and what others made: "quyết toán dự án hoàn thành trước …"."""
_HELD = ("kiem tra", "tu kiem tra", "thanh tra", "so ket", "tong ket")
"""What is done on a day or in a month: "kiểm tra thực tế vào tháng 5"."""
_MADE_EARLY = {
    *("ke hoach", "du toan", "chuong trinh", "de an", "chi tieu", "danh muc", "phuong huong"),
    *("dang ky", "giao chi", "phan bo", "cong khai"),
}
_PAID = {"giai ngan", "thanh toan", "quyet toan"}
_RESULTS = ("ket qua", "ket qua thuc hien", "tong ket", "so ket")
"""Objects that have no period of their own: "báo cáo kết quả trong tháng 11"."""


def tells_of_object(cursor: Cursor, start: int, begin: int) -> bool:
    """Tell whether the date may be the object's: what happened before it, or within it.

    The action's words begin with token ``start``, its object with ``begin``.
    """
    tokens = cursor.phrase.tokens[begin : cursor.position]
    if cursor.is_at("truoc ngay") and cursor.word(3) in ("hang", "moi"):
        return False  # nothing happened before the 10th of every month
    first = " ".join(token.accented for token in tokens[:2])
    is_period = cursor.word() in ("trong", "vao", "tu") or cursor.is_at("den het")
    if is_period and (names_what_happened(tokens, UNDONE) or _names_issued(tokens)):
        return True
    if is_period and Cursor(cursor.phrase, start, begin).accept("chuan bi", "phuc vu"):
        return True  # "chuẩn bị khai giảng vào tháng 9": that is when it is
    if not tokens or first in BODIES or tokens[0].accented in BODIES:
        return False
    if cursor.word() == "tu" and not _is_data(cursor, start, tokens):
        return False
    if is_period:
        is_result = " ".join(token.text for token in tokens) in _RESULTS
        if is_result and cursor.word() != "den":
            return False
        verb = Cursor(cursor.phrase, start, begin).accept(*REPORTS)
        if cursor.word() == "vao" and verb in _HELD:
            return names_what_happened(tokens, (*HAPPENED, *ACTIONS))
        return verb != "" and not (_makes(tokens) or _acts_alone(tokens))
    if _is_handed_on(tokens):
        return False
    if _ends_work(Cursor(cursor.phrase, start, begin), tokens) or _is_sent(
        Cursor(cursor.phrase, start, begin), tokens
    ):
        return False
    return (
        cursor.word() == "truoc"
        and cursor.word(1) not in SEASONS
        and (names_what_happened(tokens, HAPPENED) or has_subject(tokens))
    )


def _names_issued(tokens: list[Token]) -> bool:
    """Tell whether "văn bản mới ban hành", "thủ tục hành chính ban hành" stands here."""
    words = [token.accented for token in tokens]
    return words[-2:] == ["ban", "hành"] and words[-3:-2] in (["mới"], ["chính"], ["bản"])


def _is_handed_on(tokens: list[Token]) -> bool:
    """Tell whether ", trình Chủ tịch UBND xã ký ban hành" stands here: done by them then."""
    words = [(token.text if token.text in (",", "va") else token.accented) for token in tokens]
    return any(
        mark in (",", "va") and verb in _GIVES and to in BODIES
        for mark, verb, to in zip(words, words[1:], words[2:], strict=False)
    )


def _ends_work(cursor: Cursor, tokens: list[Token]) -> bool:
    """Tell whether "tuyển sinh lớp 1 hoàn thành" is said of the work itself, and of no project."""
    *words, first, last = ["", "", *(token.text for token in tokens)]
    is_end = f"{first} {last}" == "hoan thanh" and not has_subject(tokens)
    return is_end and cursor.accept(*_WORKS) != "" and " ".join(words[-2:]) not in _MADE


def _is_sent(cursor: Cursor, tokens: list[Token]) -> bool:
    """Tell whether "báo cáo tổng kết gửi" stands here: the report itself is sent."""
    pairs = {" ".join(pair) for pair in itertools.pairwise(token.text for token in tokens)}
    is_report = cursor.accept("bao cao") != "" and cursor.at_end
    return is_report and tokens[-1].accented == "gửi" and not pairs & (DATA - {"ket qua"})


def _is_data(cursor: Cursor, start: int, tokens: list[Token]) -> bool:
    """Tell whether a span may be that of figures and not of the work: "tổng hợp … từ … đến"."""
    verb = Cursor(cursor.phrase, start, cursor.stop).accept(*REPORTS)
    words = [token.text for token in tokens]
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    return (verb != "" and verb not in _DONE_IN_SPANS) or bool(pairs & DATA)


def _acts_alone(tokens: list[Token]) -> bool:
    """Tell whether there is no object, but other verbs: "(tổng hợp), phúc tra trong tháng 10"."""
    words = " ".join("," if token.text == "va" else token.text for token in tokens)
    verbs = [verb.strip() for verb in words.split(",")]
    return verbs[0] == "" and all(verb in ACTIONS for verb in verbs[1:])


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
        names_what_happened(tokens, HAPPENED)
    )


def names_what_happened(tokens: list[Token], verbs: tuple[str, ...]) -> bool:
    """Tell whether the object ends with a verb of its own: "văn bản ban hành"."""
    words = [token.text for token in tokens]
    for length in (2, 1):
        if " ".join(words[-length:]) in verbs:
            return words[-length - 1 : -length] not in ([], [","], ["viec"], ["tac"], ["va"])
    return False


def makes_plan(words: Sequence[str]) -> bool:
    """Tell whether what the folded ``words`` name is made at the beginning of its year.

    "Kế hoạch năm 2026 trước 15/01", but "giải ngân kế hoạch vốn năm 2026" ends in January after.
    """
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    return bool(pairs & _MADE_EARLY) and not pairs & _PAID


def has_subject(tokens: list[Token]) -> bool:
    """Tell whether the object tells more of somebody than to whom something goes."""
    words = [token.accented for token in tokens]
    for at, length in itertools.product(range(len(words)), (1, 2)):
        following = words[at + length : at + length + 1]
        is_subject = " ".join(words[at : at + length]) in SUBJECTS
        sorts = not names_what_happened(tokens, (*HAPPENED, *ACTIONS))
        known = (*PREPOSITIONS, *QUALIFIERS) if sorts else PREPOSITIONS
        if is_subject and following and following[0] not in known:
            return True
    return False


def is_given(tokens: list[Token]) -> bool:
    """Tell whether the words end with to whom they go: "hồ sơ khen thưởng gửi về Phòng"."""
    words = [token.accented for token in tokens]
    return any(
        verb in _GIVES and to in (*BODIES, *_TO) for verb, to in itertools.pairwise(words[1:])
    )


def is_subject(tokens: list[Token]) -> bool:
    """Tell whether the words begin with somebody or something that a date may tell of."""
    words = [token.accented for token in tokens]
    return words[0] in SUBJECTS or " ".join(words[:2]) in SUBJECTS
