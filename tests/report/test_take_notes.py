"""What the clerk typed in place of a gap comes into the journal, once, and from there back."""

from __future__ import annotations

from pathlib import Path

import pytest

from parplan.problem import UserError
from parplan.render.document.answers import answers, put_back
from parplan.workspace import files
from tests.helpers.office import Office, made, on_terminal

JUNE = ("report", "--month", "6", "--as-of", "2025-06-20", "--format", "md")
TAKE = (*JUNE, "--take-notes", "--yes")
NAME = "reports/2025-06.md"
GAP_15 = "[cần bổ sung: kết quả thực hiện nhiệm vụ 15]"
GAP_23 = "[cần bổ sung: nguyên nhân chậm 23@2025-05]"


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose clerk has filled two gaps of June's draft, and reworded a line."""
    office = Office(workspace, environment)
    office.write(made(1, ref="8", text="Xong 60/60"))
    office.say(*JUNE)
    write(office, text(office).replace(GAP_15, "Tuyên truyền **03 buổi**\ncho 85 người, 100\\%."))
    write(office, text(office).replace(GAP_23, "Nộp phiếu chậm"))
    write(office, text(office).replace("## III. ĐÁNH GIÁ CHUNG", "## III. NHẬN XÉT"))
    return office


def text(office: Office) -> str:
    return (office.root / NAME).read_text(encoding="utf-8")


def write(office: Office, draft: str) -> None:
    (office.root / NAME).write_text(draft, encoding="utf-8", newline="\n")


def line_with(office: Office, part: str) -> str:
    (line,) = [line for line in text(office).split("\n") if part in line]
    return line


def test_answers_become_notes_and_the_draft_has_them_from_the_journal(office: Office) -> None:
    said = office.say(*TAKE)

    note, reason = office.records()[1:]
    assert (note.ref, note.text, str(note.day)) == (
        "15",
        "Tuyên truyền 03 buổi cho 85 người, 100%.",
        "2025-06-14",
    )
    assert (reason.ref, reason.reason) == ("23@2025-05", "Nộp phiếu chậm")
    assert "15, thứ Bảy 14/06/2025: Tuyên truyền 03 buổi cho 85 người, 100%." in said
    assert line_with(office, "- Phổ biến, giáo dục pháp luật").endswith(
        ": Tuyên truyền 03 buổi cho 85 người, 100%. (ngày 14/6/2025)"
    )
    assert "\ncho 85" not in text(office)
    assert "Nguyên nhân: Nộp phiếu chậm." in text(office)
    assert "## III. NHẬN XÉT" in text(office)
    assert "số liệu mới" not in text(office)


def test_nothing_is_recorded_twice(office: Office) -> None:
    office.say(*TAKE)
    before = text(office)

    said = office.say(*TAKE)

    assert "Không có chỗ cần bổ sung nào" in said
    assert len(office.records()) == 3
    assert text(office) == before


def test_what_failed_between_journal_and_draft_is_mended_by_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise UserError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(files, "replace", fail)
        assert office.run(*TAKE).returncode == 2
    assert "Tuyên truyền **03 buổi**" in text(office)

    office.say(*TAKE)

    assert len(office.records()) == 3
    assert "cho 85 người, 100%. (ngày 14/6/2025)" in text(office)


def test_nobody_to_confirm(office: Office) -> None:
    before = text(office)

    ended = office.run(*JUNE, "--take-notes")

    assert ended.returncode == 2
    assert "23@2025-05, thứ Bảy 14/06/2025: lý do: Nộp phiếu chậm" in ended.stdout
    assert "gõ lại lệnh kèm --yes" in ended.stderr
    assert text(office) == before
    assert len(office.records()) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "count"), [("c", 2), ("k", 1)])
def test_somebody_at_a_terminal_is_asked(typed: str, count: int, office: Office) -> None:
    write(office, text(office).replace("Nộp phiếu chậm", GAP_23))

    status, shown = on_terminal(office, *JUNE, "--take-notes", typed=typed)

    assert status == 0
    assert "Ghi vào nhật ký?" in shown
    assert len(office.records()) == count
    if typed == "k":
        assert "Tuyên truyền **03 buổi**" in text(office)


