"""Ask many offices at once.

Each office is read, counted and forgotten, so that memory does not grow with their number.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from parplan.rollup import cache
from parplan.rollup.cache import Cache, CachedOffice
from parplan.rollup.join import Rollup, join
from parplan.rollup.office import Office, Unusable, read_office, year_of
from parplan.rollup.parallel import Track, in_parts
from parplan.rollup.sources import OfficeSource
from parplan.rollup.tally import OfficeRow, OfficeTally, Request, tally

FEW = 48
"""So many offices are read in less time than processes need to begin, and not kept either."""

Part: TypeAlias = tuple[Rollup, list[CachedOffice]]
"""The answer about some offices, and what to keep of those that were read for it."""


def gather(sources: Sequence[OfficeSource], request: Request, track: Track) -> Rollup:
    """Return the answer of ``request`` about ``sources``, in their order.

    An office that cannot be read is a row with its problem; the others go on.  Raises
    MemoryError where a process that read some was ended from outside.
    """
    if len(sources) <= FEW:
        return join(_ask(request, source, read_office) for source in sources)
    rollup, entries = Rollup(), list[CachedOffice]()
    for answer, new_entries in in_parts(functools.partial(_ask_all, request), sources, track):
        rollup.add(answer)
        entries += new_entries
    cache.keep(entries)
    return rollup


def _ask_all(request: Request, sources: Iterable[OfficeSource]) -> Part:
    entries: list[CachedOffice] = []
    with Cache() as kept:
        read = functools.partial(_read_or_kept, kept, entries)
        return join(_ask(request, source, read) for source in sources), entries


def _ask(
    request: Request,
    source: OfficeSource,
    read: Callable[[OfficeSource, int | None, dt.date], Office],
) -> OfficeTally:
    try:
        return tally(source, read(source, request.year, request.as_of), request)
    except Unusable as unusable:
        return OfficeTally(OfficeRow(source.name, problem=unusable.problem))


def _read_or_kept(
    kept: Cache, entries: list[CachedOffice], source: OfficeSource, year: int | None, as_of: dt.date
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
