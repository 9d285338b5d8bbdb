"""Of a document that LibreOffice turns into another nothing is left, whoever is killed when."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from parplan.workspace import bounded, libreoffice, lock
from parplan.workspace.bounded import Bounds
from tests.helpers.libreoffice import commands, dead_sockets
from tests.helpers.office import Office, calc

NAME = "parplan-libreoffice-{}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the system's folder for temporary files, where LibreOffice seems to be installed."""
    folder = tmp_path / "tạm"
    folder.mkdir()

    def run(command: list[str], _bounds: Bounds, _variables: Mapping[str, str]) -> None:
        target = Path(command[command.index("--outdir") + 1])
        target.mkdir()
        (target / "source.pdf").write_bytes(b"%PDF")

    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice")
    monkeypatch.setattr(bounded, "run", run)
    return folder


def names(place: Path) -> list[str]:
    assert libreoffice.convert(b"x", "docx", "pdf", Bounds(seconds=1)) == b"%PDF"
    return sorted(path.name for path in place.iterdir())


@pytest.mark.parametrize("inside", ["owner", "profile", ""])
def test_what_a_killed_parplan_left_goes(inside: str, place: Path) -> None:
    folder = place / NAME.format("cũ")
    (folder / "target").mkdir(parents=True)
    if inside:
        (folder / inside).touch()

    assert names(place) == []


def test_what_another_parplan_uses_stays(place: Path) -> None:
    folder = place / NAME.format("đang dùng")
    folder.mkdir()
    handle = lock.take(folder / "owner", os.O_CREAT)

    assert handle is not None
    assert names(place) == [folder.name]
    os.close(handle)
    assert names(place) == []


@pytest.mark.posix(reason="links are for few users on Windows")
def test_what_is_somebody_s_stays(place: Path, tmp_path: Path) -> None:
    (tmp_path / "của tôi").mkdir()
    (place / NAME.format("a")).symlink_to(tmp_path / "của tôi")
    (place / NAME.format("b")).write_text("x")
    (place / "parplan-c").mkdir()

    assert names(place) == ["parplan-c", *map(NAME.format, "ab")]
    assert (tmp_path / "của tôi").is_dir()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="this system names no process by its command")
@pytest.mark.parametrize("moment", ["profile", "soffice.bin"])
def test_the_next_pdf_clears_up_after_a_killed_one(
    moment: str, workspace: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    calc()
    place = tmp_path / "tạm"
    place.mkdir()
    office = Office(workspace, {**environment, "TMPDIR": str(place)})
    sockets = dead_sockets()
    words = ["report", "--month", "6", "--format", "pdf", "--force"]
    command = [sys.executable, "-m", "parplan", *words]
    with subprocess.Popen(command, cwd=workspace, env=office.env) as process:
        while not _has_come(moment, place) and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    left = list(place.glob(NAME.format("*")))

    done = office.process(*words)

    assert len(left) == 1
    assert (done.returncode, list(place.iterdir())) == (0, []), done.stderr
    assert str(place) not in commands()
    assert dead_sockets() <= sockets


def _has_come(moment: str, place: Path) -> bool:
    if moment == "profile":
        return bool(list(place.glob("*/profile")))
    return any(moment in line and place.as_uri() in line for line in commands().splitlines())
