"""Lets parplan and other programs work on the same files: ``python -m tests.safety.hands``.

Two clones of a workspace, in which eight clerks record and change the plan.  In both somebody
exchanges by the guide's commands, and somebody deletes caches; in one, somebody saves the plan by
renaming, somebody saves it in place, and somebody imports.  Each is a process of its own, and
notes what it was told; then that is held against the files.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.safety import stress

PLAN, JOURNAL = "plan/2025.yaml", "plan/2025.journal.yaml"
TABLE = "STT;Nội dung;Thời gian\n1;Giao ban;Quý I\n"
HERE = (
    *("clerk", "clerk", "clerk", "clerk", "clerk", "exchange", "clean"),
    *("rename", "in-place", "import"),
)
THERE = ("clerk", "clerk", "clerk", "exchange", "clean")
"""Who works in the first clone, and who in the second."""

ALLOWED = re.compile(
    stress.ALLOWED.pattern
    + r"|^plan/2025\.yaml:|no plan (for|found)|has no task|cannot read .*2025\.yaml"
    r"|there is no such file|git is at work here|git broke off|commit or move away first"
    r"|others keep sending"
)
"""What may be said besides: a plan half saved, a file deleted, git at work, others faster."""

PARPLAN = (sys.executable, "-m", "parplan")

Line = tuple[str, list[str], int, str, str]


def clerk(number: int, chance: random.Random) -> Iterator[Line]:
    """Record, mostly notes; change the plan; write the draft anew."""
    count = 0
    while True:
        count += 1
        command = chance.choice(("note", "note", "note", "done", "undo", "amend", "report"))
        if command in ("amend", "report") and number >= len(HERE):
            command = "note"  # else the clones' plans and drafts would be in conflict
        words = stress.words_for(command, number, count, chance)
        words += ["--author", f"clerk {number}"] if command in stress.RECORDING else []
        yield "clerk", words, *stress.answer(words)


def exchange(_number: int, _chance: random.Random) -> Iterator[Line]:
    """Do what the guide says."""
    while True:
        words = ["sync"]
        yield "exchange", words, *stress.answer(words)


def clean(_number: int, chance: random.Random) -> Iterator[Line]:
    """Delete what parplan can make again."""
    while True:
        if chance.random() < 0.2:
            _git("clean", "-fdXq")
        shutil.rmtree(".parplan", ignore_errors=True)
        time.sleep(0.02)
        yield "clean", [], 0, "", ""


def edit(number: int, save: Callable[[Path, bytes], object], name: str) -> Iterator[Line]:
    """Put a line below the plan again and again; the two who do so take turns."""
    import fcntl

    count = 0
    with Path("../turn").open("w", encoding="utf-8") as turn:
        while True:
            count += 1
            mark = f"# {name} {number}.{count} ."
            fcntl.flock(turn, fcntl.LOCK_EX)
            path = Path(PLAN)
            save(path, path.read_bytes() + f"{mark}\n".encode())
            fcntl.flock(turn, fcntl.LOCK_UN)
            time.sleep(0.05)
            yield name, [mark], 0, "", ""


def rename(number: int, _chance: random.Random) -> Iterator[Line]:
    """Save the plan by renaming, as many editors do."""

    def save(path: Path, data: bytes) -> None:
        other = path.with_name("2025.yaml.swp")
        other.write_bytes(data)
        other.replace(path)

    return edit(number, save, "rename")


def in_place(number: int, _chance: random.Random) -> Iterator[Line]:
    """Save the plan in place, as Notepad does."""
    return edit(number, Path.write_bytes, "in-place")


def import_(_number: int, _chance: random.Random) -> Iterator[Line]:
    """Import next year's plan again and again."""
    Path("../bang.csv").write_text(TABLE, encoding="utf-8")
    while True:
        Path("plan/2026.yaml").unlink(missing_ok=True)
        words = ["import", "../bang.csv", "--year", "2026"]
        yield "import", words, *stress.answer(words)
        time.sleep(0.5)


ROLES = {
    "clerk": clerk, "exchange": exchange, "clean": clean, "rename": rename,
    "in-place": in_place, "import": import_,
}  # fmt: skip


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )


def work(role: str, number: int, seconds: float, log: Path) -> None:
    """Play ``role`` until the time is up; write what was told to ``log``."""
    until = time.monotonic() + seconds
    with log.open("w", encoding="utf-8") as file:
        for line in ROLES[role](number, random.Random(number)):
            file.write(json.dumps(line) + "\n")
            if time.monotonic() > until:
                return


