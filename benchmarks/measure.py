"""How long does a process take, and how much memory, beside another one?

Commands are run by turns, in an order drawn anew each round, so that whatever else
the machine does falls on all of them alike; medians are compared.  Needs a POSIX
system, for the memory of each child alone.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PARPLAN = str(Path(sys.executable).with_name("parplan"))
"""The command as it is installed in the environment that measures."""

_WARM_UPS = 2
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_FOREIGN = ("PARPLAN_", "PYTHON")
_SCREEN = ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR")


class Command(NamedTuple):
    """A process to measure."""

    name: str
    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    typed: bytes = b""
    """What a person would type."""


class Run(NamedTuple):
    """One run of a whole process with its children: wall time, CPU time, largest memory."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


class Runs(NamedTuple):
    """What a command took, round by round."""

    name: str
    each: list[Run]

    @property
    def milliseconds(self) -> float:
        """The median wall time."""
        return 1000 * statistics.median(run.seconds for run in self.each)

    @property
    def megabytes(self) -> float:
        """The median of the largest resident memory, in 10⁶ bytes."""
        return statistics.median(run.peak_bytes for run in self.each) / 1e6

    @property
    def cpu_milliseconds(self) -> float:
        """The median CPU time."""
        return 1000 * statistics.median(run.cpu_seconds for run in self.each)

    def times(self, other: Runs) -> float:
        """Return how many times as long as ``other`` it takes, by the medians."""
        return self.milliseconds / other.milliseconds

    def cpu_times(self, other: Runs) -> float:
        """Return the same for CPU time, which a busy machine disturbs less."""
        return self.cpu_milliseconds / other.cpu_milliseconds

    def spread(self, other: Runs) -> str:
        """Return the middle half of the wall times' ratio, round by round: '1.08-1.15'."""
        pairs = zip(self.each, other.each, strict=True)
        quarters = statistics.quantiles(first.seconds / second.seconds for first, second in pairs)
        return f"{quarters[0]:.2f}-{quarters[2]:.2f}"


def alternate(commands: Sequence[Command], rounds: int) -> list[Runs]:
    """Return what each command takes, in the order given, after a warm-up.

    Raises SystemExit with what a command printed when it fails.
    """
    for command in commands:
        for _number in range(_WARM_UPS):
            run(command)
    results = [Runs(command.name, []) for command in commands]
    order = list(range(len(commands)))
    drawn = random.Random(1)
    for _round in range(rounds):
        drawn.shuffle(order)
        for place in order:
            results[place].each.append(run(commands[place]))
    return results


def run(command: Command) -> Run:
    """Run ``command`` once, its output into a pipe that is read to the end.

    A child's peak is at least that of the process that started it (Linux counts what it
    was before it became another program), so whoever measures must stay small itself.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.PIPE if command.typed else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    if process.stdin is not None:
        with process.stdin as keys:
            keys.write(command.typed)
    with process.stdout as pipe:
        output = pipe.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = output.decode("utf-8", "replace")
        raise SystemExit(f"{command.name}: exit status {process.returncode}\n{words}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT)


def environment(cache: Path) -> dict[str, str]:
    """Return the environment for all commands of a comparison.

    What would change their work is left out.  Bytecode goes to the folder ``cache``: the
    warm-up fills it, as an installation would, whatever stands beside the sources.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in _SCREEN and not name.startswith(_FOREIGN)
    }
    return {**inherited, "PYTHONPYCACHEPREFIX": str(cache)}


def verdict(value: float, bound: float) -> str:
    """Return ``bound`` and whether ``value`` keeps it."""
    return f"{bound:g} {'holds' if value <= bound else 'BROKEN'}"


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print ``rows`` under ``heads``; the first column to the left, the others to the right."""
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    for row in (heads, *rows):
        first = row[0].ljust(widths[0])
        others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  ".join((first, *others)).rstrip())
