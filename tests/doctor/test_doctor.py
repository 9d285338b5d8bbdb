"""``doctor`` finds what is wrong, names its place, and mends only what it said it would."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from parplan.doctor.machine_rules import within
from parplan.doctor.model import CODES, Library, Machine, Observations
from parplan.doctor.workspace_rules import CHECKS
from parplan.journal.record import Evidence
from parplan.workspace import git_setup
from parplan.workspace.cache_folder import CACHE_FOLDER
from parplan.workspace.filenames import same_elsewhere, why_not_on_windows
from tests.helpers.office import AUTHOR, JOURNAL, Office, lines, made, on_terminal, tree

if TYPE_CHECKING:
    from tests.conftest import Golden

ENGLISH = {"PARPLAN_LANG": "en"}
LONG_AGO = 1_700_000_000
SCHEMA = "plan/plan.schema.json"
HOOK = ".git/hooks/pre-commit"
LEFTOVER = "plan/.2025.yaml.4711.tmp"
LINE = re.compile(r"(?:\S.*:\d+:\d+: )?.+ \[([a-z0-9-]+)\]")


@pytest.fixture
def office(
    workspace: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """Return an office in which nothing is wrong; LibreOffice is as good as installed."""
    programs = tmp_path_factory.mktemp("programs")
    program = programs / "soffice"
    program.touch(mode=0o755)
    path = os.pathsep.join([str(programs), environment["PATH"]])
    office = Office(workspace, {**environment, "PATH": path})
    office.say("init", "--hook")
    shutil.rmtree(office.root / ".parplan")  # what ignores itself would hide that git does not
    office.git("add", "--all")
    office.git("commit", "--quiet", "--message", "begin")
    return office


def findings_of(office: Office, *args: str, env: dict[str, str] | None = None) -> list[str]:
    """Return the findings of doctor, a line each."""
    done = office.run("doctor", *args, env={**ENGLISH, **(env or {})})
    assert done.stderr == ""
    assert "Traceback" not in done.stdout
    return [line for line in done.stdout.splitlines() if LINE.fullmatch(line)]


def code_of(line: str) -> str:
    match = LINE.fullmatch(line)
    assert match
    return match[1]


def test_nothing_is_wrong_with_a_new_workspace(office: Office) -> None:
    assert findings_of(office) == []
    assert office.run("doctor").returncode == 0


# Each fault by itself.


def put(path: str, data: str | bytes) -> Callable[[Office], None]:
    def do(office: Office) -> None:
        file = office.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    return do


def delete(path: str) -> Callable[[Office], None]:
    return lambda office: (office.root / path).unlink()


def forget(line: str) -> Callable[[Office], None]:
    """Return what makes the ``.gitignore`` one that had no ``line`` yet."""
    return put(".gitignore", git_setup.IGNORE.replace(f"{line}\n", ""))


def leave_half_written(office: Office) -> None:
    put(LEFTOVER, "x")(office)
    os.utime(office.root / LEFTOVER, (LONG_AGO, LONG_AGO))


def replace_in_hook(old: str, new: str) -> Callable[[Office], None]:
    def do(office: Office) -> None:
        path = office.root / HOOK
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return do


def have_two_names(office: Office) -> None:
    for name in ("reports/A.txt", "reports/a.txt"):
        put(name, "x")(office)


def start_a_program(office: Office) -> None:
    office.git("config", "core.fsmonitor", "./x")


def wait_for_a_merge(office: Office) -> None:
    put(".git/MERGE_HEAD", f"{'0' * 40}\n")(office)


def name_evidence(office: Office) -> None:
    put("reports/proof.txt", "x")(office)
    office.write(made(1, evidence=(Evidence(file="reports/proof.txt"),)))


def record_in_the_future(office: Office) -> None:
    at = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    office.write(made(1, ref="8"), made(2, ref="8", at=at))


def leave_git(office: Office) -> None:
    (office.root / ".git").rename(office.root / "no-git")


def lead_out(office: Office) -> None:
    outside = office.root.parent / f"{office.root.name}-outside.md"
    outside.write_text("x", encoding="utf-8")
    (office.root / "reports").mkdir()
    (office.root / "reports" / "a.md").symlink_to(outside)


CRLF = lines(made(1, ref="8")).replace(b"\n", b"\r\n")
CASES: dict[str, tuple[Callable[[Office], None], str]] = {
    "unreadable": (
        lambda office: (office.root / "plan" / "2026.yaml").mkdir(),
        "plan/2026.yaml:1:1: cannot read ",
    ),
    "not-utf8": (put("reports/a.md", b"a\nb\xff\n"), "reports/a.md:2:2: not UTF-8 text"),
    "conflict": (
        put("reports/a.md", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n"),
        "reports/a.md:2:1: git left a conflict here",
    ),
    "no-lock": (put(".parplan", "x"), ".parplan/lock:1:1: the lock cannot be taken ("),
    "leftover": (leave_half_written, f"{LEFTOVER}:1:1: a parplan that was killed"),
    "no-schema": (delete(SCHEMA), f"{SCHEMA}:1:1: remark: the schema is missing"),
    "old-schema": (put(SCHEMA, "{}\n"), f"{SCHEMA}:1:1: remark: not the schema of this"),
    "no-line-end": (
        put(JOURNAL, lines(made(1, ref="8"), made(2, ref="8"))[:-1]),
        f"{JOURNAL}:2:1: the last line has no end",
    ),
    "zero-tail": (
        put(JOURNAL, lines(made(1, ref="8")) + bytes(100)),
        f"{JOURNAL}:2:1: the file ends in zero bytes",
    ),
    "line-ends": (put(JOURNAL, CRLF), f"{JOURNAL}:1:1: remark: the lines end with CRLF"),
    "windows-name": (
        put("reports/aux.txt", "x"),
        "reports/aux.txt:1:1: Windows cannot have this name: a name of a device",
    ),
    "same-name": (
        have_two_names,
        "reports/a.txt:1:1: Windows and macOS take this name and reports/A.txt for one",
    ),
    "not-read": (
        put("plan/2026.yaml.txt", "schema: 1\n"),
        "plan/2026.yaml.txt:1:1: parplan does not read this name; it reads plan/2026.yaml",
    ),
    "outside-link": (lead_out, "reports/a.md:1:1: remark: this link leads out of the workspace"),
    "clock-behind": (record_in_the_future, f"{JOURNAL}:2:1: the last record is of "),
    "no-union": (put(".gitattributes", "* text=auto\n"), ".gitattributes:1:1: git would not merge"),
    "not-ignored": (forget(git_setup.CACHE), ".gitignore:1:1: git does not ignore '.parplan'"),
    "old-ignore": (
        forget(git_setup.MESSAGES),
        ".gitignore:1:1: remark: git does not ignore 'reports/digest-*.eml', which parplan makes",
    ),
    "no-hook": (delete(HOOK), "remark: git does not check the plan before a commit"),
    "old-hook": (
        replace_in_hook("exec parplan check", "parplan check"),
        f"{HOOK}:1:1: made by another version",
    ),
    "hook-off": (
        lambda office: (office.root / HOOK).chmod(0o644),
        f"{HOOK}:1:1: not executable",
    ),
    "starts-program": (
        start_a_program,
        ".git/config:1:1: remark: git would start a program here: core.fsmonitor = ./x; parplan",
    ),
    "unfinished": (wait_for_a_merge, "git waits for a merge to be finished"),
    "untracked-evidence": (name_evidence, "reports/proof.txt:1:1: remark: evidence that git"),
    "git-refuses": (put(".git/config", "[\n"), "git says: fatal: bad config line 1"),
    "no-repository": (leave_git, "remark: no history is kept"),
}  # fmt: skip
"""What each code is told of, and how its line begins."""

MENDED = {
    *("leftover", "no-schema", "old-schema", "no-line-end", "line-ends"),
    *("zero-tail", "no-union", "not-ignored", "old-ignore", "old-hook", "hook-off"),
}
HINTS = {
    *("no-schema", "old-schema", "line-ends", "outside-link", "no-hook", "untracked-evidence"),
    *("no-repository", "starts-program", "old-ignore"),
}


@pytest.mark.parametrize("code", CASES)
def test_what_is_wrong_is_found_and_nothing_else(code: str, office: Office) -> None:
    spoil, begins = CASES[code]
    spoil(office)

    findings = findings_of(office)

    assert [code_of(line) for line in findings] == [code]
    assert findings[0].startswith(begins)
    assert office.run("doctor").returncode == (0 if code in HINTS else 1)


@pytest.mark.slow
@pytest.mark.parametrize("code", CASES)
def test_looking_changes_nothing(code: str, office: Office) -> None:
    CASES[code][0](office)
    before = tree(office.root)

    for words in (["--fix"], ["--fix", "--format", "json"]):
        office.run("doctor", *words)

    assert tree(office.root) == before


@pytest.mark.parametrize("code", CASES)
def test_only_what_is_safe_is_mended(code: str, office: Office) -> None:
    CASES[code][0](office)
    before = tree(office.root, leave_out=[".parplan"])

    done = office.run("doctor", "--fix", "--yes", env=ENGLISH)

    assert ("What will be done:" in done.stdout) is (code in MENDED)
    assert ("done: " in done.stdout) is (code in MENDED)
    assert done.returncode == (1 if code not in MENDED | HINTS else 0)
    assert [code_of(line) for line in findings_of(office)] == ([] if code in MENDED else [code])
    after = tree(office.root, leave_out=[".parplan"])
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert len(changed) <= (code in MENDED)


@pytest.mark.parametrize("code", sorted(MENDED))
def test_what_a_person_wrote_stays(code: str, office: Office) -> None:
    """The other lines of git's files, and the records."""
    put(".gitattributes", "*.png binary\r\n* text=auto")(office)
    put(".gitignore", "# của tôi\ndist/")(office)
    put(JOURNAL, CRLF[:-2])(office)
    CASES[code][0](office)

    office.run("doctor", "--fix", "--yes")

    for name in (".gitattributes", ".gitignore"):
        assert (office.root / name).read_text(encoding="utf-8").strip()
    assert {"no-union", "not-ignored", "no-line-end"}.isdisjoint(map(code_of, findings_of(office)))
    if code != "no-union":
        data = (office.root / ".gitattributes").read_bytes()
        assert data == f"*.png binary\r\n* text=auto\r\n{git_setup.UNION}\r\n".encode()
    if code not in ("not-ignored", "old-ignore"):
        data = (office.root / ".gitignore").read_bytes()
        first, second, *added = data.decode().splitlines()
        assert (first, second) == ("# của tôi", "dist/")
        assert sorted(added) == sorted(git_setup.IGNORED)
    assert [record.ref for record in office.records()][:1] == ["8"]


