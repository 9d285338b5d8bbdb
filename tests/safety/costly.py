"""Makes office files of some kB or MB that would cost a careless reader minutes or gigabytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.helpers.imports import COLUMNS
from tests.helpers.office_files import Rows, document, pdf, sheet, with_part

SMALL: Rows = [COLUMNS, ("1", "Rà soát", "Đủ", "Quý I/2026", "Tư pháp")]
WORD, SHEET = document(SMALL), sheet(("PL", SMALL))
MAIN, PAGE = "word/document.xml", "xl/worksheets/sheet1.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DRAW = b"/I Do " * 10
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
BEGINS = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
GOES_ON = "<w:tcPr><w:vMerge/></w:tcPr>"
FONT = '<font><strike/><name val="a"/></font>'
MARKS = "\u0301\u0323"


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """Return the archive ``data`` with ``parts`` added, or put in the place of those there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def body(text: str) -> bytes:
    """Return a Word file with ``text`` first in its body."""
    return with_part(
        WORD, MAIN, lambda part: part.replace(b"<w:body>", b"<w:body>" + text.encode())
    )


def word(content: str, **parts: str) -> bytes:
    """Return a Word file of ``content`` alone; ``parts`` are styles, numbering."""
    main = f"<w:document {W}><w:body>{content}</w:body></w:document>"
    named = {f"word/{name}.xml": text for name, text in parts.items()}
    return with_parts(WORD, {MAIN: main, **named})


def page(text: str) -> bytes:
    """Return a workbook with ``text`` at the end of its sheet."""
    return with_part(
        SHEET, PAGE, lambda part: part.replace(b"</sheetData>", b"</sheetData>" + text.encode())
    )


def cells(rows: str, merges: str = "", **parts: str) -> bytes:
    """Return a workbook with ``rows`` and ``merges`` alone in its sheet."""
    content = f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"
    named = {f"xl/{name}.xml": text for name, text in parts.items()}
    return with_parts(SHEET, {PAGE: f"<worksheet {S}>{content}</worksheet>", **named})


def one_part_many_times() -> bytes:
    """A workbook of 200 000 sheets that are one and the same part."""
    names = "".join(f'<sheet name="a{n}" sheetId="{n}" r:id="rId1"/>' for n in range(200_000))
    return with_parts(
        SHEET, {"xl/workbook.xml": f"<workbook {S} {R}><sheets>{names}</sheets></workbook>"}
    )


