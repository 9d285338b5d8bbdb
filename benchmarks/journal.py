"""What does a long journal cost?

``python -m benchmarks.journal``: ``note`` with 10 and with 1 000 records in the
journal, ``due`` with none and with 5 000, whole processes by turns on the plan of
35 tasks; time, and the largest resident memory.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.generate import YEAR, Reference, write_journal
from benchmarks.measure import (
    PARPLAN,
    Command,
    Runs,
    alternate,
    environment,
    print_table,
    verdict,
)
from parplan.workspace.workspace import Workspace, packaged_file

ROUNDS = 40

NOTE_BOUND = 1.1
"""'The same': what of a difference the machine's own noise explains."""

DUE_BOUND = 1.5

_NOTE = ("note", "4@2025-06", "x")
_DUE = ("due", "--month", "6")


def command(folder: Path, words: tuple[str, ...], records: int) -> Command:
    """Return parplan with ``words`` on a workspace of its own, made under ``folder``.

    Each run of ``note`` adds a record.
    """
    root = folder / f"{words[0]}-{records}"
    (root / "plan").mkdir(parents=True)
    shutil.copy(packaged_file(f"plan/{YEAR}.yaml"), root / "plan")
    write_journal(root, records, references(root))
    return Command(
        f"{words[0]}, {records:_} records".replace("_", " "),
        (PARPLAN, *words),
        root,
        environment(folder / "bytecode"),
    )


def references(root: Path) -> list[Reference]:
    """Return every occurrence of the plan, and the tasks that have none."""
    read = Workspace(root).read_plan(YEAR).value
    assert read is not None
    return [
        (task.id, period)
        for _section, task in read.tasks()
        for period in [occurrence.period.name for occurrence in read.occurrences(task)] or [""]
    ]


def _rows(short: Runs, long: Runs, bound: float) -> list[list[str]]:
    return [
        [short.name, f"{short.milliseconds:.1f}", "", "", "", "", f"{short.megabytes:.1f}", ""],
        [
            long.name,
            f"{long.milliseconds:.1f}",
            f"{long.times(short):.2f}",
            long.spread(short),
            f"{long.cpu_times(short):.2f}",
            verdict(long.times(short), bound),
            f"{long.megabytes:.1f}",
            f"{long.megabytes / short.megabytes:.2f}",
        ],
    ]


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notes = [command(folder, _NOTE, 10), command(folder, _NOTE, 1_000)]
        dues = [command(folder, _DUE, 0), command(folder, _DUE, 5_000)]
        few, many, none, some = alternate([*notes, *dues], ROUNDS)
    print(f"{ROUNDS} rounds")
    heads = ["", "median ms", "ratio", "middle half", "CPU ratio", "bound", "peak MB", "ratio"]
    print_table(heads, [*_rows(few, many, NOTE_BOUND), *_rows(none, some, DUE_BOUND)])


if __name__ == "__main__":
    main()
