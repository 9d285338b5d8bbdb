"""A docx as pdf, by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from parplan.problem import N_, UserError
from parplan.workspace import programs

_PROGRAMS = ("soffice", "libreoffice")
_TIMEOUT_SECONDS = 120


def program() -> str | None:
    """Return LibreOffice where it is installed."""
    return next(filter(None, map(programs.find, _PROGRAMS)), None)


def convert(document: bytes) -> bytes | None:
    """Return the docx ``document`` as pdf, or None where LibreOffice is not installed.

    Raises UserError when LibreOffice fails.
    """
    office = program()
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "draft.docx"
        source.write_bytes(document)
        profile = (Path(folder) / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            _run([*command, "--outdir", folder, str(source)])
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UserError(N_("LibreOffice could not make the pdf")) from error


def _run(command: Sequence[str]) -> None:
    """Run ``command`` to its end; raises OSError or SubprocessError when it fails or hangs."""
    # Where the locale knows ASCII only, LibreOffice waits for ever for a folder named otherwise.
    environment = {**programs.environment(), "LC_ALL": "C.UTF-8"}
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=silent, env=environment, start_new_session=True
    ) as running:
        try:
            status = running.wait(_TIMEOUT_SECONDS)
        finally:
            if running.poll() is None:
                _end(running)
    if status:
        raise subprocess.CalledProcessError(status, command)


if sys.platform == "win32":

    def _end(running: subprocess.Popen[bytes]) -> None:
        running.kill()

else:

    def _end(running: subprocess.Popen[bytes]) -> None:
        """End the process and those that it began: LibreOffice's own program is one of these."""
        with contextlib.suppress(OSError):
            os.killpg(running.pid, signal.SIGKILL)
