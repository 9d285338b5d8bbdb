"""Commit, diff and the hook do with real git what a clerk expects, and no more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parplan.journal.record import Evidence
from tests.helpers.office import AUTHOR, JOURNAL, Office, lines, made, on_terminal, tree
from tests.helpers.running import PATIENCE

ENGLISH = {"PARPLAN_LANG": "en"}
ADDED = ("- {in: 2025-08}", "- {in: 2025-08}\n          - {in: 2025-10}")
GOOD = (
    "Tháng 8/2025\n        schedule:\n          - {in: 2025-08}",
    "Tháng 8 và tháng 10/2025\n        schedule:\n          - {in: 2025-08}"
    "\n          - {in: 2025-10}",
)
"""The same with the wording that goes with it, so that the plan has no mistake."""
NEWS = "6@2025-10 added, due 2025-10-31"


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office whose workspace is a repository with one commit."""
    office = Office(workspace, environment)
    office.begin()
    return office


@pytest.fixture
def loose(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office without a repository."""
    return Office(workspace, environment)


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that is in no workspace."""
    return tmp_path_factory.mktemp("repository")


def committed(office: Office, revision: str = "HEAD") -> list[str]:
    """Return the files that a commit changed, from the top of the repository on."""
    output = office.git("show", "--name-only", "--no-renames", "--format=", "-z", revision)
    return sorted(output.strip("\0").split("\0"))


def message(office: Office) -> str:
    return office.git("log", "-1", "--format=%B").strip()


# What a commit takes.


def test_commit_tells_what_was_recorded(office: Office) -> None:
    for number in range(3):
        office.say("note", "8", f"lần {number}")
    office.say("done", "4@2025-06")

    output = office.say("commit")

    assert message(office) == "Ghi tiến độ: 3 ghi chú, 1 hoàn thành (4@2025-06)"
    assert output == "Ghi tiến độ: 3 ghi chú, 1 hoàn thành (4@2025-06)\nđã lưu 1 tệp\n"
    assert committed(office) == [JOURNAL]
    assert office.git("log", "-1", "--format=%an") == f"{AUTHOR}\n"


@pytest.mark.parametrize(
    ("steps", "subject"),
    [
        pytest.param([["note", "8", "x"]], "Ghi tiến độ: 1 ghi chú", id="one-note"),
        pytest.param(
            [["done", "4@2025-06"], ["undo"], ["note", "8", "x"]],
            "Ghi tiến độ: 1 ghi chú",
            id="undone",
        ),
        pytest.param(
            [
                ["done", ref, "--yes"]
                for ref in ("4@2025-06", "4@2025-11", "5@2025-06", "5@2025-10")
            ],
            "Ghi tiến độ: 4 hoàn thành (4@2025-06, 4@2025-11, 5@2025-06, …)",
            id="many-done",
        ),
        pytest.param(
            [
                ["directive", "12", "--due", "2025-11-15"],
                ["start", "9"],
                ["pause", "9"],
                ["reopen", "9@2025"],
                ["cancel", "9"],
            ],
            "Ghi tiến độ: 1 bắt đầu, 1 tạm dừng, 1 hủy, 1 mở lại, 1 văn bản chỉ đạo",
            id="each-kind",
        ),
    ],
)
def test_subjects(office: Office, steps: list[list[str]], subject: str) -> None:
    for step in steps:
        office.say(*step)

    office.say("commit")

    assert message(office) == subject


def test_the_plans_changes_stand_in_the_message(office: Office) -> None:
    office.edit_plan(*ADDED)
    office.edit_plan("short: Giao ban BCĐ CCHC, CĐS, Đề án 06", "short: Giao ban")
    office.say("note", "8", "x")

    office.say("commit", "-m", "Theo giao ban 20/6\n# dòng này không phải chú thích", env=ENGLISH)

    assert message(office) == (
        "Record progress: 1 note; Edit the plan of 2025: 2 changes\n"
        "\n"
        "- task 4: short name changed from 'Giao ban BCĐ CCHC, CĐS, Đề án 06' to 'Giao ban'\n"
        f"- {NEWS}\n"
        "\n"
        "Theo giao ban 20/6\n"
        "# dòng này không phải chú thích"
    )
    assert committed(office) == ["plan/2025.journal.yaml", "plan/2025.yaml"]


def test_a_long_subject_goes_on_in_the_body(office: Office) -> None:
    office.edit_plan(*ADDED)
    for ref in ("4@2025-06", "4@2025-11", "5@2025-06"):
        office.say("done", ref, "--yes")
    (office.root / "reports").mkdir()
    (office.root / "reports" / "2025-06.md").write_text("# x\n")

    office.say("commit", env=ENGLISH)

    subject, _blank, *body = message(office).split("\n")
    assert subject == "Record progress: 3 done (4@2025-06, 4@2025-11, 5@2025-06); …"
    assert body == [
        "- Edit the plan of 2025: 1 change",
        "- Write drafts: reports/2025-06.md",
        f"- {NEWS}",
    ]


def test_a_message_that_looks_like_an_option_is_a_message(office: Office) -> None:
    office.say("note", "8", "x")

    office.say("commit", "-m", "--amend")

    assert message(office).endswith("\n\n--amend")
    assert office.git("rev-list", "--count", "HEAD") == "2\n"


def test_commit_in_english(office: Office) -> None:
    office.say("note", "8", "x")

    assert office.say("commit", env=ENGLISH) == "Record progress: 1 note\n1 file committed\n"


def test_other_staged_files_stay_staged(office: Office) -> None:
    for name in ("other.txt", "gone.txt", "src/x.py"):
        (office.root / name).parent.mkdir(exist_ok=True)
        (office.root / name).write_text("1\n")
    office.git("add", "--all")
    office.git("commit", "--quiet", "-m", "others")
    (office.root / "other.txt").write_text("2\n")
    office.git("add", "other.txt")
    (office.root / "other.txt").write_text("3\n")  # not staged
    office.git("rm", "--quiet", "gone.txt")
    (office.root / "new.txt").write_text("1\n")
    office.git("add", "new.txt")
    (office.root / "loose.txt").write_text("1\n")
    before = office.git("status", "--porcelain")
    office.say("note", "8", "x")

    office.say("commit")

    assert committed(office) == [JOURNAL]
    assert office.git("status", "--porcelain") == before
    assert office.git("show", ":other.txt") == "2\n"


@pytest.mark.parametrize(
    "staged",
    [pytest.param(True, id="staged-as-well"), pytest.param(False, id="not-staged")],
)
def test_every_kind_of_own_file_is_taken(office: Office, staged: bool) -> None:
    (office.root / "reports").mkdir()
    (office.root / "reports" / "Báo cáo tháng 6.md").write_text("# x\n")
    (office.root / "templates").mkdir()
    (office.root / "templates" / "report.md.j2").write_text("x\n")
    (office.root / ".gitignore").write_text(".parplan/\n*.tmp\n")
    (office.root / "tài liệu").mkdir()
    (office.root / "tài liệu" / "BC 45.pdf").write_bytes(b"%PDF")
    office.say("note", "8", "--file", "tài liệu/BC 45.pdf")
    if staged:
        office.git("add", "--all")

    office.say("commit")

    assert committed(office) == sorted(
        [
            ".gitignore",
            JOURNAL,
            "reports/Báo cáo tháng 6.md",
            "templates/report.md.j2",
            "tài liệu/BC 45.pdf",
        ]
    )
    assert office.git("status", "--porcelain") == ""


def test_the_lock_and_the_cache_are_not_committed(office: Office) -> None:
    (office.root / ".gitignore").unlink()
    office.say("note", "8", "x")

    office.say("commit")

    assert committed(office) == [".gitignore", JOURNAL]
    assert office.git("status", "--porcelain") == ""


@pytest.mark.parametrize("words", [["due"], ["note", "8", "x"], ["commit"]])
def test_the_cache_ignores_itself_whatever_the_workspace_ignores(
    words: list[str], office: Office
) -> None:
    """A folder that an older parplan made, too."""
    (office.root / ".gitignore").write_text("dist/\n")
    office.git("commit", "--quiet", "--message", "x", "--", ".gitignore")
    shutil.rmtree(office.root / ".parplan", ignore_errors=True)
    (office.root / ".parplan").mkdir()
    (office.root / ".parplan" / "lock").touch()
    office.journal.write_bytes(lines(made(1, ref="8")))

    office.say(*words)

    assert ".parplan" not in office.git("status", "--porcelain", "--untracked-files=all")
    assert (office.root / ".parplan" / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("content", ["# của tôi\n", None])
def test_what_stands_in_the_cache_s_own_list_stays(content: str | None, office: Office) -> None:
    path = office.root / ".parplan" / ".gitignore"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")

    office.say("note", "8", "x")

    assert path.is_dir() if content is None else path.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("evidence", "other"),
    [
        pytest.param("a*.pdf", "ab.pdf", id="star"),
        pytest.param("a?.pdf", "ab.pdf", id="question-mark"),
        pytest.param("a[bc].pdf", "ab.pdf", id="brackets"),
        pytest.param(":(top)x.pdf", "x.pdf", id="magic"),
        pytest.param(":!plan", "x.pdf", id="exclusion"),
        pytest.param("-a.pdf", "a.pdf", id="dash"),
    ],
)
def test_an_evidence_file_is_taken_by_its_very_name(
    office: Office, evidence: str, other: str
) -> None:
    (office.root / evidence).write_bytes(b"%PDF")
    (office.root / other).write_bytes(b"%PDF")
    office.write(made(1, ref="8", evidence=(Evidence(file=evidence),)))

    office.say("commit")

    assert committed(office) == sorted([evidence, JOURNAL])
    assert office.git("status", "--porcelain") == f"?? {other}\n"


def test_deleted_files_are_taken(office: Office) -> None:
    (office.root / "reports").mkdir()
    for name in ("1.md", "2.md", "3.md"):
        (office.root / "reports" / name).write_text("# x\n")
    office.say("commit")
    (office.root / "reports" / "1.md").unlink()

    office.say("commit")
    assert committed(office) == ["reports/1.md"]

    office.git("rm", "--quiet", "reports/2.md")
    office.git("mv", "reports/3.md", "reports/4.md")
    office.say("commit")
    assert committed(office) == ["reports/2.md", "reports/3.md", "reports/4.md"]


def test_a_plan_that_is_removed_is_told(office: Office) -> None:
    plan = (office.root / "plan" / "2025.yaml").read_text(encoding="utf-8")
    old = office.root / "plan" / "2024.yaml"
    old.write_text(plan.replace("year: 2025", "year: 2024", 1), encoding="utf-8")
    office.git("add", "--all")
    office.git("commit", "--quiet", "-m", "2024")
    old.unlink()

    assert office.items("diff") == [
        {
            "year": 2024,
            "plan": ["bỏ kế hoạch"],
            "recorded": {},
            "done": [],
            "lost": 0,
            "renumbered": [],
        }
    ]
    office.say("commit")
    assert "bỏ kế hoạch" in message(office)


def test_nothing_to_commit(office: Office) -> None:
    (office.root / "other.txt").write_text("x\n")
    office.git("add", "other.txt")
    head = office.git("rev-parse", "HEAD")

    assert office.say("commit") == "Không có gì để lưu.\n"
    assert office.git("rev-parse", "HEAD") == head
    assert office.git("status", "--porcelain") == "A  other.txt\n"


def test_a_plan_that_cannot_be_read_is_not_committed(office: Office) -> None:
    head = office.git("rev-parse", "HEAD")
    office.edit_plan("schema: 1", "schema: 1\n  x: [")

    done = office.run("commit", env=ENGLISH)

    assert done.returncode == 2
    assert done.stderr.startswith("plan/2025.yaml:")
    assert office.git("rev-parse", "HEAD") == head


def test_what_a_hook_says_is_passed_on(office: Office) -> None:
    hook = office.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'chưa được' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    settings = office.root.parent / f"{office.root.name}-settings"
    settings.write_text(f"[parplan]\ntrust = {office.root}\n", encoding="utf-8")
    office.env["GIT_CONFIG_GLOBAL"] = str(settings)
    office.say("note", "8", "x")

    assert office.refuse("commit") == "parplan: git says: chưa được\n"
    assert office.git("rev-list", "--count", "HEAD") == "1\n"


# Where the workspace is.


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("kehoach", id="plain"),
        pytest.param("Kế hoạch phường Phú La/năm 2025", id="spaces-and-accents"),
        pytest.param("a [b]" if os.name == "nt" else "a [b] *", id="signs"),
        pytest.param("-x", id="dash"),
    ],
)
def test_a_workspace_in_a_subfolder_of_a_repository(
    elsewhere: Path, workspace: Path, environment: dict[str, str], folder: str
) -> None:
    top = elsewhere
    root = top / folder
    shutil.copytree(workspace / "plan", root / "plan")
    office = Office(root, environment)
    office.git("init", "--quiet", cwd=top)
    (top / "plan").mkdir()
    (top / "plan" / "note.txt").write_text("of somebody else\n")
    (top / "staged.txt").write_text("x\n")
    office.git("add", "staged.txt", cwd=top)

    office.say("init")
    office.say("commit")
    office.say("note", "8", "x")
    office.edit_plan(*ADDED)
    office.say("commit")

    assert not (root / ".git").exists()
    assert office.git("ls-tree", "-r", "--name-only", "-z", "--full-tree", "HEAD") == "".join(
        f"{folder}/{name}\0"
        for name in (
            ".gitattributes",
            ".gitignore",
            "plan/2025.journal.yaml",
            "plan/2025.yaml",
            "plan/plan.schema.json",
        )
    )
    assert office.git("status", "--porcelain", cwd=top) == "A  staged.txt\n?? plan/\n"
    assert message(office).startswith("Ghi tiến độ: 1 ghi chú; Sửa kế hoạch 2025: 1 thay đổi")
    assert office.items("diff", "HEAD~1", "HEAD")[0]["recorded"] == {"note": 1}
    assert len(office.items("log", "--revisions")) == 2


