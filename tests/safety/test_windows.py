"""What parplan does on Windows, as far as it can be told elsewhere.

The code names nothing that Windows lacks, files come with CRLF and paths with backslashes,
the output is UTF-8 whatever the console speaks, and a file that is open elsewhere is waited for.
"""

from __future__ import annotations

import ast
import contextlib
import datetime as dt
import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from parplan import i18n
from parplan.cli import streams
from parplan.problem import UserError
from parplan.render.document import ooxml
from parplan.render.export import workbook
from parplan.workspace import files, lock
from tests.helpers.office import AUTHOR, JOURNAL, Office, lines, made

PACKAGE = Path(files.__file__).parents[1]
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

ELSEWHERE = ("sys.platform == 'linux'", "sys.platform != 'win32'")
"""Conditions of what is for other systems alone."""


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    return Office(workspace, environment)


# The code.


def at_the_top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what runs when a module is imported on Windows."""
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) in ELSEWHERE:
            yield from at_the_top(node.orelse)
        elif isinstance(node, ast.If) and "win32" in ast.unparse(node.test):
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
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "sys.platform == 'win32'":
            node.orelse = []  # for other systems
        elif isinstance(node, ast.If) and ast.unparse(node.test) in ELSEWHERE:
            node.body = []
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
    ("text", "unfit_parts"),
    [
        pytest.param("import fcntl", {"fcntl"}, id="module"),
        pytest.param("try:\n    from pwd import getpwuid\nexcept E:\n    pass", {"pwd"}, id="from"),
        pytest.param("import os\ndef f(): os.fork()", {"fork"}, id="call"),
        pytest.param(
            "if sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl",
            set(),
            id="other-systems",
        ),
        pytest.param(
            "if sys.platform == 'linux':\n    import resource\n    os.fork()", set(), id="linux"
        ),
        pytest.param(
            "if sys.platform == 'linux':\n    pass\nelse:\n    os.fork()", {"fork"}, id="not-linux"
        ),
        pytest.param(
            "if sys.platform == 'win32':\n    os.fork()\nelse:\n    os.killpg(1, 9)",
            {"fork"},
            id="call-on-other-systems",
        ),
    ],
)
def test_what_windows_lacks_is_found(text: str, unfit_parts: set[str]) -> None:
    assert unfit(text) == unfit_parts


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

    def refuse(source: Path, path: Path) -> Path:
        if next(refused, None) is not None:
            raise PermissionError(13, "Access is denied")
        return rename(source, path)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(files, "_rename_at_once", lambda *_rename: False)
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize("times", [0, 1, 5])
def test_a_file_that_is_open_elsewhere_is_waited_for(
    times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2025.yaml"
    path.write_bytes(b"old")
    waited = busy(times, monkeypatch)

    files.replace(path, b"new", b"old")

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

    with pytest.raises(UserError, match="cannot write"):
        files.replace(path, b"new", b"old")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


class RefusalOfWindows(PermissionError):
    """What Python makes there of a refusal: one number of its own, and that of Windows."""

    winerror: int


def refusal_of_windows(number: int) -> OSError:
    error = RefusalOfWindows(13, "Permission denied")
    error.winerror = number
    return error


@contextlib.contextmanager
def in_word(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Open ``path`` as Word does: nobody else gets it inside the block."""
    if sys.platform == "win32":
        import _winapi

        handle = _winapi.CreateFile(
            str(path), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0
        )
        yield
        _winapi.CloseHandle(handle)
        return
    violation = refusal_of_windows(32)
    real = Path.open

    def open_path(self: Path, *args: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(files, "_refusal", lambda _path: violation)
        patch.setattr(Path, "open", open_path)
        yield


def test_a_file_that_is_open_in_word_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.say("export", "xlsx")
    book = office.root / "parplan-2025.xlsx"
    before = book.read_bytes()

    with in_word(book, monkeypatch):
        complaint = office.run("export", "xlsx", "--force").stderr

    assert "parplan-2025.xlsx: tệp đang mở trong Word, Excel hoặc chương trình khác" in complaint
    assert "hãy đóng lại" in complaint
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        pytest.param(32, "it is open in Word, Excel or another program", id="sharing"),
        pytest.param(206, "the name is too long", id="long-path"),
        pytest.param(362, "it lies in the cloud alone; have OneDrive", id="onedrive"),
        pytest.param(388, "it lies in the cloud alone; have OneDrive", id="onedrive-offline"),
        pytest.param(5, "no permission", id="forbidden"),
    ],
)
def test_reasons_of_windows_are_told(number: int, reason: str) -> None:
    with i18n.speaking("en"):
        assert i18n.os_reason(refusal_of_windows(number)).startswith(reason)


