"""What does a report cost?

``python -m benchmarks.report``: the June report on the plan of 35 tasks with 500 notes,
as Markdown and as docx, beside ``due`` on the same workspace, whole processes by turns;
time, and the largest resident memory.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.generate import YEAR, write_journal
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

ROUNDS = 20
NOTES = 500

MARKDOWN_BOUND = 3.0
"""Of the time of 'due'."""

DOCX_SECONDS = 1.5
"""Of CPU time, which a busy machine disturbs less; idle, a command takes no longer than that."""

_AS_OF = ("--as-of", f"{YEAR}-06-20")
_FORMS = {
    "due --month 6": ("due", "--month", "6", *_AS_OF),
    "report, md": ("report", "--month", "6", "--format", "md", "-o", "-", *_AS_OF),
    "report, docx": ("report", "--month", "6", "--format", "docx", "-o", "-", *_AS_OF),
}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "office"
        (root / "plan").mkdir(parents=True)
        shutil.copy(packaged_file(f"plan/{YEAR}.yaml"), root / "plan")
        write_journal(root, NOTES, references(root))
        around = environment(folder / "bytecode")
        commands = [
            Command(name, (PARPLAN, *words), root, around) for name, words in _FORMS.items()
        ]
        due, markdown, docx = alternate(commands, ROUNDS)
    bounds = {
        due.name: "",
        markdown.name: verdict(markdown.times(due), MARKDOWN_BOUND),
        docx.name: f"{DOCX_SECONDS} s of CPU "
        + ("holds" if docx.cpu_milliseconds <= 1000 * DOCX_SECONDS else "BROKEN"),
    }
    rows = [
        [
            stage.name,
            f"{stage.milliseconds:.1f}",
            f"{stage.times(due):.2f}",
            f"{stage.cpu_milliseconds:.1f}",
            f"{stage.cpu_times(due):.2f}",
            bounds[stage.name],
            f"{stage.megabytes:.1f}",
        ]
        for stage in (due, markdown, docx)
    ]
    print(f"{ROUNDS} rounds, {NOTES} records")
    print_table(["", "median ms", "x due", "CPU ms", "CPU x due", "bound", "peak MB"], rows)


if __name__ == "__main__":
    main()
