"""Nothing outside the workspace is read or written, whatever link or name leads there."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from parplan.journal.record import Evidence
from parplan.problem import UserError
from parplan.workspace import files
from tests.helpers.office import JOURNAL, Office, made, tree

ENGLISH = {"PARPLAN_LANG": "en"}
AMEND = ["amend", "superior", "--to", "UBND thành phố", "--from", "1/7/2025"]
REPORT = ["report", "--month", "6", "--format", "md"]
TABLE = "STT;Nội dung;Thời gian\n1;Giao ban;Quý I\n"

WRITERS: dict[str, Sequence[str]] = {
    "note": ["note", "8", "x"],
    "done": ["done", "4@2025-06"],
    "undo": ["undo", "--yes"],
    "amend": AMEND,
    "new": ["new", "2026"],
    "import": ["import", "bang.csv", "--year", "2026"],
    "export": ["export", "json"],
    "export-force": ["export", "json", "--force"],
    "export-to": ["export", "json", "-o", "reports/a.json"],
    "report": REPORT,
    "report-new": [*REPORT, "--new"],
    "report-force": [*REPORT, "--force"],
    "document": ["document", "--format", "md"],
    "reminder": ["reminder", "--format", "md"],
    "init": ["init", "--templates", "--no-git"],
    "fix": ["check", "--fix-journal"],
}
NEAR = {
    "plan": tuple(WRITERS),
    "plan/2025.yaml": ("note", "amend", "report", "export"),
    "plan/2025.journal.yaml": ("note", "done", "undo", "fix", "report"),
    "plan/2026.yaml": ("new", "import"),
    "plan/plan.schema.json": ("init",),
    ".parplan": ("note", "undo", "amend", "fix"),
    ".parplan/lock": ("note", "amend", "fix"),
    "reports": ("report", "report-new", "report-force", "document", "reminder", "export-to"),
    "reports/2025-06.md": ("report", "report-new", "report-force"),
    "templates": ("init", "report"),
    "parplan-2025.json": ("export", "export-force"),
}
"""Which commands come near a file: each pair takes a process."""


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office in a folder that has something outside it."""
    root = workspace / "văn phòng"
    root.mkdir()
    (workspace / "plan").rename(root / "plan")
    (root / "bang.csv").write_text(TABLE, encoding="utf-8")
    office = Office(root, environment)
    office.write(made(1, ref="8"))
    return office


def led_out(office: Office, name: str) -> Path:
    """Put what ``name`` holds outside the workspace, and a link in its place."""
    outside = office.root.parent / "outside" / name
    outside.parent.mkdir(parents=True)
    path = office.root / name
    if path.exists():
        path.rename(outside)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside)
    if name in ("reports", "templates", ".parplan"):
        outside.mkdir()
    return outside


@pytest.mark.parametrize(
    ("name", "command"), [(name, command) for name, them in NEAR.items() for command in them]
)
def test_no_link_leads_a_command_out_of_the_workspace(
    name: str, command: str, office: Office
) -> None:
    led_out(office, name)
    before = tree(office.root.parent / "outside")

    done = office.run(*WRITERS[command], env=ENGLISH)

    assert tree(office.root.parent / "outside") == before
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)
    if done.returncode == 2:
        assert done.stderr.startswith("parplan: "), done.stderr
        assert "leads out" in done.stderr or "already" in done.stderr, done.stderr


@pytest.mark.parametrize("words", [["due"], ["list"], ["log"], ["check"], REPORT])
@pytest.mark.parametrize("name", ["plan/2025.yaml", JOURNAL])
def test_what_lies_outside_is_not_read(words: list[str], name: str, office: Office) -> None:
    secret = led_out(office, name)
    secret.write_text("bí mật: của phường\n", encoding="utf-8")

    done = office.run(*words, env=ENGLISH)

    assert done.returncode == 2
    assert "leads out of the folder" in done.stderr
    assert "bí mật" not in done.stdout + done.stderr


def test_a_template_folder_outside_is_not_read(office: Office) -> None:
    outside = led_out(office, "templates")
    (outside / "report.md.j2").write_text("bí mật", encoding="utf-8")

    assert "leads out of the folder" in office.refuse(*REPORT)


def test_links_inside_the_workspace_work(office: Office) -> None:
    """The file that is linked to changes, and the link stays one."""
    (office.root / "kế hoạch").mkdir()
    for name in ("2025.yaml", "2025.journal.yaml"):
        (office.root / "plan" / name).rename(office.root / "kế hoạch" / name)
        (office.root / "plan" / name).symlink_to(f"../kế hoạch/{name}")

    office.say("note", "8", "x")
    office.say(*AMEND)

    assert (office.root / JOURNAL).is_symlink()
    assert (office.root / "plan" / "2025.yaml").is_symlink()
    assert office.last().text == "x"
    text = (office.root / "kế hoạch" / "2025.yaml").read_text(encoding="utf-8")
    assert "UBND thành phố" in text


def test_a_file_of_the_users_choice_may_lie_anywhere(office: Office) -> None:
    target = office.root.parent / "nơi khác" / "a.json"

    office.say("export", "json", "-o", "../nơi khác/a.json")

    assert json.loads(target.read_text(encoding="utf-8"))["year"] == 2025


