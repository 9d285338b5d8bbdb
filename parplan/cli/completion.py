"""How does a shell learn to complete parplan's commands, tasks and units?

Typer writes the scripts (bash, zsh, fish, PowerShell) and what they read; Click finds what
fits; the texts are ours, so that they are translated.
"""

from __future__ import annotations

import os
from typing import Any

import click

from parplan.i18n import _
from parplan.problem import N_, UserError, params

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABLE = "_PARPLAN_COMPLETE"
"""Set by the shell when it asks for completions."""


def is_asked() -> bool:
    """Tell whether a shell has called us for completions."""
    return bool(os.environ.get(VARIABLE))


def answer(command: click.Command) -> None:
    """Print what the shell that asks may put at the cursor, as its script reads it.

    Raises click.exceptions.Exit, with status 1, where the question is not understood.
    """
    from click.shell_completion import ShellComplete
    from typer import _completion_classes as classes

    action, _underscore, shell = os.environ[VARIABLE].partition("_")
    if action not in ("complete", "source") or shell not in SHELLS:
        raise click.exceptions.Exit(1)
    kinds: dict[str, Any] = {
        "bash": classes.BashComplete,
        "zsh": classes.ZshComplete,
        "fish": classes.FishComplete,
    }
    asking = kinds.get(shell, classes.PowerShellComplete)(command, {}, "parplan", VARIABLE)
    # Typer's own, from 0.26 on, find nothing in commands of Click.
    asking.get_completions = ShellComplete(command, {}, "parplan", VARIABLE).get_completions
    click.echo(asking.complete() if action == "complete" else asking.source())


def parameters() -> list[click.Parameter]:
    """Return the two options that print or install a completion script."""
    return [
        _option("--show-completion", N_("Print the completion script for a shell."), _show),
        _option("--install-completion", N_("Install completion for a shell."), _install),
    ]


def _option(name: str, help: str, callback: Any) -> click.Option:
    return click.Option(
        (name,),
        type=click.Choice(SHELLS),
        help=_(help),
        callback=callback,
        expose_value=False,
        is_eager=True,
    )


def _show(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    from typer._completion_shared import get_completion_script

    script = get_completion_script(prog_name="parplan", complete_var=VARIABLE, shell=shell)
    click.echo(script)
    ctx.exit()


def _install(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    if shell in ("powershell", "pwsh"):
        # Typer's installer would let every script run (ExecutionPolicy Unrestricted).
        text = N_("for PowerShell type: parplan --show-completion %(shell)s >> $PROFILE")
        raise UserError(text, params(shell=shell))
    from typer._completion_shared import install

    _name, path = install(shell=shell, prog_name="parplan", complete_var=VARIABLE)
    click.echo(
        _("Completion for %(shell)s is installed in %(path)s; open a new terminal to use it.")
        % {"shell": shell, "path": path}
    )
    ctx.exit()
