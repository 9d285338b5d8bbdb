"""The plan as an official document, and the letters that remind a unit of its work.

The plan's text is held against the source it was typed from, word by word, from the
Markdown and from the docx; the letters against what is due on a fixed day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from markdown_it import MarkdownIt

from parplan.render.document import drafts
from tests.helpers.docx_checker import MOTTO, NATION, Docx, Paper, W, text_of
from tests.helpers.office import Office, made

SOURCE = Path(__file__).parents[1] / "data" / "plan-source.txt"
PAGE_NUMBER = re.compile(r"^[ ]*[0-9]{1,2}[ ]*\n", re.MULTILINE)  # "2024" alone ends row 33

# A page break cuts row 18: the end of its requirement comes after its last cell.
ROW_18_AS_EXTRACTED = (
    "100% kiến nghị được trả lời, xử lý, công khai Thường xuyên Các bộ phận chuyên môn "
    "đúng quy định"
)
ROW_18_CELL_BY_CELL = (
    "100% kiến nghị được trả lời, xử lý, công khai đúng quy định Thường xuyên "
    "Các bộ phận chuyên môn"
)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


def source() -> str:
    """Return the issued plan in NFC, white space folded, without the page number."""
    text = unicodedata.normalize("NFC", SOURCE.read_text(encoding="utf-8"))
    running = " ".join(PAGE_NUMBER.sub("", text).split())
    assert running.count(ROW_18_AS_EXTRACTED) == 1
    return running.replace(ROW_18_AS_EXTRACTED, ROW_18_CELL_BY_CELL)


def folded(pieces: Iterator[str] | list[str]) -> str:
    return " ".join(" ".join(pieces).split())


# What the layout adds to the source: the head, with the blanks of number and date.
HEAD = (
    "UBND QUẬN HÀ ĐÔNG ỦY BAN NHÂN DÂN PHƯỜNG PHÚ LA "
    f"{NATION} {MOTTO} Số: /KH-UBND Phú La, ngày tháng 3 năm 2025 "
)


def in_docx(data: bytes) -> str:
    """Return all that the document says, from top to bottom, white space folded."""
    return folded([text_of(one) for one in Docx(data).body if one.tag in (f"{W}p", f"{W}tbl")])


def in_markdown(text: str) -> str:
    """Return all that the draft says: its header as a document has it, then the rendered text."""
    read = drafts.read("plan-2025.md", text)
    header = read.header
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").parse(read.body)
    pieces: list[str] = []
    for token in rendered:
        if token.type == "bullet_list_open":
            pieces.append("\0")
        elif token.type == "bullet_list_close":
            pieces.append("\1")
        elif token.type == "inline":
            pieces.append(
                "".join(_shown(child.type, child.content) for child in token.children or ())
            )
    body = folded(_with_dashes(pieces))
    before, found, appendix = body.partition("Phụ lục Các giải pháp")
    assert found
    assert header.signer is not None
    recipients = [f"- {one}" for one in header.recipients]
    end = ["Nơi nhận:", *recipients, header.signer.position, header.signer.name, found + appendix]
    return folded([header.type.upper(), header.title, before, *end])


def _shown(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak", "html_inline") else content


def _with_dashes(pieces: list[str]) -> Iterator[str]:
    """Put a dash before each piece inside a list, as the document has it."""
    depth = 0
    for piece in pieces:
        depth += (piece == "\0") - (piece == "\1")
        if piece not in ("\0", "\1"):
            yield f"- {piece}" if depth else piece


def as_set(text: str) -> str:
    """Return ``text`` with the appendix's heading as Nghị định 30/2020 writes it."""
    return text.replace("PHỤ LỤC Các giải pháp", "Phụ lục Các giải pháp")


def test_the_docx_holds_the_issued_plan_word_for_word(office: Office) -> None:
    office.say("document")
    said = in_docx((office.root / "reports" / "plan-2025.docx").read_bytes())

    assert said == HEAD + as_set(source())


