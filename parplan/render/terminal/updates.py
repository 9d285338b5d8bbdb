"""What becomes of the rows of update files, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parplan.agenda.updates import (
    AlreadyRecorded,
    Outcome,
    Rejection,
    Update,
    UpdateStep,
    count_outcomes,
)
from parplan.i18n import _, fill, long_date, ngettext, short_date
from parplan.importer.places import place_in_words
from parplan.importer.updates.read import UpdateFile
from parplan.importer.updates.rows import UpdateRow
from parplan.render import words
from parplan.render.terminal.table import Span, Style, TerminalTable, TextColumn


def updates_table(files: Sequence[UpdateFile], outcomes: Sequence[Outcome]) -> TerminalTable:
    """Return what becomes of each row of ``files``, in their order."""
    columns = (
        TextColumn(_("Place"), most=26),
        TextColumn(_("Ref")),
        TextColumn(_("What"), most=14),
        TextColumn(_("Content"), flexible=True),
    )
    pairs = [(file, row) for file in files for row in file.rows]
    rows = [
        [Span(_place(file, row, len(files) > 1)), *_cells(row, outcome)]
        for (file, row), outcome in zip(pairs, outcomes, strict=True)
    ]
    parts = [
        ngettext("%(n)s to record", "%(n)s to record", count_outcomes(outcomes, UpdateStep)),
        ngettext(
            "%(n)s not understood", "%(n)s not understood", count_outcomes(outcomes, Rejection)
        ),
    ]
    if already := count_outcomes(outcomes, AlreadyRecorded):
        parts.append(ngettext("%(n)s recorded before", "%(n)s recorded before", already))
    return TerminalTable(", ".join(parts), columns, rows)


def _place(file: UpdateFile, row: UpdateRow, several: bool) -> str:
    place = place_in_words(row.place)
    return f"{file.name}, {place}" if several else place


def _cells(row: UpdateRow, outcome: Outcome) -> list[Span]:
    if isinstance(outcome, Rejection):
        text = fill(outcome.text, outcome.values)
        return [Span(row.ref), Span(_("not recorded"), "bad"), Span(text, "bad")]
    if isinstance(outcome, AlreadyRecorded):
        text = _("recorded on %(day)s by %(author)s") % {
            "day": short_date(outcome.record.day),
            "author": outcome.record.by,
        }
        return [Span(outcome.record.ref), Span(_("recorded before"), "dim"), Span(text, "dim")]
    style: Style = "warn" if outcome.newer or outcome.doubts else ""
    content = Span("; ".join(filter(None, _content(row, outcome))), style)
    return [Span(outcome.target.ref), Span(words.kind(outcome.record.kind)), content]


def _content(row: UpdateRow, step: UpdateStep) -> Iterator[str]:
    """Yield what is recorded, the day in full where it was typed, and what speaks against it."""
    if isinstance(row.update, Update) and row.update.on is not None:
        yield long_date(row.update.on)
    yield words.content(step.record)
    if step.newer:
        latest = step.newer[-1]
        yield _("(%(author)s recorded since: %(text)s)") % {
            "author": latest.by,
            "text": words.content(latest) or words.kind(latest.kind),
        }
    for doubt in step.doubts:
        yield _("mind: %(doubt)s") % {"doubt": fill(doubt.text, doubt.values)}
