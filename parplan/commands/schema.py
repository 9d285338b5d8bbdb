"""``parplan schema``: the JSON Schema of a command's JSON answer, or of a file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from parplan.cli.options import Shared
from parplan.problem import N_, UserError, params
from parplan.schema import SCHEMAS, schema_text

EXAMPLES = ("parplan schema due", "parplan schema score gaps", "parplan schema plan")


def schema(
    words: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("NAME..."),
            help=N_(
                "A command that has --format json, or a file: plan, index, forms file, export."
            ),
        ),
    ],
    *,
    shared: Shared,
) -> None:
    """Print the schema that the words name."""
    name = " ".join(words)
    if name not in SCHEMAS:
        text = N_("there is no schema '%(name)s'; there are: %(known)s")
        raise UserError(text, params(name=name, known=", ".join(SCHEMAS)))
    sys.stdout.write(schema_text(name))


CALLBACKS = {"schema": schema}
