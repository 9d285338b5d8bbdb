"""No program is started that somebody else put into the workspace or the working folder."""

from __future__ import annotations

import ast
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from parplan.problem import UserError
from parplan.workspace import programs
from tests.helpers.office import Office, on_terminal

ENGLISH = {"PARPLAN_LANG": "en"}
NAMES = (
    *("git", "soffice", "libreoffice", "sensible-editor", "vim", "nano", "vi", "notepad"),
    *("parplan", "sh"),
)
PACKAGE = Path(programs.__file__).parents[1]


@pytest.fixture
def bin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with git and a shell, and with no editor and no LibreOffice."""
    folder = tmp_path_factory.mktemp("bin")
    for name in ("git", "sh", "touch"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


@pytest.fixture
def office(workspace: Path, environment: dict[str, str], bin_folder: Path) -> Office:
    office = Office(workspace, {**environment, "PATH": str(bin_folder)})
    office.begin()
    return office


def plant(folder: Path, marks: Path) -> None:
    """Put programs into ``folder`` that leave a mark when they are started."""
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        program = folder / name
        program.write_text(f"#!/bin/sh\n: > {shlex.quote(str(marks / name))}\n", encoding="utf-8")
        program.chmod(0o755)


PLACES: dict[str, Callable[[Path, str], str]] = {
    "empty-first": lambda _root, path: f":{path}",
    "empty-last": lambda _root, path: f"{path}:",
    "empty-inside": lambda root, path: f"/nowhere::{path}",
    "dot": lambda _root, path: f".:{path}",
    "relative": lambda _root, path: f"tools:./tools:{path}",
    "working-folder": lambda root, path: f"{root}:{path}",
    "in-the-workspace": lambda root, path: f"{root / 'tools'}:{path}",
    "link-into-it": lambda root, path: f"{root.parent / (root.name + '-link')}:{path}",
    "nothing-else": lambda root, path: f":.:{root}",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_program_is_not_started(
    place: str, office: Office, bin_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    marks = tmp_path_factory.mktemp("marks")
    plant(office.root, marks)
    plant(office.root / "tools", marks)
    (office.root.parent / f"{office.root.name}-link").symlink_to(office.root / "tools")
    env = {**ENGLISH, "PATH": PLACES[place](office.root, str(bin_folder)), "PARPLAN_AUTHOR": ""}

    office.run("note", "8", "x", env=env)
    for words in (
        ["commit"],
        ["diff"],
        ["doctor"],
        ["log", "--revisions"],
        ["init", "--hook"],
        ["report", "--month", "6", "--format", "pdf"],
    ):
        office.run(*words, env=env)
    status, shown = on_terminal(office, "note", "8", env={**env, "EDITOR": "", "VISUAL": ""})

    assert (status, "no editor is installed" in shown) == (2, True)
    assert list(marks.iterdir()) == []


def test_what_git_starts_is_not_planted_either(
    office: Office, bin_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A hook of the user's own names its programs; git runs it in the workspace."""
    marks = tmp_path_factory.mktemp("marks")
    hooks = tmp_path_factory.mktemp("hooks")
    plant(office.root, marks)
    hook = hooks / "pre-commit"
    hook.write_text('#!/bin/sh\nvim\necho "$NoDefaultCurrentDirectoryInExePath" > ran\n')
    hook.chmod(0o755)
    settings = hooks / "settings"
    settings.write_text(f"[core]\nhooksPath = {hooks}\n")
    env = {"PATH": f".:{bin_folder}:", "GIT_CONFIG_GLOBAL": str(settings)}

    office.run("note", "8", "x")
    office.say("commit", env=env)

    assert (office.root / "ran").read_text() == "1\n"
    assert list(marks.iterdir()) == []


# The editor.


