"""What stands around the text of an official document, as Nghị định 30/2020 lays it out.

Phụ lục I of the decree: the head with the two bodies, number, place and date; type and
subject; 'Kính gửi'; the signature with 'Nơi nhận'.  Sizes in points.
"""

from __future__ import annotations

import itertools
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt, Twips
from docx.table import Table, _Cell

from parplan.render.document import ooxml
from parplan.render.document.drafts import Header, date_in_words
from parplan.render.document.ooxml import CM
from parplan.render.document.text_width import text_width
from parplan.text import printable, whole_number

LEFT, RIGHT = 7 * CM, 10 * CM
_CELL_MARGINS = 216
_ROOM = round(16.5 * CM)
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LONGEST_NAME = 24  # letters of a body's name that fit one line of the left column


def head(document: Any, header: Header) -> None:
    """Add the head: bodies and nation, number and date (mục II.1 to II.4)."""
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    ooxml.fixed_width(table, [LEFT, RIGHT])
    left, right = table.rows[0].cells
    if header.superior:
        line(left, header.superior.upper(), 12)
    names = _two_lines(header.issuer.upper())
    for name in names:
        line(left, name, 12, bold=True)
    rule(left, LEFT - _CELL_MARGINS, max(text_width(name, 12) for name in names) * 21 // 50)
    line(right, _NATION, 12, bold=True)
    line(right, _MOTTO, 13, bold=True)
    rule(right, RIGHT - _CELL_MARGINS, text_width(_MOTTO, 13))
    left, right = table.rows[1].cells
    plain = whole_number(header.number)
    number = header.number if plain is None else f"{plain:02}"
    line(left, f"Số: {number or ' ' * 10}/{header.symbol}", 13)
    if not header.type:  # a letter has its subject here (mục II.5.b)
        line(left, f"V/v {header.title}", 12, before=6)
    line(right, f"{header.place}, {date_in_words(header.date)}", 13, italic=True)


def _two_lines(name: str) -> list[str]:
    words = name.split()
    if len(name) <= _LONGEST_NAME or len(words) < 4:
        return [name]
    ends = list(itertools.accumulate(len(word) + 1 for word in words))
    cut = min(
        range(1, len(words)),
        key=lambda i: (
            abs(2 * ends[i - 1] - ends[-1])
            + (0 if words[i] in ("PHƯỜNG", "XÃ", "QUẬN", "THÀNH", "TỈNH") else 6)
        ),
    )
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def subject(document: Any, header: Header) -> None:
    """Add the type and the subject with the line under them (mục II.5.a)."""
    if header.type:
        line(document, header.type.upper(), 14, bold=True, before=12)
        line(document, header.title, 14, bold=True)
        wide = min(text_width(header.title, 14), 14 * CM)
        rule(document, _ROOM, wide * 2 // 5)


def addressees(document: Any, to: tuple[str, ...]) -> None:
    """Add 'Kính gửi' (mục II.9): one addressee on the line, several below it with dashes."""
    if not to:
        return
    if len(to) == 1:
        line(document, f"Kính gửi: {to[0].rstrip('.;')}.", 14, before=12, after=6)
        return
    line(document, "Kính gửi:", 14, before=12)
    for index, addressee in enumerate(to):
        end = "." if index == len(to) - 1 else ";"
        paragraph = line(document, f"- {addressee.rstrip('.;')}{end}", 14)
        paragraph.alignment = ALIGN.LEFT
        # The dashes stand below the colon of the centred line above.
        colon = (_ROOM + text_width("Kính gửi:", 14)) // 2 - 60
        paragraph.paragraph_format.left_indent = Twips(colon)


def signature(document: Any, header: Header) -> None:
    """Add 'Nơi nhận' and the signature (mục II.7, II.9), on one page with the end of the text."""
    *_before, last = document.iter_inner_content()
    end = [last]
    if isinstance(last, Table):  # with nothing between, the two tables would be one
        cells = last.rows[-1].cells
        end = [
            *(paragraph for cell in cells for paragraph in cell.paragraphs),
            line(document, "", 6),
        ]
    for paragraph in end:
        paragraph.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    ooxml.fixed_width(table, [round(7.5 * CM), 9 * CM])
    ooxml.lay_row(table.rows[0])
    left, right = table.rows[0].cells
    if header.recipients:
        heading = line(left, "Nơi nhận:", 12, bold=True, italic=True)
        heading.alignment = ALIGN.LEFT
        for recipient in header.recipients:
            line(left, f"- {recipient}", 11).alignment = ALIGN.LEFT
    if header.signer:
        for text in filter(None, (header.signer.authority, header.signer.position)):
            line(right, text.upper(), 14, bold=True)
        for _blank in range(4):
            line(right, "", 14)
        line(right, header.signer.name, 14, bold=True)
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(12)


def line(
    place: Any,
    text: str,
    points: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    """Add a centred line of its own to a document or a table cell, and return the paragraph."""
    paragraph = _next_paragraph(place)
    paragraph.alignment = ALIGN.CENTER
    shape = paragraph.paragraph_format
    shape.first_line_indent = Twips(0)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.0
    run = paragraph.add_run(printable(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(points)
    return paragraph


def rule(place: Any, room: int, wide: int) -> None:
    """Add a solid centred line ``wide`` twips long in a column of ``room`` twips."""
    paragraph = line(place, "", 4, before=3)
    side = Twips(max((room - wide) // 2, 0))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    ooxml.line_above(paragraph)


def _next_paragraph(place: Any) -> Any:
    """Return an empty paragraph at the end of ``place``: a new cell has one already."""
    if isinstance(place, _Cell):
        *before, last = place.paragraphs
        if not before and not len(last._p):  # neither text nor shape
            return last
    return place.add_paragraph()
