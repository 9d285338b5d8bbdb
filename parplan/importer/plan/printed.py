"""Rows of a plan's appendix as printed, before anything is understood of them.

The headings that its columns can have, and the parts of a row with their places.
"""

from __future__ import annotations

import re

import msgspec

from parplan.importer.columns import Heading, Role, find_heading
from parplan.importer.grid import Place, Table

ROLES = (
    Role("number", ("stt", "tt", "so tt", "so thu tu", "s tt", "thu tu")),
    # Days that are no deadline: of receipt, of assignment, of what was done already.
    Role("other", ("thoi gian nhan", "ngay nhan", "ngay giao", "thoi gian giao", "thuc te",
                   "ngay ban hanh", "ngay van ban", "ngay ky", "ngay den"),
         first=True),
    Role("start", ("bat dau", "khoi dau", "trien khai tu"), first=True),
    Role("section", ("linh vuc", "nhom nhiem vu", "nhom"), first=True),
    Role("supporting", ("phoi hop",), unlike=("chu tri",), first=True),
    Role("deadline", ("thoi gian", "thoi han", "tien do", "thoi diem", "lo trinh", "han"),
         weak=("hoan thanh", "ket thuc", "ngay")),
    Role("requirement", ("yeu cau", "ket qua", "san pham", "muc tieu", "chi tieu", "dau ra"),
         weak=("hoan thanh",)),
    Role("title", ("noi dung", "nhiem vu", "cong viec", "ten nhiem vu", "hoat dong",
                   "giai phap", "dau viec")),
    Role("units", ("bo phan", "don vi", "co quan", "chu tri", "phu trach", "can bo",
                   "cong chuc", "phong ban", "tham muu", "nguoi"),
         weak=("thuc hien", "phoi hop"), unlike=("don vi tinh", "don vi do")),
    Role("remark", ("ghi chu",)),
)  # fmt: skip
_COUNTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2}){0,2}[.)]?")
PARTS = ("title", "requirement", "deadline", "units", "supporting")


class RawPart(msgspec.Struct):
    """What a cell says, and where it stands; ``doubt`` is that of the cell."""

    text: str
    place: Place
    doubt: str = ""


class RawTask(msgspec.Struct):
    """A row as printed; ``number`` is empty where none is."""

    number: str
    place: Place
    parts: dict[str, list[RawPart]]
    cells: dict[str, list[int]] = {}

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


class RawSection(msgspec.Struct):
    """A section as printed; ``number`` and ``title`` are empty where there is no such row."""

    number: str
    title: str
    place: Place
    table: int
    tasks: list[RawTask] = []


class RawAppendix(msgspec.Struct):
    """The sections of all tables, the first table's headings, and what was not understood."""

    sections: list[RawSection] = []
    headings: tuple[str, ...] = ()
    unread: list[tuple[str, str, Place]] = []
    tables: list[Place] = []
    left_out: list[str] = []


def is_appendix(roles: frozenset[str]) -> bool:
    """Tell whether columns of these roles make a table of tasks."""
    return "title" in roles and bool(roles & {"deadline", "units"})


def task_heading(table: Table) -> Heading | None:
    """Return the heading of ``table`` where it lists tasks, else None.

    A first column that nothing names, but that counts the rows below, holds their numbers.
    """
    heading = find_heading(table, ROLES, is_appendix)
    if (
        heading is None
        or heading.of("number")
        or any(0 in where for where in heading.columns.values())
    ):
        return heading
    below = [row.text(0).strip() for row in table.rows[heading.last + 1 :] if row.text(0).strip()]
    counting = [text for text in below if _COUNTS.fullmatch(text)]
    # At least half: sections have Roman numbers, and some rows none.
    if len(counting) * 2 < len(below) or not counting:
        return heading
    return msgspec.structs.replace(heading, columns={**heading.columns, "number": (0,)})


def left_out(heading: Heading) -> list[str]:
    """Return the headings of columns that a plan has no place for."""
    read = {column for part in (*PARTS, "number", "section") for column in heading.of(part)}
    texts = [text for column, text in enumerate(heading.texts) if column not in read and text]
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))
