"""Whatever strikes a command that writes files: each is the old one or the new, and it is said.

Recording has tests of its own, in ``test_faults``.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from parplan.cli.command_table import COMMANDS
from parplan.workspace import files
from tests.helpers.office import JOURNAL, Office, lines, made, tree
from tests.helpers.running import PATIENCE
from tests.helpers.warm import run_warm
from tests.safety.faults import (
    ENGLISH,
    REASONS,
    Call,
    calls_in,
    failing,
    mounted,
    read_only,
    steady,
    strace,
    traced,
    traced_gits,
    write_ahead,
)

ROOT = Path(files.__file__).parents[2]
REPORT = ("report", "--month", "6", "--format", "md")
TABLE = "STT;Nội dung;Thời gian\n1;Giao ban;Quý I\n"
CRITERIA = "STT;Lĩnh vực, tiêu chí;Điểm tối đa\n1;CHỈ ĐẠO;2\n1.1;Ban hành kế hoạch;2\n"
INDEX = {"plan/2025.index.yaml": (ROOT / "plan" / "example.index.yaml").read_text(encoding="utf-8")}
FORMS = {"plan/2025.forms.yaml": (ROOT / "plan" / "example.forms.yaml").read_text(encoding="utf-8")}

FIGURES = "Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n"


class Writer(msgspec.Struct, frozen=True):
    """A command, and the files that are there before it begins, in a repository or in none.

    Where another line writes the ``same_way``, every third call is struck.
    """

    words: Sequence[str]
    before: Mapping[str, str] = {}
    in_git: bool = False
    same_way: bool = False


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
    "document-docx": Writer(("document",), same_way=True),
    "reminder": Writer(("reminder", "--format", "md"), same_way=True),
    "digest": Writer(("digest",), {"reports/digest-2025-06-20.eml": "cũ"}, same_way=True),
    "export-ics": Writer(("export", "ics"), same_way=True),
    "export-csv": Writer(("export", "csv", "-o", "reports/mới/a.csv"), same_way=True),
    "sheet": Writer(("sheet",), same_way=True),
    "board": Writer(("board",), same_way=True),
    "board-force": Writer(("board", "--force"), {"board-2025.html": "cũ"}, same_way=True),
    "score example": Writer(("score", "example")),
    "score import": Writer(("score", "import", "bo.csv"), {"bo.csv": CRITERIA}),
    "score report": Writer(("score", "report", "--format", "md"), INDEX, same_way=True),
    "score xlsx": Writer(("score", "xlsx"), INDEX, same_way=True),
    "settings": Writer(("settings", "author", "Lan")),
    "rollup xlsx": Writer(("rollup", "xlsx"), same_way=True),
    "rollup board": Writer(("rollup", "board"), same_way=True),
    "rollup report": Writer(("rollup", "report", "--format", "md"), same_way=True),
    "forms example": Writer(("forms", "example"), same_way=True),
    "forms sheet": Writer(("forms", "sheet"), FORMS, same_way=True),
    "forms report": Writer(("forms", "report", "--format", "md"), FORMS, same_way=True),
    "forms xlsx": Writer(("forms", "xlsx"), FORMS, same_way=True),
    "init-hook": Writer(("init", "--hook"), in_git=True),
    "doctor": Writer(("doctor", "--fix", "--yes"), {"plan/plan.schema.json": "{}\n"}),
}
RECORDERS = {
    "note": ("note", "8", "mới"),
    "start": ("start", "9"),
    "done": ("done", "4@2025-06"),
    "pause": ("pause", "2"),
    "cancel": ("cancel", "6@2025-08"),
    "reopen": ("reopen", "5@2025-06"),
    "directive": ("directive", "12", "--due", "2025-11-15"),
    "undo": ("undo", "--yes"),
    "edit": ("edit", "8", "khác"),
    "record": ("record", "ghi-chep.txt", "--yes"),
    "score set": ("score", "set", "1.2", "--points", "0", "--why", "x"),
    "forms set": ("forms", "set", "3/1.1@Q2", "5"),
    "forms record": ("forms", "record", "so-lieu.csv", "--yes"),
}
FAILS = {"doctor": 1}
"""What ends otherwise than with 2: doctor does what it can, and then says that not all is well."""

ELSEWHERE = {
    "check": "test_faults.py",
    "commit": "below",
    "sync": "test_exchange_faults.py",
    "exchange": "test_exchange_faults.py",
}
"""Commands whose faults are not struck by the tables."""


@pytest.fixture(scope="module")
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a parplan that is these tests' own."""
    return steady(tmp_path_factory.mktemp("own"))


