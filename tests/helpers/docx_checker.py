"""Which rules of layout does a docx break?

Reads the file itself, not through the library that wrote it.  Properties are the
effective ones: run, character style, paragraph style, defaults.  Rules are the points of
Nghị định 30/2020, Phụ lục I, in the order of the project's list: A1 to A34.  Lengths are
in twips (1 mm = 56.69), sizes in half-points, as in the file.
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from xml.etree.ElementTree import Element, fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_TYPES = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB"
TYPES = _TYPES.split()
"""Abbreviations of the types of documents."""
MARK = "[cần bổ sung:"

Kind = Literal["report", "document", "reminder"]
KINDS: tuple[Kind, ...] = ("report", "document", "reminder")
OF_KIND: Mapping[Kind, tuple[str, str]] = {
    "report": ("BÁO CÁO", "BC-UBND"),
    "document": ("KẾ HOẠCH", "KH-UBND"),
    "reminder": ("", "UBND-VP"),
}
"""Type and symbol of each kind of document."""


# How wide text is: thousandths of the size, from Adobe's metrics of Times.

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 "
    "722 722 611 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 "
    "500 500 722 500 500 444"
)
_BOLD = (
    "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 "
    "722 722 667 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 "
    "556 500 722 500 500 444"
)
_SIGNS = {" ": 250, ",": 250, ".": 250, "/": 278, ":": 300, ";": 300, "-": 333, "(": 333, ")": 333}


def text_width(text: str, half_points: int, *, bold: bool) -> float:
    """Return about how wide ``text`` is; accents add nothing."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    widths = dict(zip(_LETTERS, map(int, (_BOLD if bold else _ROMAN).split()), strict=True))
    shown = (letter for letter in plain if not unicodedata.combining(letter))
    return sum(widths.get(one, _SIGNS.get(one, 500)) for one in shown) * half_points / 100


# The file.


def attribute(element: Element | None, name: str) -> str | None:
    """Return the attribute ``w:name``, None where the element or it is missing."""
    return None if element is None else element.get(W + name)


def number(element: Element | None, name: str) -> int:
    """Return the number in the attribute ``w:name``, 0 where there is none."""
    return int(attribute(element, name) or 0)


