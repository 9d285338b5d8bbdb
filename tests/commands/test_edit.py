"""What was recorded wrong is put right by a new record that takes its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from parplan.journal.record import Directive, Evidence, News
from tests.helpers.office import AUTHOR, Office, made, on_terminal

DONE = made(
    1,
    "done",
    on=dt.date(2025, 6, 18),
    text="đã họp",
    percent=90,
    evidence=(Evidence(number="TB 12/TB-UBND"), Evidence(file="bb.pdf")),
    reason="mưa",
)
NAME = DONE.id


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    office = Office(workspace, environment)
    office.write(DONE, made(2, ref="8", text="kiểm tra"))
    return office


def edited(office: Office) -> News:
    record = office.last()
    assert isinstance(record, News)
    assert record.replaces == NAME
    return record


def rest(record: Any, *left_out: str) -> dict[str, Any]:
    names = set(record.__struct_fields__) - {"id", "at", "by", "replaces", *left_out}
    return {name: getattr(record, name) for name in names}


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        pytest.param(["Đã họp xong"], "text", "Đã họp xong", id="text"),
        pytest.param([""], "text", "", id="no-text"),
        pytest.param(["--on", "hôm qua"], "on", dt.date(2025, 6, 19), id="day"),
        pytest.param(
            ["--evidence", "TB 13/TB-UBND"],
            "evidence",
            (Evidence(number="TB 13/TB-UBND"),),
            id="evidence",
        ),
        pytest.param(["--evidence", ""], "evidence", (), id="no-evidence"),
        pytest.param(["--percent", "100%"], "percent", 100, id="percent"),
        pytest.param(["--reason", ""], "reason", "", id="no-reason"),
        pytest.param(["--proposal", "thêm người"], "proposal", "thêm người", id="proposal"),
    ],
)
def test_one_thing_is_changed_and_all_else_stays(
    office: Office, words: list[str], field: str, value: object
) -> None:
    before = office.journal.read_bytes()
    answer = office.say("edit", NAME, *words)

    assert office.journal.read_bytes().startswith(before)
    assert getattr(edited(office), field) == value
    assert rest(edited(office), field) == rest(DONE, field)
    assert edited(office).by == AUTHOR
    assert answer.splitlines()[0] == f"sửa {NAME[:7]}"
    assert "thứ Tư 18/06/2025" in answer


def test_everything_tells_what_is_right_now(office: Office) -> None:
    office.say("edit", NAME, "Đã họp tại hội trường", "--on", "17/6")

    assert [(one["on"], one["text"]) for one in office.json("show", "4")["history"]] == [
        ("2025-06-17", "Đã họp tại hội trường")
    ]
    assert office.item("4@2025-06")["state"] == "done"
    log = {one["id"]: one for one in office.items("log")}
    assert [one["retracted"] for one in log.values()] == [False, False, True]
    assert log[edited(office).id]["replaces"] == NAME
    shown = " ".join(office.say("log", "4@6").split())
    assert "(đã sửa) đã họp" in shown
    assert f"sửa {NAME[:7]}" in shown


@pytest.mark.parametrize("name", [NAME[:10], "4@6", "4", "giao ban", "giao ban@T6"])
def test_a_record_is_named_by_its_id_or_what_it_is_about(office: Office, name: str) -> None:
    office.write(DONE, made(20, ref="8", text="kiểm tra"))
    office.say("edit", NAME if name == NAME[:10] else name, "khác")

    assert edited(office).text == "khác"


def test_the_latest_of_an_occurrence_is_meant_and_a_correction_may_be_corrected(
    office: Office,
) -> None:
    office.write(made(5, text="cũ"), DONE, made(6, text="mới"))
    office.say("edit", "4@6", "mới hơn")
    first = office.last()
    office.say("edit", "4@6", "mới nhất")
    last = office.last()

    assert isinstance(first, News)
    assert isinstance(last, News)
    assert (first.replaces, last.replaces) == (made(6).id, first.id)
    assert [one["text"] for one in office.json("show", "4")["history"]] == [
        "mới nhất",
        "cũ",
        "đã họp",
    ]


def test_undo_brings_back_what_was_corrected(office: Office) -> None:
    office.say("edit", NAME, "khác")
    answer = office.say("undo")

    assert f"rút lại lần sửa {NAME[:7]}, hoàn thành 4@2025-06: khác" in answer
    assert [one["text"] for one in office.json("show", "4")["history"]] == ["đã họp"]
    office.say("edit", NAME, "khác nữa")


def test_a_directive_keeps_its_deadline(office: Office) -> None:
    given = made(3, "directive", "12@2025-11-15", due=dt.date(2025, 11, 15), authority="CV 1")
    office.write(given)
    office.say("edit", "12", "theo công văn")
    last = office.last()

    assert isinstance(last, Directive)
    assert (last.due, last.authority, last.text) == (
        dt.date(2025, 11, 15),
        "CV 1",
        "theo công văn",
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param([NAME], "nothing to change", id="nothing"),
        pytest.param([NAME, "đã họp"], "says that already", id="the-same"),
        pytest.param([NAME, "--on", "18/6"], "says that already", id="the-same-day"),
        pytest.param(["8", ""], "nothing would be left", id="nothing-left"),
        pytest.param(["zzz1", "x"], "no record 'zzz1'", id="unknown"),
        pytest.param(["4@11", "x"], "nothing was recorded of 4@2025-11", id="no-record"),
        pytest.param(["4@7", "x"], "nothing was recorded of 4@2025-07", id="no-occurrence"),
        pytest.param(["xây cầu", "x"], "'xây cầu'", id="no-words"),
        pytest.param([NAME, "--on", "21/6/2025"], "in the future", id="future"),
        pytest.param([NAME, "--on", "31/5"], "--yes", id="before-the-period"),
        pytest.param([NAME, "--evidence", "TB", "13/TB"], "--evidence 'TB 13/TB'", id="slip"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, words: list[str], complaint: str) -> None:
    assert complaint in office.refuse("edit", *words).replace('"', "'")  # Windows quotes with it


@pytest.mark.parametrize("kind", ["undo", "score"])
def test_what_is_no_progress_is_not_edited(office: Office, kind: str) -> None:
    about = {"retracts": "x"} if kind == "undo" else {"criterion": "1.1", "grade": "A"}
    record = made(7, kind, **about)  # type: ignore[arg-type]
    office.write(record)

    assert "is no record of progress" in office.refuse("edit", record.id, "x")


def test_what_was_corrected_is_neither_edited_nor_undone(office: Office) -> None:
    office.say("edit", NAME, "khác")

    for words in (["edit", NAME, "x"], ["undo", NAME]):
        assert f"record {NAME[:7]} was corrected" in office.refuse(*words)


def test_a_sheet_read_again_records_nothing_that_was_put_right(office: Office) -> None:
    lines = "8: đã kiểm tra 5 hồ sơ\n".encode()
    office.run("record", "-", "--yes", stdin=lines)
    office.say("edit", "8", "đã kiểm tra 6 hồ sơ")
    before = office.journal.read_bytes()
    done = office.run("record", "-", "--yes", stdin=lines)

    assert "1 đã ghi từ trước" in done.stdout
    assert office.journal.read_bytes() == before


def test_a_draft_names_what_was_corrected_since(office: Office) -> None:
    office.write(made(1, on=dt.date(2025, 6, 10), text="đã họp"))
    office.run("report", "6", "--format", "md")
    office.say("edit", NAME, "Đã họp tại hội trường")
    answer = office.run("report", "6", "--format", "md").stdout

    assert "4@2025-06: Đã họp tại hội trường" in answer
    draft = (office.root / "reports" / "2025-06.md").read_text(encoding="utf-8")
    assert "Đã họp tại hội trường" in draft


def test_commit_counts_a_correction_as_one(office: Office) -> None:
    office.begin()
    office.say("edit", NAME, "khác")
    office.say("note", "8", "x")
    office.say("edit", "8", "y")

    assert office.items("diff")[0]["recorded"] == {"note": 1, "edit": 1}
    assert "1 bản ghi sửa" in office.say("commit")


# The editor.


def editor(office: Office, tmp_path: Path, script: str) -> dict[str, str]:
    """Return the environment in which ``script``, of sed, is the editor."""
    pytest.importorskip("pty", reason="the editor is tried on a terminal of this kind")
    program = tmp_path / "sua.sh"
    program.write_text(f"#!/bin/sh\nsed -i '{script}' \"$1\"\n", encoding="utf-8")
    program.chmod(0o755)
    return {"EDITOR": str(program), "VISUAL": str(program)}


@pytest.mark.parametrize(
    ("script", "changed"),
    [
        pytest.param("s/^đã họp/Đã họp xong/", {"text": "Đã họp xong"}, id="text"),
        pytest.param("s/90%/95%/", {"percent": 95}, id="percent"),
        pytest.param("s/90%//", {"percent": None}, id="no-percent"),
        pytest.param("s/^Đo được:/& 98,5/", {"value": "98.5"}, id="value"),
        pytest.param("s/18.06.2025/hôm qua/", {"on": dt.date(2025, 6, 19)}, id="day"),
        pytest.param(
            "s/TB 12/TB 13/",
            {"evidence": (Evidence(number="TB 13/TB-UBND"), Evidence(file="bb.pdf"))},
            id="number",
        ),
        pytest.param("s/TB 12.*//", {"evidence": (Evidence(file="bb.pdf"),)}, id="no-number"),
        pytest.param("s/mưa/mưa to/", {"reason": "mưa to"}, id="reason"),
    ],
)
def test_what_is_changed_in_the_editor(
    office: Office, tmp_path: Path, script: str, changed: dict[str, object]
) -> None:
    status, screen = on_terminal(office, "edit", NAME, env=editor(office, tmp_path, script))

    assert status == 0, screen
    ((field, value),) = changed.items()
    actual = getattr(edited(office), field)
    assert (str(actual) if field == "value" else actual) == value
    assert rest(edited(office), field) == rest(DONE, field)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        pytest.param("", "không ghi gì", id="nothing"),
        pytest.param("s/90%/nhiều/", "nhiều", id="no-number"),
        pytest.param("s/^Đo được:/Đo/", "dòng 5 của phiếu sửa", id="no-label"),
    ],
)
def test_what_is_not_understood_in_the_editor_records_nothing(
    office: Office, tmp_path: Path, script: str, complaint: str
) -> None:
    before = office.journal.read_bytes()
    status, screen = on_terminal(office, "edit", NAME, env=editor(office, tmp_path, script))

    assert (status, complaint in screen) == (2, True), screen
    assert office.journal.read_bytes() == before


def test_the_number_of_a_task_is_no_id(office: Office) -> None:
    """Though an id begins with it."""
    office.write(
        made(1, ref="8", text="cũ", id="8zzzzzzzzzzz"), made(2, ref="9", id="9zzzzzzzzzzz")
    )

    office.say("edit", "8", "mới")

    assert office.last().text == "mới"
