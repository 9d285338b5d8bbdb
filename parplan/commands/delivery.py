"""Where does a made file go: to the name it has by default, to ``-o FILE``, or to the output?

A file that is there is replaced only with ``--force``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from parplan import files
from parplan.commands.options import value_of
from parplan.i18n import _
from parplan.problem import N_, Refusal, gaps


def deliver(data: bytes, folder: Path, name: str) -> None:
    """Write ``data`` where ``--output`` says, else to the file ``name`` of ``folder``.

    Raises Refusal where the file is there already, or cannot be written.
    """
    output: str | None = value_of("output")
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    path = folder / name if output is None else Path(output)
    shown = output or name
    if path.exists() and value_of("force"):
        files.replace(path, data)
    elif not files.create(path, data):
        raise Refusal(N_("%(path)s is there already; --force replaces it"), gaps(path=shown))
    typer.echo(_("written  %(path)s") % {"path": shown})


def part_name(more: Iterable[str] = ()) -> str:
    """Return what ``--section``, ``--unit`` and ``more`` add to a file's name: ``-V-van-phong``."""
    parts = [str(part) for part in (value_of("section"), value_of("unit"), *more) if part]
    return "".join("-" + "".join(c if c.isalnum() else "-" for c in part) for part in parts)
