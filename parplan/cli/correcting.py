"""How is a record put right? It is found, changed, and its correction written."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import click
import msgspec

from parplan.agenda.doubts import early_completion
from parplan.agenda.target import RecordTarget, find
from parplan.cli import edit_form
from parplan.cli.confirm import is_somebody_there, settle
from parplan.cli.editor import typed_text
from parplan.cli.params import Reference
from parplan.cli.recording import MEANWHILE, announce, author_of, refuse_day, write_all
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.cli.targets import find_target
from parplan.i18n import _, long_date, ngettext
from parplan.journal.active import active
from parplan.journal.correction import correct
from parplan.journal.file import Journal
from parplan.journal.record import SHOWN_ID, Done, News, Record
from parplan.journal.renumbered import move_command, renumbered
from parplan.journal.search import LEAST_CHARACTERS, find_record, latest_about, refuse_retracted
from parplan.plan.lookup import find_task, require_task
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.schedule.reference import Ref
from parplan.schedule.typed_day import TypedContext
from parplan.workspace.changes import plan_before

_ID = re.compile(rf"(?=.*[0-9])[0-9a-z]{{{LEAST_CHARACTERS},}}")


def find_named(session: Session, records: list[Record], name: str) -> Record:
    """Return the record with the id, or its beginning, or the latest one about a reference.

    Raises UserError where there is none.
    """
    is_long = len(name) >= LEAST_CHARACTERS
    if _ID.fullmatch(name) or (is_long and any(record.id.startswith(name) for record in records)):
        return find_record(records, name)
    reference = Reference().convert(name, None, click.get_current_context())
    ref = Ref(require_task(session.plan, reference.task).id, reference.period)
    if ref.period is not None:
        target = find(session.plan, session.progress_after(records), ref, session.as_of)
        ref = Ref.parse(target.ref) if isinstance(target, RecordTarget) else ref
    record = latest_about(records, ref)
    if record is None:
        text = N_("nothing was recorded of %(ref)s; 'parplan log' shows the records")
        raise UserError(text, params(ref=ref))
    return record


@contextlib.contextmanager
def changes_in_the_editor(session: Session, record: Record) -> Iterator[dict[str, Any]]:
    """Give the block what somebody changes of ``record`` in the editor.

    Raises UserError where nobody can; ``typed_text`` keeps what cannot be recorded.
    """
    if not is_somebody_there() or not isinstance(record, News):
        text = N_("nothing to change: give a text, --on, --evidence, --percent or --value")
        raise UserError(text)
    with typed_text(session.workspace.root, edit_form.form(record)) as text:
        yield edit_form.changes(record, text, TypedContext(session.plan.year, session.as_of))


def write_correction(
    session: Session,
    records: list[Record],
    record: Record,
    changes: dict[str, Any],
    author: str | None,
    *,
    yes: bool,
) -> None:
    """Write ``record``, one of ``records``, anew with ``changes``, and say what it was.

    A completion that would then be early is asked about, unless ``yes`` was said.
    """
    correction = correct(record, changes)
    refuse_day(session, correction.day)
    if isinstance(correction, Done) and "on" in changes:
        progress = session.progress_after(records)
        ref = Ref(correction.task, correction.period or None)
        early = early_completion(find_target(session, ref, "edit", progress), correction.day)
        settle([early] if early else [], yes=yes)
    (written,) = write_all(
        session,
        [msgspec.structs.replace(correction, by=author_of(session, author))],
        lambda recorded: refuse_retracted(record, recorded.records),
    )
    say(_("corrects %(id)s") % {"id": record.id[:SHOWN_ID]})
    for label, version in ((_("before"), record), (_("now"), written)):
        parts = (long_date(version.day), words.content(version))
        say(f"  {label}: {'; '.join(filter(None, parts))}")
    announce(session, written, session.progress_after([*records, written]))


def move_records(session: Session, pairs: Sequence[str], author: str | None) -> dict[str, str]:
    """Let the records of tasks tell of others: corrections in one write, all else as it was.

    ``pairs`` are OLD=NEW, of numbers of tasks; the new one is in the plan.  Returns the new
    numbers by the old ones.  Raises UserError where they are not, or nothing is recorded of one.
    """
    targets: dict[str, str] = {}
    for pair in pairs:
        old, equals, new = (part.strip() for part in pair.partition("="))
        if not (old and equals and new):
            raise UserError(N_("'%(value)s' should be OLD=NEW, such as 7=9"), params(value=pair))
        targets[old] = find_task(session.plan, new).id
    recorded = session.read_and_complain().records
    records = _records_of(targets, recorded)
    for old in targets:
        if not any(record.task == old for record in records):
            raise UserError(N_("nothing is recorded of task %(task)s"), params(task=old))
    _require_empty(session, targets, recorded)
    by = author_of(session, author)
    moved = [
        msgspec.structs.replace(correct(record, {"task": targets[record.task]}), by=by)
        for record in records
    ]

    def check(now: Journal) -> None:
        if _records_of(targets, now.records) != records:
            raise UserError(MEANWHILE)

    write_all(session, moved, check)
    for old, new in targets.items():
        number = sum(record.task == old for record in records)
        count = ngettext("%(n)s record", "%(n)s records", number)
        text = _("%(records)s of task %(old)s: now of task %(new)s")
        say(text % {"records": count, "old": old, "new": new})
    return targets


def _require_empty(session: Session, targets: Mapping[str, str], records: Sequence[Record]) -> None:
    """Raise UserError where records would come among some that have to leave the task first.

    Nothing tells them apart from then on.
    """
    before = plan_before(session.workspace, session.plan.year)
    tasks = renumbered(before, session.plan, records) if before else []
    tasks = [task for task in tasks if task.to]
    for task in tasks:
        if task.number in targets.values() and task.number not in targets:
            text = N_(
                "the records of task %(task)s have to go to another one in the same command: "
                "%(command)s"
            )
            raise UserError(text, params(task=task.number, command=move_command(tasks)))


def _records_of(tasks: Container[str], records: Sequence[Record]) -> list[News]:
    """Return the records of ``tasks`` that count."""
    return [
        record for record in active(records) if isinstance(record, News) and record.task in tasks
    ]
