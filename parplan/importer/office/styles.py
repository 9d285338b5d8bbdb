"""How the named styles of a Word document look, as far as reading a plan needs it.

The font tells which letters are meant.  Bold and centred tell a heading from text; a style can
also number its paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parplan.importer.office.guard import Package, attribute_number
from parplan.importer.office.numbering import LEVEL_DIGITS

_PART = "word/styles.xml"
# A style may be based on itself, over others; the walk must end.
_LONGEST_CHAIN = 12


class StyleLook(msgspec.Struct, frozen=True):
    """What a style says: whether bold and centred, its font, and the list it numbers by."""

    bold: bool = False
    centred: bool = False
    font: str = ""
    list: str = ""
    depth: int = 0


class _Style(msgspec.Struct):
    based_on: str = ""
    bold: bool | None = None
    centred: bool | None = None
    font: str = ""
    list: str | None = None
    depth: int = 0


class Styles:
    """The styles of a document, by their ids; the id '' stands for the default one."""

    def __init__(self) -> None:
        self.by_id: dict[str, _Style] = {}
        self.default = ""
        self.font = ""
        self._looks: dict[str, StyleLook] = {}

    def look(self, name: str) -> StyleLook:
        """Return how the style ``name`` looks, with what it takes from those it is based on."""
        name = name or self.default
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def _resolve(self, name: str) -> StyleLook:
        chain: list[_Style] = []
        while name in self.by_id and len(chain) < _LONGEST_CHAIN:
            chain.append(self.by_id[name])
            name = self.by_id[name].based_on
        bold = next((style.bold for style in chain if style.bold is not None), False)
        centred = next((style.centred for style in chain if style.centred is not None), False)
        font = next((style.font for style in chain if style.font), self.font)
        numbered = next((style for style in chain if style.list is not None), _Style())
        return StyleLook(bold, centred, font, numbered.list or "", numbered.depth)


def font_of(attributes: Mapping[str, str]) -> str:
    """Return the font that an element ``rFonts`` gives to Latin letters; empty for none."""
    return attributes.get("ascii") or attributes.get("hAnsi", "")


def read_styles(package: Package) -> Styles:
    """Return the styles that the document defines."""
    styles = Styles()
    if package.has(_PART):
        parser = _StylesParser(styles)
        package.walk(_PART, parser.start, parser.end)
    return styles


class _StylesParser:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.style: _Style | None = None
        self.conditional = 0  # inside what holds for parts of a table only

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self.style = self.styles.by_id.setdefault(attributes.get("styleId", ""), _Style())
            if attributes.get("default") == "1" and attributes.get("type") == "paragraph":
                self.styles.default = attributes.get("styleId", "")
        elif name == "tblStylePr":
            self.conditional += 1
        elif name == "rFonts" and self.style is None:  # of all that no style says otherwise
            self.styles.font = font_of(attributes)
        elif self.style is None or self.conditional:
            return
        elif name == "basedOn":
            self.style.based_on = value
        elif name == "rFonts":
            self.style.font = font_of(attributes)
        elif name == "b":
            self.style.bold = value not in ("0", "false", "off")
        elif name == "jc":
            self.style.centred = value == "center"
        elif name == "numId":
            self.style.list = value
        elif name == "ilvl":
            self.style.depth = attribute_number(value, LEVEL_DIGITS)

    def end(self, name: str) -> None:
        if name == "style":
            self.style = None
        elif name == "tblStylePr":
            self.conditional -= 1
