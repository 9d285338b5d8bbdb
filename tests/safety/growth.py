"""Measures whether work grows with the records alone: ``python -m tests.safety.growth``.

Every command is run on 1 000, 4 000 and 16 000 records, by hand, since it takes half an hour:
four times the records may take five times the processor, what C code and git do included.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.helpers.absurd import office_with
from tests.helpers.office import Office
from tests.helpers.running import clean_environment

SIZES = (1_000, 4_000, 16_000)
MOST = 5
"""Times as much work as with a fourth of the records."""

JUNE = "report --month 6 --format md -o -"
# A command that records says something else the second time.
LINES: dict[str, Sequence[str]] = {
    "due": ["due --month 6"],
    "list": ["list"],
    "show": ["show 4"],
    "note": ["note 8 x"],
    "start": ["start 9", "start 25"],
    "done": ["done 1@2025-04", "done 1@2025-05"],
    "pause": ["pause 2", "pause 10"],
    "cancel": ["cancel 6@2025-08", "cancel 24@2025-Q2"],
    "reopen": ["cancel 24@2025-Q1", "reopen 24@2025-Q1"],
    "sheet": ["sheet --force"],
    "record": ["record ghi.txt --yes"],
    "directive": [f"directive 12@2025-11-{day} --due 2025-11-{day}" for day in (29, 30)],
    "undo": ["note 8 y", "undo --yes"],
    "edit": ["edit 8 x", "edit 8 y"],
    "log": ["log"],
    "report": [JUNE],
    "document": ["document --format md -o -"],
    "reminder": ["reminder --format md --force"],
    "digest": ["digest"],
    "score": ["score"],
    "score set": ["score set 1.1.1 --points 0 --why x"],
    "score risk": ["score risk"],
    "score gaps": ["score gaps"],
    "score report": ["score report --format md -o -"],
    "score xlsx": ["score xlsx --force"],
    "forms": ["forms --quarter 2"],
    "forms set": ["forms set 3/1.1@Q2 5", "forms set 3/1.1@Q2 6"],
    "forms sheet": ["forms sheet --quarter 2 --force"],
    "forms record": ["forms record so.csv --yes"],
    "forms report": ["forms report --format md -o -"],
    "forms xlsx": ["forms xlsx --force"],
    "evidence": ["evidence"],
    "export": ["export json -o a.json --force"],
    "export xlsx": ["export xlsx -o a.xlsx --force"],
    "export ics": ["export ics -o a.ics --force"],
    "export csv": ["export csv -o a.csv --force"],
    "status": ["status"],
    "rollup": ["rollup ."],
    "rollup due": ["rollup due ."],
    "rollup report": ["rollup report . --format md --force"],
    "rollup xlsx": ["rollup xlsx . --force"],
    "rollup board": ["rollup board . --force"],
    "board": ["board -o -"],
    "check": ["check"],
    "doctor": ["doctor"],
    "amend": [f"amend task {task} --drop --from 2025-07-01 --by QĐ" for task in (20, 21)],
    "commit": ["note 8 x", "commit"],
    "diff": ["diff"],
    "exchange": ["exchange ../stick"],
    "new": ["new 2026 --superior X", "new 2027 --superior X"],
}


def records(count: int) -> Iterator[dict[str, Any]]:
    """Yield what a busy office records: of every kind, corrected, taken back, with evidence."""
    for number in range(count):
        day, month = number * 19 // count + 1, number % 12 + 1
        period = f"2025-{month:02}"
        at = f"2025-06-{day:02}T08:{number // 60 % 60:02}:{number % 60:02}+07:00"
        task = ("4", "5", "8", "23")[number % 4]
        about: dict[str, Any] = {"task": task, "period": None if task == "8" else period}
        none = {"task": None, "period": None}
        due = f"{period}-{number % 28 + 1:02}"
        kinds: Sequence[dict[str, Any]] = (
            {**about, "text": f"việc {number}"},
            {**about, "kind": "done"},
            {**about, "kind": "reopen"},
            {**about, "value": str(number), "evidence": _evidence(number)},
            {**none, "kind": "score", "criterion": "1.1.1", "points": "0", "reason": f"{number}"},
            {**about, "kind": "undo", "retracts": f"absurd{number - 3}"},
            {**about, "text": "sửa", "replaces": f"absurd{number - 5}"},
            {"kind": "directive", "task": "12", "period": due, "due": due},
            {"kind": "figure", "task": None, "period": "2025-Q2", "row": "3/1.1", "value": "1"},
            {**about, "evidence": _evidence(0)},
            {**about, "text": "lại sửa", "replaces": f"absurd{number - 10}"},  # of its own kind
        )
        yield {**kinds[number % len(kinds)], "at": at}


def _evidence(number: int) -> list[dict[str, str]]:
    return [{"number": f"{number}/BC-UBND"}, {"file": f"e{number}.pdf"}]


def busy(folder: Path, count: int) -> Office:
    """Return an office with as many records, and with all that the commands want."""
    office = office_with(folder / "phường", *records(count))
    (folder / "stick").mkdir()
    (office.root / "ghi.txt").write_text("8: x\n", encoding="utf-8")
    (office.root / "so.csv").write_text("Dòng và kỳ;Số liệu\n3/1.1@2025-Q2;5\n", encoding="utf-8")
    office.say("forms", "example")
    office.git("init", "--quiet")
    office.git("add", "--all")
    office.git("commit", "--quiet", "--message", "x")
    for number in range(0, count, 2):
        (office.root / f"e{number}.pdf").touch()  # records name some of them
    return office


def cpu(office: Office, lines: Sequence[str]) -> float:
    """Return how many seconds of the processor the last of ``lines`` takes, children included."""
    import resource

    def spent() -> float:
        both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    office.run(*lines[0].split())  # what is imported once, and made once
    gc.collect()
    gc.disable()  # as parplan itself does
    before = spent()
    done = office.run(*lines[-1].split())
    after = spent()
    gc.enable()
    assert done.returncode < 2, done.stderr
    return after - before


def least(folder: Path, copy: Path, lines: Sequence[str]) -> float:
    """Return the least of three runs, each in a copy of the office in ``folder``."""
    times = []
    for _ in range(3):
        shutil.copytree(folder, copy)
        times.append(cpu(Office(copy / "phường", clean_environment()), lines))
        shutil.rmtree(copy)
    return min(times)


def _made(folder: Path, count: int) -> Path:
    folder.mkdir()
    busy(folder, count)
    return folder


def main() -> None:
    """Print the seconds of each command by number of records, and what grows too fast."""
    parser = argparse.ArgumentParser()
    parser.add_argument("commands", nargs="*", metavar="COMMAND")
    names = parser.parse_args().commands or list(LINES)
    fast = []
    with tempfile.TemporaryDirectory() as place:
        folders = [_made(Path(place) / str(count), count) for count in SIZES]
        for name in names:
            times = [least(folder, Path(place) / "copy", LINES[name]) for folder in folders]
            growth = [many / few for few, many in itertools.pairwise(times)]
            fast += [name] if max(growth) > MOST else []
            seconds = "".join(f"{time:9.3f} s" for time in times)
            print(f"{name:14}{seconds}  ", *(f"x {times:.1f}" for times in growth), flush=True)
    print(*(f"grows too fast: {name}" for name in fast), sep="\n")
    sys.exit(bool(fast))


if __name__ == "__main__":
    main()
