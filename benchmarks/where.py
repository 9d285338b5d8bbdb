"""Where does the time of a command go?

``python -m benchmarks.where``: ``due``, ``note`` and ``report`` (and ``board``, where there
is one) on plans of 35 and 10 000 tasks, CPU time by stage: the interpreter and libraries,
parplan's own modules, then each part of the work, in processes of their own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import generate
from benchmarks.measure import environment, print_table
from benchmarks.peers import OWN, known_actions

SIZES = (35, 10_000)
ROUNDS = 9

_CHILD = Path(__file__).with_name("stages.py")


def stages(folder: Path, words: list[str]) -> dict[str, float]:
    """Return the median CPU milliseconds of each stage of a command in ``folder``."""
    around = environment(folder.parent / "bytecode")
    rounds: list[dict[str, float]] = []
    for number in range(ROUNDS + 2):
        done = subprocess.run(
            [sys.executable, str(_CHILD), *words],
            cwd=folder,
            env=around,
            capture_output=True,
            check=True,
        )
        if number > 1:
            rounds.append(json.loads(done.stderr.splitlines()[-1]))
    return {name: 1000 * statistics.median(times[name] for times in rounds) for name in rounds[0]}


def main() -> None:
    """Measure, and print the table."""
    columns: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for tasks in SIZES:
            folder = Path(name) / str(tasks)
            generate.write_workspace(folder, tasks, 0)
            for action in known_actions():
                columns[f"{action}, {tasks}"] = stages(folder, list(OWN[action]))
    names = list(next(iter(columns.values())))
    rows = [[name, *(f"{column[name]:.1f}" for column in columns.values())] for name in names]
    total = ["all", *(f"{sum(column.values()):.1f}" for column in columns.values())]
    print_table(["CPU ms", *columns], [*rows, total])


if __name__ == "__main__":
    main()
