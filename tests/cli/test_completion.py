"""Shells complete commands, options, tasks, occurrences, units and sections."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.helpers.running import PATIENCE, clean_environment, run_here

PARPLAN = Path(sys.executable).with_name("parplan")


def ask(shell: str, line: str, folder: Path) -> list[str]:
    """Return what ``parplan`` answers a shell that completes the end of ``line``."""
    words = line.split(" ")
    environment = {
        **clean_environment(),
        "_PARPLAN_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return run_here([], folder, environment).stdout.split()


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
        pytest.param("parplan note 4@", "4@2025-06", id="occurrence"),
        pytest.param("parplan due --unit tu", "tu-phap", id="unit"),
        pytest.param("parplan list --section V", "VIII", id="section"),
        pytest.param("parplan due --mo", "--month", id="option"),
        pytest.param("parplan list --state pa", "paused", id="choice"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_what_is_completed(shell: str, line: str, some: str, workspace: Path) -> None:
    assert any(some in answer for answer in ask(shell, line, workspace))


def test_no_plan_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert ask("bash", "parplan show 3", tmp_path) == []


@pytest.mark.parametrize("question", ["complete_ksh", "ask_bash", "bash"])
def test_a_question_that_is_not_understood_gets_no_answer(question: str, workspace: Path) -> None:
    ended = subprocess.run(
        [PARPLAN, "due"],
        cwd=workspace,
        env={**os.environ, "_PARPLAN_COMPLETE": question},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")


def test_an_empty_question_is_none(workspace: Path) -> None:
    """PowerShell 7.5 leaves the variable empty where its script means to take it away."""
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


def test_bash_itself(workspace: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = (
        f'PATH="{PARPLAN.parent}:$PATH"; eval "$(parplan --show-completion bash)"; '
        "COMP_WORDS=(parplan show 3); COMP_CWORD=2; _parplan_completion parplan; "
        'echo "${COMPREPLY[*]}"'
    )
    ended = subprocess.run(
        [bash, "-c", script],
        cwd=workspace,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stdout.split() == ["3", "30", "31", "32", "33", "34", "35"]


@pytest.mark.parametrize(("shell", "kept"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
def test_installing_touches_only_the_shells_own_file(
    shell: str, kept: str, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    ended = subprocess.run(
        [PARPLAN, "--install-completion", shell],
        cwd=workspace,
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stderr == ""
    assert (home / kept).exists()


def test_powershell_is_told_what_to_type(run: Run) -> None:
    ended = run("--install-completion", "powershell")

    assert ended.returncode == 2
    assert "$PROFILE" in ended.stderr
