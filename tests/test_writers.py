"""Whatever strikes a command that writes files: each is the old one or the new, and it is said.

Recording has tests of its own, in ``test_faults``.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from parplan import files
from tests.fault_helpers import ENGLISH, REASONS, Call, failing, mounted, read_only, traced
from tests.journal_helpers import JOURNAL, Office, lines, made, tree

REPORT = ("report", "--month", "6", "--format", "md")
TABLE = "STT;Nội dung;Thời gian\n1;Giao ban;Quý I\n"


class Writer(msgspec.Struct, frozen=True):
    """A command, and the files that are there before it begins."""

    words: Sequence[str]
    before: Mapping[str, str] = {}


WRITERS = {
    "amend": Writer(("amend", "superior", "--to", "UBND thành phố", "--from", "1/7/2025")),
    "new": Writer(("new", "2026")),
    "import": Writer(("import", "bang.csv", "--year", "2026"), {"bang.csv": TABLE}),
    "init": Writer(("init", "--no-git")),
    "export": Writer(("export", "json")),
    "export-force": Writer(("export", "xlsx", "--force"), {"parplan-2025.xlsx": "cũ"}),
    "report": Writer(REPORT),
    "report-new": Writer((*REPORT, "--new"), {"reports/2025-06.md": "---\n---\ncũ\n"}),
    "report-force": Writer((*REPORT, "--force"), {"reports/2025-06.md": "cũ\n"}),
    "document": Writer(
        ("document", "--format", "html", "--format", "md"), {"reports/plan-2025.html": "cũ"}
    ),
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the compiled modules of these tests are kept."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def office(workspace: Path, environment: dict[str, str], compiled: Path) -> Office:
    """Return an office whose name is as names are here, and which has temporary files of its own.

    Its compiled modules are its own, so that none is compiled while a run is traced.
    """
    root = workspace / "Văn phòng UBND"
    root.mkdir()
    (workspace / "plan").rename(root / "plan")
    (workspace / "tạm").mkdir()
    own = {
        **environment,
        "PYTHONPYCACHEPREFIX": str(compiled),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(workspace / "tạm"),
    }
    office = Office(root, own)
    office.write(made(1, ref="8"))
    return office


def laid_out(office: Office, writer: Writer) -> None:
    """Put the workspace back as it was before ``writer`` began."""
    for path in office.root.iterdir():
        if path.name == "plan":
            for one in path.iterdir():
                if one.name not in ("2025.yaml", "2025.journal.yaml"):
                    one.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name, text in writer.before.items():
        (office.root / name).parent.mkdir(exist_ok=True)
        (office.root / name).write_text(text, encoding="utf-8")


def content(office: Office) -> dict[str, bytes]:
    """Return the files of the workspace, but for the lock and what can be made again."""
    found = tree(office.root, leave_out=[".parplan"])
    return {name: data for name, data in found.items() if data != b"(folder)"}


class Rehearsal(msgspec.Struct):
    """What a writer does when nothing strikes."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: list[Call]

    def is_whole(self, now: Mapping[str, bytes]) -> bool:
        """Tell whether each file is the old one or the new, and none that is kept is lost."""
        names = {*now, *self.after, *self.before}
        kept = set(self.before.values()) & set(self.after.values())
        return kept <= set(now.values()) and all(
            now.get(name) in (self.before.get(name), self.after.get(name)) for name in names
        )


def rehearsed(office: Office, writer: Writer) -> Rehearsal:
    """Run ``writer`` once untraced, so that its modules are compiled, and once traced."""
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    laid_out(office, writer)
    before = content(office)
    first = office.run(*writer.words, env={**ENGLISH, "PYTHONDONTWRITEBYTECODE": ""})
    assert first.returncode == 0, first.stderr
    after = content(office)
    assert after != before
    (office.root / "plan" / "2025.yaml").write_bytes(plan)
    laid_out(office, writer)
    done, calls = traced(office, *writer.words)
    assert done.returncode == 0, done.stderr
    assert content(office) == after
    again(office, writer, plan)
    return Rehearsal(before, after, [call for call in calls if not call.is_output])


def again(office: Office, writer: Writer, plan: bytes) -> None:
    (office.root / "plan" / "2025.yaml").write_bytes(plan)
    laid_out(office, writer)


def leftovers(found: Mapping[str, bytes]) -> set[str]:
    return {name for name in found if files.is_leftover(name)}


@pytest.mark.parametrize("name", WRITERS)
def test_a_kill_at_any_call_that_writes(name: str, office: Office) -> None:
    writer = WRITERS[name]
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    well = rehearsed(office, writer)
    assert {"write", "fsync"} <= {call.name for call in well.calls}

    for call in well.calls:
        again(office, writer, plan)
        done, _ = traced(
            office, *writer.words, inject=f"{call.name}:signal=SIGKILL:when={call.when}"
        )
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), call
        found = content(office)
        assert well.is_whole({one: found[one] for one in found.keys() - leftovers(found)}), call
        if leftovers(found) and not call.name.startswith("unlink"):  # else the file is there
            for one in leftovers(found):
                os.utime(one, (0, 0))
            if office.run(*writer.words).returncode == 0:
                assert leftovers(content(office)) == set(), call


