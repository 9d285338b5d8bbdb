"""``parplan log --revisions``: who changed the plan when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from parplan.cli.options import Format
from parplan.cli.output import Table, emit
from parplan.cli.session import Session
from parplan.i18n import _, date, ngettext
from parplan.render.terminal.table import Column, Span
from parplan.workspace import git


def print_revisions(session: Session, form: Format) -> None:
    """Print the commits that changed the plan, newest first, in the form ``form``."""
    root = session.workspace.root
    git.require_work_tree(root)
    path = session.workspace.shown(session.workspace.plan_path(session.plan.year))
    found = git.revisions(root, path)
    emit(form, lambda: _payload(session, found), lambda: _table(found))


def _payload(session: Session, found: list[git.Revision]) -> dict[str, Any]:
    items = [
        {"revision": one.name, "day": one.day, "author": one.author, "subject": one.subject}
        for one in found
    ]
    return {"year": session.plan.year, "items": items}


def _table(found: list[git.Revision]) -> Table:
    columns = (
        Column(_("Revision")),
        Column(_("Day")),
        Column(_("By"), most=20),
        Column(_("Content"), flexible=True),
    )
    heading = ngettext("%(n)s revision of the plan", "%(n)s revisions of the plan", len(found))
    rows = [
        [
            Span(one.name),
            Span(date(dt.date.fromisoformat(one.day))),
            Span(one.author),
            Span(one.subject),
        ]
        for one in found
    ]
    return Table(heading, columns, rows)
