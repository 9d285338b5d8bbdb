"""``parplan forms set``: the figure of a row of the statistical forms in a period."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli import candidates
from parplan.cli.form_figures import announce, open_forms, say_doubts
from parplan.cli.options import RecordOptions, Shared
from parplan.cli.params import Reference
from parplan.cli.recording import clean, given_fields, write
from parplan.cli.session import open_for
from parplan.forms.entry import entry_of, fields_of, period_named
from parplan.journal.record import Figure
from parplan.problem import N_
from parplan.schedule.reference import Ref

EXAMPLES = (
    "parplan forms set 3/3.1.1@Q2 125.712",
    'parplan forms set 5/3@H1 0 --note "Chưa tổ chức thi tuyển"',
    "parplan forms set 7/2@2025 98,5",
    "parplan forms set 5/1.1@Q2 -",
)


def set_figure(
    row: Annotated[
        Ref,
        typer.Argument(
            parser=Reference(),
            metavar=N_("ROW@PERIOD"),
            help=N_("Form, row and period: 3/3.1.1@Q2, @6 is a month, @H1, @9M, @2025."),
            autocompletion=candidates.figures,
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(metavar=N_("FIGURE"), help=N_("1.250 or 98,5; '-' where there is none.")),
    ],
    note: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("The remark beside it."))
    ] = None,
    *,
    options: RecordOptions,
    shared: Shared,
) -> None:
    """Record the figure; a later one for the same row and period replaces it."""
    period = period_named(row)
    session = open_for(shared, [row])
    opened = open_forms(session)
    entry = entry_of(opened.forms, opened.figures(period), row.task, value, clean(note or ""))
    fields = given_fields(session, options) | fields_of(entry)
    written = write(session, options.author, Figure, fields)
    announce(session, written)
    form, _slash, _number = entry.row.partition("/")
    say_doubts(open_forms(session).doubts(period, form))


CALLBACKS = {"forms set": set_figure}
