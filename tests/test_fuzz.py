"""A short round of each fuzzer, and all that longer ones have found.

For longer than here: ``python -m tests.fuzz --seconds 600``.
"""

from __future__ import annotations

import pytest

from parplan import phrase, planedit, planfile
from tests import fuzz

ROUNDS = {"docx": 20, "xlsx": 60, "csv": 100, "arguments": 60, "template": 150, "plan": 100}
ROUNDS |= {"paper": 60, "edit": 60, "board": 60, "request": 100}


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_a_short_round_finds_nothing(target: str) -> None:
    number, found = fuzz.fuzz(target, 20250620, ROUNDS.get(target, 300), seconds=600)

    assert found is None
    assert number == ROUNDS.get(target, 300)


@pytest.mark.parametrize(
    ("target", "data"),
    [
        pytest.param("phrase", "ngàn: : ".encode(), id="rest-of-signs-only"),
        pytest.param("phrase", "Đ\u073aof: n]ext-month".encode(), id="mark-without-a-letter"),
    ],
)
def test_what_was_found_stays_mended(target: str, data: bytes) -> None:
    fuzz.try_one(target, data)


ONE_TASK = """schema: 1
year: 2025
issuer: x
document: {type: x, symbol: x, title: x, place: x}
effective_from: "2025-01-01"
sections:
  - id: I
    title: x
    tasks:
      - id: "1"
        title: y
        schedule:
          - {in: "2025"}
"""


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("issuer: x\n", "issuer: x\r\n", id="one-line-of-windows"),
        pytest.param("title: y\n", "title: y\r\n", id="beside-the-place"),
        pytest.param("issuer: x\n", "issuer: x\r", id="old-mac"),
        pytest.param("title: y\n", 'title: "y\u2028z"\n', id="separator"),
    ],
)
def test_a_plan_of_mixed_line_ends_is_edited(before: str, line: str) -> None:
    """The fuzzer found it: the lines of YAML were not those of the edit."""
    text = ONE_TASK.replace(before, line)
    plan = planfile.read("", text.encode()).plan
    assert plan is not None

    edit = planedit.SetKey(("sections", 0, "tasks", 0), "by", "x")
    new = planedit.apply(text, [edit])

    assert new is not None
    fuzz.try_one("edit", text.encode())
    after = planfile.read("", new.encode()).plan
    assert after is not None
    assert after.sections[0].tasks[0].by == "x"
    assert new.count("\r\n") == text.count("\r\n")


def test_what_is_not_understood_is_never_empty() -> None:
    assert phrase.read("ngàn: : ", 2025).unread == "ngàn: :"
    assert phrase.read(" " * 3000 + "ngàn", 2025).unread == "ngàn"


def test_a_target_that_falls_over_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the input that does it, which comes back."""

    def falls(data: bytes) -> None:
        if b"99" in data:
            raise KeyError(data)

    monkeypatch.setitem(fuzz.TARGETS, "plan", (falls, [b"a: 9\n"]))

    number, found = fuzz.fuzz("plan", 1, 5000, seconds=60)

    assert number < 5000
    assert found is not None
    with pytest.raises(KeyError):
        fuzz.try_one("plan", found)


def test_a_target_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "LIMIT", 1)
    monkeypatch.setitem(fuzz.TARGETS, "plan", (hangs, [b""]))

    with pytest.raises(TimeoutError):
        fuzz.try_one("plan", b"")