def is_on(element: Element | None) -> bool:
    """Tell whether a property such as ``w:b`` is there and not switched off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


class Docx:
    """A docx file and the effective properties of what it holds."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = self._root("word/document.xml")[0]
        self._styles = self._root("word/styles.xml")

    def _root(self, part: str) -> Element:
        return fromstring(self.parts[part])

    @property
    def style_part(self) -> Element:
        """The root of the styles."""
        return self._styles

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by their id."""
        return {str(attribute(one, "styleId")): one for one in self._styles.findall(f"{W}style")}

    @cached_property
    def targets(self) -> dict[str, str]:
        """The parts that the document refers to, by the id of the relationship."""
        found = fromstring(self.parts["word/_rels/document.xml.rels"])
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("word", one.get("Target", "")))
            for one in found
        }

    @cached_property
    def headers(self) -> dict[str, Element]:
        """The headers that sections use, by the name of their part."""
        ids = [one.get(f"{R}id", "") for one in self.body.iter(f"{W}headerReference")]
        return {self.targets[one]: self._root(self.targets[one]) for one in ids}

    @cached_property
    def sections(self) -> list[Element]:
        """The properties of each section, in order."""
        return list(self.body.iter(f"{W}sectPr"))

    @cached_property
    def blocks(self) -> list[list[Element]]:
        """The paragraphs and tables of each section, in order."""
        found: list[list[Element]] = [[]]
        for block in self.body:
            if block.tag in (f"{W}p", f"{W}tbl"):
                found[-1].append(block)
            if block.tag == f"{W}p" and block.find(f"{W}pPr/{W}sectPr") is not None:
                found.append([])
        return found

    # Effective properties.

    def _chain(self, style_id: str | None, kind: str) -> Iterator[Element]:
        """Yield the style and those that it rests on, nearest first."""
        if style_id is None:
            style_id = next(
                (
                    key
                    for key, one in self.styles.items()
                    if attribute(one, "type") == kind and attribute(one, "default") == "1"
                ),
                None,
            )
        while style_id is not None and style_id in self.styles:
            style = self.styles[style_id]
            yield style
            style_id = attribute(style.find(f"{W}basedOn"), "val")

    def run_properties(self, run: Element, paragraph: Element) -> Iterator[Element]:
        """Yield every ``w:rPr`` that has a say in how ``run`` looks, nearest first."""
        own = run.find(f"{W}rPr")
        chain = [own] if own is not None else []
        character = attribute(run.find(f"{W}rPr/{W}rStyle"), "val")
        if character is not None:
            chain += _found(self._chain(character, "character"), "rPr")
        style = attribute(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
        chain += _found(self._chain(style, "paragraph"), "rPr")
        default = self._styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        yield from chain if default is None else [*chain, default]

    def of_run(self, run: Element, paragraph: Element, name: str) -> Element | None:
        """Return the effective property ``w:name`` of ``run``."""
        every = (one.find(W + name) for one in self.run_properties(run, paragraph))
        return next((one for one in every if one is not None), None)

    def fonts(self, run: Element, paragraph: Element) -> set[str]:
        """Return the fonts of ``run`` over all scripts; a theme's as 'theme: name'."""
        found = set()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            theme = "cstheme" if script == "cs" else f"{script}Theme"
            for properties in self.run_properties(run, paragraph):
                fonts = properties.find(f"{W}rFonts")
                name = attribute(fonts, theme)
                said = f"theme: {name}" if name else attribute(fonts, script)
                if said:
                    found.add(said)
                    break
            else:
                found.add("none")
        return found

    def size(self, run: Element, paragraph: Element) -> int:
        """Return the size of ``run`` in half-points."""
        return number(self.of_run(run, paragraph, "sz"), "val")

    def bold(self, run: Element, paragraph: Element) -> bool:
        """Tell whether ``run`` is bold."""
        return is_on(self.of_run(run, paragraph, "b"))

    def italic(self, run: Element, paragraph: Element) -> bool:
        """Tell whether ``run`` is italic."""
        return is_on(self.of_run(run, paragraph, "i"))

    def colour(self, run: Element, paragraph: Element) -> str:
        """Return the colour of ``run``: 'auto', six hexadecimal digits or a theme's."""
        found = self.of_run(run, paragraph, "color")
        theme = attribute(found, "themeColor")
        return f"theme: {theme}" if theme else attribute(found, "val") or "auto"

    def of_paragraph(self, paragraph: Element, name: str, key: str) -> str | None:
        """Return the effective attribute ``key`` of a paragraph's property ``w:name``."""
        style = attribute(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
        chain = _found([paragraph, *self._chain(style, "paragraph")], "pPr")
        default = self._styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        for one in [*chain, *([] if default is None else [default])]:
            said = attribute(one.find(W + name), key)
            if said is not None:
                return said
        return None

    def length(self, paragraph: Element, name: str, key: str) -> int:
        """Return such an attribute as a number, 0 where there is none."""
        return int(self.of_paragraph(paragraph, name, key) or 0)

    def alignment(self, paragraph: Element) -> str:
        """Return how ``paragraph`` is aligned."""
        return self.of_paragraph(paragraph, "jc", "val") or "left"


def _found(places: Iterable[Element], name: str) -> list[Element]:
    every = (one.find(W + name) for one in places)
    return [one for one in every if one is not None]


def text_of(element: Element) -> str:
    """Return the text of a paragraph or run, or of all paragraphs below; breaks as line ends."""
    paragraphs = list(element.iter(f"{W}p"))
    if element.tag != f"{W}p" and paragraphs:
        return "\n".join(map(text_of, paragraphs))
    pieces = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else pieces.get(one.tag, "")
        for one in element.iter()
    )


def inked_runs(element: Element) -> list[tuple[Element, Element]]:
    """Return every run that shows something, with its paragraph."""
    return [
        (run, paragraph)
        for paragraph in element.iter(f"{W}p")
        for run in paragraph.iter(f"{W}r")
        if text_of(run).strip()
    ]


# A document as a reader sees it.


@dataclass
class Line:
    """A paragraph with what its runs have in common."""

    docx: Docx
    paragraph: Element

    @property
    def text(self) -> str:
        """What it says."""
        return text_of(self.paragraph)

    @property
    def _runs(self) -> list[Element]:
        return [run for run, paragraph in inked_runs(self.paragraph) if paragraph is self.paragraph]

    @property
    def sizes(self) -> set[int]:
        """The sizes of its runs."""
        return {self.docx.size(run, self.paragraph) for run in self._runs}

    @property
    def bolds(self) -> set[bool]:
        """Whether its runs are bold."""
        return {self.docx.bold(run, self.paragraph) for run in self._runs}

    @property
    def italics(self) -> set[bool]:
        """Whether its runs are italic."""
        return {self.docx.italic(run, self.paragraph) for run in self._runs}

    @property
    def in_capitals(self) -> bool:
        """Whether a reader sees capitals only."""
        runs = self._runs
        return self.text.isupper() or (
            bool(runs) and all(is_on(self.docx.of_run(run, self.paragraph, "caps")) for run in runs)
        )

    @property
    def aligned(self) -> str:
        """How it is aligned."""
        return self.docx.alignment(self.paragraph)

    def faults(
        self,
        *,
        sizes: tuple[int, int],
        bold: bool | None = None,
        italic: bool = False,
        capitals: bool | None = None,
        aligned: str = "center",
    ) -> Iterator[str]:
        """Yield where it differs from this; None asks for nothing."""
        said = self.text[:40]
        if not self.text.strip():
            yield "the line is missing"
            return
        if any(not sizes[0] <= one <= sizes[1] for one in self.sizes):
            yield f"'{said}': size {sorted(self.sizes)}, wanted {sizes}"
        if bold is not None and self.bolds != {bold}:
            yield f"'{said}': bold {self.bolds}, wanted {bold}"
        if self.italics != {italic}:
            yield f"'{said}': italic {self.italics}, wanted {italic}"
        if capitals is not None and self.in_capitals is not capitals:
            yield f"'{said}': capitals wanted: {capitals}"
        if self.aligned != aligned:
            yield f"'{said}': aligned {self.aligned}, wanted {aligned}"


