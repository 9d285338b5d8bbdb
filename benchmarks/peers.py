"""Is parplan ahead of the programs that people would use instead?

``python -m benchmarks.peers``: plans of 35 to 100 000 tasks, parplan and the peers that
are installed by turns on the same data, what is due in June and a note recorded; then
parplan alone over journals of growing length.  Prints medians, ratios to parplan, peak
memory and growth, and writes them as a picture.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate, peerdata, plot
from benchmarks.measure import PARPLAN, Command, Runs, alternate, environment, print_table

SIZES = (35, 140, 400, 1_000, 10_000)
RECORDS = (0, 500, 5_000)

ACTIONS = ("due", "note", "report", "board")
"""What is measured; peers know the first two only."""

_AS_OF = ("--as-of", f"{generate.YEAR}-03-18")
_LATER = ("--as-of", f"{generate.YEAR}-06-20")
OWN = {
    "due": ("due", "--month", "6", *_AS_OF),
    "note": ("note", "1@2025-06", "x", "--author", "An", *_AS_OF),
    "report": ("report", "--month", "6", "--format", "md", "-o", "-", *_LATER),
    "board": ("board", "-o", "-", *_AS_OF),
}
_HLEDGER_NOTE = "2025-06-01\nnote\ntasks:tu-phap\n1\nopen\n\n.\ny\n.\n"


class Peer(NamedTuple):
    """A program to compare with: its data, its words, how to get it, what it can bear."""

    program: str
    install: str
    write: Callable[[Path, int], None]
    words: Callable[[Path], Mapping[str, Sequence[str]]]
    typed: str = ""
    most: int = max(SIZES)
    """The largest plan that it can be asked for within minutes."""


def _taskwarrior(folder: Path) -> Mapping[str, Sequence[str]]:
    home = (f"rc:{folder}/taskrc", f"rc.data.location={folder}")
    month = (f"due.after:{generate.YEAR}-05-31", f"due.before:{generate.YEAR}-07-01")
    return {"due": (*home, *month, "list"), "note": (*home, "1", "annotate", "x")}


def _hledger(folder: Path) -> Mapping[str, Sequence[str]]:
    file = ("-f", f"{folder}/plan.journal")
    return {"due": (*file, "register", f"date:{generate.YEAR}-06"), "note": (*file, "add")}


def _topydo(folder: Path) -> Mapping[str, Sequence[str]]:
    file = ("-t", f"{folder}/todo.txt")
    month = (f"due:>{generate.YEAR}-05-31", f"due:<{generate.YEAR}-07-01")
    return {"due": (*file, "ls", *month), "note": (*file, "append", "1", "x")}


def _todoman(folder: Path) -> Mapping[str, Sequence[str]]:
    file = ("--config", f"{folder}/todoman.py")
    hours = 24 * (dt.date(generate.YEAR, 7, 1) - dt.date.today()).days  # it knows no dates here
    return {
        "due": (*file, "list", "--due", str(hours)),
        "note": (*file, "edit", "1", "--location", "x"),
    }


PEERS = {
    "Taskwarrior": Peer("task", "apt-get install taskwarrior", peerdata.taskwarrior, _taskwarrior),
    "Taskwarrior, each occurrence": Peer(
        "task", "apt-get install taskwarrior", peerdata.taskwarrior_year, _taskwarrior
    ),
    "hledger": Peer(
        "hledger", "apt-get install hledger", peerdata.hledger, _hledger, typed=_HLEDGER_NOTE
    ),
    "topydo": Peer("topydo", "pip install topydo", peerdata.topydo, _topydo, most=10_000),
    "todoman": Peer("todo", "pip install todoman", peerdata.todoman, _todoman, most=10_000),
}


def program_path(peer: Peer, beside: Path | None) -> str | None:
    """Return the path of a peer's program: in the folder ``beside``, else where the shell looks."""
    return shutil.which(peer.program, path=beside and str(beside)) or shutil.which(peer.program)


def commands(
    folder: Path, tasks: int, programs: Mapping[str, str], actions: Sequence[str]
) -> Iterator[tuple[str, Command]]:
    """Yield each action with a command for it, on data made under ``folder``."""
    around = environment(folder.parent / "bytecode")
    office = folder / "parplan"
    generate.write_workspace(office, tasks, 0)
    for action in actions:
        yield action, Command("parplan", (PARPLAN, *OWN[action]), office, around)
    for name, program in programs.items():
        peer = PEERS[name]
        if tasks > peer.most:
            continue
        home = folder / name
        home.mkdir()
        peer.write(home, tasks)
        for action, words in peer.words(home).items():
            typed = peer.typed.encode() if action == "note" else b""
            yield action, Command(name, (program, *words), home, around, typed)


