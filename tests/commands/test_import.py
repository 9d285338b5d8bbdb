"""`parplan import` as a clerk meets it: what it writes, says, and refuses; hostile files."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest

from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from tests.conftest import Golden, Run
from tests.helpers.imports import COLUMNS, NUMBERED, import_limited
from tests.helpers.office import any_letters, calc, lacking
from tests.helpers.office_files import (
    HEAD,
    LEFT,
    TAIL,
    TEXT,
    TITLE,
    UP,
    Rows,
    document,
    saved,
    sheet,
    with_part,
)
from tests.helpers.running import PATIENCE

LEFT_OPEN: Rows = [
    ("STT", "Nội dung nhiệm vụ", "Sản phẩm", "Thời gian", "Đơn vị thực hiện", LEFT),
    (UP, UP, UP, UP, "Chủ trì", "Phối hợp"),
    ("I", "CÔNG TÁC CHỈ ĐẠO", LEFT, LEFT, LEFT, LEFT),
    ("1", "Ban hành Kế hoạch", "Kế hoạch", "Trước 31/01/2026", "Văn phòng", "Các phòng, đơn vị"),
    ("2", "Kiểm tra", "30% đơn vị", "Khoảng giữa năm", "Văn phòng UBND phường", ""),
    ("3", "Sơ kết", "", "Trước ngày 05/01/2026", "Van phong UBND", "Công an phường"),
    ("II", "CẢI CÁCH THỂ CHẾ", LEFT, LEFT, LEFT, LEFT),
    ("4", "Rà soát văn bản", "Đạt 100%", "Quý I, quý III năm 2026", "Tư pháp - Hộ tịch", ""),
    ("5", "Theo dõi thi hành pháp luật", "", "", "Tư pháp hộ tịch", "Công an phường"),
    ("", "Tổng cộng: 5 nhiệm vụ", LEFT, LEFT, LEFT, LEFT),
]  # fmt: skip
WITH_GAPS = document(
    HEAD,
    *TITLE,
    *TEXT,
    TAIL,
    "*^PHỤ LỤC",
    "*^DANH MỤC NHIỆM VỤ",
    "^(Kèm theo Kế hoạch số 15/KH-UBND ngày 12/01/2026 của UBND phường An Hòa)",
    LEFT_OPEN,
)
SMALL: Rows = [COLUMNS, ("1", "Rà soát", "Đủ", "Quý I/2026", "Tư pháp")]


def plan_of(path: Path) -> Plan:
    reading = read_plan(path.name, path.read_bytes())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_said(language: str, workspace: Path, run: Run, golden: Golden) -> None:
    saved(workspace, "ke-hoach.docx", WITH_GAPS)

    ended = run("import", "ke-hoach.docx", "--lang", language)

    assert (ended.returncode, ended.stderr) == (0, "")
    golden(f"import.{language}.txt", ended.stdout)


def test_what_is_written(workspace: Path, run: Run, golden: Golden) -> None:
    saved(workspace, "ke-hoach.docx", WITH_GAPS)

    ended = run("import", "ke-hoach.docx", "-o", "-")

    golden("import.yaml", ended.stdout)
    assert not (workspace / "plan" / "2026.yaml").exists()


def test_check_finds_what_was_named_and_nothing_else(workspace: Path, run: Run) -> None:
    saved(workspace, "a.docx", WITH_GAPS)
    said = json.loads(run("import", "a.docx", "--format", "json").stdout)

    found = json.loads(run("check", "--year", "2026", "--format", "json").stdout)["items"]

    named = {(one["code"], one["task"]) for one in said["items"] if one["task"]}
    assert named == {("unread", "2"), ("no-deadline", "5"), ("never-due", "3")}
    assert sorted(one["code"] for one in found) == ["never-due", "no-schedule", "no-schedule"]


def test_for_programs(workspace: Path, run: Run, golden: Golden) -> None:
    saved(workspace, "a.docx", WITH_GAPS)

    golden("import.json", run("import", "a.docx", "--format", "json", "--lang", "en").stdout)


def test_two_occurrences_of_one_name_are_left_to_the_clerk(workspace: Path, run: Run) -> None:
    rows = [COLUMNS, ("1", "Giao ban", "", "Tháng 6/2026; chậm nhất tháng 6/2026", "Tư pháp")]
    saved(workspace, "a.docx", document(rows))

    said = json.loads(run("import", "a.docx", "--year", "2026", "--format", "json").stdout)

    assert [one["code"] for one in said["items"]] in (["repeated-ref"], ["unread"])
    assert plan_of(workspace / "plan" / "2026.yaml").sections[0].tasks[0].schedule == []


def test_a_report_tells_row_by_row_what_was_read(workspace: Path, run: Run) -> None:
    saved(workspace, "a.xlsx", sheet(("Phụ lục", LEFT_OPEN)))
    ended = run("import", "a.xlsx", "--year", "2026", "--report", "doc.xlsx", "--lang", "en")

    assert "written doc.xlsx" in ended.stdout
    assert "Deadlines: 3 read, 2 left open" in ended.stdout
    tasks, others = openpyxl.load_workbook(workspace / "doc.xlsx").worksheets
    rows = [[cell.value for cell in row] for row in tasks.iter_rows(min_row=2)]
    assert [row[:2] + row[4:6] for row in rows] == [
        ["sheet Phụ lục, row 4", "1", "2026-01-30", "Văn phòng"],
        ["sheet Phụ lục, row 5", "2", "left open", "Văn phòng UBND phường"],
        ["sheet Phụ lục, row 6", "3", "2026-01-04", "Van phong UBND"],
        ["sheet Phụ lục, row 8", "4", "2026-03-31; 2026-09-30", "Tư pháp - Hộ tịch"],
        ["sheet Phụ lục, row 9", "5", "left open", "Tư pháp hộ tịch"],
    ]
    assert "deadline not understood: “Khoảng giữa năm”" in str(rows[1][6])
    assert str(others["A2"].value).startswith("sheet Phụ lục, row 10: row not read")
    again = run("import", "a.xlsx", "--year", "2026", "-o", "-", "--report", "doc.xlsx")
    assert (again.returncode, again.stdout) == (2, "")


def test_one_sheet_of_several(workspace: Path, run: Run) -> None:
    second = [COLUMNS, ("7", "Đối thoại", "", "Quý III/2026", "Tư pháp")]
    data = sheet(("Một", SMALL), ("Hai", second), ("Số liệu", [("A", "B"), ("1", "2")]))
    saved(workspace, "a.xlsx", data)

    both = json.loads(run("import", "a.xlsx", "--year", "2026", "--format", "json").stdout)
    run("import", "a.xlsx", "--year", "2026", "--sheet", "Hai", "-o", "hai.yaml")
    wrong = run("import", "a.xlsx", "--year", "2026", "--sheet", "Ba", "-o", "ba.yaml")

    assert (both["tasks"], [(n["code"], n["where"]) for n in both["items"]]) == (
        2,
        [("sheet", {"sheet": "Số liệu"})],
    )
    assert [task.id for _s, task in plan_of(workspace / "hai.yaml").tasks()] == ["7"]
    assert wrong.returncode == 2
    assert "Một; Hai; Số liệu" in wrong.stderr


def test_nothing_is_replaced(workspace: Path, run: Run) -> None:
    saved(workspace, "a.docx", document(SMALL))
    before = (workspace / "plan" / "2025.yaml").read_bytes()

    ended = run("import", "a.docx", "--year", "2025", "--lang", "en")

    assert ended.returncode == 2
    assert "is there already and stays as it is" in ended.stderr
    assert (workspace / "plan" / "2025.yaml").read_bytes() == before


def test_without_a_workspace_one_is_begun(
    tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    folder = tmp_path_factory.mktemp("mới")
    saved(folder, "a.docx", document(SMALL))

    ended = run("import", "a.docx", "--year", "2026", "--lang", "en", cwd=folder)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "parplan init" in ended.stdout
    assert run("check", "--lang", "en", cwd=folder).stdout == "plan/2026.yaml: no mistakes\n"


def test_a_new_folder_is_not_the_one_around_it(workspace: Path, run: Run) -> None:
    saved(workspace, "a.docx", document(*TITLE, SMALL))

    assert run("import", "a.docx", "--dir", "phuong-b").returncode == 0

    assert (workspace / "phuong-b" / "plan" / "2026.yaml").exists()
    assert not (workspace / "plan" / "2026.yaml").exists()


def test_the_year_is_asked_for_where_nothing_tells_it(workspace: Path, run: Run) -> None:
    saved(workspace, "a.docx", document(SMALL))

    ended = run("import", "a.docx", "--lang", "en")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--year" in ended.stderr


# The 2025 plan as a document, read again.


def without_labels(plan: Plan) -> list[object]:
    """Return what must come back: the tasks, but what no document shows."""

    def bare(rule: msgspec.Struct) -> dict[str, object]:
        return {**msgspec.to_builtins(rule), "label": ""}

    return [
        (
            *(section.id, section.title, task.id, task.title, task.requirement),
            *(task.deadline_text, task.units, task.supporting),
            [bare(rule) for rule in task.schedule],
        )
        for section, task in plan.tasks()
    ]


def test_the_2025_plan_comes_back_from_its_document(workspace: Path, run: Run) -> None:
    assert run("document", "-o", "ke-hoach.docx").returncode == 0
    known = plan_of(workspace / "plan" / "2025.yaml")
    (workspace / "plan" / "2025.yaml").unlink()

    ended = run("import", "ke-hoach.docx", "--lang", "en")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "to look at" not in ended.stdout
    again = plan_of(workspace / "plan" / "2025.yaml")
    assert without_labels(again) == without_labels(known)
    for part in ("document", "issuer", "superior", "effective_from", "bases", "preamble", "text",
                 "closing", "recipients", "signer", "appendix"):  # fmt: skip
        assert getattr(again, part) == getattr(known, part), part
    assert run("check", "--lang", "en").stdout == "plan/2025.yaml: no mistakes\n"


def test_the_2025_plan_comes_back_from_its_workbook(workspace: Path, run: Run) -> None:
    """Of its sheets the appendix alone lists tasks; the next deadline is none of the plan."""
    assert run("note", "4@2025-06", "đã gửi giấy mời", "--author", "Lan").returncode == 0
    assert run("export", "xlsx", "-o", "so.xlsx").returncode == 0
    known = plan_of(workspace / "plan" / "2025.yaml")
    (workspace / "plan" / "2025.yaml").unlink()

    ended = run("import", "so.xlsx", "--lang", "en")

    assert (ended.returncode, ended.stderr) == (0, "")
    again = plan_of(workspace / "plan" / "2025.yaml")
    assert without_labels(again) == without_labels(known)


def test_units_come_back_where_another_year_knows_them(workspace: Path, run: Run) -> None:
    assert run("document", "-o", "ke-hoach.docx").returncode == 0
    path = workspace / "plan" / "2024.yaml"
    text = (workspace / "plan" / "2025.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("\nyear: 2025", "\nyear: 2024"), encoding="utf-8")
    (workspace / "plan" / "2025.yaml").unlink()

    ended = run("import", "ke-hoach.docx", "--lang", "en")

    known, again = plan_of(path), plan_of(workspace / "plan" / "2025.yaml")
    assert "Units: 7 known, no new ones" in ended.stdout
    assert again.units == known.units
    assert without_labels(again) == without_labels(known)


def test_the_document_of_an_imported_plan_is_read_as_the_same_plan(
    workspace: Path, run: Run
) -> None:
    saved(workspace, "a.docx", NUMBERED)
    run("import", "a.docx")
    first = plan_of(workspace / "plan" / "2026.yaml")
    assert run("document", "--year", "2026", "-o", "b.docx").returncode == 0
    (workspace / "plan" / "2026.yaml").rename(workspace / "first.yaml")

    run("import", "b.docx")

    again = plan_of(workspace / "plan" / "2026.yaml")
    assert without_labels(again) == without_labels(first)
    assert (again.text, again.units, again.document) == (first.text, first.units, first.document)


@pytest.mark.slow
def test_a_document_that_libreoffice_wrote(workspace: Path, run: Run) -> None:
    if shutil.which("soffice") is None:
        lacking("LibreOffice is not installed")
    page = """<html><head><meta charset="utf-8"></head><body><p align="center"><b>PHỤ LỤC</b></p>
      <table border="1"><thead>
      <tr><th rowspan="2">STT</th><th rowspan="2">Nhiệm vụ</th><th rowspan="2">Thời hạn</th>
          <th colspan="2">Đơn vị</th></tr>
      <tr><th>Chủ trì</th><th>Phối hợp</th></tr></thead>
      <tr><td>I</td><td colspan="4">Thể chế</td></tr>
      <tr><td rowspan="2">1</td><td rowspan="2">Giao ban</td><td>Tháng 6/2026</td>
          <td rowspan="2">Văn phòng</td><td rowspan="2">Công an phường</td></tr>
      <tr><td>Tháng 11/2026</td></tr>
      <tr><td>2</td><td>Rà soát</td><td>Quý I/2026</td><td>Tư pháp</td><td></td></tr>
      </table></body></html>"""
    saved(workspace, "a.html", page.encode())
    profile = (workspace / "profile").as_uri()
    how = ["--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML"]
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", *how, "a.html"],
        cwd=workspace,
        env=any_letters(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (workspace / "a.docx").exists(), done.stderr

    run("import", "a.docx", "--year", "2026")

    plan = plan_of(workspace / "plan" / "2026.yaml")
    assert [
        (section.id, task.id, task.title, task.deadline_text, task.units, task.supporting)
        for section, task in plan.tasks()
    ] == [
        ("I", "1", "Giao ban", "Tháng 6/2026\nTháng 11/2026", ["Văn phòng"], ["Công an phường"]),
        ("I", "2", "Rà soát", "Quý I/2026", ["Tư pháp"], []),
    ]


# Files made to do harm, or simply wrong.

WORD, SHEET = document(SMALL), sheet(("PL", SMALL))
MAIN, PAGE = "word/document.xml", "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def body(text: bytes) -> bytes:
    """Return the Word file with ``text`` put first into its body."""
    return with_part(WORD, MAIN, lambda part: part.replace(b"<w:body>", b"<w:body>" + text))


def entity(part: bytes, declared: str = DOCTYPE, coding: str = "utf-8") -> bytes:
    rest = part.rpartition(b"?>")[2].decode().replace("soát", "&e;")
    return f'<?xml version="1.0" encoding="{coding}"?>{declared}{rest}'.encode(coding)


def laughs() -> str:
    lines = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}<!ENTITY e "&a8;">]>'


def cells(ref: str) -> bytes:
    merged = f'</sheetData><mergeCells><mergeCell ref="{ref}"/></mergeCells>'.encode()
    return with_part(SHEET, PAGE, lambda part: part.replace(b"</sheetData>", merged))


def rows(count: int) -> bytes:
    many = b"<row><c><v>1</v></c></row>" * count + b"</sheetData>"
    return with_part(SHEET, PAGE, lambda part: part.replace(b"</sheetData>", many))


def csv_of(count: int) -> bytes:
    lines = (f"{i};Việc {i};Quý I\n" for i in range(count))
    return ("STT;Nội dung;Thời gian\n" + "".join(lines)).encode()


CONTENT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2">
<office:body>"""
FULL_SHEET = """<office:spreadsheet><table:table table:name="a">
<table:table-row table:number-rows-repeated="1048576">
<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1024"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
EMPTY_TEXT = "<office:text/></office:body></office:document-content>"


def open_document(
    text: str = "", *, body: str = "", styles: str = "", locked: bool = False
) -> bytes:
    """Return an OpenDocument file with ``text`` for its content, or ``body`` in one."""
    kind = "spreadsheet" if "spreadsheet" in body else "text"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        name = f"application/vnd.oasis.opendocument.{kind}"
        made.writestr(zipfile.ZipInfo("mimetype"), name)
        made.writestr("content.xml", CONTENT + body if body else text)
        made.writestr("styles.xml", styles)
        made.writestr("META-INF/manifest.xml", "<encryption-data/>" if locked else "<manifest/>")
    return out.getvalue()


def empty_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "b")
    return out.getvalue()


WHOLE = "A1:XFD1048576"
ROW_XML = b"<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip-bomb": ("docx", lambda: body(b" " * 200_000_000), "far more than a plan"),
    "a-million-rows": ("docx", lambda: body(b"<w:tbl>" + ROW_XML * 500_000), "far more"),
    "millions-of-paragraphs": ("docx", lambda: body(b"<w:p/>" * 6_000_000), "far more"),
    "millions-of-runs": ("docx", lambda: body(b"<w:p>" + b"<w:r/>" * 5_500_000), "far more"),
    "one-long-paragraph": (
        "docx",
        lambda: body(b"<w:p><w:r><w:t>" + b". " * 15_000_000 + b"</w:t></w:r></w:p>"),
        "far more",
    ),
    "deep-nesting": ("docx", lambda: body(b"<w:tbl><w:tr><w:tc>" * 100_000), "far more"),
    "wide-cells": (
        "docx",
        lambda: with_part(
            WORD, MAIN, lambda p: p.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999"/>')
        ),
        "far more",
    ),
    "external-entity": ("docx", lambda: with_part(WORD, MAIN, entity), "declares entities"),
    "entity-in-utf-16": (
        "docx",
        lambda: with_part(WORD, MAIN, lambda part: entity(part, coding="utf-16")),
        "declares entities",
    ),
    "billion-laughs": (
        "docx",
        lambda: with_part(WORD, MAIN, lambda part: entity(part, laughs())),
        "declares entities",
    ),
    "entity-in-styles": (
        "docx",
        lambda: with_part(WORD, "word/styles.xml", entity),
        "declares entities",
    ),
    "entity-in-a-sheet": ("xlsx", lambda: with_part(SHEET, PAGE, entity), "declares entities"),
    "doc-called-docx": ("docx", lambda: OLE, "let its name end in .doc or .xls"),
    "xls-called-xlsx": ("xlsx", lambda: OLE, "let its name end in .doc or .xls"),
    "rtf-called-docx": ("docx", lambda: b"{\\rtf1 a}", "let its name end in .rtf"),
    "odt-called-docx": ("docx", lambda: open_document("x"), "let its name end in .odt"),
    "encrypted": ("docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "a password"),
    "encrypted-xlsx": ("xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "a password"),
    "100-mb": ("docx", lambda: WORD + bytes(100_000_000), "larger than 50 MB"),
    "cut-off": ("docx", lambda: WORD[: len(WORD) // 2], "damaged"),
    "not-well-formed": ("docx", lambda: body(b"<w:p>"), "damaged"),
    "no-document-inside": ("docx", empty_zip, "damaged"),
    "no-workbook-inside": ("xlsx", empty_zip, "damaged"),
    "xlsx-called-docx": ("docx", lambda: SHEET, "damaged"),
    "docx-called-xlsx": ("xlsx", lambda: WORD, "damaged"),
    "docx-called-csv": ("csv", lambda: WORD, "damaged"),
    "text-called-docx": ("docx", lambda: b"STT,abc", "damaged"),
    "pdf-called-docx": ("docx", lambda: b"%PDF-1.7", "let its name end in .pdf"),
    "another-ending": ("txt", lambda: b"STT", "should end in .docx .docm"),
    "text-called-doc": ("doc", lambda: b"STT", "damaged"),
    "another-ole-file-called-doc": ("doc", lambda: OLE, "damaged"),
    "a-web-page-called-xls": ("xls", lambda: b"<html><table>", "web page"),
    "encrypted-odt": ("odt", lambda: open_document("x", locked=True), "a password"),
    "an-odt-that-inflates": ("odt", lambda: open_document(" " * 200_000_000), "far more"),
    # Read by LibreOffice, or refused by it.
    "rubbish-in-a-doc": ("doc", lambda: OLE + "WordDocument".encode("utf-16-le"), "could not read"),
    "rubbish-in-an-xls": ("xls", lambda: OLE + "Workbook".encode("utf-16-le"), "no table"),
    "rubbish-in-an-odt": ("odt", lambda: open_document("x"), "damaged"),
    "deep-rtf": ("rtf", lambda: b"{\\rtf1" + b"{" * 10_000_000, "could not read"),
    "rtf-without-end": ("rtf", lambda: b"{\\rtf1 " + b"a\\par " * 6_000_000, "could not read"),
    "styles-that-inflate": (
        "odt",
        lambda: open_document(body=EMPTY_TEXT, styles="<a>" + "<b/>" * 90_000_000),
        "could not read",
    ),
    "deep-odt": ("odt", lambda: open_document(body="<text:p>" * 5_000_000), "far more"),
    "wide-ods": ("ods", lambda: open_document(body=FULL_SHEET), "could not read"),
    "empty": ("docx", lambda: b"", "is empty"),
    "no-table": ("docx", lambda: document("Kế hoạch năm 2026"), "holds no table"),
    "another-table": ("docx", lambda: document([("a", "b"), ("c", "d")]), "no table of tasks"),
    "millions-of-merged-ranges": (
        "xlsx",
        lambda: cells(WHOLE + '"/>' + f'<mergeCell ref="{WHOLE}"/>' * 900_000 + '<x y="'),
        "far more",
    ),
    "millions-of-rows": ("xlsx", lambda: rows(500_000), "far more"),
    "csv-of-commas": ("csv", lambda: b"," * 40_000_000, "far more"),
    "csv-of-quotes": ("csv", lambda: b'"' * 10_000_000, "far more"),
    "csv-with-nul": ("csv", lambda: b"STT,a\0b\n", "no text"),
    "csv-of-tasks": ("csv", lambda: csv_of(9_000), "more than 3000 tasks"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_clear_error(
    name: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Within 500 MB and 10 s of the processor, which the system itself sees to."""
    ending, make, said = HOSTILE[name]
    if said == "could not read" or ending == "xls":
        calc()
    saved(tmp_path, f"a.{ending}", make())
    pytest.importorskip("resource", reason="this system bounds no memory")

    ended = import_limited(tmp_path, f"a.{ending}", environment)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("parplan: ")
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert "root:" not in ended.stderr
    assert not (tmp_path / "plan").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(cells("A1:XFD1048576"), id="merged-over-the-whole-sheet"),
        pytest.param(
            with_part(
                SHEET,
                PAGE,
                lambda part: part.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"').replace(
                    b"</sheetData>",
                    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
                ),
            ),
            id="a-cell-at-the-far-end",
        ),
    ],
)
def test_a_sheet_that_claims_to_be_huge_is_read_or_refused(
    data: bytes, tmp_path: Path, environment: dict[str, str]
) -> None:
    saved(tmp_path, "a.xlsx", data)

    ended = import_limited(tmp_path, "a.xlsx", environment)

    assert ended.returncode in (0, 2)
    assert "Traceback" not in ended.stderr


def test_a_pipe_and_a_folder_are_no_files(tmp_path: Path, run: Run) -> None:
    (tmp_path / "folder.docx").mkdir()

    for name in ("folder.docx", "missing.docx"):
        ended = run("import", name, "--lang", "en")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert name in ended.stderr
