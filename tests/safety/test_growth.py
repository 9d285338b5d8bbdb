"""Four times the records are at most five times the work, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.absurd import office_with
from tests.helpers.office import Office

KINDS: dict[str, dict[str, Any]] = {
    "unknown-task": {"task": "99"},
    "missing-file": {"evidence": [{"file": "khong-co.pdf"}]},
    "damaged": {"value": "NaN"},
}


def calls(office: Office, command: str) -> int:
    """Return how many functions, Python's own among them, are called for ``command``."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    office.run(command)  # what is imported once
    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        office.run(command)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "doctor", "log", "evidence"])
@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_records(kind: str, command: str, tmp_path: Path) -> None:
    few, many = (
        calls(office_with(tmp_path / str(count), *[KINDS[kind]] * count), command)
        for count in (200, 800)
    )

    assert many < 5 * few


def test_a_record_is_looked_up_and_not_looked_for(tmp_path: Path) -> None:
    """The place of each is known from the reading: no finding goes through the file again."""
    office = office_with(tmp_path, *[KINDS["unknown-task"]] * 50)

    lines = [line for line in office.run("check").stderr.splitlines() if "[unknown-task]" in line]

    assert [int(line.split(":")[1]) for line in lines] == list(range(2, 52))
