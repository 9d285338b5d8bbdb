"""What becomes of the rows of update files, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.agenda.updates import Outcome, Recorded, Rejection, Step, count_outcomes
from parplan.i18n import _, fill, ngettext, short_date
from parplan.importer.places import place_in_words
from parplan.importer.updates.read import UpdateFile
from parplan.importer.updates.rows import UpdateRow
from parplan.render import words
from parplan.render.terminal.table import Column, Span, Style, Table


def updates_table(files: Sequence[UpdateFile], outcomes: Sequence[Outcome]) -> Table:
    """Return what becomes of each row of ``files``, in their order."""
    columns = (
        Column(_("Place"), most=26),
        Column(_("Ref")),
        Column(_("What"), most=14),
        Column(_("Content"), flexible=True),
    )
    pairs = [(file, row) for file in files for row in file.rows]
    rows = [
        [Span(_place(file, row, len(files) > 1)), *_cells(row, outcome)]
        for (file, row), outcome in zip(pairs, outcomes, strict=True)
    ]
    parts = [
        ngettext("%(n)s to record", "%(n)s to record", count_outcomes(outcomes, Step)),
        ngettext(
            "%(n)s not understood", "%(n)s not understood", count_outcomes(outcomes, Rejection)
        ),
    ]
    if already := count_outcomes(outcomes, Recorded):
        parts.append(ngettext("%(n)s recorded before", "%(n)s recorded before", already))
    return Table(", ".join(parts), columns, rows)


def _place(file: UpdateFile, row: UpdateRow, several: bool) -> str:
    place = place_in_words(row.place)
    return f"{file.name}, {place}" if several else place


def _cells(row: UpdateRow, outcome: Outcome) -> list[Span]:
    if isinstance(outcome, Rejection):
        text = fill(outcome.text, outcome.values)
        return [Span(row.ref), Span(_("not recorded"), "bad"), Span(text, "bad")]
    if isinstance(outcome, Recorded):
        text = _("recorded on %(day)s by %(author)s") % {
            "day": short_date(outcome.record.day),
            "author": outcome.record.by,
        }
        return [Span(outcome.record.ref), Span(_("recorded before"), "dim"), Span(text, "dim")]
    content = words.content(outcome.record)
    if outcome.newer:
        latest = outcome.newer[-1]
        content += " " + _("(%(author)s recorded since: %(text)s)") % {
            "author": latest.by,
            "text": words.content(latest) or words.kind(latest.kind),
        }
    style: Style = "warn" if outcome.newer else ""
    return [Span(outcome.target.ref), Span(words.kind(outcome.record.kind)), Span(content, style)]
