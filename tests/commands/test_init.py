"""``init`` makes a workspace that works, and never touches what is there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parplan.plan.file import read_plan
from tests.helpers.doc_pages import needs_git
from tests.helpers.office import Office, tree
from tests.helpers.running import PATIENCE

ROOT = Path(__file__).parents[2]
ENGLISH = {"PARPLAN_LANG": "en"}
pytestmark = needs_git
MADE = [".gitattributes", ".gitignore", "plan/plan.schema.json"]


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Office:
    """Return an office whose folder is empty, and in no workspace."""
    return Office(tmp_path_factory.mktemp("empty"), environment)


def files(folder: Path) -> list[str]:
    """Return the files of ``folder`` but git's own, and the lock."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not {".git", ".parplan"} & set(path.parts)
    )


def test_the_empty_folder_becomes_a_workspace(office: Office) -> None:
    said = office.say("init", "--year", "2031", env=ENGLISH)

    assert said == (
        "made  plan/2031.yaml\n"
        "made  plan/plan.schema.json\n"
        "made  .gitattributes\n"
        "made  .gitignore\n"
        "made  .git\n"
        "Now try: parplan due\n"
    )
    assert files(office.root) == sorted([*MADE, "plan/2031.yaml"])
    assert office.git("rev-parse", "--show-toplevel").strip() == str(office.root.resolve())
    assert "*.journal.yaml merge=union" in (office.root / ".gitattributes").read_text()
    assert (office.root / ".gitignore").read_text().startswith(".parplan/\n")


@pytest.mark.parametrize("year", ["1999", "2024", "2025", "2031"])
def test_the_skeleton_is_a_plan_without_mistakes(office: Office, year: str) -> None:
    office.say("init", "--year", year)

    assert office.say("check", env=ENGLISH) == f"plan/{year}.yaml: no mistakes\n"
    assert office.json("list")["year"] == int(year)
    assert len(office.items("due", f"{year}-06")) >= 1
    first, *_rest = (office.root / "plan" / f"{year}.yaml").read_text(encoding="utf-8").split("\n")
    assert first == "# yaml-language-server: $schema=plan.schema.json"


def test_what_the_skeleton_has_as_comments_can_be_used(office: Office) -> None:
    office.say("init", "--year", "2031")
    plan = office.root / "plan" / "2031.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('# officer: ["[họ tên]"]', "officer: [Lan]"), encoding="utf-8")

    assert office.say("check", env=ENGLISH) == "plan/2031.yaml: no mistakes\n"
    assert office.json("show", "1")["officer"] == ["Lan"]


def test_the_year_is_that_of_today(office: Office) -> None:
    office.say("init", env={"PARPLAN_TODAY": "2033-02-01"})

    assert (office.root / "plan" / "2033.yaml").exists()


def test_the_sample_is_the_plan_of_2025(office: Office) -> None:
    office.say("init", "--sample")

    made = (office.root / "plan" / "2025.yaml").read_bytes()
    assert made == (ROOT / "plan" / "2025.yaml").read_bytes()
    assert office.say("check", env=ENGLISH) == "plan/2025.yaml: no mistakes\n"
    assert len(office.items("list")) == 35
    office.say("note", "8", "x")
    office.say("commit")
    assert office.git("status", "--porcelain") == ""


def test_templates_are_copied_on_request(office: Office) -> None:
    office.say("init", "--templates", "--year", "2031")

    shipped = {path.name: path.read_bytes() for path in (ROOT / "templates").glob("*.j2")}
    copied = {path.name: path.read_bytes() for path in (office.root / "templates").iterdir()}
    assert copied == shipped


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="plain"),
        pytest.param(["--sample", "--templates", "--hook"], id="everything"),
    ],
)
def test_nothing_that_is_there_is_touched(office: Office, words: list[str]) -> None:
    office.git("init", "--quiet")
    names = [
        *MADE,
        "plan/2025.yaml",
        "plan/2025.journal.yaml",
        *(f"templates/{path.name}" for path in (ROOT / "templates").glob("*.j2")),
        ".git/hooks/pre-commit",
    ]
    for name in names:
        (office.root / name).parent.mkdir(parents=True, exist_ok=True)
        (office.root / name).write_text(f"# {name}: của tôi\n", encoding="utf-8")
    before = tree(office.root, leave_out=[".parplan"])

    said = office.say("init", *words, env=ENGLISH)

    assert tree(office.root, leave_out=[".parplan"]) == before
    assert "made" not in said


