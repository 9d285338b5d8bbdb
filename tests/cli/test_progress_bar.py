"""Long work shows how far it has come, on a terminal and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.office import Office, _read
from tests.helpers.running import PATIENCE

if os.name != "posix":
    pytest.skip("Windows has no terminals of this kind", allow_module_level=True)

import pty

CHECK = """
from parplan.cli.app import main
from parplan.cli import progress_bar as waiting
waiting.PATIENCE = {patience}
main({words})
"""


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    """Return an office with a hundred plans, of the years 2000 to 2099."""
    path = workspace / "plan" / "2025.yaml"
    text = "schema: 1\nyear: {year}\ndocument: {{type: a, symbol: b, title: c, place: d}}\n"
    text += "issuer: e\neffective_from: {year}-01-01\nsections: []\n"
    for year in range(2000, 2100):
        path.with_name(f"{year}.yaml").write_text(text.format(year=year), encoding="utf-8")
    return Office(workspace, environment)


def shown(office: Office, patience: float, *words: str, **env: str) -> tuple[int, str, str]:
    """Return the status of ``words``, by default check, its output, and a terminal's stderr."""
    code = CHECK.format(patience=patience, words=list(words or ("check",)))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=office.root,
        env={**office.env, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while piece := _read(ours):
        seen += piece
    os.close(ours)
    out, _none = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode(), seen.decode()


def test_a_hundred_plans_show_a_bar(office: Office) -> None:
    status, out, seen = shown(office, patience=0)

    assert status == 0
    assert out.splitlines() == [f"plan/{year}.yaml: không có lỗi" for year in range(2000, 2100)]
    assert "đang đọc các kế hoạch" in seen
    assert "0/100" in seen
    assert seen.endswith("\x1b[2K")  # the bar is gone when the work is done


def test_short_work_shows_nothing(office: Office) -> None:
    assert shown(office, patience=60)[2] == ""


def test_a_dumb_terminal_shows_nothing(office: Office) -> None:
    assert shown(office, patience=0, TERM="dumb")[2] == ""


def test_without_a_terminal_nothing_is_shown_and_no_rich_imported(office: Office) -> None:
    code = CHECK.format(patience=0, words=["check"]).replace("\nmain(", "\nimport sys\ntry: main(")
    code += "finally: assert 'rich' not in sys.modules\n"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=office.root,
        env=office.env,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_an_import_shows_a_bar(office: Office) -> None:
    rows = ["STT;Nội dung nhiệm vụ;Thời gian hoàn thành;Bộ phận thực hiện"]
    rows += [f"{n};Việc thứ {n};Tháng 6/2101;Văn phòng" for n in range(1, 20)]
    (office.root / "nhieu.csv").write_text("\n".join(rows), encoding="utf-8")

    status, out, seen = shown(office, 0, "import", "nhieu.csv", "--year", "2101")

    assert (status, out.splitlines()[0]) == (0, "đã ghi plan/2101.yaml")
    assert "nhieu.csv" in seen
    assert "0/3" in seen
    assert seen.endswith("\x1b[2K")
