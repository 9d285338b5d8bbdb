"""Shows that long work goes on.

A bar on the terminal's stderr, once the work has taken longer than anybody waits without
wondering; it is gone when the work is done.  Elsewhere nothing is shown, and Rich is
imported only for a bar that shows.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from parplan.cli.streams import is_terminal

PATIENCE = 0.7
"""Seconds of work before a bar appears."""

T = TypeVar("T")


def tracked(items: Sequence[T], doing: str) -> Iterator[T]:
    """Yield ``items``, and show how far the work on them has come; ``doing`` names it."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield from items
        return
    begun = time.monotonic()
    for number, item in enumerate(items):
        if time.monotonic() - begun >= PATIENCE:
            yield from _with_bar(items, number, doing)
            return
        yield item


def _with_bar(items: Sequence[T], number: int, doing: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(file=sys.stderr, highlight=False, emoji=False)
    bar = Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,  # data stays data
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task(doing, total=len(items), completed=number)
        for item in items[number:]:
            yield item
            bar.advance(task)
