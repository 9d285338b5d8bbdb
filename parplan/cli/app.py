"""Finds the command that is meant, runs it, and ends the program.

The table ``COMMANDS`` gives every command's name and summary, so that the help
needs none of their modules; a command's module is imported when it is called.
Exit status: 0 done, 1 findings, 2 wrong usage or unreadable input, 130 Ctrl-C.
"""

from __future__ import annotations

import importlib
import io
import itertools
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

import click

from parplan import __version__, i18n
from parplan.cli import completion, streams
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.text import fold


class _Entry(NamedTuple):
    """A command: ``vietnamese`` is the other name, without accents, of one of daily work."""

    module: str
    summary: str
    vietnamese: str = ""


COMMANDS = {
    "due": _Entry("due", N_("List what falls due in a period, and what is overdue."), "han"),
    "list": _Entry("list", N_("List the plan's tasks.")),
    "show": _Entry("show", N_("Show one task as issued, its occurrences and its history.")),
    "note": _Entry(
        "states", N_("Record progress: a note, a percentage, a value, evidence."), "ghi"
    ),
    "start": _Entry("states", N_("Record that work has begun.")),
    "done": _Entry("states", N_("Record that an occurrence is done."), "xong"),
    "pause": _Entry("states", N_("Record that work is paused.")),
    "cancel": _Entry("states", N_("Record that an occurrence is cancelled.")),
    "reopen": _Entry("states", N_("Record that a closed or paused occurrence is open again.")),
    "sheet": _Entry("sheet", N_("Write an Excel sheet in which units fill in what is new.")),
    "record": _Entry("record", N_("Record what filled-in sheets or lines of text say.")),
    "directive": _Entry("directive", N_("Record a deadline that a directive gives or moves.")),
    "undo": _Entry("undo", N_("Retract your last record, or a named one.")),
    "edit": _Entry(
        "edit", N_("Put a record right: its text, day, evidence, value or share."), "sua"
    ),
    "log": _Entry("log", N_("List what was recorded, newest first.")),
    "report": _Entry("report", N_("Write the draft of a report."), "baocao"),
    "document": _Entry("document", N_("Write the plan itself as an official document.")),
    "reminder": _Entry("reminder", N_("Write a letter to each unit with late or urgent work.")),
    "digest": _Entry("digest", N_("Write e-mails to the units, ready to send.")),
    "score": _Entry("score", N_("Show the self-score by the index, and its forecast.")),
    "score set": _Entry("score_set", N_("Set or explain a criterion's score by hand.")),
    "score risk": _Entry("score_risk", N_("List the open tasks by the points at risk.")),
    "score gaps": _Entry("score_gaps", N_("List what lacks evidence or an explanation.")),
    "score report": _Entry("score_report", N_("Write the self-assessment report.")),
    "score xlsx": _Entry("score_xlsx", N_("Write the self-assessment as an Excel workbook.")),
    "score import": _Entry("score_import", N_("Read the criteria from an Excel or CSV file.")),
    "score example": _Entry("score_example", N_("Write an example of an index to begin with.")),
    "forms": _Entry("forms", N_("Show the statistical forms of a period.")),
    "forms set": _Entry("forms_set", N_("Record the figure of a row in a period.")),
    "forms sheet": _Entry("forms_sheet", N_("Write an Excel sheet to fill the figures in.")),
    "forms record": _Entry("forms_record", N_("Record what filled-in sheets of figures say.")),
    "forms report": _Entry("forms_report", N_("Write the statistical forms as a document.")),
    "forms xlsx": _Entry("forms_xlsx", N_("Write the statistical forms as an Excel workbook.")),
    "forms example": _Entry("forms_example", N_("Write an example of the forms to begin with.")),
    "evidence": _Entry("evidence", N_("List all evidence, what is missing and what disagrees.")),
    "export": _Entry("export", N_("Write the plan and its progress as xlsx, ics, csv or json.")),
    "status": _Entry(
        "status", N_("Show how the year or a period stands, on one screen."), "tinhhinh"
    ),
    "rollup": _Entry("rollup", N_("Show how many offices stand together.")),
    "rollup due": _Entry("rollup_due", N_("List what is overdue in many offices.")),
    "rollup xlsx": _Entry("rollup_xlsx", N_("Write the figures of many offices as xlsx.")),
    "rollup board": _Entry("rollup_board", N_("Make a page that shows many offices.")),
    "rollup report": _Entry("rollup_report", N_("Write a report on many offices.")),
    "board": _Entry("board", N_("Make a page that shows the whole year at a glance.")),
    "check": _Entry("check", N_("Report every mistake in the plan, with its place."), "soat"),
    "doctor": _Entry("doctor", N_("Tell what is wrong around the plans, and mend what is safe.")),
    "new": _Entry("new", N_("Begin next year's plan from this year's.")),
    "amend": _Entry("amend", N_("Change the plan in mid-year, with the day from which it holds.")),
    "schema": _Entry("schema", N_("Print the JSON Schema of a command's answer or of a file.")),
    "explain": _Entry("explain", N_("Tell what the wording of a deadline means.")),
    "commit": _Entry("commit", N_("Commit the workspace's files to git."), "luu"),
    "sync": _Entry("sync", N_("Take in what colleagues sent, and send what is new."), "dongbo"),
    "exchange": _Entry(
        "exchange", N_("Exchange with colleagues by a folder or a memory stick, without git.")
    ),
    "diff": _Entry("diff", N_("Tell what changed in the plan and the progress.")),
    "init": _Entry("init", N_("Make a workspace in a folder.")),
    "import": _Entry("import_", N_("Read a plan from a Word, Excel or CSV file.")),
    "settings": _Entry("settings", N_("Show or set your name, your language, your workspace.")),
    "help": _Entry("help", N_("Show the user's guide, or what it tells of a command.")),
}


