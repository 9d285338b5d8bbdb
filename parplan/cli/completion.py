"""How does a shell learn to complete parplan's commands, tasks and units?

Click finds what fits, and has scripts for the shells.  What a shell puts into the command line is
quoted for it here, and no script evaluates an answer: a title or a number may hold any letters.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import click
from click import shell_completion
from click.shell_completion import CompletionItem, ShellComplete

from parplan.cli import shell
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError, params
from parplan.text import one_line, visible

VARIABLE = "_PARPLAN_COMPLETE"
"""Set by the shell when it asks for completions."""

# Click's leaves the answer open to file name expansion, and to backslashes.
_BASH = """\
%(complete_func)s() {
    local type value IFS=$'\\n'
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

# Click's cuts a description at its first comma.
_FISH = """\
function %(complete_func)s
    set -lx %(complete_var)s fish_complete
    set -lx COMP_WORDS (commandline -cp | string collect)
    set -lx COMP_CWORD (commandline -ct | string collect)
    set -l answers (%(prog_name)s)
    for answer in $answers
        set -l parts (string split --max 1 -- , $answer)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                printf '%%s\\n' $parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


class _Quoting(ShellComplete):
    """What is common to all shells: answers of one line each, quoted for the shell."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        return [
            CompletionItem(
                self.quote(item.value) if item.type == "plain" else item.value,
                item.type,
                visible(one_line(item.help)) if item.help else None,
            )
            for item in super().get_completions(args, incomplete)
            if item.value == visible(one_line(item.value))
        ]

    def quote(self, value: str) -> str:
        """Return ``value`` as it is to stand in the answer."""
        return value


class _Bash(_Quoting, shell_completion.BashComplete):
    source_template = _BASH
    repeated = ""
    """What of the word at the cursor stands there already, before the part that bash replaces."""

    def complete(self) -> str:
        self.repeated = _join_at_signs()
        return super().complete()

    def source(self) -> str:
        return ShellComplete.source(
            self
        )  # Click's looks at the version of some bash, by running it

    def quote(self, value: str) -> str:
        return shlex.quote(value.removeprefix(self.repeated))


class _Zsh(_Quoting, shell_completion.ZshComplete):
    def quote(self, value: str) -> str:
        return value.replace("\\", "\\\\")  # zsh itself quotes, but for what _describe reads


class _Fish(_Quoting, shell_completion.FishComplete):
    source_template = _FISH  # fish itself quotes


class _PowerShell(_Quoting, shell_completion.PowerShellComplete):
    def quote(self, value: str) -> str:
        return shell.quote_powershell(value)


_CLASSES: dict[str, type[ShellComplete]] = {
    "bash": _Bash,
    "zsh": _Zsh,
    "fish": _Fish,
    "powershell": _PowerShell,
    "pwsh": _PowerShell,
}
SHELLS = tuple(_CLASSES)


def _join_at_signs() -> str:
    """Make ``4@2025`` one word again, which bash breaks at the sign unless told otherwise.

    Return what of the current word bash keeps, and wants no answer to repeat: ``4@``.
    """
    words = os.environ["COMP_WORDS"].split("\n")  # as the script joins them
    current = int(os.environ["COMP_CWORD"])
    joined: list[str] = []
    before, repeated = current, ""
    for number, word in enumerate(words):
        is_sign = word == "@" and bool(joined)
        is_behind = number > 0 and words[number - 1] == "@" and number <= current
        if number == current and (is_sign or is_behind):
            repeated = joined[-1] + "@" * is_sign
        if joined and (is_sign or is_behind):
            joined[-1] += word
            before -= number <= current
        else:
            joined.append(word)
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = "\n".join(joined), str(before)
    return repeated


def is_asked() -> bool:
    """Tell whether a shell has called us for completions."""
    return bool(os.environ.get(VARIABLE))


def answer(command: click.Command) -> None:
    """Print what the shell that asks may put at the cursor, as its script reads it.

    Raises click.exceptions.Exit, with status 1, where the question is not understood, as that of
    a script that an older parplan installed and that would evaluate the answer.
    """
    name, _underscore, action = os.environ[VARIABLE].partition("_")
    if action != "complete" or name not in SHELLS:
        raise click.exceptions.Exit(1)
    asking = _CLASSES[name](command, {}, "parplan", VARIABLE)
    try:
        answers = asking.complete()
    except (KeyError, ValueError, IndexError) as error:  # by hand, without COMP_WORDS and so on
        raise click.exceptions.Exit(1) from error
    if answers:  # as bytes, since Windows would make the line ends two letters
        click.echo(answers.encode("utf-8", "replace"))


def parameters() -> list[click.Parameter]:
    """Return the two options that print or install a completion script."""
    return [
        _option("--show-completion", N_("Print the completion script for a shell."), _show),
        _option("--install-completion", N_("Install completion for a shell."), _install),
    ]


def _option(name: str, help: str, act: Callable[[click.Context, str], None]) -> click.Option:
    def callback(ctx: click.Context, _param: click.Parameter, shell: str | None) -> None:
        if shell is not None and not ctx.resilient_parsing:
            act(ctx, shell)
            ctx.exit()

    return click.Option(
        (name,),
        type=click.Choice(SHELLS),
        help=_(help),
        callback=callback,
        expose_value=False,
        is_eager=True,
    )


def _script(ctx: click.Context, name: str) -> str:
    return _CLASSES[name](ctx.command, {}, "parplan", VARIABLE).source()


def _show(ctx: click.Context, name: str) -> None:
    click.echo(_script(ctx, name))


_FILES = {
    "bash": (".bash_completions/parplan.sh", ".bashrc", "source ~/.bash_completions/parplan.sh"),
    "zsh": (".zfunc/_parplan", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
    "fish": (".config/fish/completions/parplan.fish", "", ""),
}
"""By shell: the script's file, the shell's own file, and the line there that reads the script."""


def _install(ctx: click.Context, name: str) -> None:
    if name not in _FILES:
        # PowerShell may be forbidden to run scripts, which is not for parplan to change.
        text = N_("for PowerShell type: parplan --show-completion %(shell)s >> $PROFILE")
        raise UserError(text, params(shell=name))
    file, startup, line = _FILES[name]
    path = Path.home() / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_script(ctx, name), encoding="utf-8")
    if startup:
        _add_line(Path.home() / startup, line)
    text = _("Completion for %(shell)s is installed in %(path)s; open a new terminal to use it.")
    say(text % {"shell": name, "path": path})


def _add_line(path: Path, line: str) -> None:
    """Add ``line`` to the end of the file ``path`` where it does not say that yet."""
    with path.open("ab+") as file:
        file.seek(0)
        text = file.read()
        if line.encode() not in text.splitlines():
            file.write((b"" if text.endswith(b"\n") or not text else b"\n") + line.encode() + b"\n")
