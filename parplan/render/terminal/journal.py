"""Records, and the revisions of a plan, as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set

from parplan.i18n import _, date, ngettext
from parplan.journal.record import SHOWN_ID, News, Record, Undo
from parplan.problem import N_
from parplan.render import words
from parplan.render.terminal.table import Span, Style, TerminalTable, TextColumn
from parplan.workspace.git import Revision


def records_table(records: list[Record], active: Set[str], retracted: Set[str]) -> TerminalTable:
    """Return the table of ``records``; of the ids that are not ``active`` some are ``retracted``.

    The others were corrected.
    """
    columns = (
        TextColumn(_("Id")),
        TextColumn(_("Day")),
        TextColumn(_("Ref")),
        TextColumn(_("What")),
        TextColumn(_("Content"), flexible=True),
    )
    heading = ngettext("%(n)s record, newest first", "%(n)s records, newest first", len(records))
    rows = [_row(record, active, retracted) for record in records]
    return TerminalTable(heading, columns, rows)


def _row(record: Record, active: Set[str], retracted: Set[str]) -> list[Span]:
    counts = record.id in active or isinstance(record, Undo)
    content = words.content(record)
    if not counts:
        mark = N_("(corrected) %(content)s")
        if record.id in retracted:
            mark = N_("(retracted) %(content)s")
        content = _(mark) % {"content": content}
    if isinstance(record, News) and record.replaces:
        corrects = _("corrects %(id)s") % {"id": record.replaces[:SHOWN_ID]}
        content = "; ".join(filter(None, (content, corrects)))
    content = _("%(content)s (%(author)s)") % {"content": content, "author": record.by}
    style: Style = "" if counts else "dim"
    day, kind = date(record.day), words.kind(record.kind)
    texts = [record.id[:SHOWN_ID], day, record.ref, kind, content]
    return [Span(text, style) for text in texts]


def revisions_table(revisions: list[Revision]) -> TerminalTable:
    """Return the table of the commits that changed the plan."""
    columns = (
        TextColumn(_("Revision")),
        TextColumn(_("Day")),
        TextColumn(_("By"), most=20),
        TextColumn(_("Content"), flexible=True),
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
    return TerminalTable(heading, columns, rows)
