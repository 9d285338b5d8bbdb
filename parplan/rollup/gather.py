"""Ask many offices at once.

A few are read here; many are shared out among processes, one for each processor that this
one may use.  Each office is read, counted and forgotten, so that memory does not grow with
their number.
"""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

from parplan.rollup import cache
from parplan.rollup.cache import Cache, Entry
from parplan.rollup.join import Rollup, join
from parplan.rollup.office import Office, Unusable, read_office, year_of
from parplan.rollup.sources import Source
from parplan.rollup.tally import Request, Row, Tally, tally

CHUNK = 16
"""How many offices a process is handed at once."""

FEW = 48
"""So many offices are read in less time than processes need to begin, and not kept either."""

Part: TypeAlias = tuple[Rollup, list[Entry]]
"""The answer about some offices, and what to keep of those that were read for it."""

Track: TypeAlias = Callable[[Sequence[Callable[[], Part]]], Iterable[Callable[[], Part]]]
"""What goes through the work and shows how far it has come."""


def gather(sources: Sequence[Source], request: Request, track: Track = lambda work: work) -> Rollup:
    """Return the answer of ``request`` about ``sources``, in their order.

    An office that cannot be read is a row with its problem; the others go on.
    """
    if len(sources) <= FEW:
        return join(_ask(request, source, read_office) for source in sources)
    chunks = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    rollup, entries = Rollup(), list[Entry]()
    pool = _pool()
    try:
        for part in track([pool.submit(_ask_all, request, chunk).result for chunk in chunks]):
            answer, new_entries = part()
            rollup.add(answer)
            entries += new_entries
    except BrokenProcessPool as error:  # ended by the system, as a rule
        raise MemoryError from error
    finally:
        pool.shutdown(cancel_futures=True)
    cache.keep(entries)
    return rollup


def _ask_all(request: Request, sources: Iterable[Source]) -> Part:
    entries: list[Entry] = []
    with Cache() as kept:
        read = functools.partial(_read_or_kept, kept, entries)
        return join(_ask(request, source, read) for source in sources), entries


def _ask(
    request: Request, source: Source, read: Callable[[Source, int | None, dt.date], Office]
) -> Tally:
    try:
        return tally(source, read(source, request.year, request.as_of), request)
    except Unusable as unusable:
        return Tally(Row(source.name, problem=unusable.problem))


def _read_or_kept(
    kept: Cache, entries: list[Entry], source: Source, year: int | None, as_of: dt.date
) -> Office:
    """Return the office as it was kept, or else as it is read, which ``entries`` are to keep."""
    chosen = year_of(source, year, as_of)
    stamp = cache.stamp_of(source, chosen)
    office = kept.find(source, chosen, stamp) if stamp else None
    if office is not None and office.holds_on(as_of):
        return office
    office = read_office(source, year, as_of)
    if stamp is not None and stamp == cache.stamp_of(source, chosen):  # not changed meanwhile
        new_entry = cache.entry(source, chosen, stamp, office)
        entries += [new_entry] if new_entry else []
    return office


def _pool() -> Executor:
    """Return processes that begin at once where the system can copy this one."""
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(_processors(), context, _leave_ctrl_c_to_us)


def _leave_ctrl_c_to_us() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
