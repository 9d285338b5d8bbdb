"""How long does ``parplan due --month 6`` take beside an empty Typer command?

``python -m benchmarks.startup``: whole processes on the plan of 35 tasks, plain output
into a pipe and rich output (FORCE_COLOR=1), by turns with two Typer apps.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import PARPLAN, Command, alternate, environment, print_table, verdict
from parplan.workspace.workspace import packaged_file

ROUNDS = 50

BOUNDS = {"plain": 1.5, "rich": 2.2}
"""How many times as long as the empty command each output may take."""

_TYPER_APP = """\
import typer

app = typer.Typer({options})


@app.command()
def main() -> None:
    pass


if __name__ == "__main__":
    app()
"""


def commands(folder: Path) -> Iterator[Command]:
    """Yield the two empty apps, then parplan with each output, as made in ``folder``."""
    (folder / "plan").mkdir()
    shutil.copy(packaged_file("plan/2025.yaml"), folder / "plan")
    plain = environment(folder / "bytecode")
    for name, options in (("bare", "rich_markup_mode=None"), ("default", "")):
        app = folder / f"{name}.py"
        app.write_text(_TYPER_APP.format(options=options), encoding="utf-8")
        yield Command(f"empty, {name} Typer", [sys.executable, str(app)], folder, plain)
    due = [PARPLAN, "due", "--month", "6"]
    yield Command("due --month 6, plain", due, folder, plain)
    yield Command("due --month 6, rich", due, folder, {**plain, "FORCE_COLOR": "1"})


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        bare, default, plain, rich = alternate(list(commands(Path(folder))), ROUNDS)
    rows = [
        [
            command.name,
            f"{command.milliseconds:.1f}",
            f"{command.times(bare):.2f}",
            command.spread(bare),
            f"{command.cpu_times(bare):.2f}",
            f"{command.times(default):.2f}",
            verdict(command.times(bare), bound) if bound else "",
        ]
        for command, bound in (
            (bare, None),
            (default, None),
            (plain, BOUNDS["plain"]),
            (rich, BOUNDS["rich"]),
        )
    ]
    heads = ["", "median ms", "x bare", "middle half", "CPU x bare", "x default", "bound (x bare)"]
    print(f"{ROUNDS} rounds")
    print_table(heads, rows)


if __name__ == "__main__":
    main()
