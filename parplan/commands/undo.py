"""``parplan undo``: take a record back, by a new record."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import Author, RecordOptions, Shared
from parplan.cli.recording import announce, given_fields, write
from parplan.cli.recording import author as author_of
from parplan.cli.session import open_session
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Record, Undo
from parplan.journal.search import find_record, latest_of, refuse_retracted
from parplan.problem import N_

EXAMPLES = ("parplan undo", "parplan undo 7k3f9ab")


def undo(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ID]"), help=N_("Record to retract, as 'parplan log' shows it.")
        ),
    ] = None,
    *,
    author: Author = None,
    shared: Shared,
) -> None:
    """Retract a record."""
    session = open_session(shared)
    records = session.read_and_complain().records
    record = find_record(records, name) if name else latest_of(records, author_of(session, author))
    on = given_fields(session, RecordOptions())["on"]
    fields = {"on": on, "retracts": record.id, **_about(record)}
    written = write(
        session, author, Undo, fields, lambda recorded: refuse_retracted(record, recorded.records)
    )
    if written.criterion:
        from parplan.cli import scores  # an index is rare

        scores.announce(session, written, [*records, written])
    else:
        announce(session, written, progress_by_ref([*records, written], session.as_of))


def _about(record: Record) -> dict[str, str]:
    """Return the fields that name what ``record`` is about."""
    names = ("task", "period", "criterion")
    return {name: getattr(record, name) for name in names if hasattr(record, name)}


CALLBACKS = {"undo": undo}
