"""What a person saves between parplan's look at a file and its own write is never lost.

The save is put between two steps of parplan's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from parplan.problem import UserError
from parplan.render.new_plan import skeleton
from parplan.workspace import files
from tests.helpers.office import JOURNAL, Office, lines, made

ENGLISH = {"PARPLAN_LANG": "en"}
SAVED = "của người khác\n".encode()


def saved_by_rename(path: Path, data: bytes = SAVED) -> None:
    """Save as many editors do: a new file takes the place of the old one."""
    other = path.with_name(f"{path.name}.swp")
    other.write_bytes(data)
    other.replace(path)


def saved_in_place(path: Path, data: bytes = SAVED) -> None:
    """Save as Notepad does: the file is emptied and written."""
    path.write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


SAVES = (saved_by_rename, saved_in_place)
Save = Callable[[Path], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "2025.yaml"
    path.write_bytes(b"seen")
    return path


@pytest.mark.parametrize("save", SAVES)
def test_a_save_since_the_look_stays(save: Save, path: Path) -> None:
    save(path)

    with pytest.raises(UserError, match="changed meanwhile"):
        files.replace(path, b"new", b"seen")

    assert contents(path.parent) == {path.name: SAVED}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two files")
@pytest.mark.parametrize("save", SAVES)
def test_a_save_at_the_last_moment_stays(
    save: Save, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last look, before the new file takes its name."""
    real, left = files._rename_at_once, [None]

    def save_then_rename(*rename: object) -> bool:
        if left:
            left.pop()
            save(path)
        return real(*rename)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_rename_at_once", save_then_rename)

    with pytest.raises(UserError, match="changed meanwhile"):
        files.replace(path, b"new", b"seen")

    assert contents(path.parent) == {path.name: SAVED}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two files")
@pytest.mark.parametrize("save", SAVES)
def test_two_saves_at_the_last_moment_stay(
    save: Save, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One before the new file takes its name, one before it gives that back."""
    real = files._rename_at_once
    saves = [b"second", b"first"]

    def save_then_rename(*rename: object) -> bool:
        save(path, saves.pop())  # type: ignore[call-arg]
        return real(*rename)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_rename_at_once", save_then_rename)

    with pytest.raises(UserError, match="changed meanwhile"):
        files.replace(path, b"new", b"seen")

    assert contents(path.parent) == {path.name: b"first", "2025.saved-1.yaml": b"second"}


def test_where_files_cannot_be_exchanged_the_new_one_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_rename_at_once", lambda *_rename: False)

    files.replace(path, b"new", b"seen")

    assert contents(path.parent) == {path.name: b"new"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux renames so")
def test_without_hard_links_a_new_file_replaces_none_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_source: Path, target: Path) -> None:
        saved_in_place(target)  # somebody else's, at the last moment
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    monkeypatch.setattr(Path, "exists", lambda _path: False)

    with pytest.raises(UserError, match="cannot write"):
        files.create(tmp_path / "a.md", b"new")

    assert contents(tmp_path) == {"a.md": SAVED}


# Every command that replaces a file.

PLAN, DRAFT = "plan/2025.yaml", "reports/2025-06.md"
REPORT = ("report", "--month", "6", "--format", "md")
REPLACING: dict[str, tuple[Sequence[str], str]] = {
    "amend": (("amend", "superior", "--to", "UBND", "--from", "1/7/2025"), PLAN),
    "report-force": ((*REPORT, "--force"), DRAFT),
    "report-renewed": (REPORT, DRAFT),
    "report-html": (("report", "--month", "6", "--format", "html"), "reports/2025-06.html"),
    "report-docx": (("report", "--month", "6", "--docx-only"), "reports/2025-06.docx"),
    "export": (("export", "json", "--force"), "parplan-2025.json"),
    "board": (("board", "--force"), "board-2025.html"),
    "import": (("import", "bang.csv", "--year", "2026"), "plan/2026.yaml"),
    "fix-journal": (("check", "--fix-journal"), JOURNAL),
    "doctor": (("doctor", "--fix", "--yes"), "plan/plan.schema.json"),
}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with a draft, a document, an export, a board and a blank plan."""
    office = Office(workspace, environment)
    office.write(made(1, ref="8"))
    for words in (
        (*REPORT, "--format", "html", "--format", "docx"),
        ("export", "json"),
        ("board",),
    ):
        office.say(*words)
    with (office.root / DRAFT).open("a", encoding="utf-8") as draft:
        draft.write("\nThêm một đoạn.\n")
    (office.root / "plan" / "2026.yaml").write_bytes(skeleton(2026))
    table = "STT;Nội dung;Thời gian\n1;Giao ban;Quý I\n"
    (office.root / "bang.csv").write_text(table, encoding="utf-8")
    (office.root / "plan" / "plan.schema.json").write_text("{}\n", encoding="utf-8")
    conflict = b"<<<<<<< HEAD\n" + lines(made(1, ref="8")) + b"=======\n>>>>>>> x\n"
    office.journal.write_bytes(conflict + lines(made(2, ref="9")))
    return office


@pytest.mark.parametrize("save", SAVES)
@pytest.mark.parametrize("command", REPLACING)
def test_a_save_while_a_command_runs_is_in_the_file_or_kept(
    command: str, save: Save, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, name = REPLACING[command]
    real = files.replace
    replaced: list[str] = []

    def save_then_replace(path: Path, data: bytes, seen: bytes) -> None:
        if path == office.root / name:
            save(path)
            replaced.append(name)
        real(path, data, seen)

    monkeypatch.setattr(files, "replace", save_then_replace)

    done = office.run(*words, env=ENGLISH)

    assert replaced
    assert (office.root / name).read_bytes() == SAVED
    assert done.returncode != 0
    assert "changed meanwhile" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
