"""Sees to it that output and complaints go somewhere, whatever the console is."""

from __future__ import annotations

import os
import sys

import click

from parplan.text import visible


def prepare() -> None:
    """Give output and complaints a place to go, as UTF-8 whatever the code page is.

    A line ends there with LF on every system; a console of Windows has it in its own way.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            # Windows would make each line end two letters in files and pipes: the same bytes
            # everywhere, so that what is compared or kept in git has no other cause.
            newline = None if stream.isatty() else "\n"
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=newline)


def end(message: str) -> None:
    """Complain, if that is still possible; what no stream takes goes nowhere."""
    for stream, text in ((sys.stdout, ""), (sys.stderr, message)):
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(text: str, *, error: bool = False, end: str = "\n") -> None:
    """Print ``text`` with what could drive a terminal shown and not obeyed.

    The way out of every sentence: whatever text of people it holds, names of files included.
    """
    click.echo(visible(text) + end, err=error, nl=False)
