"""Desks of one office that share a bare repository, as a clerk of each uses parplan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.helpers.office import Office

ENGLISH = {"PARPLAN_LANG": "en"}


def begin(workspace: Path, environment: Mapping[str, str], place: Path) -> tuple[Office, Path]:
    """Return the first desk, whose workspace is in the bare repository below ``place`` too."""
    first = Office(workspace, environment)
    first.env["GIT_CONFIG_GLOBAL"] = str(place / "settings")
    (place / "settings").write_text("[core]\n\tfsync = none\n[init]\n\tdefaultBranch = main\n")
    first.begin()
    shared = place / "chung.git"
    first.git("init", "--quiet", "--bare", str(shared))
    first.git("remote", "add", "origin", str(shared))
    first.say("sync")
    return first, shared


def join(first: Office, shared: Path, name: str) -> Office:
    """Return a desk with a clone of what is ``shared``."""
    first.git("clone", "--quiet", str(shared), str(shared.parent / name))
    desk = Office(shared.parent / name, first.env)
    desk.env.update(first.env)
    return desk