@pytest.fixture
def office(workspace: Path, environment: dict[str, str], own_environment: dict[str, str]) -> Office:
    """Return an office whose name is as names are here, and whose temporary files are its own."""
    root = workspace / "Văn phòng UBND"
    root.mkdir()
    (workspace / "plan").rename(root / "plan")
    (workspace / "tạm").mkdir()
    own = {
        **own_environment,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPYCACHEPREFIX": "",  # nothing is compiled anew, nor written
        "TMPDIR": str(workspace / "tạm"),
    }
    office = Office(root, {**environment, **own}, run_warm)
    office.env["XDG_CONFIG_HOME"] = str(root / "thiết lập")
    office.write(made(1, ref="8"))
    (root / "ghi-chep.txt").write_text("8: đã kiểm tra\n5@2025-06: xong\n", encoding="utf-8")
    (root / "so-lieu.csv").write_text(FIGURES, encoding="utf-8")
    for name, text in FORMS.items():
        (root / name).write_text(text, encoding="utf-8")
    return office


def laid_out(office: Office, writer: Writer) -> None:
    """Put the workspace back as it was before ``writer`` began."""
    for path in office.root.iterdir():
        if path.name == "plan":
            for entry in path.iterdir():
                if entry.name not in ("2025.yaml", "2025.journal.yaml"):
                    entry.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if writer.in_git:
        office.git("init", "--quiet")
    for name, text in writer.before.items():
        (office.root / name).parent.mkdir(exist_ok=True)
        (office.root / name).write_text(text, encoding="utf-8")


def content(office: Office) -> dict[str, bytes]:
    """Return the files of the workspace, but for the lock and what can be made again."""
    files = tree(office.root, leave_out=[".parplan"])
    return {name: data for name, data in files.items() if data != b"(folder)"}


