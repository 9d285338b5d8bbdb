"""``parplan score import``: the office's set of criteria from a file, as a new index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parplan import i18n
from parplan.cli import delivery
from parplan.cli.options import NewFile, Shared
from parplan.cli.output import show_lines
from parplan.cli.session import open_session
from parplan.i18n import _
from parplan.importer.index.build import assemble_index
from parplan.importer.index.sheet import criteria_heading, read_criteria
from parplan.importer.index.text import index_text
from parplan.problem import N_, UserError, params
from parplan.render.terminal.imported import index_lines
from parplan.workspace import files
from parplan.workspace.workspace import INDEX_SCHEMA, packaged_file

EXAMPLES = (
    "parplan score import bo-chi-so.xlsx",
    "parplan score import bo-chi-so.csv -o plan/2026.index.yaml --year 2026",
)


def import_index(
    file: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"),
            help=N_("The criteria: a file of Excel, Word or LibreOffice, or .csv."),
        ),
    ],
    *,
    output: NewFile = None,
    shared: Shared,
) -> None:
    """Read the criteria and write them as the year's index."""
    from parplan.importer.read import read_office_file

    session = open_session(shared)
    year, workspace = session.plan.year, session.workspace
    path = Path(file)
    sheet = read_criteria(read_office_file(path, criteria_heading))
    if not sheet.parts:
        text = N_(
            "no table of criteria found in %(path)s: its headings should name the criterion (Tiêu "
            "chí) and its points (Điểm tối đa, Điểm chuẩn)"
        )
        raise UserError(text, params(path=path))
    with i18n.speaking(session.plan.language):
        title = _("Index of %(year)s, from %(file)s") % {"year": year, "file": path.name}
        imported = assemble_index(sheet, year, title)
        text = index_text(path, imported)
    name = workspace.shown(workspace.index_path(year))
    target = delivery.put(text.encode(), workspace.root, name, output)
    if target is not None:
        files.create(workspace.root / INDEX_SCHEMA, packaged_file(INDEX_SCHEMA).read_bytes())
        show_lines(list(index_lines(sheet, imported, target)))


CALLBACKS = {"score import": import_index}
