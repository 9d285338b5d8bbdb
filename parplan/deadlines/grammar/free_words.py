"""Steps over free words: what a text may say between and behind its dates without changing them.

Free words hold no number but a percentage, no word of the calendar and none that turns the sense:
whoever steps over them must stop where one stands.
"""

from __future__ import annotations

from parplan.deadlines.grammar.frequency import accept_weekday
from parplan.deadlines.grammar.names import skip_name, skip_reference
from parplan.deadlines.grammar.tokens import Cursor, is_about_time
from parplan.deadlines.grammar.vocabulary import ACTIONS, BODIES, MOVES, SHORT_ACTIONS, TURNS

_VAGUE = ("đầu", "giữa", "khoảng", "gần", "dịp", "tuần", "nửa")
"""Words that make another day of the date behind them: "(ra quân) vào đầu tháng 6"."""
_AS_PLANNED = (
    *("theo quy dinh", "theo dung quy dinh", "theo ke hoach", "theo mau", "theo de cuong"),
    *("theo tham quyen", "theo phan cong", "theo chuc nang", "theo quy trinh", "theo linh vuc"),
    *("theo doi", "theo dia ban", "theo nhiem vu", "theo huong dan", "theo phan cap"),
    *("ky hop hdnd cuoi nam", "ky hop cuoi nam", "ky hop", "ky ket", "ky thuat", "ky nang"),
    *("nhiem vu duoc giao", "duoc phan cong", "duoc giao"),
    *("lich cong tac tuan", "cong tac tuan", "ke hoach tuan", "bao cao tuan"),
    *("tre han", "qua han", "dung han", "truoc han", "som han"),
    *("( neu co )", "con hieu luc", "ky cam ket", "chuyen doi so", "sau sap xep", "sau kiem tra"),
    *("sau thanh tra", "sau do", "khong de", "khong bao truoc"),
)
"""Words that elsewhere would speak of time or turn the sense, but not like this."""


_COUNTED = (
    *("lan", "nam", "khoa", "ky", "buoc", "doan", "phien", "dot", "vong", "hang", "bac", "cap"),
    *("con", "nguoi", "vi", "phan", "chuong", "hoi", "giai", "quy", "nhom", "loai"),
)
"""What is counted with words like those of the days of the week."""
_FEASTS = ("dip", "mua", "ram", "tet", "trung thu", "giao thua")
"""In brackets behind a period they say when in it, and name no day."""
_RECEIVERS = (
    *("đại", "các", "từng", "toàn", "tận", "người", "cán", "ubnd", "sở", "phòng", "hộ", "cơ"),
    *("đơn", "thôn", "nhân", "công", "hội", "mọi", "học", "đảng", "đoàn", "chi", "khu"),
)
"""To whom something goes: "gửi tài liệu đến đại biểu", where "đến" is no end."""


def is_regular(cursor: Cursor, ahead: int = 0) -> bool:
    """Tell whether "định kỳ" says here how often: not in "báo cáo định kỳ kết quả …"."""
    following = cursor.peek(ahead + 2)
    is_word = following is not None and following.text.isalpha() and not is_about_time(following)
    stays = following is not None and following.text in ("trong", "vao", "theo", "mot")
    return cursor.is_at("dinh ky", ahead) and (stays or not is_word)


def accept_action(cursor: Cursor) -> str:
    """Step over a verb of ``vocabulary`` and return it folded, else ''."""
    if verb := cursor.accept(*ACTIONS):
        return verb
    if cursor.accented() not in SHORT_ACTIONS:
        return ""
    cursor.position += 1
    return cursor.word(-1)


def skip_free(cursor: Cursor) -> bool:
    """Step over one free word, or words that are only free together; tell whether it stood."""
    if cursor.accept(*_AS_PLANNED) or skip_name(cursor):
        return True
    if cursor.is_at("dinh ky )"):
        cursor.position += 2
        return True
    token, following = cursor.peek(), cursor.peek(1)
    if token is not None and following is not None and not is_regular(cursor):
        if cursor.accept("dinh ky"):
            return True
        is_sent = cursor.position > cursor.start + 1 and cursor.word(-1) in ("gui", "nop")
        if token.accented == "đến" and following.accented in _RECEIVERS and not is_sent:
            cursor.position += 2
            return True
    if token is None or is_about_time(token) or token.accented in TURNS:
        return False
    if token.text in ("thu", "chu") and _is_weekday(cursor):
        return False
    if token.accented in _VAGUE and is_about_time(cursor.peek(1)):
        return False
    if cursor.is_at("thuong xuyen") or cursor.is_at("lien tuc"):
        return False
    cursor.position += 1
    return True


def _is_weekday(cursor: Cursor) -> bool:
    """Tell whether "thứ Ba" stands here, and not "(lần) thứ ba"."""
    return accept_weekday(cursor.ahead()) > 0 and cursor.word(-1) not in _COUNTED


def skip_free_bracket(cursor: Cursor) -> bool:
    """Step over "(chào cờ, giao ban)" behind a date, but over nothing that moves it.

    "(Âm lịch)", "(bắt đầu)", "(lùi)" and brackets of single marks or letters are left.
    """
    start = cursor.position
    if not cursor.accept("("):
        return False
    if cursor.is_at("theo ke hoach )") or cursor.first_of(_FEASTS):
        cursor.position = start
        return False  # whose own dates are not here
    is_way = cursor.word() in ("qua", "do") and cursor.accented(1) in BODIES
    does = "" if skip_reference(cursor) else is_way or accept_action(cursor)
    letters = cursor.position - start
    while not cursor.accept(")"):
        token = cursor.peek()
        moves = token is not None and not does and token.accented in MOVES
        if token is None or moves or not skip_free(cursor):
            cursor.position = start
            return False
        letters += sum(map(str.isalpha, token.text))
    if letters < 2:
        cursor.position = start
    return letters > 1
