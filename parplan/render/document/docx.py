"""An official document as docx, from a Markdown draft.

Layout of Nghị định 30/2020, Phụ lục I.  The body is read by markdown-it and written
token by token; a heading of the first level begins an appendix on landscape pages.
The same draft gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.shared import Twips
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from parplan.problem import UserError
from parplan.render.document import bases, letterhead, ooxml, page_setup
from parplan.render.document.columns import column_widths, row_lines
from parplan.render.document.drafts import Draft
from parplan.render.document.ooxml import CM
from parplan.render.document.picture import read_picture
from parplan.render.places import IN_TEXT, MISSING
from parplan.text import printable, visible

_NO_CLOCK = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LANDSCAPE_ROOM = round(25.2 * CM)
_PORTRAIT_ROOM = round(16.5 * CM)
_ALIGNED = {"text-align:right": ALIGN.RIGHT, "text-align:center": ALIGN.CENTER}
_WHOLE_LINES = 10
"""A row of so many lines, a third of a landscape page, is not broken over two pages.

One that is longer is: with one that fills a page by itself, after a row that stays with the
next, LibreOffice 7.4 leaves pages empty or loses the rows that follow.
"""


Refused: TypeAlias = Callable[[int, str, UserError], None]
"""Called with the line of the body, the name of a picture, and why it was left out."""


def render(
    draft: Draft,
    folder: Path,
    base: Path | None = None,
    refused: Refused = lambda _line, _name, _why: None,
) -> bytes:
    """Return ``draft`` as a docx file.

    Pictures are looked for beside the draft and from ``folder``, never outside it; one that cannot
    be shown becomes a place to fill, and ``refused`` is told.  ``base`` is a docx whose styles to
    use instead of ours, where it has them.  Raises UserError where they cannot be used.
    """
    document = Document()
    if base is None:
        page_setup.prepare(document)
    else:
        bases.prepare(document, base)
    header = draft.header
    letterhead.head(document, header)
    letterhead.subject(document, header)
    letterhead.addressees(document, header.to)
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(draft.body)
    )
    writer = _Writer(document, folder, draft.path, refused)
    starts = [
        i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"
    ]
    writer.blocks(tokens[: starts[0] if starts else len(tokens)])
    letterhead.signature(document, header)
    for start, end in itertools.pairwise([*starts, len(tokens)]):
        page_setup.landscape(document)
        writer.in_appendix = writer.name_follows = True
        writer.blocks(tokens[start:end])
    return _save(document, draft)


class _Writer:
    """Writes the blocks of a Markdown body into a document."""

    def __init__(self, document: Any, folder: Path, path: str, refused: Refused) -> None:
        self.document = document
        self.folder = folder
        self.path, self.refused = path, refused
        self.line = 1  # of the body, where the block begins that is being written
        self.in_appendix = False
        self.name_follows = False  # whether the next paragraph is the name of an appendix
        self.lists: list[int | None] = []  # the number of the next item, None for dashes
        self.item_begins = False
        # By its id: python-docx goes through all styles for each name.
        self.style, self.cell_style = (
            document.styles[name].style_id for name in (page_setup.BODY, page_setup.CELL)
        )

    def _new_paragraph(self) -> Any:
        # Not by add_paragraph: python-docx goes through all that is written already for each.
        # What the body ends with are the properties of its last section.
        element = OxmlElement("w:p")
        element.style = self.style
        self.document.element.body[-1].addprevious(element)
        return Paragraph(element, self.document._body)

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Write block after block."""
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)

    def _block(self, tokens: Sequence[Token], index: int) -> int:
        token = tokens[index]
        self.line = token.map[0] + 1 if token.map else self.line
        if token.type == "heading_open":
            self._heading(token.tag, tokens[index + 1])
            return index + 3
        if token.type == "paragraph_open":
            paragraph = self._paragraph(tokens[index + 1])
            following = tokens[index + 3 : index + 4]
            if following and following[0].type == "table_open" and not self.in_appendix:
                paragraph.paragraph_format.keep_with_next = True
            return index + 3
        if token.type == "table_open":
            end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
            self._table(tokens[index:end])
            return end + 1
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            number = 1 if start is None else int(start)
            self.lists.append(number if token.tag == "ol" else None)
        elif token.type == "list_item_open":
            self.item_begins = True
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "html_block":
            self._lines(re.split(r"<br>|\n", token.content))
        elif token.type in ("fence", "code_block"):
            self._lines(token.content.split("\n"))
        return index + 1

    def _lines(self, texts: Sequence[str]) -> None:
        for text in filter(None, texts):
            self._run_text(self._new_paragraph(), text)

    def _heading(self, tag: str, inline: Token) -> None:
        paragraph = self._new_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        # Phụ lục, and lines such as "QUYẾT ĐỊNH:": bold, 14, centred (mục II.6 of Phụ lục I)
        if tag in ("h1", "h6"):
            paragraph.alignment = ALIGN.CENTER
            paragraph.paragraph_format.first_line_indent = Twips(0)
        self._inline(paragraph, inline, bold=True)

    def _paragraph(self, inline: Token) -> Any:
        paragraph = self._new_paragraph()
        if self.lists:
            self._item_mark(paragraph)
        elif self.in_appendix:  # the name and the reference line of an appendix
            paragraph.alignment = ALIGN.CENTER
            paragraph.paragraph_format.first_line_indent = Twips(0)
        self._inline(paragraph, inline, bold=self.name_follows)
        if self.name_follows:  # in capitals on paper, as issued in the text
            self.name_follows = False
            for run in paragraph.runs:
                run.font.all_caps = True
        return paragraph

    def _item_mark(self, paragraph: Any) -> None:
        number = self.lists[-1]
        if self.item_begins:
            paragraph.add_run("- " if number is None else f"{number}. ")
            self.lists[-1] = None if number is None else number + 1
        self.item_begins = False
        deeper = len(self.lists) - 1
        if deeper:
            paragraph.paragraph_format.left_indent = Twips(deeper * 360)

    def _inline(self, paragraph: Any, inline: Token, *, bold: bool) -> None:
        strong, italic, struck = int(bold), 0, 0
        for token in inline.children or ():
            if token.type in ("strong_open", "strong_close"):
                strong += 1 if token.nesting == 1 else -1
            elif token.type in ("em_open", "em_close"):
                italic += 1 if token.nesting == 1 else -1
            elif token.type in ("s_open", "s_close"):
                struck += 1 if token.nesting == 1 else -1
            elif token.type == "hardbreak" or (
                token.type == "html_inline" and token.content == "<br>"
            ):
                paragraph.add_run().add_break()
            elif token.type == "softbreak":
                paragraph.add_run(" ")
            elif token.type == "image":
                self._picture(paragraph, token)
            elif token.content:
                self._run_text(
                    paragraph, token.content, bold=strong > 0, italic=italic > 0, struck=struck > 0
                )

    def _run_text(
        self,
        paragraph: Any,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        struck: bool = False,
    ) -> None:
        for piece in filter(None, IN_TEXT.split(printable(text))):
            run = paragraph.add_run()
            if piece.isprintable():
                run.add_text(piece)
            else:  # turns tabs into elements, and takes the longer the longer the document is
                run.text = piece
            run.bold, run.italic = bold or None, italic or None
            run.font.strike = struck or None
            if IN_TEXT.fullmatch(piece):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _picture(self, paragraph: Any, token: Token) -> None:
        name = unquote(str(token.attrGet("src")))
        try:
            data = read_picture(self.folder, str(Path(self.path).parent), name)
            picture = paragraph.add_run().add_picture(io.BytesIO(data))
        except UserError as error:
            self.refused(self.line, name, error)
            self._run_text(paragraph, f"[{MISSING}: hình {token.content}]")
            return
        room = Twips(_LANDSCAPE_ROOM if self.in_appendix else _PORTRAIT_ROOM)
        if picture.width > room:
            picture.height = round(picture.height * room / picture.width)
            picture.width = room

    def _table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[Token]] = []
        aligned: list[Any] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                aligned.append(_ALIGNED.get(str(token.attrGet("style"))))
            elif token.type == "inline":
                rows[-1].append(token)
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        ooxml.borders(table)
        room = _LANDSCAPE_ROOM if self.in_appendix else _PORTRAIT_ROOM
        texts = [[cell.content for cell in cells] for cells in rows]
        widths = column_widths(texts, room)
        for number, cells in enumerate(rows):
            row = table.add_row()
            ooxml.lay_row(
                row,
                whole=row_lines(texts[number], widths) <= _WHOLE_LINES,
                repeat=number == 0,
            )
            for cell, inline, alignment in zip(row.cells, cells, aligned, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph._p.style = self.cell_style
                paragraph.alignment = alignment
                if number == 0:
                    paragraph.alignment = ALIGN.CENTER
                    paragraph.paragraph_format.keep_with_next = True
                self._inline(paragraph, inline, bold=number == 0)
        ooxml.fixed_width(table, widths)
        for row, cells in zip(table.rows, rows, strict=True):
            if len(cells) > 2 and not any(cell.content for cell in cells[2:]):
                _heading_row(row.cells)


def _heading_row(cells: Sequence[Any]) -> None:
    """Make of ``cells`` a number and one title across, which never ends a page."""
    joined = cells[1].merge(cells[-1])
    for paragraph in joined.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    for cell in (cells[0], joined):
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _save(document: Any, draft: Draft) -> bytes:
    properties = document.core_properties
    properties.title = visible(draft.header.title)[:255]
    properties.author = visible(draft.header.issuer)[:255]
    properties.last_modified_by, properties.comments = "", ""
    properties.identifier = ooxml.UNSEALED
    properties.created = properties.modified = _NO_CLOCK
    out = io.BytesIO()
    document.save(out)
    return ooxml.same_bytes(out.getvalue())
