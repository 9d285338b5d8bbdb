"""What parplan is built from: bounds with reasons, one locked version each, nothing older.

``.ci/versions`` runs the tests with the lowest and the newest, ``.ci/lock`` writes the locks.
Hosted checks, hooks and ``make`` call the same scripts and tools, each in one place.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from parplan.doctor.machine_rules import TESTED, within

ROOT = Path(__file__).parent.parent
LOCK = ROOT / ".ci" / "requirements-dev.lock"
LOCK_TO_RUN = ROOT / ".ci" / "requirements.lock"
LOCK_FROZEN = ROOT / ".ci" / "requirements-frozen.lock"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.M | re.S)
BOUND = re.compile(r"([A-Za-z0-9_.-]+)>=([0-9][0-9.]*),<([0-9][0-9.]*)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES: list[str] = PROJECT["dependencies"]


def bounds(lines: list[str]) -> dict[str, tuple[str, str]]:
    """Return every library with its lowest version and the first that is too new."""
    matches = [BOUND.fullmatch(line.partition(";")[0]) for line in lines]
    assert all(matches), "a library is not in the form NAME>=LOW,<HIGH"
    return {match[1]: (match[2], match[3]) for match in matches if match}


BOUNDS = bounds([*DEPENDENCIES, *PROJECT["optional-dependencies"]["dev"]])


def same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path = LOCK) -> dict[str, tuple[str, str]]:
    """Return each library of the lock with its version and what stands below it."""
    text = lock.read_text(encoding="utf-8")
    return {same(match[1]): (match[2], match[3]) for match in LOCKED.finditer(text)}


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

    assert within(version, f">={low},<{high}"), version


@pytest.mark.parametrize("lock", [LOCK, LOCK_TO_RUN, LOCK_FROZEN], ids=lambda lock: lock.name)
def test_every_locked_file_has_its_hash(lock: Path) -> None:
    libraries = locked(lock)

    assert {same(name) for name in bounds(DEPENDENCIES)} <= libraries.keys()
    without = [name for name, (_, below) in libraries.items() if "--hash=sha256:" not in below]
    assert without == []


def test_extras_are_tried() -> None:
    extras = PROJECT["optional-dependencies"]

    assert set(extras["pdf"]) <= set(extras["dev"])


@pytest.mark.parametrize("lock", [LOCK, LOCK_FROZEN], ids=lambda lock: lock.name)
def test_the_locks_have_the_same_versions(lock: Path) -> None:
    others = locked(lock)

    assert {name: others[name] for name in locked(LOCK_TO_RUN)} == locked(LOCK_TO_RUN)


@pytest.mark.parametrize("lock", [LOCK, LOCK_TO_RUN, LOCK_FROZEN], ids=lambda lock: lock.name)
def test_the_lock_names_no_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert not re.search(r"file:|://|(?<!\w)/(?:home|root|tmp|opt)/", text)


def test_every_python_is_named_once() -> None:
    named = [
        tuple(int(number) for number in one.rpartition(" ")[2].split("."))
        for one in PROJECT["classifiers"]
        if re.search(r"Python :: \d\.\d+$", one)
    ]

    first, last = TESTED
    assert named == [(3, minor) for minor in range(first[1], last[1] + 1)]
    assert PROJECT["requires-python"] == f">={first[0]}.{first[1]}"
    asked = (ROOT / ".ci" / "wheels").read_text(encoding="utf-8")
    assert f"in {' '.join(f'{major}.{minor}' for major, minor in named)}; do" in asked
    script = (ROOT / ".ci" / "versions").read_text(encoding="utf-8")
    assert f"pythons=({' '.join(f'{major}.{minor}' for major, minor in named)})\n" in script


def test_the_licence_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.startswith(f"{PROJECT['license']} License\n\nCopyright (c) ")
    assert PROJECT["license-files"] == ["LICENSE"]


def read_yaml(name: str) -> dict[str, Any]:
    data = yaml.load((ROOT / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def test_the_hosted_checks_call_the_scripts_with_no_rights_to_write() -> None:
    workflow = read_yaml(".github/workflows/ci.yml")

    jobs = workflow["jobs"]
    lines = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert ".ci/run" in lines
    scripts = set(re.findall(r"\.ci/\w+", " ".join(lines)))
    assert {name for name in scripts if not os.access(ROOT / name, os.X_OK)} == set()
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in jobs.values())
    first, last = TESTED
    run_by_all = jobs["all"]["steps"][1]["with"]["python-version"]
    others = jobs["newest"]["strategy"]["matrix"]["python"]
    assert [run_by_all, *others] == [f"3.{minor}" for minor in range(first[1], last[1] + 1)]


def test_a_release_is_made_by_the_scripts_that_the_page_names() -> None:
    workflow = read_yaml(".github/workflows/release.yml")
    page = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")

    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    lines = " && ".join(step["run"] for step in steps if "run" in step)
    for words in (
        "python -m build",
        ".ci/frozen linux",
        ".ci/frozen windows",
        "sha256sum *.whl *.tar.gz *.zip >SHA256SUMS",
    ):
        assert words in lines
        assert words in page


def test_what_is_double_clicked_is_a_batch_file_of_windows() -> None:
    data = (ROOT / ".ci" / "parplan.cmd").read_bytes()

    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"%~dp0" in data  # its own folder, wherever it was unpacked


def test_hooks_and_make_call_the_same_tools() -> None:
    repos = read_yaml(".pre-commit-config.yaml")["repos"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [repo["repo"] for repo in repos] == ["local"]
    assert {hook["language"] for hook in hooks} == {"system"}
    tools = {hook["entry"].removeprefix(".venv/bin/") for hook in hooks}
    assert tools == set(re.findall(r"\$\(bin\)/(ruff \w+|mypy)", makefile))
