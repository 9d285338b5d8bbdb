"""Runs the command that is meant, and ends the program.

Exit status: 0 done, 1 findings, 2 wrong usage or unreadable input, 130 Ctrl-C.
"""

from __future__ import annotations

import io
import itertools
import os
import sys
from collections.abc import Sequence

import click

from parplan import i18n
from parplan.cli import completion, streams
from parplan.cli.group import build
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import UserError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line ``arguments``, by default the process's own, and exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.prepare()
    try:
        i18n.use(_language(words))
    except (
        FileNotFoundError
    ):  # a checkout that was never installed; there is no Vietnamese to say it
        streams.end("parplan: the Vietnamese texts are not compiled; 'pip install .' makes them\n")
        sys.exit(2)
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as in "| head"
        streams.end("")
        status = 0
    except OSError as error:  # the folder or the output is gone, or a disk is full
        streams.end(f"parplan: {i18n.os_reason(error)}\n")
        status = 2
    sys.exit(status)


def _run(words: list[str]) -> int:
    from parplan.cli.session import Unreadable

    try:
        if any(word.startswith(("–", "—")) for word in words):
            from parplan.cli import mistyped

            mistyped.refuse_long_dashes(words)
        _call(build(), words)
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        output = io.StringIO()
        error.show(output)
        say(output.getvalue(), error=True, end="")  # what was typed may hold escapes
        return error.exit_code
    except UserError as error:
        message = i18n.fill(error.text, error.values)
        say(f"parplan: {message}", error=True)
    except Unreadable as unreadable:
        from parplan.cli.diagnostics import complain

        complain(unreadable.problems, unreadable.text)
    except MemoryError:
        message = _("there is not enough memory for this")
        say(f"parplan: {message}", error=True)
    except (click.Abort, KeyboardInterrupt):
        say(_("stopped"), error=True)
        return 130
    return 2


def _call(command: click.Command, words: list[str]) -> None:
    if completion.is_asked():
        completion.answer(command)
        return
    # Not main(): it would end a closed pipe, which is no fault of ours, with status 1.
    with command.make_context("parplan", words) as context:
        command.invoke(context)


def _language(words: Sequence[str]) -> i18n.Language:
    """Return the language that the help must already speak: that of ``--lang``, else Vietnamese.

    Between the two, what the environment and the settings say.
    """
    asked = os.environ.get("PARPLAN_LANG", "") or _language_set()
    for word, following in itertools.pairwise([*words, ""]):
        if word == "--":
            break
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return "en" if asked == "en" else "vi"


def _language_set() -> str:
    from parplan.cli.user_settings import read_settings

    try:
        return read_settings().language
    except UserError:  # said in the language that holds without, where the settings are needed
        return ""
