"""How long does the parplan of a folder without Python take beside that of an environment?

``python -m benchmarks.frozen FOLDER [PROGRAM…]``: ``due --month 6`` on the plan of 35 tasks, with
the folder that ``.ci/frozen`` made and with the parplan that is installed here, or PROGRAM, by
turns.  That of Windows is run by Wine, whose own server is not counted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import PARPLAN, Command, alternate, environment, print_table, verdict
from parplan.workspace.workspace import packaged_file

ROUNDS = 50

BOUND = 1.1
"""How many times as long as from an environment it may take."""


def main() -> None:
    """Measure, and print the table."""
    built, *base_program = sys.argv[1:]
    windows = Path(built).resolve() / "parplan.exe"
    program = ["wine", str(windows)] if windows.exists() else [str(windows.with_suffix(""))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plan").mkdir()
        shutil.copy(packaged_file("plan/2025.yaml"), folder / "plan")
        plain = environment(folder / "bytecode")
        commands = [
            Command(title, [*words, "due", "--month", "6"], folder, plain)
            for title, words in (("environment", base_program or [PARPLAN]), ("folder", program))
        ]
        base, frozen = alternate(commands, ROUNDS)
    rows = [
        [base.name, f"{base.milliseconds:.1f}", "", "", "", ""],
        [
            frozen.name,
            f"{frozen.milliseconds:.1f}",
            f"{frozen.times(base):.2f}",
            frozen.spread(base),
            f"{frozen.cpu_times(base):.2f}",
            verdict(frozen.cpu_times(base), BOUND),
        ],
    ]
    print(f"{ROUNDS} rounds")
    print_table(["", "median ms", "ratio", "middle half", "CPU", "bound (CPU)"], rows)


if __name__ == "__main__":
    main()