def run(folder: Path, seconds: float) -> list[Any]:
    """Let all work in ``folder``, then exchange until both clones are one; return what was told."""
    here, there = folder / "đây", folder / "kia"
    environment = stress.prepare(here)
    (here / "plan" / "2025.journal.yaml").touch()
    for words in (
        ("add", "--all"), ("commit", "--quiet", "-m", "begin"),
        ("init", "--quiet", "--bare", "../chung.git"), ("remote", "add", "origin", "../chung.git"),
        ("push", "--quiet", "-u", "origin", "HEAD"), ("clone", "--quiet", "../chung.git", "../kia"),
    ):  # fmt: skip
        subprocess.run(["git", *words], cwd=here, env=environment, check=True)
    roles = [(here, role) for role in HERE] + [(there, role) for role in THERE]
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.safety.hands", "--role", role),
                *("--number", str(number), "--seconds", str(seconds)),
                *("--log", str(folder / f"{number}.log")),
            ],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for number, (root, role) in enumerate(roles)
    ]
    ends = [(one.communicate(timeout=seconds + 120)[1], one.returncode) for one in running]
    assert ends == [("", 0)] * len(roles), [end for end in ends if end != ("", 0)]
    for root in (here, there, here, there):
        words = (*PARPLAN, "sync")
        done = subprocess.run(words, cwd=root, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout, done.stderr)
    return [
        json.loads(line)
        for number in range(len(roles))
        for line in (folder / f"{number}.log").read_text(encoding="utf-8").splitlines()
    ]


def faults(folder: Path, entries: list[Any]) -> list[str]:
    """Return what was lost or broken in ``folder``, given what all were told."""
    here, there = folder / "đây", folder / "kia"
    complaints = [
        f"{' '.join(words)[:60]}: {status} {error[:400]}"
        for _role, words, status, _out, error in entries
        if "Traceback" in error or ((status or error) and not ALLOWED.search(error))
    ]
    told = [
        re.search(r"^Recorded (\w{7}):", out, re.MULTILINE)
        for _role, _words, _status, out, _error in entries
    ]
    acknowledged = Counter(match[1] for match in told if match)
    for root in (here, there):
        complaints += [f"{root.name}: {fault}" for fault in _of_journal(root, acknowledged)]
    if (here / JOURNAL).read_bytes() != (there / JOURNAL).read_bytes():
        complaints.append("the clones differ")
    marks = {words[0] for role, words, *_rest in entries if role in ("rename", "in-place")}
    saved = _saved(here)
    complaints += [f"lost: {mark}" for mark in sorted(marks) if mark not in saved]
    left = [path for root in (here, there) for path in root.rglob("*") if _is_left(path)]
    return complaints + [f"left: {path}" for path in left]


def _of_journal(root: Path, acknowledged: Counter[str]) -> Iterator[str]:
    from parplan.journal.file import read_journal

    read = read_journal("journal", (root / JOURNAL).read_bytes())
    yield from (str(problem) for problem in read.problems)
    written = Counter(record.id[:7] for record in read.records)
    if written != acknowledged:
        yield f"not acknowledged: {written - acknowledged}; lost: {acknowledged - written}"


def _saved(root: Path) -> str:
    """Return all that the plan holds or held: in the file, in copies of it, in git."""
    copies = [path.read_text(encoding="utf-8") for path in (root / "plan").glob("2025.*yaml")]
    words = ["git", "log", "--all", "-p", "--format=", "--", "plan/2025.yaml"]
    history = subprocess.run(words, cwd=root, capture_output=True, encoding="utf-8", check=True)
    return "".join([*copies, history.stdout])


def _is_left(path: Path) -> bool:
    return path.suffix in (".lock", ".tmp")


def main() -> None:
    """Play a role, or start all and tell what was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--role", choices=ROLES)
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    if options.role:
        work(options.role, options.number, options.seconds, options.log)
        return
    with tempfile.TemporaryDirectory() as folder:
        entries = run(Path(folder), options.seconds)
        complaints = faults(Path(folder), entries)
    edits = ("rename", "in-place")
    counts = Counter(
        (role if role in edits else f"{role} {' '.join(words[:1])}", status)
        for role, words, status, *_ in entries
    )
    for (what, status), count in sorted(counts.items()):
        print(f"{what:16} exit {status}: {count}")
    print(*complaints[:20], sep="\n")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