def many_parts() -> bytes:
    """An archive that lists its one part 700 000 times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a", b"")
    data = out.getvalue()
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entries = data[start:end] * 700_000
    tail = bytearray(data[end:])
    tail[8:12] = b"\xff\xff\xff\xff"
    tail[12:16] = len(entries).to_bytes(4, "little")
    return data[:start] + entries + bytes(tail)


def long_namespace() -> bytes:
    name = "http://a/" + "a" * 1_000_000
    return body(f'<w:p xmlns:x="{name}">' + "<x:a x:b='1'/>" * 200_000 + "</w:p>")


def many_namespaces() -> bytes:
    names = "".join(f' xmlns:n{n}="u{n}"' for n in range(100_000))
    return body(f"<w:p{names}>" + "<w:r/>" * 100_000 + "</w:p>")


def namespaces_in_depth() -> bytes:
    opened = "".join(f'<a xmlns:n{n}="u" xmlns="v{n}">' for n in range(150_000))
    return body(opened + "</a>" * 150_000)


def attribute_storm() -> bytes:
    return body("<w:p" + "".join(f' a{n}=""' for n in range(3_000_000)) + "/>")


def attribute_storms() -> bytes:
    tag = "<w:p" + "".join(f' a{n}=""' for n in range(100_000)) + "/>"
    return body(tag * 80)


def long_attributes() -> bytes:
    return body(("<w:p w:a='" + "a" * 1_500_000 + "'/>") * 60)


def bookmarks() -> bytes:
    starts = "".join(f'<w:bookmarkStart w:id="{n % 7}" w:name="a{n % 7}"/>' for n in range(400_000))
    fields = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF a1</w:instrText></w:r>' * 200_000
    )
    return body(f"<w:p>{starts}{fields}</w:p>")


def levels(count: int, text: str, form: str = "decimal") -> str:
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="99999"/><w:numFmt w:val="{}"/>'
        '<w:lvlText w:val="{}"/></w:lvl>'
    )
    return "".join(level.format(n, form, text) for n in range(count))


def numbering(count: int, text: str, form: str = "decimal") -> str:
    lists = f'<w:abstractNum w:abstractNumId="1">{levels(count, text, form)}</w:abstractNum>'
    num = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    return f"<w:numbering {W}>{lists}{num}</w:numbering>"


def listed(depth: int) -> str:
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr></w:p>"


def numbering_of_many_levels() -> bytes:
    content = "".join(map(listed, range(60_000)))
    return word(content, numbering=numbering(60_000, "%1"))


def numbering_of_long_labels() -> bytes:
    shape = numbering(9, "%1%2%3%4%5%6%7%8%9%1%2%3%4%5%6%7%8%9%1%2", "lowerLetter")
    return word("".join(listed(n % 9) for n in range(90_000)), numbering=shape)


def numbering_in_cycles() -> bytes:
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(90_000)
    )
    link = '<w:numStyleLink w:val="a"/>'
    lists = f'<w:abstractNum w:abstractNumId="1">{levels(9, "%1")}{link}</w:abstractNum>'
    content = "".join(
        listed(n % 9).replace('numId w:val="1"', f'numId w:val="{n}"') for n in range(90_000)
    )
    return word(content, numbering=f"<w:numbering {W}>{lists}{nums}</w:numbering>")


def styles_in_cycles() -> bytes:
    count = 150_000
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % count}"/></w:style>'
        for n in range(count)
    )
    content = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr></w:p>' for n in range(90_000))
    return word(content, styles=f"<w:styles {W}>{styles}</w:styles>")


def nested(depth: int, width: int) -> str:
    """Return a table in a cell merged over ``width`` rows, in a table, and so on."""
    rest = f"<w:tr><w:tc>{GOES_ON}<w:p/></w:tc></w:tr>" * (width - 1)
    inner = "<w:p><w:r><w:t>abc</w:t></w:r></w:p>"
    for _ in range(depth):
        first = f"<w:tr><w:tc>{BEGINS}{inner}</w:tc></w:tr>"
        inner = f"<w:tbl>{first}{rest}</w:tbl><w:p/>"
    return inner


def deep_tables() -> bytes:
    opened = "<w:tbl><w:tr><w:tc>"
    return body(opened * 40_000 + "</w:tc></w:tr></w:tbl>" * 40_000)


def merged_rows_of_paragraphs() -> bytes:
    """A cell of thousands of empty paragraphs, merged over thousands of rows."""
    start = f"<w:tr><w:tc>{BEGINS}" + "<w:p/>" * 40_000 + "</w:tc></w:tr>"
    rest = f"<w:tr><w:tc>{GOES_ON}<w:p/></w:tc></w:tr>" * 19_000
    return body(f"<w:tbl>{start}{rest}</w:tbl>")


def merged_text() -> bytes:
    """A long text, merged over 200 columns of thousands of rows."""
    span = '<w:gridSpan w:val="200"/><w:vMerge'
    text = f"<w:p><w:r><w:t>{'nội dung ' * 5_000}</w:t></w:r></w:p>"
    start = f"<w:tr><w:tc>{BEGINS}{text}</w:tc></w:tr>".replace("<w:vMerge", span)
    rest = f"<w:tr><w:tc>{GOES_ON}<w:p/></w:tc></w:tr>".replace("<w:vMerge", span) * 10_000
    return body(f"<w:tbl>{start}{rest}</w:tbl>")


def many_tables() -> bytes:
    table = "<w:tbl><w:tr>" + "".join(map(CELL.format, COLUMNS[:2])) + "</w:tr></w:tbl>"
    return body(table * 12_000)


def many_tables_of_headings() -> bytes:
    row = "<w:tr>" + "".join(map(CELL.format, COLUMNS)) + "</w:tr>"
    return body(f"<w:tbl>{row * 60}</w:tbl>" * 150)


def deep_runs() -> bytes:
    return body("<w:r>" * 900_000 + "</w:r>" * 900_000)


def marks() -> bytes:
    text = "a" + MARKS * 20_000
    return body(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * 100)


def struck() -> bytes:
    run = "<w:r><w:rPr><w:strike/></w:rPr><w:t>a</w:t></w:r>"
    return body(f"<w:tbl><w:tr><w:tc><w:p>{run * 200_000}</w:p></w:tc></w:tr></w:tbl>")


def long_comment() -> bytes:
    return body("<!--" + "a" * 90_000_000 + "-->")


def fields_in_fields() -> bytes:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF 1</w:instrText></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return body(f"<w:p>{begin * 10_000}<w:r><w:t>a</w:t></w:r>{end * 10_000}</w:p>")


def long_name() -> bytes:
    name = "a" * 1_900_000
    return body(f"<{name}></{name}>" * 20)


def merges_over_merges() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 15_000))
    return cells(rows, '<mergeCell ref="B1:XFD20000"/>' * 400_000)


def merged_sheet_text() -> bytes:
    rows = f'<row r="1"><c r="A1" t="str"><v>{"nội dung " * 3_000}</v></c></row>' + "".join(
        f'<row r="{n}"><c r="GR{n}"><v>1</v></c></row>' for n in range(2, 2_400)
    )
    return cells(rows, '<mergeCell ref="A1:GQ3000"/>')


def hidden_columns() -> bytes:
    return page("<cols>" + '<col min="1" max="99999" hidden="1"/>' * 900_000 + "</cols>")


def shared_text() -> bytes:
    """One long text in all cells."""
    text = f"<sst {S}><si><t>{'nội dung ' * 3_600}</t></si></sst>"
    rows = "".join(
        f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 50 + "</row>" for n in range(1, 3_000)
    )
    return cells(rows, sharedStrings=text)


def shared_marks() -> bytes:
    text = f"<sst {S}><si><t>a{MARKS * 900_000}</t></si></sst>"
    return cells('<row><c t="s"><v>0</v></c></row>' * 100, sharedStrings=text)


def long_sheet_text() -> bytes:
    return cells(f'<row><c t="str"><v>{"1 " * 2_400_000}</v></c></row>')


def style_sheet(forms: str, xfs: str, fonts: str = "<font/>") -> str:
    return (
        f"<styleSheet {S}><numFmts>{forms}</numFmts><fonts>{fonts}</fonts>"
        f"<cellXfs>{xfs}</cellXfs></styleSheet>"
    )


def formats(form: str) -> str:
    return style_sheet(
        f'<numFmt numFmtId="200" formatCode="{form}"/>', '<xf numFmtId="200" fontId="0"/>'
    )


def dated(count: int) -> str:
    return "".join(f'<row r="{n}"><c s="0"><v>45838</v></c></row>' for n in range(1, count))


def format_of_brackets() -> bytes:
    return cells(dated(500), styles=formats("[" * 300_000 + "d"))


def formats_of_255() -> bytes:
    return cells(dated(20_000), styles=formats("[" * 254 + "d"))


def format_table() -> bytes:
    forms = "".join(f'<numFmt numFmtId="{n}" formatCode="d{n}"/>' for n in range(450_000))
    xfs = "".join(f'<xf numFmtId="{n}" fontId="0"/>' for n in range(450_000))
    return cells(dated(10), styles=style_sheet(forms, xfs))


def fonts() -> bytes:
    return cells(dated(10), styles=style_sheet("", "", FONT * 300_000))


def formulas() -> bytes:
    return cells(
        "".join(f'<row r="{n}">' + "<c><f/></c>" * 150 + "</row>" for n in range(1, 2_500))
    )


def wide_rows() -> bytes:
    return cells("".join(f'<row r="{n}"><c r="GR{n}"><v>1</v></c></row>' for n in range(1, 20_000)))


def distinct_headings() -> bytes:
    """Rows that all could be headings, each word another."""
    rows = "".join(
        "<w:tr>" + "".join(CELL.format(f"han {n}{m}") for m in range(150)) + "</w:tr>"
        for n in range(60)
    )
    return body(f"<w:tbl>{rows}</w:tbl>" * 4)


def tasks(text: str) -> bytes:
    """Return a workbook of 2 900 tasks with ``text`` in each cell that people read."""
    head = [COLUMNS, *((str(n), f"{n} {text}", text, text, text) for n in range(2_900))]
    return sheet(("PL", head))


def forms_in_forms() -> bytes:
    """A PDF file in which each of 12 forms draws the next one ten times."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I %d 0 R>>>>"
    forms = b"".join(
        b"%d 0 obj" % n
        + form % (n + 1)
        + b"/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(DRAW), DRAW)
        for n in range(6, 18)
    )
    return pdf(DRAW, b"/XObject<</I 6 0 R>>", forms)


