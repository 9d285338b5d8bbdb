"""Asks, where somebody sits at a terminal to answer: whether to go on, or which one is meant."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from parplan.agenda.doubts import Doubt
from parplan.cli.streams import is_terminal, say
from parplan.i18n import _, fill
from parplan.problem import N_, UserError, params
from parplan.text import fold, whole_number

_YES = frozenset({"y", "yes", "c", "co"})


def is_somebody_there() -> bool:
    """Tell whether somebody can answer a question."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def agrees(question: str) -> bool:
    """Ask ``question`` and return whether the answer is yes, in either language.

    Without a terminal nobody can answer, so nothing is done, which is said.
    """
    if not is_somebody_there():
        say(_("Nothing was done; --yes does it without asking."))
        return False
    answers = _("[y/N]")
    say(f"{question} {answers} ", end="")
    sys.stdout.flush()
    agreed = fold(sys.stdin.readline()) in _YES
    if not agreed:
        say(_("Nothing was done."))
    return agreed


def settle(doubts: Sequence[Doubt], *, yes: bool) -> None:
    """Go on where there is no doubt, or ``yes`` was said before, or is said now.

    Raises click.exceptions.Exit, with status 1, where the answer is no, and UserError, with
    what to type, where nobody can answer.
    """
    if yes or not doubts:
        return
    texts = [fill(doubt.text, doubt.values) for doubt in doubts]
    if not is_somebody_there():
        text = N_("%(doubts)s; if that is meant, type the command again with --yes")
        raise UserError(text, params(doubts="; ".join(texts)))
    for text in texts:
        say(text)
    if not agrees(_("Record it all the same?")):
        raise click.exceptions.Exit(1)


def choose(heading: str, lines: Sequence[str]) -> int:
    """Ask which of ``lines`` is meant and return its place, from 0.

    Raises click.exceptions.Exit, with status 1, where the answer is none of them.
    """
    say(heading)
    for number, line in enumerate(lines, 1):
        say(f"{number:>3}. {line}")
    say(_("Which one? Type its number, or Enter for none:"), end=" ")
    sys.stdout.flush()
    number_typed = whole_number(sys.stdin.readline().strip()) or 0
    if not 1 <= number_typed <= len(lines):
        say(_("Nothing was done."))
        raise click.exceptions.Exit(1)
    return number_typed - 1
