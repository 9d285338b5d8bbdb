"""Find the programs that parplan starts, and say in which environment they run.

They are looked up along the absolute entries of PATH alone and called by absolute path: a
workspace may come from anybody, and so may the folder in which the user stands, and either
may hold a ``git`` of its own.  Whoever starts a program asks here.
"""

from __future__ import annotations

import functools
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from parplan.problem import N_, UserError, params
from parplan.workspace.workspace import find_workspace_above

_EDITORS = ("notepad",) if os.name == "nt" else ("sensible-editor", "vim", "nano", "vi")
_STARTABLE = (".com", ".exe")
_BATCH = (".bat", ".cmd")


def find(name: str, *, batch: bool = False) -> str | None:
    """Return the absolute path of the program ``name``, or None where there is none.

    An entry of PATH that is empty or relative is passed over, as is the working folder and
    what lies in a workspace.  On Windows a batch file is a program only with ``batch``: its
    shell obeys signs in the arguments.
    """
    return _find(name, os.environ.get("PATH", os.defpath), _working_folder(), batch)


def environment() -> dict[str, str]:
    """Return the environment for a program that is started: this one, with a PATH as in ``find``.

    The folder of the running Python comes last: a hook calls ``parplan``, which is there.
    """
    folders = [*_folders(os.environ.get("PATH", os.defpath), _working_folder())]
    beside = os.path.dirname(sys.executable) or os.defpath  # noqa: PTH120  # "" is no folder
    return {
        **os.environ,
        "PATH": os.pathsep.join([*folders, beside]),
        "NoDefaultCurrentDirectoryInExePath": "1",  # else Windows looks there before the PATH
    }


def own_folder() -> str:
    """Return the folder of a parplan that brings its own Python; an empty text for another."""
    return os.path.dirname(sys.executable) if hasattr(sys, "frozen") else ""  # noqa: PTH120


def editor() -> list[str]:
    """Return the command that opens the user's editor, the program by absolute path.

    It is what VISUAL or EDITOR says, arguments included.  Raises UserError where the program
    is not there, or is named by a path from the working folder.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        default = next(filter(None, map(find, _EDITORS)), None)
        if default is None:
            raise UserError(N_("no editor is installed; set EDITOR, or give the text"))
        return [default]
    values = params(editor=command)
    try:
        name, *arguments = split_command(command, windows=os.name == "nt")
    except ValueError as error:
        raise UserError(
            N_("a quote is open in the editor's command: %(editor)s"), values
        ) from error
    if PurePath(name).is_absolute():
        return [name, *arguments]
    if PurePath(name).name != name:
        text = N_("the editor must be a plain name or a full path, not one from here: %(editor)s")
        raise UserError(text, values)
    program = find(name, batch=True)
    if program is None:
        raise UserError(N_("the editor was not found on the PATH: %(editor)s"), values)
    return [program, *arguments]


def split_command(command: str, *, windows: bool) -> list[str]:
    r"""Return the words of ``command`` as a shell reads them, and as git reads an editor's.

    On Windows a backslash parts folders and quotes nothing.  Raises ValueError for an open
    quote.

    >>> split_command("code --wait", windows=False)
    ['code', '--wait']
    >>> split_command(r'"C:\Program Files\np.exe" -multiInst', windows=True)
    ['C:\\Program Files\\np.exe', '-multiInst']
    """
    words = shlex.shlex(command, posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.commenters = ""
    if windows:
        words.escape = ""
    return list(words)


def absolute_entries(path: str, separator: str, kind: type[PurePath]) -> Iterator[str]:
    r"""Yield the entries of the PATH ``path`` that name one folder, wherever one stands.

    >>> from pathlib import PureWindowsPath
    >>> list(absolute_entries(r".;;\bin;C:bin;C:\bin", ";", PureWindowsPath))
    ['C:\\bin']
    """
    for entry in path.split(separator):
        folder = entry.strip('"') if separator == ";" else entry  # quotes are left to Windows
        if kind(folder).is_absolute():
            yield folder


def filenames(name: str, endings: str | None, *, batch: bool) -> list[str]:
    """Return the names that a program's file may have, in their order.

    ``endings`` is PATHEXT on Windows, of which the system starts few by itself; elsewhere None.

    >>> filenames("git", None, batch=False)
    ['git']
    >>> filenames("git", ".COM;.EXE;.BAT;.VBS", batch=False)
    ['git.com', 'git.exe']
    """
    if endings is None:
        return [name]
    allowed = (*_STARTABLE, *(_BATCH if batch else ()))
    startable = [ending for ending in endings.lower().split(";") if ending in allowed]
    if name.lower().endswith(tuple(startable)):
        return [name]
    return [name + ending for ending in startable]


@functools.cache
def _find(name: str, path: str, here: str, batch: bool) -> str | None:
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD") if os.name == "nt" else None
    for folder in _folders(path, here):
        for filename in filenames(name, endings, batch=batch):
            program = os.path.join(folder, filename)  # noqa: PTH118  # as it stands in PATH
            if os.path.isfile(program) and os.access(program, os.X_OK):  # noqa: PTH113
                return program
    return None


@functools.cache
def _folders(path: str, here: str) -> Sequence[str]:
    entries = absolute_entries(path, os.pathsep, PurePath)
    return [entry for entry in entries if not _is_of_anybody(entry, here)]


def _is_of_anybody(entry: str, here: str) -> bool:
    """Tell whether ``entry``, or where it links to, is ``here`` or lies in a workspace."""
    target = os.path.realpath(entry)
    if target == os.path.realpath(here):
        return True
    return any(find_workspace_above(Path(folder)) is not None for folder in {entry, target})


def _working_folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:  # it was removed
        return os.devnull