def test_what_a_person_has_git_keep_or_ignore_is_no_finding(office: Office) -> None:
    put(".gitignore", ".parplan/\n*.old-*\nreports/*.n*\n!reports/digest-*.eml\n")(office)

    assert findings_of(office) == []


def test_a_hook_with_lines_of_somebody_else_is_left_alone(office: Office) -> None:
    replace_in_hook("exec parplan check", "make test\nparplan check")(office)
    before = (office.root / HOOK).read_bytes()

    office.run("doctor", "--fix", "--yes")

    assert [code_of(line) for line in findings_of(office)] == ["starts-program"]
    assert (office.root / HOOK).read_bytes() == before


def test_a_foreign_hook_is_told_the_line_to_add(office: Office) -> None:
    put(HOOK, "#!/bin/sh\nmake test\n")(office)

    line, start = findings_of(office)

    assert line.startswith(f"{HOOK}:1:1: remark: this hook does not check the plan; add the line")
    assert start.startswith(f"{HOOK}:1:1: remark: git would run this hook; parplan does not")


def test_a_line_that_another_file_takes_back_is_told_without_a_fix(office: Office) -> None:
    put("plan/.gitattributes", "*.yaml -merge\n")(office)

    (line,) = findings_of(office, "--fix", "--yes")

    assert line.startswith(".gitattributes:1:1: another file of git's attributes takes back")


