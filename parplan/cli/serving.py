"""Serves the board live: the page, the version that tells when it is old, what is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from parplan import i18n
from parplan.cli.options import Shared
from parplan.cli.session import Session, Unreadable, find_workspace, open_session, today
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, Problem, UserError, params
from parplan.render.board.page import mistake
from parplan.render.board.server import Response, Server, Site
from parplan.workspace import files

Page = Callable[[Session, str], str]


def serve(page: Page, port: int, shared: Shared) -> None:
    """Serve ``page`` until Ctrl-C; raises UserError where the port cannot be had."""
    root = find_workspace(shared).root

    def version() -> str:
        return _version(root, today(shared))

    def answer() -> Response:
        return _answer(page, version(), shared)

    try:
        server = Server(Site(answer, version), port)
    except OSError as error:
        text = N_("port %(port)s cannot be used: %(reason)s; --port names another one")
        raise UserError(text, params(port=port, reason=i18n.os_reason(error))) from error
    with server:
        open_session(
            shared
        )  # speaks the plan's language from here on; a wrong plan is told at once
        say(_("the board is at %(url)s (Ctrl-C ends it)") % {"url": server.url})
        sys.stdout.flush()
        server.serve_forever()


def _answer(page: Page, version: str, shared: Shared) -> Response:
    """Return the page, or what is wrong; whatever a person can fix ends on the page."""
    message = ""
    problems: list[Problem] = []
    try:
        return Response(page(open_session(shared), version))
    except Unreadable as error:
        problems = error.problems
    except UserError as error:
        message = i18n.fill(error.text, error.values)
    except click.ClickException as error:
        message = error.format_message()
    return Response(mistake(message, problems, version), is_right=False)


def _version(root: Path, day: dt.date) -> str:
    """Return a text that changes with every file that the page is made from, and with the day."""
    digest = hashlib.sha256(day.isoformat().encode())
    for path in sorted(path for path in _sources(root) if files.is_inside(root, path)):
        try:
            now = path.stat()
        except OSError:  # gone since
            continue
        digest.update(os.fsencode(f"{path}:{now.st_mtime_ns}:{now.st_size}:{now.st_ino}\n"))
    return digest.hexdigest()[:24]


def _sources(root: Path) -> Iterator[Path]:
    yield from (root / "plan").glob("*.yaml")
    board = root / "templates" / "board"
    yield from board.glob("*") if files.is_inside(root, board) else ()