def test_the_first_commit_of_all(loose: Office) -> None:
    loose.git("init", "--quiet")
    (loose.root / "other.txt").write_text("x\n")
    loose.git("add", "other.txt")
    loose.say("note", "8", "x")

    loose.say("commit")

    assert message(loose) == "Bắt đầu theo dõi kế hoạch năm 2025"
    assert committed(loose) == [JOURNAL, "plan/2025.yaml"]
    assert loose.git("status", "--porcelain") == "A  other.txt\n"


def test_before_the_first_commit_there_is_nothing_to_compare(loose: Office) -> None:
    loose.git("init", "--quiet")

    assert loose.refuse("diff") == (
        "parplan: nothing was committed yet; 'parplan commit' begins the history\n"
    )
    assert loose.items("log", "--revisions") == []


def test_a_detached_head_takes_commits(office: Office) -> None:
    office.git("checkout", "--quiet", "--detach")
    office.say("note", "8", "x")

    done = office.run("commit", env=ENGLISH)

    assert (done.returncode, committed(office)) == (0, [JOURNAL])
    assert "this commit is lost from sight at the next checkout; 'git switch -c" in done.stderr
    assert office.git("branch", "--show-current") == ""


def test_a_linked_work_tree_takes_commits(office: Office) -> None:
    other = office.root.parent / f"{office.root.name}-other"
    office.git("worktree", "add", "--quiet", str(other))
    there = Office(other, office.env)
    there.say("note", "8", "x", env={"PARPLAN_TODAY": "2025-06-20"})

    there.say("commit", env={"PARPLAN_TODAY": "2025-06-20"})

    assert committed(there) == [JOURNAL]
    assert office.git("status", "--porcelain") == ""


