"""Take the styles out of a docx of the office, and nothing else that it holds.

Whoever made the file chose its bytes.  Headers, links, pictures and templates on servers, macros
stay behind, so that no program which opens our document sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from parplan.importer.budget import Budget, too_big_error
from parplan.importer.office.guard import Package, damaged_error, read_bounded_file
from parplan.render.document import page_setup

_PART = "word/styles.xml"
_MOST_STYLES = 5_000
"""Word itself knows some 400; python-docx looks through all of them for each cell."""

_FAULTS = (LxmlError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What python-docx raises for styles that are none: it trusts what is in them."""


def prepare(document: Any, path: Path) -> None:
    """Make ``document`` an empty page as ``page_setup.prepare`` does, with the styles of ``path``.

    Raises UserError where that is no docx, or its styles cannot be used.
    """
    budget = Budget(path)
    package = Package(read_bounded_file(budget), budget)
    count = 0

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal count
        count += name == "style"
        if count > _MOST_STYLES:
            raise too_big_error(path)

    package.walk(_PART, start)
    try:
        styles = parse_xml(package.part(_PART))
        if styles.tag != qn("w:styles"):
            raise damaged_error(path)
        document.part._styles_part._element = styles
        page_setup.prepare(document)
        for name in (page_setup.BODY, page_setup.CELL):
            document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
    except _FAULTS as error:
        raise damaged_error(path) from error
