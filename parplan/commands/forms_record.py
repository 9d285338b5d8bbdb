"""``parplan forms record``: many figures at once, from filled-in sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import click
import typer

from parplan.agenda.updates import Rejection
from parplan.cli.confirm import agrees
from parplan.cli.form_figures import OpenForms, open_forms, record_entries
from parplan.cli.options import Author, Shared
from parplan.cli.output import show
from parplan.cli.recording import MEANWHILE
from parplan.cli.session import open_for
from parplan.forms.entry import FigureEntry, planned
from parplan.i18n import ngettext
from parplan.importer.forms import FigureRow, read_figures
from parplan.journal.file import Journal
from parplan.problem import N_, UserError
from parplan.render.terminal.forms import entries_table

EXAMPLES = (
    "parplan forms record forms-sheet-2025-Q2.xlsx",
    "parplan forms record so-lieu.csv --yes",
)

_Outcomes: TypeAlias = list[tuple[FigureRow, FigureEntry | Rejection]]


def record(
    paths: Annotated[
        tuple[str, ...],
        typer.Argument(metavar=N_("FILE..."), help=N_("Filled-in sheets (.xlsx, .csv).")),
    ],
    yes: Annotated[bool, typer.Option("--yes", help=N_("Record without asking."))] = False,
    author: Author = None,
    *,
    shared: Shared,
) -> None:
    """Show what the sheets ask for, then record it."""
    rows = [row for path in paths for row in read_figures(Path(path))]
    session = open_for(shared, [row.typed.ref for row in rows])
    opened = open_forms(session)
    outcomes = _outcomes(opened, rows)
    show(entries_table(outcomes))

    def check(recorded: Journal) -> None:
        if _outcomes(opened.as_recorded(recorded.records), rows) != outcomes:
            raise UserError(MEANWHILE)

    entries = [outcome for _row, outcome in outcomes if isinstance(outcome, FigureEntry)]
    question = ngettext("Record %(n)s figure?", "Record these %(n)s figures?", len(entries))
    agreed = yes or not entries or agrees(question)
    if entries and agreed:
        record_entries(session, entries, author, check)
    if not agreed or len(entries) < len(outcomes):
        raise click.exceptions.Exit(1)


def _outcomes(opened: OpenForms, rows: Sequence[FigureRow]) -> _Outcomes:
    """Return what becomes of each row in which something new was typed."""
    every = [(row, planned(opened.forms, opened.figures, row.typed)) for row in rows]
    return [(row, outcome) for row, outcome in every if outcome is not None]


CALLBACKS = {"forms record": record}
