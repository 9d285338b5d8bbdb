"""Ask many offices at once.

A few are read here; many are shared out among processes, one for each processor that this
one may use.  Each office is read, counted and forgotten, so that memory does not grow with
their number.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeAlias

from parplan.rollup.join import Rollup, join
from parplan.rollup.office import Unusable, read_office
from parplan.rollup.sources import Source
from parplan.rollup.tally import Request, Row, Tally, tally

CHUNK = 16
"""How many offices a process is handed at once."""

FEW = 48
"""So many offices are read in less time than processes need to begin."""

Track: TypeAlias = Callable[[Sequence[Future[Rollup]]], Iterable[Future[Rollup]]]
"""What goes through the work and shows how far it has come."""


def gather(sources: Sequence[Source], request: Request, track: Track = lambda work: work) -> Rollup:
    """Return the answer of ``request`` about ``sources``, in their order.

    An office that cannot be read is a row with its problem; the others go on.
    """
    if len(sources) <= FEW or _processors() < 2:
        return _ask_all(request, sources)
    rollup = Rollup()
    with _pool() as pool:
        work = [
            pool.submit(_ask_all, request, sources[start : start + CHUNK])
            for start in range(0, len(sources), CHUNK)
        ]
        for done in track(work):
            rollup.add(done.result())
    return rollup


def _ask_all(request: Request, sources: Iterable[Source]) -> Rollup:
    return join(_ask(request, source) for source in sources)


def _ask(request: Request, source: Source) -> Tally:
    try:
        office = read_office(source, request.year, request.as_of)
    except Unusable as unusable:
        return Tally(Row(source.name, problem=unusable.problem))
    return tally(source, office, request)


def _pool() -> ProcessPoolExecutor:
    """Return processes that begin at once where the system can copy this one."""
    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(_processors(), multiprocessing.get_context(method))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