# Where git is of no help.

NO_GIT = {"PATH": "/nowhere", **ENGLISH}
NOT_INSTALLED = "parplan: git is not installed; everything but commit and diff works without it\n"


@pytest.mark.parametrize("words", [["commit"], ["diff"], ["log", "--revisions"]])
def test_without_git_its_commands_say_so(office: Office, words: list[str]) -> None:
    assert office.refuse(*words, env=NO_GIT) == NOT_INSTALLED


def test_without_git_everything_else_works(loose: Office) -> None:
    environment = {**NO_GIT, "PARPLAN_AUTHOR": ""}

    for words in (
        ["note", "8", "x"],
        ["done", "4@2025-06"],
        ["undo"],
        ["log"],
        ["due"],
        ["list"],
        ["show", "4"],
        ["check"],
    ):
        loose.say(*words, env=environment)
    assert len(loose.records()) == 3


@pytest.mark.parametrize(
    "words", [["commit"], ["diff"], ["log", "--revisions"], ["check", "--hook"]]
)
def test_outside_a_repository_its_commands_say_so(loose: Office, words: list[str]) -> None:
    loose.git("version")  # without git another sentence says so

    assert loose.refuse(*words) == (
        f"parplan: {loose.root} is in no git repository; 'git init' makes one\n"
    )
    loose.say("note", "8", "x", env={"PARPLAN_AUTHOR": ""})


