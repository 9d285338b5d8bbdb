"""How does what the clerk typed in place of a draft's gaps come into the journal?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
import msgspec

from parplan.agenda.target import RecordTarget, find
from parplan.cli import redraft
from parplan.cli.confirm import agrees, is_somebody_there
from parplan.cli.options import DraftOptions
from parplan.cli.recording import (
    MEANWHILE,
    UNWRITTEN,
    announce,
    author_of,
    clean,
    refuse_day,
    write_all,
)
from parplan.cli.session import Session
from parplan.cli.streams import say
from parplan.i18n import _, long_date
from parplan.journal.active import active
from parplan.journal.file import Journal
from parplan.journal.progress import Progress, add, progress_by_ref
from parplan.journal.record import News, Note, Record
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.render.document import drafts
from parplan.render.document.answers import Answer, answers, put_back
from parplan.report.model import Report
from parplan.schedule.reference import Ref
from parplan.text import one_line, visible
from parplan.workspace import draft_files, files


class _Taken(msgspec.Struct, frozen=True):
    """An answer, and the note that it becomes; ``recorded`` where the journal has it."""

    answer: Answer
    note: Note
    recorded: bool


def take_notes(
    session: Session, name: str, report: Report, author: str | None, *, yes: bool
) -> None:
    """Record what the draft called ``name`` has in place of the gaps of ``report``.

    Each is shown and asked about, unless ``yes`` was said, and becomes a note of the day on
    which the report's data end.  Where the journal then has it, the draft has its gap again,
    which the next merge fills from there.  Raises UserError where there is no such draft, what
    was typed in it cannot be told, or nobody can answer.
    """
    root = session.workspace.root
    path = draft_files.path_of(root, name, "md")
    file_name = f"{draft_files.FOLDER}/{name}.md"
    if not path.exists():
        text = N_("there is no %(path)s: without --take-notes this command writes it")
        raise UserError(text, params(path=file_name))
    data = files.read_bytes(path)
    draft_text = redraft.decoded(data, file_name)
    base = redraft.base_of(root, name, redraft.parse(file_name, draft_text))
    if base == "":
        text = N_("what was typed in %(path)s cannot be told: how it was generated is lost")
        raise UserError(text, params(path=file_name))
    head, body = drafts.split(draft_text)
    tasks = {task.id for _section, task in session.plan.tasks()}
    typed = answers(drafts.split(base)[1], body, tasks) if base else []
    records = session.read_and_complain().records
    entries = [_entry(session, report, records, answer) for answer in typed]
    taken = [entry for entry in entries if entry and entry.recorded]
    fresh = [entry for entry in entries if entry and not entry.recorded]
    if not fresh:
        say(_("Nothing was typed in place of a gap that is not recorded."))
    taken += _record(session, report, _confirmed(fresh, yes=yes), author)
    if taken:
        body = put_back(body, [entry.answer for entry in taken])
        files.replace(path, f"---\n{head}---\n{body}".encode(), data)


def refuse_other_files(options: DraftOptions) -> None:
    """Raise click.UsageError where ``options`` leave the draft as it is or write another file."""
    if options.docx_only or options.new or options.output is not None:
        raise click.UsageError(_("--take-notes renews the draft: leave out --docx-only, --new, -o"))


def _entry(
    session: Session, report: Report, records: Sequence[Record], answer: Answer
) -> _Taken | None:
    """Return the note that ``answer`` becomes; None where the plan has no such occurrence."""
    ref = _ref(session, report, records, answer.gap.ref)
    if ref is None:
        return None
    typed = {answer.gap.field: clean(answer.text)}
    note = Note(
        task=ref.task,
        period=ref.period or "",
        by="",
        on=report.window.last,
        text=typed.get("text", ""),
        reason=typed.get("reason", ""),
        **UNWRITTEN,
    )
    return _Taken(answer, note, _is_recorded(note, records, report))


def _is_recorded(note: Note, records: Iterable[Record], report: Report) -> bool:
    """Tell whether a record that counts in the window says what ``note`` says."""
    return any(
        isinstance(record, News)
        and record.task == note.task
        and record.day in report.window
        and (not note.text or record.text == note.text)
        and (not note.reason or (record.reason, record.ref) == (note.reason, note.ref))
        for record in active(records)
    )


def _ref(session: Session, report: Report, records: Sequence[Record], asked: Ref) -> Ref | None:
    """Return what a gap of ``report`` is about that asks for ``asked``.

    Of a task alone that is its open occurrence that fell due last, else the next one, else the
    task as a whole.
    """
    if asked.period is None:
        dues = [
            due
            for field in report.fields
            for row in field.rows
            if row.task == asked.task
            for due in sorted(row.due, key=lambda due: due.item.is_open)
        ]
        if dues:
            return Ref.parse(dues[-1].ref)
    progress = progress_by_ref(records, report.as_of)
    result = find(session.plan, progress, asked, report.as_of)
    if isinstance(result, RecordTarget):
        return Ref(result.task.id, result.period or None)
    if result.why == "no-occurrence" or not result.candidates:
        return None
    return Ref.parse(result.candidates[0].ref)


def _confirmed(entries: Sequence[_Taken], *, yes: bool) -> list[_Taken]:
    """Show each of ``entries`` and return those that somebody agrees to."""
    can_answer = yes or is_somebody_there()
    confirmed = []
    for entry in entries:
        note = entry.note
        values = {
            "ref": note.ref,
            "day": long_date(note.day),
            "what": visible(one_line(words.content(note))),
        }
        say(_("%(ref)s, %(day)s: %(what)s") % values)
        if yes or (can_answer and agrees(_("Record it?"))):
            confirmed.append(entry)
    if entries and not can_answer:
        text = N_("nobody is there to confirm this; type the command again with --yes to record it")
        raise UserError(text)
    return confirmed


def _record(
    session: Session, report: Report, entries: list[_Taken], author: str | None
) -> list[_Taken]:
    """Write the notes of ``entries`` in one write and say how things then stand."""
    if not entries:
        return []
    refuse_day(session, report.window.last)
    by = author_of(session, author)
    progress: dict[str, Progress] = {}

    def check(recorded: Journal) -> None:
        if any(_is_recorded(entry.note, recorded.records, report) for entry in entries):
            raise UserError(MEANWHILE)
        progress.update(session.progress_after(recorded.records))

    notes = [msgspec.structs.replace(entry.note, by=by) for entry in entries]
    for written in write_all(session, notes, check):
        add(progress, written)
        announce(session, written, progress)
    return entries