class Paper:
    """A document of a ``kind``, taken apart: head, titles, body, signature, appendix."""

    def __init__(self, data: bytes, kind: Kind) -> None:
        self.docx = Docx(data)
        self.kind = kind
        self.type, self.symbol = OF_KIND[kind]

    def _lines(self, element: Element) -> list[Line]:
        return [Line(self.docx, one) for one in element.iter(f"{W}p")]

    def line(self, lines: Sequence[Line], place: int) -> Line:
        """Return a line, an empty one where there are fewer."""
        return lines[place] if place < len(lines) else Line(self.docx, Element(f"{W}p"))

    def _cell(self, table: Element | None, row: int, column: int) -> list[Line]:
        rows = [] if table is None else table.findall(f"{W}tr")
        cells = rows[row].findall(f"{W}tc") if row < len(rows) else []
        return self._lines(cells[column]) if column < len(cells) else []

    @cached_property
    def first(self) -> list[Element]:
        """The blocks before the appendix."""
        return self.docx.blocks[0]

    @cached_property
    def head(self) -> Element | None:
        """The table with the bodies, the number and the date."""
        return self.first[0] if self.first and self.first[0].tag == f"{W}tbl" else None

    @cached_property
    def signing(self) -> Element | None:
        """The table with 'Nơi nhận' and the signature."""
        tables = [one for one in self.first[1:] if one.tag == f"{W}tbl"]
        return tables[-1] if tables else None

    def head_cell(self, row: int, column: int) -> list[Line]:
        """Return the lines of a cell of the head."""
        return self._cell(self.head, row, column)

    @cached_property
    def bodies(self) -> list[Line]:
        """The lines that name the superior body and the issuing one."""
        return [one for one in self.head_cell(0, 0) if one.text.strip()]

    @cached_property
    def recipients(self) -> list[Line]:
        """The lines of 'Nơi nhận'."""
        return [one for one in self._cell(self.signing, 0, 0) if one.text.strip()]

    @cached_property
    def signature(self) -> list[Line]:
        """The lines of the signature, blanks too."""
        return self._cell(self.signing, 0, 1)

    @cached_property
    def middle(self) -> list[Line]:
        """The paragraphs of their own between head and signature."""
        return (
            [
                Line(self.docx, one)
                for one in self.first[: self.first.index(self.signing)]
                if one.tag == f"{W}p"
            ]
            if self.signing is not None
            else []
        )

    @cached_property
    def titles(self) -> list[Line]:
        """Type, subject, and the drawn line under them; none in a letter."""
        return self.middle[:3] if self.type else []

    @cached_property
    def addressed(self) -> list[Line]:
        """'Kính gửi' and the addressees below it."""
        return [one for one in self.middle if one.text.startswith("Kính gửi")]

    @cached_property
    def text_lines(self) -> list[Line]:
        """The body's paragraphs, headings too."""
        known = [*self.titles, *self.addressed]
        return [
            one
            for one in self.middle
            if one.text.strip() and all(one.paragraph is not other.paragraph for other in known)
        ]

    @cached_property
    def headings(self) -> list[Line]:
        """The body's headings: numbered and wholly bold."""
        numbered = re.compile(r"([IVX]+|[0-9]+)\. ")
        return [one for one in self.text_lines if numbered.match(one.text) and one.bolds == {True}]

    @cached_property
    def paragraphs(self) -> list[Line]:
        """The body's paragraphs without its headings."""
        titles = [one.paragraph for one in self.headings]
        return [one for one in self.text_lines if all(one.paragraph is not it for it in titles)]

    @cached_property
    def appendix(self) -> list[Line]:
        """The appendix's paragraphs above its table; the last one only ends a section."""
        blocks = self.docx.blocks[1] if len(self.docx.blocks) > 1 else []
        return [Line(self.docx, one) for one in blocks if one.tag == f"{W}p" and text_of(one)]

    @cached_property
    def tables(self) -> list[Element]:
        """The tables of the text and of the appendix, without head and signature."""
        every = [one for blocks in self.docx.blocks for one in blocks if one.tag == f"{W}tbl"]
        return [one for one in every if one is not self.head and one is not self.signing]

    def cell_room(self, table: Element | None, column: int) -> int:
        """Return how wide a line in a column of ``table`` can be: the cell without its margins."""
        if table is None:
            return 0
        grid = table.findall(f"{W}tblGrid/{W}gridCol")
        left, right = (cell_margin(self.docx, table, side) for side in ("left", "right"))
        return number(grid[column], "w") - left - right

    @property
    def page_room(self) -> int:
        """How wide a line of the text can be."""
        section = self.docx.sections[0]
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        return number(size, "w") - number(margins, "left") - number(margins, "right")

    def drawn(self, line: Line, room: int) -> int:
        """Return how long the solid line is that is drawn over ``line``; 0 where there is none."""
        border = line.paragraph.find(f"{W}pPr/{W}pBdr/{W}top")
        if attribute(border, "val") != "single" or number(border, "sz") <= 0:
            return 0
        indents = [self.docx.length(line.paragraph, "ind", side) for side in ("left", "right")]
        return room - sum(indents) if indents[0] == indents[1] else 0

    def width(self, line: Line) -> float:
        """Return how wide the text of ``line`` is."""
        return text_width(line.text, max(line.sizes, default=0), bold=True in line.bolds)


