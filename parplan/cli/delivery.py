"""Puts a file where it goes: to the name it has by default, to ``-o FILE``, or to the output.

A file that is there is replaced only with ``--force``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from parplan.cli.options import FilterOptions, OutputOptions
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files


def deliver(data: bytes, folder: Path, name: str, options: OutputOptions) -> None:
    """Write ``data`` where ``options`` say, else to the file ``name`` of ``folder``; say where.

    Raises UserError where the file is there already, or cannot be written.
    """
    target = put(data, folder, name, options.output, force=options.force)
    if target is not None:
        say(_("written  %(path)s") % {"path": target})


def put(
    data: bytes,
    folder: Path,
    name: str,
    output: str | None,
    *,
    force: bool | None = None,
    old: bytes | None = None,
) -> str | None:
    """Write ``data`` as ``deliver`` does; return what to call the file, None for the output.

    A command without ``--force``, where it is None, replaces no file at all, but one that
    still holds ``old``.
    """
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return None
    path = folder / name if output is None else named_file(output)
    target = output or name
    if Path(_absolute(path)).is_relative_to(_absolute(folder)):
        files.inside(folder, path)
    if path.exists() and (force or old is not None):
        files.replace(path, data, files.read_bytes(path) if old is None else old)
    elif not files.create(path, data):
        text = (
            N_("%(path)s is there already and stays as it is; -o names another file")
            if force is None
            else N_("%(path)s is there already; --force replaces it")
        )
        raise UserError(text, params(path=target))
    return target


def named_file(output: str) -> Path:
    """Return the path of the file that ``-o`` names; raises UserError for nothing, or a folder."""
    path = Path(output)
    is_folder = output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112 - no error
    if path.name in ("", "..") or is_folder:
        text = N_("'%(path)s' is no name of a file; write the folder and the file's name behind it")
        raise UserError(text, params(path=output))
    return path


def _absolute(path: Path) -> str:
    """Return ``path`` from the root, without ``..``, whatever links it goes through."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow them


def part_name(filters: FilterOptions, more: Iterable[str] = ()) -> str:
    """Return what ``filters`` and ``more`` add to a file's name: ``-V-van-phong``."""
    officer = filters.officer or ("mine" if filters.mine else "")
    parts = [part for part in (filters.section, filters.unit, officer, *more) if part]
    return "".join("-" + "".join(c if c.isalnum() else "-" for c in part) for part in parts)
