"""``parplan exchange``: with colleagues by a shared folder or a memory stick, without git."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import click
import typer

from parplan.cli.exchanging import Take, chooser, show_exchange
from parplan.cli.options import Shared
from parplan.cli.session import open_session
from parplan.problem import N_
from parplan.sync.folder import exchange_with_folder

EXAMPLES = ("parplan exchange E:/phu-la", "parplan exchange /media/usb/phu-la --take here")


def exchange(
    place: Annotated[
        str,
        typer.Argument(
            parser=click.Path(),
            metavar=N_("FOLDER"),
            help=N_("Folder that all desks exchange by; the first one fills it."),
        ),
    ],
    take: Take = None,
    *,
    shared: Shared,
) -> None:
    """Take in what colleagues left in the folder, and leave there what is new here."""
    workspace = open_session(shared).workspace
    show_exchange(exchange_with_folder(workspace, Path(place).absolute(), chooser(take)))


CALLBACKS = {"exchange": exchange}