def test_what_is_missing_is_added_to_what_is_there(office: Office) -> None:
    (office.root / ".gitignore").write_text("của tôi\n", encoding="utf-8")

    said = office.say("init", "--year", "2031", env=ENGLISH)

    assert "kept  .gitignore\n" in said
    assert "made  .gitattributes\n" in said
    assert (office.root / ".gitignore").read_text(encoding="utf-8") == "của tôi\n"


def test_twice_is_as_once(office: Office) -> None:
    office.say("init", "--sample", "--templates", "--hook")
    before = tree(office.root, leave_out=[".parplan"])

    said = office.say("init", "--sample", "--templates", "--hook", env=ENGLISH)

    assert tree(office.root, leave_out=[".parplan"]) == before
    assert "made" not in said
    assert "kept  plan/2025.yaml\n" in said


def test_a_folder_with_a_plan_gets_another_only_by_its_year(office: Office) -> None:
    office.say("init", "--sample")
    before = (office.root / "plan" / "2025.yaml").read_bytes()

    office.say("init")
    assert files(office.root) == sorted([*MADE, "plan/2025.yaml"])

    office.say("init", "--year", "2031")
    assert files(office.root) == sorted([*MADE, "plan/2025.yaml", "plan/2031.yaml"])
    assert (office.root / "plan" / "2025.yaml").read_bytes() == before


def test_the_hook_is_a_program_that_checks(office: Office) -> None:
    said = office.say("init", "--sample", "--hook", env=ENGLISH)

    hook = office.root / ".git" / "hooks" / "pre-commit"
    assert "pre-commit\n" in said
    assert hook.stat().st_mode & 0o111 == 0o111
    assert "parplan check --hook" in hook.read_text()


def test_a_hook_that_is_there_is_kept_and_told_what_to_add(office: Office) -> None:
    office.git("init", "--quiet")
    hook = office.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")

    said = office.say("init", "--hook", "--year", "2031", env=ENGLISH)

    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    assert "pre-commit; add the line: parplan check --hook\n" in said


def test_no_git_on_request(office: Office) -> None:
    said = office.say("init", "--sample", "--no-git", env=ENGLISH)

    assert ".git\n" not in said
    assert not (office.root / ".git").exists()
    office.say("note", "8", "x")


def test_a_hook_needs_a_repository(office: Office) -> None:
    done = office.run("init", "--sample", "--no-git", "--hook", env=ENGLISH)

    assert done.returncode == 2
    assert done.stderr == (
        f"parplan: {office.root} is in no git repository; 'git init' makes one\n"
    )


def test_without_git_the_workspace_works(office: Office) -> None:
    done = office.run("init", "--sample", env={**ENGLISH, "PATH": "/nowhere"})

    assert done.returncode == 0
    assert done.stderr == (
        "parplan: git is not installed; everything but commit and diff works without it\n"
    )
    assert files(office.root) == sorted([*MADE, "plan/2025.yaml"])
    office.say("note", "8", "x", env={"PATH": "/nowhere"})


def test_when_git_refuses_its_words_are_told(office: Office) -> None:
    (office.root / ".git").write_text("no repository\n")

    done = office.run("init", "--sample", env=ENGLISH)

    assert "invalid gitfile format" in done.stderr
    assert "not installed" not in done.stderr
    assert files(office.root)[-2:] == ["plan/2025.yaml", "plan/plan.schema.json"]


@pytest.mark.parametrize("folder", [".", "kế hoạch"])
def test_inside_a_repository_no_other_is_made(office: Office, folder: str) -> None:
    office.git("init", "--quiet")

    said = office.say("init", folder, "--year", "2031", env=ENGLISH)

    assert "made  .git\n" not in said
    assert [path.parent for path in office.root.rglob(".git")] == [office.root]


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("phuong", id="new"),
        pytest.param("a/b/c", id="deep"),
        pytest.param("Phường Phú La – năm 2025 (bản 1)", id="spaces-and-accents"),
        pytest.param("../{name} khác", id="beside"),
    ],
)
def test_another_folder(office: Office, folder: str) -> None:
    folder = folder.format(name=office.root.name)
    there = Office((office.root / folder).resolve(), office.env)

    office.say("init", folder, "--sample")

    assert files(there.root) == sorted([*MADE, "plan/2025.yaml"])
    assert there.git("rev-parse", "--is-inside-work-tree") == "true\n"
    there.say("note", "8", "x")
    there.say("commit")
    assert there.say("check", env=ENGLISH).count("no mistakes") == 2