def known_actions() -> list[str]:
    """Return the actions that this parplan has."""
    from parplan.cli.command_table import COMMANDS

    return [action for action in ACTIONS if action in COMMANDS]


def measure(
    folder: Path, sizes: Sequence[int], programs: Mapping[str, str], rounds: int
) -> dict[tuple[str, str, int], Runs]:
    """Return what each action took, by action, program and number of tasks."""
    measured: dict[tuple[str, str, int], Runs] = {}
    for tasks in sizes:
        home = folder / str(tasks)
        home.mkdir()
        all_ = list(commands(home, tasks, programs, known_actions()))
        few = max(3, min(rounds, rounds * 2_000 // tasks))
        print(f"{tasks} tasks, {few} rounds …", file=sys.stderr)
        for (action, command), runs in zip(
            all_, alternate([c for _a, c in all_], few), strict=True
        ):
            measured[action, command.name, tasks] = runs
        shutil.rmtree(home)
    return measured


def over_journals(folder: Path, lengths: Sequence[int], rounds: int) -> list[tuple[str, int, Runs]]:
    """Return what 'due' and 'note' took on 35 tasks with journals of such lengths."""
    prepared: list[tuple[str, int, Command]] = []
    around = environment(folder / "bytecode")
    for records in lengths:
        office = folder / f"journal-{records}"
        generate.write_workspace(office, SIZES[0], records)
        for action in ("due", "note"):
            # After the last record: on an earlier day 'note' has to read what came later.
            words = (PARPLAN, *OWN[action][: -len(_AS_OF)], "--as-of", f"{generate.YEAR}-12-31")
            prepared.append(
                (action, records, Command(f"{action} {records}", words, office, around))
            )
    measured = alternate([command for *_which, command in prepared], max(3, rounds // 3))
    return [
        (action, size, runs) for (action, size, _c), runs in zip(prepared, measured, strict=True)
    ]


def rows(measured: Mapping[tuple[str, str, int], Runs]) -> Iterator[list[str]]:
    """Yield the table: times, ratios of parplan's to theirs, memory, growth since the last size."""
    before: dict[tuple[str, str], tuple[int, Runs]] = {}
    for (action, name, tasks), runs in sorted(
        measured.items(), key=lambda entry: (ACTIONS.index(entry[0][0]), entry[0][2])
    ):
        ours = measured[action, "parplan", tasks]
        last = before.get((action, name))
        grown = f"{runs.cpu_times(last[1]):.1f} for {tasks / last[0]:.3g}" if last else ""
        before[action, name] = tasks, runs
        ratios = ("", "") if name == "parplan" else (ours.times(runs), ours.cpu_times(runs))
        yield [
            f"{action}, {tasks} tasks, {name}",
            f"{runs.milliseconds:.1f}",
            f"{runs.cpu_milliseconds:.1f}",
            *(ratio if isinstance(ratio, str) else f"{ratio:.2f}" for ratio in ratios),
            f"{runs.megabytes:.1f}",
            grown,
        ]


HEADS = ["", "median ms", "CPU ms", "parplan : it", "CPU", "peak MB", "growth"]


def main() -> None:
    """Measure, print the tables, write the picture."""
    options = _arguments()
    programs = {}
    for name, peer in PEERS.items():
        path = program_path(peer, options.peers)
        if path is None:
            print(f"{name} is not here: {peer.install}", file=sys.stderr)
        else:
            programs[name] = path
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = measure(folder, options.sizes, programs, options.rounds)
        print_table(HEADS, list(rows(measured)))
        if options.records:
            print()
            lengths = over_journals(folder, options.records, options.rounds)
            print_table(
                ["35 tasks", "median ms", "CPU ms", "peak MB"],
                [
                    [
                        f"{action}, {records} records",
                        f"{runs.milliseconds:.1f}",
                        f"{runs.cpu_milliseconds:.1f}",
                        f"{runs.megabytes:.1f}",
                    ]
                    for action, records, runs in lengths
                ],
            )
    points = {key: runs.cpu_milliseconds for key, runs in measured.items()}
    options.plot.write_text(plot.growth(points, ACTIONS), encoding="utf-8")
    print(f"\nwrote {options.plot}")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",") if part))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="numbers of tasks: 35,1000")
    parser.add_argument("--records", type=_numbers, default=RECORDS, help="lengths of journals")
    parser.add_argument("--rounds", type=int, default=15, help="runs of each; fewer of long ones")
    parser.add_argument("--peers", type=Path, help="folder of the peers' programs, first looked in")
    parser.add_argument("--plot", type=Path, default=Path("peers.svg"), help="picture to write")
    return parser.parse_args()


if __name__ == "__main__":
    main()
