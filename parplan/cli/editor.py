"""Has a text typed in the user's editor, and never loses it."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from parplan.cli.streams import is_terminal, say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.workspace import files, programs

NOTHING_TO_RECORD = N_("nothing to record: give a text, --percent, --value or --evidence")


@contextlib.contextmanager
def typed_text(folder: Path, text: str = "") -> Iterator[str]:
    """Open the user's editor on ``text`` and give what becomes of it there to the block.

    It is a file in ``folder``, where a closed terminal leaves it.  Whatever ends the block
    otherwise than well, a file that was changed stays and its name is said; else it goes.
    Raises UserError where nobody sits at a terminal, or the editor does not end well.
    """
    if not is_terminal(sys.stdin):
        raise UserError(NOTHING_TO_RECORD)
    path = _new_file(folder, text.encode())
    ended_well = False
    try:
        _edit(path)
        yield _text_of(path)
        ended_well = True
    finally:
        if not ended_well and path.exists() and files.read_bytes(path) != text.encode():
            say(_("what you typed is kept in %(path)s") % {"path": path}, error=True)
        else:
            path.unlink(missing_ok=True)


def _new_file(folder: Path, data: bytes) -> Path:
    number = 1
    while not files.create(path := folder / f"note-{number}.txt", data):
        number += 1
    return path


def _edit(path: Path) -> None:
    command = shlex.join(programs.editor())
    try:
        click.edit(editor=command, env=programs.environment(), filename=str(path))
        files.require_file(path)
    except (click.ClickException, OSError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else error
        text = N_("the editor did not end well: %(reason)s; nothing was recorded")
        raise UserError(text, params(reason=message)) from error


def _text_of(path: Path) -> str:
    try:
        return files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(N_("the text is not valid UTF-8")) from error
