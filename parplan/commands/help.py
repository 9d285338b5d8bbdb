"""``parplan help``: the guide of the installed program, by sections, by words, or of a command."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import click
import typer

from parplan.cli.command_table import english_name
from parplan.cli.group import load
from parplan.cli.options import Shared
from parplan.cli.output import show_lines
from parplan.cli.streams import is_terminal, say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.render.guide import PAGES, GuideSection, find_sections, read_sections, within
from parplan.render.terminal import paint
from parplan.render.terminal.guide import contents_lines, matches_lines, section_lines
from parplan.render.terminal.table import Line, Span, paragraph
from parplan.workspace import programs
from parplan.workspace.workspace import packaged_file

EXAMPLES = (
    "parplan help",
    "parplan help done",
    "parplan help ghi tien do",
    "parplan help --browser",
)


def show_help(
    topic: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("[COMMAND|TOPIC]..."),
            help=N_("A command, or words of the guide; accents do not matter."),
        ),
    ] = (),
    browser: Annotated[
        bool, typer.Option("--browser", help=N_("Show the whole guide in the browser."))
    ] = False,
    *,
    shared: Shared,
) -> None:
    """Show what is asked for on the screen, a screen at a time where it is long."""
    pages = [packaged_file(name).read_text(encoding="utf-8") for name in PAGES]
    if browser:
        _browse(pages)
        return
    screen = paint.screen_width()
    _page(_answer(read_sections(*pages), " ".join(topic), screen))


def _answer(sections: list[GuideSection], words: str, screen: int) -> list[Line]:
    if not words:
        how = _("To read one: 'parplan help 5', or words of it. All commands: 'parplan --help'.")
        return [*contents_lines(sections, screen), [], *paragraph(how, screen)]
    if name := english_name(words):
        return _about_command(sections, name, screen)
    matches = find_sections(sections, words)
    if not matches:
        text = N_("the guide says nothing of '%(words)s'; 'parplan help' lists what it tells")
        raise UserError(text, params(words=words))
    if len(matches) == 1:
        whole = within(sections, matches[0])
        return [line for section in whole for line in section_lines(section, screen)]
    return [*matches_lines(matches, words, screen), [], *_to_read(matches[0], screen)]


def _about_command(sections: list[GuideSection], name: str, screen: int) -> list[Line]:
    """Return the usage of a command, and where the guide tells of it."""
    command = load(name)
    with click.Context(command, info_name=f"parplan {name}", terminal_width=screen) as context:
        usage = command.get_help(context)
    lines: list[Line] = [[Span(line)] for line in usage.split("\n")]
    typed = f"parplan {name}"
    matches = [section for section in sections if typed in section.body]
    if not matches:
        return lines
    heading = paragraph(_("The guide tells of it in:"), screen, "head")
    return [
        *lines,
        [],
        *heading,
        *matches_lines(matches, typed, screen),
        [],
        *_to_read(matches[0], screen),
    ]


def _to_read(section: GuideSection, screen: int) -> list[Line]:
    return paragraph(_("To read one: parplan help %(n)s") % {"n": section.number}, screen)


def _page(lines: list[Line]) -> None:
    """Print ``lines``, through a pager where they are longer than the terminal is high."""
    if not is_terminal(sys.stdout) or len(lines) < shutil.get_terminal_size().lines:
        show_lines(lines)
        return
    text = io.StringIO()
    paint.write(lines, text)
    os.environ.update(programs.environment())  # the pager is looked up along PATH
    os.environ.setdefault("LESS", "FRX")  # as git: no pager for what fits, letters left there
    click.echo_via_pager(text.getvalue())


def _browse(pages: list[str]) -> None:
    """Open the guide in the browser; the page lies in the folder for temporary files."""
    from parplan.render.guide_page import guide_page

    handle, name = tempfile.mkstemp(prefix="parplan-", suffix=".html")
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - a handle, no path
        file.write(guide_page(pages))
    say(_("the guide is at %(path)s") % {"path": name})
    sys.stdout.flush()
    os.environ.update(programs.environment())
    webbrowser.open(Path(name).as_uri())


CALLBACKS = {"help": show_help}
