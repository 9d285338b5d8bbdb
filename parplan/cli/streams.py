"""Sees to it that output and complaints go somewhere, whatever the console is."""

from __future__ import annotations

import os
import sys
from typing import TextIO

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


def is_terminal(stream: TextIO) -> bool:
    """Tell whether somebody sits at the other end of ``stream``; NUL is no terminal."""
    return stream.isatty() and _is_console(stream)


if sys.platform == "win32":

    def _is_console(stream: TextIO) -> bool:
        """Tell a console from NUL and other devices, which Windows counts among terminals."""
        import ctypes
        import msvcrt

        mode = ctypes.c_ulong()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))

else:

    def _is_console(_stream: TextIO) -> bool:
        """Tell that it is one: nothing else is a terminal here."""
        return True


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
