"""How does a named style of a Word document look, as far as reading a plan needs it?

Bold and centred tell a heading from text; a style can also number its paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parplan.importer.office.guard import Package
from parplan.importer.office.numbering import whole

_PART = "word/styles.xml"
_LONGEST_CHAIN = 12


class StyleLook(msgspec.Struct, frozen=True):
    """What a style says: whether bold and centred, and the list it numbers by."""

    bold: bool = False
    centred: bool = False
    list: str = ""
    depth: int = 0


class _Style(msgspec.Struct):
    based_on: str = ""
    bold: bool | None = None
    centred: bool | None = None
    list: str | None = None
    depth: int = 0


class Styles:
    """The styles of a document, by their ids; the id '' stands for the default one."""

    def __init__(self) -> None:
        self.known: dict[str, _Style] = {}
        self.default = ""
        self._looks: dict[str, StyleLook] = {}

    def look(self, name: str) -> StyleLook:
        """Return how the style ``name`` looks, with what it takes from those it is based on."""
        name = name or self.default
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def _resolve(self, name: str) -> StyleLook:
        chain: list[_Style] = []
        while name in self.known and len(chain) < _LONGEST_CHAIN:
            chain.append(self.known[name])
            name = self.known[name].based_on
        bold = next((one.bold for one in chain if one.bold is not None), False)
        centred = next((one.centred for one in chain if one.centred is not None), False)
        numbered = next((one for one in chain if one.list is not None), _Style())
        return StyleLook(bold, centred, numbered.list or "", numbered.depth)


def read_styles(package: Package) -> Styles:
    """Return the styles that the document defines."""
    found = Styles()
    if package.has(_PART):
        reader = _StylesParser(found)
        package.walk(_PART, reader.start, reader.end, lambda _text: None)
    return found


class _StylesParser:
    def __init__(self, found: Styles) -> None:
        self.found = found
        self.now: _Style | None = None
        self.conditional = 0  # inside what holds for parts of a table only

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self.now = self.found.known.setdefault(attributes.get("styleId", ""), _Style())
            if attributes.get("default") == "1" and attributes.get("type") == "paragraph":
                self.found.default = attributes.get("styleId", "")
        elif name == "tblStylePr":
            self.conditional += 1
        elif self.now is None or self.conditional:
            return
        elif name == "basedOn":
            self.now.based_on = value
        elif name == "b":
            self.now.bold = value not in ("0", "false", "off")
        elif name == "jc":
            self.now.centred = value == "center"
        elif name == "numId":
            self.now.list = value
        elif name == "ilvl":
            self.now.depth = whole(value)

    def end(self, name: str) -> None:
        if name == "style":
            self.now = None
        elif name == "tblStylePr":
            self.conditional -= 1