def english_name(name: str) -> str:
    """Return the command that is called ``name`` in either language; nothing where none is.

    Accents of a Vietnamese name do not matter.

    >>> english_name("due"), english_name("hạn"), english_name("x")
    ('due', 'due', '')
    """
    if name in COMMANDS:
        return name
    folded = fold(name)
    names = (name for name, entry in COMMANDS.items() if entry.vietnamese == folded != "")
    return next(names, "")


class _Command(click.Command):
    """A command whose help tells its arguments first, then its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = ctx.meta["parplan.words"] = list(args)  # for cli.positionals
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from parplan.cli import mistyped

            message = mistyped.text_with_dash(words)
            raise click.UsageError(message, ctx) if message else error from None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, kind in ((_("Arguments"), click.Argument), (_("Options"), click.Option)):
            parameters = [param for param in self.get_params(ctx) if isinstance(param, kind)]
            rows = [row for row in (param.get_help_record(ctx) for param in parameters) if row]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: Click from 8.5 on asks for a section that is there already."""


class _LazyGroup(_Command, click.Group):
    """The commands by name; a module is imported when its command is wanted."""

    prefix = ""
    """What stands before the names of its commands in ``COMMANDS``: 'score '."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in both languages."""
        entries = self._entries()
        return [*entries, *filter(None, (entry.vietnamese for entry in entries.values()))]

    def _entries(self) -> dict[str, _Entry]:
        """Return the commands by their English names, which say nothing of the group's."""
        named = {
            name.removeprefix(self.prefix): entry
            for name, entry in COMMANDS.items()
            if name.startswith(self.prefix)
        }
        return {name: entry for name, entry in named.items() if " " not in name}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = english_name(self.prefix + cmd_name)
        return load(name) if name.removeprefix(self.prefix) in self._entries() else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from parplan.cli import mistyped

            hint = mistyped.early_option(error.option_name, words, self.list_commands(ctx))
            raise click.UsageError(hint, ctx) if hint else error from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, *words = " ".join(args[:2]), *args[2:]
        is_pair = not self.prefix and name in COMMANDS and name != args[0]
        if is_pair and not isinstance(load(args[0]), click.Group):
            return name, load(name), words  # 'rollup due', beside 'rollup FOLDER'
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from parplan.cli import mistyped

            hint = mistyped.command(args[0], self.list_commands(ctx))
            raise click.UsageError(hint, ctx) if hint else error from None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (_both_names(name, entry), _(entry.summary)) for name, entry in self._entries().items()
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def _both_names(name: str, entry: _Entry) -> str:
    return f"{name}, {entry.vietnamese}" if entry.vietnamese else name


