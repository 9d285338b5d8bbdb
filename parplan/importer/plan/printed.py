"""Rows of a plan's appendix as printed, before anything is understood of them.

The headings that its columns can have, and the parts of a row with their places.
"""

from __future__ import annotations

import re

import msgspec

from parplan.importer.columns import Heading, Role, find_heading, simplify_heading
from parplan.importer.grid import Place, Row, Table
from parplan.importer.plan.finished import without_done_days
from parplan.importer.plan.lookalikes import (
    counts_tasks,
    lists_occurrences,
    lists_people,
    without_figures,
)
from parplan.problem import N_
from parplan.text import fold

# A year's months and quarters as columns of marks: "T1", "Tháng 1", "1", "Quý I".
PERIOD_HEADINGS = {
    f"{name}{number}": f"tháng {number}"
    for number in range(1, 13)
    for name in ("", "0" if number < 10 else "", "t", "t ", "thang ", "th ")
} | {
    f"quy {name}": f"quý {roman}"
    for number, roman in enumerate(("I", "II", "III", "IV"), 1)
    for name in (number, roman.lower())
}

SHORT_UNITS = ("dv", "d v", "dvi")
"""Headings that may be "đơn vị" or, beside that, what something is counted in."""

ROLES = (
    Role("number", ("stt", "tt", "so tt", "so thu tu", "s tt", "thu tu"), whole=("so", "no")),
    # Days that are no deadline: of receipt, of assignment, of what was done already, and the
    # next one of several in parplan's own workbook.
    Role("other", ("thoi gian nhan", "ngay nhan", "ngay giao", "thoi gian giao", "thuc te",
                   "ngay ban hanh", "ngay van ban", "ngay ky", "ngay den", "muc do hoan thanh",
                   "muc hoan thanh", "phan tram hoan thanh", "ty le hoan thanh",
                   "ti le hoan thanh", "% hoan thanh",
                   "tinh trang hoan thanh", "tinh hinh hoan thanh", "ngay sinh", "nam sinh",
                   "ngay cap", "ngay tiep nhan", "ngay chuyen", "ngay vao", "ngay tao", "ngay lap",
                   "ngay nhap", "thoi gian tao", "thoi gian lap", "thoi gian nhap",
                   "thoi gian cap nhat", "thoi gian tiep nhan", "thoi gian tre", "thoi gian cham",
                   "thoi gian con lai", "thoi gian qua han"),
         first=True, whole=("han toi", "so ngay", "so ngay thuc hien", "thoi gian thuc hien ngay")),
    Role("code", ("ma nhiem vu", "ma cong viec", "ma viec", "ma so", "ma hieu"), first=True,
         whole=("ma", "ma cv", "ma nv")),
    Role("start", ("bat dau", "khoi dau", "trien khai tu", "tu ngay", "tu thang"), first=True,
         unlike=("ket thuc", "hoan thanh", "den ngay", "den thang"),
         whole=("tu", "start", "start date")),
    Role("period", (), whole=tuple(PERIOD_HEADINGS)),
    # Whom an inspection goes to is what it is about, not who does it.
    Role("title", ("duoc kiem tra", "duoc thanh tra", "duoc giam sat", "doi tuong kiem tra",
                   "doi tuong thanh tra", "doi tuong giam sat"), first=True),
    Role("section", ("linh vuc", "nhom nhiem vu", "nhom"), first=True),
    Role("supporting", ("phoi hop", "dong xu ly", "dong thuc hien", "ai ho tro"),
         unlike=("chu tri",), first=True,
         whole=("support", "tham gia", "don vi tham gia",
                "ho tro", "bo phan ho tro", "don vi ho tro", "co quan ho tro",
                "bo phan thuc hien ho tro", "don vi thuc hien ho tro", "co quan thuc hien ho tro")),
    Role("deadline", ("thoi gian", "thoi han", "tien do", "thoi diem", "lo trinh", "han",
                      "deadline", "due date"),
         weak=("hoan thanh", "ket thuc", "ngay", "thang thuc hien", "quy thuc hien",
               "nam thuc hien"),
         whole=("den", "den ngay", "den thang", "thang", "quy", "tu ngay den ngay",
                "tu thang den thang"),
         unlike=("qua han", "dung han", "truoc han", "con han", "tre han", "han che", "gioi han",
                 "quyen han", "han muc")),
    Role("requirement", ("yeu cau", "ket qua", "san pham", "muc tieu", "chi tieu", "dau ra"),
         weak=("hoan thanh",)),
    Role("title", ("noi dung", "nhiem vu", "cong viec", "ten nhiem vu", "hoat dong",
                   "giai phap", "dau viec", "ten viec", "viec phai lam", "viec can lam",
                   "ten bao cao", "ten lop", "ten de an", "buoc"),
         unlike=("so nhiem vu", "so cong viec", "so luong", "tong so"),
         whole=("cong tac", "mang cong tac", "hang muc", "ten van ban", "chuyen de",
                "ten chuyen de", "ten chuong trinh", "ten cong trinh", "cong trinh")),
    Role("units", ("bo phan", "don vi", "co quan", "chu tri", "phu trach", "can bo",
                   "cong chuc", "phong ban", "tham muu", "nguoi", "dau moi", "trach nhiem",
                   "ai lam", "pic", "giao vien", "lanh dao thuc hien", "giao thuc hien",
                   "phan cong thuc hien",
                   *(f"{body} thuc hien" for body in ("to", "phong", "khoi", "khoa", "nganh",
                                                      "xa", "phuong", "thon", "lop", "truong"))),
         weak=("phoi hop",), unlike=("don vi tinh", "don vi do"),
         whole=("thuc hien", "thuc hien chinh", "phan cong", "phan cong cho", "giao", "giao cho",
                "giao ai", "khoa phong", *SHORT_UNITS)),
    Role("remark", ("ghi chu",)),
)  # fmt: skip
NOTHING_ABOVE = N_("“%(unread)s” stands for the cell above it, which is empty")
MARKS = frozenset("xX×✓✔√vV*●•■üþ")
"""Crosses, ticks and dots; "ü" and "þ" are ticks in the font Wingdings."""
_FEWEST_PERIODS, _MONTHS = 3, 12
_COUNTED = re.compile(r"(?:^| )[0-9]{1,2}$")
_NAMED_PERIOD = re.compile(r"\b(?:thang|quy|t)\b")
_COUNTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2}){0,2}[.)]?")
PARTS = ("title", "requirement", "deadline", "units", "supporting", "officers")
_DURATION = re.compile(r"[0-9]{1,3} (?:ngay|tuan|thang|gio|buoi)(?: lam viec)?")
_PERSON = re.compile(r"(?:can bo|cong chuc|nguoi)\b")
_OFFICE = re.compile(r"\b(?:bo phan|don vi|co quan|phong ban|phong)\b")
_LEADS = re.compile(r"\b(?:chi dao|ky|kiem tra|lanh dao)\b")
_LEADER = re.compile(r"(?:lanh dao|nguoi chi dao|nguoi ky)\b")


