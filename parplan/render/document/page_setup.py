"""The pages and styles of an official document: A4, margins, page numbers, Times New Roman.

Nghị định 30/2020, Phụ lục I, mục I: the paper, the margins, the page number; and mục
II.6 for the body's indent and spacing.
"""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

from parplan.render.document import ooxml

BODY, CELL = "Noi dung", "O bang"
"""Names of the styles of paragraphs and of table cells; an office's own of that name win."""

_INDENT = Twips(720)  # 1.27 cm


def prepare(document: Any) -> None:
    """Make ``document``, which is empty, a portrait page with our styles."""
    _page(document.sections[0])
    _styles(document)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    ooxml.page_number(paragraph)
    for run in paragraph.runs:
        run.font.size = Pt(14)


def landscape(document: Any) -> None:
    """Begin landscape pages that count from 1, as an appendix has them."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    ooxml.restart_page_numbers(section)


def _styles(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        if properties is not None:
            ooxml.set_font(properties)
            ooxml.set_language(properties)
    for style in document.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            ooxml.set_font(style.element.get_or_add_rPr())
            ooxml.set_language(style.element.rPr)
    document.styles["Normal"].font.size = Pt(14)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _style(document, BODY, 14, before=6, align=ALIGN.JUSTIFY, indent=True)
    _style(document, CELL, 12, before=0, align=ALIGN.LEFT, indent=False)


def _style(document: Any, name: str, points: int, *, before: int, align: Any, indent: bool) -> None:
    if name in document.styles:  # the office's own
        return
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    ooxml.set_font(style.element.get_or_add_rPr())
    ooxml.set_language(style.element.rPr)
    style.font.size, style.font.color.rgb = Pt(points), RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(0), 1.1
    shape.alignment = align
    shape.first_line_indent = _INDENT if indent else Twips(0)
    shape.widow_control = True
