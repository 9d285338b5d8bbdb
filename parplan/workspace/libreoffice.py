"""LibreOffice, where it is installed: turns a document of one kind into another.

The document is not trusted: it is opened with a profile of its own, in which macros, links
to other files and servers, and Java are off, in a folder that is gone afterwards: with the
next document, where parplan itself was killed meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from parplan.workspace import bounded, lock, programs
from parplan.workspace.bounded import Bounds

_PROGRAMS = ("soffice", "libreoffice")
_PREFIX = "parplan-libreoffice-"  # of a folder for one document
_OWNER = "owner"  # the file in it that is locked as long as its parplan lives

# By LibreOffice's own schemas (share/registry/main.xcd), the same from 7.0 on.  A server that
# nobody listens at stands for the network: port 9 is "discard" (RFC 863).
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Office.Calc/Content/Update", "Link", "1"),  # never
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # the one named here, for everything
    *(
        setting
        for kind in ("HTTP", "HTTPS", "FTP")
        for setting in (
            ("Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1"),
            ("Inet/Settings", f"ooInet{kind}ProxyPort", "9"),
        )
    ),
)
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/'
    'registry">{items}</oor:items>\n'
)


def program() -> str | None:
    """Return LibreOffice where it is installed."""
    return next(filter(None, map(programs.find, _PROGRAMS)), None)


def convert(data: bytes, ending: str, new_ending: str, bounds: Bounds) -> bytes:
    """Return the document ``data``, whose name ends in ``ending``, as a file of ``new_ending``.

    Endings are written without their dot.  Raises OSError where LibreOffice is not there, cannot
    be started or makes no file, and SubprocessError where it fails or goes beyond ``bounds``.
    """
    office = program()
    if office is None:
        raise FileNotFoundError("soffice")
    with _folder() as folder:
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.write_text(_PROFILE.format(items=items), encoding="utf-8")
        source, target = folder / f"source.{ending}", folder / "target"
        source.write_bytes(data)
        command = [office, _argument(profile), "--headless", "--norestore"]
        command += ["--convert-to", new_ending, "--outdir", str(target), str(source)]
        # Where the locale knows ASCII only, it waits for ever for a folder named otherwise.
        variables = {"LC_ALL": "C.UTF-8", "TMPDIR": str(folder)}
        try:
            bounded.run(command, bounds, variables)
        finally:
            _remove_socket(profile)
        return (target / f"source.{new_ending}").read_bytes()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Give a new folder that is gone afterwards; those of a killed parplan go, too."""
    place = Path(tempfile.gettempdir()).resolve()
    _sweep(place)
    # Nobody is told of what cannot be removed: LibreOffice may still have written something.
    with tempfile.TemporaryDirectory(dir=place, prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        owner = Path(name, _OWNER)
        handle = lock.take(owner, os.O_CREAT)
        if handle is None or not owner.exists():  # just now another parplan swept it
            raise FileNotFoundError(name)
        try:
            yield Path(name)
        finally:
            os.close(handle)


def _sweep(place: Path) -> None:
    """Remove from the folder ``place`` what parplans left that are gone."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # somebody else's, or gone already
            if not _is_own(folder):
                continue
            handle = lock.take(folder / _OWNER, os.O_CREAT)  # it may have been removed first
            if handle is None:
                continue
            try:
                _end(folder / "profile")
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
            (folder / _OWNER).unlink(missing_ok=True)  # Windows removes no file that is open
            folder.rmdir()


def _is_own(folder: Path) -> bool:
    """Tell whether ``folder`` is one, and this user's."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    if sys.platform != "win32":
        return folder.stat().st_uid == os.getuid()
    return True  # the folder for what is temporary is the user's own


def _end(profile: Path) -> None:
    """End the LibreOffice that runs with ``profile``, where the system says which; it may hang."""
    argument = os.fsencode(_argument(profile))
    if sys.platform == "linux":
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it ended just now
                if argument in (process / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)
    _remove_socket(profile)


def _argument(profile: Path) -> str:
    return f"-env:UserInstallation={profile.as_uri()}"


def _remove_socket(profile: Path) -> None:
    """Remove what a LibreOffice that was ended leaves outside its folder: the socket it answers at.

    Its name is made of the user and the MD5 sum of the profile's address (sal/osl/unx/pipe.cxx,
    desktop/source/app/officeipcthread.cxx).
    """
    if sys.platform != "win32":
        address = profile.as_uri().encode("utf-16-le")
        digits = hashlib.md5(address, usedforsecurity=False).digest()
        name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{d:x}' for d in digits)}"
        for place in ("/tmp", "/var/tmp"):  # noqa: S108 - where LibreOffice puts it
            Path(place, name).unlink(missing_ok=True)