@pytest.fixture
def nano(bin_folder: Path) -> Path:
    program = bin_folder / "nano"
    program.write_text('#!/bin/sh\nfor file; do :; done\necho "$# $1" > "$file"\n')
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("command", "text"),
    [
        pytest.param("nano", "1 ", id="name"),
        pytest.param("nano --wait", "2 --wait", id="argument"),
        pytest.param("nano '--title=a b'", "2 --title=a b", id="quoted"),
        pytest.param("", "1 ", id="nothing-set"),
        pytest.param("FULL --wait", "2 --wait", id="full-path"),
    ],
)
def test_the_editor_with_its_arguments(command: str, text: str, office: Office, nano: Path) -> None:
    editor = command.replace("FULL", shlex.quote(str(nano)))

    status, shown = on_terminal(office, "note", "8", env={"EDITOR": editor, "VISUAL": ""})

    assert status == 0, shown
    assert office.last().text.startswith(text)


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        pytest.param("./vim", "a plain name or a full path, not one from here: ./vim", id="dot"),
        pytest.param("tools/vim -f", "not one from here: tools/vim -f", id="folder"),
        pytest.param("emacs", "the editor was not found on the PATH: emacs", id="absent"),
        pytest.param("vi 'a", "a quote is open in the editor's command: vi 'a", id="open-quote"),
    ],
)
def test_an_editor_that_is_refused(
    command: str, complaint: str, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    marks = tmp_path_factory.mktemp("marks")
    plant(office.root, marks)
    plant(office.root / "tools", marks)

    status, shown = on_terminal(office, "note", "8", env={**ENGLISH, "VISUAL": command})

    assert (status, complaint in shown) == (2, True), shown
    assert list(marks.iterdir()) == []
    assert not office.journal.exists()


# The rules of each system, in text.


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        pytest.param(r"C:\Windows;D:\git\cmd", [r"C:\Windows", r"D:\git\cmd"], id="full"),
        pytest.param(r'"C:\Program Files\Git"', [r"C:\Program Files\Git"], id="quoted"),
        pytest.param(r";.;..;bin;.\bin", [], id="relative"),
        pytest.param(r"\bin;/bin", [], id="of-the-drive-in-use"),
        pytest.param(r"C:;C:bin", [], id="of-the-drive-s-folder"),
    ],
)
def test_entries_of_a_path_on_windows(path: str, folders: list[str]) -> None:
    assert list(programs.absolute_entries(path, ";", PureWindowsPath)) == folders


def test_entries_of_a_path_elsewhere() -> None:
    path = ':.:bin:/usr/bin:"/opt":/usr/local/bin:'

    assert list(programs.absolute_entries(path, ":", PurePosixPath)) == [
        "/usr/bin",
        "/usr/local/bin",
    ]


@pytest.mark.parametrize(
    ("name", "batch", "names"),
    [
        pytest.param("git", False, ["git.com", "git.exe"], id="program"),
        pytest.param("code", True, ["code.com", "code.exe", "code.bat", "code.cmd"], id="batch"),
        pytest.param("notepad.EXE", True, ["notepad.EXE"], id="with-its-ending"),
        pytest.param("code.cmd", False, ["code.cmd.com", "code.cmd.exe"], id="no-batch"),
        pytest.param("a.b", True, ["a.b.com", "a.b.exe", "a.b.bat", "a.b.cmd"], id="dot"),
    ],
)
def test_names_of_a_program_on_windows(name: str, batch: bool, names: list[str]) -> None:
    endings = ".COM;.EXE;.BAT;.CMD;.VBS;.JS;.MSC"

    assert programs.filenames(name, endings, batch=batch) == names


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param(r"C:\np\np.exe -x", [r"C:\np\np.exe", "-x"], id="backslashes"),
        pytest.param(r'"C:\a b\np.exe" "-t x"', [r"C:\a b\np.exe", "-t x"], id="quoted"),
        pytest.param("code --wait # x", ["code", "--wait", "#", "x"], id="no-comment"),
    ],
)
def test_words_of_an_editor_on_windows(command: str, words: list[str]) -> None:
    assert programs.split_command(command, windows=True) == words


def test_a_command_that_is_a_word_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "''")

    with pytest.raises(UserError):
        programs.editor()


# Whoever starts a program asks there.

STARTS = {"workspace.git_process", "workspace.bounded", "cli.editor", "commands.help"}
STARTING = {
    *("shutil.which", "os.startfile", "os.system", "os.popen", "click.launch", "click.edit"),
    *("webbrowser.open", "subprocess.run", "subprocess.Popen", "subprocess.call"),
    *("subprocess.check_call", "subprocess.check_output", "subprocess.getoutput"),
}


def test_nothing_is_started_elsewhere() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        own = {
            name for name in called if name.startswith(("os.exec", "os.spawn", "os.posix_spawn"))
        }
        assert bool(called & STARTING or own) is (module in STARTS), module
        if module in STARTS:
            assert any(name.startswith("programs.") for name in called), module
