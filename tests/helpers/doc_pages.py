"""What the tests of the documentation read: its lines, links and the commands that it shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from parplan.cli.command_table import COMMANDS, english_name
from parplan.cli.group import build, load

FENCE = re.compile(r" {0,3}(`{3,})[^`]*")


LINK = re.compile(r"\]\(([^)\s]+)\)")


HEADING = re.compile(r"#{1,6} +(.+?) *#*")


SHELL_SIGNS = ("&&", "||", "|", ">", ">>", ";")


needs_git = pytest.mark.skipif(
    shutil.which("git") is None and "PARPLAN_TESTS_NEED_ALL" not in os.environ, reason="no git"
)


class Line(NamedTuple):
    """A line of a page; ``is_code`` inside a block of code."""

    place: str
    text: str
    is_code: bool


class Typed(NamedTuple):
    """A command line as a page shows it: the words after 'parplan'.

    One in a block of code is ``whole``: it can be typed as it stands.
    """

    place: str
    words: list[str]
    whole: bool


def lines_of(page: Path) -> Iterator[Line]:
    fence = ""
    for number, text in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        found = FENCE.fullmatch(text)
        if found and not fence:
            fence = found[1]
        elif fence and text.strip() == fence:
            fence = ""
        else:
            yield Line(f"{page.name}:{number}", text, bool(fence))


def words_of(text: str) -> list[str]:
    """Return the words of a command, up to what the shell takes for itself."""
    words = shlex.split(text, comments=True)
    ends = (number for number, word in enumerate(words) if word in SHELL_SIGNS)
    return words[: next(ends, len(words))]


def _is_command(typed: Typed, words: int) -> bool:
    return " ".join(typed.words[:words]) in COMMANDS


def parse(typed: Typed) -> None:
    """Raise click.ClickException unless parplan takes these words."""
    name = next(
        (" ".join(typed.words[:n]) for n in (2, 1) if _is_command(typed, n)),
        "".join(typed.words[:1]),
    )
    if not name or name.startswith("-"):
        command, rest = build(), typed.words
    elif english := english_name(name):
        command, rest = load(english), typed.words[len(name.split()) :]
    else:
        raise click.UsageError(f"no command '{name}'")
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    given, left, _order = command.make_parser(context).parse_args(list(rest))
    if left:
        raise click.UsageError(f"too many words: {left}")
    for parameter in command.params:
        value = given.get(str(parameter.name))
        if isinstance(value, str | list | tuple):
            parameter.type_cast_value(context, value)
        elif parameter.required and typed.whole and "--help" not in rest:
            raise click.MissingParameter(ctx=context, param=parameter)


def leads_somewhere(page: Path, target: str) -> bool:
    name, _hash, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    return file.exists() and (not anchor or anchor in anchors(file))


def anchors(page: Path) -> set[str]:
    """Return the names by which the headings of ``page`` are linked to, as GitHub makes them."""
    seen: Counter[str] = Counter()
    found: set[str] = set()
    for line in lines_of(page):
        heading = HEADING.fullmatch(line.text)
        if heading and not line.is_code:
            name = re.sub(r"[^\w\- ]", "", heading[1].lower()).replace(" ", "-")
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
    return found
