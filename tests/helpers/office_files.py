"""What the tests of `import` share: Word, Excel and CSV files of invented offices, built here.

A table is written as rows of cells; ``LEFT`` and ``UP`` are merged with the cell beside
and above them.
"""

from __future__ import annotations

import functools
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LEFT, UP = "←", "↑"
Rows = Sequence[Sequence[str]]

HEAD = (
    ("UBND THÀNH PHỐ HÀ NỘI\nỦY BAN NHÂN DÂN PHƯỜNG AN HÒA\n-------",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"),
    ("Số: 15/KH-UBND", "An Hòa, ngày 12 tháng 01 năm 2026"),
)  # fmt: skip
TITLE = ("*^KẾ HOẠCH", "*^Cải cách hành chính năm 2026 trên địa bàn phường An Hòa")
TEXT = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Thực hiện Kế hoạch số 358/KH-UBND ngày 30/12/2025 của UBND thành phố Hà Nội về cải cách hành "
    "chính năm 2026;",
    "Ủy ban nhân dân phường An Hòa ban hành Kế hoạch như sau:",
    "*I. MỤC ĐÍCH, YÊU CẦU",
    "*1. Mục đích",
    "Nâng cao chất lượng phục vụ người dân.",
    "*2. Yêu cầu",
    "- Xác định rõ trách nhiệm của từng bộ phận.",
    "- Gắn với chuyển đổi số.",
    "*II. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng HĐND và UBND phường: theo dõi, đôn đốc việc thực hiện; tổng hợp báo cáo.",
    "a) Báo cáo định kỳ hằng quý.",
    "b) Tham mưu khen thưởng.",
    "Trên đây là Kế hoạch cải cách hành chính năm 2026 của phường An Hòa./.",
)
TAIL = (
    ("*Nơi nhận:\n- UBND thành phố (để b/c);\n- Các phòng, đơn vị;\n- Lưu: VT, VP.",
     "*TM. ỦY BAN NHÂN DÂN\n*KT. CHỦ TỊCH\n*PHÓ CHỦ TỊCH\n\n\n*Trần Thị Bình"),
)  # fmt: skip


def document(*blocks: str | Rows, finish: Callable[[Any], None] | None = None) -> bytes:
    """Return a docx file of paragraphs and tables; ``*`` makes bold, ``^`` centres."""
    doc = docx.Document(io.BytesIO(_empty()))
    for block in blocks:
        if isinstance(block, str):
            paragraph(doc, block)
        else:
            table(doc, block)
    if finish:
        finish(doc)
    return _saved(doc)


_USED = ("TableNormal", "TableGrid")


@functools.cache
def _empty() -> bytes:
    """Return python-docx's empty document with two of its styles of tables.

    The others are 9 000 elements that no table here uses, and every reader goes through.
    """
    doc = docx.Document()
    styles = doc.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _USED:
            styles.remove(style)
    return _saved(doc)


def _saved(doc: Any) -> bytes:
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def paragraph(place: Any, text: str) -> None:
    added = place.add_paragraph()
    words = text.lstrip("*^")
    marks = text[: len(text) - len(words)]
    added.add_run(words).bold = "*" in marks or None
    if "^" in marks:
        added.alignment = ALIGN.CENTER


def table(doc: Any, rows: Rows) -> Any:
    added = doc.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == LEFT:
                added.cell(r, c - 1).merge(added.cell(r, c))
            elif text == UP:
                added.cell(r - 1, c).merge(added.cell(r, c))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in (LEFT, UP):
                cell = added.cell(r, c)
                for extra in cell.paragraphs[1:]:
                    extra._p.getparent().remove(extra._p)
                first, *others = text.split("\n")
                cell.paragraphs[0].add_run(first.lstrip("*")).bold = first.startswith("*") or None
                for line in others:
                    paragraph(cell, line)
    return added


def repeats(row: Any) -> None:
    """Let ``row`` of a Word table stand on top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def numbered(doc: Any, cells: Iterable[Any], form: str = "decimal", text: str = "%1.") -> str:
    """Let Word number the paragraphs of ``cells`` by itself; return the list's number."""
    part = doc.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    key = str(900 + len(part.findall(qn("w:abstractNum"))))
    abstract.set(qn("w:abstractNumId"), key)
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", form), ("lvlText", text)):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    part.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), key)
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), key)
    num.append(link)
    part.append(num)
    for cell in cells:
        properties = cell.paragraphs[0]._p.get_or_add_pPr()
        numbering = properties.get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = int(key)
    return key


def sheet(*sheets: tuple[str, Rows], formats: Mapping[str, str] | None = None) -> bytes:
    """Return an xlsx file of these sheets; ``formats`` gives number formats to cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        page = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value not in (LEFT, UP, ""):
                    page.cell(r, c, value)
        for first, last in _ranges(rows):
            page.merge_cells(
                start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1]
            )
        for ref, form in (formats or {}).items():
            page[ref].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ranges(rows: Rows) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the merged ranges: cells with ``LEFT`` beside them or ``UP`` below."""
    ranges = []
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text in (LEFT, UP):
                continue
            right, low = c, r
            while right < len(row) and row[right] == LEFT:
                right += 1
            while low < len(rows) and len(rows[low]) >= c and rows[low][c - 1] == UP:
                low += 1
            if (right, low) != (c, r):
                ranges.append(((r, c), (low, right)))
    return ranges


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the archive ``data`` with its part ``name`` changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == name else part)
    return out.getvalue()


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def pdf(content: bytes = b"", resources: bytes = b"", more: bytes = b"") -> bytes:
    """Return a PDF file of one page, its ``content`` deflated."""
    stream = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
        b"/Font<</F 5 0 R>>" + resources + b">>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written = b"%PDF-1.4\n"
    written += b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return written + more + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def relations(kind: str, target: str) -> str:
    """Return the relationships of a part that has one, ``x``, with a file on a server."""
    formats = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{formats}/package/2006/relationships"><Relationship Id="x" '
        f'Type="{formats}/officeDocument/2006/relationships/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
