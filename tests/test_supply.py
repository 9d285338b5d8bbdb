"""What parplan is built from: bounds with reasons, one locked version each, nothing older.

``.ci/lowest`` runs a part of the tests with the lowest versions, ``.ci/lock`` writes the lock.
"""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from parplan import machine

ROOT = Path(__file__).parent.parent
LOCK = ROOT / ".ci" / "requirements-dev.lock"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.M | re.S)


def tool() -> ModuleType:
    """Return the program that reads the bounds."""
    spec = importlib.util.spec_from_file_location("pins", ROOT / ".ci" / "pins.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BOUNDS: dict[str, tuple[str, str]] = tool().bounds()  # raises where a bound is missing


def same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, tuple[str, str]]:
    """Return each library of the lock with its version and what stands below it."""
    text = LOCK.read_text(encoding="utf-8")
    return {same(one[1]): (one[2], one[3]) for one in LOCKED.finditer(text)}


@pytest.mark.parametrize("name", BOUNDS)
def test_a_library_has_a_reason_and_the_same_bounds_in_the_table(name: str) -> None:
    low, high = BOUNDS[name]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [
        line.strip("|").split(" | ")
        for line in page.splitlines()
        if line.startswith(f"| `{name}>=") or f" `{name}>=" in line.partition(" | ")[0]
    ]

    assert len(rows) == 1
    assert f"`{name}>={low},<{high}`" in rows[0][0]
    assert len(rows[0]) == 3
    assert len(rows[0][2].split()) > 3


@pytest.mark.parametrize("name", BOUNDS)
def test_the_lock_keeps_the_bounds(name: str) -> None:
    low, high = BOUNDS[name]
    version, _below = locked()[same(name)]

    assert machine.within(version, f">={low},<{high}"), version


def test_every_locked_file_has_its_hash() -> None:
    found = locked()

    assert len(found) > len(BOUNDS)
    without = [name for name, (_version, below) in found.items() if "--hash=sha256:" not in below]
    assert without == []


def test_the_lock_names_no_machine() -> None:
    text = LOCK.read_text(encoding="utf-8")

    assert not re.search(r"file:|://|(?<!\w)/(?:home|root|tmp|opt)/", text)


def test_the_lowest_versions_are_pinned() -> None:
    pins = tool().lowest()

    assert "typer==0.24.2" in pins
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9.]+", pin) for pin in pins)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = {re.split("[<>=]", line)[0] for line in project["dependencies"]}
    assert run <= {pin.partition("==")[0] for pin in pins}


def test_every_python_is_named_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [
        tuple(int(number) for number in one.rpartition(" ")[2].split("."))
        for one in project["classifiers"]
        if re.search(r"Python :: \d\.\d+$", one)
    ]

    first, last = machine.TESTED
    assert named == [(3, minor) for minor in range(first[1], last[1] + 1)]
    assert project["requires-python"] == f">={first[0]}.{first[1]}"
    script = (ROOT / ".ci" / "lowest").read_text(encoding="utf-8")
    assert f"set -- {' '.join(f'{major}.{minor}' for major, minor in named)}\n" in script