@pytest.mark.parametrize("words", [["commit"], ["diff"], ["log", "--revisions"]])
def test_a_bare_repository_has_no_files_to_commit(loose: Office, words: list[str]) -> None:
    loose.git("init", "--quiet", "--bare", ".")

    assert loose.refuse(*words) == (
        f"parplan: {loose.root} is in a bare repository: it has no files to commit\n"
    )
    loose.say("note", "8", "x", env={"PARPLAN_AUTHOR": ""})


def test_a_broken_repository_is_gits_to_explain(office: Office) -> None:
    (office.root / ".git" / "config").write_text("[core\n")

    message = office.refuse("commit")

    assert message.startswith("parplan: git says: fatal: bad config line 1")
    office.say("note", "8", "x")


def branch_off(office: Office, ours: str, theirs: str) -> None:
    """Let two branches each put another name in the same line of the plan."""
    office.git("checkout", "--quiet", "-b", "nhanh")
    office.edit_plan("issuer: UBND phường Phú La\n", f"issuer: {theirs}\n")
    office.git("commit", "--quiet", "-am", "theirs")
    office.git("checkout", "--quiet", "-")
    office.edit_plan("issuer: UBND phường Phú La\n", f"issuer: {ours}\n")
    office.git("commit", "--quiet", "-am", "ours")


