"""Records, and the revisions of a plan, as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set

from parplan.i18n import _, date, ngettext
from parplan.journal.record import SHOWN_ID, Record, Undo
from parplan.render import words
from parplan.render.terminal.table import Column, Span, Style, Table
from parplan.workspace.git import Revision


def records_table(records: list[Record], active: Set[str]) -> Table:
    """Return the table of ``records``; those whose id is not ``active`` were retracted."""
    columns = (
        Column(_("Id")),
        Column(_("Day")),
        Column(_("Ref")),
        Column(_("What")),
        Column(_("Content"), flexible=True),
    )
    heading = ngettext("%(n)s record, newest first", "%(n)s records, newest first", len(records))
    return Table(heading, columns, [_row(record, record.id in active) for record in records])


def _row(record: Record, is_active: bool) -> list[Span]:
    is_retracted = not is_active and not isinstance(record, Undo)
    content = words.content(record)
    if is_retracted:
        content = _("(retracted) %(content)s") % {"content": content}
    content = _("%(content)s (%(author)s)") % {"content": content, "author": record.by}
    style: Style = "dim" if is_retracted else ""
    day, kind = date(record.day), words.kind(record.kind)
    texts = [record.id[:SHOWN_ID], day, record.ref, kind, content]
    return [Span(text, style) for text in texts]


def revisions_table(revisions: list[Revision]) -> Table:
    """Return the table of the commits that changed the plan."""
    columns = (
        Column(_("Revision")),
        Column(_("Day")),
        Column(_("By"), most=20),
        Column(_("Content"), flexible=True),
    )
    heading = ngettext("%(n)s revision of the plan", "%(n)s revisions of the plan", len(revisions))
    rows = [
        [
            Span(revision.name),
            Span(date(dt.date.fromisoformat(revision.day))),
            Span(revision.author),
            Span(revision.subject),
        ]
        for revision in revisions
    ]
    return Table(heading, columns, rows)
