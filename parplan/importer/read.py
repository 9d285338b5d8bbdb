"""Reads a file with the reader that fits what it holds and how its name ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from parplan.importer.budget import Budget
from parplan.importer.columns import Heading
from parplan.importer.grid import Paragraph, Source, Table
from parplan.importer.office.guard import check_kind, read_bounded_file
from parplan.importer.office.month_first import doubt_dates
from parplan.importer.office.other_formats import CONVERTED, convert
from parplan.importer.plan.appendix import read_appendix
from parplan.importer.plan.finished import FINISHED
from parplan.importer.plan.lost_rows import is_glued
from parplan.importer.plan.printed import task_heading
from parplan.problem import N_, UserError, params
from parplan.text import fold

# "Nội dung", "nhiệm vụ", "Thời gian", "Kế hoạch", … as their TCVN3 and VNI bytes look in
# Unicode: old files that only their font shows as Vietnamese.
_LEGACY = re.compile(
    r"Néi dung|nhiÖm vô|Thêi gian|KÕ ho¹ch|§¬n vÞ|Yªu cÇu|Noäi dung|nhieäm vuï|Thôøi gian"
)
# Columns of a letterhead, which are told by the gap between them.
_LETTERHEAD = 2


def read_office_file(
    path: Path,
    heading_of: Callable[[Table], Heading | None] = task_heading,
    *,
    with_hidden: bool = False,
) -> Source:
    """Return what the file ``path`` holds; ``heading_of`` finds what heads a table looked for.

    Hidden rows and columns of a workbook are left out unless ``with_hidden``.
    Raises UserError when it is of another kind, damaged, locked, too large or not safe.
    """
    source = _read(path, heading_of, with_hidden)
    for table in source.tables():
        doubt_dates(table)
    return source


def _read(path: Path, heading_of: Callable[[Table], Heading | None], with_hidden: bool) -> Source:
    ending = path.suffix.lower()
    budget = Budget(path)
    data = read_bounded_file(budget)
    check_kind(path, data)
    if ending == ".csv":
        from parplan.importer.office.csv_file import read_csv

        return read_csv(data, heading_of, budget)
    if ending == ".pdf":
        from parplan.importer.office.pdf_file import read_pdf

        return read_pdf(budget)
    if ending in CONVERTED:
        data, ending = convert(data, budget), CONVERTED[ending]
    if ending in (".xlsx", ".xlsm"):
        from parplan.importer.office.sheet_file import read_xlsx

        return read_xlsx(data, budget, with_hidden=with_hidden)
    from parplan.importer.office.word_file import read_docx

    return read_docx(data, budget)


def only_sheet(path: Path, source: Source, name: str) -> Source:
    """Return what the sheet ``name`` of ``source`` holds; UserError where there is none."""
    sheets = {table.place.sheet: table for table in source.tables() if table.place.sheet}
    if name not in sheets:
        text = (
            N_("%(path)s has no sheet “%(name)s”, but: %(names)s")
            if sheets
            else N_("%(path)s has no sheets")
        )
        raise UserError(text, params(path=path, name=name, names="; ".join(sheets)))
    gaps = [(reason, place) for reason, place in source.gaps if place.sheet == name]
    return Source([sheets[name]], gaps)


def no_table_error(path: Path, source: Source) -> UserError:
    """Return why no task was found: an old encoding of letters, or no such table."""
    letters = " ".join(
        cell.text for t in source.tables() for row in t.rows[:20] for cell in row.cells
    )
    if _LEGACY.search(letters):
        text = N_(
            "the letters of %(path)s are in an old encoding (TCVN3 '.VnTime' or VNI fonts); "
            "convert it to Unicode first, for example with UniKey"
        )
    elif any(isinstance(block, Paragraph) and is_glued(block.text) for block in source.blocks):
        text = N_(
            "the table of %(path)s turns into plain text when LibreOffice reads it; open the file "
            "and save it as .docx"
        )
    elif path.suffix.lower() == ".pdf" and all(t.width <= _LETTERHEAD for t in source.tables()):
        text = N_(
            "no table was found in %(path)s: in a PDF file one is seen by the lines around its "
            "cells; ask for the Word or Excel file it was made from"
        )
    elif not source.tables() or not fold(letters):
        text = N_("%(path)s holds no table")
    elif any(why == FINISHED for why, _printed, _place in read_appendix(source.blocks).unread):
        text = N_("%(path)s lists what is finished, and no task that is still to do")
    else:
        text = N_(
            "no table of tasks found in %(path)s: its headings should name the task (Nội dung, "
            "Nhiệm vụ) and the deadline (Thời gian) or the unit (Bộ phận, Đơn vị)"
        )
    return UserError(text, params(path=path))
