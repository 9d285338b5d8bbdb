"""A kill amid an exchange loses nothing: the next one ends with all of both sides, once."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from parplan.yamlfile.parse import load_yaml
from tests.helpers.desks import ENGLISH, begin, join
from tests.helpers.office import Office, lines, made
from tests.helpers.warm import run_warm
from tests.safety.faults import Call, steady, traced, traced_gits

PLAN = "plan/2025.yaml"
SHORT = "short: Giao ban BCĐ CCHC, CĐS, Đề án 06"
ISSUER = "issuer: UBND phường Phú La\n"
MOST = 40
"""No more moments are struck, spread over all: both ends, and others evenly between them."""


def struck(own: list[Call], gits: dict[int, list[Call]]) -> Iterator[tuple[int | None, Call]]:
    """Yield the calls by which files change their names, or other bytes come to the disk.

    Each with the number of the git that makes it, or None where parplan itself does: both ends
    of all, and others evenly between them.
    """
    changing = ("rename", "link", "unlink", "fsync", "write")
    moves = [
        (number, call)
        for number, calls in ((None, own), *gits.items())
        for call in calls
        if call.name.startswith(changing) and not call.is_output
    ]
    count = min(MOST, len(moves))
    yield from (moves[place * (len(moves) - 1) // (count - 1)] for place in range(count))


def after_the_kill(root: Path) -> None:
    """Do what parplan and git ask for: delete the locks that a killed git left."""
    for lock in root.rglob("*.lock"):
        lock.unlink()
    load_yaml(PLAN, (root / PLAN).read_text(encoding="utf-8"))
    assert b"<<<<<<<" not in (root / PLAN).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["sync", "exchange"])
def test_a_kill_at_any_moment_loses_nothing(
    way: str,
    workspace: Path,
    environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = tmp_path_factory.mktemp("desks")
    (place / "bắt đầu").mkdir()
    workspace.rename(place / "bắt đầu" / "một")
    begun = place / "bắt đầu"
    steadied = {**steady(tmp_path_factory.mktemp("own")), "PYTHONDONTWRITEBYTECODE": "1"}
    first, shared = begin(begun / "một", environment, begun)
    second = join(first, shared, "hai")
    (begun / "thẻ").mkdir()
    words = ["sync"] if way == "sync" else ["exchange", "../thẻ"]
    for desk in (first, second, first):
        desk.git("remote", "set-url", "origin", "../chung.git")
        desk.say(*words)
    second.edit_plan(ISSUER, "issuer: UBND A\n")
    second.journal.write_bytes(lines(made(1), made(2)))
    second.say(*words)
    first.edit_plan(SHORT, "short: Giao ban")
    first.journal.write_bytes(lines(made(3), made(4)))
    desk = Office(place / "thử" / "một", environment, run_warm)
    desk.env.update({**first.env, **steadied})

    def laid_out() -> None:
        shutil.rmtree(place / "thử", ignore_errors=True)
        shutil.copytree(begun, place / "thử", symlinks=True)

    laid_out()
    done, own = traced(desk, *words)
    assert done.returncode == 0, done.stderr
    laid_out()
    done, gits = traced_gits(desk, *words)
    assert done.returncode == 0, done.stderr
    moments = list(struck(own, gits))
    assert len(moments) > 5

    for number, call in moments:
        laid_out()
        kill = f"{call.name}:signal=SIGKILL:when={call.when}"
        if number is None:
            assert traced(desk, *words, inject=kill)[0].returncode == -signal.SIGKILL, call
        else:
            traced_gits(desk, *words, only=number, inject=kill)
        after_the_kill(desk.root)
        again = desk.run(*words, env=ENGLISH)
        assert again.returncode == 0, (number, call, again.stderr)
        assert desk.records() == [made(number) for number in range(1, 5)], call
        text = (desk.root / PLAN).read_text(encoding="utf-8")
        assert "short: Giao ban\n" in text, call
        assert "issuer: UBND A\n" in text, call
