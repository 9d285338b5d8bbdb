"""The fixes of ``doctor``: what each kind does to a file, and how it is told beforehand.

Each does the least that fixes the fault, on the file as it is at that moment; what a person
wrote stays.  The command shows every fix before it comes here.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from parplan.doctor.model import Fix, FixKind
from parplan.journal.file import without_zero_tail
from parplan.problem import N_, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import workspace_lock

DESCRIPTIONS: Mapping[FixKind, str] = {
    "add": N_("add this line to %(path)s: %(content)s"),
    "write": N_("write %(path)s as this parplan has it"),
    "remove": N_("delete %(path)s"),
    "allow": N_("make %(path)s executable"),
    "cut-zeros": N_("cut off the zero bytes at the end of %(path)s"),
    "end-line": N_("end the last line of %(path)s"),
    "unix": N_("end the lines of %(path)s as git keeps them (LF)"),
}
"""What a fix of each kind does, in a marked sentence."""


def apply_fix(root: Path, fix: Fix) -> None:
    """Do what ``fix`` says in the workspace ``root``; raises UserError where it cannot."""
    path = root / fix.path
    if path.is_symlink():  # its target may be anybody's file, outside the workspace too
        text = N_("%(path)s is a link; nothing was done to it")
        raise UserError(text, params(path=fix.path))
    with workspace_lock(root), files.refusing(path):
        _APPLY[fix.kind](path, fix.content)


def _add(path: Path, content: str) -> None:
    if files.create(path, f"{content}\n".encode()):
        return
    old = files.read_bytes(path)
    # As the file ends its other lines, lest an editor show a file with both ends.
    end = b"\r\n" if b"\r\n" in old else b"\n"
    joint = b"" if old.endswith(b"\n") or not old else end
    files.replace(path, old + joint + content.encode() + end, old)


def _write(path: Path, content: str) -> None:
    if not files.create(path, content.encode()):
        files.replace(path, content.encode(), files.read_bytes(path))


def _remove(path: Path, _content: str) -> None:
    path.unlink(missing_ok=True)


def _allow(path: Path, _content: str) -> None:
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _cut_zeros(path: Path, _content: str) -> None:
    data = files.read_bytes(path)
    whole = without_zero_tail(data)
    if whole != data:
        files.replace(path, whole if whole.endswith(b"\n") or not whole else whole + b"\n", data)


def _end_line(path: Path, _content: str) -> None:
    data = files.read_bytes(path)
    if data and not data.endswith(b"\n"):
        files.replace(path, data + b"\n", data)


def _unix(path: Path, _content: str) -> None:
    data = files.read_bytes(path)
    files.replace(path, data.replace(b"\r\n", b"\n"), data)


_APPLY: Mapping[FixKind, Callable[[Path, str], None]] = {
    "add": _add,
    "write": _write,
    "remove": _remove,
    "allow": _allow,
    "cut-zeros": _cut_zeros,
    "end-line": _end_line,
    "unix": _unix,
}
