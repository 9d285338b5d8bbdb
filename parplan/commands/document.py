"""``parplan document``: the plan itself, as the official document that was issued."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from parplan.cli.amending import write_amendment
from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.session import open_session
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_
from parplan.render import words
from parplan.render.document import official

EXAMPLES = (
    "parplan document",
    "parplan document --format md -o -",
    "parplan document --consolidated",
    "parplan document --amendment 'QĐ 15/QĐ-UBND'",
)


def document(
    consolidated: Annotated[
        bool,
        typer.Option(
            "--consolidated",
            help=N_("With all amendments until today: ended tasks struck, new ones marked."),
        ),
    ] = False,
    amendment: Annotated[
        str | None,
        typer.Option(
            metavar=N_("NUMBER"),
            help=N_(
                "Instead the document that decides the amendments which name it so; '' for those "
                "that name none."
            ),
        ),
    ] = None,
    *,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write the plan's text and its appendix, or the document that amends it."""
    session = open_session(shared)
    if amendment is not None:
        if consolidated:
            raise click.UsageError(_("name one of --consolidated and --amendment"))
        write_amendment(session, amendment, options)
        return
    plan, day = session.plan, session.as_of if consolidated else None
    name = f"plan-{plan.year}-consolidated" if consolidated else f"plan-{plan.year}"
    write(session.workspace.root, name, options, lambda: official.plan_document(plan, day))
    if options.output != "-" and not plan.document.has_number_and_date:
        say(words.plan_gaps())


CALLBACKS = {"document": document}
