"""A plan changed in mid-year: what held before is still reported as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parplan.plan.file import read_plan
from parplan.render.document import drafts
from parplan.yamlfile.edit import AddEntry, SetKey, apply_edits
from parplan.yamlfile.parse import find_places, load_yaml
from tests.conftest import Run
from tests.helpers.running import ROOT

PLAN = Path("plan/2025.yaml")
CITY = "UBND thành phố Hà Nội"
DISTRICT = "UBND quận Hà Đông"
CENTRE = "Trung tâm Phục vụ hành chính công"
TEXT = (ROOT / PLAN).read_text(encoding="utf-8")


def amend(run: Run, *words: str, start: str = "1/7/2025") -> str:
    ended = run("amend", *words, "--from", start)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def found(run: Run, *words: str) -> dict[str, Any]:
    ended = run(*words, "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def recipient(run: Run, month: int, day: str) -> str:
    """Return to whom the report of ``month`` is addressed when it is drafted on ``day``."""
    ended = run("report", "--month", str(month), "--as-of", day, "--format", "md", "-o", "-")
    header = drafts.read("draft", ended.stdout).header
    assert header.to == (f"Ủy ban nhân dân {header.superior.removeprefix('UBND ')}",)
    return header.superior


def test_hanoi_abolishes_its_districts(workspace: Path, run: Run) -> None:
    """From 1 July 2025 the ward reports to the city, and waits for its word."""
    amend(run, "superior", "--to", CITY, "--by", "NQ 1656/NQ-UBTVQH15")

    text = (workspace / PLAN).read_text(encoding="utf-8")
    assert "  - {name: UBND quận Hà Đông, until: 2025-06-30}\n" in text
    assert f"  - {{name: {CITY}, from: 2025-07-01, by: NQ 1656/NQ-UBTVQH15}}\n" in text
    days = [(5, "2025-05-20"), (6, "2025-06-20"), (7, "2025-07-20"), (12, "2025-12-20")]
    assert [recipient(run, month, day) for month, day in days] == [DISTRICT, DISTRICT, CITY, CITY]
    assert recipient(run, 6, "2025-12-31") == DISTRICT, "an old report stays addressed as it was"
    waiting = {
        day: [found(run, "show", task, "--as-of", day)["waits_for"] for task in ("1", "12", "21")]
        for day in ("2025-06-30", "2025-07-01")
    }
    assert waiting == {"2025-06-30": [["UBND quận"]] * 3, "2025-07-01": [[CITY]] * 3}
    assert run("check").returncode == 0


def test_a_directive_of_the_successor_gives_the_date(workspace: Path, run: Run) -> None:
    amend(run, "superior", "--to", CITY)
    run("directive", "12", "--due", "2025-11-15", "--by", "CV 9/UBND-NC", "--as-of", "2025-08-01")

    [item] = found(run, "show", "12", "--as-of", "2025-08-01")["items"]

    assert (item["ref"], item["due"]) == ("12@2025-11-15", "2025-11-15")


def test_a_unit_is_replaced(workspace: Path, run: Run) -> None:
    amend(run, "unit", "van phong ubnd", "--to", CENTRE)

    june = found(run, "show", "4", "--as-of", "2025-06-01")
    july = found(run, "show", "4", "--as-of", "2025-07-10")
    assert (june["units"], july["units"]) == (["Văn phòng UBND"], [CENTRE])
    units = {item["ref"]: item["units"] for item in july["items"]}
    assert units == {"4@2025-06": ["Văn phòng UBND"], "4@2025-11": [CENTRE]}
    mine = found(run, "due", "--month", "11", "--unit", "trung tam", "--as-of", "2025-11-01")
    assert "4@2025-11" in [item["ref"] for item in mine["items"]]
    before = found(run, "due", "--month", "6", "--unit", "trung tam", "--as-of", "2025-06-01")
    assert before["items"] == []


def test_what_an_ended_unit_left_undone_is_asked_of_its_successor(
    workspace: Path, run: Run
) -> None:
    amend(run, "unit", "van phong ubnd", "--to", CENTRE)

    ended = run("reminder", "--section", "V", "--as-of", "2025-07-10", "--format", "md")

    assert ended.returncode == 0
    (letter,) = (workspace / "reports").glob("reminder-*.md")
    said = letter.read_text(encoding="utf-8")
    assert f'to: ["{CENTRE}"]' in said
    assert "| 30/6/2025 | Thực hiện chuyển đổi vị trí công tác" in said
    assert (
        "no letter is needed"
        in run("reminder", "--unit", "văn phòng", "--as-of", "2025-07-10", "--lang", "en").stdout
    )


def test_a_task_that_ended_keeps_those_who_had_it(workspace: Path, run: Run) -> None:
    """What the successors get from 1 July on is not what ended on 30 June."""
    amend(run, "superior", "--to", CITY)
    amend(run, "unit", "van phong ubnd", "--to", CENTRE)
    amend(run, "task", "20", "--drop")

    dropped, kept = (found(run, "show", task, "--as-of", "2025-07-10") for task in ("20", "21"))

    assert (dropped["units"], dropped["waits_for"]) == (["Văn phòng UBND"], ["UBND quận"])
    assert (kept["units"], kept["waits_for"]) == ([CENTRE], [CITY])


def test_a_task_is_handed_over_twice(workspace: Path, run: Run) -> None:
    amend(run, "task", "23", "--to", "Một cửa", "--by", "QĐ 15/QĐ-UBND")
    amend(
        run, "task", "23", "--to", "Tư pháp hộ tịch", "--to", "Công chức phường", start="1/10/2025"
    )

    units = {
        item["ref"]: item["units"]
        for item in found(run, "show", "23", "--as-of", "2025-12-01")["items"]
    }
    assert units["23@2025-06"] == ["Văn phòng UBND"]
    assert units["23@2025-09"] == ["Một cửa"]
    assert units["23@2025-10"] == ["Tư pháp hộ tịch", "Công chức phường"]


def test_a_task_is_dropped(workspace: Path, run: Run) -> None:
    run("note", "23@2025-11", "Bắt đầu sớm", "--as-of", "2025-06-20")
    amend(run, "task", "23", "--drop", "--by", "QĐ 15/QĐ-UBND")

    refs = [item["ref"] for item in found(run, "show", "23")["items"]]
    assert refs[-1] == "23@2025-Q2"
    assert "23@2025-07" not in refs
    assert run("check").returncode == 0, "a note on what was dropped is no mistake"
    may = found(run, "due", "--month", "5", "--as-of", "2025-05-31")["items"]
    assert "23@2025-05" in [item["ref"] for item in may]


def test_a_continuous_task_ends(workspace: Path, run: Run) -> None:
    amend(run, "task", "15", "--drop")

    listed = {
        month: found(run, "due", "--month", str(month), "--as-of", day)["no_deadline"]
        for month, day in ((6, "2025-06-20"), (7, "2025-07-20"))
    }
    assert ("15" in listed[6], "15" in listed[7]) == (True, False)


def test_a_task_gets_another_deadline_and_number(workspace: Path, run: Run) -> None:
    amend(run, "task", "4", "--deadline", "Tháng 12/2025", "--by", "QĐ 15/QĐ-UBND")

    old = found(run, "show", "4", "--as-of", "2025-07-10")
    new = found(run, "show", "36", "--as-of", "2025-07-10")
    assert [item["ref"] for item in old["items"]] == ["4@2025-06"]
    assert [item["ref"] for item in new["items"]] == ["36@2025-12"]
    assert (new["replaces"], new["title"], new["by"]) == ("4", old["title"], "QĐ 15/QĐ-UBND")
    assert "36" in run("show", "4").stdout


@pytest.mark.parametrize(
    ("deadline", "wording", "labels"),
    [
        pytest.param(
            "Tháng 12/2025",
            "Lần 1: trong tháng 6/2025; Lần 2: trong tháng 12/2025",
            {"36@2025-12": "Lần 2"},
            id="the-rest",
        ),
        pytest.param(
            "tháng 6 và tháng 12",
            "Lần 1: trong tháng 6/2025; Lần 2: trong tháng 12/2025",
            {"36@2025-12": "Lần 2"},
            id="all",
        ),
        pytest.param(
            "Lần 2: trước ngày 15/12",
            "Lần 1: trong tháng 6/2025; Lần 2: trước ngày 15/12/2025",
            {"36@2025-12-14": "Lần 2"},
            id="named",
        ),
        pytest.param(
            "Tháng 9, tháng 10, tháng 12",
            "Tháng 9, tháng 10, tháng 12",
            {"36@2025-09": "", "36@2025-10": "", "36@2025-12": ""},
            id="more-than-before",
        ),
        pytest.param("Thường xuyên", "Thường xuyên", {}, id="no-sessions-any-more"),
    ],
)
def test_sessions_stay_together_and_have_their_names(
    deadline: str, wording: str, labels: dict[str, str], workspace: Path, run: Run
) -> None:
    amend(run, "task", "4", "--deadline", deadline)

    new = found(run, "show", "36", "--as-of", "2025-07-10")
    assert new["deadline_text"] == wording
    assert {item["ref"]: item["label"] for item in new["items"]} == labels
    assert run("check").returncode == 0


def test_next_year_has_both_sessions(workspace: Path, run: Run) -> None:
    amend(run, "task", "4", "--deadline", "Tháng 12/2025")

    assert run("new", "2026", "--as-of", "2025-12-29").returncode == 0

    items = found(run, "show", "36", "--year", "2026", "--as-of", "2026-01-02")["items"]
    assert [(item["ref"], item["label"]) for item in items] == [
        ("36@2026-06", "Lần 1"),
        ("36@2026-12", "Lần 2"),
    ]


def test_the_dates_of_a_new_deadline_are_said(run: Run) -> None:
    """A wording that was read otherwise than meant is seen at once."""
    monthly = amend(run, "task", "9", "--deadline", "Trước ngày 05 hằng tháng", start="1/9/2025")
    weekly = amend(run, "task", "10", "--deadline", "Thứ Năm hằng tuần")

    assert "\nnhiệm vụ 36: hạn 04/09/2025, 04/10/2025, 04/11/2025, 04/12/2025\n" in monthly
    (line,) = [line for line in weekly.splitlines() if line.startswith("nhiệm vụ 37: hạn 03/07/")]
    assert line.endswith("18/09/2025, tất cả 26 hạn")


def test_one_deadline_for_two_sessions_is_not_clear(workspace: Path, run: Run) -> None:
    before = (workspace / PLAN).read_bytes()

    ended = run("amend", "task", "4", "--deadline", "Tháng 12/2025", "--from", "1/4/2025")

    assert ended.returncode == 2
    assert "có 2 lần (Lần 1, Lần 2): hãy ghi thời hạn của từng lần" in ended.stderr
    assert (workspace / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["superior", "--to", CITY], id="no-day"),
        pytest.param(["superior", "--from", "1/7/2025"], id="nobody-follows"),
        pytest.param(["unit", "Phòng ma", "--to", CENTRE, "--from", "1/7/2025"], id="unknown-unit"),
        pytest.param(["task", "99", "--drop", "--from", "1/7/2025"], id="unknown-task"),
        pytest.param(["task", "4", "--from", "1/7/2025"], id="no-change"),
        pytest.param(
            ["task", "4", "--drop", "--to", "Một cửa", "--from", "1/7/2025"], id="two-changes"
        ),
        pytest.param(["task", "4", "--to", "Phòng ma", "--from", "1/7/2025"], id="to-nobody-known"),
        pytest.param(
            ["task", "4", "--deadline", "sớm", "--from", "1/7/2025"], id="deadline-unread"
        ),
        pytest.param(
            ["task", "4", "--deadline", "Tháng 12", "--number", "5", "--from", "1/7/2025"],
            id="number-taken",
        ),
        pytest.param(["plan", "x", "--from", "1/7/2025"], id="unknown-kind"),
    ],
)
def test_what_cannot_be_done_changes_nothing(words: list[str], workspace: Path, run: Run) -> None:
    before = (workspace / PLAN).read_bytes()

    ended = run("amend", *words)

    assert ended.returncode == 2
    assert ended.stderr
    assert "Traceback" not in ended.stderr
    assert (workspace / PLAN).read_bytes() == before


def test_an_end_that_is_written_already_is_kept(workspace: Path, run: Run) -> None:
    path = workspace / PLAN
    entry = f"{{name: {DISTRICT}, until: 2025-06-30}}"
    path.write_text(TEXT.replace(f"{{name: {DISTRICT}}}", entry), encoding="utf-8")

    amend(run, "superior", "--to", CITY)

    text = path.read_text(encoding="utf-8")
    assert f"  - {entry}\n  - {{name: {CITY}, from: 2025-07-01}}\n" in text


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        pytest.param(
            TEXT.replace(f"{{name: {DISTRICT}}}", f"{{name: {DISTRICT}, until: 2025-08-31}}"),
            ["superior", "--to", CITY],
            "it ends on 2025-08-31 already; change that in the plan by hand",
            id="ends-on-another-day",
        ),
        pytest.param(
            json.dumps(load_yaml("", TEXT), default=str, ensure_ascii=False, indent=1),
            ["unit", "Văn phòng UBND", "--to", CENTRE],
            "plan/2025.yaml is written in a way that cannot be edited safely; edit it by hand",
            id="written-as-json",
        ),
    ],
)
def test_what_must_be_done_by_hand_is_said(
    text: str, words: list[str], said: str, workspace: Path, run: Run
) -> None:
    (workspace / PLAN).write_text(text, encoding="utf-8")

    ended = run("amend", *words, "--from", "1/7/2025", "--lang", "en")

    assert (ended.returncode, ended.stderr) == (2, f"parplan: {said}\n")
    assert (workspace / PLAN).read_text(encoding="utf-8") == text
    assert run("check").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["task", "20", "--drop"], id="task"),
        pytest.param(["unit", "Một cửa", "--to", CENTRE], id="unit"),
    ],
)
def test_what_ends_on_that_day_already_is_left_alone(
    words: list[str], workspace: Path, run: Run
) -> None:
    """The stress test found it: two clerks with two decisions, and one key of each name."""
    amend(run, *words, "--by", "QĐ 1")
    before = (workspace / PLAN).read_bytes()

    ended = run("amend", *words, "--by", "QĐ 2", "--from", "1/7/2025", "--lang", "en")

    said = "it ends on 2025-06-30 already; change that in the plan by hand"
    assert (ended.returncode, ended.stderr) == (2, f"parplan: {said}\n")
    assert (workspace / PLAN).read_bytes() == before


def test_a_task_that_was_dropped_can_still_be_replaced(workspace: Path, run: Run) -> None:
    amend(run, "task", "4", "--drop", "--by", "QĐ 1")
    amend(run, "task", "4", "--deadline", "Tháng 12/2025", "--by", "QĐ 2")

    text = (workspace / PLAN).read_text(encoding="utf-8")
    assert (text.count("by: QĐ 1"), text.count("by: QĐ 2")) == (1, 1)
    assert found(run, "show", "36")["replaces"] == "4"


def test_a_change_that_makes_a_mistake_is_refused_with_its_place(workspace: Path, run: Run) -> None:
    amend(run, "unit", "Một cửa", "--to", CENTRE)
    before = (workspace / PLAN).read_bytes()

    ended = run("amend", "unit", CENTRE, "--to", "Một cửa", "--from", "1/9/2025")

    assert ended.returncode == 2
    assert "[ended-unit]" in ended.stderr
    assert (workspace / PLAN).read_bytes() == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_other_byte_stays(workspace: Path, run: Run, end: str) -> None:
    path = workspace / PLAN
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", end.encode()))
    before = path.read_bytes().split(b"\n")

    amend(run, "superior", "--to", CITY)

    after = path.read_bytes().split(b"\n")
    assert [line for line in before if line not in after] == [
        f"  - {{name: {DISTRICT}}}{end}".rstrip("\n").encode()
    ]
    assert len(after) == len(before) + 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


BLOCKS = sorted({path[:-1] for path in find_places("", TEXT).values if len(path) > 1}, key=str)


@pytest.mark.parametrize("path", BLOCKS, ids=str)
def test_a_key_or_entry_can_be_put_into_every_block_of_the_plan(
    path: tuple[str | int, ...],
) -> None:
    data = load_yaml("", TEXT)
    for step in path:
        data = data[step]
    edit = SetKey(path, "new", '"a: b"') if isinstance(data, dict) else AddEntry(path, ["- new"])

    changed = apply_edits(TEXT, [edit])

    assert changed is not None
    inside = load_yaml("", changed)
    for step in path:
        inside = inside[step]
    assert inside == ({**data, "new": "a: b"} if isinstance(data, dict) else [*data, "new"])
    before, after = TEXT.split("\n"), set(changed.split("\n"))
    assert sum(line not in after for line in before) <= 1
    assert read_plan("plan.yaml", TEXT.encode()).value is not None


# Taken back.


def test_undo_takes_back_an_amendment_and_only_then_a_record(workspace: Path, run: Run) -> None:
    plan = workspace / PLAN
    run("done", "4@6", "--yes")
    amend(run, "task", "20", "--drop")
    amend(run, "superior", "--to", CITY)
    first = run("undo", "--lang", "en")
    second = run("undo", "--lang", "en")

    assert plan.read_text(encoding="utf-8") == TEXT
    assert (first.returncode, first.stderr) == (0, "")
    assert CITY in first.stdout
    assert "takes back the amendment: task 20" in second.stdout
    assert found(run, "log")["items"][0]["kind"] == "done"
    assert "takes back completion 4@2025-06" in run("undo", "--lang", "en").stdout


def test_an_amendment_before_the_last_record_stays(workspace: Path, run: Run) -> None:
    amend(run, "task", "20", "--drop")
    changed = (workspace / PLAN).read_bytes()
    run("note", "8", "x")

    assert "8" in run("undo").stdout
    assert (workspace / PLAN).read_bytes() == changed


def test_a_plan_that_was_changed_since_is_not_put_back(workspace: Path, run: Run) -> None:
    run("done", "4@6", "--yes")
    amend(run, "task", "20", "--drop")
    plan = workspace / PLAN
    changed = plan.read_bytes() + b"# so\n"
    plan.write_bytes(changed)
    ended = run("undo", "--lang", "en")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "plan/2025.yaml was changed since" in ended.stderr
    assert plan.read_bytes() == changed
    assert len(found(run, "log")["items"]) == 1


def test_what_somebody_put_back_by_hand_is_no_last_thing(workspace: Path, run: Run) -> None:
    run("note", "8", "x")
    amend(run, "task", "20", "--drop")
    (workspace / PLAN).write_text(TEXT, encoding="utf-8", newline="\n")

    assert "takes back note 8: x" in run("undo", "--lang", "en").stdout


def test_undo_takes_back_no_amendment_of_others(workspace: Path, run: Run) -> None:
    amend(run, "task", "20", "--drop", "--author", "Ba")
    changed = (workspace / PLAN).read_bytes()

    assert run("undo", "--author", "An").returncode == 2
    assert (workspace / PLAN).read_bytes() == changed
    assert run("undo", "--author", "Ba").returncode == 0
    assert (workspace / PLAN).read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x91\x84"])
def test_a_damaged_memory_of_amendments_is_none(workspace: Path, run: Run, data: bytes) -> None:
    run("note", "8", "x")
    amend(run, "task", "20", "--drop")
    (workspace / ".parplan" / "2025.amended").write_bytes(data)

    assert "takes back note 8: x" in run("undo", "--lang", "en").stdout


def test_a_draft_that_lacks_the_number_of_the_plan_names_the_command(run: Run) -> None:
    english = {"PARPLAN_LANG": "en"}
    gap = "parplan amend document --number 41 --date 20/3"
    month = ("report", "--month", "6", "--as-of", "2025-06-20", "--format", "md")

    assert gap in run(*month, env=english).stdout
    assert gap in run("document", "--format", "md", env=english).stdout
    filled = run("amend", "document", "--number", "41", "--date", "20/3", env=english)
    assert (filled.returncode, filled.stderr) == (0, "'20/3': Thursday 2025-03-20\n")
    assert filled.stdout.splitlines()[:2] == [
        "the plan's number is '41'",
        "the plan was issued on 2025-03-20, no longer on 2025-03",
    ]
    again = run(*month, "--new", env=english).stdout
    assert "places to fill" in again
    assert gap not in again
    assert gap not in run("document", "--format", "md", "--new", env=english).stdout
    assert "số 41/KH-UBND ngày 20 tháng 3 năm 2025" in run(*month, "-o", "-").stdout


def test_a_fact_is_taken_back_as_any_amendment(workspace: Path, run: Run) -> None:
    assert run("amend", "report", "tháng", "--data-until", "20").returncode == 0
    assert run("undo", "--yes").returncode == 0

    assert (workspace / PLAN).read_text(encoding="utf-8") == TEXT


def test_what_the_plan_says_already_changes_nothing(workspace: Path, run: Run) -> None:
    run("amend", "document", "--number", "41")
    before = (workspace / PLAN).read_bytes()

    ended = run("amend", "document", "--number", "41", "--lang", "en")

    assert (ended.returncode, ended.stdout) == (
        0,
        "nothing changes: plan/2025.yaml says so already\n",
    )
    assert (workspace / PLAN).read_bytes() == before
    assert "41" in run("undo").stdout
