"""Reads the tables and paragraphs of a PDF file that holds text, by pdfplumber.

That bounds neither time nor memory, so it works in a process of its own (``pdf_pages``), which
the system ends in time.  The library is an extra: few need it, and it brings four others.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import msgspec

import parplan
from parplan.importer.budget import Budget, too_big_error
from parplan.importer.grid import Block, Cell, Paragraph, Place, Row, Source, Table
from parplan.importer.office.guard import damaged_error
from parplan.problem import N_, UserError, params
from parplan.workspace import bounded, programs

SCANNED = N_("the page is a picture; it was not read")
"""Why a page of a file is left out that holds text elsewhere."""

NOT_FROZEN = N_(
    "this parplan reads no PDF files such as %(path)s; ask for the Word or Excel file it was made "
    "from"
)
"""What is said where nothing can be installed: the libraries would double the folder."""


class PageText(Paragraph, tag="text"):
    """A paragraph on a page."""


class PageTable(msgspec.Struct, tag="table"):
    """A table, or the piece of one, on a page.

    ``rows`` has, by row and column, the number of the cell that stands there, merged ones in
    several places; -1 where there is none.
    """

    page: int
    cells: list[Cell]
    rows: list[list[int]]


class PdfContent(msgspec.Struct):
    """What the pages hold, in order, and what was left out of them."""

    blocks: list[PageText | PageTable] = []
    gaps: list[tuple[str, Place]] = []
    refusal: str = ""
    """Why nothing is to be read: a marked text about the path of the file."""


def read_pdf(budget: Budget) -> Source:
    """Return what the PDF file holds; raises UserError where it cannot be read."""
    path = budget.path
    if importlib.util.find_spec("pdfplumber") is None:
        text = (
            NOT_FROZEN
            if programs.own_folder()
            else N_(
                "to read PDF files such as %(path)s install parplan with its extra: pip install "
                "'parplan[pdf]'; or ask for the Word or Excel file it was made from"
            )
        )
        raise UserError(text, params(path=path))
    content = _content(path)
    if content.refusal:
        raise UserError(content.refusal, params(path=path))
    return _to_source(content, budget)


def _content(path: Path) -> PdfContent:
    # The folder that parplan itself came from; nothing of the folder at work is imported (-P).
    home = str(Path(parplan.__file__).parents[1])
    folders = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-P", "-m", "parplan.importer.office.pdf_pages", str(path)]
    try:
        printed = bounded.run(command, bounded.FOR_STRANGERS, {"PYTHONPATH": folders})
        return msgspec.json.decode(printed, type=PdfContent)
    except subprocess.TimeoutExpired as error:
        raise too_big_error(path) from error
    except subprocess.CalledProcessError as error:
        # Ended by a signal: by the system, for what it took.
        raise (too_big_error if error.returncode < 0 else damaged_error)(path) from error
    except (OSError, msgspec.DecodeError) as error:
        raise damaged_error(path) from error


def _to_source(content: PdfContent, budget: Budget) -> Source:
    blocks: list[Block] = []
    tables = 0
    for block in content.blocks:
        if isinstance(block, PageText):
            blocks.append(block)
            continue
        tables += 1
        place = Place(table=tables, page=block.page)
        rows = [
            Row(
                msgspec.structs.replace(place, row=number),
                [block.cells[cell] if cell >= 0 else Cell() for cell in row],
            )
            for number, row in enumerate(block.rows, 1)
        ]
        blocks.append(Table(Place(table=tables), rows, budget))
    return Source(blocks, content.gaps)
