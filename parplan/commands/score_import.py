"""``parplan score import``: the office's set of criteria from Excel or CSV, as a new file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from parplan import i18n
from parplan.cli import delivery
from parplan.cli.options import NewFile, Shared
from parplan.cli.output import show_lines
from parplan.cli.session import Session, open_session
from parplan.i18n import _, fill, ngettext
from parplan.importer.index.build import ImportedIndex, assemble_index
from parplan.importer.index.sheet import Sheet, criteria_heading, leaves, read_criteria
from parplan.importer.index.text import index_text
from parplan.importer.places import place_in_words
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, dashed, paragraph
from parplan.text import visible
from parplan.workspace import files
from parplan.workspace.workspace import INDEX_SCHEMA, packaged_file

EXAMPLES = (
    "parplan score import bo-chi-so.xlsx",
    "parplan score import bo-chi-so.csv -o plan/2026.index.yaml --year 2026",
)


def import_index(
    file: Annotated[
        str,
        typer.Argument(metavar=N_("FILE"), help=N_("The criteria: an .xlsx, .csv or .docx file.")),
    ],
    *,
    output: NewFile = None,
    shared: Shared,
) -> None:
    """Read the criteria and write them as the year's index."""
    from parplan.importer.read import read_office_file

    session = open_session(shared)
    path = Path(file)
    sheet = read_criteria(read_office_file(path, lambda one: criteria_heading(one) is not None))
    if not sheet.parts:
        text = N_(
            "no table of criteria found in %(path)s: its headings should name the criterion (Tiêu "
            "chí) and its points (Điểm tối đa, Điểm chuẩn)"
        )
        raise UserError(text, params(path=path))
    with i18n.speaking(session.plan.language):
        title = _("Index of %(year)s, from %(file)s")
        found = assemble_index(
            sheet, session.plan.year, title % {"year": session.plan.year, "file": path.name}
        )
        said = index_text(path, found)
    shown = session.workspace.shown(session.workspace.index_path(session.plan.year))
    target = delivery.put(said.encode(), session.workspace.root, shown, output)
    if target is not None:
        files.create(
            session.workspace.root / INDEX_SCHEMA, packaged_file(INDEX_SCHEMA).read_bytes()
        )
        show_lines(list(_summary(session, target, sheet, found)))


def _summary(session: Session, target: str, sheet: Sheet, found: ImportedIndex) -> Iterator[Line]:
    screen = paint.screen_width()
    index = found.index
    yield from paragraph(_("written  %(path)s") % {"path": target}, screen, "head")
    yield []
    count = len(leaves(sheet.parts))
    values = {
        "criteria": ngettext("%(n)s criterion", "%(n)s criteria", count),
        "fields": ngettext("%(n)s field", "%(n)s fields", len(index.fields)),
        "points": words.points(index.points),
    }
    text = _("%(criteria)s in %(fields)s, %(points)s points in all; each is scored by hand for now")
    yield from paragraph(text % values, screen)
    notes = [*sheet.notes, *(n for one in found.comments.values() for n in one)]
    for note in sorted(set(notes), key=lambda one: one.place.order({})):
        said = f"{place_in_words(note.place)}: {fill(note.text, note.values)}"
        yield from dashed(visible(said), screen)
    yield []
    text = _("Next: write rules and tasks in %(path)s, then type: parplan check")
    yield from paragraph(text % {"path": target}, screen)


CALLBACKS = {"score import": import_index}
