"""Steps over what a date is kept for, and where: "chào mừng Quốc khánh 2/9", "hội trường UBND"."""

from __future__ import annotations

from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.tokens import Cursor

_OCCASIONS = (
    *("chao mung", "ky niem", "nhan ky niem", "nhan dip", "nhan ngay", "huong ung"),
    *("lap thanh tich chao mung", "thiet thuc chao mung", "mung"),
)
_DUE = (
    *("trước", "xong", "chậm", "muộn", "gửi", "nộp", "hoàn", "hàng", "hằng", "từ", "đến", "trong"),
    *("báo", "hạn", "khi", ";"),
)
"""Words with which something else would be due."""
_PLACE_NAMES = frozenset(
    (
        *("tại", "nhà", "hội", "trường", "sân", "bể", "trạm", "trụ", "phòng", "trung", "xã"),
        *("phường", "thôn", "ubnd", "đình", "chùa", "công", "khu", "tổ", "cụm", "bảo", "văn", "cơ"),
        *("các", "huyện", "tỉnh", "thành", "quảng", "chợ", "rạp", "nghĩa", "tượng", "đài"),
        *("ban", "sở"),
    )
)


def skip_occasion(cursor: Cursor) -> bool:
    """Step over "chào mừng Quốc khánh 2/9", "(kỷ niệm … (19/5/1890 - 19/5/2026))", to the end.

    What it is held for has days of its own, but none on which something is due.
    """
    start = cursor.position
    bracket = cursor.accept("(", ",")
    depth = 1 if bracket == "(" else 0
    if not cursor.accept(*_OCCASIONS):
        cursor.position = start
        return False
    while (token := cursor.peek()) is not None and token.accented not in _DUE:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and _is_date_ahead(cursor):
            break  # "15/5 (chào mừng 19/5), 30/8 (…)"
        cursor.position += 1
        if depth == 0 and bracket == "(":
            return True
    if cursor.at_end and bracket != "(":
        return True
    cursor.position = start
    return False


def _is_date_ahead(cursor: Cursor) -> bool:
    """Tell whether another date is joined on here: ", tháng 10 (…)", "và 25/8"."""
    ahead = 2 if cursor.is_at(", va") else 1
    is_day = cursor.number(1, 31, ahead) > 0 and cursor.word(ahead + 1) == "/"
    names = cursor.word(ahead) in ("thang", "quy", "ngay", "den")
    return cursor.word() in (",", "va", "-") and (is_day or names)


def skip_place(cursor: Cursor) -> bool:
    """Step over the place that stands on a line of its own behind a date, to the end.

    In a column "Thời gian, địa điểm": "Quý II/2026" over "Hội trường UBND phường".
    """
    start = cursor.position
    token = cursor.peek()
    is_place = token is not None and token.line and token.accented in _PLACE_NAMES
    while is_place and skip_free(cursor):
        pass
    if is_place and cursor.at_end:
        return True
    cursor.position = start
    return False
