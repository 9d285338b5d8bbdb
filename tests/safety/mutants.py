"""Tells which small faults the tests miss: ``python -m tests.safety.mutants [MODULE ...]``.

Changes one thing at a time in the modules that reckon (a bound, a sign, a branch left out) and
runs the tests of that module in a process of its own until one fails.  Changes that none notices
are held against those that ``docs/mutants.md`` lists with the reason.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.safety.mutations import Mutant, mutants

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutants.md"
LISTED = re.compile(r"^- `` (.+?) ``: (.+)$", re.M)
_JOURNAL = ("journal/test_record", "journal/test_progress", "commands/test_evidence")
_SCORE = ("score/test_rules", "score/test_total", "score/test_index")
_PLAN_2025 = "plan/test_plan_2025"
_AGENDA = (
    *("agenda/test_items", "schedule/test_workdays", "agenda/test_year", _PLAN_2025),
    "score/test_total",
)
TESTS = {
    "schedule.rules": ("schedule/test_rules", _PLAN_2025, "agenda/test_items"),
    "agenda.items": _AGENDA,
    "agenda.standings": _AGENDA,
    "journal.record": _JOURNAL,
    "journal.file": _JOURNAL,
    "score.total": _SCORE,
    "score.rules": _SCORE,
    "score.measure": _SCORE,
    "score.points": _SCORE,
}
"""The modules, each with its tests: those first that know it best."""
SECONDS = 120
MEMORY = 4 << 30


class Loader:
    """Imports ``parplan.NAME`` from a changed tree instead of its file."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = f"parplan.{name}", tree

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return this as the loader of the one module."""
        if name != self.name:
            return None
        return spec_from_loader(name, self, origin=str(_file(name.removeprefix("parplan."))))  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        module.__file__ = module.__spec__.origin if module.__spec__ else None
        exec(compile(self.tree, str(module.__file__), "exec"), module.__dict__)


def _file(name: str) -> Path:
    return (ROOT / "parplan").joinpath(*name.split(".")).with_suffix(".py")


def source(name: str) -> str:
    """Return the text of the module ``name``."""
    return _file(name).read_text(encoding="utf-8")


def _prepare() -> None:
    """Import what every run needs but parplan, so that each begins with it."""
    import dateutil.relativedelta  # noqa: F401
    import hypothesis.strategies  # noqa: F401
    import msgspec  # noqa: F401
    import yaml  # noqa: F401
    from hypothesis import HealthCheck, Phase, settings

    gc.disable()  # nothing lives long here
    os.environ.update({"CI": "true", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    settings.register_profile(
        "mutants",
        max_examples=30,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )


class Chosen:
    """Leaves out the tests that run commands: slower ones, and a process runs what is not changed.

    Tables come before properties, which take longer.
    """

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Choose and sort the tests."""
        items[:] = [item for item in items if "environment" not in item.fixturenames]
        items.sort(key=lambda item: getattr(item.obj, "is_hypothesis_test", False))


def _test(name: str, tree: ast.Module) -> int:
    """Run the tests on ``tree``; this process then knows nothing but that code."""
    import importlib

    import pytest

    sys.meta_path.insert(0, Loader(name, tree))
    importlib.import_module(f"parplan.{name}")
    files = [f"{ROOT}/tests/{file}.py" for file in TESTS[name]]
    options = ["-xq", "--assert=plain", "--tb=no", "--override-ini=addopts=--import-mode=importlib"]
    plugins = ["-pno:cacheprovider", "-p_hypothesis_pytestplugin", "--hypothesis-profile=mutants"]
    return pytest.main([*options, *plugins, *files], [Chosen()])


def is_noticed(name: str, tree: ast.Module) -> bool:
    """Tell whether a test of the module ``name`` fails, or ends not, on the code of ``tree``."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status not in (4, 5), "pytest was called wrongly"
        return status != 0
    status = 1
    try:
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        status = _test(name, tree)
    finally:
        os._exit(status)


def changes_of(name: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Yield every change of the module ``name``, with its tree while it is so changed."""
    return mutants(name, source(name))


def listed() -> dict[str, str]:
    """Return the changes that the page lists, each with the reason why no test notices."""
    return dict(LISTED.findall(PAGE.read_text(encoding="utf-8")))


def disagreement(mutant: Mutant, noticed: bool, harmless: Mapping[str, str]) -> str | None:
    """Return what is to be said where the page, with ``harmless``, says another thing."""
    if noticed and mutant in harmless:
        return f"{mutant}: is noticed, but listed"
    return None if noticed or mutant in harmless else f"{mutant}: nothing notices it"


def run(name: str, only: str, harmless: Mapping[str, str]) -> int:
    """Try the changes of one module; return how many are not as the page says."""
    began, total, alive, wrong = time.monotonic(), 0, 0, 0
    for mutant, tree in changes_of(name):
        if only not in mutant:
            continue
        noticed = is_noticed(name, tree)
        total, alive = total + 1, alive + (not noticed)
        complaint = disagreement(mutant, noticed, harmless)
        if complaint:
            wrong += 1
            print(complaint, flush=True)
    share = 100 * (total - alive) / max(total, 1)
    took = time.monotonic() - began
    print(f"{name}: {total - alive} of {total} noticed ({share:.1f} %), {took:.0f} s", flush=True)
    return wrong


def main() -> None:
    """Try the modules named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", choices=[*TESTS, []], metavar="MODULE")
    parser.add_argument("--only", default="", help="those changes only that contain this text")
    options = parser.parse_args()
    _prepare()
    for name in options.modules or TESTS:
        tree = ast.parse(source(name))
        if is_noticed(name, tree):
            sys.exit(f"{name}: its tests fail as it is")
    harmless = listed()
    sys.exit(
        1 if sum(run(name, options.only, harmless) for name in options.modules or TESTS) else 0
    )


if __name__ == "__main__":
    main()
