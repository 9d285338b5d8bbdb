"""Shells complete commands, options, tasks, occurrences, units and sections."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.helpers.office import JOURNAL, lacking, lines, made
from tests.helpers.running import PATIENCE, clean_environment, run_here

PARPLAN = Path(sys.executable).with_name("parplan")


def ask(shell: str, line: str, folder: Path) -> list[str]:
    """Return the lines that ``parplan`` answers a shell that completes the end of ``line``."""
    words = line.split(" ")
    environment = {
        **clean_environment(),
        "_PARPLAN_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
    }
    return run_here([], folder, environment).stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_gets_its_script(shell: str, run: Run) -> None:
    ended = run("--show-completion", shell)

    assert ended.returncode == 0
    assert "_PARPLAN_COMPLETE" in ended.stdout
    assert "parplan" in ended.stdout


@pytest.mark.parametrize(
    ("line", "some"),
    [
        pytest.param("parplan sh", "show", id="command"),
        pytest.param("parplan show 3", "35", id="task"),
        pytest.param("parplan note 4@", "4@6", id="occurrence"),
        pytest.param("parplan note 4@20", "4@2025-06", id="occurrence-in-full"),
        pytest.param("parplan note 1@Q", "1@Q2", id="quarter-of-a-task"),
        pytest.param("parplan due Q", "Q2", id="quarter"),
        pytest.param("parplan due T", "T6", id="month-with-its-letter"),
        pytest.param("parplan note 4@t", "4@T6", id="occurrence-with-its-letter"),
        pytest.param("parplan sheet ", "6", id="period-of-a-sheet"),
        pytest.param("parplan forms xlsx q", "Q2", id="period-of-forms"),
        pytest.param("parplan log --month ", "12", id="period-of-an-option"),
        pytest.param("parplan due --week W2", "W23", id="week"),
        pytest.param("parplan rollup --period Q", "Q2", id="period-of-offices"),
        pytest.param("parplan status h", "H1", id="small-letter"),
        pytest.param("parplan report 1", "12", id="month"),
        pytest.param("parplan due --unit tu", "tu-phap", id="unit"),
        pytest.param("parplan amend unit tu", "tu-phap", id="amended-unit"),
        pytest.param("parplan amend nhiem-vu 3", "35", id="amended-task"),
        pytest.param("parplan amend task 3 --to tu", "tu-phap", id="successor"),
        pytest.param("parplan list --section V", "VIII", id="section"),
        pytest.param("parplan due --mo", "--month", id="option"),
        pytest.param("parplan list --state pa", "paused", id="choice"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_what_is_completed(shell: str, line: str, some: str, workspace: Path) -> None:
    assert any(some in answer for answer in ask(shell, line, workspace))


@pytest.mark.parametrize(
    ("words", "current", "answer"),
    [
        # Bash breaks words at the sign, and puts the answer behind it.
        pytest.param(["note", "4", "@"], 3, ["6", "11"], id="sign"),
        pytest.param(["note", "4", "@", "20"], 4, ["2025-06", "2025-11"], id="behind-the-sign"),
        pytest.param(["note", "4", "@", "6", "--perc"], 5, ["--percent"], id="later-word"),
        pytest.param(["note", "4@1"], 2, ["4@11"], id="one-word"),
    ],
)
def test_bash_breaks_words_at_the_sign(
    words: list[str], current: int, answer: list[str], workspace: Path
) -> None:
    bash = shutil.which("bash")
    if bash is None:
        lacking("bash is not installed")
    script = (
        f'PATH="{PARPLAN.parent}:$PATH"; eval "$(parplan --show-completion bash)"; '
        f"COMP_WORDS=(parplan {' '.join(words)}); COMP_CWORD={current}; "
        "_parplan_completion parplan; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    ended = subprocess.run(
        [bash, "-c", script],
        cwd=workspace,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stdout.split() == answer


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        pytest.param("edit ", ["n3aaaaa", "n2aaaaa"], id="newest-first"),
        pytest.param("undo n2", ["n2aaaaa"], id="beginning"),
        pytest.param("edit x", [], id="none"),
    ],
)
def test_ids_of_records_that_count(line: str, ids: list[str], workspace: Path) -> None:
    records = [
        made(1, id="n1aaaaaaaaaa"),
        made(2, "done", id="n2aaaaaaaaaa", text="đã họp"),
        made(3, id="n3aaaaaaaaaa", replaces="n1aaaaaaaaaa"),
    ]
    (workspace / JOURNAL).write_bytes(lines(*records))
    answers = ask("bash", f"parplan {line}", workspace)

    assert re.findall(r"\bn[123]a+\b", " ".join(answers)) == ids


def test_no_plan_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert ask("bash", "parplan show 3", tmp_path) == []


QUESTIONS = [
    pytest.param({"_PARPLAN_COMPLETE": "ksh_complete"}, id="another-shell"),
    pytest.param({"_PARPLAN_COMPLETE": "bash_ask"}, id="another-question"),
    pytest.param({"_PARPLAN_COMPLETE": "bash"}, id="no-question"),
    pytest.param({"_PARPLAN_COMPLETE": "bash_complete"}, id="no-words"),
    pytest.param(
        {"_PARPLAN_COMPLETE": "bash_complete", "COMP_WORDS": "parplan ", "COMP_CWORD": "x"},
        id="no-number",
    ),
    # A script that Typer wrote for an older parplan evaluates in zsh what it is answered.
    pytest.param(
        {"_PARPLAN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "parplan show "},
        id="older-script",
    ),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_is_not_understood_gets_no_answer(
    question: dict[str, str], workspace: Path
) -> None:
    ended = run_here(["due"], workspace, {**clean_environment(), **question})

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")


def test_an_empty_question_is_none(workspace: Path) -> None:
    """PowerShell 7.5 leaves the variable empty where its script means to take it away."""
    if shutil.which(PARPLAN) is None:
        lacking("the script parplan is not installed")
    ended = subprocess.run(
        [PARPLAN, "--version"],
        cwd=workspace,
        env={**os.environ, "_PARPLAN_COMPLETE": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stdout.startswith("parplan ")


def install(shell: str, home: Path, workspace: Path) -> str:
    """Install the completion of ``shell`` for who has the home folder ``home``; return the end."""
    ended = run_here(
        ["--install-completion", shell],
        workspace,
        {**clean_environment(), "HOME": str(home), "USERPROFILE": str(home)},
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


@pytest.mark.parametrize(
    ("shell", "startup"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", "")]
)
def test_installing_adds_one_line_to_the_shells_own_file(
    shell: str, startup: str, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    before = b"alias ll='ls -l'  # \xff of an old locale, and no line end"
    if startup:
        (home / startup).write_bytes(before)

    install(shell, home, workspace)
    said = install(shell, home, workspace)

    (script,) = (path for path in home.rglob("*") if path.is_file() and path.name != startup)
    assert str(script) in said
    assert "_PARPLAN_COMPLETE" in script.read_text(encoding="utf-8")
    if startup:
        text = (home / startup).read_bytes()
        assert text.startswith(before + b"\n")
        assert text.count(b"\n") == 2


def test_powershell_is_told_what_to_type(run: Run) -> None:
    ended = run("--install-completion", "powershell")

    assert ended.returncode == 2
    assert "$PROFILE" in ended.stderr


# Whatever a title or a number holds, it is shown or typed, and nothing is run.

TOUCH = "touch${IFS}hit"  # without spaces, which a task's number cannot hold
HOSTILE = [
    f"$({TOUCH})",
    f"`{TOUCH}`",
    f"\\$({TOUCH})",
    f"\\\\$({TOUCH})",
    f"'$({TOUCH})'",
    f'"$({TOUCH})"',
    f"';{TOUCH};'",
    f'";{TOUCH};"',
    f"))';{TOUCH};'",
    f"]]:$({TOUCH}):",
    f"a:b\\:$({TOUCH})",
    f";{TOUCH}",
    f"&{TOUCH}",
    f"|{TOUCH}",
    f"<({TOUCH})",
    f"=({TOUCH})",
    f"({TOUCH})",
    f"{{{TOUCH},}}",
    f"${{(e):-$({TOUCH})}}",
    f"%{{$({TOUCH})%}}",
    f"!{TOUCH}",
    "*",
    "[a-z]?",
    "~root",
    "#x",
    "a,b",
    f"\u2018;{TOUCH};\u2019",
    "$env:PATH",
    "-n",
    "đ",
]


def hostile_workspace(root: Path) -> None:
    """Make a plan whose tasks have each hostile text in their titles, and once as a number."""
    tasks = [
        {
            "id": str(number),
            "title": f"NV{number} {text}\n{text}",
            "schedule": [{"continuous": True}],
        }
        for number, text in enumerate(HOSTILE, 100)
    ] + [
        {"id": f"9{number}{text}", "title": "Số hiệu", "schedule": [{"continuous": True}]}
        for number, text in enumerate(HOSTILE, 10)
    ]
    plan = {
        "schema": 1,
        "year": 2025,
        "issuer": "UBND phường",
        "document": {"type": "KH", "symbol": "KH-UBND", "title": "Kế hoạch", "place": "Phú La"},
        "effective_from": "2025-01-01",
        "units": [],
        "sections": [{"id": "I", "title": "Lĩnh vực", "tasks": tasks}],
    }
    (root / "plan").mkdir()
    (root / "plan" / "2025.yaml").write_text(json.dumps(plan), encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("text", HOSTILE)
def test_an_answer_is_quoted_for_its_shell(shell: str, text: str, tmp_path: Path) -> None:
    """What the shell reads back is what was meant; zsh and fish quote by themselves."""
    hostile_workspace(tmp_path)
    number = 10 + HOSTILE.index(text)
    lines = ask(shell, f"parplan show 9{number}", tmp_path)

    value = f"9{number}{text}"
    if shell == "bash":
        (line,) = lines
        assert line.startswith("plain,")
        assert shlex.split(line.removeprefix("plain,")) == [value]
    elif shell == "fish":
        assert lines == [f"plain,{value}\tSố hiệu"]
    elif shell == "zsh":
        escaped = value.replace("\\", "\\\\").replace(":", "\\:")
        assert lines == ["plain", escaped, "Số hiệu"]
    else:
        kind, quoted, _help = lines
        assert kind == "plain"
        assert from_powershell(quoted) == value


def from_powershell(word: str) -> str:
    """Return what PowerShell reads ``word`` as, by its rules for quoted and for bare words.

    about_Quoting_Rules; a bare word with any of the signs of about_Special_Characters is refused.
    """
    quotes = "'\u2018\u2019\u201a\u201b"
    if word[0] not in quotes:
        assert re.fullmatch(r"[\w.@:/+-]+", word), word
        return word
    inner = re.fullmatch(f"'((?:[^{quotes}]|([{quotes}])\\2)*)'", word)
    assert inner, word
    return re.sub(f"([{quotes}])\\1", r"\1", inner[1])


def test_an_answer_is_one_line_without_controls(tmp_path: Path) -> None:
    hostile_workspace(tmp_path)
    path = tmp_path / "plan" / "2025.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("NV100", "NV100\\u001b[2J\\r\\t\\u202e"), encoding="utf-8")

    kind, value, title = ask("zsh", "parplan show 100", tmp_path)

    assert (kind, value) == ("plain", "100")
    assert title.startswith("NV100\\x1b[2J \\u202e ")


BEGIN = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(parplan --show-completion bash)"'),
    "zsh": (
        ["-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(parplan --show-completion zsh)"',
    ),
    "fish": (["--no-config", "-i"], "parplan --show-completion fish | source"),
}


class Terminal:
    """A terminal with a shell in it, in the folder ``cwd``."""

    def __init__(self, command: list[str], cwd: Path) -> None:
        import pty  # systems without terminals of this kind run the other tests
        import termios

        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (60, 120))  # as many lines as a list has
        self.shown = ""
        self._asked = 0
        environment = {
            **clean_environment(),
            "PATH": os.pathsep.join((str(PARPLAN.parent), os.environ["PATH"])),
            "HOME": str(cwd),
            "LC_ALL": "C.UTF-8",
            "PS1": "> ",
        }
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            # Job control wants a terminal of its own; no thread runs here.
            preexec_fn=lambda: os.login_tty(theirs),  # noqa: PLW1509
        )
        os.close(theirs)

    def type(self, keys: str) -> None:
        """Press ``keys``."""
        os.write(self._ours, keys.encode())

    def enter(self, line: str) -> None:
        """Type ``line`` and Enter, and wait until it has ended."""
        self._asked += 1
        self.type(f"{line}\n")
        self.type(f"echo end''{self._asked}.\n")
        self.wait_for(f"end{self._asked}.")

    def wait_for(self, text: str) -> None:
        """Read what the terminal shows until ``text`` is there."""
        start = len(self.shown)
        while text not in self.shown[start:]:
            ready, _, _ = select.select([self._ours], [], [], 60)
            assert ready, f"{text!r} does not come: {self.shown!r}"
            self.shown += os.read(self._ours, 65536).decode("utf-8", "replace")

    def end(self) -> None:
        """End the shell."""
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._ours)


@pytest.mark.slow
@pytest.mark.parametrize("shell", BEGIN)
def test_a_real_shell_completes_and_runs_nothing(shell: str, tmp_path: Path) -> None:
    """Tab after "show" lists every title; each number is completed, entered, and found."""
    program = shutil.which(shell)
    if program is None:
        lacking(f"{shell} is not installed")
    hostile_workspace(tmp_path)
    (tmp_path / "plain,99'$(touch hit)'").touch()  # what a careless script expands "plain,*" to
    options, begin = BEGIN[shell]
    terminal = Terminal([program, *options], tmp_path)
    terminal.enter(begin)
    terminal.type("parplan show 1\t\t")
    terminal.wait_for("129")
    terminal.type("\x15")
    for number, _text in enumerate(HOSTILE, 10):
        terminal.enter(f"parplan show 9{number}\t")
    terminal.end()

    assert not list(tmp_path.rglob("*hit"))
    assert terminal.shown.count("Số hiệu") == len(HOSTILE), terminal.shown
