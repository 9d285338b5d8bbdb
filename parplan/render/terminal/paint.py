"""How do laid-out lines reach the screen, in colour or plain?

Rich knows terminals (colour depth, Windows consoles); it is imported only where
colour will show.  Elsewhere the same lines go out as plain text.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from typing import TextIO

from parplan.render.terminal.table import Line, Style
from parplan.text import visible

_STYLES: Mapping[Style, str] = {
    "bad": "bold red",
    "warn": "yellow",
    "good": "green",
    "dim": "dim",
    "head": "bold",
}


_NARROWEST, _WIDEST = 20, 500


def screen_width() -> int:
    """Return the columns of the terminal, from 20 to 500; 80 where there is none."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return min(max(columns, _NARROWEST), _WIDEST)


def in_colour(stream: TextIO) -> bool:
    """Tell whether ``stream`` shows colour (https://no-color.org; a dumb terminal shows none)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def write(lines: Iterable[Line], stream: TextIO) -> None:
    """Write ``lines`` to ``stream``, what could drive a terminal shown and not obeyed."""
    lines = list(lines)
    if lines and in_colour(stream):
        _write_rich(lines, stream)
    else:
        text = "".join("".join([span.text for span in line]) + "\n" for line in lines)
        stream.write(visible(text))


def _write_rich(lines: Iterable[Line], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            """Let the program end as for plain output; Rich would exit with status 1."""
            raise BrokenPipeError

    console = Quiet(
        file=stream,
        width=screen_width(),  # what COLUMNS=0 or a console without a size says shows nothing
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    text = Text("\n").join(
        Text.assemble(*((visible(span.text), _STYLES.get(span.style, "")) for span in line))
        for line in lines
    )
    console.print(text)
