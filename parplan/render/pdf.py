"""A docx as pdf, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from parplan.problem import N_, Refusal

_PROGRAMS = ("soffice", "libreoffice")
_TIMEOUT_SECONDS = 120


def program() -> str | None:
    """Return LibreOffice where it is installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def convert(document: bytes) -> bytes | None:
    """Return the docx ``document`` as pdf, or None where LibreOffice is not installed.

    Raises Refusal when LibreOffice fails.
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
            subprocess.run(
                [*command, "--outdir", folder, str(source)],
                capture_output=True,
                check=True,
                timeout=_TIMEOUT_SECONDS,
            )
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise Refusal(N_("LibreOffice could not make the pdf")) from error
