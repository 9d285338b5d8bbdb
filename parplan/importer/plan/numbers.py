"""Gives each task and section its number, where the file repeats or leaves out some.

A number is kept as printed.  Where numbering begins anew in each section, the section's
goes before it (``II.1``); where none is printed, one is made from the task above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from parplan.importer.office.numbering import format_numeral
from parplan.importer.plan.printed import RawSection

_LETTER = re.compile("[a-zđ]")
# "8@2025-06" names an occurrence, so neither "@" nor a space may stand in a number.
_BAD = re.compile(r"[\s@]+")


def section_ids(sections: Sequence[RawSection]) -> list[str]:
    """Return an id for each section: its number as printed, made different where repeated."""
    ids: list[str] = []
    tables = list(dict.fromkeys(section.table for section in sections))
    for position, section in enumerate(sections, 1):
        name = _BAD.sub("", section.number) or format_numeral(position, "upperRoman")
        appendix = f"PL{tables.index(section.table) + 1}.{name}"
        ids.append(_first_free([name, appendix], ids))
    return ids


def task_ids(sections: Sequence[RawSection], names: Sequence[str]) -> list[list[tuple[str, bool]]]:
    """Return for each section the ids of its tasks, each with whether it is as printed.

    ``names`` are the sections' ids.
    """
    printed = [[number for number, _own in _task_numbers(section)] for section in sections]
    every = [number for numbers in printed for number in dict.fromkeys(numbers)]
    restarts = len(set(every)) < len(every)
    taken: set[str] = set()
    ids_by_section: list[list[tuple[str, bool]]] = []
    for section, name in zip(sections, names, strict=True):
        ids: list[tuple[str, bool]] = []
        # A group's number stands in those of its tasks: 1.2 or 1b.
        prefix = (section.outer.number if section.outer else "") if section.group else name
        for number, is_printed in _task_numbers(section):
            preferred = f"{prefix}.{number}" if restarts and prefix else number
            free = _first_free([preferred], taken)
            taken.add(free)
            ids.append((free, is_printed and free == preferred))
        ids_by_section.append(ids)
    return ids_by_section


def _task_numbers(section: RawSection) -> Iterator[tuple[str, bool]]:
    """Yield the number of each task of ``section``, with whether it is printed."""
    parent, children = section.group, 0
    for position, task in enumerate(section.tasks, 1):
        number = _BAD.sub("", task.number)
        if number and task.step:
            yield f"{number}.{task.step}", False
        elif number and _LETTER.fullmatch(number) and parent:
            yield f"{parent}{number}", True  # 3a
        elif number:
            if not _LETTER.fullmatch(number):
                parent, children = number, 0
            yield number, True
        elif parent:
            children += 1
            yield f"{parent}.{children}", False
        else:
            yield str(position), False


def _first_free(preferred: Sequence[str], taken: Collection[str]) -> str:
    numbered = (f"{preferred[0]}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain(preferred, numbered) if name not in taken)