def test_a_file_in_the_making_is_no_leftover(office: Office) -> None:
    put(LEFTOVER, "x")(office)

    assert findings_of(office) == []


def test_a_link_is_not_written_through(office: Office) -> None:
    target = office.root.parent / f"{office.root.name}-ignored"
    target.write_text("dist/\n", encoding="utf-8")
    delete(".gitignore")(office)
    (office.root / ".gitignore").symlink_to(target)

    done = office.run("doctor", "--fix", "--yes", env=ENGLISH)

    assert done.stderr == "parplan: .gitignore is a link; nothing was done to it\n"
    assert target.read_text(encoding="utf-8") == "dist/\n"
    assert done.returncode == 1


def test_git_that_knows_nobody(office: Office, environment: dict[str, str]) -> None:
    gone = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    env = {name: value for name, value in office.env.items() if name not in gone}
    stranger = Office(office.root, env)
    stranger.env = {**env, "GIT_AUTHOR_NAME": "", "EMAIL": ""}

    (line,) = findings_of(stranger)

    assert code_of(line) == "no-git-user"


def test_a_folder_that_cannot_be_written(office: Office) -> None:
    if os.geteuid() == 0:
        assert codes(facts_with(refused_folders=("plan",))) == ["not-writable"]
        return  # nothing is forbidden to an administrator
    (office.root / "plan").chmod(0o555)
    findings = findings_of(office)
    (office.root / "plan").chmod(0o755)
    assert [code_of(line) for line in findings] == ["not-writable"]