def test_nul_is_no_terminal(office: Office) -> None:
    """A scheduled job has it for its input; Windows counts it among the terminals."""
    ended = office.process("note", "8", env={"EDITOR": "notepad", "PARPLAN_LANG": "en"})

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "nothing to record: give a text" in ended.stderr
    with open(os.devnull) as nul:  # noqa: PTH123
        assert not streams.is_terminal(nul)


def test_what_is_kept_goes_by_no_time_of_creation(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Path(__file__).stat()
    monkeypatch.setattr(os, "name", "nt")

    assert files.changed_at(seen) == 0


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

    plain, other = office.run(*words), office.process(*words, env=console)

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
    piped = office.process("note", "8", "-", stdin="đã gửi giấy mời\r\n".encode(), env=console)
    typed = office.process("note", "8", "đã nhận", env=console)

    assert (piped.returncode, typed.returncode) == (0, 0), piped.stderr + typed.stderr
    assert [record.text for record in office.records()] == ["đã gửi giấy mời", "đã nhận"]
    assert {record.by for record in office.records()} == {AUTHOR}


def test_a_line_ends_alike_in_files_and_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python there makes each line end two letters."""
    pipes = [io.TextIOWrapper(io.BytesIO(), newline="\r\n") for _number in range(2)]
    monkeypatch.setattr(sys, "stdout", pipes[0])
    monkeypatch.setattr(sys, "stderr", pipes[1])

    streams.prepare()
    for pipe in pipes:
        pipe.write("một\nhai\n")
        pipe.flush()

    written = [pipe.buffer.getvalue() for pipe in pipes]
    assert written == ["một\nhai\n".encode()] * 2


def test_documents_have_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive says which system it was made on."""
    book, document = a_book(), ooxml.same_bytes(a_document())
    monkeypatch.setattr(sys, "platform", "win32")

    other = a_document()

    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        assert archive.infolist()[0].create_system == 0
    assert a_book() == book
    assert ooxml.same_bytes(other) == document


def a_book() -> bytes:
    book = workbook.Book("Kế hoạch", "An", dt.date(2025, 6, 20))
    book.sheet("Một", 1).write_string(0, 0, "đã xong")
    return book.bytes()


def a_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "docProps/core.xml"):
            archive.writestr(zipfile.ZipInfo(name), "<a/>")
    return out.getvalue()


def test_a_workspace_with_crlf_is_read_and_written(office: Office) -> None:
    plan = office.root / "plan" / "2025.yaml"
    answers = office.say("due", "--month", "6"), office.say("list"), office.say("check")
    crlf = plan.read_bytes().replace(b"\n", b"\r\n")
    plan.write_bytes(crlf)
    office.journal.write_bytes(lines(made(1, ref="8")).replace(b"\n", b"\r\n"))

    assert (office.say("due", "--month", "6"), office.say("list")) == answers[:2]
    office.say("note", "8", "sau")

    assert [record.ref for record in office.records()] == ["8", "8"]
    assert office.last().text == "sau"
    assert plan.read_bytes() == crlf
    assert "2025.journal.yaml" in office.say("check")


@pytest.mark.parametrize("argument", [r"reports\a b\giấy mời.pdf", r".\reports\a b\giấy mời.pdf"])
def test_evidence_named_with_backslashes_is_kept_with_slashes(
    argument: str, office: Office
) -> None:
    file = office.root / "reports" / "a b" / "giấy mời.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF")

    office.say("note", "8", "x", "--file", argument)

    (line,) = office.journal.read_text(encoding="utf-8").splitlines()
    assert json.loads(line[2:])["evidence"] == [{"file": "reports/a b/giấy mời.pdf"}]
    assert JOURNAL in office.say("check")


# Line ends, marks at the beginning, and encodings that editors there choose by themselves.

BOM = b"\xef\xbb\xbf"
AMENDS = (
    ["superior", "--to", "UBND thành phố", "--from", "1/7/2025"],
    ["task", "20", "--drop", "--from", "1/7/2025"],
    ["task", "4", "--deadline", "Tháng 12/2025", "--from", "1/7/2025"],
)


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def half_crlf(data: bytes) -> bytes:
    """As a file becomes when two programs edit it, or git merges it."""
    lines = data.split(b"\n")
    middle = len(lines) // 2
    return b"\r\n".join(lines[:middle]) + b"\r\n" + b"\n".join(lines[middle:])


