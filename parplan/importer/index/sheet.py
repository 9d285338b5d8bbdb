"""What index does a table of criteria hold?

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
    tables: list[Place] = []


def criteria_heading(table: Table) -> Heading | None:
    """Return the heading of ``table`` where it lists criteria with points, else None."""
    return find_heading(table, ROLES, lambda roles: {"title", "points"} <= roles)


def read_criteria(source: Source) -> Sheet:
    """Return the criteria of all tables that list some."""
    found = Sheet(notes=[SheetNote(place, text) for text, place in source.gaps])
    for table in source.tables():
        heading = criteria_heading(table)
        if heading is not None:
            found.tables.append(table.place)
            reader = _CriteriaReader(heading, found)
            for row in table.rows[heading.last + 1 :]:
                if not (heading.repeated_in(row) or counts_columns(row)):
                    reader.row(row)
    return found


class _CriteriaReader:
    """Takes the rows of one table, each into the piece that it belongs to."""

    def __init__(self, heading: Heading, found: Sheet) -> None:
        self.heading = heading
        self.found = found
        self.roman = ""
        self.chain: list[RawCriterion] = found.parts[-1:]

    def row(self, row: Row) -> None:
        number, title = self._named(row)
        if not number:
            self._more(row, title)
            return
        one = RawCriterion(number, title, row.place)
        self._fill(one, row)
        said = fold(title)
        if "diem thuong" in said or "diem cong" in said:
            one.kind = "bonus"
        elif "diem tru" in said:
            one.kind = "penalty"
        self._place(one)

    def _named(self, row: Row) -> tuple[str, str]:
        """Return the number of a row, from its own column or before the title, and the title."""
        number = self._said(row, "number").rstrip(".)").replace(",", ".")
        title = join_broken_lines(self._said(row, "title"))
        if number and _NUMBER.fullmatch(number):
            return number, title
        if number:
            said = f"{number} {title} {self._said(row, 'points')}"
            note = self._note(
                row, "number", N_("“%(said)s”: this is no number of a criterion"), said
            )
            if self.chain:
                self.chain[-1].notes.append(note)
            return "", ""
        found = _NUMBERED.fullmatch(title)
        return (found[1], found[2]) if found else ("", title)

    def _said(self, row: Row, role: str) -> str:
        parts = (tidy(row.text(column)) for column in self.heading.of(role))
        return "\n".join(dict.fromkeys(part for part in parts if part))

    def _note(self, row: Row, role: str, text: str, said: str) -> SheetNote:
        where = self.heading.of(role)
        note = SheetNote(
            row.place.at(where[0]) if where else row.place, text, params(said=said[:80])
        )
        self.found.notes.append(note)
        return note

    def _fill(self, one: RawCriterion, row: Row) -> None:
        one.points = self._number(one, row, "points")
        one.last_year = self._number(one, row, "last_year")
        one.evidence = [line.lstrip("-+• ") for line in self._lines(row, "evidence")]
        one.rule_text = self._lines(row, "rule")
        own, remark = self._said(row, "own"), self._said(row, "remark")
        one.remarks = [f"Điểm tự chấm trong tệp: {own}"] if own else []
        one.remarks += [remark] if remark else []
        whole = fold(" ".join([one.title, *one.rule_text, *one.evidence, remark]))
        one.survey = any(words in whole for words in _SURVEY)

    def _lines(self, row: Row, role: str) -> list[str]:
        return [line for line in join_broken_lines(self._said(row, role)).split("\n") if line]

    def _number(self, one: RawCriterion, row: Row, role: str) -> Decimal | None:
        said = self._said(row, role)
        found = _POINTS.fullmatch(said)
        value = Decimal(f"{found[1]}.{found[2] or ''}") if found else None
        if value is not None and value <= _MOST:
            return value
        if said:
            one.notes.append(self._note(row, role, N_("“%(said)s” is no number of points"), said))
        return None

    def _place(self, one: RawCriterion) -> None:
        """Hang ``one`` where its number says that it belongs."""
        if not one.number[0].isdigit():
            self.roman = one.number
        if not one.number[0].isdigit() or (not self.roman and "." not in one.number):
            self.found.parts.append(one)
            self.chain = [one]
            return
        above = one.number.rpartition(".")[0]
        if self.roman:
            one.number = f"{self.roman}.{one.number}"
            above = f"{self.roman}.{above}" if above else self.roman
        depth = next((n for n, each in enumerate(self.chain, 1) if each.number == above), 0)
        if not depth:
            text = N_("“%(said)s” belongs to a row that is not there")
            one.notes.append(SheetNote(one.place, text, params(said=one.number)))
            self.found.notes += one.notes[-1:]
            if not self.chain:
                self.found.parts.append(one)
        self.chain = self.chain[: depth or 1]
        if self.chain:
            self.chain[-1].inside.append(one)
        self.chain.append(one)

    def _more(self, row: Row, title: str) -> None:
        """Take a row without a number: a sum, or how the criterion above it is scored."""
        if fold(title).startswith(("tong", "cong")):
            return
        points = self._said(row, "points")
        if title and self.chain:
            above = self.chain[-1]
            above.rule_text.append(f"{title}: {points}" if points else title)
            above.rule_text += self._lines(row, "rule")
            above.evidence += self._lines(row, "evidence")
        elif title:
            self._note(row, "title", N_("“%(said)s” stands above the first criterion"), title)


def leaves(parts: Iterable[RawCriterion]) -> list[RawCriterion]:
    """Return the criteria that are scored by themselves, in order."""
    return [leaf for one in parts for leaf in (leaves(one.inside) if one.inside else [one])]