# What lies outside.


def with_shared_hooks(office: Office, text: str | None = None) -> Path:
    """Let git take the hooks of all repositories from one folder, as some people do."""
    shared = office.root.parent / f"{office.root.name}-hooks"
    shared.mkdir()
    office.git("config", "core.hooksPath", str(shared))
    if text is not None:
        (shared / "pre-commit").write_text(text, encoding="utf-8")
    return shared


@pytest.mark.parametrize("way", ["setting", "link"])
def test_no_hook_is_written_outside_the_repository(way: str, office: Office) -> None:
    delete(HOOK)(office)
    shared = with_shared_hooks(office)
    if way == "link":
        office.git("config", "--unset", "core.hooksPath")
        (office.root / ".git" / "hooks").rename(office.root.parent / f"{office.root.name}-away")
        (office.root / ".git" / "hooks").symlink_to(shared)

    done = office.run("init", "--hook", env=ENGLISH)
    (finding,) = findings_of(office, "--fix", "--yes")

    assert done.returncode == 2
    assert f"parplan: git takes its hooks from {shared}, outside this repository" in done.stderr
    assert "git config core.hooksPath .git/hooks" in done.stderr
    assert code_of(finding) == "no-hook"
    assert "outside this repository" in finding
    assert list(shared.iterdir()) == []
    office.git("config", "core.hooksPath", "own")
    office.say("init", "--hook")
    assert (office.root / "own" / "pre-commit").exists()


@pytest.mark.parametrize("folder", [".", "a/b"])
def test_hooks_in_the_work_tree_are_its_own(folder: str, office: Office) -> None:
    """As husky keeps them; the workspace may lie further down."""
    office.git("config", "core.hooksPath", ".githooks")
    root = office.root / folder
    root.mkdir(parents=True, exist_ok=True)
    inner = Office(root, office.env)

    inner.say("init", "--hook", "--year", "2025")

    assert (office.root / ".githooks" / "pre-commit").exists()


def test_an_old_hook_that_other_repositories_share_is_let_alone(office: Office) -> None:
    old = "#!/bin/sh\n# Made by 'parplan init --hook': x\nparplan check --hook\n"
    shared = with_shared_hooks(office, old)

    assert findings_of(office, "--fix", "--yes") == []
    assert (shared / "pre-commit").read_text(encoding="utf-8") == old
    assert not os.access(shared / "pre-commit", os.X_OK)


@pytest.mark.parametrize("name", ["plan", "reports", ".parplan"])
def test_a_folder_that_leads_out_is_neither_read_nor_mended(name: str, office: Office) -> None:
    outside = office.root.parent / f"{office.root.name}-outside"
    (office.root / name).mkdir(exist_ok=True)
    (office.root / name).rename(outside)
    (office.root / name).symlink_to(outside)
    (outside / ".x.md.4711.tmp").write_text("x", encoding="utf-8")
    os.utime(outside / ".x.md.4711.tmp", (LONG_AGO, LONG_AGO))
    (outside / "bí mật.md").write_bytes(b"\xff")
    forget(git_setup.CACHE)(office)
    before = tree(outside)

    done = office.run("doctor", "--fix", "--yes", env=ENGLISH)

    assert tree(outside) == before
    assert "Traceback" not in done.stderr
    assert f"{name}:1:1: remark: this link leads out of the workspace" in done.stdout
    assert "bí mật" not in done.stdout


