"""A plan issued again with other numbers: records are told of, and moved by a command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parplan.journal.renumbered import renumbered
from parplan.plan.file import read_plan
from parplan.plan.model import Plan
from tests.helpers.office import Office, made
from tests.helpers.running import ROOT

TEXT = (ROOT / "plan/2025.yaml").read_text(encoding="utf-8")
MOVE = "parplan edit --move 9=10 --move 10=9"


def numbered(*pairs: tuple[str, str], text: str = TEXT) -> str:
    """Return the plan with other numbers: ``pairs`` of an old one and its new one."""
    for old, _new in pairs:
        text = text.replace(f'- id: "{old}"\n', f'- id: "<{old}>"\n')
    for old, new in pairs:
        text = text.replace(f'- id: "<{old}>"\n', f'- id: "{new}"\n')
    return text


SWAPPED = numbered(("9", "10"), ("10", "9"))


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office that has committed records of 9, 10 and 4, and has its plan anew."""
    office = Office(workspace, {**environment, "PARPLAN_LANG": "en"})
    office.env["XDG_CONFIG_HOME"] = str(workspace / "home" / "config")
    office.git("init", "-q")
    office.say("note", "9", "one")
    office.say("note", "10", "two")
    office.say("note", "4@6", "three")
    assert office.run("commit").returncode == 0
    (workspace / "plan/2025.yaml").write_text(SWAPPED, encoding="utf-8")
    return office


def texts(office: Office, task: str) -> list[str]:
    return [record["text"] for record in office.json("show", task)["history"]]


def test_check_diff_and_commit_name_the_tasks_and_the_command(office: Office) -> None:
    checked = office.run("check")
    assert checked.returncode == 1
    assert checked.stderr.count(f"'{MOVE}' moves them [unknown-task]") == 2
    assert "plan/2025.journal.yaml:1:1: the task of the records of 9 has the number 10" in (
        checked.stderr
    )
    (year,) = office.json("diff")["items"]
    assert year["renumbered"][0].startswith("task 9 (records: 1) has the number 10 now: Triển khai")
    assert year["renumbered"][2] == f"this moves the records: {MOVE}"
    assert MOVE in office.say("diff")
    assert f"this moves the records: {MOVE}" in office.run("commit").stderr
    assert MOVE in office.run("check").stderr, "after the commit, too"


def test_records_move_in_one_write_and_their_history_stays(office: Office) -> None:
    before = office.journal.read_bytes()

    said = office.say(*MOVE.split()[1:])

    assert said.splitlines() == [
        "1 record of task 9: now of task 10",
        "1 record of task 10: now of task 9",
        "plan/2025.yaml names task 9 too (Mô hình, sáng kiến): where the task that is 10 now is "
        "meant, change the number there",
        "plan/2025.yaml names task 10 too (Công tác kiểm tra): where the task that is 9 now is "
        "meant, change the number there",
    ]
    after = office.journal.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 2
    assert (texts(office, "9"), texts(office, "10")) == (["two"], ["one"])
    assert office.run("check").returncode == 0
    assert office.json("diff")["items"][0]["renumbered"] == []
    office.say("note", "9", "of the new plan")
    assert office.run("check").returncode == 0
    office.say("edit", "--move", "9=10", "--move", "10=9")
    assert texts(office, "9") == ["one"]


def test_the_files_that_name_a_moved_task_are_told(office: Office) -> None:
    office.say("note", "1@3", "four")
    shutil.copy(ROOT / "plan/example.index.yaml", office.root / "plan/2025.index.yaml")
    shutil.copy(ROOT / "plan/example.forms.yaml", office.root / "plan/2025.forms.yaml")
    forms = office.root / "plan/2025.forms.yaml"
    forms.write_text(
        forms.read_text(encoding="utf-8").replace("measure: tasks", 'tasks: ["1"], measure: tasks'),
        encoding="utf-8",
    )

    lines = office.say("edit", "--move", "1=4").splitlines()[1:]

    assert [line.partition(":")[0] for line in lines] == [
        "plan/2025.yaml names task 1 too (Công tác chỉ đạo, Báo cáo tháng, Báo cáo quý, "
        "Báo cáo 6 tháng, Báo cáo 9 tháng, Báo cáo năm)",
        "plan/2025.index.yaml names task 1 too (1.1.1, P.1)",
        "plan/2025.forms.yaml names task 1 too (1/2.1, 1/2.2)",
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--move", "9"), "'9' should be OLD=NEW"),
        (("--move", "9=99"), "no task '99'"),
        (("--move", "33=9"), "nothing is recorded of task 33"),
        (("--move", "9=10", "4@6"), "--move takes no record"),
        (("--move", "9=10", "--percent", "50"), "--move takes no record, and no values"),
        ((), "name a record"),
    ],
)
def test_what_cannot_be_moved_is_refused(
    office: Office, words: tuple[str, ...], reason: str
) -> None:
    assert reason in office.refuse("edit", *words)


@pytest.mark.parametrize("half", [("9=10",), ("10=9",), ("4=9",)])
def test_records_do_not_come_among_those_that_have_to_go(
    half: tuple[str, ...], office: Office
) -> None:
    """Nobody could tell them apart any more: the way back would take both along."""
    before = office.journal.read_bytes()

    reason = office.refuse("edit", "--move", *half)

    assert f"have to go to another one in the same command: {MOVE}" in reason
    assert office.journal.read_bytes() == before


def read(text: str) -> Plan:
    plan = read_plan("plan/2025.yaml", text.encode()).value
    assert plan is not None
    return plan


def places(new: str, *tasks: str) -> list[tuple[str, int, str]]:
    records = [made(number, "note", task) for number, task in enumerate(tasks)]
    found = renumbered(read(TEXT), read(new), records)
    return [(task.number, task.records, task.to) for task in found]


def test_only_tasks_with_records_count_and_words_may_change() -> None:
    reworded = TEXT.replace(
        "Tổ chức giao ban BCĐ CCHC, Chuyển", "Tổ chức họp giao ban BCĐ CCHC, Chuyển"
    )

    assert places(SWAPPED, "4@2025-06") == []
    assert places(SWAPPED, "9", "9", "10") == [("9", 2, "10"), ("10", 1, "9")]
    assert places(reworded, "4@2025-06") == []
    assert places(numbered(("4", "40")), "4@2025-06") == [("4", 1, "40")]
    assert places(numbered(("4", "40"), text=reworded), "4@2025-06") == [("4", 1, "40")]
    other = TEXT.replace("Tổ chức giao ban BCĐ CCHC, Chuyển đổi số, đề án 06", "Trồng cây đầu xuân")
    assert places(other, "4@2025-06") == [("4", 1, "")]
