"""Which workspaces, and which exports of offices without one, lie below some folders?

Folders are listed and nothing in them is written.  Symbolic links out of a folder are not
followed, so that nothing is counted twice and no search goes in circles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from parplan.i18n import os_reason
from parplan.problem import N_, UserError, Values, params
from parplan.workspace import files
from parplan.workspace.workspace import leads_out, plan_years

_OWN_FOLDERS = ("plan", "templates", "reports")
"""Folders of a workspace in which no other workspace lies."""

_EXPORT = b'"format": 1,'
"""What an export has in its first bytes, behind a brace."""


class OfficeSource(msgspec.Struct, frozen=True):
    """A workspace's folder, or the file of an export; ``name`` as the user would type it.

    ``years`` are those that have a plan, oldest first, none of an export.  ``text`` and
    ``values`` say why nothing below a folder could be looked at, where that is so.
    """

    path: Path
    name: str
    years: tuple[int, ...] = ()
    text: str = ""
    values: Values = ()


def find_sources(places: Iterable[str]) -> list[OfficeSource]:
    """Return what lies in and below ``places``, folders or exports, each once, in their order.

    Within a folder by name.  Raises UserError where a place is not there.
    """
    found: dict[str, OfficeSource] = {}
    for source in walk(places):
        found.setdefault(os.path.abspath(source.path), source)  # noqa: PTH100 - follow no link
    return list(found.values())


def walk(places: Iterable[str]) -> Iterator[OfficeSource]:
    """Yield what ``find_sources`` returns, as it is found; what lies in two places twice."""
    for place in places:
        path = Path(place)
        if not path.exists():
            raise UserError(N_("there is no folder %(folder)s"), params(folder=place))
        if path.is_dir():
            yield from _below(path)
        else:
            yield OfficeSource(path, path.as_posix())


def _below(folder: Path, *, in_workspace: bool = False) -> Iterator[OfficeSource]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        text = N_("cannot read %(path)s: %(reason)s")
        values = params(path=folder.as_posix(), reason=os_reason(error))
        yield OfficeSource(folder, folder.as_posix(), (), text, values)
        return
    years = plan_years(folder) if any(entry.name == "plan" for entry in entries) else []
    if leads_out(folder):
        values = params(path=(folder / "plan").as_posix(), folder=folder.as_posix())
        yield OfficeSource(folder, folder.as_posix(), (), files.LEADS_OUT, values)
    if years:
        yield OfficeSource(folder, folder.as_posix(), tuple(years))
    in_workspace = in_workspace or bool(years)
    for entry in entries:
        if entry.name.startswith(".") or (years and entry.name in _OWN_FOLDERS):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name, in_workspace=in_workspace)
        elif not in_workspace and entry.name.endswith(".json") and _is_export(folder, entry.name):
            yield OfficeSource(folder / entry.name, (folder / entry.name).as_posix())


def _is_export(folder: Path, name: str) -> bool:
    """Tell whether the file begins as an export does: other programs write JSON, too."""
    if files.look(folder, name) != "there":  # a link may lead to another machine
        return False
    try:
        with files.opened(folder / name) as file:
            return _EXPORT in file.read(128).replace(b"\0", b"")  # in UTF-16 by PowerShell's ">"
    except OSError:
        return False