@pytest.mark.parametrize("option", ["--docx-only", "--new"])
def test_it_goes_with_no_other_file(option: str, office: Office) -> None:
    ended = office.run(*JUNE, "--take-notes", option)

    assert ended.returncode == 2
    assert "--take-notes làm mới dự thảo" in ended.stderr


def test_there_is_no_draft(office: Office) -> None:
    assert "there is no reports/2025-05.md" in office.refuse(
        *("report", "--month", "5", "--take-notes", "--as-of", "2025-06-20")
    )


def test_a_cause_told_since_the_last_value_answers_why_a_target_is_missed(office: Office) -> None:
    half = ("report", "--half", "1", "--as-of", "2025-06-09", "--format", "md", "-o", "-")
    gap = "[cần bổ sung: nguyên nhân chưa đạt chỉ tiêu của nhiệm vụ 17]"
    office.say("note", "17", "--value", "97", "--on", "2025-05-12", "--reason", "Mạng lỗi")
    assert gap not in office.say(*half)
    office.say("note", "17", "--value", "98", "--on", "2025-06-05")
    assert gap in office.say(*half)

    office.say("note", "17", "--reason", "Thiếu máy quét", "--on", "2025-06-06")

    said = office.say(*half)
    assert gap not in said
    assert "Nguyên nhân: Thiếu máy quét." in said


def test_why_is_no_result(office: Office) -> None:
    """What only says why it is late leaves open what was done."""
    office.say("note", "15", "--reason", "Thiếu người", "--on", "2025-06-13")

    assert GAP_15 in office.say(*JUNE, "-o", "-")


def test_force_says_why_gaps_are_there_again(office: Office) -> None:
    office.say("note", "17", "Tiếp nhận 431 hồ sơ", "--on", "2025-06-16")

    said = office.say(*JUNE, "--force")

    assert f"{GAP_15} (bản trước điền tay, chưa ghi vào nhật ký)\n" in said
    assert "nhiệm vụ 17] (có bản ghi ngày 16/06/2025, sau ngày chốt số liệu)\n" in said
    assert "nhiệm vụ 18]\n" in said


BASE = f"# A\n\n- Một: {GAP_15}\n- Hai: {GAP_23} (hết)\n\n- Một: ý kiến khác\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(GAP_15, "xong", ["xong"], id="one-line"),
        pytest.param(GAP_15, "xong\nhết rồi", ["xong hết rồi"], id="wrapped"),
        pytest.param(GAP_15, "xong<br>hết rồi", ["xong\nhết rồi"], id="line-end"),
        pytest.param(GAP_15, "xong\n- một ý nữa", ["xong"], id="another-item"),
        pytest.param(GAP_15, "xem [tin](http://x.vn)", ["xem tin (http://x.vn)"], id="link"),
        pytest.param(GAP_15, "xem <http://x.vn>", ["xem http://x.vn"], id="address"),
        pytest.param(GAP_15, "xem [](http://x.vn)", ["xem  (http://x.vn)"], id="empty-link"),
        pytest.param(GAP_15, "![hình](a.png)", [], id="picture"),
        pytest.param(GAP_15, "", [], id="emptied"),
        pytest.param(GAP_15, "xong [cần bổ sung: bao nhiêu]", [], id="another-gap"),
        pytest.param(f"Một: {GAP_15}", "Một việc: xong", [], id="reworded"),
        pytest.param(f"{GAP_23} (hết)", "chậm (hết)", ["chậm"], id="before-more"),
        pytest.param(f"{GAP_23} (hết)", "chậm", [], id="more-is-gone"),
        pytest.param("# A", "# B", [], id="elsewhere"),
    ],
)
def test_what_stands_in_place_of_a_gap(old: str, new: str, expected: list[str]) -> None:
    edited = BASE.replace(old, new, 1)

    result = answers(BASE, edited, {"15", "23"})

    assert [answer.text for answer in result] == expected
    if old == GAP_15 and "another" not in new and expected and "- một ý" not in new:
        assert put_back(edited, result) == BASE


def test_a_gap_of_no_task_of_the_plan_has_no_answer() -> None:
    assert answers(BASE, BASE.replace(GAP_15, "xong"), {"23"}) == []