class Rehearsal(msgspec.Struct):
    """What a writer does when nothing strikes."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: list[Call]

    def is_whole(self, now: Mapping[str, bytes]) -> bool:
        """Tell whether each file is the old one or the new, and none that is kept is lost."""
        names = {*now, *self.after, *self.before}
        unchanged = set(self.before.values()) & set(self.after.values())
        return unchanged <= set(now.values()) and all(
            now.get(name) in (self.before.get(name), self.after.get(name)) for name in names
        )


def rehearsed(office: Office, writer: Writer) -> Rehearsal:
    """Run ``writer`` once as a process that starts, and once traced; both write the same."""
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    laid_out(office, writer)
    before = content(office)
    first = office.process(*writer.words, env=ENGLISH)
    assert first.returncode == 0, first.stderr
    after = content(office)
    assert after != before
    (office.root / "plan" / "2025.yaml").write_bytes(plan)
    laid_out(office, writer)
    done, calls = traced(office, *writer.words)
    assert done.returncode == 0, done.stderr
    assert content(office) == after
    again(office, writer, plan)
    calls = [call for call in calls if not call.is_output]
    return Rehearsal(before, after, calls[:: 3 if writer.same_way else 1])


def again(office: Office, writer: Writer, plan: bytes) -> None:
    (office.root / "plan" / "2025.yaml").write_bytes(plan)
    laid_out(office, writer)


def refused(office: Office, name: str) -> str:
    """Return what is said where the writer called ``name`` can write nothing."""
    done = office.run(*WRITERS[name].words, env=ENGLISH)
    assert done.returncode == FAILS.get(name, 2), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def leftovers(names: Mapping[str, bytes]) -> set[str]:
    return {name for name in names if files.is_leftover(name)}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in WRITERS if not WRITERS[name].same_way])
def test_a_fork_writes_as_a_process_that_starts(name: str, office: Office, tmp_path: Path) -> None:
    """Else what is struck below would not be what happens at a desk."""
    laid_out(office, WRITERS[name])
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    _forked, calls = traced(office, *WRITERS[name].words)
    again(office, WRITERS[name], plan)
    log = tmp_path / "log"
    start = [sys.executable, "-S", "-m", "parplan", *WRITERS[name].words]
    started = subprocess.run(
        [*strace(log), *start],
        cwd=office.root,
        env={**office.env, **ENGLISH},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
        timeout=PATIENCE,
    )

    assert started.returncode == 0
    assert [call.name for call in calls] == [call.name for call in calls_in(log.read_text())]


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_a_kill_at_any_call_that_writes(name: str, office: Office) -> None:
    writer = WRITERS[name]
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    well = rehearsed(office, writer)
    assert writer.same_way or {"write", "fsync"} <= {call.name for call in well.calls}

    for call in well.calls:
        again(office, writer, plan)
        kill = f"{call.name}:signal=SIGKILL:when={call.when}"
        done, _ = traced(office, *writer.words, inject=kill)
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), call
        state = content(office)
        assert well.is_whole({path: state[path] for path in state.keys() - leftovers(state)}), call
        if leftovers(state) and not call.name.startswith("unlink"):  # else the file is there
            for path in leftovers(state):
                os.utime(path, (0, 0))
            if office.run(*writer.words).returncode == 0:
                assert leftovers(content(office)) == set(), call


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_an_error_at_any_call_that_writes(name: str, office: Office) -> None:
    writer = WRITERS[name]
    plan = (office.root / "plan" / "2025.yaml").read_bytes()
    well = rehearsed(office, writer)
    refused = 0

    for call in well.calls:
        again(office, writer, plan)
        error = failing(call)[-1]
        fail = f"{call.name}:error={error}:when={call.when}"
        done, _ = traced(office, *writer.words, inject=fail)
        state = content(office)
        assert "Traceback" not in done.stderr, (call, done.stderr)
        assert done.returncode in (0, FAILS.get(name, 2)), (call, done.stderr)
        if done.returncode:
            refused += 1
            expected = r"(parplan: (git did not run|cannot (write|lock) .*)|lock cannot be taken .)"
            output = done.stderr + (done.stdout if name in FAILS else "")
            assert re.search(f"{expected}.*{REASONS[error]}", output), (call, output)
            assert well.is_whole(state) or call.name.startswith("unlink"), call
        else:
            assert well.after.items() <= state.items(), call
        if not call.name.startswith("unlink"):
            assert leftovers(state) == set(), call
    assert refused >= (1 if writer.same_way else 3)


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk(name: str, office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    writer = WRITERS[name]
    folder = tmp_path_factory.mktemp("đĩa đầy")
    with mounted(folder):
        shutil.copytree(office.root / "plan", folder / "plan")
        own = {"GIT_TEMPLATE_DIR": "", "XDG_CONFIG_HOME": str(folder / "thiết lập")}
        there = Office(folder, {**office.env, **own}, run_warm)
        laid_out(there, writer)
        with (folder / "filler").open("wb", buffering=0) as filler:
            while True:
                try:
                    filler.write(b"x" * 512)
                except OSError:
                    break
        before = content(there)

        error = refused(there, name)

        assert re.search(rf"parplan: cannot (write|lock) .*{REASONS['ENOSPC']}", error)
        assert content(there) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_in_which_nobody_may_write(name: str, office: Office) -> None:
    writer = WRITERS[name]
    laid_out(office, writer)
    before = content(office)

    with read_only(office.root):
        error = refused(office, name)

    assert re.match(r"parplan: cannot (write|lock) ", error)
    assert content(office) == before
    assert office.run(*writer.words).returncode == 0


LOCKERS = {
    "amend": WRITERS["amend"].words,
    "commit": ("commit",),
    "fix-journal": ("check", "--fix-journal"),
    "doctor": WRITERS["doctor"].words,
    **RECORDERS,
}


def prepared(office: Office) -> None:
    """Lay out what each of ``LOCKERS`` can do its work on."""
    office.begin()
    for name, text in {**INDEX, **WRITERS["doctor"].before}.items():
        (office.root / name).write_text(text, encoding="utf-8")
    office.write(made(1, ref="8"), made(2, "done", ref="5@2025-06"))


@pytest.mark.slow
@pytest.mark.parametrize("name", LOCKERS)
@pytest.mark.parametrize("error", ["ENOLCK", "EOPNOTSUPP"])
def test_a_lock_that_fails_is_told_and_nothing_is_written(
    error: str, name: str, office: Office
) -> None:
    """As on a network drive without locks."""
    prepared(office)
    if name == "fix-journal":
        office.journal.write_bytes(b"<<<<<<< HEAD\n" + office.journal.read_bytes())
    before = content(office)

    done, calls = traced(office, *LOCKERS[name], inject=f"flock:error={error}")

    assert any(call.name == "flock" for call in calls)
    assert done.returncode == FAILS.get(name, 2)
    assert re.fullmatch(r"(parplan: cannot lock .*; nothing was written\n)+", done.stderr)
    assert content(office) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDERS)
def test_a_record_is_whole_or_not_there(name: str, office: Office) -> None:
    """Killed or refused when the line is written, when it is flushed, and just after."""
    prepared(office)
    before = office.journal.read_bytes()
    first = office.run(*RECORDERS[name])  # makes what is made once
    assert first.returncode == 0, first.stderr
    write_ahead(office.journal, before)
    done, calls = traced(office, *RECORDERS[name])
    assert done.returncode == 0, done.stderr
    (line,) = [
        candidate
        for candidate in calls
        if candidate.name == "write" and ', "- {' in candidate.arguments
    ]
    flushed = next(
        candidate for candidate in calls[calls.index(line) :] if candidate.name == "fsync"
    )

    for call, what, is_there in (
        (line, "signal=SIGKILL", False),
        (line, "error=ENOSPC", False),
        (flushed, "signal=SIGKILL", True),
        (flushed, "error=EIO", False),
    ):
        write_ahead(office.journal, before)
        strike = f"{call.name}:{what}:when={call.when}"
        done, _ = traced(office, *RECORDERS[name], inject=strike)
        data = office.journal.read_bytes()
        assert "Recorded" not in done.stdout
        assert "Traceback" not in done.stderr
        assert data.startswith(before)
        added = data[len(before) :]
        assert re.fullmatch(rb"- [^\n]*\n" if is_there else rb"", added), (what, added)


def test_a_lock_file_that_a_crash_left_is_no_obstacle(office: Office) -> None:
    (office.root / ".parplan").mkdir()
    (office.root / ".parplan" / "lock").write_text("4711")

    assert "plan/2025.yaml" in office.say(*WRITERS["amend"].words)


@pytest.mark.parametrize("name", ["amend", "new", "report-force", "export-force"])
def test_the_clock_set_back_changes_nothing(name: str, office: Office) -> None:
    """All that is there comes from the future."""
    laid_out(office, WRITERS[name])
    for path in office.root.rglob("*"):
        os.utime(path, (4e9, 4e9))

    office.say(*WRITERS[name].words)
    office.say("note", "8", "sau")

    assert [record.text for record in office.records()] == ["", "sau"]


# The plan that is kept, which every command writes that reads one.


@pytest.mark.slow
@pytest.mark.parametrize("words", [("due", "--month", "6"), ("show", "4")])
def test_no_fault_of_the_cache_changes_an_answer(words: Sequence[str], office: Office) -> None:
    cache = office.root / ".parplan"
    expected = office.process(*words, env=ENGLISH).stdout
    shutil.rmtree(cache)
    done, calls = traced(office, *words)
    assert done.stdout == expected
    calls = [call for call in calls if not call.is_output]
    assert {"write", "rename"} <= {call.name for call in calls}

    for call in calls:
        for what in ("signal=SIGKILL", *(f"error={error}" for error in failing(call))):
            shutil.rmtree(cache)
            done, _ = traced(office, *words, inject=f"{call.name}:{what}:when={call.when}")
            if what != "signal=SIGKILL":
                assert (done.returncode, done.stdout, done.stderr) == (0, expected, ""), call
            cache.mkdir(exist_ok=True)
            again = office.run(*words, env=ENGLISH)
            assert (again.returncode, again.stdout, again.stderr) == (0, expected, ""), call


@pytest.mark.slow
def test_a_full_disk_keeps_nobody_from_reading(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected = office.say("due", "--month", "6", env=ENGLISH)
    folder = tmp_path_factory.mktemp("đĩa đầy")
    with mounted(folder):
        shutil.copytree(office.root / "plan", folder / "plan")
        there = Office(folder, office.env, run_warm)
        with (folder / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(b"x" * 512)

        for _time in range(2):
            assert there.say("due", "--month", "6", env=ENGLISH) == expected
        assert "2025.plan" not in {path.name for path in folder.rglob("*")}


# Every command that writes is in one of the tables.

WRITING = re.compile(
    r"files\.(create|replace|keep|put)|draft_files\.(put|replace)|git\.(commit|init)|apply_fix"
    r"|git_tree\.\w+|sync_with_repository|exchange_with_folder|(\w+\.)*workspace\.(append|rewrite_plan|fix_journal|take_over|writing)"
    r"|.*\.(chmod|unlink|mkdir|write_bytes|write_text|touch)"
)
WRITES_ITSELF = {
    *("workspace.append", "workspace.files", "workspace.lock", "workspace.draft_files"),
    *("workspace.git_setup", "doctor.fix", "workspace.libreoffice", "commands.init"),
    *("cli.completion", "cli.editor", "cli.streams", "commands.help", "rollup.cache"),
    *("workspace.git_process", "workspace.git_tree"),
}
"""Modules that write by themselves: to a file, or, as ``cli``, to the null device."""

PRIMITIVE = re.compile(
    r"os\.(open|write|link|utime|ftruncate|mkdir|makedirs|rename|replace|remove|unlink|symlink)"
    r"|shutil\.\w+(?<!which)(?<!get_terminal_size)|tempfile\.\w+"
    r"|.*\.(chmod|unlink|mkdir|rmdir|touch|write_bytes|write_text|symlink_to|hardlink_to)"
)
PACKAGE = Path(files.__file__).parents[1]


def functions(tree: ast.Module) -> dict[str, set[str]]:
    """Return what each function of a module calls, methods of classes included."""
    return {
        node.name: {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def writing_functions() -> set[tuple[str, str]]:
    """Return the functions of commands that write, with their modules: by calling one that does."""
    trees = {
        path.stem: ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("cli", "commands")
        for path in (PACKAGE / folder).glob("*.py")
    }
    writers: set[tuple[str, str]] = set()
    before = -1
    while len(writers) > before:
        before = len(writers)
        for module, parsed in trees.items():
            names = {name for home, name in writers if home == module}
            names |= {f"{home}.{name}" for home, name in writers}
            for node in ast.walk(parsed):
                if isinstance(node, ast.ImportFrom):
                    home = (node.module or "").rpartition(".")[2]
                    names |= {alias.name for alias in node.names if (home, alias.name) in writers}
            for name, called in functions(parsed).items():
                if called & names or any(map(WRITING.fullmatch, called)):
                    writers.add((module, name))
    return writers


def test_every_command_that_writes_is_struck() -> None:
    writers = writing_functions()
    writing = {
        name
        for name, entry in COMMANDS.items()
        for callback in [import_module(f"parplan.commands.{entry.module}").CALLBACKS[name]]
        if (entry.module, callback.__name__) in writers
    }
    two_words = {name.partition(" ")[0] for name in COMMANDS if " " in name}
    struck = {
        " ".join(command.words[: 2 if command.words[0] in two_words else 1])
        for command in WRITERS.values()
    }

    assert {*struck, *RECORDERS, *ELSEWHERE} == writing


def test_only_these_modules_write_by_themselves() -> None:
    modules = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in PACKAGE.rglob("*.py")
        for called in functions(ast.parse(path.read_text(encoding="utf-8"))).values()
        if any(map(PRIMITIVE.fullmatch, called))
    }

    assert modules == WRITES_ITSELF


@pytest.mark.slow
def test_git_that_is_killed_breaks_nothing(office: Office, tmp_path: Path) -> None:
    """Each of the git programs behind 'commit', at calls from its beginning to its end."""
    office.begin()
    office.journal.write_bytes(lines(made(1, ref="8"), made(2, ref="8")))
    begun = shutil.copytree(office.root, tmp_path / "begun")
    done, gits = traced_gits(office, "commit")
    assert done.returncode == 0
    moves = [
        (number, call)
        for number, calls in gits.items()
        for call in calls
        if call.name.startswith(("rename", "link", "unlink"))
    ]
    assert len({number for number, _call in moves}) >= 2

    for number, call in moves:
        shutil.rmtree(office.root)
        shutil.copytree(begun, office.root)
        before = content(office)
        kill = f"{call.name}:signal=SIGKILL:when={call.when}"
        done, _ = traced_gits(office, "commit", only=number, inject=kill)
        assert "Traceback" not in done.stderr, call
        state = {name: data for name, data in content(office).items() if "/.git/" not in name}
        assert state == {name: data for name, data in before.items() if "/.git/" not in name}, call
        for lock in (office.root / ".git").rglob("*.lock"):  # as git asks for
            lock.unlink()
        office.git("fsck", "--strict", "--no-dangling")
        office.say("commit")
        assert office.git("status", "--porcelain", "plan") == "", call
        assert office.git("show", f"HEAD:{JOURNAL}").encode() == office.journal.read_bytes(), call
