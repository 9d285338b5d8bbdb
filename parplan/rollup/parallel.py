"""Share offices out among processes, one for each processor that this one may use."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeAlias, TypeVar

from parplan.rollup.sources import OfficeSource

T = TypeVar("T")

CHUNK = 16
"""How many offices a process is handed at once."""

Track: TypeAlias = Callable[[Sequence[Callable[[], Any]]], Iterable[Callable[[], Any]]]
"""What goes through the work and shows how far it has come."""


def untracked(work: Sequence[Callable[[], Any]]) -> Iterable[Callable[[], Any]]:
    """Go through ``work`` and show nothing."""
    return work


def in_parts(
    ask: Callable[[Sequence[OfficeSource]], T], sources: Sequence[OfficeSource], track: Track
) -> Iterator[T]:
    """Yield what ``ask`` returns for one part of ``sources`` after the other, in their order.

    So few parts are under way at once that answers do not pile up.  Raises MemoryError where a
    process was ended from outside, as a rule by the system.
    """
    chunks = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    pool = _pool()
    waiting = iter(chunks)
    under_way = deque(
        pool.submit(ask, chunk) for chunk in itertools.islice(waiting, 3 * _processors())
    )

    def result() -> T:
        answer = under_way.popleft().result()
        under_way.extend(pool.submit(ask, chunk) for chunk in itertools.islice(waiting, 1))
        return answer

    try:
        for part in track([result] * len(chunks)):
            yield part()
    except BrokenProcessPool as error:
        raise MemoryError from error
    finally:
        pool.shutdown(cancel_futures=True)


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