def form_in_itself() -> bytes:
    """A PDF file in which a form draws itself twice."""
    form = b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 6 0 R>>>>"
    stream = b"/Length 11>>stream\n/I Do /I Do\nendstream\nendobj\n"
    return pdf(DRAW, b"/XObject<</I 6 0 R>>", form + stream)


def pages_many_times() -> bytes:
    """A PDF file of one page that its tree names 300 000 times."""
    kids = b" ".join([b"3 0 R"] * 300_000)
    return pdf(b"BT /F 9 Tf 50 700 Td (Ke hoach) Tj ET").replace(
        b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count 300000"
    )


def repeated_rows() -> bytes:
    """An OpenDocument sheet of one cell that stands a thousand million times."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>"
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="1024" office:value-type="string"><text:p>Nội dung</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0)
        made.writestr("content.xml", content)
    return out.getvalue()


def csv_of_marks() -> bytes:
    return ("STT,a" + MARKS * 2_000_000).encode()


def csv_of_marks_in_cells() -> bytes:
    return (("a" + MARKS * 20_000 + "\n") * 100).encode()


def csv_of_wide_letters() -> bytes:
    """Each letter takes four bytes of memory."""
    return ("STT,😀" + "a" * 49_000_000).encode()


COSTLY: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "one-part-many-times": ("xlsx", one_part_many_times),
    "many-parts": ("docx", many_parts),
    "long-namespace": ("docx", long_namespace),
    "many-namespaces": ("docx", many_namespaces),
    "namespaces-in-depth": ("docx", namespaces_in_depth),
    "attribute-storm": ("docx", attribute_storm),
    "attribute-storms": ("docx", attribute_storms),
    "long-attributes": ("docx", long_attributes),
    "bookmarks": ("docx", bookmarks),
    "numbering-of-many-levels": ("docx", numbering_of_many_levels),
    "numbering-of-long-labels": ("docx", numbering_of_long_labels),
    "numbering-in-cycles": ("docx", numbering_in_cycles),
    "styles-in-cycles": ("docx", styles_in_cycles),
    "nested-merged-tables": ("docx", lambda: body(nested(40, 3))),
    "nested-merged-tables-wide": ("docx", lambda: body(nested(4, 60))),
    "deep-tables": ("docx", deep_tables),
    "merged-rows-of-paragraphs": ("docx", merged_rows_of_paragraphs),
    "merged-text": ("docx", merged_text),
    "many-tables": ("docx", many_tables),
    "many-tables-of-headings": ("docx", many_tables_of_headings),
    "distinct-headings": ("docx", distinct_headings),
    "long-deadlines": ("xlsx", lambda: tasks("trước ngày 25 hàng tháng và quý I, " * 11)),
    "many-units": ("xlsx", lambda: tasks("Phòng A, Ban B; Tổ C và Đội D, " * 12)),
    "unread-deadlines": ("xlsx", lambda: tasks("ngày 3 trong 1/1 hoặc của tháng, " * 11)),
    "deep-runs": ("docx", deep_runs),
    "marks": ("docx", marks),
    "struck": ("docx", struck),
    "long-comment": ("docx", long_comment),
    "long-name": ("docx", long_name),
    "fields-in-fields": ("docx", fields_in_fields),
    "empty-paragraphs": ("docx", lambda: body("<w:p/>" * 95_000)),
    "short-paragraphs": (
        "docx",
        lambda: body("<w:p><w:r><w:t>1. Căn cứ a) b</w:t></w:r></w:p>" * 90_000),
    ),
    "merges-over-merges": ("xlsx", merges_over_merges),
    "merged-sheet-text": ("xlsx", merged_sheet_text),
    "hidden-columns": ("xlsx", hidden_columns),
    "shared-text": ("xlsx", shared_text),
    "shared-marks": ("xlsx", shared_marks),
    "long-sheet-text": ("xlsx", long_sheet_text),
    "format-of-brackets": ("xlsx", format_of_brackets),
    "formats-of-255": ("xlsx", formats_of_255),
    "format-table": ("xlsx", format_table),
    "fonts": ("xlsx", fonts),
    "formulas": ("xlsx", formulas),
    "wide-rows": ("xlsx", wide_rows),
    "forms-in-forms": ("pdf", forms_in_forms),
    "form-in-itself": ("pdf", form_in_itself),
    "pages-many-times": ("pdf", pages_many_times),
    "pdf-that-inflates": ("pdf", lambda: pdf(b" " * 900_000_000)),
    "pdf-of-letters": ("pdf", lambda: pdf(b"BT /F 9 Tf " + b"(a) Tj " * 3_000_000)),
    "pdf-of-rules": ("pdf", lambda: pdf(b"0 0 9 9 re S " * 1_000_000)),
    "separators": ("csv", lambda: b"," * 49_000_000),
    "mixed-separators": ("csv", lambda: b",;\t|" * 1_200_000),
    "separators-in-rows": ("csv", lambda: (b"STT;" + b"a;" * 199 + b"\n") * 2_300),
    "quotes": ("csv", lambda: b'STT;a\n"' + b'""' * 20_000_000),
    "groups": ("rtf", lambda: b"{\\rtf1 " + b"{" * 200_000 + b"a" + b"}" * 200_001),
    "repeated-rows": ("ods", repeated_rows),
    "csv-marks": ("csv", csv_of_marks),
    "csv-marks-in-cells": ("csv", csv_of_marks_in_cells),
    "csv-lines": ("csv", lambda: b"\n" * 49_000_000),
    "csv-rows": ("csv", lambda: b"a\n" * 2_400_000),
    "csv-of-wide-letters": ("csv", csv_of_wide_letters),
}  # fmt: skip
"""Each file with the end of its name."""
