"""Writes the digests of a day: a message to each recipient, and the calendar beside it.

``reports/digest-DAY-WHO.eml`` and ``.ics``, where WHO is a unit or an officer; the calendars of
earlier days tell what went out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from icalendar import Component

from parplan import i18n
from parplan.agenda.items import every_task, keep_named
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.cli.unassigned import say_left_out
from parplan.i18n import _
from parplan.journal.progress import Progress
from parplan.journal.record import Record
from parplan.problem import UserError
from parplan.render.export import ics, ics_update, mail, update_sheet
from parplan.render.export.content import Export, build
from parplan.render.export.ics_update import Sent
from parplan.report.digests import Digest, Recipient, digests
from parplan.report.reminders import without_unit
from parplan.workspace import draft_files, files


class DigestCalendar(msgspec.Struct, frozen=True):
    """The calendar of a recipient; ``is_news`` where earlier days' shows other deadlines."""

    export: Export
    components: Mapping[str, Component]
    is_news: bool


def write(session: Session, whom: Sequence[Recipient]) -> list[Recipient]:
    """Write the digests of the session's day to ``whom``; return who is told something.

    What is there already and was changed by hand is kept under another name.  Raises UserError
    where a file cannot be written.
    """
    plan, records = session.plan, session.read_and_complain().records
    progress = session.progress_after(records)
    recipients_told, files_made = [], list[tuple[str, bytes]]()
    with i18n.speaking(plan.language):  # they read it; what is said here is for who writes it
        whole = _calendar(session, records, None)
        for digest in digests(plan, progress, session.as_of, whom):
            recipient = digest.recipient
            calendar = _calendar(session, records, recipient, whole) if recipient.id else whole
            if digest.overdue or digest.due_soon or calendar.is_news:
                files_made += _files(session, digest, calendar, progress)
                recipients_told.append(recipient)
    for name, data in files_made:
        _put(session, name, data)
    if not any(recipient.officer for recipient in whom):
        urgent = without_unit(plan, progress, session.as_of, every_task)
        say_left_out(task for task in urgent if not task.supporting)
    return recipients_told


def _calendar(
    session: Session,
    records: list[Record],
    whom: Recipient | None,
    whole: DigestCalendar | None = None,
) -> DigestCalendar:
    """Return the calendar of ``whom``, whose events stand in that of the ``whole`` plan."""
    plan, as_of = session.plan, session.as_of
    name, officer = (whom.id, whom.officer) if whom else ("", "")
    unit = "" if officer else name
    keep = keep_named(plan, {unit} if unit else None, None, officer or None)
    export = build(plan, records, as_of, keep, unit=unit, officer=officer)
    sent = before = None
    for day, calendar in _earlier(session, export, name):
        sent = sent or calendar
        if day < as_of:  # one of today may have gone out, but is no news of today
            before = calendar
            break
    components = (
        ics.updated(export, sent) if whole is None else ics.of_part(whole.components, export, sent)
    )
    is_news = before is not None and not ics_update.are_days_the_same(components, before)
    return DigestCalendar(export, components, is_news)


def _earlier(session: Session, export: Export, name: str) -> Iterator[tuple[dt.date, Sent]]:
    """Yield the calendars of ``export`` that went out, newest first, with their days.

    What is none of these, as one of another year's plan, is passed over.
    """
    for day, path in draft_files.dated(session.workspace.root, _name("*", name), "ics"):
        if day > session.as_of:
            continue
        with contextlib.suppress(UserError):
            sent = ics_update.read(files.read_bytes(path), path.name)
            ics.require_earlier(export, sent)
            yield day, sent


def _files(
    session: Session, digest: Digest, calendar: DigestCalendar, progress: Mapping[str, Progress]
) -> Iterator[tuple[str, bytes]]:
    """Yield the calendar, where it is not empty, and the message, each with its name."""
    plan, as_of, recipient = session.plan, session.as_of, digest.recipient
    attachments = []
    rows = update_sheet.sheet_rows(digest.asked, progress) if recipient.id else []
    if rows:
        sheet = update_sheet.render(plan, rows, as_of, recipient.name)
        attachments.append(mail.Attachment(f"sheet-{as_of}-{recipient.id}.xlsx", mail.XLSX, sheet))
    name = _name(as_of.isoformat(), recipient.id)
    if calendar.components:
        data = ics.to_bytes(calendar.export, calendar.components)
        attachments.append(mail.Attachment(f"{name}.ics", mail.ICS, data))
        yield f"{name}.ics", data
    yield f"{name}.eml", mail.render(plan, digest, attachments)


def _put(session: Session, name: str, data: bytes) -> None:
    stem, _dot, ending = name.rpartition(".")
    path = draft_files.path_of(session.workspace.root, stem, ending)
    message = path.with_suffix(".eml")  # written after the calendar, which goes with it
    old = draft_files.put(path, data, functools.partial(_is_ours, message))
    for text, file in ((_("kept     %(path)s"), old), (_("written  %(path)s"), path)):
        if file is not None:
            say(text % {"path": session.workspace.shown(file)})


def _is_ours(message: Path, data: bytes) -> bool:
    """Tell whether ``data`` is as parplan wrote it: the ``message``, or its calendar."""
    if mail.is_as_written(data):
        return True
    return message.is_file() and mail.carries(files.read_bytes(message), data)


def _name(day: str, recipient: str) -> str:
    return "-".join(filter(None, ("digest", day, recipient)))
