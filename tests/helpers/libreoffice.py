"""Documents of other formats, made by LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.helpers.office import any_letters, calc
from tests.helpers.running import PATIENCE


def made_by_libreoffice(folder: Path, ending: str, *sources: str) -> None:
    """Turn the files ``sources`` of ``folder`` into ``ending``, as a clerk does by hand."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [calc(), profile, "--headless", "--convert-to", ending, *sources],
        cwd=folder,
        env=any_letters(),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