@pytest.mark.parametrize("words", AMENDS, ids=lambda words: words[0] + words[1])
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(with_crlf, id="crlf"),
        pytest.param(half_crlf, id="half-crlf"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n", 1), id="one-crlf"),
        pytest.param(lambda data: data.replace(b"\n", b"\r"), id="cr"),
        pytest.param(lambda data: BOM + with_crlf(data), id="bom"),
        pytest.param(lambda data: "# a\x85# b\u2028# c\n".encode() + data, id="other-breaks"),
    ],
)
def test_an_edited_plan_keeps_its_line_ends(
    spoil: Callable[[bytes], bytes], words: list[str], office: Office
) -> None:
    """The same edit as in a plan with plain ends, and every line that was there as it was."""
    path = office.root / "plan" / "2025.yaml"
    plain = path.read_bytes()
    office.say("amend", *words)
    edited = path.read_bytes()
    path.write_bytes(spoil(plain))

    office.say("amend", *words)

    data = path.read_bytes()
    assert data.startswith(BOM) is spoil(plain).startswith(BOM)
    left = data.removeprefix(BOM).decode().splitlines()
    assert left[-len(edited.decode().splitlines()) :] == edited.decode().splitlines()
    unchanged = set(plain.decode().splitlines()) & set(edited.decode().splitlines())
    before = {line for line in spoil(plain).splitlines(keepends=True) if content(line) in unchanged}
    assert before <= set(data.splitlines(keepends=True))


def content(line: bytes) -> str:
    return line.removeprefix(BOM).decode().rstrip("\r\n")


@pytest.mark.parametrize(
    "path", ["plan/2025.yaml", "plan/2025.index.yaml", "templates/report.md.j2", JOURNAL]
)
@pytest.mark.parametrize("spoil", [with_crlf, half_crlf, lambda data: BOM + with_crlf(data)])
def test_line_ends_and_marks_change_no_answer(
    spoil: Callable[[bytes], bytes], path: str, office: Office
) -> None:
    office.say("score", "example")
    office.say("init", "--templates", "--no-git")
    office.write(made(1, ref="8", text="x"), made(2, "done"), made(3, ref="9"))
    asked = (
        ["due", "--format", "json"], ["check"], ["score", "--format", "json"], ["log"],
        ["report", "--month", "6", "--format", "md", "-o", "-"],
    )  # fmt: skip
    answers = [office.say(*words) for words in asked]
    file = office.root / path

    file.write_bytes(spoil(file.read_bytes()))

    assert [office.say(*words) for words in asked] == answers


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("plan/2025.yaml", "    requirement:", "    requiremen:", "unknown-key"),
        ("plan/2025.index.yaml", "points:", "pionts:", "unknown-key"),
    ],
)
@pytest.mark.parametrize("spoil", [with_crlf, half_crlf, lambda data: BOM + with_crlf(data)])
def test_a_fault_has_the_same_place_whatever_the_line_ends(
    spoil: Callable[[bytes], bytes], path: str, old: str, new: str, place: str, office: Office
) -> None:
    office.say("score", "example")
    file = office.root / path
    text = file.read_text(encoding="utf-8")
    head, separator, rest = text.rpartition(old)
    assert separator
    plain = (head + new + rest).encode()
    file.write_bytes(plain)
    complaints = office.run("check").stderr
    assert place in complaints

    file.write_bytes(spoil(plain))

    assert office.run("check").stderr == complaints


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("name", ["plan/2025.yaml", "plan/2025.index.yaml", JOURNAL])
def test_another_encoding_is_told_once(name: str, encoding: str, office: Office) -> None:
    if name == JOURNAL and encoding != "utf-16":
        return  # told line by line: half of it may be ours
    office.say("score", "example")
    office.write(made(1, ref="8", text="đã gửi"))
    path = office.root / name
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding, "replace"))
    before = path.read_bytes()

    done = office.run("check", env={"PARPLAN_LANG": "en"})

    assert done.returncode == 1
    (line,) = [text for text in done.stderr.splitlines() if "[not-utf8]" in text]
    assert line.startswith(f"{name}:")
    assert "save it again with the encoding 'UTF-8'" in line
    if name == JOURNAL:
        assert "is not UTF-8 text" in office.refuse("note", "8", "x")
    assert path.read_bytes() == before


def test_plain_letters_in_another_encoding_are_told(office: Office) -> None:
    (office.root / "plan" / "2026.yaml").write_bytes("schema: 1\n".encode("utf-16-le"))

    assert "2026.yaml:1:2: " in (error := office.run("check", "--year", "2026").stderr)
    assert "[not-utf8]" in error