def test_a_merge_with_conflicts_is_solved_first(office: Office) -> None:
    branch_off(office, "A", "B")
    office.write(made(1))
    office.run("commit")
    with pytest.raises(AssertionError):
        office.git("merge", "nhanh")
    head = office.git("rev-parse", "HEAD")

    plan = office.run("commit", env=ENGLISH)
    office.git("checkout", "--quiet", "--ours", "plan/2025.yaml")  # readable, but not yet solved
    unsolved = office.refuse("commit")
    office.git("add", "plan/2025.yaml")
    unfinished = office.refuse("commit")

    assert plan.returncode == 2
    assert "plan/2025.yaml:" in plan.stderr
    assert unsolved == (
        "parplan: a merge left conflicts in: plan/2025.yaml; "
        "solve them first ('parplan check' helps)\n"
    )
    assert unfinished == (
        "parplan: git is in the middle of a merge; finish it with 'git commit --no-edit'\n"
    )
    assert office.git("rev-parse", "HEAD") == head
    office.git("commit", "--quiet", "--no-edit")
    office.say("note", "8", "x")
    office.say("commit")


def test_while_a_merge_waits_everything_else_works(office: Office) -> None:
    branch_off(office, "A", "A")
    office.git("merge", "--quiet", "--no-commit", "--no-ff", "nhanh")

    message = office.refuse("commit")

    assert "in the middle of a merge" in message
    office.say("note", "8", "x")
    office.say("diff")
    office.say("check")