def cell_margin(docx: Docx, table: Element, side: str) -> int:
    """Return the margin of the cells of ``table`` at a side."""
    own = table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}")
    style = attribute(table.find(f"{W}tblPr/{W}tblStyle"), "val")
    for one in docx._chain(style, "table"):
        if own is None:
            own = one.find(f"{W}tblPr/{W}tblCellMar/{W}{side}")
    return number(own, "w")


# The points.  Each yields what is wrong, in words.

Check = Callable[[Paper], Iterator[str]]


def paper_is_a4(paper: Paper) -> Iterator[str]:
    """A1: 210 × 297 mm on every page."""
    for section in paper.docx.sections:
        size = section.find(f"{W}pgSz")
        found = sorted((number(size, "w"), number(size, "h")))
        if abs(found[0] - 11906) > 20 or abs(found[1] - 16838) > 20:
            yield f"page {found}"


def body_is_upright(paper: Paper) -> Iterator[str]:
    """A2: portrait; only an appendix may lie, and then says so."""
    for place, section in enumerate(paper.docx.sections):
        size = section.find(f"{W}pgSz")
        lies = number(size, "w") > number(size, "h")
        if lies and place == 0:
            yield "the body lies"
        if lies is not (attribute(size, "orient") == "landscape"):
            yield f"section {place + 1}: orientation and size differ"


def margins_are_in_bounds(paper: Paper) -> Iterator[str]:
    """A3: top and bottom 20–25 mm, left 30–35, right 15–20."""
    bounds = {"top": (1134, 1417), "bottom": (1134, 1417), "left": (1701, 1984)}
    for place, section in enumerate(paper.docx.sections):
        margins = section.find(f"{W}pgMar")
        for side, (least, most) in {**bounds, "right": (850, 1134)}.items():
            if not least <= number(margins, side) <= most:
                yield f"section {place + 1}: {side} {number(margins, side)}"


def all_is_black_times(paper: Paper) -> Iterator[str]:
    """A4: Times New Roman for every script, black, letters composed (TCVN 6909)."""
    docx = paper.docx
    for root in (docx.body, *docx.headers.values()):
        for paragraph in root.iter(f"{W}p"):
            for run in paragraph.iter(f"{W}r"):
                said = text_of(run)
                fonts, colour = docx.fonts(run, paragraph), docx.colour(run, paragraph)
                if fonts != {FONT}:
                    yield f"'{said[:40]}': {sorted(fonts)}"
                if colour not in ("auto", "000000"):
                    yield f"'{said[:40]}': colour {colour}"
                if not unicodedata.is_normalized("NFC", said):
                    yield f"'{said[:40]}': letters are not composed"


def pages_are_numbered_from_the_second(paper: Paper) -> Iterator[str]:
    """A5: Arabic, 13–14, upright, centred in the top margin; none on the first page."""
    docx = paper.docx
    references = docx.sections[0].findall(f"{W}headerReference")
    kinds = {str(attribute(one, "type")): docx.targets[one.get(f"{R}id", "")] for one in references}
    if not is_on(docx.sections[0].find(f"{W}titlePg")):
        yield "page 1 is like the others"
    if "first" in kinds and text_of(docx.headers[kinds["first"]]).strip():
        yield "the header of page 1 is not empty"
    if "default" not in kinds:
        yield "no header"
        return
    header = docx.headers[kinds["default"]]
    fields = "".join(one.text or "" for one in header.iter(f"{W}instrText"))
    if fields.split() != ["PAGE"]:
        yield f"fields: {fields!r}"
    for run, paragraph in inked_runs(header):
        yield from Line(docx, paragraph).faults(sizes=(26, 28))
        if not 26 <= docx.size(run, paragraph) <= 28:
            yield f"size {docx.size(run, paragraph)}"
    if not inked_runs(header):
        yield "the header is empty"
    form = docx.sections[0].find(f"{W}pgNumType")
    if attribute(form, "fmt") not in (None, "decimal") or attribute(form, "start") not in (
        None,
        "1",
    ):
        yield "numbers are not Arabic, or do not begin with 1"


