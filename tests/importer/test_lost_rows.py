"""Rows that stand outside the table of tasks, as LibreOffice leaves some: told, never lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from parplan.importer.office.doc_end import with_last_paragraph
from parplan.importer.office.marks import TABLE_IN_BOX
from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.plan.lost_rows import AS_TEXT, OTHER_TABLE
from parplan.importer.plan.text import note_in_words
from parplan.importer.read import no_table_error, read_office_file
from tests.helpers.imports import COLUMNS, imported
from tests.helpers.libreoffice import made_by_libreoffice
from tests.helpers.office_files import HEAD, TAIL, TEXT, TITLE, Rows, document, saved

TASKS = [COLUMNS, ("1", "Rà soát", "", "Quý I/2026", "Tư pháp")]


def reasons(result: ImportedPlan) -> list[str]:
    return [str(dict(note.values).get("why", note.text)) for note in result.notes]


@pytest.mark.parametrize(
    "lines",
    [
        ("2", "Tập huấn", "Danh mục", "Quý II/2026", "Tư pháp"),
        ("2.", "Tập huấn", "", "Thường xuyên", "Tư pháp"),
        ("2\tTập huấn\tDanh mục\tTrước ngày 15/6/2026\tTư pháp",),
        ("2", "Tập huấn", "Quý II/2026", "3", "Tổng kết", "Quý IV/2026"),
    ],
)
def test_rows_that_became_lines(lines: tuple[str, ...], tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.docx", document("Phụ lục", TASKS, *lines)))

    assert [task.title for _s, task in result.plan.tasks()] == ["Rà soát"]
    assert reasons(result) == [AS_TEXT]
    assert "Tập huấn" in note_in_words(result.notes[0])


GLUED = "TTNội dungThời hạnĐơn vị1Tập huấnQuý II/2026Tư pháp2HọpQuý IVTư pháp"


def test_a_table_that_became_one_line(tmp_path: Path) -> None:
    """As LibreOffice reads the table at the end of some .doc files."""
    result = imported(saved(tmp_path, "a.docx", document("Phụ lục", TASKS, "Phụ lục II", GLUED)))

    assert reasons(result) == [AS_TEXT]


def test_a_file_whose_only_table_became_one_line(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.docx", document("Phụ lục", GLUED))

    assert "turns into plain text" in no_table_error(path, read_office_file(path)).text


def with_header(doc: Any) -> None:
    doc.sections[0].header.paragraphs[0].text = "2"


@pytest.mark.slow
def test_doc_files_that_end_with_their_table(tmp_path: Path) -> None:
    """LibreOffice ends them without the paragraph that Word has, and then reads none of it."""
    year = [COLUMNS, *((str(n), "Rà soát", "", "Quý I/2026", "Tư pháp") for n in range(1, 200))]
    sources = {
        "two": document("Phụ lục", TASKS, "Phụ lục II", TASKS),
        "with-header": document("Phụ lục", TASKS, finish=with_header),
        "long": document("Phụ lục", year),
    }
    names = [saved(tmp_path, f"{name}.docx", data).name for name, data in sources.items()]
    made_by_libreoffice(tmp_path, "doc", *names)

    for name in sources:
        result = imported(tmp_path / f"{name}.doc")
        assert result.plan.sections == imported(tmp_path / f"{name}.docx").plan.sections, name
        assert AS_TEXT not in reasons(result), name
    data = (tmp_path / "two.doc").read_bytes()
    assert with_last_paragraph(data) != data
    for broken in (data[:size] for size in range(0, len(data), 500)):
        assert len(with_last_paragraph(broken)) == len(broken)


@pytest.mark.parametrize(
    "rows",
    [
        [("2", "Tập huấn", "Quý II/2026", "Tư pháp"), ("3", "Họp", "Quý IV", "Tư pháp")],
        [("2", "Tập huấn", "", "Danh mục", "Hằng quý", "Tư pháp")],
    ],
)
def test_a_table_of_other_columns_without_headings(rows: Rows, tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.docx", document("Phụ lục", TASKS, "Tiếp theo", rows)))

    assert reasons(result) == [OTHER_TABLE]


def test_a_table_in_a_text_box(tmp_path: Path) -> None:
    def box(doc: Any) -> None:
        frame = parse_xml(
            f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape>'
            "<v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            "</w:p>"
        )
        content = next(frame.iter(qn("w:txbxContent")))
        content.insert(0, copy.deepcopy(doc.tables[-1]._tbl))
        doc.element.body.insert(len(doc.element.body) - 1, frame)

    result = imported(saved(tmp_path, "a.docx", document("Phụ lục", TASKS, finish=box)))

    assert reasons(result) == [TABLE_IN_BOX]


def test_a_whole_document_has_no_such_lines(tmp_path: Path) -> None:
    people = [("1", "Nguyễn Văn An", "12/5/1980", "Chủ tịch")]
    blocks = (HEAD, *TITLE, *TEXT, "2", "Thường xuyên", "3", people, TAIL, "PHỤ LỤC", TASKS)
    result = imported(saved(tmp_path, "a.docx", document(*blocks)))

    assert reasons(result) == []
