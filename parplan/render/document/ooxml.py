"""The small pieces of WordprocessingML that python-docx has no words for.

Each puts its element where the schema wants it (ISO/IEC 29500-1, 17.3 to 17.6), since
Word, unlike LibreOffice, refuses another order.  Widths are in twips: 1 cm = 567.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

FONT = "Times New Roman"
CM = 567


def _elements(names: str) -> tuple[str, ...]:
    return tuple(f"w:{name}" for name in names.split())


# What the schema puts after an element that we insert.
_AFTER_BORDERS = _elements(
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct "
    "autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_AFTER_NUMBERING = _elements(
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings sectPrChange"
)
_AFTER_TABLE_BORDERS = _elements(
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)

UNSEALED = "parplan:unsealed"
_MOST_BYTES = 200_000_000
_PROPERTIES = "docProps/core.xml"
_EVERYWHERE = 3  # "Unix", what all systems but Windows say that they are
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say


def element(name: str, **attributes: object) -> Any:
    """Return a new element ``w:name`` with attributes of the same namespace."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def set_font(run_properties: Any) -> None:
    """Make Times New Roman the font for every script, and no theme's."""
    fonts = run_properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_language(run_properties: Any) -> None:
    """Say that text is Vietnamese, lest Word underline it all as misspelt English."""
    for old in run_properties.findall(qn("w:lang")):
        run_properties.remove(old)
    language = element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")
    run_properties.insert_element_before(language, "w:eastAsianLayout", "w:specVanish", "w:oMath")


def line_above(paragraph: Any) -> None:
    """Draw a solid line over ``paragraph``, as wide as its indents leave."""
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=6, space=1, color="auto"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def page_number(paragraph: Any) -> None:
    """Write the number of the page into ``paragraph``."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def restart_page_numbers(section: Any) -> None:
    """Let the pages of ``section`` count from 1."""
    numbering = element("pgNumType", start=1)
    section._sectPr.insert_element_before(numbering, *_AFTER_NUMBERING)


def fixed_width(table: Any, widths: list[int]) -> None:
    """Give the columns of ``table`` these widths and no others."""
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    wide = element("tblW", w=sum(widths), type="dxa")
    properties.insert_element_before(wide, "w:jc", "w:tblCellSpacing", *_AFTER_TABLE_BORDERS)
    for column, twips in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(twips))
    for row in table.rows:
        for cell, twips in zip(row.cells, widths, strict=True):
            cell.width = Twips(twips)


def borders(table: Any) -> None:
    """Draw thin lines around every cell of ``table``."""
    lines = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(side, val="single", sz=4, space=0, color="auto"))
    table._tbl.tblPr.insert_element_before(lines, *_AFTER_TABLE_BORDERS[2:])


def lay_row(row: Any, *, whole: bool = True, repeat: bool = False) -> None:
    """Let ``row`` not break over pages where ``whole``; with ``repeat``, stand on top of each."""
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(element("cantSplit"))
    if repeat:
        properties.append(element("tblHeader"))


def same_bytes(document: bytes) -> bytes:
    """Return the docx ``document`` with its parts in a fixed order, without clock and system.

    Its property ``identifier``, where it is ``UNSEALED``, tells one that was changed later.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        seal = _digest(old)
        for name in names:
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _EVERYWHERE
            data = old.read(name)
            if name == _PROPERTIES:
                data = data.replace(UNSEALED.encode(), seal.encode())
            new.writestr(info, data)
    return out.getvalue()


def is_as_written(document: bytes) -> bool:
    """Tell whether the docx ``document`` is as parplan wrote it, changed by nobody."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                return False
            return f">{_digest(parts)}<".encode() in parts.read(_PROPERTIES)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ):
        return False


def _digest(parts: zipfile.ZipFile) -> str:
    """Return what tells the parts of a docx from others, but for its properties."""
    state = hashlib.blake2b(digest_size=16)
    for name in sorted(set(parts.namelist()) - {_PROPERTIES}):
        data = parts.read(name)
        state.update(f"{name} {len(data)} ".encode())
        state.update(data)
    return f"parplan:{state.hexdigest()}"