class RawPart(msgspec.Struct):
    """What a cell says, and where it stands; ``doubt`` is that of the cell."""

    text: str
    place: Place
    doubt: str = ""


class RawTask(msgspec.Struct):
    """A row as printed; ``number`` is empty where none is.

    ``step`` counts, from 1, the steps that stand under one number; 0 where there are none.
    """

    number: str
    place: Place
    parts: dict[str, list[RawPart]]
    cells: dict[str, list[int]] = {}
    step: int = 0

    def text(self, part: str) -> str:
        """Return what the row says under the heading ``part``."""
        return "\n".join(piece.text for piece in self.parts.get(part, ()) if piece.text)

    def doubt(self, part: str) -> str:
        """Return why ``part`` must be left open, nothing where there is no doubt."""
        return next((piece.doubt for piece in self.parts.get(part, ()) if piece.doubt), "")

    def where(self, part: str) -> Place:
        """Return where that stands."""
        parts = self.parts.get(part)
        return parts[0].place if parts else self.place


class RawSection(msgspec.Struct, eq=False):
    """A section as printed; ``number`` and ``title`` are empty where there is no such row.

    ``group`` is the number of a row that only heads those below it, and stands inside ``outer``.
    """

    number: str
    title: str
    table: int
    tasks: list[RawTask] = []
    group: str = ""
    outer: RawSection | None = None


class RawAppendix(msgspec.Struct):
    """The sections of all tables, the first table's headings, and what was not understood.

    ``below`` are the rows of signatures and notes, from the first of them.
    """

    sections: list[RawSection] = []
    headings: tuple[str, ...] = ()
    unread: list[tuple[str, str, Place]] = []
    tables: list[Table] = []
    below: list[Row] = []
    left_out: list[str] = []