# Names.


@pytest.mark.parametrize(
    "name", ["plan/2025.YAML", "plan/2025.yml", "plan/2025.yaml.txt", "Plan/2025.yaml"]
)
def test_a_plan_under_another_name_is_named(name: str, office: Office) -> None:
    if name.startswith("Plan"):
        (office.root / "plan").rename(office.root / "Plan")
    else:
        (office.root / "plan" / "2025.yaml").rename(office.root / name)

    assert office.refuse("due") == (
        f"parplan: {name} is a name that is not read; call the file plan/2025.yaml\n"
    )
    assert [code_of(line) for line in findings_of(office)] == ["no-plan", "not-read"]


@pytest.mark.parametrize("name", ["plan/2025.Journal.yaml", "plan/2025.journal.yml"])
@pytest.mark.parametrize("both", [False, True])
def test_records_that_are_not_read_are_told(name: str, both: bool, office: Office) -> None:
    office.write(made(1, ref="8"))
    data = office.journal.read_bytes()
    if not both:
        office.journal.unlink()
    put(name, data)(office)

    findings = findings_of(office)

    is_one_elsewhere = both and name.endswith(".yaml")
    assert {code_of(line) for line in findings} == {"not-read"} | {"same-name"} & (
        {"same-name"} if is_one_elsewhere else set()
    )
    assert office.run("doctor").returncode == (0 if both and not is_one_elsewhere else 1)


def test_folders_that_are_one_elsewhere_are_told(office: Office) -> None:
    put("reports/a.md", "x")(office)
    put("Reports/b.md", "y")(office)

    (finding,) = findings_of(office)

    assert finding.startswith("reports:1:1: Windows and macOS take this name and Reports for one")


# Where other commands cannot work.


def test_without_a_plan(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")

    findings = findings_of(office, "--dir", str(empty), "--fix", "--yes")

    assert [code_of(line) for line in findings] == ["no-plan"]
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(b"", {"empty-file"}, id="empty"),
        pytest.param(b"\xff\xfe", {"not-utf8"}, id="not-utf8"),
        pytest.param(b"a: [\n", {"not-yaml"}, id="not-yaml"),
        pytest.param(b"<<<<<<< HEAD\na: 1\n=======\n", {"conflict"}, id="conflict"),
        pytest.param(b"schema: 1\n", {"missing-key"}, id="unfinished"),
    ],
)
def test_with_a_broken_plan(data: bytes, codes: set[str], office: Office) -> None:
    put("plan/2025.yaml", data)(office)

    assert {code_of(line) for line in findings_of(office)} == codes


def test_without_git(office: Office) -> None:
    nothing = {"PATH": office.env["PATH"].partition(os.pathsep)[0]}

    assert [code_of(line) for line in findings_of(office, env=nothing)] == ["no-git"]


def test_a_journal_that_cannot_be_opened(office: Office) -> None:
    (office.root / JOURNAL).mkdir()

    (line,) = findings_of(office)

    assert line.startswith(f"{JOURNAL}:1:1: cannot read ")


def test_what_check_finds_is_told_too(office: Office) -> None:
    put(JOURNAL, lines(made(1, ref="99")) + b"- broken\n")(office)

    assert [code_of(line) for line in findings_of(office)] == ["unknown-task", "damaged-record"]
    assert findings_of(office)[1].startswith(f"{JOURNAL}:2:1: this is no record")


# The machine.

NOW = dt.datetime(2025, 6, 20, 8, tzinfo=dt.UTC)
FINE = Machine(python=(3, 12))


def facts_with(**rest: object) -> Observations:
    return msgspec.structs.replace(
        Observations("/w", NOW, FINE, has_plan=True, repository=None), **rest
    )


