"""Read and write files so that none is ever half there.

A new file appears whole or not at all, and never in place of another; a replaced one
is the old or the new at every moment.  Whatever the system refuses becomes a
``UserError`` in the user's language.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, NoReturn, TypeAlias

from parplan.i18n import os_reason
from parplan.problem import N_, UserError, params
from parplan.workspace import links

_SHOWN_IN_TEMPORARY = 50  # characters of a name: its own has room for no more
_STALE_SECONDS = 3600
_LEFTOVER = re.compile(r"(^|/)\.[^/]+\.[0-9]+\.tmp(\.lock)?$")  # git's lock of one, too
_PAUSES_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4)
_HERE, _NO_REPLACE, _EXCHANGE = -100, 1, 2  # of Linux's renameat2: relative to the working folder
_BINARY = getattr(os, "O_BINARY", 0)  # on Windows a line would end with CRLF without it

# To ask whether such a file is there would open a connection, with the user's password.
_OTHER_MACHINE = ("//", "\\\\", "\\/", "/\\")

LEADS_OUT = N_("%(path)s leads out of the folder %(folder)s; it was not touched")
CHANGED_MEANWHILE = N_("%(path)s was changed meanwhile; nothing was written, try again")


def inside(root: Path, path: Path) -> Path:
    """Return ``path``, or the file that it links to, which lies in the folder ``root``.

    Raises UserError where a link or ``..`` leads out of the folder, wherever in ``path`` it is.
    """
    if not is_inside(root, path):
        raise UserError(LEADS_OUT, params(path=path, folder=root))
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_inside(root: Path, path: Path) -> bool:
    """Tell whether ``path`` lies in the folder ``root``; no link is followed that leads out of it.

    A path that begins elsewhere lies elsewhere, unless it names ``root`` as the system does.
    """
    try:
        # The system's own word, too: it knows more names of a file.
        return links.stays(root, path) and Path(os.path.realpath(path)).is_relative_to(
            os.path.realpath(root)
        )
    except OSError:  # a link through what nobody here may look at
        return False


def is_hidden(root: Path, path: Path) -> bool:
    """Tell whether ``path`` in ``root`` has a dot in front: git's own files, or a program's.

    Asked of the file itself, since ``git~1`` is a name of ``.git`` on Windows.
    """
    relative = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    return any(part.startswith(".") for part in Path(relative).parts)


Whereabouts: TypeAlias = Literal["there", "absent", "outside", "hidden"]


def look(root: Path, name: str, start: str = "") -> Whereabouts:
    """Return where the file is that people call ``name``, from the folder ``start`` of ``root``.

    Every name from a record or a draft is asked for here.  Nothing is looked at for one that is
    absolute, goes up out of ``root`` or names another machine: on Windows that calls the server.
    One that is hidden is nobody's evidence: a stranger's record could name git's settings, which
    may hold a password.
    """
    home = root.absolute()
    try:
        relative = Path(os.path.normpath(Path(start, name)))
        path = home / relative  # the folder as it is: "link/.." in its own name goes elsewhere
        goes_up = relative.parts[:1] == ("..",)
        if goes_up or name.startswith(_OTHER_MACHINE) or not path.is_relative_to(home):
            return "outside"
        if not is_inside(root, path):
            return "outside"
        if not path.is_file():
            return "absent"
        return "hidden" if is_hidden(root, path) else "there"
    except (OSError, ValueError):  # a name that no file can have
        return "absent"


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file ``path``; raises UserError when it cannot be read."""
    try:
        with opened(path) as file:
            return file.read()
    except OSError as error:
        text = N_("cannot read %(path)s: %(reason)s")
        raise UserError(text, params(path=path, reason=why(error, path))) from error


def opened(path: Path) -> BinaryIO:
    """Open the file ``path`` for reading; raises OSError where it cannot be, or is none."""
    require_file(path)
    return path.open("rb")


