"""Runs parplan as a process of its own that need not start: it is forked from one that has.

A test that strikes a command at each call that writes runs it many times, one of limits for each
of many files, and Python's start and the imports would take four fifths of that.  They write
nothing, so that what is struck is the same: ``test_a_fork_writes_as_a_process_that_starts`` holds
the calls of both together.  What a process has imported counts towards its limits.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.helpers import forking
from tests.helpers.running import AT_START, PATIENCE, Text

_COMPILED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
"""Where compiled modules lie, which for a process that imports nothing is all the same."""


class Warm:
    """A Python that has imported all of parplan, and forks for each run."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        apart = ["-S"] if "PYTHONSAFEPATH" in environment else []  # ``steady`` says where from
        self._process = subprocess.Popen(
            [sys.executable, "-P", *apart, forking.__file__],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(
        self,
        words: Sequence[str],
        cwd: Path,
        env: Mapping[str, str],
        watch: Sequence[str],
        limits: Mapping[str, int],
    ) -> Text:
        """Return how a run ends: by itself, or strace, where ``watch`` is its command line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("out", "error")]
            for path in streams:
                path.touch()
            request = {
                "words": words,
                "cwd": str(cwd),
                "env": dict(env),
                "watch": watch,
                "limits": dict(limits),
                "streams": list(map(str, streams)),
                "seconds": PATIENCE,
            }
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            status = int(self._process.stdout.readline())
            out, error = (path.read_bytes().decode() for path in streams)
        return Text(words, status, out, error)

    def end(self) -> None:
        """Ask for no more."""
        self._process.communicate()


@functools.cache
def _started(environment: frozenset[tuple[str, str]]) -> Warm:
    warm = Warm(dict(environment))
    atexit.register(warm.end)
    return warm


def run_warm(
    args: Sequence[str | bytes],
    cwd: Path,
    env: Mapping[str, str],
    stdin: bytes = b"",
    watch: Sequence[str] = (),
    limits: Mapping[str, int] = MappingProxyType({}),
) -> Text:
    """Run parplan as ``run_process`` does, under strace where ``watch`` is its command line.

    ``limits`` are those that the system sets to a process, by their names in ``resource``.
    """
    assert not stdin, "nobody types anything there"
    read_once = {name: value for name, value in env.items() if name.startswith(AT_START)}
    for name in _COMPILED:
        read_once.pop(name, None)
    warm = _started(frozenset({**read_once, "PATH": os.environ["PATH"]}.items()))
    return warm.run([os.fsdecode(word) for word in args], cwd, env, watch, limits)
