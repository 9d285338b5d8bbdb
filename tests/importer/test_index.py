"""``score import``: the office's criteria from Excel and CSV, as printed, with nothing guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from parplan.score.index import Index
from parplan.score.index_file import read_index
from parplan.score.rules import ByHand, Survey
from tests.helpers.office import Office

INDEX = "plan/2025.index.yaml"
HEADING = ["STT", "Lĩnh vực, tiêu chí", "Điểm tối đa", "Điểm năm trước", "Điểm tự chấm",
           "Tài liệu kiểm chứng", "Giải trình"]  # fmt: skip
ROWS: list[list[Any]] = [
    ["1", "CHỈ ĐẠO", 10],
    ["1.1", "Kế hoạch", 4],
    ["1.1.1", "Ban hành kế hoạch", 2, 2, "1,5", "- Kế hoạch CCHC\n- Báo cáo", "chưa có ảnh"],
    [None, "Đúng hạn", 2],
    [None, "Chậm hạn", "0,5"],
    ["1.1.2", "Mức độ hoàn thành", 2, "1,50", None, "Báo cáo"],
    ["1.2", "Sáng kiến", 6],
    ["2", "TÁC ĐỘNG", 5],
    ["2.1", "Mức độ hài lòng (điều tra xã hội học)", 5],
    [None, "TỔNG CỘNG", 15],
]


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def sheet(office: Office, rows: list[list[Any]], heading: list[str] | None = None) -> str:
    """Write a sheet with a title above its heading; return the name of its file."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Bộ chỉ số"
    for row in [["BỘ TIÊU CHÍ THỬ"], heading or HEADING, *rows]:
        page.append(row)
    book.save(office.root / "bo.xlsx")
    return "bo.xlsx"


def index_of(office: Office) -> Index:
    reading = read_index(INDEX, (office.root / INDEX).read_bytes())
    assert reading.problems == []
    assert reading.value is not None
    return reading.value


def leaves(index: Index) -> dict[str, str]:
    return {leaf.criterion.id: str(leaf.criterion.points) for leaf in index.leaves()}


def test_a_sheet_becomes_an_index_that_is_right(office: Office) -> None:
    output = office.say("score", "import", sheet(office, ROWS))
    index = index_of(office)
    first, second, _idea, survey = [leaf.criterion for leaf in index.leaves()]

    assert INDEX in output
    assert leaves(index) == {"1.1.1": "2", "1.1.2": "2", "1.2": "6", "2.1": "5"}
    assert (index.points, index.example) == (Decimal(15), None)
    assert first.rule_text == "Đúng hạn: 2\nChậm hạn: 0,5"
    assert first.evidence == ["Kế hoạch CCHC", "Báo cáo"]
    assert first.note == "Điểm tự chấm trong tệp: 1,5\nchưa có ảnh"
    assert (first.last_year, second.last_year) == (Decimal(2), Decimal("1.5"))
    assert (type(first.rule), type(survey.rule)) == (ByHand, Survey)
    assert office.json("check")["items"] == []
    assert office.json("score")["most"] == "10.00"


def test_other_headings_in_another_order(office: Office) -> None:
    heading = ["Cách chấm điểm", "Điểm chuẩn", "Nội dung tiêu chí", "TT"]
    rows: list[list[Any]] = [[None, 3, "A", "1"], ["Đạt 100%: 3 điểm", "3,00 điểm", "B", "1.1"]]
    office.say("score", "import", sheet(office, rows, heading))
    (leaf,) = index_of(office).leaves()

    assert (leaf.criterion.title, leaf.criterion.points) == ("B", Decimal(3))
    assert leaf.criterion.rule_text == "Đạt 100%: 3 điểm"


def test_numbers_before_titles_and_roman_fields(office: Office) -> None:
    rows: list[list[Any]] = [["I. Chỉ đạo", 3], ["1. Kế hoạch", 3],
            ["1.1. Ban hành", 1], ["1.2 Báo cáo", 2],
            ["II. Điểm thưởng", 1], ["1) Sáng kiến", 1]]  # fmt: skip
    office.say("score", "import", sheet(office, rows, ["Tiêu chí", "Điểm tối đa"]))
    index = index_of(office)

    assert leaves(index) == {"I.1.1": "1", "I.1.2": "2", "II.1": "1"}
    assert [(group.id, group.kind, group.ceiling) for group in index.groups] == [
        ("II", "bonus", Decimal(1))
    ]


@pytest.mark.parametrize(
    ("row", "note", "in_file"),
    [
        pytest.param(
            ["2.2", "C", "sáu"], "cell C13: “sáu” is no number of points", "ô C13", id="points"
        ),
        pytest.param(
            ["2.2", "C", 5000], "cell C13: “5000” is no number of points", "ô C13", id="beyond"
        ),
        pytest.param(
            ["2.2", "=1+1", 1], "cell B13: the formula has no stored value", "", id="formula"
        ),
        pytest.param(["x?", "C", 1], "cell A13: “x? C 1”: this is no number", "ô A13", id="number"),
        pytest.param(
            ["2.9.1", "C", 1], "row 13: “2.9.1” belongs to a row", "hàng 13", id="no-parent"
        ),
        pytest.param(["2.2", "C"], "row 13: its points are missing", "hàng 13", id="no-points"),
    ],
)
def test_what_is_not_understood_is_told_with_its_cell(
    row: list[Any], note: str, in_file: str, office: Office
) -> None:
    output = office.say("score", "import", sheet(office, [*ROWS, row]), "--lang", "en")
    text = (office.root / INDEX).read_text(encoding="utf-8")

    assert note in " ".join(output.split())
    comments = [line for line in text.splitlines() if "CHƯA ĐỌC" in line]
    assert len(comments) == (1 if in_file else 0)
    assert in_file in "".join(comments)


def test_csv(office: Office) -> None:
    text = "STT;Tiêu chí;Điểm tối đa\n1;Chỉ đạo;2,5\n1.1;Kế hoạch;2,5\n"
    (office.root / "bo.csv").write_text(text, encoding="utf-8")
    office.say("score", "import", "bo.csv")

    assert leaves(index_of(office)) == {"1.1": "2.5"}


def test_an_index_that_is_there_stays(office: Office) -> None:
    office.say("score", "example")
    before = (office.root / INDEX).read_bytes()

    assert "stays as it is" in office.refuse("score", "import", sheet(office, ROWS))
    assert (office.root / INDEX).read_bytes() == before
    office.say("score", "import", "bo.xlsx", "-o", "other.yaml")
    assert (office.root / "other.yaml").exists()


def test_a_sheet_without_criteria_is_refused(office: Office) -> None:
    name = sheet(office, ROWS, ["a", "b", "c"])

    assert "no table of criteria found" in office.refuse("score", "import", name)
    assert "no such file" in office.refuse("score", "import", "gone.xlsx").lower()


def test_hostile_text_stays_text(office: Office) -> None:
    nasty = ['"a": [b', "# x", "- y", "\u202eabc", "{{ 7 * 7 }}", "*", "&a", "!!x", "a: b"]
    rows: list[list[Any]] = [
        ["1", "Lĩnh vực", len(nasty)],
        *([f"1.{n}", attack, 1] for n, attack in enumerate(nasty, 1)),
    ]
    office.say("score", "import", sheet(office, rows))

    assert [leaf.criterion.title for leaf in index_of(office).leaves()] == nasty