@pytest.mark.parametrize("name", WRITERS)
def test_an_error_at_any_call_that_writes(name: str, office: Office) -> None:
    writer = WRITERS[name]
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    well = rehearsed(office, writer)
    refused = 0

    for call in well.calls:
        again(office, writer, plan)
        error = failing(call)[-1]
        done, _ = traced(
            office, *writer.words, inject=f"{call.name}:error={error}:when={call.when}"
        )
        found = content(office)
        assert "Traceback" not in done.stderr, (call, done.stderr)
        assert done.returncode in (0, 2), (call, done.stderr)
        if done.returncode == 2:
            refused += 1
            said = rf"parplan: (cannot (write|lock) .*)?{REASONS[error]}.*\n"
            assert re.search(said, done.stderr), (call, done.stderr)
            assert well.is_whole(found) or call.name.startswith("unlink"), call
        else:
            assert well.after.items() <= found.items(), call
        if not call.name.startswith("unlink"):
            assert leftovers(found) == set(), call
    assert refused >= 3


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk(name: str, office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    writer = WRITERS[name]
    folder = tmp_path_factory.mktemp("đĩa đầy")
    with mounted(folder):
        shutil.copytree(office.root / "plan", folder / "plan")
        there = Office(folder, office.env)
        laid_out(there, writer)
        with (folder / "filler").open("wb", buffering=0) as filler:
            while True:
                try:
                    filler.write(b"x" * 512)
                except OSError:
                    break
        before = content(there)

        said = there.refuse(*writer.words)

        assert re.search(rf"parplan: cannot (write|lock) .*{REASONS['ENOSPC']}", said)
        assert content(there) == before


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_in_which_nobody_may_write(name: str, office: Office) -> None:
    writer = WRITERS[name]
    laid_out(office, writer)
    before = content(office)

    with read_only(office.root):
        said = office.refuse(*writer.words)

    assert re.match(r"parplan: cannot (write|lock) ", said)
    assert content(office) == before
    assert office.run(*writer.words).returncode == 0


def test_a_lock_that_fails_is_told_and_the_plan_stays(office: Office) -> None:
    """As on a network drive without locks."""
    before = content(office)

    done, calls = traced(office, *WRITERS["amend"].words, inject="flock:error=ENOLCK")

    assert any(call.name == "flock" for call in calls)
    assert done.returncode == 2
    assert re.fullmatch(r"parplan: cannot lock .*; nothing was written\n", done.stderr)
    assert content(office) == before


def test_a_lock_file_that_a_crash_left_is_no_obstacle(office: Office) -> None:
    (office.root / ".parplan").mkdir()
    (office.root / ".parplan" / "lock").write_text("4711")

    office.say(*WRITERS["amend"].words)


@pytest.mark.parametrize("name", ["amend", "new", "report-force", "export-force"])
def test_the_clock_set_back_changes_nothing(name: str, office: Office) -> None:
    """All that is there comes from the future."""
    laid_out(office, WRITERS[name])
    for path in office.root.rglob("*"):
        os.utime(path, (4e9, 4e9))

    office.say(*WRITERS[name].words)
    office.say("note", "8", "sau")

    assert [one.text for one in office.records()] == ["", "sau"]


def test_git_that_is_killed_breaks_nothing(office: Office) -> None:
    """Each of the git programs behind 'commit', at calls from its beginning to its end."""
    office.begin()
    office.journal.write_bytes(lines(made(1, ref="8"), made(2, ref="8")))
    before = content(office)
    done, calls = traced(office, "commit")
    assert done.returncode == 0
    office.git("reset", "--quiet", "--soft", "HEAD~1")
    office.git("reset", "--quiet")
    moves = [one for one in calls if one.name.startswith(("rename", "link", "unlink"))]
    assert len(moves) >= 4

    for call in moves:
        begin = office.git("rev-parse", "HEAD")
        done, _ = traced(office, "commit", inject=f"{call.name}:signal=SIGKILL:when={call.when}")
        assert "Traceback" not in done.stderr, call
        found = {one: data for one, data in content(office).items() if "/.git/" not in one}
        assert found == {one: data for one, data in before.items() if "/.git/" not in one}, call
        for lock in (office.root / ".git").rglob("*.lock"):  # as git asks for
            lock.unlink()
        office.git("fsck", "--strict", "--no-dangling")
        office.say("commit")
        assert office.git("status", "--porcelain", "plan") == "", call
        assert office.git("show", f"HEAD:{JOURNAL}").encode() == office.journal.read_bytes(), call
        office.git("reset", "--quiet", "--soft", begin.strip())
        office.git("reset", "--quiet")


def test_a_lock_that_git_left_is_told_in_git_s_words(office: Office) -> None:
    office.begin()
    office.write(made(2, ref="8"))
    (office.root / ".git" / "index.lock").touch()

    said = office.refuse("commit")

    assert "git says: " in said
    assert "index.lock" in said
    subprocess.run(["rm", office.root / ".git" / "index.lock"], check=True)
    office.say("commit")
