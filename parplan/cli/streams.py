"""Sees to it that output and complaints go somewhere, whatever the console is."""

from __future__ import annotations

import os
import sys

import click

from parplan.text import visible


def prepare() -> None:
    """Give output and complaints a place to go, as UTF-8 whatever the code page is."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


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
