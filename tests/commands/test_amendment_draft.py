"""The document that decides amendments: what it changes is told from the plan, the rest is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.office import Office

DESK = "Bộ phận Tiếp nhận và Trả kết quả (Một cửa)"
DAY = {"PARPLAN_TODAY": "2025-09-10"}
BY = "QĐ 70/QĐ-UBND"
FROM = ("--from", "2025-09-15", "--by", BY)


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has changed its plan by one decision, and once by none."""
    office = Office(workspace, environment)
    for words in (
        ("superior", "--to", "UBND thành phố Hà Nội"),
        ("unit", "Một cửa", "--to", "Trung tâm Phục vụ hành chính công"),
        ("task", "4", "--deadline", "Tháng 12/2025"),
        ("task", "7", "--to", "Tư pháp hộ tịch"),
        ("task", "20", "--drop"),
    ):
        office.say("amend", *words, *FROM, env=DAY)
    office.say("amend", "task", "30", "--drop", "--from", "2025-10-01", env=DAY)
    return office


def drafted(office: Office, name: str) -> str:
    return (office.root / "reports" / f"{name}.md").read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Return the cells of the table: what, as issued, changed, from when."""
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")][1:] for line in lines[1:]]


def test_every_entry_that_names_the_decision_is_in_it_old_and_new(office: Office) -> None:
    office.say("document", "--amendment", BY, "--format", "md", env=DAY)

    text = drafted(office, "amendment-2025-70-qd-ubnd")
    time, unit = "Thời gian hoàn thành", "Bộ phận thực hiện"
    day = "15/9/2025"
    assert [row[1:] for row in rows(text)] == [
        ["UBND quận Hà Đông", "UBND thành phố Hà Nội", day],
        [f"{unit}: {DESK}", f"{unit}: Trung tâm Phục vụ hành chính công", day],
        [
            f"{time}: Lần 1: tháng 6 Lần 2 tháng 11",
            f"{time}: Lần 1: trong tháng 6/2025; Lần 2: trong tháng 12/2025 (nhiệm vụ số 36)",
            day,
        ],
        [f"{unit}: Bộ phận Văn hoá thông tin", f"{unit}: Tư pháp hộ tịch", day],
        [f"{time}: Theo chỉ đạo của quận", "Thôi thực hiện", day],
    ]
    assert 'number: "70"\nsymbol: "QĐ-UBND"' in text
    assert "###### QUYẾT ĐỊNH:" in text
    assert "**Điều 1.** Điều chỉnh 05 nội dung" in text
    assert "[cần bổ sung: căn cứ pháp lý về thẩm quyền]" in text


def test_what_no_document_decides_yet_has_a_draft_without_number(office: Office) -> None:
    office.say("document", "--amendment", "", "--format", "md", env=DAY)

    text = drafted(office, "amendment-2025")
    assert [row[0] for row in rows(text)] == [
        "30. Công bố hệ thống quản lý chất lượng theo tiêu chuẩn ISO 9001"
    ]
    assert 'number: ""\nsymbol: "QĐ-UBND"' in text


@pytest.mark.parametrize(
    ("by", "name", "head"),
    [
        pytest.param(
            "80/KH-UBND ngày 12/9/2025",
            "80-kh-ubnd",
            ["type: Kế hoạch", 'date: "2025-09-12"', 'title: "Điều chỉnh Kế hoạch cải thiện'],
            id="plan",
        ),
        pytest.param(
            "CV 81/UBND-VP",
            "81-ubnd-vp",
            ['type: ""', 'title: "điều chỉnh Kế hoạch', 'to: ["Văn phòng UBND"]'],
            id="letter",
        ),
    ],
)
def test_the_symbol_says_the_type(by: str, name: str, head: list[str], office: Office) -> None:
    task = ("task", "25", "--deadline", "Tháng 12/2025", "--from", "2025-09-15")
    said = office.say("amend", *task, "--by", by, "--draft", env=DAY)

    text = drafted(office, f"amendment-2025-{name}")
    assert f"reports/amendment-2025-{name}.docx" in said
    assert all(part in text for part in head), text.partition("\n\n")[0]
    assert "QUYẾT ĐỊNH" not in text
    assert "[cần bổ sung: lý do điều chỉnh]" in text


def test_documents_that_are_named_otherwise_have_drafts_of_their_own(office: Office) -> None:
    for task, by in (("25", "QĐ 1"), ("28", "QĐ 2"), ("33", "Kết luận giao ban tháng 6")):
        change = ("amend", "task", task, "--drop", "--from", "2025-09-15", "--by", by, "--draft")
        assert office.run(*change, env=DAY).returncode == 0

    drafts = {path.stem for path in (office.root / "reports").glob("amendment-*.md")}
    assert drafts >= {
        "amendment-2025-qd-1",
        "amendment-2025-qd-2",
        "amendment-2025-ket-luan-giao-ban-thang-6",
    }


def test_one_more_change_comes_into_a_draft_that_was_edited(office: Office) -> None:
    office.say("document", "--amendment", BY, "--format", "md", env=DAY)
    path = office.root / "reports" / "amendment-2025-70-qd-ubnd.md"
    edited = path.read_text(encoding="utf-8").replace(
        "[cần bổ sung: căn cứ pháp lý về thẩm quyền]", "Luật Tổ chức chính quyền địa phương"
    )
    path.write_text(edited, encoding="utf-8", newline="\n")

    office.say("amend", "task", "9", "--drop", *FROM, "--draft", env=DAY)

    text = drafted(office, "amendment-2025-70-qd-ubnd")
    assert len(rows(text)) == 6
    assert "Căn cứ Luật Tổ chức chính quyền địa phương" in text


def test_a_draft_needs_the_day_before_anything_is_written(office: Office) -> None:
    before = (office.root / "plan/2025.yaml").read_bytes()

    said = office.refuse("amend", "task", "9", "--deadline", "Tháng 12", "--draft", env=DAY)

    assert "say from which day" in said
    assert (office.root / "plan/2025.yaml").read_bytes() == before


def test_a_document_that_changes_nothing(office: Office) -> None:
    said = office.refuse("document", "--amendment", "QĐ 99/QĐ-UBND", env=DAY)

    assert f"no change of the plan names 'QĐ 99/QĐ-UBND'; changes name: {BY}" in said


def test_it_is_one_document_or_the_other(office: Office) -> None:
    ended = office.run("document", "--consolidated", "--amendment", BY)

    assert ended.returncode == 2
    assert "--consolidated" in ended.stderr
