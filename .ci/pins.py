"""Print the lowest versions that pyproject.toml allows, as pip takes them.

``python .ci/pins.py`` prints those of the program and of the tests; linters, stubs and the
fuzzer are left out, since nothing that ``.ci/lowest`` runs needs them.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BOUNDS = re.compile(r"([A-Za-z0-9_.-]+)>=([0-9][0-9.]*),<([0-9][0-9.]*)")
_NOT_RUN = ("atheris", "mypy", "ruff", "types-")
_BROWSER = ("playwright", "axe-playwright-python")


def bounds() -> dict[str, tuple[str, str]]:
    """Return every library with its lowest version and the first that is too new.

    Raises ValueError where one of the two is not written.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {}
    for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        both = _BOUNDS.fullmatch(line.partition(";")[0])  # but for where it is needed
        if both is None:
            raise ValueError(f"not in the form NAME>=LOW,<HIGH: {line}")
        found[both[1]] = (both[2], both[3])
    return found


def lowest() -> list[str]:
    """Return the pins, such as ``rich==13.7``."""
    return [
        f"{name}=={low}"
        for name, (low, _high) in bounds().items()
        if not name.startswith(_NOT_RUN) and name not in _BROWSER
    ]


if __name__ == "__main__":
    print("\n".join(lowest()))
