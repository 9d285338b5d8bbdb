"""``parplan`` alone: what waits today, or how to begin where there is no plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parplan.cli.options import Shared
from parplan.cli.output import show_lines
from parplan.cli.session import NoWorkspace, Session, open_session, overdue_last_year, today
from parplan.render.places import places_to_fill
from parplan.render.terminal.overview import OpenDraft, Waiting, beginning, waiting_lines
from parplan.report.overview import overview
from parplan.workspace import draft_files
from parplan.workspace.changes import uncommitted


def show_overview(*, shared: Shared) -> None:
    """Print what waits today."""
    try:
        session = open_session(shared)
    except NoWorkspace:
        show_lines(beginning(shared.folder or str(Path.cwd()), today(shared).year))
        return
    records = session.read_and_complain().records
    show_lines(
        waiting_lines(
            Waiting(
                plan=session.plan,
                overview=overview(session.plan, session.progress_after(records), session.as_of),
                overdue_last_year=overdue_last_year(session),
                drafts=list(_open_drafts(session)),
                copies=session.workspace.copies(),
                uncommitted=uncommitted(session.workspace, session.plan.year, records),
            )
        )
    )


def _open_drafts(session: Session) -> Iterator[OpenDraft]:
    for name, text in draft_files.texts(session.workspace.root):
        if places := sum(1 for _place in places_to_fill(text)):
            yield OpenDraft(name, places)


CALLBACKS = {"": show_overview}
