"""``parplan undo``: take a record back, by a new record."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli.options import Author, RecordOptions, Shared
from parplan.cli.recording import SHOWN_ID, announce, given_fields, write
from parplan.cli.recording import author as author_of
from parplan.cli.session import open_session
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import Record, Undo, active, retracted
from parplan.problem import N_, UserError, params

EXAMPLES = ("parplan undo", "parplan undo 7k3f9ab")

_LEAST_CHARACTERS = 4


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
    wanted = _named(records, name) if name else _last_own(records, author_of(session, author))
    on = given_fields(session, RecordOptions())["on"]
    written = write(session, author, Undo, {"on": on, "retracts": wanted.id, **_about(wanted)})
    if written.criterion:
        from parplan.cli import scores  # an index is rare

        scores.announce(session, written, [*records, written])
    else:
        announce(session, written, progress_by_ref([*records, written], session.as_of))


def _about(record: Record) -> dict[str, str]:
    """Return the fields that name what ``record`` is about."""
    names = ("task", "period", "criterion")
    return {name: getattr(record, name) for name in names if hasattr(record, name)}


def _last_own(records: list[Record], by: str) -> Record:
    own = [record for record in active(records) if record.by == by]
    if not own:
        raise UserError(N_("there is no record of %(author)s to retract"), params(author=by))
    return own[-1]


def _named(records: list[Record], name: str) -> Record:
    found = [record for record in records if record.id.startswith(name)]
    if len(name) < min(_LEAST_CHARACTERS, SHOWN_ID) or len(found) != 1:
        text = (
            N_("'%(id)s' is the beginning of several records; write more of it")
            if len(found) > 1
            else N_("no record '%(id)s'; 'parplan log' shows them")
        )
        raise UserError(text, params(id=name))
    _refuse_twice(records, found[0])
    return found[0]


def _refuse_twice(records: list[Record], wanted: Record) -> None:
    if wanted.id in retracted(records):
        raise UserError(N_("record %(id)s is retracted already"), params(id=wanted.id[:SHOWN_ID]))


CALLBACKS = {"undo": undo}