def nation_is_named(paper: Paper) -> Iterator[str]:
    """A6: capitals, 12–13, bold, top right of page 1."""
    line = paper.line(paper.head_cell(0, 1), 0)
    if line.text != NATION:
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(24, 26), bold=True, capitals=True)


def motto_is_under_it(paper: Paper) -> Iterator[str]:
    """A7: hyphens with spaces, 13–14, bold, centred."""
    line = paper.line(paper.head_cell(0, 1), 1)
    if line.text != MOTTO:
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(26, 28), bold=True)


def motto_is_underlined(paper: Paper) -> Iterator[str]:
    """A8: a drawn line directly under it, as long as its text."""
    lines = paper.head_cell(0, 1)
    wide = paper.width(paper.line(lines, 1))
    long = paper.drawn(paper.line(lines, 2), paper.cell_room(paper.head, 1))
    if not wide or not 0.9 <= long / wide <= 1.1:
        yield f"line {long}, text {wide:.0f}"


def nation_and_motto_stand_close(paper: Paper) -> Iterator[str]:
    """A9: single spacing, nothing between."""
    for line in paper.head_cell(0, 1)[:2]:
        spacing = [paper.docx.length(line.paragraph, "spacing", key) for key in _SPACING]
        if spacing != [240, 0, 0]:
            yield f"'{line.text}': line, before, after {spacing}"


_SPACING = ("line", "before", "after")


def superior_is_named(paper: Paper) -> Iterator[str]:
    """A10: capitals, 12–13, not bold."""
    line = paper.line(paper.bodies, 0)
    yield from line.faults(sizes=(24, 26), bold=False, capitals=True)
    if len(paper.bodies) < 2:
        yield "one body only"


def issuer_is_named(paper: Paper) -> Iterator[str]:
    """A11: capitals, 12–13, bold, centred under the superior."""
    for line in paper.bodies[1:] or [paper.line([], 0)]:
        yield from line.faults(sizes=(24, 26), bold=True, capitals=True)


def issuer_is_underlined(paper: Paper) -> Iterator[str]:
    """A12: a drawn line, 1/3 to 1/2 of the text above it."""
    lines = paper.head_cell(0, 0)
    wide = paper.width(paper.line(lines, len(paper.bodies) - 1)) if paper.bodies else 0
    line = paper.line(lines, len(paper.bodies))
    long = paper.drawn(line, paper.cell_room(paper.head, 0))
    if not wide or not 1 / 3 <= long / wide <= 1 / 2:
        yield f"line {long}, text {wide:.0f}: {long / (wide or 1):.2f}"


def number_is_given(paper: Paper) -> Iterator[str]:
    """A13: 'Số:', a number or room for one, '/', the symbol; 13, upright."""
    line = paper.line(paper.head_cell(1, 0), 0)
    if not re.fullmatch(r"Số:(\s{6,}|\s*\d{2,})/[A-ZĐ][A-Za-zĐđ]*(-[A-ZĐ]+)+", line.text):
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(26, 26), bold=False)


def _symbol(paper: Paper) -> str:
    return paper.line(paper.head_cell(1, 0), 0).text.partition("/")[2]


def symbol_names_type_and_body(paper: Paper) -> Iterator[str]:
    """A14: such as BC-UBND."""
    if _symbol(paper) != paper.symbol:
        yield f"found {_symbol(paper)!r}, wanted {paper.symbol!r}"


def symbol_of_a_letter_names_no_type(paper: Paper) -> Iterator[str]:
    """A15: body and drafting unit only."""
    if _symbol(paper) != paper.symbol or _symbol(paper).partition("-")[0] in TYPES:
        yield f"found {_symbol(paper)!r}, wanted {paper.symbol!r}"


def place_and_date_are_given(paper: Paper) -> Iterator[str]:
    """A16: in the row of the number, 13–14, italic."""
    line = paper.line(paper.head_cell(1, 1), 0)
    if not re.fullmatch(r"[^,]+, ngày( {2,}|\s*\S+\s*) ?tháng .+ năm \d{4}", line.text):
        yield f"found {line.text!r}"
    if re.match("quận|huyện|tỉnh|phường|xã", line.text, re.IGNORECASE):
        yield f"the place is no name: {line.text!r}"
    yield from line.faults(sizes=(26, 28), bold=False, italic=True)


def days_are_padded(paper: Paper) -> Iterator[str]:
    """A17: days below 10 and months 1 and 2 with a 0, other months without."""
    line = paper.line(paper.head_cell(1, 1), 0)
    shape = r".*, ngày ( {4,}|[0-3]\d) tháng (01|02|[3-9]|1[0-2]) năm \d{4}"
    if not re.fullmatch(shape, line.text):
        yield f"found {line.text!r}"


def type_is_named(paper: Paper) -> Iterator[str]:
    """A18: capitals, 13–14, bold, centred."""
    line = paper.line(paper.titles, 0)
    if line.text != paper.type:
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(26, 28), bold=True, capitals=True)


