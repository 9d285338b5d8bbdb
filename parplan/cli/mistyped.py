"""What was meant by a command line that was typed wrong?

Asked only when the command line is refused, or holds what no keyboard gives: a long dash
that an office program made of two short ones.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from parplan.cli.shell import quote
from parplan.i18n import _
from parplan.problem import N_, UserError, params

_OPTION = re.compile(r"--?[A-Za-z][A-Za-z-]*(=.*)?", re.DOTALL)
_LONG_DASH = re.compile("[–—][–—-]?([a-z][a-z-]+)(=.*)?", re.DOTALL)


def command(typed: str, names: Iterable[str]) -> str:
    """Return what is wrong with ``typed`` where a command of ``names`` is near; else nothing."""
    near = difflib.get_close_matches(typed.lower(), list(names), n=1)
    if not near:
        return ""
    message = _("No such command '%(typed)s'; did you mean '%(meant)s'?")
    return message % {"typed": typed, "meant": near[0]}


def early_option(option: str, words: Sequence[str], commands: Iterable[str]) -> str:
    """Return where ``option`` belongs, which stood before the command; nothing without one."""
    names = set(commands)
    name = next((word for word in words if word in names), "")
    if not name:
        return ""
    message = _("Option '%(option)s' stands after the command: parplan %(command)s %(option)s …")
    return message % {"option": option, "command": name}


def text_with_dash(words: Sequence[str]) -> str:
    """Return how a text is typed that begins with "-", where there is one; else nothing."""
    texts = (word for word in words if word.startswith("-") and not _OPTION.fullmatch(word))
    text = next(texts, "")
    if not text:
        return ""
    message = _("a text that begins with '-' stands last, behind ' -- ': … -- %(text)s")
    return message % {"text": quote(text)}


def refuse_long_dashes(words: Iterable[str]) -> None:
    """Raise UserError where a word is an option but for its dashes, as pasted from a letter."""
    for word in words:
        match = _LONG_DASH.fullmatch(word)
        if match:
            text = N_(
                "'%(word)s' begins with a long dash, as office programs make them; type %(meant)s"
            )
            meant = f"--{match[1]}{match[2] or ''}"
            raise UserError(text, params(word=word, meant=meant))
