"""Which of the words after a command are references, and which is the text?

A word that only slipped out of an option's value, for want of quotation marks, is neither.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import click

from parplan.cli.params import Reference
from parplan.cli.shell import quote
from parplan.plan.model import Plan
from parplan.problem import N_, UserError, params
from parplan.schedule.reference import Ref

WORDS = "parplan.words"
"""Under which Click's context has the words of the command line, options and all."""

# "4", "I.4", "A.2b", and whatever has a period: "8.1@Q2".  "98.5" alone may be a text.
_REFERENCE = re.compile(r"(?:[a-zđ]+\.)*[0-9]+[a-zđ]?|[^\s@]+@\S.*", re.IGNORECASE)
_FREE = frozenset({"--evidence", "--reason", "--proposal", "--author", "--by", "--file"})
"""Options whose value is a text, which may have spaces in it."""
_NUMERIC = frozenset({"--value", "--percent"})


def references_and_text(words: Sequence[str], command: str) -> tuple[list[Ref], str | None]:
    """Return the references that ``words`` begin with, of which there is one, and the text.

    Raises UserError where several words are left for the text, or one that belongs to an
    option's value: it names what to type.
    """
    refuse_slips(words)
    count = 1
    while count < len(words) and _REFERENCE.fullmatch(words[count]):
        count += 1
    if len(words) - count > 1:
        typed = map(quote, [command, *words[:count], " ".join(words[count:])])
        text = N_("a text of several words stands in quotation marks: parplan %(meant)s")
        raise UserError(text, params(meant=" ".join(typed)))
    context, reader = click.get_current_context(), Reference()
    refs = [reader.convert(word, None, context) for word in words[:count]]
    return refs, words[count] if count < len(words) else None


def task_or_text(plan: Plan, refs: list[Ref], text: str | None) -> tuple[list[Ref], str | None]:
    """Return ``refs`` and the ``text`` behind them, which is one more of them as a task's number.

    So is "8.1" in a plan that has such a task.
    """
    if any(task.id == text for _section, task in plan.tasks()):
        return [*refs, Ref(text or "")], None
    return refs, text


def refuse_slips(words: Sequence[str]) -> None:
    """Raise UserError where one of ``words`` seems to belong to the option before it.

    It follows the option's value, and neither has a space.
    """
    typed: Sequence[str] = click.get_current_context().meta.get(WORDS, ())
    for place, word in enumerate(typed):
        option, equals, joined = word.partition("=")
        following = _until_option(typed[place + 1 :])
        value, *rest = [joined, *following] if equals else following or [""]
        if not rest or not set(rest) <= set(words) or " " in value or " " in rest[0]:
            continue
        if option in _FREE:
            text = N_(
                "'%(word)s' stands behind %(option)s %(value)s: if it belongs to it, type "
                "%(option)s %(meant)s; a text stands before the options"
            )
            meant = quote(" ".join([value, *rest]))
            raise UserError(text, params(word=rest[0], option=option, value=value, meant=meant))
        if option in _NUMERIC and rest[0].isdigit():
            text = N_(
                "'%(word)s' stands behind %(option)s %(value)s: PowerShell parts numbers at the "
                'comma; type %(option)s "%(value)s,%(word)s"'
            )
            if not value.isdigit():
                text = N_("'%(word)s' stands behind %(option)s %(value)s; a text stands before it")
            raise UserError(text, params(word=rest[0], option=option, value=value))


def _until_option(typed: Sequence[str]) -> list[str]:
    """Return the first word, whatever it is, and those that follow up to the next option."""
    return [*typed[:1], *itertools.takewhile(lambda word: not word.startswith("-"), typed[1:])]