def require_file(path: Path) -> None:
    """Raise OSError unless ``path`` is a file: who opens a pipe waits for its other end.

    Asked beforehand and not of what was opened, since opening alone may rewind a tape.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        reason = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(reason, os.strerror(reason))


def open_shared(path: Path, flags: int) -> int:
    """Open the file ``path`` as ``os.open``; a new one is shared as its folder is.

    Raises OSError.
    """
    handle = os.open(path, flags | _BINARY, 0o666)
    if flags & os.O_CREAT:
        share(handle, path.parent)
    return handle


def share(file: Path | int, folder: Path) -> None:
    """Let the group of ``folder``, who may write in it, write ``file`` in it, whatever the umask.

    Where colleagues share a folder, one's journal and lock would be read-only for the others.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # somebody else's, or a file system without permissions
        ours, outer = os.stat(file), folder.stat()  # noqa: PTH116 - of an open file, too
        added = outer.st_mode & (stat.S_IRWXG if stat.S_ISDIR(ours.st_mode) else 0o060)
        if outer.st_mode & stat.S_IWGRP and ours.st_gid == outer.st_gid and added & ~ours.st_mode:
            os.chmod(file, stat.S_IMODE(ours.st_mode) | added)  # noqa: PTH101


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those above it, where they are not there; raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        share(folder, folder.parent)


def create(path: Path, data: bytes) -> bool:
    """Write a new file whole, or not at all; False where ``path`` is there already.

    Raises UserError when it cannot be written.
    """
    with refusing(path):
        make_folder(path.parent)
        with temporary(path, data) as new_file:
            try:
                os.link(new_file, path)  # fails where there is a file, unlike a rename
            except FileExistsError:
                return False
            except OSError:  # a file system without hard links
                if path.exists():
                    return False
                if not _rename_at_once(new_file, path, _NO_REPLACE):
                    rename(new_file, path)
        sync_folder(path.parent)
    return True


def replace(path: Path, data: bytes, seen: bytes) -> None:
    """Write ``data`` in place of the file ``path``, which held ``seen``, whole or not at all.

    Whoever may read or write the file still may.  Raises UserError, and leaves what is there
    as it was, where somebody saved something else there since it was looked at, or where it
    cannot be written or is no file: ``-o /dev/null`` is no wish to lose it.
    """
    with refusing(path):
        require_file(path)
        with temporary(path, data) as new_file:
            with contextlib.suppress(OSError):  # a file system without permissions
                new_file.chmod(stat.S_IMODE(path.stat().st_mode))
            if read_bytes(path) != seen:
                raise UserError(CHANGED_MEANWHILE, params(path=path))
            # Exchanged rather than replaced, so that what was there can be looked at once more.
            if not _rename_at_once(new_file, path, _EXCHANGE):
                rename(new_file, path)
            elif read_bytes(new_file) != seen:
                _give_back(new_file, path, data)
        sync_folder(path.parent)  # after the rename, which this makes last


def put(path: Path, data: bytes, seen: bytes | None) -> None:
    """Write ``data`` to the file ``path``, which held ``seen``: None where there was no file.

    Raises UserError where somebody saved something there since, and as ``create`` and ``replace``.
    """
    if seen is not None:
        replace(path, data, seen)
    elif not create(path, data):
        read_bytes(path)  # says so where it is a pipe or a folder
        raise UserError(CHANGED_MEANWHILE, params(path=path))


def _give_back(saved: Path, path: Path, data: bytes) -> NoReturn:
    """Put ``saved``, which came just before ``data`` took its name ``path``, back there."""
    try:
        _rename_at_once(saved, path, _EXCHANGE)
    finally:
        if read_bytes(saved) != data:  # saved once more, in place of what we wrote
            keep(saved, free(path, "saved"))
    raise UserError(CHANGED_MEANWHILE, params(path=path))