def test_the_markdown_holds_the_issued_plan_word_for_word(office: Office) -> None:
    office.say("document", "--format", "md")
    said = in_markdown((office.root / "reports" / "plan-2025.md").read_text(encoding="utf-8"))

    assert said == as_set(source())


def test_every_sentence_of_the_issued_plan_is_in_the_document(office: Office) -> None:
    """As above, but a difference shows as the one sentence that is missing."""
    office.say("document")
    said = in_docx((office.root / "reports" / "plan-2025.docx").read_bytes())

    sentences = re.split(r"(?<=[.;:]) ", as_set(source()))
    assert len(sentences) > 60
    assert [one for one in sentences if one not in said] == []


def test_the_blanks_of_the_appendix_keep_their_width(office: Office) -> None:
    """They are where number and date are written by hand (A33)."""
    source_line = next(
        line.strip()
        for line in SOURCE.read_text(encoding="utf-8").split("\n")
        if "Ban hành" in line
    )
    office.say("document")
    paper = Paper((office.root / "reports" / "plan-2025.docx").read_bytes(), "document")

    assert paper.appendix[2].text == unicodedata.normalize("NFC", source_line)


def test_what_is_known_later_is_filled_in(office: Office) -> None:
    office.edit_plan('number: ""  # bản gốc chưa ghi số', 'number: "7"')
    office.edit_plan("date: 2025-03  #", "date: 2025-03-05  #")
    office.say("document")
    paper = Paper((office.root / "reports" / "plan-2025.docx").read_bytes(), "document")

    assert paper.head_cell(1, 0)[0].text == "Số: 07/KH-UBND"
    assert paper.head_cell(1, 1)[0].text == "Phú La, ngày 05 tháng 3 năm 2025"


# Letters.


def letters(office: Office) -> list[str]:
    """Return the units that have a letter of 20 June."""
    found = sorted((office.root / "reports").glob("reminder-2025-06-20-*.md"))
    return [path.stem.removeprefix("reminder-2025-06-20-") for path in found]


def rows(table: Element) -> list[list[str]]:
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.findall(f"{W}tr")]


def letter(office: Office, unit: str) -> Paper:
    path = office.root / "reports" / f"reminder-2025-06-20-{unit}.docx"
    return Paper(path.read_bytes(), "reminder")


def all_done_but(office: Office, *refs: str) -> None:
    """Record that everything due until the end of June is done, but for ``refs``."""
    items = office.items("due", "2025-03-18..2025-06-30", "--as-of", "2025-06-20")
    done = [item["ref"] for item in items if item["ref"] not in refs]
    office.write(*(made(number, "done", ref) for number, ref in enumerate(done)))


def test_one_letter_a_unit(office: Office) -> None:
    office.say("reminder")

    assert letters(office) == ["chuyen-mon", "van-phong"]


def test_a_letter_holds_the_items_of_its_unit_and_no_others(office: Office) -> None:
    """Task 1 is of both units, 4, 5, 23 and 24 of the office only, and task 10 is not urgent."""
    office.say("reminder")
    late, soon = letter(office, "chuyen-mon").tables

    assert [(row[0], row[2]) for row in rows(late)[1:]] == [
        ("24/3/2025", "88 ngày"),
        ("24/4/2025", "57 ngày"),
        ("24/5/2025", "27 ngày"),
        ("09/6/2025", "11 ngày"),
    ]
    assert [row[1].split(" – ")[-1] for row in rows(late)[1:]] == [
        "Báo cáo tháng",
        "Báo cáo tháng",
        "Báo cáo tháng",
        "Báo cáo quý",
    ]
    assert [(row[0], row[2]) for row in rows(soon)[1:]] == [("24/6/2025", "4 ngày")]


def test_what_is_due_soon_begins_seven_days_before(office: Office) -> None:
    all_done_but(office, "4@2025-06")

    said = [
        office.say("reminder", "--as-of", day, "--format", "md")
        for day in ("2025-06-22", "2025-06-23")
    ]

    assert "no letter" not in said[1]
    assert [path.name for path in (office.root / "reports").iterdir()] == [
        "reminder-2025-06-23-van-phong.md"
    ]


