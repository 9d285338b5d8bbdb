"""A docx as pdf, by LibreOffice where it is installed."""

from __future__ import annotations

import subprocess

from parplan.problem import N_, UserError
from parplan.workspace import libreoffice
from parplan.workspace.bounded import Bounds

_BOUNDS = Bounds(seconds=120)


def convert(document: bytes) -> bytes | None:
    """Return the docx ``document`` as pdf, or None where LibreOffice is not installed.

    Raises UserError when LibreOffice fails.
    """
    if libreoffice.program() is None:
        return None
    try:
        return libreoffice.convert(document, "docx", "pdf", _BOUNDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(N_("LibreOffice could not make the pdf")) from error
