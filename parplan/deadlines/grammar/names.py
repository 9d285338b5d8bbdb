"""Steps over names that hold a number or a word of time: documents, counted things, named days.

"Kế hoạch số 12/KH-UBND ngày 15/01/2026", "Đề án 06", "05 nhà văn hóa", "60%", "Ngày Pháp luật".
"""

from __future__ import annotations

from parplan.deadlines.grammar.dates import read_date
from parplan.deadlines.grammar.tokens import Cursor, is_about_time
from parplan.deadlines.grammar.vocabulary import TURNS
from parplan.schedule.bounds import FIRST_YEAR, LAST_YEAR

_AFTER = (
    *("theo lo trinh tai", "theo tien do tai", "theo quy dinh tai", "theo noi dung", "can cu"),
    *("theo ke hoach tai", "theo yeu cau tai", "theo chi dao tai", "theo", "thuc hien", "tai"),
)
"""Words before the document by which something is done."""
_MARKS = ("/", "-", ".", "nam", "%")
_MOST_THINGS = 1900
"""From here on a number may be a year."""
_NUMBERED = ("so", "dieu", "khoan", "thu", "muc", "diem", "phan", "truoc", "trong", "vao", "la")
"""Words whose number is no count: "Điều 5"."""
_UNITS = ("gio", "phut", "buoi", "tuan", "dau", "cuoi", "giua", "va", "den", "hoac")
_NAMED = (
    *("de an", "nghi quyet", "chi thi", "ket luan", "chuong trinh", "luat", "nghi dinh", "du an"),
    *("ban chi dao", "bcd"),
)
"""What goes by its number alone: "Đề án 06", "Ban Chỉ đạo 35"."""
EVENTS = (
    *("tuan le", "thang hanh dong", "thang cao diem", "dot cao diem", "chien dich", "cao diem"),
    *("ngay hoi", "le hoi", "hoi thi", "thang thanh nien"),
)
"""What is held then, and begins with a word of time."""
_TIMES = (
    *("ngay hoi", "ngay chu nhat xanh", "ngay thu bay tinh nguyen", "cac ky sinh hoat"),
    *("ke hoach nam", "thang hanh dong", "thang thanh nien", "tuan le"),
    *("tuan hoc tap", "nam hoc mới", "dau nam hoc", "cuoi nam hoc", "ca nam hoc", "nam hoc"),
    *("hoc ky i", "hoc ky ii", "hoc ky 1", "hoc ky 2", "hki", "hkii"),
    *("nam thu nhat", "nam thu hai", "nam thu ba", "lan dau", "tung dot"),
)
"""Names with a word of time that say no date."""
_OF_YEARS = ("du toan", "ke hoach", "quyet toan", "ngan sach", "ke hoach von", "hoach von")
_NUMBERED_PLACES = ("lop", "khoi", "thon", "ap", "khu", "to", "xom", "ban", "dot", "lan")
_NUMBERED_NAMES = (("duong", "/", 1), ("khu", "/", 1), ("nhiem ky", "-", FIRST_YEAR))
"""Words before two numbers and the mark between them, and the least of the first."""
_SHORT_DOCUMENTS = ("tt", "nd", "qd", "cv", "nq", "ttlt", "tb", "ct", "kl", "hd")
"""Of a number and a year these are documents: "TT 09/2024"."""
DOCUMENTS = (
    *("thong bao ket luan", "ke hoach", "quyet dinh", "cong van", "nghi quyet", "chi thi"),
    *("thong bao", "ket luan"),
    *("huong dan", "nghi dinh", "thong tu", "chuong trinh", "cong dien", "to trinh", "van ban"),
)


def skip_name(cursor: Cursor) -> bool:
    """Step over a name or a number of things, and tell whether one stood here."""
    if skip_percentage(cursor) or skip_reference(cursor):
        return True
    if _skip_count(cursor) or _skip_name_with_number(cursor):
        return True
    if cursor.accept(*_TIMES):
        return True
    following = cursor.peek(1)
    is_between = cursor.is_at("giua") and following is not None and following.text.isalpha()
    # "Đối thoại giữa Chủ tịch với nhân dân".
    if (is_between and not is_about_time(following)) or is_named_day(cursor):
        cursor.position += 1
        return True
    return False


def is_named_day(cursor: Cursor) -> bool:
    """Tell whether "Ngày" begins a name, "Ngày Pháp luật", and no date."""
    words = [
        cursor.phrase.text[token.start : token.end]
        for token in (cursor.peek(), cursor.peek(1))
        if token
    ]
    return len(words) == 2 and words[0] == "Ngày" and words[1].istitle() and words[1].isalpha()