def test_a_rebase_waits_to_be_finished(office: Office) -> None:
    branch_off(office, "A", "B")
    with pytest.raises(AssertionError):
        office.git("rebase", "nhanh")
    office.git("checkout", "--quiet", "--theirs", "plan/2025.yaml")
    office.git("add", "plan/2025.yaml")

    assert office.refuse("commit") == (
        "parplan: git is in the middle of a rebase; finish it with 'git rebase --continue'\n"
    )


# What changed.


def test_diff_tells_of_the_plan_and_the_progress(office: Office) -> None:
    office.edit_plan(*ADDED)
    office.say("note", "8", "x")
    office.say("done", "4@2025-06")

    assert office.say("diff", env=ENGLISH) == (
        f"Plan of 2025:\n  - {NEWS}\n  - progress: 1 note, 1 done (4@2025-06)\n"
    )
    assert office.json("diff", env=ENGLISH)["items"] == [
        {
            "year": 2025,
            "plan": [NEWS],
            "recorded": {"note": 1, "done": 1},
            "done": ["4@2025-06"],
            "lost": 0,
            "renumbered": [],
        }
    ]


def test_diff_of_nothing(office: Office) -> None:
    assert office.say("diff") == "Kế hoạch và tiến độ không có thay đổi.\n"
    assert office.items("diff") == []


def test_diff_of_revisions(office: Office) -> None:
    office.git("tag", "v1")
    office.say("note", "8", "x")
    office.say("commit")
    office.git("tag", "v2")
    office.edit_plan(*ADDED)
    office.say("commit")
    office.say("start", "9")

    def told(*words: str) -> list[tuple[int, dict[str, int]]]:
        return [(len(item["plan"]), item["recorded"]) for item in office.items("diff", *words)]

    assert told() == [(0, {"start": 1})]
    assert told("HEAD") == [(0, {"start": 1})]
    assert told("HEAD~1") == [(1, {"start": 1})]
    assert told("v1") == [(1, {"note": 1, "start": 1})]
    assert told("v1", "v2") == [(0, {"note": 1})]
    assert told("v2", "HEAD") == [(1, {})]
    assert told("v1", "HEAD", "--year", "2025") == [(1, {"note": 1})]
    assert told("v1", "v1") == []


def test_records_that_are_gone_are_told(office: Office) -> None:
    office.write(made(1), made(2))
    office.say("commit")
    office.write(made(2), made(3))

    assert office.say("diff", env=ENGLISH) == (
        "Plan of 2025:\n  - progress: 1 note\n  - 1 record is gone from the journal\n"
    )
    assert office.items("diff")[0]["lost"] == 1


def test_a_commit_that_loses_records_says_so_first(office: Office) -> None:
    office.write(made(1), made(2))
    office.say("commit")
    office.write(made(2), made(3, "done"))

    output = office.say("commit", env=ENGLISH)

    assert output.startswith("1 record is gone from the journal; Record progress: 1 done (")
    assert office.git("log", "-1", "--format=%s") in output