def is_appendix(roles: frozenset[str]) -> bool:
    """Tell whether columns of these roles make a table of tasks."""
    return "title" in roles and bool(roles & {"deadline", "units", "period"})


def task_heading(table: Table) -> Heading | None:
    """Return the heading of ``table`` where it lists tasks, else None.

    A first column that nothing names, but that counts the rows below, holds their numbers.
    """
    heading = find_heading(table, ROLES, is_appendix)
    if heading is None:
        return None
    heading = _without_short_units(heading)
    heading = _without_durations(table, without_done_days(heading))
    heading = _with_officers(without_figures(table, heading))
    heading = _with_periods(heading)
    if not is_appendix(frozenset(heading.columns)):
        return None
    if counts_tasks(table, heading) or lists_occurrences(table) or lists_people(heading):
        return None
    if heading.of("number"):
        return heading
    numbers = heading.of("code")
    if not any(0 in where for where in heading.columns.values()):
        below = [text for row in table.rows[heading.last + 1 :] if (text := row.text(0).strip())]
        counting = [text for text in below if _COUNTS.fullmatch(text)]
        # At least half: sections have Roman numbers, and some rows none.
        if counting and len(counting) * 2 >= len(below):
            numbers = (0,)
    return heading.with_role("number", numbers)


def _with_periods(heading: Heading) -> Heading:
    """Return ``heading`` without columns that only look like those of months or quarters.

    Too few are none, nor are numbers that may count weeks or sessions.
    """
    where = heading.of("period")
    titles = [simplify_heading(heading.texts[column]) for column in where]
    are_counts = len(where) < _MONTHS and any(
        _COUNTED.search(title) and not _NAMED_PERIOD.search(title) for title in titles
    )
    return heading.with_role("period", () if len(where) < _FEWEST_PERIODS or are_counts else where)


def _without_short_units(heading: Heading) -> Heading:
    """Return ``heading`` without a column "ĐV" where another holds the units."""
    where = heading.of("units")
    named = [c for c in where if simplify_heading(heading.texts[c]) not in SHORT_UNITS]
    return heading.with_role("units", named or where)


def _without_durations(table: Table, heading: Heading) -> Heading:
    """Return ``heading`` without columns of how long work takes, where another says by when.

    Nor does one of quarters say more than that.
    """
    where = heading.of("deadline")
    rows = table.rows[heading.last + 1 :]
    due = [
        column
        for column in where
        if simplify_heading(heading.texts[column]) != "quy"
        and not all(_DURATION.fullmatch(fold(row.text(column))) for row in rows if row.text(column))
    ]
    return heading.with_role("deadline", due or where)


def _with_officers(heading: Heading) -> Heading:
    """Return ``heading`` with the column of officers, where others say which unit they are of.

    "Cán bộ phụ trách" alone holds units in many plans; who leads has nothing in hand, and no
    place in the plan.
    """
    titles = {column: simplify_heading(heading.texts[column]) for column in heading.of("units")}
    people = [c for c, title in titles.items() if _PERSON.match(title)]
    offices = [c for c, title in titles.items() if c not in people and _OFFICE.search(title)]
    officers = [c for c in people if not (_OFFICE.search(titles[c]) or _LEADS.search(titles[c]))]
    leaders = [c for c, title in titles.items() if c not in offices and _LEADER.match(title)]
    if not offices:
        return heading
    alone = officers if len(officers) == 1 else []
    units = [column for column in titles if column not in (*alone, *leaders)]
    return heading.with_role("units", units).with_role("officers", alone)


def other_heading(table: Table) -> Row | None:
    """Return the heading of ``table`` where it begins with one that names no columns of tasks.

    Such as "STT | Văn bản | Ngày ban hành | Cơ quan": its rows are no tasks, and what goes on
    with a table above begins with a number, not with "STT".
    """
    first = next((row for row in table.rows if any(cell.text for cell in row.cells)), None)
    return first if first is not None and is_heading_of_list(first) else None


def is_heading_of_list(row: Row) -> bool:
    """Tell whether ``row`` names the column of numbers, as only the heading of a list does."""
    numbers = next(role for role in ROLES if role.name == "number")
    return any(simplify_heading(cell.text) in numbers.words for cell in row.cells)


def left_out(heading: Heading) -> list[str]:
    """Return the headings of columns that a plan has no place for."""
    read_roles = (*PARTS, "number", "section", "period")
    read = {column for part in read_roles for column in heading.of(part)}
    texts = [text for column, text in enumerate(heading.texts) if column not in read and text]
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))
