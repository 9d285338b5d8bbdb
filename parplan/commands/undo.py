"""``parplan undo``: take back the last thing that was done: a record, or an amendment."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.cli import candidates
from parplan.cli.options import Author, Shared
from parplan.cli.recording import author_of
from parplan.cli.session import open_session
from parplan.cli.undoing import say_record, undo_amendment, undo_record
from parplan.journal.search import find_record, latest_of
from parplan.problem import N_, UserError, params

EXAMPLES = ("parplan undo", "parplan undo 7k3f9ab")


def undo(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ID]"),
            help=N_("Record to retract, as 'parplan log' shows it."),
            autocompletion=candidates.record_ids,
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Take back what is not of today without asking."))
    ] = False,
    *,
    author: Author = None,
    shared: Shared,
) -> None:
    """Retract a record, or else take back the last thing that the author did."""
    session = open_session(shared)
    records = session.read_and_complain().records
    by = author_of(session, author)
    record = find_record(records, name) if name else latest_of(records, by)
    amendment = None if name else session.workspace.latest_amendment(session.plan.year, by)
    if amendment is not None and (record is None or record.at < amendment.at):
        undo_amendment(session, amendment, yes=yes)
        return
    if record is None:
        raise UserError(N_("there is no record of %(author)s to retract"), params(author=by))
    say_record(session, record, yes=yes or name is not None)
    undo_record(session, records, record, by)


CALLBACKS = {"undo": undo}
