"""Documents of other formats, made by LibreOffice; and what one leaves behind."""

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


def dead_sockets() -> set[str]:
    """Return the sockets of LibreOffice at which nobody answers any more."""
    alive = Path("/proc/net/unix").read_text()
    return {str(path) for path in Path("/tmp").glob("OSL_PIPE_*") if str(path) not in alive}


def commands() -> str:
    """Return the command lines of what runs."""
    words = ["ps", "-ewwo", "args"]  # else it cuts lines off where COLUMNS is set
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
