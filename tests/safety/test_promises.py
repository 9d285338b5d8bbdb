"""The promises of the README are kept: each names tests that exist, and the last two are here.

Whatever command runs, it opens no connection, reads nothing of anybody else's, and writes
into the workspace alone.  strace watches every process that a command starts.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from parplan.cli.command_table import COMMANDS
from parplan.journal.record import Evidence
from tests.helpers.office import Office, lacking, made
from tests.helpers.running import PATIENCE, run_process

ROOT = Path(__file__).parents[2]
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CSV = "STT,Nội dung,Thời hạn hoàn thành,Đơn vị thực hiện\n1,Rà soát văn bản,Quý I/2026,Tư pháp\n"

COMMAND_LINES = (
    "due --month 6", "due --format json", "list bao cao", "show 1", "status", "status 2025-Q2",
    "rollup", "rollup --by task", "rollup due", "rollup xlsx", "rollup board", "rollup report",
    "board", "note 8 x --file reports/proof.txt", "start 9", "done 4@2025-06", "pause 2",
    "cancel 6@2025-08", "reopen 6@2025-08", "directive 12 --due 2025-11-15", "undo",
    "note 8 y", "edit 8 x", "log",
    "sheet", "record ghi-chep.txt --yes",
    "report --month 6 --format md --format docx --format html", "document", "reminder", "digest",
    "report --month 6 --take-notes --yes",
    "score example", "score", "score risk", "score gaps", "score report",
    "score xlsx", "evidence", "forms example", "forms --quarter 2",
    "forms set 3/1.1@Q2 5", "forms sheet --quarter 2", "forms record so-lieu.csv --yes",
    "forms report", "forms xlsx",
    "export xlsx", "export ics", "export csv", "export json",
    "check", "explain Quý-II", "diff", "commit", "sync", "exchange ../stick",
    "new 2026 --superior X", "init --hook",
    "amend task 20 --drop --from 2025-07-01 --by QĐ", "document --amendment QĐ",
    "import nhiem-vu.csv --year 2027",
    "log --revisions", "doctor", "schema due", "help", "help due", "settings",
    "--help", "--version", "--lang vi",
)  # fmt: skip
"""What is watched; those of commands that are not there are left out."""

# Runs every command in one process, as long a time as one needs to start.
ALL = """
import sys
from parplan.cli.app import main
for line in sys.argv[1:]:
    try:
        main(line.split())
    except SystemExit as end:
        print(f"== {line}: {end.code}", file=sys.stderr)
"""
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
CALL = re.compile(r"(?:\d+ +)?(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\w+)")
WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")
CHANGING = {
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink"),
    *("unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmodat", "truncate", "creat"),
}
DEVICES = {"/dev/null", "/dev/tty"}
NOT_FOLLOWING = {
    "lstat",
    "readlink",
    "readlinkat",
    "rename",
    "unlink",
    "unlinkat",
    "link",
    "linkat",
}
LINKS = (
    *("lạ", "lạ.json", "plan/lạ.yaml", "reports/lạ", "reports/lạ.md", "templates/lạ.md.j2"),
    "../stick/reports/lạ",
)
"""Links that lead out of the workspace, or of the folder to exchange by."""

EVIDENCE = Evidence(file="reports/lạ/a.pdf")


class Seen(msgspec.Struct):
    """What was seen of the commands: calls with the paths that they name, and connections."""

    reads: set[Path]
    writes: set[Path]
    connections: list[str]
    answers: dict[str, int]
    followed: list[str] = []


def words_of(line: str) -> str:
    return line.split(maxsplit=1)[0]


KNOWN = {name.partition(" ")[0] for name in COMMANDS}
LINES = [line for line in COMMAND_LINES if line.startswith("-") or words_of(line) in KNOWN]


def test_every_command_is_watched() -> None:
    assert {words_of(line) for line in LINES if not line.startswith("-")} == KNOWN


# What the README names is there.


def promises() -> list[str]:
    """Return the promises of the README, a text each."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = text.partition("\n## What it promises\n")[2].partition("\n## ")[0]
    return [" ".join(item.split()) for item in re.split(r"^- ", listed, flags=re.MULTILINE)[1:]]


