"""Plans that arrive as Word, Excel and CSV files: what is read, and what is left and said."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips

from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.plan.text import note_in_words
from parplan.importer.read import read_office_file
from tests.helpers.imports import COLUMNS, NUMBERED, Summary, imported, summary
from tests.helpers.office_files import LEFT, UP, Rows, document, numbered, repeats, saved, sheet


def word(folder: Path, *rows: Rows, year: int | None = 2026) -> ImportedPlan:
    return imported(saved(folder, "a.docx", document(*rows)), year)


# Headings.


HEADINGS = {
    "as-issued": (*COLUMNS,),
    "commune": ("TT", "Nội dung công việc", "Sản phẩm", "Thời hạn", "Đơn vị chủ trì"),
    "capitals": ("SỐ TT", "NHIỆM VỤ", "KẾT QUẢ", "TIẾN ĐỘ", "CƠ QUAN THỰC HIỆN"),
    "long": (
        *("STT", "Nhiệm vụ, giải pháp", "Yêu cầu, kết quả đạt được", "Thời gian thực hiện"),
        "Cán bộ, công chức phụ trách",
    ),
    "no-accents": ("Stt", "Noi dung", "Ket qua", "Hoan thanh", "Don vi thuc hien"),
    "wrapped": ("S\nTT", "Tên\nnhiệm vụ", "Dự kiến sản phẩm", "Thời điểm\nhoàn thành", "Chủ trì"),
    "two-in-one": ("TT", "Mục tiêu, nhiệm vụ", "Sản phẩm", "Thời hạn", "Đơn vị chủ trì"),
    "no-name-for-the-numbers": ("", "Nội dung", "Sản phẩm", "Thời hạn", "Đơn vị chủ trì"),
    "decomposed": tuple(unicodedata.normalize("NFD", name) for name in COLUMNS),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_columns_are_told_by_their_headings(name: str, tmp_path: Path) -> None:
    row = ("1", "Rà soát văn bản", "Hoàn thành 100%", "Quý I/2026", "Tư pháp")

    result = word(tmp_path, [HEADINGS[name], row])

    assert summary(result) == [("1", "Rà soát văn bản", "Quý I/2026", ["Tư pháp"])]
    assert [t.requirement for _s, t in result.plan.tasks()] == ["Hoàn thành 100%"]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    rows = [
        ("Thời hạn", "Ghi chú", "Đơn vị phối hợp", "Nội dung", "TT", "Đơn vị chủ trì"),
        ("Quý I/2026", "x", "Công an phường", "Rà soát văn bản", "1", "Tư pháp"),
    ]

    result = word(tmp_path, rows)

    assert summary(result) == [("1", "Rà soát văn bản", "Quý I/2026", ["Tư pháp"])]
    assert [t.supporting for _s, t in result.plan.tasks()] == [["Công an phường"]]


def test_the_day_on_which_work_begins_is_no_deadline(tmp_path: Path) -> None:
    rows = [
        ("STT", "Nội dung công việc", "Thời gian", LEFT, "Phụ trách", "Ghi chú"),
        (UP, UP, "Bắt đầu", "Kết thúc", UP, UP),
        ("1", "Rà soát", "01/02/2026", "28/02/2026", "Tư pháp", "x"),
    ]

    result = word(tmp_path, rows)

    assert summary(result) == [("1", "Rà soát", "28/02/2026", ["Tư pháp"])]
    assert result.left_out == ["Thời gian Bắt đầu", "Ghi chú"]


def test_a_column_as_wide_as_a_hair_is_none(tmp_path: Path) -> None:
    """As files come out of other programs, or out of dragged edges."""
    head = ("STT", "Nội dung", "Thời gian", "Đơn vị")

    def split_off(doc: Any) -> None:
        grid = doc.tables[0]._tbl.tblGrid
        hair = OxmlElement("w:gridCol")
        hair.w = Twips(10)
        grid.append(hair)
        for row in doc.tables[0].rows[1:]:
            row.cells[3]._tc.grid_span = 2  # up to the edge; the heading ends a hair before

    rows = [head, ("1", "Rà soát", "Quý I/2026", "Tư pháp")]
    path = saved(tmp_path, "a.docx", document(rows, finish=split_off))

    (table,) = read_office_file(path).tables()
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(row) for row in rows]


def test_a_column_can_name_the_sections(tmp_path: Path) -> None:
    rows = [
        ("STT", "Lĩnh vực", "Nhiệm vụ", "Thời hạn", "Phụ trách"),
        ("1", "Đất đai", "Cấp giấy", "Quý I", "Địa chính"),
        ("2", UP, "Hòa giải", "Thường xuyên", "Địa chính"),
        ("3", "Hộ tịch", "Số hóa sổ", "30/6", "Tư pháp"),
    ]

    result = word(tmp_path, rows)

    assert [
        (section.id, section.title, len(section.tasks)) for section in result.plan.sections
    ] == [
        ("I", "Đất đai", 2),
        ("II", "Hộ tịch", 1),
    ]


def test_tasks_in_the_middle_of_the_text(tmp_path: Path) -> None:
    data = document(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ TÂN LẬP\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-UBND\tTân Lập, ngày 05 tháng 02 năm 2026",
        "*^KẾ HOẠCH\nTriển khai Đề án 06 năm 2026 trên địa bàn xã Tân Lập",
        "Ủy ban nhân dân xã Tân Lập xây dựng Kế hoạch như sau:",
        "*I. MỤC ĐÍCH",
        "1. Nâng cao nhận thức.",
        "*II. NHIỆM VỤ",
        [COLUMNS, ("1", "Rà soát", "", "Quý I/2026", "Công an xã")],
        "*III. TỔ CHỨC THỰC HIỆN",
        "1. Công an xã chủ trì theo dõi, báo cáo.",
        "Yêu cầu các đơn vị nghiêm túc thực hiện./.",
        [("*Nơi nhận:\n- Như trên;\n- Lưu: VT.", "*CHỦ TỊCH\n\n\n*Lê Văn Cường")],
    )

    plan = imported(saved(tmp_path, "a.docx", data), None).plan

    assert (plan.issuer, plan.superior) == ("UBND xã Tân Lập", [])
    assert (plan.document.number, plan.document.date) == ("45", "2026-02-05")
    assert plan.document.title == "Triển khai Đề án 06 năm 2026 trên địa bàn xã Tân Lập"
    assert [(clause.number, clause.title) for clause in plan.text] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "NHIỆM VỤ"),
        ("III", "TỔ CHỨC THỰC HIỆN"),
    ]
    assert plan.closing == "Yêu cầu các đơn vị nghiêm túc thực hiện./."
    assert plan.signer is not None
    assert plan.signer.name == "Lê Văn Cường"
    assert plan.appendix is None


TWO_ROWS: Rows = [
    ("STT", "Nội dung nhiệm vụ", "Đơn vị thực hiện", LEFT, "Thời gian", "Sản phẩm"),
    (UP, UP, "Chủ trì", "Phối hợp", UP, UP),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
    ("1", "Ban hành kế hoạch", "Văn phòng", "Công an phường, Tư pháp", "Quý I/2026", "Kế hoạch"),
]


def check_two_rows(result: ImportedPlan) -> None:
    (_section, task), *others = result.plan.tasks()
    assert not others
    assert (task.id, task.requirement, task.units) == ("1", "Kế hoạch", ["Văn phòng"])
    assert task.supporting in (["Công an phường", "Tư pháp"], ["Công an phường, Tư pháp"])


@pytest.mark.parametrize(("leads", "helps"), [("Chủ trì", "Phối hợp"), ("Chính", "Hỗ trợ")])
def test_a_heading_of_two_rows_with_merged_cells(tmp_path: Path, leads: str, helps: str) -> None:
    rows = [TWO_ROWS[0], (UP, UP, leads, helps, UP, UP), *TWO_ROWS[2:]]

    check_two_rows(word(tmp_path, rows))
    check_two_rows(imported(saved(tmp_path, "a.xlsx", sheet(("PL", rows)))))


# Rows.


def test_numbering_that_restarts_in_each_section(tmp_path: Path) -> None:
    result = imported(saved(tmp_path, "a.docx", NUMBERED), None)

    assert result.plan.year == 2026
    assert [(s.id, s.title) for s in result.plan.sections] == [
        ("I", "CÔNG TÁC CHỈ ĐẠO"),
        ("II", "CẢI CÁCH THỂ CHẾ"),
    ]
    title = "Rà soát văn bản quy phạm pháp luật do phường ban hành"
    assert summary(result) == [
        ("I.1", "Ban hành kế hoạch", "Quý I/2026", ["Văn phòng HĐND và UBND"]),
        ("I.2", "Báo cáo kết quả", "Hàng quý", ["Văn phòng HĐND và UBND"]),
        ("II.1", title, "Trước ngày 15/11/2026", ["Phòng Văn hóa – Xã hội"]),
        ("II.2", "Phổ biến pháp luật", "Thường xuyên", ["Tư pháp", "Công an phường"]),
    ]
    assert result.notes == []


def test_what_stands_around_the_appendix(tmp_path: Path) -> None:
    plan = imported(saved(tmp_path, "a.docx", NUMBERED), None).plan

    assert (plan.document.type, plan.document.number, plan.document.symbol) == (
        "Kế hoạch",
        "15",
        "KH-UBND",
    )
    assert (plan.document.date, plan.document.place) == ("2026-01-12", "An Hòa")
    assert plan.document.title == "Cải cách hành chính năm 2026 trên địa bàn phường An Hòa"
    assert plan.issuer == "UBND phường An Hòa"
    assert [body.name for body in plan.superior] == ["UBND thành phố Hà Nội"]
    assert str(plan.effective_from) == "2026-01-12"
    assert [(basis.number, str(basis.date), basis.issuer) for basis in plan.bases] == [
        ("", "2025-06-16", ""),
        ("358/KH-UBND", "2025-12-30", "UBND thành phố Hà Nội"),
    ]
    assert plan.preamble == "Ủy ban nhân dân phường An Hòa ban hành Kế hoạch như sau:"
    first, second = plan.text
    assert (first.number, first.title) == ("I", "MỤC ĐÍCH, YÊU CẦU")
    assert [(clause.title, clause.text, len(clause.points)) for clause in first.items] == [
        ("Mục đích", "Nâng cao chất lượng phục vụ người dân.", 0),
        ("Yêu cầu", "", 2),
    ]
    assert second.items[0].text.startswith("Văn phòng HĐND và UBND phường: theo dõi")
    assert [clause.number for clause in second.items[0].items] == ["a", "b"]
    assert plan.closing.startswith("Trên đây là Kế hoạch")
    assert plan.recipients == ["UBND thành phố (để b/c);", "Các phòng, đơn vị;", "Lưu: VT, VP."]
    assert plan.signer is not None
    assert (plan.signer.authority, plan.signer.position, plan.signer.name) == (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Thị Bình",
    )
    assert plan.appendix is not None
    assert plan.appendix.title == "DANH MỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026"
    assert plan.appendix.reference.startswith("(Kèm theo Kế hoạch số 15/KH-UBND")
    assert plan.appendix.columns == [*COLUMNS]


ROWS: dict[str, tuple[Rows, Summary]] = {
    "sections-over-the-whole-row": (
        [
            COLUMNS,
            ("I. Công tác chỉ đạo", LEFT, LEFT, LEFT, LEFT),
            ("1", "Việc một", "", "Quý I/2026", "Tư pháp"),
            ("II. Cải cách thể chế", LEFT, LEFT, LEFT, LEFT),
            ("2", "Việc hai", "", "Quý II/2026", "Tư pháp"),
        ],
        [
            ("1", "Việc một", "Quý I/2026", ["Tư pháp"]),
            ("2", "Việc hai", "Quý II/2026", ["Tư pháp"]),
        ],
    ),
    "cells-merged-downwards": (
        [
            COLUMNS,
            ("1", "Giao ban", "2 lần/năm", "Tháng 6/2026", "Văn phòng"),
            (UP, UP, UP, "Tháng 11/2026", UP),
            ("2", "Đối thoại", "1 lần", "Quý I/2026", UP),
        ],
        [
            ("1", "Giao ban", "Tháng 6/2026\nTháng 11/2026", ["Văn phòng"]),
            ("2", "Đối thoại", "Quý I/2026", ["Văn phòng"]),
        ],
    ),
    "lines-broken-inside-a-sentence": (
        [
            COLUMNS,
            ("1", "Tổ chức hội nghị\nđối thoại với\nngười dân", "", "Quý I/2026", "Một\ncửa"),
        ],
        [("1", "Tổ chức hội nghị đối thoại với người dân", "Quý I/2026", ["Một cửa"])],
    ),
    "deeper-numbers": (
        [
            COLUMNS,
            ("1", "Cải cách thể chế", "", "", ""),
            ("1.1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("1.2", "Phổ biến", "", "Quý II/2026", "Tư pháp"),
            ("2", "Cải cách thủ tục", "", "", ""),
            ("2.1", "Niêm yết", "", "Quý I/2026", "Một cửa"),
        ],
        [
            ("1.1", "Rà soát", "Quý I/2026", ["Tư pháp"]),
            ("1.2", "Phổ biến", "Quý II/2026", ["Tư pháp"]),
            ("2.1", "Niêm yết", "Quý I/2026", ["Một cửa"]),
        ],
    ),
    "letters-under-a-number": (
        [
            COLUMNS,
            ("1", "Tuyên truyền", "", "Quý I/2026", "Văn hóa"),
            ("a)", "Phát tờ rơi", "", "Quý II/2026", "Văn hóa"),
            ("b)", "Phát thanh", "", "Quý III/2026", "Văn hóa"),
            ("2", "Tập huấn", "", "Quý I/2026", "Văn hóa"),
            ("a)", "Mở lớp", "", "Quý II/2026", "Văn hóa"),
        ],
        [
            ("1", "Tuyên truyền", "Quý I/2026", ["Văn hóa"]),
            ("1a", "Phát tờ rơi", "Quý II/2026", ["Văn hóa"]),
            ("1b", "Phát thanh", "Quý III/2026", ["Văn hóa"]),
            ("2", "Tập huấn", "Quý I/2026", ["Văn hóa"]),
            ("2a", "Mở lớp", "Quý II/2026", ["Văn hóa"]),
        ],
    ),
    "no-numbers-at-all": (
        [
            COLUMNS[1:],
            ("Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("Niêm yết", "", "Quý II/2026", "Một cửa"),
        ],
        [
            ("1", "Rà soát", "Quý I/2026", ["Tư pháp"]),
            ("2", "Niêm yết", "Quý II/2026", ["Một cửa"]),
        ],
    ),
    "title-above-the-heading": (
        [
            ("PHỤ LỤC NHIỆM VỤ NĂM 2026", LEFT, LEFT, LEFT, LEFT),
            COLUMNS,
            ("A", "B", "1", "2", "3"),
            ("1", "Rà soát", "", "Quý I/2026", "Tư pháp"),
            ("", "Ghi chú: số liệu tính đến 31/12/2025", LEFT, LEFT, LEFT),
        ],
        [("1", "Rà soát", "Quý I/2026", ["Tư pháp"])],
    ),
}


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("name", ROWS)
def test_rows(name: str, ending: str, tmp_path: Path) -> None:
    rows, expected = ROWS[name]
    data = document(rows) if ending == "docx" else sheet(("Phụ lục", rows))

    result = imported(saved(tmp_path, f"a.{ending}", data))

    assert summary(result) == expected


def test_numbers_that_word_writes_by_itself(tmp_path: Path) -> None:
    rows = [
        COLUMNS,
        ("", "Công tác chỉ đạo", LEFT, LEFT, LEFT),
        ("", "Việc một", "", "Quý I/2026", "Tư pháp"),
        ("", "Việc hai", "", "Quý II/2026", "Tư pháp"),
        ("", "Cải cách thể chế", LEFT, LEFT, LEFT),
        ("", "Việc ba", "", "Quý III/2026", "Tư pháp"),
    ]

    def number(doc: Any) -> None:
        cells = doc.tables[0].columns[0].cells
        numbered(doc, [cells[1], cells[4]], "upperRoman", "%1")
        numbered(doc, [cells[2], cells[3], cells[5]])
        repeats(doc.tables[0].rows[0])

    result = imported(saved(tmp_path, "a.docx", document(rows, finish=number)))

    assert [section.id for section in result.plan.sections] == ["I", "II"]
    assert [task[0] for task in summary(result)] == ["1", "2", "3"]


def test_pages_are_named_where_word_noted_them(tmp_path: Path) -> None:
    rows = [COLUMNS, *((str(i), f"Việc {i}", "", "không rõ", "Tư pháp") for i in range(1, 5))]

    def turn(doc: Any) -> None:
        for row in (2, 4):
            run = doc.tables[0].cell(row, 0).paragraphs[0].runs[0]
            run._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))

    result = imported(saved(tmp_path, "a.docx", document(rows, finish=turn)))

    assert [(note.place.row, note.place.page) for note in result.notes] == [
        (2, 1),
        (3, 2),
        (4, 2),
        (5, 3),
    ]


def test_deleted_and_doubled_text_is_left_out(tmp_path: Path) -> None:
    rows = [COLUMNS, ("1", "Rà soát", "", "Quý I/2026", "Tư pháp")]
    names = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    choice = "<mc:Choice Requires='x'><w:t> lại</w:t></mc:Choice>"
    fallback = "<mc:Fallback><w:t> lại</w:t></mc:Fallback>"
    doubled = f"<mc:AlternateContent {names}>{choice}{fallback}</mc:AlternateContent>"
    pieces = (
        f"<w:del {nsdecls('w')}><w:r><w:t>một</w:t></w:r></w:del>",
        f"<w:moveFrom {nsdecls('w')}><w:r><w:t>hai</w:t></w:r></w:moveFrom>",
        f"<w:ins {nsdecls('w')}><w:r>{doubled}</w:r></w:ins>",
    )

    def add(doc: Any) -> None:
        for piece in pieces:
            doc.tables[0].cell(1, 1).paragraphs[0]._p.append(parse_xml(piece))

    result = imported(saved(tmp_path, "a.docx", document(rows, finish=add)))

    assert summary(result)[0][1] == "Rà soát lại"


def test_a_table_cut_in_two_by_a_page(tmp_path: Path) -> None:
    first = [COLUMNS, ("1", "Báo cáo kết quả cải cách", "Báo cáo", "Quý I/2026", "Tư")]
    second = [
        ("", "hành chính", "", "", "pháp"),
        ("2", "Tự đánh giá", "", "Quý II/2026", "Tư pháp"),
    ]

    result = word(tmp_path, first, "", second)

    assert summary(result) == [
        ("1", "Báo cáo kết quả cải cách hành chính", "Quý I/2026", ["Tư pháp"]),
        ("2", "Tự đánh giá", "Quý II/2026", ["Tư pháp"]),
    ]


def test_several_appendices(tmp_path: Path) -> None:
    result = word(
        tmp_path,
        "*^PHỤ LỤC I",
        "*^NHIỆM VỤ TRỌNG TÂM NĂM 2026",
        [COLUMNS, ("1", "Việc một", "", "Quý I/2026", "Tư pháp")],
        "*^PHỤ LỤC II",
        "*^NHIỆM VỤ THƯỜNG XUYÊN",
        [COLUMNS, ("1", "Việc hai", "", "Thường xuyên", "Tư pháp")],
    )

    assert [(section.id, section.title) for section in result.plan.sections] == [
        ("I", "NHIỆM VỤ TRỌNG TÂM NĂM 2026"),
        ("II", "NHIỆM VỤ THƯỜNG XUYÊN"),
    ]
    assert [task[0] for task in summary(result)] == ["I.1", "II.1"]


def test_sections_inside_sections(tmp_path: Path) -> None:
    rows = [
        COLUMNS,
        ("A", "Nhiệm vụ chung", LEFT, LEFT, LEFT),
        ("I", "Thể chế", LEFT, LEFT, LEFT),
        ("1", "Việc một", "", "Quý I/2026", "Tư pháp"),
        ("B", "Nhiệm vụ riêng", LEFT, LEFT, LEFT),
        ("I", "Thủ tục", LEFT, LEFT, LEFT),
        ("1", "Việc hai", "", "Quý I/2026", "Tư pháp"),
    ]

    result = word(tmp_path, rows)

    assert [(section.id, section.title) for section in result.plan.sections] == [
        ("A.I", "Nhiệm vụ chung: Thể chế"),
        ("B.I", "Nhiệm vụ riêng: Thủ tục"),
    ]
    assert [task[0] for task in summary(result)] == ["A.I.1", "B.I.1"]


def test_a_number_printed_twice_in_one_section_is_said(tmp_path: Path) -> None:
    result = word(
        tmp_path,
        [
            COLUMNS,
            ("1", "Việc một", "", "Quý I/2026", "Tư pháp"),
            ("1", "Việc hai", "", "Quý I/2026", "Tư pháp"),
        ],
    )

    assert [task[0] for task in summary(result)] == ["1", "1-2"]
    assert [(note.code, note.task, note.place.row) for note in result.notes] == [
        ("number", "1-2", 3)
    ]


OFFICERS = ("STT", "Nhiệm vụ", "Thời hạn", "Đơn vị chủ trì", "Cán bộ phụ trách")


@pytest.mark.parametrize("title", ["Cán bộ phụ trách", "Công chức thực hiện", "Người thực hiện"])
def test_officers_are_read_where_another_column_has_their_units(title: str, tmp_path: Path) -> None:
    rows = [
        (*OFFICERS[:-1], title),
        ("1", "Rà soát", "Quý I/2026", "Tư pháp", "Nguyễn Thị Lan, Lê Văn Bình"),
        ("2", "Đối thoại", "Quý I/2026", "Văn phòng", "- Trần An\n- Lê Văn Bình"),
        ("3", "Giao ban", "Quý I/2026", "Văn phòng", "Trần An (từ tháng 3)"),
        ("4", "Tập huấn", "Quý I/2026", "Văn phòng", ""),
    ]

    result = word(tmp_path, rows)

    tasks = [task for _section, task in result.plan.tasks()]
    assert [task.units for task in tasks] == [["Tư pháp"], *[["Văn phòng"]] * 3]
    assert [task.officers for task in tasks] == [
        ["Nguyễn Thị Lan", "Lê Văn Bình"],
        ["Trần An", "Lê Văn Bình"],
        [],
        [],
    ]
    assert [(note.code, note.task) for note in result.notes if note.code == "officers"] == [
        ("officers", "3")
    ]


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(("Cán bộ phụ trách", "Ghi chú"), id="no-unit-beside"),
        pytest.param(("Đơn vị chủ trì", "Lãnh đạo phụ trách"), id="a-leader"),
        pytest.param(("Đơn vị, cán bộ thực hiện", "Ghi chú"), id="both-in-one"),
    ],
)
def test_what_may_be_a_unit_stays_one(columns: tuple[str, str], tmp_path: Path) -> None:
    rows = [(*OFFICERS[:3], *columns), ("1", "Rà soát", "Quý I/2026", "Tư pháp", "Trần An")]

    result = word(tmp_path, rows)

    assert [task.officers for _section, task in result.plan.tasks()] == [[]]
    assert summary(result)[0][3] == ["Tư pháp"]


# Tasks without a unit.


def of_units(result: ImportedPlan) -> list[str]:
    return [note_in_words(note) for note in result.notes if note.code == "no-unit"]


def test_a_task_without_a_unit_is_named(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "Thời hạn", "Đơn vị")
    rows = [head, ("1", "Rà soát", "Quý I", "Tư pháp"), ("2", "Số hóa", "Quý II", "")]

    assert of_units(word(tmp_path, rows)) == ["table 1, row 3: task 2: no unit is named"]


def test_many_tasks_without_a_unit_are_one_line(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "Thời hạn", "Đơn vị")
    rows = [head, ("1", "Rà soát", "Quý I", "Tư pháp")]
    rows += [(f"{number}", f"Việc {number}", "Quý I", "") for number in range(2, 30)]

    (line,) = of_units(word(tmp_path, rows))

    assert line.startswith("table 1 of the file: 28 tasks have no unit: 2, 3, 4")
    assert line.endswith(" 20, 21, …")


def test_each_table_has_its_own_line(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "Thời hạn")
    rows = [head, ("1", "Rà soát", "Quý I"), ("2", "Số hóa", "Quý II")]
    data = sheet(("A", rows), ("B", rows))

    assert of_units(imported(saved(tmp_path, "a.xlsx", data))) == [
        "sheet A: 2 tasks have no unit: I.1, I.2",
        "sheet B: 2 tasks have no unit: II.1, II.2",
    ]


def test_units_that_were_not_understood_are_told_once(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "Thời hạn", "Đơn vị")

    assert of_units(word(tmp_path, [head, ("1", "Rà soát", "Quý I", "x" * 1_001)])) == []
