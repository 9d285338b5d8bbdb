"""Every command, one after the other, as somebody runs a parplan that was built or is elsewhere.

``python -m tests.helpers.walk PROGRAM…`` walks with that program, by default with the Python
that runs this, and prints what each command answered and wrote, as hashes where the same is
expected of every parplan on every system.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.helpers.running import PATIENCE, ROOT, clean_environment

JOURNAL = ROOT / "tests" / "data" / "simulated-year" / "plan" / "2025.journal.yaml"
ENVIRONMENT = {
    "PARPLAN_TODAY": "2025-06-20",
    "PARPLAN_AUTHOR": "An",
    "TZ": "ICT-7",
    "LC_ALL": "C.UTF-8",  # by which Wine hands on the words
}

READING = (
    "--version", "--help", "--lang en --help", "help", "help 5", "help due", "schema due",
    "check", "due --month 6", "due --format json", "due --format csv", "due --format md",
    "due --lang en", "list", "list --format json", "show 1", "status", "status 2025-Q2",
    "status --format json", "log", "explain Quý-II", "evidence", "rollup", "rollup due",
    "rollup --by task --format csv", "--show-completion bash", "--show-completion powershell",
    "report --month 6 --format md --format docx --format html", "report --quarter 2",
    "document", "document --consolidated --format html -o ban-hop-nhat.html", "reminder",
    "export xlsx", "export ics", "export csv", "export json", "board", "sheet", "rollup xlsx",
    "rollup board", "score example", "score", "score risk", "score gaps", "score report",
    "score xlsx", "forms example", "forms --quarter 2", "forms report", "forms sheet --quarter 2",
    "forms xlsx",
)  # fmt: skip
"""What answers by plan and journal alone, so that all of it is the same everywhere."""

WRITING = (
    "note 8 x --file reports/proof.txt", "start 9", "done 4@2025-07", "pause 2",
    "cancel 6@2025-08", "reopen 6@2025-08", "directive 12 --due 2025-11-15", "note 8 y",
    "edit 8 z", "undo", "record ghi-chep.txt --yes", "forms set 3/1.1@Q2 5",
    "forms record so-lieu.csv --yes", "amend task 20 --drop --from 2025-07-01 --by QĐ",
    "new 2026 --superior X", "import nhiem-vu.csv --year 2027", "init --templates --no-git",
    "rollup --sqlite so.db", "doctor", "settings", "settings author Lan", "settings author",
    "--install-completion bash", "check",
)  # fmt: skip
"""What answers with times, ids and folders of its own: its status alone is the same."""

FILES = {
    "reports/proof.txt": "x",
    "ghi-chep.txt": "8: đã kiểm tra\n",
    "so-lieu.csv": "Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n",
    "nhiem-vu.csv": "STT;Nội dung;Thời hạn\n1;Báo cáo tháng;Ngày 24 hằng tháng\n",
}


def walk(program: Sequence[str], root: Path) -> Iterator[tuple[str, int, str]]:
    """Yield each command line with its status and what it answered, in a new office at ``root``.

    The answer of what reads is the hash of its output and of each file that it wrote; that of
    what writes, its output, or the end of a traceback.
    """
    office = root / "office"
    _furnish(office)
    home = str(root / "home")
    places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), home)
    environment = {**clean_environment(), **ENVIRONMENT, **places, "XDG_CONFIG_HOME": home}
    for line in (*READING, *WRITING):
        before = _files(office)
        ended = subprocess.run(
            [*program, *line.split()],
            cwd=office,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        if line in READING:
            output = _portable(ended.stdout)
            changed = dict(_files(office).items() - before.items())
            files = " ".join(f"{name}={changed[name]}" for name in sorted(changed))
            answer = f"{_hash(output)} {files}".rstrip() + _end(ended.stderr)
        else:
            answer = _end(ended.stderr)
        yield line, ended.returncode, answer


def _furnish(office: Path) -> None:
    (office / "plan").mkdir(parents=True)
    shutil.copy(ROOT / "plan" / "2025.yaml", office / "plan")
    shutil.copy(JOURNAL, office / "plan")
    for name, text in FILES.items():
        (office / name).parent.mkdir(exist_ok=True)
        (office / name).write_text(text, encoding="utf-8", newline="\n")


def _files(office: Path) -> dict[str, str]:
    paths = (path for path in office.rglob("*") if path.is_file())
    return {
        path.relative_to(office).as_posix(): _hash(path.read_bytes())
        for path in paths
        if ".parplan" not in path.parts
    }


def _portable(output: bytes) -> bytes:
    """Return ``output`` with what is the system's: how a path is written, and a word quoted."""
    return output.replace(b"\\", b"/").replace(b"'", b'"')


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _end(complaints: bytes) -> str:
    """Return the last line of a traceback; what else was complained about goes by its status."""
    lines = complaints.decode("utf-8", "replace").splitlines()
    return f" {lines[-1]}" if "Traceback" in complaints.decode("utf-8", "replace") else ""


def main(program: Sequence[str]) -> None:
    """Walk, and print a line of JSON for each command."""
    with tempfile.TemporaryDirectory() as folder:
        for step in walk(program or [sys.executable, "-m", "parplan"], Path(folder)):
            sys.stdout.write(json.dumps(step) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
