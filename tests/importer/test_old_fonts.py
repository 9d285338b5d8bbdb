"""Text for the fonts .VnTime and VNI: read as these show it; the font alone tells."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from parplan.importer.office.old_fonts import CONVERTED
from tests.helpers.imports import imported, summary
from tests.helpers.office_files import Rows, document, saved, sheet, with_part

TCVN3: Rows = [
    ("STT", "Néi dung", "Thêi gian", "§¬n vÞ"),
    ("1", "Rµ so¸t v¨n b¶n", "Tr\xadíc ngµy 15/11/2026", "T\xad ph¸p"),
]
VNI: Rows = [
    ("STT", "Noäi dung", "Thôøi gian", "Ñôn vò"),
    ("1", "Raø soaùt vaên baûn", "Tröôùc ngaøy 15/11/2026", "Tö phaùp"),
]
READ = [("1", "Rà soát văn bản", "Trước ngày 15/11/2026", ["Tư pháp"])]


def set_font(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(key), font)


def by_run(doc: Any, font: str) -> None:
    for row in doc.tables[0].rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                set_font(run._r.get_or_add_rPr(), font)


def by_style(doc: Any, font: str) -> None:
    set_font(doc.styles["Normal"].element.get_or_add_rPr(), font)


def by_default(doc: Any, font: str) -> None:
    fonts = next(doc.styles.element.find(qn("w:docDefaults")).iter(qn("w:rFonts")))
    fonts.attrib.clear()
    fonts.set(qn("w:ascii"), font)


@pytest.mark.parametrize("place", [by_run, by_style, by_default])
@pytest.mark.parametrize(("font", "rows"), [(".VnTime", TCVN3), ("VNI-Times", VNI)])
def test_a_document_is_read_as_its_fonts_show_it(
    place: Any, font: str, rows: Rows, tmp_path: Path
) -> None:
    data = document(rows, finish=lambda doc: place(doc, font))
    plan = imported(saved(tmp_path, "a.docx", data))

    assert summary(plan) == READ
    assert plan.plan.sections[0].tasks[0].schedule != []
    notes = [note.place for note in plan.notes if note.text == CONVERTED]
    assert [(place.table, place.row) for place in notes] == [(1, 1)]


def test_a_letter_that_word_takes_for_a_hyphen(tmp_path: Path) -> None:
    """The byte of 'ư' is a soft hyphen elsewhere, for which Word has an element."""
    data = with_part(
        document(TCVN3, finish=lambda doc: by_run(doc, ".VnTime")),
        "word/document.xml",
        lambda part: part.replace("\xad".encode(), b"</w:t><w:softHyphen/><w:t>"),
    )

    assert summary(imported(saved(tmp_path, "a.docx", data))) == READ


def test_other_fonts_show_what_is_there(tmp_path: Path) -> None:
    rows = [("STT", "Nội dung", "Thời gian", "Đơn vị"), ("1", "Hải quan", "Quý I", "é ö")]
    data = document(rows, finish=lambda doc: by_run(doc, "Times New Roman"))
    plan = imported(saved(tmp_path, "a.docx", data))

    assert summary(plan) == [("1", "Hải quan", "Quý I", ["é ö"])]
    assert [note for note in plan.notes if note.text == CONVERTED] == []


def workbook(rows: Rows, font: str) -> bytes:
    """Return a workbook with ``rows``, their cells in this font; one cell has one of its own."""
    book = openpyxl.load_workbook(io.BytesIO(sheet(("PL", rows))))
    page = book["PL"]
    for row in page.iter_rows():
        for cell in row:
            cell.font = Font(name=font)
    out = io.BytesIO()
    page["D2"] = CellRichText(
        TextBlock(InlineFont(rFont="Arial"), "Tư "),
        TextBlock(InlineFont(rFont=font), rows[1][3].split()[1]),
    )
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("font", "rows"), [(".VnTime", TCVN3), ("VNI-Times", VNI)])
def test_a_sheet_is_read_as_its_fonts_show_it(font: str, rows: Rows, tmp_path: Path) -> None:
    plan = imported(saved(tmp_path, "a.xlsx", workbook(rows, font)))

    assert summary(plan) == READ
    notes = [note.place for note in plan.notes if note.text == CONVERTED]
    assert [(place.sheet, place.row) for place in notes] == [("PL", 1)]
