"""Words that a message offers to copy mean themselves in the user's shell; names are shown tame."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parplan.cli import shell
from tests.helpers.attacks import ATTACKS, FORBIDDEN
from tests.helpers.office import Office
from tests.helpers.running import ROOT, clean_environment


@pytest.mark.posix(reason="the shells of Windows read words in their own way")
@given(st.text(min_size=1))
def test_a_posix_shell_reads_the_word_back(word: str) -> None:
    assert shlex.split(shell.quote(word)) == [word]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        pytest.param("4@2025-06", "4@2025-06", id="plain"),
        pytest.param("tu-phap", "tu-phap", id="unit"),
        pytest.param("a b", '"a b"', id="space"),
        pytest.param("a&calc", '"a&calc"', id="cmd"),
        pytest.param("$(calc)", "…", id="powershell"),
        pytest.param("%PATH%", "…", id="cmd-in-quotes"),
        pytest.param('a"&calc', "…", id="quote"),
        pytest.param("a“;calc", "…", id="curly-quote"),
        pytest.param("", '""', id="nothing"),
    ],
)
def test_on_windows_a_word_is_what_both_shells_read_alike(
    word: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "_IS_WINDOWS", True)

    assert shell.quote(word) == shown


@pytest.mark.posix(reason="a shell of Windows is suggested nothing that it might obey")
@pytest.mark.parametrize("number", ["4$(touch${IFS}hit)", "4;touch${IFS}hit", "4'`x`'", "4*"])
def test_suggested_commands_can_be_typed(number: str, workspace: Path) -> None:
    office = Office(workspace, clean_environment())
    office.edit_plan('      - id: "4"\n', f"      - id: {json.dumps(number)}\n")
    complaint = office.run("note", number, "xong").stderr
    lines = [line for line in complaint.splitlines() if line.startswith("  parplan note")]

    assert lines
    for line in lines:
        assert shlex.split(line, comments=True)[2].startswith(f"{number}@")


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_names_of_files_and_folders_reach_no_terminal_raw(text: str, tmp_path: Path) -> None:
    name = re.sub("[/\0]", "_", text)[:60]
    if os.name == "nt":  # which has no such names; those of devices are tried elsewhere
        name = "x" + re.sub(r'[<>:"\\|?*\x00-\x1f]', "_", name) + "x"
    root = tmp_path / name
    (root / "plan").mkdir(parents=True)
    (root / "plan" / "2025.yaml").write_bytes((ROOT / "plan" / "2025.yaml").read_bytes())
    office = Office(root, clean_environment())
    commands = (
        ("due", "--dir", f"{root}x"),
        ("note", "8", "--file", f"{root}x"),
        ("report", "--month", "6", "--format", "md", "-o", f"./{name}.md"),
        ("report", "--month", "6", "--format", "md", "-o", f"./{name}.md"),
        ("export", "csv", "-o", f"./{name}/x.csv"),
        ("init", f"./{name}"),
        ("commit",),
        ("import", f"./{name}.docx"),
    )
    for words in commands:
        ended = office.run(*words)
        assert not FORBIDDEN.findall(ended.stdout + ended.stderr), words


def test_every_sentence_goes_out_by_one_way() -> None:
    """What is printed otherwise is what a program reads, which other tests look at."""
    folders = (ROOT / "parplan" / "cli", ROOT / "parplan" / "commands")
    found = [
        path.name
        for folder in folders
        for path in folder.glob("*.py")
        if re.search(r"\b(click\.s?echo|print)\(", path.read_text(encoding="utf-8"))
    ]

    assert sorted(found) == ["completion.py", "streams.py"]