def codes(facts: Observations) -> list[str]:
    all_codes = [diagnostic.problem.code for rule in CHECKS for diagnostic in rule(facts)]
    return [code for code in all_codes if code != "no-repository"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"python": (3, 10)}, "other-python", id="too-old"),
        pytest.param({"python": (3, 11)}, "", id="oldest"),
        pytest.param({"python": (3, 14)}, "", id="newest"),
        pytest.param({"python": (3, 15)}, "other-python", id="newer"),
        pytest.param({"charset": "cp1258"}, "code-page", id="code-page"),
        pytest.param({"charset": "UTF-8"}, "", id="utf-8"),
        pytest.param({"charset": "utf8"}, "", id="utf8"),
        pytest.param({"charset": "cp65001"}, "", id="windows-utf-8"),
        pytest.param({"columns": 39}, "narrow-screen", id="narrow"),
        pytest.param({"columns": 40}, "", id="wide-enough"),
        pytest.param({"has_git": False}, "no-git", id="no-git"),
        pytest.param(
            {"frozen": "C:/parplan", "libraries": (Library("click", "", ">=8"),)},
            "other-library",
            id="unpacked-in-part",
        ),
        pytest.param({"has_office": False}, "no-libreoffice", id="no-libreoffice"),
        pytest.param(
            {"libraries": (Library("typer", "", "<1"),)}, "other-library", id="library-missing"
        ),
        pytest.param(
            {"libraries": (Library("typer", "0.26.0", "<0.26,>=0.24.2"),)},
            "other-library",
            id="library-too-new",
        ),
        pytest.param(
            {"libraries": (Library("typer", "0.25.1", "<0.26,>=0.24.2"),)}, "", id="library"
        ),
    ],
)
def test_the_machine(change: dict[str, object], code: str) -> None:
    facts = facts_with(machine=msgspec.structs.replace(FINE, **change))

    assert codes(facts) == ([code] if code else [])


@pytest.mark.parametrize(
    ("version", "bounds", "fits"),
    [
        ("1.0", ">=1", True),
        ("1", ">=1.0.0", True),
        ("0.9.9", ">=1", False),
        ("2", "<2,>=1", False),
        ("2rc1", "<2", False),
        ("1.10", "<1.9", False),
        ("2.9.0.post0", "<3,>=2.9", True),
        ("1.5", "!=1.5", False),
        ("1.5", "", True),
    ],
)
def test_versions_and_bounds(version: str, bounds: str, fits: bool) -> None:
    assert within(version, bounds) is fits


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("reports/CON", "a name of a device"),
        ("nul.md", "a name of a device"),
        ("com1 .txt", "a name of a device"),
        ("reports/Lpt9.docx/a", "a name of a device"),
        ("console.md", ""),
        ("reports/a:b.md", "a letter that it does not allow"),
        ("a\nb", "a letter that it does not allow"),
        ("reports./a.md", "a dot or space at the end"),
        ("a ", "a dot or space at the end"),
        ("báo cáo quý II.md", ""),
        (".parplan/lock", ""),
        ("đ" * 256, "more than 255 letters"),
        ("đ" * 255, ""),
    ],
)
def test_names_on_windows(path: str, why: str) -> None:
    assert why_not_on_windows(path) == why


def test_names_that_are_one_elsewhere() -> None:
    composed, apart = "reports/báo.md", "reports/ba\u0301o.md"

    assert same_elsewhere([composed, apart]) in ([(composed, apart)], [(apart, composed)])
    assert same_elsewhere(["a/b", "A/b", "a/c"]) == [("a/b", "A/b")]


def test_every_code_is_tested() -> None:
    here = {*CASES, "no-plan", "not-writable", "no-git-user"}
    on_machines = {"other-python", "other-library", "code-page", "narrow-screen", "no-git"}

    assert here | on_machines | {"no-libreoffice"} == set(CODES)


def test_the_cache_has_one_name() -> None:
    assert f"{CACHE_FOLDER}/" == git_setup.CACHE


