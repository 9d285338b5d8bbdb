"""The answer of ``import``: what was read, and what the clerk must look at."""

from __future__ import annotations

import msgspec

from parplan.i18n import fill
from parplan.importer.grid import Place
from parplan.importer.places import place_in_words
from parplan.importer.plan.assemble import ImportedPlan, ImportNote
from parplan.render.answers.answer import JsonAnswer


class ImportedSectionRecord(msgspec.Struct, frozen=True):
    """A section of the plan."""

    id: str
    title: str


class ImportedUnitRecord(msgspec.Struct, frozen=True):
    """A unit as written in the file, the id of what it was taken for, and whether that is new.

    ``near`` are the names of other units that differ from it by a letter or two.
    """

    written: str
    unit: str
    new: bool
    near: tuple[str, ...]


class PlaceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in an office file, as far as it has one."""

    table: int = 0
    page: int = 0
    sheet: str = ""
    line: int = 0
    row: int = 0
    cell: str = ""

    @classmethod
    def of(cls, place: Place) -> PlaceRecord:
        """Return ``place``; a cell has its name where a sheet has it."""
        cell = place.cell if place.sheet and place.column else ""
        return cls(place.table, place.page or 0, place.sheet, place.line, place.row, cell)


class NoteRecord(msgspec.Struct, frozen=True):
    """A place to look at, in words and by its parts."""

    code: str
    task: str
    place: str
    where: PlaceRecord
    message: str

    @classmethod
    def of(cls, note: ImportNote) -> NoteRecord:
        """Return ``note`` in the language in use."""
        place, where = place_in_words(note.place), PlaceRecord.of(note.place)
        return cls(note.code, note.task, place, where, fill(note.text, note.values))


class ImportAnswer(JsonAnswer, frozen=True):
    """The plan that was written to ``plan``, as it was read from ``file``."""

    file: str
    plan: str
    year: int
    tasks: int
    read: int
    open: int
    sections: list[ImportedSectionRecord]
    units: list[ImportedUnitRecord]
    missing: list[str]
    left_out: list[str]
    items: list[NoteRecord]

    @classmethod
    def of(cls, file: str, target: str, imported: ImportedPlan) -> ImportAnswer:
        """Return what of ``file`` went into the plan at ``target``."""
        sections = imported.plan.sections
        read, left_open = imported.deadlines()
        return cls(
            file=file,
            plan=target,
            year=imported.plan.year,
            tasks=sum(len(section.tasks) for section in sections),
            read=read,
            open=left_open,
            sections=[ImportedSectionRecord(section.id, section.title) for section in sections],
            units=[
                ImportedUnitRecord(
                    match.written, match.unit, match.unit in imported.new_units, match.near
                )
                for match in imported.units
            ],
            missing=imported.missing,
            left_out=imported.left_out,
            items=[NoteRecord.of(note) for note in imported.notes],
        )