def skip_short_name(cursor: Cursor) -> bool:
    """Step over what goes by its number: "Đề án 06"."""
    start = cursor.position
    is_numbered = cursor.accept(*_NAMED) and cursor.number(1, 999)
    if is_numbered and cursor.word(1) not in (*_MARKS, "thang", "ngay", "gio"):
        cursor.position += 1
        return True
    cursor.position = start
    return False


def skip_reference(cursor: Cursor) -> bool:
    """Step over "Kế hoạch số 12/KH-UBND ngày 15/01/2026": a document, whose date is its own."""
    if skip_short_name(cursor):
        return True
    start = cursor.position
    cursor.accept(*_AFTER)
    short = cursor.accept(*_SHORT_DOCUMENTS)
    is_document = short or cursor.accept(*DOCUMENTS)
    if not (is_document and (cursor.accept("so"), cursor.number(1, 9999))[1]):
        cursor.position = start
        return False
    cursor.position += 1
    has_letters = short != "" and cursor.word() == "/" and cursor.number(1900, 2999, 1) > 0
    while (token := cursor.peek()) is not None and not token.space and token.text not in ",;.:()":
        has_letters = has_letters or token.text.isalpha()
        cursor.position += 1
    if not has_letters:
        cursor.position = start
        return False
    day = cursor.position
    date = read_date(cursor, 0) if cursor.word() == "ngay" else None
    if date is None or not date.year:
        cursor.position = day
    return True


def _skip_name_with_number(cursor: Cursor) -> bool:
    """Step over "đường 19/5", "nhiệm kỳ 2025-2030"."""
    if _skip_days_before_end(cursor):
        return True
    steps = 2 if cursor.is_at("nien do") else 4 if cursor.is_at("nien do ngan sach") else 0
    if steps and cursor.number(FIRST_YEAR, LAST_YEAR, steps) and cursor.word(steps + 1) != "-":
        cursor.position += steps + 1
        return True
    thing = f"{cursor.word(-2)} {cursor.word(-1)}" if cursor.position >= cursor.start + 2 else ""
    is_year = thing in _OF_YEARS and cursor.number(FIRST_YEAR, LAST_YEAR) > 0
    if is_year and cursor.word(1) not in ("/", "-", ".", ""):
        cursor.position += 1  # "gửi dự toán 2027 trước …"
        return True
    is_numbered = cursor.word() in _NUMBERED_PLACES and cursor.word(2) not in ("/", "-", ".")
    if is_numbered and cursor.number(1, 99, 1):
        cursor.position += 2
        return True
    if cursor.word() == "km" and cursor.number(0, 9999, 1) >= 0 and cursor.peek(1) is not None:
        cursor.position += 2
        cursor.position += 2 if cursor.word() == "+" else 0
        return True
    for words, mark, least in _NUMBERED_NAMES:
        steps = words.count(" ") + 1
        first, last = cursor.number(least, LAST_YEAR, steps), cursor.number(1, LAST_YEAR, steps + 2)
        if cursor.is_at(words) and first and cursor.word(steps + 1) == mark and last:
            cursor.position += steps + 3
            return True
    return False


def _skip_days_before_end(cursor: Cursor) -> bool:
    """Step over how long it takes: "(niêm yết) 15 ngày, (xong trước …)"."""
    days = cursor.number(1, 99)
    if not (days and cursor.is_at("ngay ,", 1) and cursor.word(3) in ("xong", "cham")):
        return False
    cursor.position += 3
    return True


def _skip_count(cursor: Cursor) -> bool:
    """Step over the "05" of "05 nhà văn hóa": a number of things, not of days or times."""
    number, thing = cursor.peek(), cursor.peek(1)
    before = cursor.peek(-1) if cursor.position > cursor.start else None
    if number is None or thing is None or before is None or not 0 < number.number < _MOST_THINGS:
        return False
    if not (number.space and thing.space and before.text.isalpha() and thing.text.isalpha()):
        return False
    if is_about_time(before) or before.text in _NUMBERED or before.accented in TURNS:
        return False
    if is_about_time(thing) or thing.text in _UNITS or len(thing.text) < 2:
        return False
    cursor.position += 1
    return True


def skip_percentage(cursor: Cursor) -> bool:
    """Step over "60%", "99,5 %"."""
    steps = 3 if cursor.word(1) in (",", ".") and cursor.number(0, 9999, 2) >= 0 else 1
    token = cursor.peek()
    if token is None or token.number < 0 or cursor.word(steps) != "%":
        return False
    cursor.position += steps + 1
    return True