def subject_is_named(paper: Paper) -> Iterator[str]:
    """A19: 13–14, bold, right under the type."""
    yield from paper.line(paper.titles, 1).faults(sizes=(26, 28), bold=True, capitals=False)


def subject_is_underlined(paper: Paper) -> Iterator[str]:
    """A20: a drawn line, 1/3 to 1/2 of the longest line above it."""
    wide = min(paper.width(paper.line(paper.titles, 1)), paper.page_room)
    long = paper.drawn(paper.line(paper.titles, 2), paper.page_room)
    if not wide or not 1 / 3 <= long / wide <= 1 / 2:
        yield f"line {long}, text {wide:.0f}"


def letter_names_its_subject(paper: Paper) -> Iterator[str]:
    """A21: 'V/v', 12–13, upright, 6 pt under the number; no type."""
    line = paper.line(paper.head_cell(1, 0), 1)
    if not line.text.startswith("V/v "):
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(24, 26), bold=False)
    if paper.docx.length(line.paragraph, "spacing", "before") != 120:
        yield "not 6 pt below the number"
    if any("CÔNG VĂN" in one.text for one in paper.middle):
        yield "a type is named"


def bases_are_cited(paper: Paper) -> Iterator[str]:
    """A22: italic, 13–14, a line each; ';' ends each and '.' the last."""
    found = []
    for line in paper.text_lines:
        if line.italics != {True}:
            break
        found.append(line)
    if len(found) < 2:
        yield f"{len(found)} lines"
    for place, line in enumerate(found):
        yield from line.faults(sizes=(26, 28), bold=False, italic=True, aligned="both")
        if not line.text.endswith("." if place == len(found) - 1 else ";"):
            yield f"'…{line.text[-20:]}': wrong end"


def first_citation_is_full(paper: Paper) -> Iterator[str]:
    """A23: type, number, date, body and subject."""
    said = " ".join(line.text for line in paper.text_lines[:2])
    blank = re.escape(MARK) + r"[^\]]*\]"
    if not re.search(rf"số ({blank}|\S+?)/[A-ZĐ-]+ ngày ({blank}|\S+).* về ", said):
        yield f"found {said[:120]!r}"


def body_is_set(paper: Paper) -> Iterator[str]:
    """A24: both sides even, upright, 13–14, first line in, 6 pt apart, single to 1.5 lines."""
    if not paper.paragraphs:
        yield "no text"
    for line in paper.paragraphs:
        docx, paragraph = paper.docx, line.paragraph
        italic = line.italics == {True} and paper.kind == "document"  # its bases: A22
        yield from line.faults(sizes=(26, 28), italic=italic, aligned="both")
        first = docx.length(paragraph, "ind", "firstLine")
        if min(abs(first - 567), abs(first - 720)) > 10:
            yield f"'{line.text[:40]}': first line {first}"
        line_height, before, after = (docx.length(paragraph, "spacing", key) for key in _SPACING)
        if before + after < 120:
            yield f"'{line.text[:40]}': {before + after} between paragraphs"
        if not 240 <= line_height <= 360:
            yield f"'{line.text[:40]}': line {line_height}"
        if docx.of_paragraph(paragraph, "spacing", "lineRule") not in (None, "auto"):
            yield f"'{line.text[:40]}': line height is fixed"


def parts_are_in_capitals(paper: Paper) -> Iterator[str]:
    """A26: number and title of a part on one line, capitals, bold, 13–14."""
    parts = [one for one in paper.headings if re.match(r"[IVX]+\. ", one.text)]
    if [one.text.partition(".")[0] for one in parts] != ["I", "II", "III", "IV", "V"][: len(parts)]:
        yield f"found {[one.text for one in parts]}"
    if not parts:
        yield "no parts"
    for line in parts:
        yield from line.faults(sizes=(26, 28), bold=True, capitals=True, aligned="both")


def items_are_numbered(paper: Paper) -> Iterator[str]:
    """A27: Arabic number and '.', first line in, bold only where it is a title."""
    numbered = [one for one in paper.text_lines if re.match(r"\d+\. ", one.text)]
    if not numbered:
        yield "no items"
    for line in numbered:
        is_title = line.bolds == {True}
        yield from line.faults(sizes=(26, 28), aligned="both")
        if line.bolds not in ({True}, {False}):
            yield f"'{line.text[:40]}': partly bold"
        if is_title and line.text.endswith("."):
            yield f"'{line.text[:40]}': a sentence in bold"
        first = paper.docx.length(line.paragraph, "ind", "firstLine")
        if min(abs(first - 567), abs(first - 720)) > 10:
            yield f"'{line.text[:40]}': first line {first}"