def test_a_letter_with_urgent_work_only_has_one_part(office: Office) -> None:
    all_done_but(office, "4@2025-06", "5@2025-06")
    office.say("reminder", "--as-of", "2025-06-30", "--format", "md", "--unit", "van-phong",
               "-o", "letter.md")  # fmt: skip
    said = (office.root / "letter.md").read_text(encoding="utf-8")

    assert re.findall(r"^## .*", said, re.MULTILINE) == ["## 1. Nhiệm vụ sắp đến hạn"]
    assert said.count("| 0 ngày |") == 2
    assert "nguyên nhân chậm" not in said


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("van-phong", id="id"),
        pytest.param("Văn phòng tổng hợp", id="alias"),
        pytest.param("van phong ubnd phuong", id="without-accents"),
    ],
)
def test_a_letter_to_one_unit(unit: str, office: Office) -> None:
    office.say("reminder", "--unit", unit, "--format", "md")

    assert letters(office) == ["van-phong"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="nobody"),
        pytest.param(["--unit", "tai-chinh-ke-toan"], id="not-this-unit"),
        pytest.param(["--section", "VI"], id="not-this-section"),
    ],
)
def test_nothing_is_urgent(words: list[str], office: Office) -> None:
    if not words:
        all_done_but(office)
    said = office.say("reminder", *words, env={"PARPLAN_LANG": "en"})

    assert said == "Nothing is overdue or due soon: no letter is needed.\n"
    assert not (office.root / "reports").exists()


def test_a_unit_that_is_not_there(office: Office) -> None:
    assert "no unit 'kho bạc'" in office.refuse("reminder", "--unit", "kho bạc")


def test_one_file_takes_one_letter(office: Office) -> None:
    assert "--unit" in office.refuse("reminder", "-o", "letter.docx")


def test_a_letter_that_is_there_does_not_keep_back_the_others(office: Office) -> None:
    """One unit was written to in the morning; the call for all still writes to the rest."""
    office.say("reminder", "--unit", "van-phong", "--format", "md")
    before = (office.root / "reports" / "reminder-2025-06-20-van-phong.md").read_bytes()

    office.run("reminder", "--format", "md")

    assert letters(office) == ["chuyen-mon", "van-phong"]
    after = (office.root / "reports" / "reminder-2025-06-20-van-phong.md").read_bytes()
    assert after == before


def test_a_letter_asks_for_an_answer_by_a_day_that_the_clerk_sets(office: Office) -> None:
    said = office.say("reminder", "--unit", "van-phong", "--format", "md")
    lines = (office.root / "reports" / "reminder-2025-06-20-van-phong.md").read_text(
        encoding="utf-8"
    )

    (place,) = re.findall(r"\S+\.md:(\d+): \[cần bổ sung: ngày báo cáo lại\]", said)
    assert "[cần bổ sung: ngày báo cáo lại]" in lines.split("\n")[int(place) - 1]


@pytest.mark.parametrize("number", ["41", "41/KH-UBND", " 41/KH-UBND "])
def test_a_number_is_written_once_with_its_symbol(number: str, office: Office) -> None:
    office.edit_plan('  number: ""', f'  number: "{number}"')

    office.say("document", "--format", "html", "-o", "plan.html")
    office.say("report", "--month", "6", "--format", "md", "-o", "draft.md")

    assert "Số: 41/KH-UBND<" in (office.root / "plan.html").read_text(encoding="utf-8")
    draft = (office.root / "draft.md").read_text(encoding="utf-8")
    assert "Thực hiện Kế hoạch số 41/KH-UBND ngày" in draft


def test_a_report_to_nobody_known_leaves_a_place_for_the_addressee(office: Office) -> None:
    plan = office.root / "plan" / "2025.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub(r"(?m)^superior:.*(?:\n[ -].*)*\n", "", text), encoding="utf-8")

    office.say("report", "--month", "6")

    draft = (office.root / "reports" / "2025-06.md").read_text(encoding="utf-8")
    assert 'to: ["[cần bổ sung: cơ quan nhận báo cáo]"]' in draft