def test_diff_before_the_workspace_was_there(office: Office) -> None:
    office.git("checkout", "--quiet", "--orphan", "empty")
    office.git("rm", "--quiet", "-r", "--cached", ".")
    office.git("commit", "--quiet", "--allow-empty", "-m", "empty")

    assert office.items("diff")[0]["plan"] == ["thêm kế hoạch"]


def test_diff_with_a_plan_that_could_not_be_read(office: Office) -> None:
    office.edit_plan("schema: 1", "schema: 9")
    office.git("commit", "--quiet", "-am", "broken")
    office.edit_plan("schema: 9", "schema: 1")
    office.say("note", "8", "x")

    (item,) = office.items("diff")

    assert item["plan"] == ["một trong hai bản kế hoạch không đọc được"]
    assert item["recorded"] == {"note": 1}


@pytest.mark.parametrize(
    "revision",
    [
        pytest.param("--output=x", id="option"),
        pytest.param("-p", id="short-option"),
        pytest.param("none", id="unknown"),
        pytest.param("HEAD:plan/2025.yaml", id="no-commit"),
        pytest.param("plan/2025.yaml", id="path"),
        pytest.param("HEAD..HEAD", id="range"),
        pytest.param("", id="empty"),
        pytest.param("$(touch x)", id="shell"),
        pytest.param("HEAD\nHEAD", id="two-lines"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_revision_is_nothing_but_a_revision(office: Office, revision: str, first: bool) -> None:
    before = tree(office.root, leave_out=[".parplan"])
    revisions = [revision] if first else ["HEAD", revision]
    if revisions in ([""], ["HEAD", ""]):  # an empty revision is none: the default
        assert office.items("diff", *revisions) == []
        return

    message = office.refuse("diff", "--", *revisions)

    assert message == f"parplan: git knows no revision '{revision}'\n"
    assert tree(office.root, leave_out=[".parplan"]) == before


def test_revisions_of_the_plan(office: Office) -> None:
    office.say("note", "8", "x")
    office.say("commit")
    office.edit_plan(*ADDED)
    office.say("commit")

    newest, first = office.items("log", "--revisions")

    assert (newest["author"], newest["subject"]) == (AUTHOR, "Sửa kế hoạch 2025: 1 thay đổi")
    assert first["subject"] == "begin"
    assert newest["revision"] == office.git("rev-parse", "--short", "HEAD").strip()
    output = office.say("log", "--revisions", env=ENGLISH)
    assert output.startswith("2 revisions of the plan\n")
    assert re.search(
        rf"^{newest['revision']} +{newest['day']}  {AUTHOR}  Sửa kế hoạch 2025",
        output,
        re.MULTILINE,
    )


def test_revisions_whatever_their_subject_holds(office: Office) -> None:
    office.edit_plan(*ADDED)
    subject = "một\u2028hai\x0bba\x1b[2J [bold]bốn[/bold]"
    office.git("commit", "--quiet", "--author", "A\u2028B <a@example.org>", "-am", subject)

    newest, _first = office.items("log", "--revisions")

    assert (newest["subject"], newest["author"]) == (subject, "A\u2028B")
    output = office.say("log", "--revisions", env={"COLUMNS": "200"})
    assert r"\x1b[2J [bold]bốn[/bold]" in output


def test_a_file_name_in_the_subject_cannot_drive_a_terminal(office: Office) -> None:
    (office.root / "reports").mkdir()
    (office.root / "reports" / "a\x1b]0;x\x07.md").write_text("# x\n")

    status, output = on_terminal(office, "commit")

    assert status == 0
    assert "\x1b]" not in output


# The hook.


def with_hook(office: Office) -> None:
    """Install the hook, and let git find parplan as it would where parplan is installed."""
    programs = office.root.parent / f"{office.root.name}-bin"
    programs.mkdir()
    program = programs / "parplan"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m parplan "$@"\n')
    program.chmod(0o755)
    office.env["PATH"] = f"{programs}{os.pathsep}{office.env['PATH']}"
    office.env.update(ENGLISH)
    office.say("init", "--hook")


def test_the_hook_finds_the_parplan_that_commits(office: Office) -> None:
    """A clerk may call it by its path, with nothing of it on the PATH."""
    office.say("init", "--hook")
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")

    assert "[unknown-unit]" in office.refuse("commit", env={"PATH": os.defpath})


def test_the_hook_says_that_it_found_no_parplan(office: Office) -> None:
    office.say("init", "--hook")
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")
    done = subprocess.run(
        ["git", "commit", "--quiet", "--all", "--message", "x"],
        cwd=office.root,
        env={**office.env, "PATH": os.defpath},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert done.stderr == "không tìm thấy lệnh parplan: kế hoạch chưa được soát\n"


def test_the_hook_refuses_a_bad_plan(office: Office) -> None:
    with_hook(office)
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")
    office.git("add", "--all")

    with pytest.raises(AssertionError) as refused:
        office.git("commit", "-m", "bad")

    assert "unknown unit 'Hai cửa'" in str(refused.value)
    assert "[unknown-unit]" in str(refused.value)
    assert office.git("rev-list", "--count", "HEAD") == "1\n"


def test_the_hook_refuses_a_journal_with_conflicts(office: Office) -> None:
    with_hook(office)
    office.journal.write_bytes(b"<<<<<<< HEAD\n" + lines(made(1)) + b"=======\n>>>>>>> x\n")
    office.git("add", "--all")

    with pytest.raises(AssertionError, match="check --fix-journal"):
        office.git("commit", "-m", "bad")


def test_the_hook_lets_a_good_plan_pass_in_silence(office: Office) -> None:
    with_hook(office)
    office.edit_plan(*GOOD)
    office.say("note", "8", "x")

    assert office.git("commit", "--quiet", "-am", "good") == ""
    office.edit_plan("short: Giao ban BCĐ CCHC, CĐS, Đề án 06", "short: Giao ban")
    office.say("commit")

    assert office.git("rev-list", "--count", "HEAD") == "3\n"


def test_the_hook_looks_at_what_is_staged(office: Office) -> None:
    with_hook(office)
    office.edit_plan(*GOOD)
    office.git("add", "--all")
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")  # a fault that is not staged

    office.git("commit", "--quiet", "-m", "good")

    assert office.git("rev-list", "--count", "HEAD") == "2\n"
    office.git("add", "--all")
    office.edit_plan("units: [Hai cửa]", "units: [Một cửa]")  # mended, but not staged
    with pytest.raises(AssertionError, match="unknown-unit"):
        office.git("commit", "--quiet", "-m", "bad")


def test_the_hook_works_for_a_workspace_in_a_subfolder(
    elsewhere: Path, workspace: Path, environment: dict[str, str]
) -> None:
    top = elsewhere
    shutil.copytree(workspace / "plan", top / "Phú La" / "plan")
    office = Office(top / "Phú La", environment)
    office.git("init", "--quiet", cwd=top)
    with_hook(office)

    office.say("commit")
    office.edit_plan("units: [Một cửa]", "units: [Hai cửa]")
    office.git("add", "--all")

    with pytest.raises(AssertionError, match="unknown-unit"):
        office.git("commit", "--quiet", "-m", "bad", cwd=top)
    assert office.git("rev-list", "--count", "HEAD") == "1\n"


def test_the_hook_works_in_a_linked_work_tree(office: Office) -> None:
    with_hook(office)
    other = office.root.parent / f"{office.root.name}-other"
    office.git("worktree", "add", "--quiet", str(other))
    there = Office(other, office.env)
    there.env.update(PATH=office.env["PATH"])
    there.edit_plan("units: [Một cửa]", "units: [Hai cửa]")

    with pytest.raises(AssertionError, match="unknown-unit"):
        there.git("commit", "--quiet", "-am", "bad")
