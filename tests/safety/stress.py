"""Lets many clerks work at once and tells what they lose: ``python -m tests.safety.stress``.

Each of the processes runs commands of parplan one after the other, chosen by chance, in one
workspace, and notes what it was told.  Whoever starts them holds that against the files.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHOICES = (
    *("note", "note", "done", "reopen", "undo", "score set", "report", "commit", "check", "due"),
    *("amend", "evidence", "export", "board", "status", "look"),
)
"""What is chosen from; ``look`` is no command but a look at all files by another program."""

ALLOWED = re.compile(
    r"is (done|not started|in progress): |changes nothing|nothing .*to (retract|undo)|nothing of"
    r"|\[overlapping-dates\]|no open occurrence|closed|was changed meanwhile|there already"
    r"|no record|already; change that|is retracted already|recorded meanwhile"
)
RECORDING = ("note", "done", "undo", "score")
CRITERIA = ("1.1.1", "1.1.2", "1.2", "1.3")
LEFT_ALONE = {4, 5, 8, 23}
"""Tasks that are recorded about: they stay as they are."""

ENVIRONMENT = {
    "PARPLAN_LANG": "en",
    "PARPLAN_TODAY": "2025-06-20",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Lan" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "lan@example.org" for who in ("AUTHOR", "COMMITTER")},
}


def words_for(command: str, worker: int, number: int, chance: random.Random) -> list[str]:
    """Return the command line of ``command``."""
    force = chance.choice(([], ["--force"]))
    if command == "note":
        return ["note", "8", f"{worker}.{number} " + "x" * chance.choice((1, 80, 1000, 4900))]
    if command in ("done", "reopen"):
        return [command, chance.choice(("4@2025-06", "5@2025-06", "23@2025-06"))]
    if command == "score set":
        why = ["--why", f"{worker}.{number}"]
        return ["score", "set", chance.choice(CRITERIA), "--points", "0", *why]
    if command == "report":
        how = chance.choice((["--force"], ["--new"], []))
        return ["report", "--month", str(chance.randint(1, 6)), "--format", "md", *how]
    if command == "amend":
        return ["amend", *change(worker, number, chance)]
    if command == "export":
        return ["export", chance.choice(("json", "csv", "ics")), *force]
    return ["board", *force] if command == "board" else [command]


def change(worker: int, number: int, chance: random.Random) -> list[str]:
    """Return a change of the plan: what, of whom, and from which day of the second half on."""
    day = dt.date(2025, 7, 1) + dt.timedelta(days=chance.randrange(180))
    start = ["--from", f"{day}", "--by", f"QĐ {worker}.{number}"]
    task = chance.choice([task for task in range(1, 36) if task not in LEFT_ALONE])
    return [
        *chance.choice(
            (
                ["superior", "--to", f"UBND {worker}.{number}"],
                ["task", str(task), "--drop"],
                ["task", str(task), "--to", "Văn phòng UBND phường"],
                ["task", str(task), "--deadline", "Tháng 12/2025"],
            )
        ),
        *start,
    ]


def looked(root: Path) -> str:
    """Return what another program finds half there in ``root`` at this moment."""
    from parplan.plan.file import read_plan

    states = []
    # Those whose names begin with a dot are still in the making.
    for path in (*root.glob("[!.]*-2025.*"), *(root / "reports").glob("[!.]*.md")):
        data = path.read_bytes()
        if path.suffix == ".json":
            json.loads(data)
        if not data.strip() or not data.endswith(b"\n"):
            states.append(path.name)
        if path.suffix == ".html" and not data.endswith(b"</html>\n"):
            states.append(path.name)
    if read_plan("plan", (root / "plan" / "2025.yaml").read_bytes()).problems:
        states.append("2025.yaml")
    return " ".join(states)


def work(worker: int, rounds: int | None, seconds: float, log: Path) -> None:
    """Run as many commands as ``rounds``, or until the time is up; write their ends to ``log``."""
    chance = random.Random(worker)
    until = time.monotonic() + seconds
    number = 0
    with log.open("w", encoding="utf-8") as file:
        while (rounds is None or number < rounds) and time.monotonic() < until:
            number += 1
            words = words_for(chance.choice(CHOICES), worker, number, chance)
            if words == ["look"]:
                half = looked(Path.cwd())
                file.write(json.dumps([worker, words, bool(half), "", half]) + "\n")
                continue
            words += ["--author", f"clerk {worker}"] if words[0] in RECORDING else []
            file.write(json.dumps([worker, words, *answer(words)]) + "\n")


def answer(words: list[str]) -> tuple[int, str, str]:
    """Run a command of parplan in this process; return its status, output and complaints."""
    from parplan.cli.app import main

    out, error, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            main(words)
        except SystemExit as end:
            status = int(end.code or 0)
    return status, out.getvalue(), error.getvalue()


def prepare(root: Path) -> dict[str, str]:
    """Make a workspace with its repository in ``root``; return the environment to work in."""
    (root / "plan").mkdir(parents=True)
    shutil.copy(ROOT / "plan" / "2025.yaml", root / "plan")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PARPLAN_", "GIT_"))}
    environment = {**inherited, **ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    for words in (["init"], ["score", "example"]):
        command = [sys.executable, "-m", "parplan", *words]
        subprocess.run(command, cwd=root, env=environment, check=True)
    return environment


def run(root: Path, workers: int, rounds: int | None = None, seconds: float = 600) -> list[Any]:
    """Let ``workers`` processes work in ``root``; return all that they were told.

    With ``rounds`` each runs so many commands, on whatever machine; ``seconds`` end them all.
    """
    environment = prepare(root)
    folder = Path(tempfile.mkdtemp())
    limit = ["--rounds", str(rounds)] if rounds is not None else []
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.safety.stress", "--worker", str(worker)),
                *("--seconds", str(seconds), "--log", str(folder / f"{worker}.log"), *limit),
            ],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for worker in range(workers)
    ]
    ends = [
        (process.communicate(timeout=seconds + 120)[1], process.returncode) for process in running
    ]
    assert ends == [("", 0)] * workers, ends
    entries = [
        json.loads(line)
        for worker in range(workers)
        for line in (folder / f"{worker}.log").read_text(encoding="utf-8").splitlines()
    ]
    shutil.rmtree(folder)
    return entries


def faults(root: Path, entries: list[Any]) -> list[str]:
    """Return what was lost or broken in ``root``, given all that the processes were told."""
    from parplan.journal.file import read_journal
    from parplan.plan.file import read_plan
    from parplan.workspace import files

    complaints = []
    for _worker, words, status, _out, error in entries:
        allowed = status == 0 and not error
        allowed |= status == 2 and len(error.splitlines()) < 8 and bool(ALLOWED.search(error))
        if not allowed:
            complaints.append(f"{' '.join(words)[:60]}: {status} {error[:400]}")
    data = (root / "plan" / "2025.journal.yaml").read_bytes()
    read = read_journal("journal", data)
    complaints += [f"journal: {problem}" for problem in read.problems]
    written = {record.id[:7] for record in read.records}
    acknowledged = [
        re.search(r"^Recorded (\w{7}):", out, re.MULTILINE) for _w, _words, _s, out, _e in entries
    ]
    names = [match[1] for match in acknowledged if match]
    complaints += [f"lost: {name}" for name in names if name not in written]
    if len(read.records) != len(names):
        complaints.append(f"{len(read.records)} records, {len(names)} acknowledged")
    times = re.findall(rb'^- {"id":"\w+","at":"([^"]+)"', data, re.MULTILINE)
    if times != sorted(times):
        complaints.append("the journal is not in the order of time")
    if read_plan("plan", (root / "plan" / "2025.yaml").read_bytes()).value is None:
        complaints.append("the plan cannot be read")
    complaints += [f"left: {path}" for path in root.rglob("*") if files.is_leftover(path.name)]
    return complaints + git_faults(root)


def git_faults(root: Path) -> list[str]:
    """Return what is wrong with the repository; each journal in it is a whole one."""
    from parplan.journal.file import read_journal

    environment = {**os.environ, **ENVIRONMENT}

    def git(*words: str, check: bool = True) -> bytes:
        command = ["git", *words]
        return subprocess.run(
            command, cwd=root, env=environment, capture_output=True, check=check
        ).stdout

    complaints = [f"left: {path.name}" for path in (root / ".git").rglob("*.lock")]
    git("fsck", "--strict", "--no-dangling")
    for revision in git("log", "--format=%h").decode().split():
        name = f"{revision}:plan/2025.journal.yaml"
        if read_journal("journal", git("show", name, check=False)).problems:
            complaints.append(f"{name} is damaged")
    return complaints


def main() -> None:
    """Work as one of the processes, or start them and tell what they lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--worker", type=int)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    if options.worker is not None:
        work(options.worker, options.rounds, options.seconds, options.log)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "văn phòng"
        entries = run(root, options.workers, options.rounds, options.seconds)
        complaints = faults(root, entries)
    counts = Counter((words[0], status) for _worker, words, status, *_ in entries)
    for (command, status), count in sorted(counts.items()):
        print(f"{command:8} exit {int(status)}: {count}")
    print(*complaints[:20], sep="\n")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
