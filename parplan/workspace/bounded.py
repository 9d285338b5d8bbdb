"""Runs another program within bounds, and leaves nothing of it running.

Files of strangers are read by programs that bound nothing themselves: the system ends
these when they take too long or too much.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

import msgspec

from parplan.workspace import programs


class Bounds(msgspec.Struct, frozen=True):
    """What a program may take: seconds by the clock; the rest where the system counts it (Linux).

    ``processor`` is in seconds of the processor, ``memory`` and ``file`` in bytes: what it
    holds, and the largest file that it writes.
    """

    seconds: float
    processor: int | None = None
    memory: int | None = None
    file: int | None = None


FOR_STRANGERS = Bounds(seconds=30, processor=8, memory=500_000_000, file=200_000_000)
"""For reading a file that somebody sent: twice what is needed for a plan of a thousand tasks."""


def run(command: Sequence[str], bounds: Bounds, variables: Mapping[str, str]) -> bytes:
    """Run ``command`` to its end and return what it printed; its complaints are dropped.

    ``variables`` are added to the environment.  Raises OSError where it cannot be started, and
    SubprocessError where it fails or goes beyond ``bounds``: TimeoutExpired by the clock.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**programs.environment(), **variables},
        start_new_session=True,
    ) as process:
        try:
            _bound(process.pid, bounds)
            printed, _complaints = process.communicate(timeout=bounds.seconds)
        finally:
            _end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed


if sys.platform == "linux":
    import resource

    def _bound(process: int, bounds: Bounds) -> None:
        """Bound the process and all that it begins from now on."""
        for kind, most in (
            (resource.RLIMIT_CPU, bounds.processor),
            (resource.RLIMIT_DATA, bounds.memory),
            (resource.RLIMIT_FSIZE, bounds.file),
            (resource.RLIMIT_CORE, 0),
        ):
            if most is not None:
                with contextlib.suppress(ProcessLookupError):  # it has ended already
                    _soft, hard = resource.prlimit(process, kind)
                    lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
                    resource.prlimit(process, kind, (lowest, lowest))

else:

    def _bound(process: int, bounds: Bounds) -> None:
        """Leave it at the clock: no other program can be bounded here."""


if sys.platform == "win32":

    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()

else:

    def _end(process: subprocess.Popen[bytes]) -> None:
        """End the process and those that it began: LibreOffice's own program is one of these."""
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