def signer_is_named(paper: Paper) -> Iterator[str]:
    """A28: authority and position in capitals, name in lower case, 13–14, bold; room to sign."""
    lines = [one for one in paper.signature if one.text.strip()]
    wanted = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phan Cao Đăng"]
    if paper.kind == "document":  # as issued: the source has no authority
        del wanted[0]
    if [one.text for one in lines] != wanted:
        yield f"found {[one.text for one in lines]}"
    for line in lines:
        capitals = line is not lines[-1]
        yield from line.faults(sizes=(26, 28), bold=True, capitals=capitals)
    blanks = sum(not one.text.strip() for one in paper.signature)
    if blanks < 4:
        yield f"{blanks} lines to sign in"
    row = paper.signing.find(f"{W}tr") if paper.signing is not None else None
    if row is None or not is_on(row.find(f"{W}trPr/{W}cantSplit")):
        yield "the block can be split"


def type_has_its_abbreviation(paper: Paper) -> Iterator[str]:
    """A29: one of the 27, none for a letter."""
    if (_symbol(paper).partition("-")[0] in TYPES) is not bool(paper.type):
        yield f"found {_symbol(paper)!r}"


def addressee_is_named(paper: Paper) -> Iterator[str]:
    """A30: 'Kính gửi:', 13–14, upright, one addressee on the same line."""
    line = paper.line(paper.addressed, 0)
    if not re.fullmatch(r"Kính gửi: \S.*\S", line.text):
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(26, 28), bold=False)


def recipients_are_listed(paper: Paper) -> Iterator[str]:
    """A31: 'Nơi nhận:' 12 italic bold; the list 11, '-' and ';', at last 'Lưu: VT.'"""
    heading, *others = paper.recipients or [paper.line([], 0)]
    if heading.text != "Nơi nhận:":
        yield f"found {heading.text!r}"
    yield from heading.faults(sizes=(24, 24), bold=True, italic=True, aligned="left")
    for line in others:
        yield from line.faults(sizes=(22, 22), bold=False, aligned="left")
        end = "." if line is others[-1] else ";"
        if not (line.text.startswith("- ") and line.text.endswith(end)):
            yield f"found {line.text!r}"
    if not others or not others[-1].text.startswith("- Lưu: VT"):
        yield "no copy is kept"
    if paper.addressed and others and others[0].text != "- Như trên;":
        yield f"first {others[0].text!r}"


def appendix_is_named(paper: Paper) -> Iterator[str]:
    """A32: the text refers to it; 'Phụ lục' 14 bold; name in capitals, 13–14, bold; centred."""
    if not any("Phụ lục" in one.text for one in paper.text_lines):
        yield "the text does not refer to it"
    line = paper.line(paper.appendix, 0)
    if line.text != "Phụ lục":
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(28, 28), bold=True)
    yield from paper.line(paper.appendix, 1).faults(sizes=(26, 28), bold=True, capitals=True)


def appendix_names_its_document(paper: Paper) -> Iterator[str]:
    """A33: '(Kèm theo …)', 13–14, italic, centred; room for number and date."""
    line = paper.line(paper.appendix, 2)
    shape = r"\((Kèm|Ban hành kèm) theo .* số {6,}/[A-ZĐ-]+ ngày {4,}/.*/\d{4} của .+\)"
    if not re.fullmatch(shape, line.text):
        yield f"found {line.text!r}"
    yield from line.faults(sizes=(26, 28), bold=False, italic=True)


def appendix_counts_its_own_pages(paper: Paper) -> Iterator[str]:
    """A34: a section of its own, from page 1."""
    sections = paper.docx.sections
    if len(sections) != 2:
        yield f"{len(sections)} sections"
    for section in sections[1:]:
        if attribute(section.find(f"{W}pgNumType"), "start") != "1":
            yield "it does not begin with page 1"


POINTS: Mapping[str, Check] = {
    "A1": paper_is_a4,
    "A2": body_is_upright,
    "A3": margins_are_in_bounds,
    "A4": all_is_black_times,
    "A5": pages_are_numbered_from_the_second,
    "A6": nation_is_named,
    "A7": motto_is_under_it,
    "A8": motto_is_underlined,
    "A9": nation_and_motto_stand_close,
    "A10": superior_is_named,
    "A11": issuer_is_named,
    "A12": issuer_is_underlined,
    "A13": number_is_given,
    "A14": symbol_names_type_and_body,
    "A15": symbol_of_a_letter_names_no_type,
    "A16": place_and_date_are_given,
    "A17": days_are_padded,
    "A18": type_is_named,
    "A19": subject_is_named,
    "A20": subject_is_underlined,
    "A21": letter_names_its_subject,
    "A22": bases_are_cited,
    "A23": first_citation_is_full,
    "A24": body_is_set,
    "A26": parts_are_in_capitals,
    "A27": items_are_numbered,
    "A28": signer_is_named,
    "A29": type_has_its_abbreviation,
    "A30": addressee_is_named,
    "A31": recipients_are_listed,
    "A32": appendix_is_named,
    "A33": appendix_names_its_document,
    "A34": appendix_counts_its_own_pages,
}

