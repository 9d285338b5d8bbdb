"""Where a link leads is told before it is followed, and as the system would tell."""

from __future__ import annotations

import os
import random
import stat
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from parplan.workspace import files, links

TARGETS = (
    *(
        "a",
        "b",
        "a/b",
        "c",
        "c/d",
        "../c",
        "../a",
        "..",
        "../..",
        "../b/a",
        "a/../../b",
        "a/../../../office/b",
    ),
    *("../office/b", "../../office/a", "{root}/a", "{root}/../office/b", "../nơi khác/a"),
    *("/etc/passwd", "{root}x/a", "/", "//may-chu/chung/a", "."),
)
NAMES = ("a", "b", "c/a", "c/b", "c/d/a")
ASKED = (*NAMES, "a/b", "a/../b", "c/a/../b", "c/a/../../b", "b/a/b", "c/d/a/../..", "../office/a")


def plant(root: Path, chooser: random.Random) -> dict[str, str]:
    """Make links in the folder ``root`` that lead anywhere, and return them."""
    (root / "c" / "d").mkdir(parents=True)
    made = {}
    for name in NAMES:
        made[name] = chooser.choice(TARGETS).format(root=root)
        (root / name).symlink_to(made[name])
    return made


@pytest.mark.posix(reason="Windows takes '..' out before it follows a link, so does its realpath")
def test_it_is_told_as_the_system_follows_them(tmp_path: Path) -> None:
    answers = Counter[bool]()
    for seed in range(150):
        root = tmp_path / str(seed) / "office"
        made = plant(root, random.Random(seed))
        for name in ASKED:
            if (root / name).exists():
                answer = links.stays(root, root / name)
                real = os.path.realpath(root / name)
                assert answer == Path(real).is_relative_to(root), (name, made)
                answers[answer] += 1
    assert min(answers[True], answers[False]) > 100


@pytest.mark.posix(reason="a user of Windows may make no links")
@pytest.mark.parametrize(
    ("target", "answer"), [("new", True), ("../office/new", True), ("../new", False), ("a", True)]
)
def test_a_link_to_what_is_not_there_and_one_in_a_circle(
    target: str, answer: bool, tmp_path: Path
) -> None:
    root = tmp_path / "office"
    root.mkdir()
    (root / "a").symlink_to(target)

    assert links.stays(root, root / "a") is answer


@pytest.mark.posix(reason="a user of Windows may make no links")
def test_nothing_beyond_a_link_that_leads_out_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link's own path and what it holds are all that is asked for."""
    root = tmp_path / "office"
    root.mkdir()
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("//may-chu/chung/a")
    real, asked = os.stat, set[str]()

    def lstat(path: Any) -> os.stat_result:
        return real(path, follow_symlinks=False)

    def follow(path: Any, **options: Any) -> os.stat_result:
        if options.get("follow_symlinks", True) or "x.pdf" in os.fspath(path):
            asked.add(os.fspath(path))
        return real(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", lstat)
        patch.setattr(os, "stat", follow)
        assert files.look(root, "a/x.pdf") == "outside"
        assert not files.is_inside(root, root / "a" / "x.pdf")
    assert not {path for path in asked if Path(path).is_relative_to(root / "a")}


@pytest.mark.posix(reason="a user of Windows may make no links")
@pytest.mark.parametrize(
    ("asked", "held", "answer"),
    [
        ("office", "office", True),
        ("link", "office", True),
        ("link", "link", True),
        ("office", "link", False),  # what lies outside is not looked at
    ],
)
def test_the_way_to_the_folder_itself_is_the_users(
    asked: str, held: str, answer: bool, tmp_path: Path
) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "link").symlink_to("office")
    (tmp_path / "office" / "a").symlink_to(tmp_path / held / "b")

    assert links.stays(tmp_path / asked, tmp_path / asked / "a") is answer
    assert links.stays(tmp_path / asked, tmp_path / "office" / "a") is answer
    assert not links.stays(tmp_path / asked, tmp_path / "a")


@pytest.mark.parametrize(
    ("tag", "answer"),
    [(0xA0000003, True), (0x9000001A, False), (0, False)],
    ids=["junction", "OneDrive", "folder"],
)
def test_a_junction_is_a_link_and_what_onedrive_keeps_is_none(tag: int, answer: bool) -> None:
    seen: Any = SimpleNamespace(st_mode=stat.S_IFDIR | 0o777, st_reparse_tag=tag)

    assert links.is_link(seen) is answer
    seen.st_mode = stat.S_IFREG | 0o666
    assert links.is_link(seen) is answer


@pytest.mark.posix(reason="a user of Windows may make no links")
def test_a_folder_is_listed_without_its_links(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "d").write_text("", encoding="utf-8")
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b" / "circle").symlink_to("..")

    entries = list(links.below(tmp_path))

    names = [Path(entry.path).relative_to(tmp_path).as_posix() for entry in entries]
    assert names == ["a", "b", "b/c", "b/circle", "b/d"]
    assert [entry.name for entry in entries if links.is_folder(entry)] == ["b", "c"]
