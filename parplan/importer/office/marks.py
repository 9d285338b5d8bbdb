"""What Word and Excel show otherwise than as plain text: struck out, raised, hidden.

Struck-out text is not in force, and raised digits are the marks of footnotes: neither may
become a part of a deadline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from parplan.importer.office.guard import is_on
from parplan.importer.office.old_fonts import to_unicode
from parplan.problem import N_

STRUCK = N_("text is struck out here; it was left out")
HIDDEN_TEXT = N_("text is hidden here; it was left out")
HIDDEN_ROW = N_("the row is hidden, perhaps by a filter; it was left out")
HIDDEN_COLUMN = N_("the column is hidden; it was left out")
HIDDEN_SHEET = N_("the sheet is hidden; it was left out")
TEXT_BOX = N_("a text box stands here; its text was not read")
TABLE_IN_BOX = N_("a table stands in a text box near here; it was not read")
TRACKED = N_("changes are tracked here; the text as changed was read")

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_FOOTNOTE = re.compile(r"(?<=[^\W_])[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+|(?<=[^\W_])\s*\([1-9]\)$", re.MULTILINE)


def raised(text: str) -> str:
    """Return ``text`` with its digits and brackets raised: 1² is no 12."""
    return text.translate(_RAISED)


def without_footnotes(text: str) -> str:
    """Return ``text`` without the marks of footnotes behind its words.

    >>> without_footnotes("Tháng 1²"), without_footnotes("Quý II⁽³⁾"), without_footnotes("7 (1)")
    ('Tháng 1', 'Quý II', '7')
    """
    return _FOOTNOTE.sub("", text)


class CellText(NamedTuple):
    """The text of a cell; ``has_fonts`` where its parts have fonts of their own, by which it is."""

    text: str = ""
    has_struck: bool = False
    has_fonts: bool = False


class RunText:
    """Collects the text of a cell of Excel, run by run (ISO/IEC 29500-1, 18.4)."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._taking = self._pronounced = self._has_struck = False
        self._struck = self._raised = self._has_fonts = False
        self._font = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in the start of an element."""
        if name in ("v", "t"):
            self._taking = True
        elif name == "rPh":  # how a text is pronounced
            self._pronounced = True
        elif name == "rFont":
            self._font, self._has_fonts = attributes.get("val", ""), True
        elif name == "strike":
            self._struck = is_on(attributes)
        elif name == "vertAlign":
            self._raised = attributes.get("val") == "superscript"

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name in ("v", "t"):
            self._taking = False
        elif name == "rPh":
            self._pronounced = False
        elif name == "r":
            self._struck = self._raised = False
            self._font = ""

    def text(self, text: str) -> None:
        """Take in a piece of text."""
        if not self._taking or self._pronounced:
            return
        if self._struck:
            self._has_struck = self._has_struck or not text.isspace()
        else:
            text = to_unicode(text, self._font)
            self._parts.append(raised(text) if self._raised else text)

    def take(self) -> CellText:
        """Return the text, and begin anew."""
        taken = CellText("".join(self._parts), self._has_struck, self._has_fonts)
        self._parts, self._has_struck, self._has_fonts = [], False, False
        return taken
