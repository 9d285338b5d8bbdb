"""What would a plan look like in the programs that parplan is compared with?

The tasks of ``benchmarks.generate``, one to-do a task, with the first due date in or
after June, in the format that each program itself keeps: written piece by piece, and
the same bytes every time.  For Taskwarrior also one to-do an occurrence, as parplan has them.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate
from benchmarks.generate import YEAR

FIRST = dt.date(YEAR, 6, 1)
"""The month whose due dates every program lists, both days inclusive."""


class ToDo(NamedTuple):
    """A task as a to-do list knows it."""

    number: int
    title: str
    project: str
    due: dt.date | None


def todos(tasks: int) -> Iterator[ToDo]:
    """Yield the to-dos of a plan with so many tasks."""
    drawn = random.Random(YEAR)
    for number in range(1, tasks + 1):
        matter, _short = drawn.choice(generate.MATTERS)
        words = (drawn.choice(generate.VERBS), matter, drawn.choice(generate.SCOPES))
        unit = drawn.choice(generate.UNITS)[0]
        yield ToDo(number, " ".join(words), unit, generate.first_due(number, FIRST))


def taskwarrior(folder: Path, tasks: int) -> None:
    """Write Taskwarrior's data of version 2.6 to ``folder``."""
    _write_taskwarrior(folder, todos(tasks))


def taskwarrior_year(folder: Path, tasks: int) -> None:
    """Write the same with a to-do for each occurrence of the year."""
    _write_taskwarrior(
        folder,
        (
            todo._replace(due=day)
            for todo in todos(tasks)
            for day in generate.period_ends(todo.number) or (todo.due,)
        ),
    )


def _write_taskwarrior(folder: Path, every: Iterable[ToDo]) -> None:
    drawn = random.Random(YEAR)
    with (folder / "pending.data").open("w", encoding="utf-8") as file:
        for todo in every:
            name = uuid.UUID(int=drawn.getrandbits(128), version=4)
            due = f' due:"{_seconds(todo.due)}"' if todo.due else ""
            file.write(
                f'[description:"{todo.title}"{due} entry:"{_seconds(FIRST)}" '
                f'modified:"{_seconds(FIRST)}" project:"{todo.project}" status:"pending" '
                f'uuid:"{name}"]\n'
            )
    (folder / "taskrc").write_text("verbose=nothing\nconfirmation=no\n", encoding="ascii")


def hledger(folder: Path, tasks: int) -> None:
    """Write a journal of hledger to ``folder``: a transaction on the due date of each task."""
    with (folder / "plan.journal").open("w", encoding="utf-8") as file:
        for todo in todos(tasks):
            day = todo.due or dt.date(YEAR, 12, 31)
            file.write(f"{day} {todo.title}\n    tasks:{todo.project}  1\n    open\n\n")


def topydo(folder: Path, tasks: int) -> None:
    """Write a todo.txt for topydo to ``folder``."""
    with (folder / "todo.txt").open("w", encoding="utf-8") as file:
        for todo in todos(tasks):
            due = f" due:{todo.due}" if todo.due else ""
            file.write(f"{FIRST} {todo.title} +{todo.project}{due}\n")


def todoman(folder: Path, tasks: int) -> None:
    """Write a folder of iCalendar files for todoman, one a task, and its configuration."""
    files = folder / "lists" / "plan"
    files.mkdir(parents=True)
    for todo in todos(tasks):
        due = f"DUE;VALUE=DATE:{todo.due:%Y%m%d}\r\n" if todo.due else ""
        (files / f"{todo.number}.ics").write_bytes(
            (
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//parplan//benchmarks//VI\r\n"
                f"BEGIN:VTODO\r\nUID:{todo.number}@parplan\r\nDTSTAMP:{FIRST:%Y%m%d}T000000Z\r\n"
                f"SUMMARY:{todo.title}\r\n{due}STATUS:NEEDS-ACTION\r\n"
                "END:VTODO\r\nEND:VCALENDAR\r\n"
            ).encode()
        )
    (folder / "todoman.py").write_text(
        f'path = "{folder}/lists/*"\ndefault_list = "plan"\n'
        f'cache_path = "{folder}/cache.sqlite3"\ndate_format = "%Y-%m-%d"\n',
        encoding="utf-8",
    )


def _seconds(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