# Asking, and how it looks.


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [("y", True), ("Yes", True), ("c", True), ("có", True), ("n", False), ("", False)],
)
def test_it_asks_before_it_mends(answer: str, agreed: bool, office: Office) -> None:
    CASES["no-line-end"][0](office)

    env = {**ENGLISH, "NO_COLOR": "1"}
    status, output = on_terminal(office, "doctor", "--fix", env=env, typed=answer)

    assert "end the last line of plan/2025.journal.yaml" in output
    assert ("Nothing was done." in output) is not agreed
    assert status == (0 if agreed else 1)
    assert [code_of(line) for line in findings_of(office)] == ([] if agreed else ["no-line-end"])


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (lines(made(1, ref="8")), lines(made(1, ref="8")), []),
        (lines(made(1, ref="8"))[:-1], lines(made(1, ref="8")), []),
        (lines(made(1, ref="8"))[:30], lines(made(1, ref="8"))[:30] + b"\n", ["damaged-record"]),
        (b"", b"", []),
    ],
    ids=["whole", "no-line-end", "half-a-line", "nothing-else"],
)
def test_a_tail_of_zero_bytes_is_cut_off(
    before: bytes, after: bytes, left: list[str], office: Office
) -> None:
    office.journal.write_bytes(before + bytes(4096))
    assert "zero bytes" in office.run("check", env=ENGLISH).stderr
    assert "zero bytes" in office.refuse("note", "8", "x")

    office.run("doctor", "--fix", "--yes", env=ENGLISH)

    assert office.journal.read_bytes() == after
    assert [code_of(line) for line in findings_of(office)] == left
    if not left:
        office.say("note", "8", "x")


def test_zero_bytes_elsewhere_are_no_tail(office: Office) -> None:
    """As in a file that was saved as UTF-16 without a mark: it is not cut."""
    data = "- {}\n".encode("utf-16-le")
    office.journal.write_bytes(data)

    office.run("doctor", "--fix", "--yes", env=ENGLISH)

    assert office.journal.read_bytes().startswith(data)


def test_without_a_terminal_it_only_shows(office: Office) -> None:
    CASES["no-line-end"][0](office)

    done = office.run("doctor", "--fix", env=ENGLISH)

    assert done.stdout.endswith("Nothing was done; --yes does it without asking.\n")
    assert done.returncode == 1


def spoil(office: Office) -> None:
    """Spoil many things at once."""
    for code in ("leftover", "no-schema", "no-union", "hook-off", "windows-name", "not-utf8"):
        CASES[code][0](office)
    put(JOURNAL, lines(made(1, ref="99"), made(2, ref="8"))[:-1])(office)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("columns", [40, 80])
def test_how_it_looks(columns: int, language: str, office: Office, golden: Golden) -> None:
    spoil(office)

    env = {"NO_COLOR": "1", "COLUMNS": str(columns), "PARPLAN_LANG": language}
    _status, output = on_terminal(office, "doctor", "--fix", "--yes", env=env)

    text = output.replace("\r\n", "\n")
    assert max(map(len, text.splitlines())) <= columns
    golden(f"doctor-{columns}.{language}.txt", text)


def test_the_answer_for_programs(office: Office) -> None:
    CASES["no-union"][0](office)
    CASES["no-hook"][0](office)
    done = office.run("doctor", "--format", "json", env=ENGLISH)
    mended = office.run("doctor", "--fix", "--yes", "--format", "json", env=ENGLISH)

    answer, after = msgspec.json.decode(done.stdout), msgspec.json.decode(mended.stdout)
    remedy = f"add this line to .gitattributes: {git_setup.UNION}"
    assert answer["items"] == [
        {
            "path": ".gitattributes",
            "line": 1,
            "column": 1,
            "code": "no-union",
            "message": "git would not merge two people's records line by line",
            "level": "fault",
            "remedy": remedy,
        },
        {
            "path": "",
            "line": 0,
            "column": 0,
            "code": "no-hook",
            "message": "git does not check the plan before a commit; "
            "'parplan init --hook' mends it",
            "level": "hint",
            "remedy": None,
        },
    ]
    assert (answer["mended"], after["mended"]) == ([], [remedy])
    assert [item["code"] for item in after["items"]] == [
        item["code"] for item in answer["items"] if item["code"] != "no-union"
    ]
    assert (done.returncode, mended.returncode) == (1, 0)
    assert AUTHOR not in done.stdout
