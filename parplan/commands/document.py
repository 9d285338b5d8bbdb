"""``parplan document``: the plan itself, as the official document that was issued."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, Shared
from parplan.cli.session import open_session
from parplan.problem import N_
from parplan.render.document import official

EXAMPLES = (
    "parplan document",
    "parplan document --format md -o -",
    "parplan document --consolidated",
)


def document(
    consolidated: Annotated[
        bool,
        typer.Option(
            "--consolidated",
            help=N_("With all amendments until today: ended tasks struck, new ones marked."),
        ),
    ] = False,
    *,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write the plan's text and its appendix."""
    session = open_session(shared)
    plan, day = session.plan, session.as_of if consolidated else None
    name = f"plan-{plan.year}-consolidated" if consolidated else f"plan-{plan.year}"
    write(session, name, options, lambda: official.plan_document(plan, day))


CALLBACKS = {"document": document}
