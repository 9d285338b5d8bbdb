"""What parplan does on Windows, as far as it can be told elsewhere.

The code names nothing that Windows lacks, files come with CRLF and paths with backslashes,
the output is UTF-8 whatever the console speaks, and a file that is open elsewhere is waited for.
"""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from parplan import files, lock
from parplan.problem import Refusal
from tests.journal_helpers import AUTHOR, JOURNAL, Office, lines, made

PACKAGE = Path(files.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
POSIX_ONLY = {
    *("fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"),
    *("crypt", "curses", "nis", "spwd"),
}
"""Modules of the standard library that Windows does not have."""

POSIX_CALLS = {
    *("fork", "forkpty", "getuid", "geteuid", "getgid", "chown", "lchown", "chroot", "mkfifo"),
    *("mknod", "setsid", "killpg", "sysconf", "statvfs", "nice", "uname", "getpgid", "wait3"),
}
"""Functions of ``os`` that Windows does not have."""


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


# The code.


def at_the_top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what runs when a module is imported on Windows."""
    for node in body:
        if isinstance(node, ast.If) and "win32" in ast.unparse(node.test):
            assert ast.unparse(node.test) == "sys.platform == 'win32'"
            yield from at_the_top(node.body)  # the other branch is for other systems
        elif isinstance(node, ast.If | ast.Try | ast.With):
            yield from at_the_top(node.body)
        else:
            yield node


def imported(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Import):
        return {name.name.partition(".")[0] for name in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return set()


def unfit(text: str) -> set[str]:
    """Return what a module of that ``text`` wants and Windows does not have."""
    tree = ast.parse(text)
    modules = {name for node in at_the_top(tree.body) for name in imported(node)} & POSIX_ONLY
    calls = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }
    return modules | calls & POSIX_CALLS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_wants_nothing_that_windows_lacks(path: Path) -> None:
    assert unfit(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("import fcntl", {"fcntl"}, id="module"),
        pytest.param("try:\n    from pwd import getpwuid\nexcept E:\n    pass", {"pwd"}, id="from"),
        pytest.param("import os\ndef f(): os.fork()", {"fork"}, id="call"),
        pytest.param(
            "if sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl",
            set(),
            id="other-systems",
        ),
    ],
)
def test_what_windows_lacks_is_found(text: str, found: set[str]) -> None:
    assert unfit(text) == found


def test_the_lock_has_a_way_for_windows() -> None:
    assert "import msvcrt" in Path(lock.__file__).read_text(encoding="utf-8")


# A file that is open elsewhere.


def busy(times: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Refuse to rename so many times, as Windows does while a program has the file open.

    Returns how long was waited each time, by and by.
    """
    waited: list[float] = []
    rename = Path.replace
    refused = iter(range(times))

    def refuse(made: Path, path: Path) -> Path:
        if next(refused, None) is not None:
            raise PermissionError(13, "Access is denied")
        return rename(made, path)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize("times", [0, 1, 5])
def test_a_file_that_is_open_elsewhere_is_waited_for(
    times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2025.yaml"
    path.write_bytes(b"old")
    waited = busy(times, monkeypatch)

    files.replace(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert len(waited) == times
    assert sum(waited) < 1


def test_a_file_that_stays_open_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2025.yaml"
    path.write_bytes(b"old")
    busy(1000, monkeypatch)

    with pytest.raises(Refusal, match="cannot write"):
        files.replace(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


# Files and words as they come there.

CONSOLES = [
    pytest.param({"PYTHONIOENCODING": "cp1258"}, id="vietnamese-code-page"),
    pytest.param({"PYTHONIOENCODING": "ascii:strict"}, id="ascii"),
    pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="no-locale"),
    pytest.param({"PYTHONLEGACYWINDOWSSTDIO": "1", "PYTHONIOENCODING": "cp437"}, id="old-console"),
]


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("words", [["due", "--month", "6"], ["log"], ["check"], ["--help"]])
def test_output_is_utf8_whatever_the_console_speaks(
    words: list[str], console: Mapping[str, str], office: Office
) -> None:
    office.write(made(1, text="đã gửi “giấy mời” – ½ €"))
    office.journal.write_bytes(office.journal.read_bytes() + b"- hong\n")

    plain, other = office.run(*words), office.run(*words, env=console)

    assert (other.returncode, other.stdout, other.stderr) == (
        plain.returncode,
        plain.stdout,
        plain.stderr,
    )
    assert not (plain.stdout + plain.stderr).isascii()


@pytest.mark.parametrize("console", CONSOLES)
def test_words_are_recorded_whatever_the_console_speaks(
    console: Mapping[str, str], office: Office
) -> None:
    piped = office.run("note", "8", "-", stdin="đã gửi giấy mời\r\n".encode(), env=console)
    typed = office.run("note", "8", "đã nhận", env=console)

    assert (piped.returncode, typed.returncode) == (0, 0), piped.stderr + typed.stderr
    assert [one.text for one in office.records()] == ["đã gửi giấy mời", "đã nhận"]
    assert {one.by for one in office.records()} == {AUTHOR}


def test_a_workspace_with_crlf_is_read_and_written(office: Office) -> None:
    plan = office.root / "plan" / "2025.yaml"
    answers = office.say("due", "--month", "6"), office.say("list"), office.say("check")
    crlf = plan.read_bytes().replace(b"\n", b"\r\n")
    plan.write_bytes(crlf)
    office.journal.write_bytes(lines(made(1, ref="8")).replace(b"\n", b"\r\n"))

    assert (office.say("due", "--month", "6"), office.say("list")) == answers[:2]
    office.say("note", "8", "sau")

    assert [one.ref for one in office.records()] == ["8", "8"]
    assert office.last().text == "sau"
    assert plan.read_bytes() == crlf
    assert "2025.journal.yaml" in office.say("check")


@pytest.mark.parametrize("given", [r"reports\a b\giấy mời.pdf", r".\reports\a b\giấy mời.pdf"])
def test_evidence_named_with_backslashes_is_kept_with_slashes(given: str, office: Office) -> None:
    file = office.root / "reports" / "a b" / "giấy mời.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF")

    office.say("note", "8", "x", "--file", given)

    (line,) = office.journal.read_text(encoding="utf-8").splitlines()
    assert json.loads(line[2:])["evidence"] == [{"file": "reports/a b/giấy mời.pdf"}]
    assert JOURNAL in office.say("check")
