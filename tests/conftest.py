"""Fixtures shared by all tests: a workspace, parplan as a real process, golden files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

import parplan

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

PATIENCE = 600
"""Seconds by the clock after which a process hangs; a busy machine must not look like a fault."""

# A slow machine is no mistake, so no example has a deadline.
# On a server the same examples each time, so that a change is judged by itself; at a desk
# new ones each time, so that more is found.
settings.register_profile(
    "parplan",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("parplan")

# Whatever could change what a process prints, besides what a test itself sets.
_UNWANTED = (
    "PARPLAN_",
    "_PARPLAN_",
    "LC_",
    "LANG",
    "PYTHON",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "COLORTERM",
    "TTY_",
    "TERM",
    "COLUMNS",
    "LINES",
    "GIT_",
)


class Golden(Protocol):
    """Compare ``actual`` with a golden file: a name in ``tests/golden``, or a whole path."""

    def __call__(self, name: str | Path, actual: str) -> None:
        """Fail when the two differ."""


class Run(Protocol):
    """Run parplan as a process of its own, by default in the workspace, and return its end."""

    def __call__(
        self,
        *args: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
    ) -> subprocess.CompletedProcess[str]:
        """Return what ``parplan ARGS`` printed and its exit status."""


def pytest_configure() -> None:
    """Make what Hypothesis would make amid the tests.

    A Python that is being traced would list the checkout, which it imports from, once more.
    """
    (ROOT / ".hypothesis").mkdir(exist_ok=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden/ and tests/errors/*.txt"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparison, which rewrites the file under ``--update-golden``."""

    def compare(name: str | Path, actual: str) -> None:
        path = GOLDEN / name  # a whole path replaces the folder
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a new folder that holds the plan of 2025 and nothing else."""
    (tmp_path / "plan").mkdir()
    shutil.copy(ROOT / "plan" / "2025.yaml", tmp_path / "plan" / "2025.yaml")
    return tmp_path


def clean_environment() -> dict[str, str]:
    """Return an environment in which only the tests decide language, colour and width."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNWANTED)}
    return {
        **kept,
        # The parplan that these tests import is the one that runs.
        "PYTHONPATH": str(Path(parplan.__file__).parents[1]),
        "TERM": "xterm-256color",
        # How somebody has set up git for himself is no business of the tests.
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture
def environment() -> dict[str, str]:
    """Return ``clean_environment``."""
    return clean_environment()


@pytest.fixture
def run(workspace: Path, environment: dict[str, str]) -> Run:
    """Return the function that runs parplan."""

    def call(
        *args: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "parplan", *args],
            cwd=cwd or workspace,
            env={**environment, "COLUMNS": str(columns), **(env or {})},
            capture_output=True,
            encoding="utf-8",  # strictly: anything else in the output is an error
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )

    return call
