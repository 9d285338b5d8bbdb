"""Which days of data does a report take, whose draft or that before it may lie in the workspace?"""

from __future__ import annotations

import datetime as dt

from parplan.cli import redraft
from parplan.cli.session import Session
from parplan.report.window import previous, reporting_for, window_of
from parplan.schedule.periods import Period
from parplan.workspace import draft_files


def report_window(
    session: Session, period: Period, part: str = "", until: dt.date | None = None
) -> Period:
    """Return the days of the data of a report on ``period``, or of its ``part`` of the plan.

    They begin where the report before ended, as its draft says, and end with ``until`` where
    that is given.  Raises Unreadable where the header of that draft is wrong.
    """
    before = previous(period)
    end = last_day_of_data(session, before.name + part) if before else None
    rule = reporting_for(session.plan, period)
    return window_of(rule, period, session.as_of, end, until)


def last_day_of_data(session: Session, name: str) -> dt.date | None:
    """Return the last day whose data the draft called ``name`` took, None where it does not say.

    Raises Unreadable where its header is wrong.
    """
    path = draft_files.path_of(session.workspace.root, name, "md")
    if not path.exists():
        return None
    file_name = f"{draft_files.FOLDER}/{name}.md"
    data = redraft.parse(file_name, redraft.read_text(path, file_name)).header.data
    try:
        return dt.date.fromisoformat(data.until) if data else None
    except ValueError:
        return None