def free(path: Path, word: str) -> Path:
    """Return a name beside ``path`` that no file has: 2025-06.new-1.md."""
    number = 1
    while os.path.lexists(candidate := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")):
        number += 1
    return candidate


def keep(path: Path, to: Path) -> bool:
    """Give the file ``path`` the further name ``to``; False where that is taken.

    For a file about to be replaced.  Raises UserError when it cannot be done.
    """
    with refusing(to):
        try:
            os.link(path, to)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            return create(to, read_bytes(path))
        sync_folder(to.parent)
    return True


def rename(new_file: Path, path: Path) -> None:
    """Give the file ``new_file`` the name ``path``, in place of the file that has it.

    Windows refuses while another program (a virus scanner, an editor) holds either one open:
    that is mostly over in a moment, so it is tried a few times.  Raises OSError in the end.
    """
    for pause in _PAUSES_SECONDS:
        try:
            new_file.replace(path)
            return
        except PermissionError:
            time.sleep(pause)
    new_file.replace(path)


def _rename_at_once(source: Path, target: Path, flag: int) -> bool:
    """Rename as the ``flag`` of Linux's renameat2 says; False where the system cannot.

    Raises OSError where it refuses.
    """
    import ctypes  # rarely needed

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux
        return False
    if call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), flag) == 0:
        return True
    reason = ctypes.get_errno()
    if reason in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):  # nor this file system
        return False
    raise OSError(reason, os.strerror(reason))


def is_leftover(path: str) -> bool:
    """Tell whether ``path`` is what a killed parplan left of a file that it was writing."""
    return _LEFTOVER.search(path) is not None


@contextlib.contextmanager
def temporary(path: Path, data: bytes, *, durable: bool = True) -> Iterator[Path]:
    """Give a file beside ``path`` that holds ``data`` on the disk; what is left of it goes.

    Nobody else has its name, and no link that somebody put there is followed.
    """
    start = f".{path.name[:_SHOWN_IN_TEMPORARY]}."
    _sweep(path.parent, start)
    # In the same folder, since a rename from another file system is no rename but a copy.
    temporary = path.with_name(f"{start}{os.getpid()}{time.monotonic_ns()}.tmp")
    file = temporary.open("xb")  # "x": never through a link that somebody has put there
    try:
        share(temporary, path.parent)
        with file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(folder: Path, start: str) -> None:
    """Remove what was left here long ago of a file whose temporary names begin with ``start``."""
    long_ago = time.time() - _STALE_SECONDS
    with contextlib.suppress(OSError):  # somebody else's, or gone already
        for file in folder.iterdir():
            ours = file.name.startswith(start) and is_leftover(file.name)
            if ours and file.lstat().st_mtime < long_ago:
                file.unlink()


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the system refuses inside the block into a UserError about ``path``."""
    try:
        yield
    except OSError as error:
        text = N_("cannot write %(path)s: %(reason)s")
        raise UserError(text, params(path=path, reason=why(error, path))) from error


def why(error: OSError, path: Path) -> str:
    """Return why the system refused ``path``, for the user; of Windows the one that it names.

    Python hears of one reason alone there, whether a file is open in Word or forbidden.
    """
    if isinstance(error, PermissionError) and path.is_file():
        error = _refusal(path) or error
    return os_reason(error)


if sys.platform == "win32":
    import _winapi

    def _refusal(path: Path) -> OSError | None:
        """Return what Windows says to who wants the file ``path`` for himself, if it refuses."""
        try:
            handle = _winapi.CreateFile(
                str(path), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0
            )
        except OSError as error:
            return error
        _winapi.CloseHandle(handle)
        return None

else:

    def _refusal(_path: Path) -> OSError | None:
        """Return nothing: elsewhere the first error has said it."""
        return None


def changed_at(seen: os.stat_result) -> int:
    """Return when a file was last changed in any way; 0 on Windows, which keeps when it was made.

    >>> changed_at(os.stat(os.devnull)) >= 0
    True
    """
    return 0 if os.name == "nt" else seen.st_ctime_ns
