"""Random histories of desks that record and edit: in the end each has all of it, once.

40 of them in ``.ci/run``; ``PARPLAN_HISTORIES=200 pytest -m slow FILE`` is two hundred.
"""

from __future__ import annotations

import functools
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parplan.workspace import git_remote
from tests.helpers.desks import ENGLISH, begin, join
from tests.helpers.office import Office

HISTORIES = int(os.environ.get("PARPLAN_HISTORIES", "40"))
PLAN = "plan/2025.yaml"
MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
NAMES = ("một", "hai", "ba")
TEXT = """\
schema: 1
year: 2025
document: {type: KH, symbol: KH-UBND, place: Phú La, title: Kế hoạch}
issuer: UBND phường
effective_from: 2025-01-01
units:
  - {id: mot, name: Bàn một}
  # Bàn hai làm việc chiều
  - {id: hai, name: Bàn hai}
  - {id: ba, name: Bàn ba}
sections:
  - id: I
    title: Lĩnh vực
    tasks:
      - id: mot-0
        title: Việc của bàn một
        schedule: [{every: month}]
        units: [Bàn một]
      - id: hai-0
        title: >-
          Việc của bàn hai,
          hai dòng
        schedule: [{every: month}]
        units: [Bàn hai]

      # Việc cuối
      - id: ba-0
        title: Việc của bàn ba
        schedule:
          - {every: month}
        units: [Bàn ba]
"""
IDS = {"một": "mot", "hai": "hai", "ba": "ba"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a shared repository and three desks that have the same."""
    from tests.helpers.running import clean_environment

    folder = tmp_path_factory.mktemp("begun")
    (folder / "một" / "plan").mkdir(parents=True)
    (folder / "một" / PLAN).write_text(TEXT, encoding="utf-8")
    first, shared = begin(folder / "một", clean_environment(), folder)
    for name in NAMES[1:]:
        join(first, shared, name)
    for name in NAMES:
        first.git("remote", "set-url", "origin", "../chung.git", cwd=folder / name)
        shutil.rmtree(folder / name / ".git" / "hooks", ignore_errors=True)
    (folder / "thẻ nhớ").mkdir()
    for name in NAMES:
        Office(folder / name, first.env).say("exchange", "../thẻ nhớ")
    return folder


class History:
    """A history of desks: what each did is kept in ``texts`` and ``edits``, to be found again."""

    def __init__(self, folder: Path, env: dict[str, str], chance: random.Random) -> None:
        self.chance = chance
        self.numbers = itertools.count(1)
        self.words = chance.choice((["sync"], ["sync"], ["sync"], ["exchange", "../thẻ nhớ"]))
        self.names = NAMES[: chance.choice((2, 2, 3))]
        self.desks = {name: Office(folder / name, env) for name in self.names}
        for desk in self.desks.values():
            desk.env["GIT_CONFIG_GLOBAL"] = str(folder / "settings")
        self.texts: list[str] = []
        self.edits: dict[str, str] = {}

    def work(self, name: str) -> None:
        """Let a desk record, edit its own task, add one, or put a comment above one."""
        desk, number = self.desks[name], next(self.numbers)
        kind = self.chance.choice(("note", "note", "note", "title", "task", "unit", "comment"))
        mark = f"{name} {number}."
        if kind == "note":
            desk.say("note", f"{IDS[name]}-0@2025-06", mark)
            self.texts.append(mark)
            return
        path = desk.root / PLAN
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = next(i for i, line in enumerate(lines) if f"id: {IDS[name]}-0" in line)
        if kind == "title":
            end = next(i for i in range(place, len(lines)) if "schedule" in lines[i])
            lines[place + 1 : end] = [f"        title: {mark}\n"]
        elif kind == "task":
            lines[place:place] = [
                f"      - id: {IDS[name]}-{number}\n",
                f"        title: {mark}\n",
                "        schedule: [{every: year}]\n",
            ]
        elif kind == "unit":
            units = next(i for i, line in enumerate(lines) if f"id: {IDS[name]}, " in line)
            lines.insert(units + 1, f"  - {{id: {IDS[name]}-{number}, name: {mark}}}\n")
        else:
            lines.insert(place, f"      # {mark}\n")
        self.edits[f"{kind} {name}" if kind == "title" else f"{kind} {number}"] = mark
        path.write_text("".join(lines), encoding="utf-8", newline="\n")

    def exchange(self, name: str) -> None:
        """Let a desk take in and send."""
        done = self.desks[name].run(*self.words, env=ENGLISH)
        assert (done.returncode, done.stderr) == (0, ""), done

    def be_faster(self, name: str) -> None:
        """Let a desk send something while another is about to."""
        self.work(name)
        self.exchange(name)

    def run(self, race: Callable[[Callable[[], None]], None]) -> None:
        """Let the desks work and exchange in any order, then until all have the same."""
        for _step in range(self.chance.randrange(3, 6)):
            name = self.chance.choice(self.names)
            for _time in range(self.chance.randrange(1, 4)):
                self.work(name)
            if self.chance.random() < 0.3:
                other = self.chance.choice([each for each in self.names if each != name])
                race(functools.partial(self.be_faster, other))
            if self.chance.random() < 0.6:
                self.exchange(name)
        for name in (*self.names, *self.names[:-1]):
            self.exchange(name)

    def faults(self) -> Iterator[str]:
        """Yield what is lost, doubled or marked at a desk."""
        for name, desk in self.desks.items():
            plan = (desk.root / PLAN).read_bytes()
            journal = desk.journal.read_bytes() if desk.journal.exists() else b""
            recorded = desk.records() if journal else []
            if sorted(record.text for record in recorded) != sorted(self.texts):
                yield f"{name}: records"
            if journal.count(b"\n") != len(self.texts):
                yield f"{name}: lines"
            yield from (
                f"{name}: {kind}"
                for kind, mark in self.edits.items()
                if plan.count(mark.encode()) != 1
            )
            if any(line.startswith(MARKERS) for line in (plan + journal).splitlines()):
                yield f"{name}: markers"
            if plan != (self.desks[self.names[0]].root / PLAN).read_bytes():
                yield f"{name}: another plan"
            if desk.run("check").returncode:
                yield f"{name}: mistakes"
            if self.words == ["sync"] and desk.git("status", "--porcelain"):
                yield f"{name}: something is not committed"


def play(
    seed: int,
    begun: Path,
    place: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Play the history of ``seed`` and fail unless everything is everywhere once."""
    shutil.copytree(begun, place / "văn phòng", symlinks=True)
    push = git_remote.push
    races: list[Callable[[], None]] = []

    def raced(*arguments: object) -> str:
        if races:
            races.pop()()
        return push(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(git_remote, "push", raced)
    history = History(place / "văn phòng", environment, random.Random(seed))
    history.run(races.append)
    assert list(history.faults()) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_few_histories(
    seed: int,
    begun: Path,
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play(seed, begun, tmp_path, environment, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("tens", range(HISTORIES // 10))
def test_many_histories(
    tens: int, begun: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        with pytest.MonkeyPatch.context() as monkeypatch:
            place = tmp_path / str(seed)
            place.mkdir()
            play(1000 + seed, begun, place, environment, monkeypatch)
            shutil.rmtree(place)
