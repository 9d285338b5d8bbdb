"""Asks whether to go on, where somebody sits at a terminal to answer."""

from __future__ import annotations

import sys

from parplan.cli.streams import say
from parplan.i18n import _
from parplan.text import fold

_YES = frozenset({"y", "yes", "c", "co"})


def agrees(question: str) -> bool:
    """Ask ``question`` and return whether the answer is yes, in either language.

    Without a terminal nobody can answer, so nothing is done, which is said.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(_("Nothing was done; --yes does it without asking."))
        return False
    answers = _("[y/N]")
    say(f"{question} {answers} ", end="")
    sys.stdout.flush()
    agreed = fold(sys.stdin.readline()) in _YES
    if not agreed:
        say(_("Nothing was done."))
    return agreed
