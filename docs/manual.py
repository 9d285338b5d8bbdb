"""The manual page of the program: the help that Click has of every command, as roff."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from parplan import __version__, i18n
from parplan.cli.command_table import COMMANDS
from parplan.cli.group import build, load
from parplan.i18n import _


def manual_page(language: i18n.Language) -> str:
    """Return ``parplan.1`` in ``language``: how it is called, its options, then each command."""
    i18n.use(language)
    program = build()
    lines = [
        *(f'.TH PARPLAN 1 "" "parplan {__version__}"', ".ad l"),
        *(".SH NAME", f"parplan \\- {_escaped(_whole(program.help).rstrip('.'))}"),
        ".SH SYNOPSIS",
        *_usage(program, "parplan"),
        *(f".SH {_escaped(_('Options').upper())}", *_parameters(program, "parplan", click.Option)),
        f".SH {_escaped(_('Commands').upper())}",
    ]
    for name in COMMANDS:
        lines += _command(load(name), f"parplan {name}")
    return "\n".join(lines) + "\n"


def _command(command: click.Command, name: str) -> Iterator[str]:
    """Yield the part of one command: what it does, how it is called, its parameters, examples."""
    yield f".SS {_escaped(name)}"
    yield _escaped(_whole(command.help))
    yield ".P"
    yield from _usage(command, name)
    yield from _parameters(command, name, click.Argument)
    yield from _parameters(command, name, click.Option)
    heading, *examples = (command.epilog or "").removeprefix("\b\n").split("\n")
    if examples:
        yield from (".P", _escaped(heading), ".P", ".nf", *map(_escaped, examples), ".fi")


def _context(command: click.Command, name: str) -> click.Context:
    return click.Context(command, info_name=name, help_option_names=["-h", "--help"])


def _usage(command: click.Command, name: str) -> Iterator[str]:
    pieces = command.collect_usage_pieces(_context(command, name))
    yield f"\\fB{_escaped(name)}\\fR {_escaped(' '.join(pieces))}"


def _parameters(command: click.Command, name: str, kind: type[click.Parameter]) -> Iterator[str]:
    context = _context(command, name)
    for param in command.get_params(context):
        record = param.get_help_record(context) if isinstance(param, kind) else None
        if record:
            written, meaning = record
            yield from (".TP", f"\\fB{_escaped(written)}\\fR", _escaped(_whole(meaning)))


def _whole(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def _escaped(text: str) -> str:
    """Return ``text`` for roff: hyphens that can be copied, no line taken for a request."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", plain)