def test_the_five_promises_are_made() -> None:
    text = " ".join(promises()).casefold()

    for words in (
        "acknowledged is on the disk",
        "nothing a person wrote is overwritten",
        "every fault names its place",
        "no file outside the workspace",
        "no network",
    ):
        assert words in text


@pytest.mark.parametrize("promise", promises(), ids=lambda text: re.sub(r"\W+", "-", text[:40]))
def test_a_promise_names_tests_that_exist(promise: str) -> None:
    named = TEST.findall(promise)

    assert named
    for file, function in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert any(name.startswith("test_") for name in there), file
        assert not function or function in there, f"{file}::{function}"


# No network, no file outside.


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Return what strace saw while every command ran in one workspace."""
    if not shutil.which("strace"):
        lacking("strace is not installed")
    folder = tmp_path_factory.mktemp("watched")
    office = furnished(folder)
    log = folder / "strace.log"
    watch = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%file,%network", "-o", str(log)]
    done = subprocess.run(
        [*watch, sys.executable, "-c", ALL, *LINES],
        cwd=office.root,
        env=office.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if "strace: " in done.stderr:
        lacking(f"strace cannot trace here: {done.stderr}")
    answers = {
        line: int(code) for line, code in re.findall(r"^== (.+): (\d+)$", done.stderr, re.MULTILINE)
    }
    report = Seen(set(), set(), [], answers)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        note(line, office.root, report)
    return report


def furnished(folder: Path) -> Office:
    """Return an office in a repository, in a folder beside which other people's files lie."""
    root = folder / "office"
    (root / "plan").mkdir(parents=True)
    (root / "reports").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", root / "plan" / "2025.yaml")
    (root / "reports" / "proof.txt").write_text("x", encoding="utf-8")
    (root / "nhiem-vu.csv").write_text(CSV, encoding="utf-8")
    (root / "ghi-chep.txt").write_text("8: đã kiểm tra\n", encoding="utf-8")
    (root / "so-lieu.csv").write_text("Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n", encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    for place in (folder, home):
        (place / "private.txt").write_text("private", encoding="utf-8")
    inherited = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    variables = {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    office = Office(root, {**inherited, **variables}, run_process)
    office.begin()
    office.write(made(1, ref="8", evidence=(EVIDENCE,)))
    (folder / "elsewhere").mkdir()
    for link in LINKS:
        (root / link).parent.mkdir(parents=True, exist_ok=True)
        (root / link).symlink_to(folder / "elsewhere" / Path(link).suffix)
    # Where it is shared, as far as a test may go; it has no network.
    office.git("init", "--quiet", "--bare", str(root / "reports" / "chung.git"))
    office.git("remote", "add", "origin", str(root / "reports" / "chung.git"))
    return office


def note(line: str, root: Path, report: Seen) -> None:
    """Take in one line of strace's log."""
    call = CALL.match(line)
    if call is None:
        return
    name, arguments = call["name"], call["arguments"]
    if name in ("socket", "connect", "bind", "listen", "sendto") and "AF_INET" in arguments:
        report.connections.append(line)
    paths = [root / unescaped(text) for text in QUOTED.findall(arguments)]
    if name == "execve":
        paths = paths[:1]  # the rest are words
    if follows(name, arguments, [*normal(set(paths))], root):
        report.followed.append(line)
    if call["result"].startswith("-"):
        return
    if name in CHANGING:
        report.writes.update(paths)
    elif name.startswith("open"):
        kind = report.writes if WRITING.search(arguments) else report.reads
        kind.update(paths[:1])


def follows(name: str, arguments: str, paths: list[Path], root: Path) -> bool:
    """Tell whether the system goes through one of the ``LINKS`` for that call."""
    links = [*normal({root / link for link in LINKS})]
    if name in NOT_FOLLOWING or "NOFOLLOW" in arguments:
        paths = [path.parent for path in paths]
    return any(path.is_relative_to(link) for path in paths for link in links)


def normal(paths: set[Path]) -> Iterator[Path]:
    """Yield ``paths`` without ``..``, as the system found them."""
    for path in paths:
        yield Path(os.path.normpath(path))


def unescaped(text: str) -> str:
    return text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1").decode()


@pytest.mark.parametrize(
    ("line", "writes", "reads", "connections"),
    [
        pytest.param('7 openat(AT_FDCWD, "../a", O_RDONLY) = 3', 0, 1, 0, id="read"),
        pytest.param('openat(AT_FDCWD, "/a", O_RDWR|O_CREAT, 0666) = 3', 1, 0, 0, id="write"),
        pytest.param('openat(AT_FDCWD, "/a", O_RDONLY) = -1 ENOENT (x)', 0, 0, 0, id="absent"),
        pytest.param('7 rename("a", "../b") = 0', 2, 0, 0, id="rename"),
        pytest.param("7 socket(AF_INET6, SOCK_STREAM, 0) = 3", 0, 0, 1, id="socket"),
        pytest.param(
            "connect(3, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 ECONNREFUSED (x)",
            *(0, 0, 1),
            id="connection",
        ),
        pytest.param("socket(AF_UNIX, SOCK_STREAM, 0) = 3", 0, 0, 0, id="this-machine"),
    ],
)
def test_what_would_break_a_promise_is_seen(
    line: str, writes: int, reads: int, connections: int
) -> None:
    report = Seen(set(), set(), [], {})

    note(line, Path("/w"), report)

    counts = len(report.writes), len(report.reads), len(report.connections)
    assert counts == (writes, reads, connections)
    assert report.reads <= {Path("/w/../a")}


@pytest.mark.slow
def test_every_command_ran(seen: Seen) -> None:
    assert list(seen.answers) == LINES
    assert [line for line, status in seen.answers.items() if status not in (0, 1)] == []


@pytest.mark.parametrize(
    ("line", "is_followed"),
    [
        ('newfstatat(AT_FDCWD, "la", {st_mode=S_IFLNK|0777}, AT_SYMLINK_NOFOLLOW) = 0', False),
        ('readlink("la", "../elsewhere", 4096) = 12', False),
        ('newfstatat(AT_FDCWD, "la", 0x7, 0) = -1 ENOENT (x)', True),
        ('newfstatat(AT_FDCWD, "../w/la/a", 0x7, AT_SYMLINK_NOFOLLOW) = -1 ENOENT (x)', True),
        ('7 openat(AT_FDCWD, "la/a", O_RDONLY) = 3', True),
        ('7 openat(AT_FDCWD, "lab", O_RDONLY) = 3', False),
    ],
)
def test_who_follows_a_link_is_seen(line: str, is_followed: bool) -> None:
    report = Seen(set(), set(), [], {})

    note(line.replace("la", r"l\341\272\241", 1), Path("/w"), report)

    assert bool(report.followed) is is_followed


@pytest.mark.slow
def test_no_command_follows_a_link_that_leads_out(seen: Seen) -> None:
    """On Windows that would call the machine that the link names."""
    assert seen.followed == []


@pytest.mark.slow
def test_no_command_opens_a_connection(seen: Seen) -> None:
    assert seen.connections == []


def root_of(seen: Seen) -> Path:
    """Return the workspace: what has a lock and is not the folder to exchange by."""
    (root,) = {
        path.parent.parent
        for path in normal(seen.writes)
        if path.name == "lock" and path.parent.name == ".parplan" and "stick" not in path.parts
    }
    return root


@pytest.mark.slow
def test_no_command_writes_outside_the_workspace(seen: Seen) -> None:
    written = set(normal(seen.writes))
    root = root_of(seen)

    assert root / ".parplan" / "lock" in written  # it would have been seen
    assert [
        path
        for path in written
        if not path.is_relative_to(root)
        and not path.is_relative_to(root.parent / "stick")  # which the command line names
        and str(path) not in DEVICES
    ] == []


@pytest.mark.slow
def test_no_command_reads_what_is_not_its_business(seen: Seen) -> None:
    """The workspace, the programs themselves and what the system gives to every program."""
    root = root_of(seen)
    ours = [
        root,
        root.parent / "stick",
        *(ROOT / name for name in ("parplan", "templates", "plan", "docs")),
    ]
    programs = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent]
    system = [Path(name) for name in ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc")]
    allowed = [*ours, *programs, *system, Path("/dev"), Path("/sys")]
    # Python looks into the folders that it imports from.
    folders = {ROOT, root.parent}

    read = {path for path in normal(seen.reads) if path not in folders}
    foreign = [path for path in read if not any(map(path.is_relative_to, allowed))]

    assert root / "plan" / "2025.yaml" in read
    assert foreign == []
