"""The commands as Click has them; a command's module is imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType

import click

from parplan import __version__, i18n
from parplan.cli import completion
from parplan.cli.command_table import COMMANDS, CommandEntry, english_name
from parplan.i18n import _


class _Command(click.Command):
    """A command that is told what was typed, and says what was meant by what is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = ctx.meta["parplan.words"] = list(args)  # for cli.positionals
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from parplan.cli import mistyped

            message = mistyped.text_with_dash(words)
            raise click.UsageError(message, ctx) if message else error from None

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments under a shorter heading than Click's."""
        arguments = [param for param in self.get_params(ctx) if isinstance(param, click.Argument)]
        if arguments:
            with formatter.section(_("Arguments")):
                formatter.write_dl([argument.get_help_record(ctx) for argument in arguments])


class _LazyGroup(_Command, click.Group):
    """The commands by name; a module is imported when its command is wanted."""

    prefix = ""
    """What stands before the names of its commands in ``COMMANDS``: 'score '."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in both languages."""
        entries = self._entries()
        return [*entries, *filter(None, (entry.vietnamese for entry in entries.values()))]

    def _entries(self) -> dict[str, CommandEntry]:
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (", ".join(filter(None, (name, entry.vietnamese))), _(entry.summary))
            for name, entry in self._entries().items()
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


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
        epilog=_examples(name, module.EXAMPLES),
        options_metavar=_("[OPTIONS]"),
    )
    takes_words = any(isinstance(param, click.Argument) for param in command.params)
    if not takes_words and any(other.startswith(f"{name} ") for other in COMMANDS):
        return _as_group(name, command)
    return command


def _help(entry: CommandEntry) -> str:
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


def _examples(name: str, lines: Sequence[str]) -> str:
    """Return those of ``lines`` that call the command ``name`` itself, under a heading."""
    examples = [f"  {line}" for line in lines if f"{line} ".startswith(f"parplan {name} ")]
    return "\b\n" + "\n".join([_("Examples:"), *examples])


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
    group = _LazyGroup(
        params=[_language_option(), *completion.parameters()],
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
    help = _("Show the version and exit.")
    return click.version_option(__version__, message="parplan %(version)s", help=help)(group)


def _language_option() -> click.Option:
    """Return ``Shared.lang`` for the place before the command, where Typer would take its time."""
    return click.Option(
        ("--lang",), type=click.Choice(i18n.LANGUAGES), help=_("Language of the output.")
    )
