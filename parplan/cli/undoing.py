"""How is a thing taken back? First it is said what it is, and how old."""

from __future__ import annotations

import datetime as dt

from parplan.agenda.doubts import Doubt
from parplan.cli.confirm import settle
from parplan.cli.options import RecordOptions
from parplan.cli.recording import announce, given_fields, write
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.i18n import _, fill
from parplan.journal.progress import progress_by_ref
from parplan.journal.record import SHOWN_ID, News, Record, Undo
from parplan.journal.search import refuse_retracted
from parplan.plan.diff import compare_plans
from parplan.plan.file import read_plan
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.workspace import files
from parplan.workspace.amendments import Amendment
from parplan.workspace.changes import say_change


def undo_record(session: Session, records: list[Record], record: Record, author: str) -> None:
    """Retract ``record``, one of ``records``, by a new record."""
    names = ("task", "period", "criterion", "row")
    about = {name: getattr(record, name) for name in names if hasattr(record, name)}
    on = given_fields(session, RecordOptions())["on"]
    fields = {"on": on, "retracts": record.id, **about}
    written = write(
        session, author, Undo, fields, lambda recorded: refuse_retracted(record, recorded.records)
    )
    if written.criterion:
        from parplan.cli import scores  # an index is rare

        scores.announce(session, written, [*records, written])
    elif written.row:
        from parplan.cli import figures  # so are statistical forms

        figures.announce(session, written)
    else:
        announce(session, written, progress_by_ref([*records, written], session.as_of))


def say_record(session: Session, record: Record, *, yes: bool) -> None:
    """Say which record is taken back; ask, unless ``yes``, where it is not of today."""
    text = words.content(record)
    what = f"{words.kind(record.kind)} {record.ref}" + (f": {text}" if text else "")
    if isinstance(record, News) and record.replaces:
        what = _("the correction of %(id)s, %(what)s") % {
            "id": record.replaces[:SHOWN_ID],
            "what": what,
        }
    _say(session, what, record.at, yes=yes)


def undo_amendment(session: Session, amendment: Amendment, *, yes: bool) -> None:
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
        age = words.age(_local_day(amendment.at), session.as_of)
        raise UserError(text, params(age=age, path=path))
    changes = "; ".join(map(say_change, compare_plans(old, session.plan)))
    _say(session, _("the amendment: %(changes)s") % {"changes": changes}, amendment.at, yes=yes)
    session.workspace.take_back(session.plan.year, amendment)
    say(_("written  %(path)s") % {"path": path})


def _say(session: Session, what: str, at: dt.datetime, *, yes: bool) -> None:
    day = _local_day(at)
    text = N_("takes back %(what)s (written %(age)s)")
    values = params(what=what, age=words.age(day, session.as_of))
    if day < session.as_of and not yes:
        settle([Doubt(text, values)], yes=False)
    else:
        say(fill(text, values))


def _local_day(at: dt.datetime) -> dt.date:
    return at.astimezone().date()
