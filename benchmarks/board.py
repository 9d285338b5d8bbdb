"""What does the board cost?

``python -m benchmarks.board``: the page of 35 tasks with 500 notes beside ``due`` on the
same workspace, whole processes by turns; then the page of 10 000 tasks with 100 000
records, its time and its size.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.generate import YEAR, write_journal, write_workspace
from benchmarks.journal import references
from benchmarks.measure import (
    PARPLAN,
    Command,
    alternate,
    environment,
    print_table,
    verdict,
)
from parplan.workspace.workspace import packaged_file

ROUNDS, LARGE_ROUNDS = 20, 5
NOTES = 500
TASKS, RECORDS = 10_000, 100_000

BOARD_BOUND = 3.0
"""Of the time of 'due'."""

SMALL_KB, LARGE_SECONDS, LARGE_MB = 150, 5, 15

_AS_OF = ("--as-of", f"{YEAR}-06-20")
_DUE = ("due", "--month", "6", *_AS_OF)
_STATUS = ("status", *_AS_OF)
_BOARD = ("board", "-o", "board.html", "--force", *_AS_OF)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        around = environment(folder / "bytecode")
        small, large = folder / "office", folder / "large"
        (small / "plan").mkdir(parents=True)
        shutil.copy(packaged_file(f"plan/{YEAR}.yaml"), small / "plan")
        write_journal(small, NOTES, references(small))
        write_workspace(large, TASKS, RECORDS)
        commands = [
            Command(words[0], (PARPLAN, *words), small, around) for words in (_DUE, _STATUS, _BOARD)
        ]
        due, status, board = alternate(commands, ROUNDS)
        (huge,) = alternate([Command("large", (PARPLAN, *_BOARD), large, around)], LARGE_ROUNDS)
        small_size, large_size = ((root / "board.html").stat().st_size for root in (small, large))
    rows = [
        [due.name, f"{due.milliseconds:.1f}", "", "", "", f"{due.megabytes:.1f}", "", ""],
        [
            status.name,
            f"{status.milliseconds:.1f}",
            f"{status.times(due):.2f}",
            f"{status.cpu_times(due):.2f}",
            "",
            f"{status.megabytes:.1f}",
            "",
            "",
        ],
        [
            board.name,
            f"{board.milliseconds:.1f}",
            f"{board.times(due):.2f}",
            f"{board.cpu_times(due):.2f}",
            verdict(board.times(due), BOARD_BOUND),
            f"{board.megabytes:.1f}",
            f"{small_size / 1000:.0f}",
            verdict(small_size / 1000, SMALL_KB),
        ],
        [
            f"board, {TASKS} tasks, {RECORDS} records",
            f"{huge.milliseconds:.0f}",
            "",
            "",
            f"{LARGE_SECONDS} s "
            + ("holds" if huge.milliseconds <= 1000 * LARGE_SECONDS else "BROKEN"),
            f"{huge.megabytes:.0f}",
            f"{large_size / 1000:.0f}",
            verdict(large_size / 1000, 1000 * LARGE_MB),
        ],
    ]
    print(f"{ROUNDS} rounds, {NOTES} records; large: {LARGE_ROUNDS} rounds")
    heads = ["", "median ms", "x due", "CPU x due", "bound", "peak MB", "page kB", "bound"]
    print_table(heads, rows)


if __name__ == "__main__":
    main()
