"""Compile the message catalogues: ``parplan.po`` to the ``parplan.mo`` that gettext reads.

A build hook of hatchling, so whoever installs parplan, editable or not, has them; no
compiled catalogue is committed.  ``.ci/messages.py`` calls it after a text has changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "parplan" / "locale"


def compile_catalogues() -> None:
    """Write the ``.mo`` file beside each ``.po`` file of the package."""
    for po in sorted(LOCALE.rglob("*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; the wheel takes the files in as artifacts."""
        compile_catalogues()
