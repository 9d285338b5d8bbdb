"""Fixtures shared by all tests: a workspace, parplan run in it, golden files."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

from parplan import i18n
from tests.helpers.running import ROOT, Text, clean_environment, run_here, run_process

GOLDEN = Path(__file__).parent / "golden"

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


class Golden(Protocol):
    """Compare ``actual`` with a golden file: a name in ``tests/golden``, or a whole path."""

    def __call__(self, name: str | Path, actual: str) -> None:
        """Fail when the two differ."""


class Run(Protocol):
    """Run parplan, by default in the workspace, and return its end."""

    def __call__(
        self,
        *args: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
    ) -> Text:
        """Return what ``parplan ARGS`` printed and its exit status."""


def pytest_configure() -> None:
    """Make what Hypothesis would make amid the tests.

    A Python that is being traced would list the checkout, which it imports from, once more.
    Ctrl-C is heard by what the tests start, even where they run in the background of a shell
    that has it ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    (ROOT / ".hypothesis").mkdir(exist_ok=True)
    if not list((ROOT / "parplan" / "locale").rglob("*.mo")):
        pytest.exit("the catalogues are not compiled: pip install -e . makes them", returncode=4)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden/ and tests/errors/*.txt"
    )


_slow = pytest.StashKey[int]()
"""How many slow tests were left out."""


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Count the slow tests that are left out."""
    if items:
        stash = items[0].config.stash
        slow = sum(item.get_closest_marker("slow") is not None for item in items)
        stash[_slow] = stash.get(_slow, 0) + slow


def pytest_collection_finish() -> None:
    """Let the search for garbage go less often through the thousands of tests, which all stay.

    They are not frozen (`gc.freeze`): Hypothesis asks who holds its random numbers, and what holds
    frozen things is not told.
    """
    gc.collect()
    gc.set_threshold(5_000, 20, 50)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the count to the process that began this one, where tests are shared out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["slow"] = session.config.stash.get(_slow, 0)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out on Windows what it has not, with the reason."""
    marker = item.get_closest_marker("posix")
    if marker is not None and os.name != "posix":
        pytest.skip(marker.kwargs["reason"])


@pytest.hookimpl(trylast=True)  # after the fixtures have taken back what they set
def pytest_runtest_teardown() -> None:
    """Fail a test that leaves another language to the next: which that is, is chance."""
    left = i18n.language()
    if left != "en":
        i18n.use("en")
        pytest.fail(f"this test leaves {left!r} as the language")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the count from a process that has run tests; each of them has left out the same."""
    node.config.stash[_slow] = getattr(node, "workeroutput", {}).get("slow", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which tests were left out: those skipped by their reasons, and how many slow ones."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, number in reasons.most_common():
        terminalreporter.write_line(f"{number} skipped: {reason}")
    slow = config.stash.get(_slow, 0)
    if slow and config.option.markexpr == "not slow":
        text = f"{slow} slow tests are left to the full run: .ci/run, or pytest -m slow"
        terminalreporter.write_line(text)


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """Wait for no disk: what a test writes need not outlive a crash of the machine.

    That a command waits is seen in processes of its own (``safety/test_writers``).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


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


@pytest.fixture
def environment() -> dict[str, str]:
    """Return ``clean_environment``."""
    return clean_environment()


@pytest.fixture
def run(workspace: Path, environment: dict[str, str]) -> Run:
    """Return the function that runs parplan in the test's own process."""
    return _runner(run_here, workspace, environment)


@pytest.fixture
def process(workspace: Path, environment: dict[str, str]) -> Run:
    """Return the function that runs parplan as a process of its own."""
    return _runner(run_process, workspace, environment)


def _runner(
    run: Callable[[Sequence[str], Path, Mapping[str, str]], Text],
    workspace: Path,
    environment: Mapping[str, str],
) -> Run:
    def call(
        *args: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
    ) -> Text:
        return run(args, cwd or workspace, {**environment, "COLUMNS": str(columns), **(env or {})})

    return call