@pytest.mark.parametrize("name", ["plan/2025.yaml", JOURNAL, "reports/2025-06.md"])
@pytest.mark.parametrize("what", ["folder", "link-to-nothing", "link-to-itself"])
def test_something_else_in_the_place_of_a_file(name: str, what: str, office: Office) -> None:
    path = office.root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if what == "folder":
        path.mkdir()
    else:
        path.symlink_to(path.name if what == "link-to-itself" else "nothing")
    before = sorted(str(entry) for entry in office.root.rglob("*") if ".parplan" not in entry.parts)

    for words in (["note", "8", "x"], ["check"], REPORT, [*REPORT, "--force"]):
        done = office.run(*words, env=ENGLISH)
        assert "Traceback" not in done.stderr, words
        if done.returncode == 2:
            assert done.stderr.startswith("parplan: "), (words, done.stderr)
    assert set(before) <= {str(entry) for entry in office.root.rglob("*")}
    if what == "folder":
        assert list(path.iterdir()) == []


def test_a_link_that_waits_under_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getpid", lambda: 1)
    monkeypatch.setattr("time.monotonic_ns", lambda: 2)
    outside = tmp_path / "outside"
    outside.write_bytes(b"old")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".x.md.12.tmp").symlink_to(outside)

    with pytest.raises(UserError):
        files.create(tmp_path / "a" / "x.md", b"new")

    assert outside.read_bytes() == b"old"


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("ề" * 83 + ".json")  # 254 bytes

    assert files.create(path, b"1")
    files.replace(path, b"2", b"1")

    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {path.name: b"2"}


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_a_replaced_file_keeps_who_may_use_it(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    path.chmod(mode)

    files.replace(path, b"2", b"1")

    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"2", mode)


def test_leftovers_go_when_they_are_old(tmp_path: Path) -> None:
    """Those of the same file only: another writer may be at work this moment."""
    for name in (".a.md.1.tmp", ".b.md.1.tmp", ".a.md.x.tmp", "a.md.1.tmp", ".a.md.3.tmp.lock"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".a.md.2.tmp").touch()

    files.create(tmp_path / "a.md", b"")

    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {"a.md", ".a.md.2.tmp", ".b.md.1.tmp", ".a.md.x.tmp", "a.md.1.tmp"}


def test_two_that_keep_the_same_draft_lose_nothing(tmp_path: Path) -> None:
    draft, first, second = (tmp_path / name for name in ("a.md", "a.old-1.md", "a.old-2.md"))
    draft.write_bytes(b"the clerk's")

    assert files.keep(draft, first)
    files.replace(draft, b"new", b"the clerk's")
    assert not files.keep(draft, first)  # the slower one had chosen the same name
    assert files.keep(draft, second)
    files.replace(draft, b"newer", b"new")

    assert [draft_path.read_bytes() for draft_path in (first, second, draft)] == [
        b"the clerk's", b"new", b"newer",
    ]  # fmt: skip


def test_keeping_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"1")

    def none(*_args: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", none)

    assert files.keep(tmp_path / "a", tmp_path / "b")
    assert not files.keep(tmp_path / "a", tmp_path / "b")
    assert tree(tmp_path) == {str(tmp_path / name): b"1" for name in ("a", "b")}


# Evidence in a journal that somebody else wrote.

ELSEWHERE = {
    "above": "../secret.pdf",
    "far-above": "../" * 40 + "etc/passwd",
    "absolute": "/etc/passwd",
    "share": "//server/share/a.pdf",
    "windows-share": "\\\\server\\share\\a.pdf",
    "through-a-link": "link/secret.pdf",
    "inside-and-out": "plan/../../secret.pdf",
}
ABSENT = {
    "windows-above": "..\\secret.pdf",
    "drive": "C:\\Windows\\win.ini",
    "device": "CON",
    "device-of-unix": "dev/null",
    "long": "a" * 300,
    "null": "a\0b",
    "option": "--output=x",
    "magic": ":(top)secret.pdf",
    "folder": "plan",
    "escapes": "\x1b[31mx",
}


@pytest.mark.parametrize("name", [*ELSEWHERE, *ABSENT])
def test_evidence_elsewhere_is_told_and_never_committed(name: str, office: Office) -> None:
    """The repository holds more than the workspace: git itself would take the file."""
    file = {**ELSEWHERE, **ABSENT}[name]
    (office.root.parent / "secret.pdf").write_bytes(b"%PDF")
    (office.root / "link").symlink_to("..")
    office.git("init", "--quiet", cwd=office.root.parent)
    office.write(made(1, ref="8", evidence=(Evidence(file=file),)))

    checked = office.run("check", env=ENGLISH)
    office.say("commit")

    assert checked.returncode == 1
    reason = "is not in the workspace's folder" if name in ELSEWHERE else "is not there"
    assert f"{reason} [missing-file]" in checked.stderr
    assert "\x1b" not in checked.stderr
    taken = office.git("ls-files", "-z", "--full-name", cwd=office.root.parent).split("\0")
    assert all(path.startswith("văn phòng/plan/") for path in taken if path), taken


def test_a_hidden_file_is_nobody_s_evidence(office: Office) -> None:
    """A record that came from elsewhere would send a password to all."""
    office.begin()
    (office.root / ".env").write_text("mật khẩu", encoding="utf-8")
    office.write(made(1, ref="8", evidence=(Evidence(file=".env"),)))

    checked = office.run("check", env=ENGLISH)
    office.say("commit")

    assert "the evidence file .env is hidden, with a dot in front" in checked.stderr
    assert ".env" not in office.git("ls-files", "-z").split("\0")
    refusal = office.refuse("note", "8", "x", "--file", ".env", env=ENGLISH)
    assert refusal.endswith("is hidden, with a dot in front; copy it to another name first\n")


def test_the_workspace_may_be_moved_with_its_evidence(office: Office, tmp_path: Path) -> None:
    (office.root / "bc.pdf").write_bytes(b"%PDF")
    office.say("note", "8", "x", "--file", "bc.pdf")
    moved = tmp_path / "chỗ mới"
    shutil.move(office.root, moved)

    assert "no mistakes" in office.run("check", cwd=moved, env=ENGLISH).stdout