def test_a_folder_that_begins_with_a_dash(office: Office) -> None:
    office.say("init", "--sample", "--", "-x")

    assert files(office.root / "-x") == sorted([*MADE, "plan/2025.yaml"])


def test_the_folder_named_wins_over_the_environment(office: Office) -> None:
    other = office.root / "other"
    other.mkdir()

    office.say("init", "--sample", "named", env={"PARPLAN_DIR": str(other)})

    assert files(office.root / "named") == sorted([*MADE, "plan/2025.yaml"])
    assert files(other) == []


def test_a_file_in_the_way_is_told(office: Office) -> None:
    (office.root / "plan").write_text("x")

    done = office.run("init", "--sample", env=ENGLISH)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"parplan: cannot write {office.root}/plan/2025.yaml: ")
    assert (office.root / "plan").read_text() == "x"


SLOW_GIT = """#!/bin/sh
# As git is where two make a repository at once: the second does not get its lock.
case " $* " in
*" init "*)
    mkdir "$GIT_BUSY" || exit 128
    sleep 0.3
    "$GIT" "$@"
    status=$?
    rmdir "$GIT_BUSY"
    exit $status
    ;;
esac
exec "$GIT" "$@"
"""


def test_several_at_once_make_one_workspace(office: Office, tmp_path: Path) -> None:
    git = tmp_path / "git"
    git.write_text(SLOW_GIT)
    git.chmod(0o755)
    path = os.pathsep.join((str(tmp_path), office.env.get("PATH") or os.environ["PATH"]))
    slow = {"GIT": str(shutil.which("git")), "GIT_BUSY": str(tmp_path / "busy"), "PATH": path}
    words = [sys.executable, "-m", "parplan", "init", "--sample", "--templates", "--hook"]
    running = [
        subprocess.Popen(
            words,
            cwd=office.root,
            env={**office.env, **ENGLISH, **slow},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]

    said = [process.communicate(timeout=PATIENCE) for process in running]

    assert [
        (process.returncode, error) for process, (_out, error) in zip(running, said, strict=True)
    ] == [(0, "")] * 4
    lines = [line for out, _error in said for line in out.splitlines()]
    assert lines.count("made  .git") == 1
    for name in [*MADE, "plan/2025.yaml"]:
        assert lines.count(f"made  {name}") == 1
        assert lines.count(f"kept  {name}") == 3
    made = (office.root / "plan" / "2025.yaml").read_bytes()
    assert made == (ROOT / "plan" / "2025.yaml").read_bytes()
    assert files(office.root) == sorted(
        [
            *MADE,
            "plan/2025.yaml",
            *(f"templates/{path.name}" for path in (ROOT / "templates").glob("*.j2")),
        ]
    )
    office.say("note", "8", "x")
    office.git("add", "--all")


def test_an_empty_plan_has_the_holidays_of_its_year(office: Office) -> None:
    office.run("init", "--year", "2026", "--no-git")
    plan = read_plan("", (office.root / "plan" / "2026.yaml").read_bytes()).value

    assert plan is not None
    assert dt.date(2026, 2, 17) in plan.workdays.off  # Tết
    assert dt.date(2026, 8, 22) in plan.workdays.worked  # a Saturday for Monday 31 August


def test_the_untouched_plan_of_init_gives_way(office: Office) -> None:
    (office.root / "a.csv").write_text(
        "STT,Nội dung,Thời gian,Đơn vị\n1,Rà soát,Quý I/2026,Văn phòng\n", encoding="utf-8"
    )
    office.run("init", "--year", "2026", "--no-git")
    first = office.run("import", "a.csv", "--year", "2026")
    again = office.run("import", "a.csv", "--year", "2026")

    assert (first.returncode, again.returncode) == (0, 2), first.stderr
    text = (office.root / "plan" / "2026.yaml").read_text(encoding="utf-8")
    assert "Rà soát" in text
    assert "Ví dụ" not in text
