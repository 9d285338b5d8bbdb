"""Reads what has no end: "thường xuyên, liên tục 24/7", "cả năm"."""

from __future__ import annotations

from parplan.deadlines.grammar.dates import peek_year
from parplan.deadlines.grammar.free import skip_free
from parplan.deadlines.grammar.meaning import Context, Meaning
from parplan.deadlines.grammar.recurrences import Lengths
from parplan.deadlines.grammar.recurrent import skip_own_year
from parplan.deadlines.grammar.tokens import Cursor
from parplan.schedule.rules import Continuous


def read_continuous(cursor: Cursor, context: Context, _lengths: Lengths) -> Meaning | None:
    """Read "thường xuyên", "hằng ngày" and "cả năm", and what says the same once more."""
    start = cursor.position
    is_all_year = not start and cursor.accept("ca nam", "trong ca nam", "suot nam")
    if is_all_year and (cursor.at_end or cursor.is_at(", khong de")):
        return Meaning("continuous", [Continuous(True)])
    cursor.position = start
    if cursor.accept("trong suot qua trinh", "trong qua trinh", "trong suot thoi gian"):
        while not cursor.is_at("thuong xuyen"):
            if not skip_free(cursor):
                cursor.position = start
                return None
    if cursor.accept("truc 24 / 24 h", "truc 24 / 24", "truc 24 / 7"):
        skip_own_year(cursor, context)
        return Meaning("continuous", [Continuous(True)])
    if cursor.accept("suot ca nam") and (cursor.at_end or peek_year(cursor) == context.year):
        cursor.position += 0 if cursor.at_end else 1
        return Meaning("continuous", [Continuous(True)])
    if cursor.word(-1) == "nam" and cursor.position > start:
        cursor.position = start  # "suốt cả năm học"
    if not cursor.accept("thuong xuyen", "lien tuc", "hang ngay", "quanh nam"):
        return None
    cursor.accept("( hang ngay )")
    if cursor.is_at(", trong"):
        cursor.position += 1
    while cursor.accept(
        *(", theo chuc nang , nhiem vu duoc giao", "theo chuc nang , nhiem vu duoc giao"),
        *(", ca nam hoc", "ca nam hoc", "trong nam hoc", ", trong nam hoc"),
        *(
            ", lien tuc",
            "va lien tuc",
            "lien tuc",
            ", hang ngay",
            "hang ngay",
            ", thuong xuyen",
            "thuong xuyen",
            ", ca nam",
            "ca nam",
            *(
                "24 / 7",
                "24 / 24 gio",
                "24 / 24 h",
                "24 / 24",
                "24 / 24 gio",
                "24 / 24 h",
                ", thuong xuyen",
                "thuong xuyen",
                ", 24 / 7",
                ", 24 / 24",
                "( 24 / 7 )",
            ),
        ),
    ):
        pass
    skip_own_year(cursor, context)
    return Meaning("continuous", [Continuous(True)])
