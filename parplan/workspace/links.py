"""Where do links lead?  Told from what they hold, before the system follows any.

On Windows one that names another machine calls that machine, with the user's password: nothing
is opened or looked at through a link that strangers may have made until it is known to stay.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

_MOST_LINKS = 64  # one after the other: Linux follows 40, Windows 63
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which Python calls no link


def stays(root: Path, path: Path) -> bool:
    """Tell whether each link on the way to ``path`` stays in the folder ``root``.

    How ``root`` itself is reached is the user's choice; outside of it nothing is looked at.
    Raises OSError for a link that nobody here may read.
    """
    home = Path(os.path.realpath(root))
    at, names = _start(_whole(path), root, home)
    links = 0
    while names:
        name = names.pop()
        at = at.parent if name == ".." else at / name
        if home.is_relative_to(at):
            continue
        if not at.is_relative_to(home):
            return False
        if name == ".." or not _is_link_at(at):
            continue
        links += 1
        if links > _MOST_LINKS:
            return True  # in a circle: the system will say so
        at, more = _start(_target(at), root, home)
        names += more
    return at.is_relative_to(home)


def _start(path: Path, root: Path, home: Path) -> tuple[Path, list[str]]:
    """Return where the way to ``path`` begins, and the names on it, the first one last."""
    shown = _whole(root)
    if path.is_relative_to(shown):
        return home, [*reversed(path.parts[len(shown.parts) :])]
    return Path(path.anchor), [*reversed(path.parts[1:])]


def _whole(path: Path) -> Path:
    """Return ``path`` from the top; ``..`` goes before links are followed on Windows alone."""
    return Path(os.path.abspath(path)) if os.name == "nt" else path.absolute()  # noqa: PTH100


def _is_link_at(path: Path) -> bool:
    try:
        return is_link(path.lstat())
    except OSError:  # nothing there, or nothing that anybody here may look at
        return False


def is_link(seen: os.stat_result) -> bool:
    """Tell whether that is a link, or what Windows calls a junction.

    A file that OneDrive has not fetched yet is none.
    """
    return stat.S_ISLNK(seen.st_mode) or getattr(seen, "st_reparse_tag", 0) == _JUNCTION


def _target(link: Path) -> Path:
    return _whole(link.parent / plain(str(link.readlink())))


def plain(target: str) -> str:
    r"""Return what a link holds as paths are written, without the letters that Windows puts first.

    >>> plain(r"\\?\UNC\server\share\a"), plain(r"\\?\C:\a"), plain("../a")
    ('\\\\server\\share\\a', 'C:\\a', '../a')
    """
    if target.startswith("\\\\?\\UNC\\"):
        return "\\\\" + target[8:]
    return target[4:] if re.match(r"\\\\\?\\[A-Za-z]:", target) else target


def below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in ``folder`` and below, a folder's entries by name; no link is followed.

    What cannot be listed is left out.
    """
    entries: list[os.DirEntry[str]] = []
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    yield from entries
    for entry in entries:
        if is_folder(entry):
            yield from below(Path(entry.path))


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether ``entry`` is a folder, and no link to one."""
    try:
        is_dir = entry.is_dir(follow_symlinks=False)
        return is_dir and not is_link(entry.stat(follow_symlinks=False))
    except OSError:  # gone since
        return False
