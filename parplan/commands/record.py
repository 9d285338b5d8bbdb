"""``parplan record``: many updates at once, from filled-in sheets or lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import click
import msgspec
import typer

from parplan.agenda.updates import Outcome, Rejection, UpdateStep, count_outcomes, plan_steps
from parplan.cli.confirm import agrees
from parplan.cli.options import Author, Shared
from parplan.cli.output import show
from parplan.cli.recording import MEANWHILE, author_of, write_all
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.cli.targets import overdue_last_year
from parplan.i18n import ngettext
from parplan.importer.updates.read import UpdateFile, read_update_file
from parplan.journal.active import corrected
from parplan.journal.file import Journal
from parplan.journal.record import Record
from parplan.problem import N_, UserError
from parplan.render.terminal.updates import updates_table
from parplan.schedule.typed_day import TypedContext

EXAMPLES = (
    "parplan record phieu-tu-phap.xlsx",
    "parplan record phieu-*.xlsx --yes",
    "parplan record ghi-chep.txt --author 'Văn phòng'",
)


def record(
    paths: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("FILE..."),
            help=N_("Sheets (.xlsx, .csv) or lines of text (.txt, '-' for the input)."),
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help=N_("Record without asking."))] = False,
    author: Author = None,
    *,
    shared: Shared,
) -> None:
    """Show what the files ask for, then record it."""
    session = open_session(shared)
    context = TypedContext(session.plan.year, session.as_of)
    files = [read_update_file(path, context) for path in paths]
    outcomes = _outcomes(session, files, session.read_and_complain().records)
    show(updates_table(files, outcomes))
    steps = count_outcomes(outcomes, UpdateStep)
    question = ngettext("Record %(n)s update?", "Record these %(n)s updates?", steps)
    agreed = yes or not steps or agrees(question)
    if steps and agreed:
        _record(session, files, outcomes, author)
    if not agreed or count_outcomes(outcomes, Rejection):
        raise click.exceptions.Exit(1)


def _outcomes(
    session: Session, files: Sequence[UpdateFile], records: list[Record]
) -> list[Outcome]:
    """Return what becomes of each row of ``files``, in their order."""
    rows = [row for file in files for row in file.rows]
    readable = [row.update for row in rows if not isinstance(row.update, Rejection)]
    planned = plan_steps(
        session.plan,
        session.progress_after(records),
        readable,
        session.as_of,
        overdue_last_year(session),
        corrected(records),
    )
    return [row.update if isinstance(row.update, Rejection) else next(planned) for row in rows]


def _record(
    session: Session, files: Sequence[UpdateFile], outcomes: Sequence[Outcome], named: str | None
) -> None:
    """Append a record for each step in one write, by the name in its file, else by ``named``."""
    authors = [file.author or named for file in files for _row in file.rows]
    steps = [
        msgspec.structs.replace(outcome.record, by=author_of(session, by))
        for outcome, by in zip(outcomes, authors, strict=True)
        if isinstance(outcome, UpdateStep)
    ]

    def check(recorded: Journal) -> None:
        if _outcomes(session, files, recorded.records) != outcomes:
            raise UserError(MEANWHILE)

    records = write_all(session, steps, check)
    text = ngettext("Recorded %(n)s update.", "Recorded %(n)s updates.", len(records))
    say(text)


CALLBACKS = {"record": record}
