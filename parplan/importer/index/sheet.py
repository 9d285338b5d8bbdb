"""Reads a table of criteria as it is printed.

Columns are told by their headings, the tree by the numbers 1, 1.1, 1.1.1 (or I, 1, 1.1).
How a criterion is scored stays as printed in ``rule_text``: its rule is never guessed.
Whatever is not understood is noted with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from parplan.importer.clean import join_broken_lines, tidy
from parplan.importer.columns import Heading, Role, counts_columns, find_heading
from parplan.importer.grid import Place, Row, Source, Table
from parplan.problem import N_, Values, params
from parplan.text import fold

PartKind: TypeAlias = Literal["field", "bonus", "penalty"]

ROLES = (
    Role("number", ("stt", "tt", "so tt", "so thu tu", "ma so")),
    Role("other", ("tham dinh", "dat duoc", "chenh lech", "diem cong", "phuc tra"), first=True),
    Role("last_year", ("nam truoc", "diem nam truoc"), first=True),
    Role("own", ("diem tu cham", "tu cham", "tu danh gia", "diem tu danh gia"), first=True),
    Role("points", ("diem toi da", "diem chuan", "thang diem", "muc diem", "diem tham chieu"),
         weak=("diem",), unlike=("tu cham", "tu danh gia")),
    Role("evidence", ("tai lieu kiem chung", "kiem chung", "minh chung", "tai lieu")),
    Role("rule", ("cach cham", "cach tinh", "phuong phap", "huong dan", "cach thuc")),
    Role("remark", ("giai trinh", "ghi chu", "dien giai")),
    Role("title", ("tieu chi", "linh vuc", "noi dung", "chi so")),
)  # fmt: skip

# A number in the same cell as the title: "1.1. Công tác chỉ đạo", "II. …".
_NUMBERED = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|[IVX]{1,5})[.)]?\s+(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|[IVX]{1,5}|[A-Z]")
_POINTS = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2})0*)?(?: ?điểm)?")
_MOST = 1000
"""Points beyond which a number is none of a score."""
_SURVEY = ("dieu tra xa hoi hoc", "khao sat xa hoi hoc")


class SheetNote(msgspec.Struct, frozen=True):
    """What was not understood, and where it stands."""

    place: Place
    text: str
    values: Values = ()


class RawCriterion(msgspec.Struct):
    """A numbered row with what stands below it."""

    number: str
    title: str
    place: Place
    points: Decimal | None = None
    last_year: Decimal | None = None
    evidence: list[str] = []
    rule_text: list[str] = []
    remarks: list[str] = []
    survey: bool = False
    kind: PartKind = "field"
    notes: list[SheetNote] = []
    inside: list[RawCriterion] = []


class Sheet(msgspec.Struct):
    """The fields and groups of all tables, and what was not understood of them."""

    parts: list[RawCriterion] = []
    notes: list[SheetNote] = []


def criteria_heading(table: Table) -> Heading | None:
    """Return the heading of ``table`` where it lists criteria with points, else None."""
    return find_heading(table, ROLES, lambda roles: {"title", "points"} <= roles)


def read_criteria(source: Source) -> Sheet:
    """Return the criteria of all tables that list some."""
    sheet = Sheet(notes=[SheetNote(place, text) for text, place in source.gaps])
    for table in source.tables():
        heading = criteria_heading(table)
        if heading is not None:
            reader = _CriteriaReader(heading, sheet)
            for row in table.rows[heading.last + 1 :]:
                if not (heading.repeated_in(row) or counts_columns(row)):
                    reader.row(row)
    return sheet


class _CriteriaReader:
    """Takes the rows of one table, each into the piece that it belongs to."""

    def __init__(self, heading: Heading, sheet: Sheet) -> None:
        self.heading = heading
        self.sheet = sheet
        self.roman = ""
        self.chain: list[RawCriterion] = sheet.parts[-1:]

    def row(self, row: Row) -> None:
        number, title = self._named(row)
        if not number:
            self._more(row, title)
            return
        criterion = RawCriterion(number, title, row.place)
        self._fill(criterion, row)
        folded = fold(title)
        if "diem thuong" in folded or "diem cong" in folded:
            criterion.kind = "bonus"
        elif "diem tru" in folded:
            criterion.kind = "penalty"
        self._place(criterion)

    def _named(self, row: Row) -> tuple[str, str]:
        """Return the number of a row, from its own column or before the title, and the title."""
        number = self._printed(row, "number").rstrip(".)").replace(",", ".")
        title = join_broken_lines(self._printed(row, "title"))
        if number and _NUMBER.fullmatch(number):
            return number, title
        if number:
            printed = f"{number} {title} {self._printed(row, 'points')}"
            note = self._note(
                row, "number", N_("“%(said)s”: this is no number of a criterion"), printed
            )
            if self.chain:
                self.chain[-1].notes.append(note)
            return "", ""
        match = _NUMBERED.fullmatch(title)
        return (match[1], match[2]) if match else ("", title)

    def _printed(self, row: Row, role: str) -> str:
        parts = (tidy(row.text(column)) for column in self.heading.of(role))
        return "\n".join(dict.fromkeys(part for part in parts if part))

    def _note(self, row: Row, role: str, text: str, printed: str) -> SheetNote:
        where = self.heading.of(role)
        note = SheetNote(
            row.place.at(where[0]) if where else row.place, text, params(said=printed[:80])
        )
        self.sheet.notes.append(note)
        return note

    def _fill(self, criterion: RawCriterion, row: Row) -> None:
        criterion.points = self._number(criterion, row, "points")
        criterion.last_year = self._number(criterion, row, "last_year")
        criterion.evidence = [line.lstrip("-+• ") for line in self._lines(row, "evidence")]
        criterion.rule_text = self._lines(row, "rule")
        own_score, remark = self._printed(row, "own"), self._printed(row, "remark")
        criterion.remarks = [f"Điểm tự chấm trong tệp: {own_score}"] if own_score else []
        criterion.remarks += [remark] if remark else []
        whole = fold(" ".join([criterion.title, *criterion.rule_text, *criterion.evidence, remark]))
        criterion.survey = any(words in whole for words in _SURVEY)

    def _lines(self, row: Row, role: str) -> list[str]:
        return [line for line in join_broken_lines(self._printed(row, role)).split("\n") if line]

    def _number(self, criterion: RawCriterion, row: Row, role: str) -> Decimal | None:
        printed = self._printed(row, role)
        match = _POINTS.fullmatch(printed)
        value = Decimal(f"{match[1]}.{match[2] or ''}") if match else None
        if value is not None and value <= _MOST:
            return value
        if printed:
            criterion.notes.append(
                self._note(row, role, N_("“%(said)s” is no number of points"), printed)
            )
        return None

    def _place(self, criterion: RawCriterion) -> None:
        """Hang ``criterion`` where its number says that it belongs."""
        if not criterion.number[0].isdigit():
            self.roman = criterion.number
        if not criterion.number[0].isdigit() or (not self.roman and "." not in criterion.number):
            self.sheet.parts.append(criterion)
            self.chain = [criterion]
            return
        above = criterion.number.rpartition(".")[0]
        # Below Roman fields the numbers begin anew (I, 1, 2, II, 1, 2), so the field goes before.
        if self.roman:
            criterion.number = f"{self.roman}.{criterion.number}"
            above = f"{self.roman}.{above}" if above else self.roman
        depth = next((n for n, ancestor in enumerate(self.chain, 1) if ancestor.number == above), 0)
        if not depth:
            text = N_("“%(said)s” belongs to a row that is not there")
            criterion.notes.append(SheetNote(criterion.place, text, params(said=criterion.number)))
            self.sheet.notes += criterion.notes[-1:]
            if not self.chain:
                self.sheet.parts.append(criterion)
        self.chain = self.chain[: depth or 1]
        if self.chain:
            self.chain[-1].inside.append(criterion)
        self.chain.append(criterion)

    def _more(self, row: Row, title: str) -> None:
        """Take a row without a number: a sum, or how the criterion above it is scored."""
        # "Tổng điểm", "Cộng": sums, which the index works out by itself.
        if fold(title).startswith(("tong", "cong")):
            return
        points = self._printed(row, "points")
        if title and self.chain:
            above = self.chain[-1]
            above.rule_text.append(f"{title}: {points}" if points else title)
            above.rule_text += self._lines(row, "rule")
            above.evidence += self._lines(row, "evidence")
        elif title:
            self._note(row, "title", N_("“%(said)s” stands above the first criterion"), title)


def leaves(parts: Iterable[RawCriterion]) -> list[RawCriterion]:
    """Return the criteria that are scored by themselves, in order."""
    return [leaf for part in parts for leaf in (leaves(part.inside) if part.inside else [part])]
