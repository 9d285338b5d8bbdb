"""How does a shell learn to complete parplan's commands, tasks and units?

Typer writes the scripts (bash, zsh, fish, PowerShell); the texts are ours, so that
they are translated.
"""

from __future__ import annotations

import os
from typing import Any

import click

from parplan.i18n import _
from parplan.problem import N_, Refusal, gaps

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABLE = "_PARPLAN_COMPLETE"
"""Set by the shell when it asks for completions."""


def is_asked() -> bool:
    """Tell whether a shell has called us for completions."""
    return VARIABLE in os.environ


def prepare() -> None:
    """Make Typer's shells known, if it is a shell that asks."""
    if is_asked():
        from typer._completion_classes import completion_init

        completion_init()


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
        raise Refusal(text, gaps(shell=shell))
    from typer._completion_shared import install

    _name, path = install(shell=shell, prog_name="parplan", complete_var=VARIABLE)
    click.echo(
        _("Completion for %(shell)s is installed in %(path)s; open a new terminal to use it.")
        % {"shell": shell, "path": path}
    )
    ctx.exit()
