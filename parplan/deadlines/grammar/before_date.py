"""Steps over what stands before a date and does not bear on it: the source, the start, how long."""

from __future__ import annotations

from parplan.deadlines.grammar.dates import read_date
from parplan.deadlines.grammar.free_words import accept_action, skip_free
from parplan.deadlines.grammar.meaning import Context
from parplan.deadlines.grammar.named_periods import read_series
from parplan.deadlines.grammar.names import skip_reference
from parplan.deadlines.grammar.tokens import Cursor

_BEGINS = (
    *("trien khai tu", "thuc hien tu", "bat dau tu", "khoi cong tu", "to chuc thuc hien tu"),
    *("bat dau trien khai tu", "bat dau thuc hien tu", "trien khai thuc hien tu"),
)
_ENDS = ("hoan thanh", "ket thuc", "xong", "hoan thien")
_DATA_UP_TO = tuple(
    f"so lieu {reach} {to}"
    for reach in ("tinh", "chot", "lay", "cap nhat", "tong hop")
    for to in ("den", "tu")
)


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
