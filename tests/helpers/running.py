"""How do the tests run parplan: in their own process, or as a process of its own?

Starting Python and importing parplan takes 100 ms, a command itself 4 to 8.  So a test
calls the command line in its own process, with streams, environment and working folder
put in place and taken back.  A process of its own is for what only a process has: signals,
kills, locks, limits, a terminal, and whatever Python reads at its start.
"""

from __future__ import annotations

import contextlib
import gettext
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import parplan
from parplan import i18n

ROOT = Path(__file__).parents[2]

PATIENCE = 600
"""Seconds by the clock after which a process hangs; a busy machine must not look like a fault."""

Text = subprocess.CompletedProcess[str]

# Whatever could change what a process prints, besides what a test itself sets.
_UNWANTED = (
    "PARPLAN_",
    "_PARPLAN_",
    "LC_",
    "LANG",
    "PYTHON",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "COLORTERM",
    "TTY_",
    "TERM",
    "COLUMNS",
    "LINES",
    "GIT_",
)

_PATH = {"PYTHONPATH": str(Path(parplan.__file__).parents[1])}
"""The parplan that these tests import is the one that runs."""

AT_START = ("LC_", "LANG", "PYTHON")
"""How the names of variables begin that Python reads once, at its start."""


def clean_environment() -> dict[str, str]:
    """Return an environment in which only the tests decide language, colour and width."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(_UNWANTED)}
    return {
        **rest,
        **_PATH,
        "TERM": "xterm-256color",
        # How somebody has set up parplan for himself is no business of the tests, nor git.
        **dict.fromkeys(("XDG_CONFIG_HOME", "APPDATA"), os.devnull),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def run_here(
    args: Sequence[str | bytes], cwd: Path, env: Mapping[str, str], stdin: bytes = b""
) -> Text:
    """Run parplan in this process and return its end, as ``run_process`` does.

    An exception that parplan lets out, the traceback of a process, is raised.  What
    Python reads only at its start cannot be set by ``env``: that takes a process.
    """
    from parplan.cli import app  # what needs no command starts without, as each of the mutants

    late = [name for name in env if name.startswith(AT_START) and name not in _PATH]
    assert not late, f"only a process of its own reads {late}"
    words = [os.fsdecode(word) for word in args]
    source = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with io.BytesIO() as stdout, io.BytesIO() as stderr, _place(cwd, env), _language():
        streams = (_text(stdout), _text(stderr))
        status: int | str | None = None
        with _streams(source, *streams):
            try:
                app.main(words)
            except SystemExit as end:
                status = end.code
        for stream in streams:
            stream.flush()
        assert isinstance(status, int), status
        return Text(words, status, stdout.getvalue().decode(), stderr.getvalue().decode())


def run_process(
    args: Sequence[str | bytes],
    cwd: Path,
    env: Mapping[str, str],
    stdin: bytes = b"",
    **options: Any,
) -> Text:
    """Run parplan as a process of its own and return its end, whatever it is.

    ``options`` are those of ``subprocess.run``.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "parplan", *args],
        cwd=cwd,
        env=env,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        **({"input": stdin} if stdin else {"stdin": subprocess.DEVNULL}),
        **options,
    )
    # Strictly: parplan prints UTF-8 and nothing else.
    return Text(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def _text(stream: io.BytesIO) -> io.TextIOWrapper:
    """Return a stream of text as Python makes it for a pipe; what it holds stays in ``stream``."""
    return io.TextIOWrapper(stream, encoding="ascii", errors="strict")


@contextlib.contextmanager
def _streams(
    stdin: io.TextIOWrapper, stdout: io.TextIOWrapper, stderr: io.TextIOWrapper
) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = stdin, stdout, stderr
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextlib.contextmanager
def _place(cwd: Path, env: Mapping[str, str]) -> Iterator[None]:
    """Work in ``cwd`` with the environment ``env``, and with what Python makes of it."""
    folder, variables = Path.cwd(), dict(os.environ)
    os.chdir(cwd)
    _set_environment(env)
    try:
        yield
    finally:
        os.chdir(folder)
        _set_environment(variables)


def _set_environment(env: Mapping[str, str]) -> None:
    zone = os.environ.get("TZ")
    os.environ.clear()
    os.environ.update(env)
    tempfile.tempdir = None  # found anew when it is asked for
    if env.get("TZ") != zone and hasattr(time, "tzset"):
        time.tzset()


@contextlib.contextmanager
def _language() -> Iterator[None]:
    """Take back the language that a command chose, gettext's too."""
    state, domain = (i18n._translations, i18n._language), gettext.textdomain()
    try:
        yield
    finally:
        i18n._translations, i18n._language = state
        gettext.textdomain(domain)