def load(name: str) -> click.Command:
    """Return the command called ``name``, with the parameters that its function declares."""
    from parplan.cli import declarations  # Typer takes its time

    entry = COMMANDS[name]
    module = _import(entry.module)
    function = module.CALLBACKS[name]
    command = _Command(
        name,
        callback=declarations.callback(function),
        params=declarations.parameters(function),
        help=_help(entry),
        epilog=_examples(_examples_of(name, module.EXAMPLES)),
        options_metavar=_("[OPTIONS]"),
    )
    takes_words = any(isinstance(param, click.Argument) for param in command.params)
    if not takes_words and any(other.startswith(f"{name} ") for other in COMMANDS):
        return _as_group(name, command)
    return command


def _help(entry: _Entry) -> str:
    if not entry.vietnamese:
        return _(entry.summary)
    other = _("The same: %(command)s") % {"command": f"parplan {entry.vietnamese}"}
    return f"{_(entry.summary)}\n\n{other}"


def _import(module: str) -> ModuleType:
    return importlib.import_module(f"parplan.commands.{module}")


def _as_group(name: str, command: click.Command) -> click.Command:
    """Return ``command`` as a group that does what it did where no command follows."""
    alone = command.callback

    def run(*args: object, **values: object) -> None:
        if alone is not None and click.get_current_context().invoked_subcommand is None:
            alone(*args, **values)

    group = _LazyGroup(
        name=name,
        callback=run,
        params=command.params,
        help=command.help,
        epilog=command.epilog,
        options_metavar=command.options_metavar,
        subcommand_metavar=_("[COMMAND [ARGUMENTS]...]"),
        invoke_without_command=True,
    )
    group.prefix = f"{name} "
    return group


def _examples_of(name: str, lines: Sequence[str]) -> list[str]:
    """Return those of ``lines`` that call the command ``name`` itself."""
    return [line for line in lines if f"{line} ".startswith(f"parplan {name} ")]


def _examples(lines: Sequence[str]) -> str:
    return "\b\n" + "\n".join([_("Examples:"), *(f"  {line}" for line in lines)])


def _without_command(**_values: object) -> None:
    """Do what parplan does where no command follows; ``--lang`` may stand there."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        from parplan.cli import declarations

        function = _import("overview").CALLBACKS[""]
        alone = click.Command(
            None,
            callback=declarations.callback(function),
            params=declarations.parameters(function),
        )
        with alone.make_context(None, [], parent=context) as inner:
            alone.invoke(inner)


def build() -> click.Command:
    """Return the whole command line."""
    return _LazyGroup(
        params=[_language_option(), *completion.parameters(), _version_option()],
        callback=_without_command,
        invoke_without_command=True,
        help=_(
            "Follow a yearly plan: what is due, what was done, and the reports.  "
            "Without a command: what waits today."
        ),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("[COMMAND [ARGUMENTS]...]"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _language_option() -> click.Option:
    """Return ``Shared.lang`` for the place before the command, where Typer would take its time."""
    return click.Option(
        ("--lang",), type=click.Choice(i18n.LANGUAGES), help=_("Language of the output.")
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, is_asked: bool) -> None:
        if is_asked and not ctx.resilient_parsing:
            say(f"parplan {__version__}")
            ctx.exit()

    return click.Option(
        ("--version",),
        is_flag=True,
        help=_("Show the version and exit."),
        callback=show,
        expose_value=False,
        is_eager=True,
    )


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
