"""Reads a label that stands behind its date: "… (báo cáo 6 tháng)", "… đối với báo cáo năm"."""

from __future__ import annotations

import msgspec

from parplan.deadlines.grammar.free_words import skip_free
from parplan.deadlines.grammar.labels import LABEL_HEADS, DateLabel, read_periods_label
from parplan.deadlines.grammar.purposes import skip_year_of_object
from parplan.deadlines.grammar.tokens import Cursor

_OTHERS_DATE = ("truoc", "trong", "cham", "muon", "xong")
"""With these the day of somebody else begins behind a comma."""


def _skip_whom(cursor: Cursor, begin: int) -> bool:
    """Step over the rest of "đối với UBND cấp xã", if nothing there speaks of time."""
    cursor.position = begin
    goes_on = False
    while not goes_on and (skip_free(cursor) or skip_year_of_object(cursor) or cursor.accept(",")):
        goes_on = cursor.word() == "," and cursor.word(1) in _OTHERS_DATE
    is_whole = cursor.at_end or goes_on
    return begin < cursor.position and is_whole and cursor.phrase.tokens[begin - 1].text == "voi"


def accept_trailing_label(cursor: Cursor, year: int) -> DateLabel | None:
    """Read a label behind its date: "(báo cáo 6 tháng)", "đối với báo cáo năm"."""
    start = cursor.position
    bracket = cursor.accept("(")
    if not cursor.accept("doi voi", "cho") and not bracket:
        return None
    begin = cursor.position
    cursor.accept(*LABEL_HEADS)
    label = read_periods_label(cursor, year, cursor.phrase.between(begin, cursor.position))
    if label is None and not bracket and _skip_whom(cursor, begin):
        label = DateLabel()
    if label is None or (bracket and cursor.word() != ")"):
        cursor.position = start
        return None
    label = msgspec.structs.replace(label, text=cursor.phrase.between(begin, cursor.position))
    cursor.accept(")") if bracket else None
    return label
