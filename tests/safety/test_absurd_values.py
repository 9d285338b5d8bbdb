"""A value that no office has: one finding with its line, and no command dies of it or waits.

Records with one boundary value each stand in one journal beside a good one.  Every command in
every format is run on it: what ``check`` passes, all take.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.absurd import findings, office_with
from tests.helpers.office import Office

ABSURD: dict[str, dict[str, Any]] = {
    "no-number": {"value": "NaN"},
    "signalling": {"value": "sNaN"},
    "no-end": {"value": "-Infinity"},
    "huge": {"value": "1e999999999"},
    "tiny": {"value": "1e-999999999"},
    "sixteen-digits": {"value": "1000000000000000"},
    "nineteen-decimals": {"value": "0.0000000000000000001"},
    "first-year": {"at": "0001-01-01T00:00:00+14:00"},
    "last-year": {"at": "9999-12-31T23:59:59-12:00"},
    "before-1900": {"on": "1899-12-31"},
    "after-2999": {"on": "3000-01-01"},
    "due-first": {"kind": "directive", "due": "0001-01-01"},
    "due-last": {"kind": "directive", "due": "9999-12-31"},
    "task-with-at": {"task": "4@2025-06", "period": None},
    "task-with-space": {"task": "4 5"},
    "points": {"kind": "score", "task": None, "period": None, "criterion": "1.1", "points": "NaN"},
    "points-huge": {
        "kind": "score",
        "task": "",
        "period": "",
        "criterion": "1.1",
        "points": "1e999999999",
    },
}
AT_THE_EDGE: dict[str, dict[str, Any]] = {
    "most": {"value": "999999999999999.999999999999999999"},
    "least": {"value": "-0.000000000000000001"},
    "zero": {"value": "-0E-18"},
    "due-2999": {"kind": "directive", "due": "2999-12-31"},
    "due-1900": {"kind": "directive", "due": "1900-01-01"},
    "new-1900": {"kind": "directive", "task": "12", "period": "1900-01-01", "due": "1900-01-01"},
    "new-2999": {"kind": "directive", "task": "12", "period": "2999-12-31", "due": "2999-12-31"},
    "no-period": {"kind": "directive", "task": "12", "period": "?", "due": "2025-07-01"},
    "on-2999": {"kind": "done", "on": "2999-12-31"},
    "at-2999": {"kind": "done", "at": "2999-12-31T23:59:59-12:00"},
    "at-last": {"at": "2999-12-31T23:59:59.999999Z"},
    "long-number": {"evidence": [{"number": "ế" * 300}]},
    "nothing-in-evidence": {"evidence": [{}]},
    "long-id": {"id": "é" * 3000},
    "lines-in-id": {"id": "a\nb\x1b[31m"},
    "nobody": {"by": ""},
    "long-text": {"text": "Đã làm xong việc. " * 3000},
    "marks": {"text": "a" + "\u0301" * 3000},
    "undone": {"kind": "undo", "retracts": "x" * 3000},
}
NO_FILE: dict[str, dict[str, Any]] = {
    "long-name": {"evidence": [{"file": "ế" * 300}]},
    "deep-name": {"evidence": [{"file": "a/" * 3000}]},
    "nul": {"evidence": [{"file": "a\0b"}]},
}
COMMANDS = (
    *("due --month 6", "due --all", "list", "show 4", "show 12", "log", "status", "evidence"),
    *("score", "score gaps", "score risk", "check", "doctor", "diff", "board -o -"),
    *("due --format json", "due --format csv", "due --format md", "list --format json"),
    *("list --format csv", "list --format md", "show 4 --format json", "show 4 --format csv"),
    *("show 4 --format md", "log --format json", "log --format csv", "log --format md"),
    *("status --format json", "evidence --format json", "evidence --format csv"),
    *("score --format json", "score gaps --format csv", "score risk --format json"),
    *("score report -o -", "export json -o -", "export csv -o -", "export ics -o -"),
    *(
        "export ics --todo -o -",
        "export xlsx -o x.xlsx --force",
        "report --month 6 --format md -o -",
    ),
    *("report --year-report --format md -o -", "report --month 6 --format html -o -"),
    *("document --format md -o -", "sheet -o y.xlsx --force", "score xlsx -o z.xlsx --force"),
    *("note 4@2025-06 xong", "undo"),
)


def take_every_command(office: Office) -> None:
    for command in COMMANDS:
        ended = office.run(*command.split())  # what parplan lets out is raised here
        assert ended.returncode in (0, 1, 2), command
        assert ended.returncode < 2 or ended.stderr.startswith("parplan: "), (command, ended.stderr)


def test_each_absurd_value_is_one_finding_with_its_line(tmp_path: Path) -> None:
    office = office_with(tmp_path, *ABSURD.values())

    expected = [(number, "out-of-range") for number, _name in enumerate(ABSURD, 2)]
    assert findings(office) == expected


def test_a_value_at_the_edge_is_none(tmp_path: Path) -> None:
    assert findings(office_with(tmp_path, *AT_THE_EDGE.values())) == []


def test_a_name_that_no_file_has_is_one_finding(tmp_path: Path) -> None:
    office = office_with(tmp_path, *NO_FILE.values())

    assert findings(office) == [(number, "missing-file") for number, _name in enumerate(NO_FILE, 2)]


@pytest.mark.slow
@pytest.mark.parametrize("records", [ABSURD, AT_THE_EDGE, NO_FILE], ids=["absurd", "edge", "file"])
def test_every_command_takes_them(records: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    take_every_command(office_with(tmp_path, *records.values()))


@pytest.mark.slow
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=st.lists(st.sampled_from([*ABSURD.values(), *AT_THE_EDGE.values()]), max_size=4))
def test_whatever_stands_beside(records: list[dict[str, Any]], tmp_path: Path) -> None:
    merged: dict[str, Any] = {}
    for values in records:
        merged |= values

    take_every_command(office_with(tmp_path, *records, merged))