_NO_CHAPTERS = "no 'Phần' or 'Chương': laid out as parts and items, A26 and A27"
NOT_ASKED: Mapping[Kind, Mapping[str, str]] = {
    "report": {
        "A15": "a report is no letter",
        "A21": "a report is no letter",
        "A22": "a report rests on no legal bases",
        "A25": _NO_CHAPTERS,
    },
    "document": {
        "A15": "a plan is no letter",
        "A21": "a plan is no letter",
        "A25": _NO_CHAPTERS,
        "A30": "a plan has no addressee",
    },
    "reminder": {
        "A14": "a letter has no type",
        "A18": "a letter has no type",
        "A19": "its subject stands under the number, A21",
        "A20": "its subject stands under the number, A21",
        "A22": "a letter rests on no legal bases",
        "A23": "it cites the plan by its title, to units of the same office",
        "A25": _NO_CHAPTERS,
        "A26": "a letter has no parts",
        "A32": "a letter has no appendix",
        "A33": "a letter has no appendix",
        "A34": "a letter has no appendix",
    },
}
"""Points that a kind of document does not have to meet, with the reason."""


# The order of elements (ISO/IEC 29500-1, annex A): Word refuses another one.

ORDERS: Mapping[str, str] = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr",
    "p": "pPr",
    "r": "rPr",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
}
_MANY = {"tr", "tc", "headerReference", "footerReference", "tblStylePr"}
_OPEN = {"tc": {"p", "tbl"}, "p": None, "r": None}
"""What may follow the listed children in any order; None for anything."""
_ANY_ORDER = {
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
    "tblCellSpacing jc hidden ins del trPrChange",
}


def order_faults(root: Element) -> Iterator[str]:
    """Yield every element below ``root`` whose children stand as the schema forbids."""
    for parent in root.iter():
        name = parent.tag.removeprefix(W)
        children = [child.tag.removeprefix(W) for child in parent if child.tag.startswith(W)]
        if name in ORDERS:
            yield from _order_faults(name, children)
        for unknown in set(children) - set(_ANY_ORDER.get(name, " ".join(children)).split()):
            yield f"{name}: {unknown} is not allowed here"
        if name == "tc" and (not children or children[-1] != "p"):
            yield "tc: the last child is no p"
        if name == "body" and children.count("sectPr") != int(children[-1] == "sectPr"):
            yield "body: sectPr is not the last child"


def _order_faults(name: str, children: list[str]) -> Iterator[str]:
    order = ORDERS[name].split()
    known = [child for child in children if child in order]
    after = [child for child in children if child not in order]
    allowed = _OPEN.get(name, set())
    if allowed is not None and set(after) - allowed:
        yield f"{name}: {sorted(set(after) - allowed)} not allowed here"
    if children[: len(known)] != known:
        yield f"{name}: {known} do not come first: {children}"
    places = [order.index("headerReference" if "Ref" in one else one) for one in known]
    if places != sorted(places):
        yield f"{name}: order {known}"
    twice = {child for child in known if known.count(child) > 1} - _MANY
    if twice:
        yield f"{name}: {sorted(twice)} twice"


# Tables.


def table_faults(paper: Paper) -> Iterator[str]:
    """Yield what is wrong with the tables of the text: rows that break, columns that cut words."""
    docx = paper.docx
    for table in paper.tables:
        grid = [number(one, "w") for one in table.findall(f"{W}tblGrid/{W}gridCol")]
        margins = sum(cell_margin(docx, table, side) for side in ("left", "right"))
        rows = table.findall(f"{W}tr")
        for place, row in enumerate(rows):
            if not is_on(row.find(f"{W}trPr/{W}cantSplit")):
                yield f"row {place + 1} can be split"
            if is_on(row.find(f"{W}trPr/{W}tblHeader")) is not (place == 0):
                yield f"row {place + 1}: repeated on every page, or not"
            yield from _cell_faults(row, place, grid)
        yield from _cut_words(docx, rows, grid, margins)


def _cell_faults(row: Element, place: int, grid: Sequence[int]) -> Iterator[str]:
    column = 0
    for cell in row.findall(f"{W}tc"):
        span = number(cell.find(f"{W}tcPr/{W}gridSpan"), "val") or 1
        wide = number(cell.find(f"{W}tcPr/{W}tcW"), "w")
        if wide != sum(grid[column : column + span]):
            yield f"row {place + 1}, column {column + 1}: width {wide}"
        column += span
    if column != len(grid):
        yield f"row {place + 1}: {column} columns of {len(grid)}"


def _cut_words(
    docx: Docx, rows: Sequence[Element], grid: Sequence[int], margins: int
) -> Iterator[str]:
    for place, row in enumerate(rows):
        cells = row.findall(f"{W}tc")
        for column, cell in enumerate(cells[: len(grid) if len(cells) == len(grid) else 1]):
            for run, paragraph in inked_runs(cell):
                size, bold = docx.size(run, paragraph), docx.bold(run, paragraph)
                for word in text_of(run).split():
                    if text_width(word, size, bold=bold) > grid[column] - margins:
                        yield f"row {place + 1}, column {column + 1}: '{word}' is cut"
