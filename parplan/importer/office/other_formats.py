"""Turns files of other office programs, or of older ones, into docx and xlsx by LibreOffice.

What comes out is read as any docx or xlsx is, so that a plan is the same whatever kind of
file it came in, and the same bounds hold.
"""

from __future__ import annotations

import subprocess

from parplan.importer.budget import Budget
from parplan.importer.office.doc_end import with_last_paragraph
from parplan.importer.office.guard import OPEN_DOCUMENT, Package, locked_error
from parplan.problem import N_, UserError, params
from parplan.workspace import bounded, libreoffice

CONVERTED = {".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".xls": ".xlsx", ".ods": ".xlsx"}
"""What LibreOffice makes of a file, by how its name ends."""


def convert(data: bytes, budget: Budget) -> bytes:
    """Return the file that holds ``data`` as docx or xlsx.

    Raises UserError where LibreOffice is not installed, or does not read the file in time.
    """
    path = budget.path
    ending = path.suffix.lower()
    new = CONVERTED[ending]
    if ending in OPEN_DOCUMENT:
        _check_open_document(data, budget)
    if ending == ".doc":
        data = with_last_paragraph(data)
    values = params(path=path, ending=new)
    if libreoffice.program() is None:
        text = N_(
            "%(path)s is read through LibreOffice, which is not installed; install it, or save the "
            "file as %(ending)s"
        )
        raise UserError(text, values)
    try:
        return libreoffice.convert(data, ending[1:], new[1:], bounded.FOR_STRANGERS)
    except subprocess.TimeoutExpired as error:
        text = N_("LibreOffice takes too long to read %(path)s; save it as %(ending)s")
        raise UserError(text, values) from error
    except (OSError, subprocess.SubprocessError) as error:
        text = N_(
            "LibreOffice could not read %(path)s: it is damaged, locked or too large; open it and "
            "save it as %(ending)s"
        )
        raise UserError(text, values) from error


def _check_open_document(data: bytes, budget: Budget) -> None:
    """Raise UserError where the file inflates to far more than a plan, or is locked."""
    package = Package(data, budget)
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise locked_error(budget.path)
    package.walk("content.xml", lambda _name, _attributes: None)
