"""``parplan undo``: take back the last thing that was done: a record, or an amendment."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from parplan.agenda.doubts import Doubt
from parplan.cli import candidates
from parplan.cli.confirm import settle
from parplan.cli.options import Author, Shared
from parplan.cli.recording import announce, author_of, refuse_day, write
from parplan.cli.session import Session, open_session
from parplan.cli.streams import say
from parplan.i18n import _, fill
from parplan.journal.record import SHOWN_ID, News, Record, Undo
from parplan.journal.search import find_record, latest_of, refuse_retracted
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.workspace import files
from parplan.workspace.amendments import Amendment

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
        _undo_amendment(session, amendment, yes=yes)
        return
    if record is None:
        raise UserError(N_("there is no record of %(author)s to retract"), params(author=by))
    _say_record(session, record, yes=yes or name is not None)
    _undo_record(session, records, record, by)


def _undo_record(session: Session, records: list[Record], record: Record, author: str) -> None:
    """Retract ``record``, one of ``records``, by a new record."""
    names = ("task", "period", "criterion", "row")
    about = {name: getattr(record, name) for name in names if hasattr(record, name)}
    refuse_day(session, session.as_of)
    fields = {"on": session.as_of, "retracts": record.id, **about}
    written = write(
        session, author, Undo, fields, lambda recorded: refuse_retracted(record, recorded.records)
    )
    if written.criterion:
        from parplan.cli import scores  # an index is rare

        scores.announce(session, written, [*records, written])
    elif written.row:
        from parplan.cli import form_figures  # so are statistical forms

        form_figures.announce(session, written)
    else:
        announce(session, written, session.progress_after([*records, written]))


def _say_record(session: Session, record: Record, *, yes: bool) -> None:
    """Say which record is taken back; ask, unless ``yes``, where it is not of today."""
    text = words.content(record)
    what = f"{words.kind(record.kind)} {record.ref}" + (f": {text}" if text else "")
    if isinstance(record, News) and record.replaces:
        what = _("the correction of %(id)s, %(what)s") % {
            "id": record.replaces[:SHOWN_ID],
            "what": what,
        }
    _say(session, what, record.at, yes=yes)


def _undo_amendment(session: Session, amendment: Amendment, *, yes: bool) -> None:
    """Put the plan's file back to what it was before ``amendment``.

    Raises UserError where the file is not what the amendment wrote.
    """
    path = session.reading.path
    old = read_plan(path, amendment.before).value
    now = files.read_bytes(session.workspace.plan_path(session.plan.year))
    if old is None or not amendment.wrote(now):
        text = N_(
            "the last thing is an amendment of the plan (written %(age)s), but %(path)s was "
            "changed since: edit it by hand; 'parplan undo ID' retracts a record"
        )
        age = words.age(amendment.at.astimezone().date(), session.as_of)
        raise UserError(text, params(age=age, path=path))
    differences = compare_plans(old, session.plan)
    changes = "; ".join(fill(each.text, each.values) for each in differences)
    _say(session, _("the amendment: %(changes)s") % {"changes": changes}, amendment.at, yes=yes)
    session.workspace.take_back(session.plan.year, amendment)
    say(_("written  %(path)s") % {"path": path})


def _say(session: Session, what: str, at: dt.datetime, *, yes: bool) -> None:
    day = at.astimezone().date()
    text = N_("takes back %(what)s (written %(age)s)")
    values = params(what=what, age=words.age(day, session.as_of))
    if day < session.as_of and not yes:
        settle([Doubt(text, values)], yes=False)
    else:
        say(fill(text, values))


CALLBACKS = {"undo": undo}
