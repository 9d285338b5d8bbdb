"""What a report takes from a workspace: its days, last year's plan, the forms that go with it."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from parplan.agenda.items import Keep
from parplan.cli.session import Session
from parplan.cli.windows import report_window
from parplan.i18n import period_name
from parplan.problem import N_, UserError, params
from parplan.render.document.official import OUTLINED
from parplan.report.build import build
from parplan.report.model import Report
from parplan.schedule.periods import Period

if TYPE_CHECKING:
    from parplan.forms.figures import FilledForms


def build_report(
    session: Session, period: Period, keep: Keep, part: str, until: dt.date | None
) -> Report:
    """Return the report on ``period``, or on the ``part`` of the plan that ``keep`` has.

    Its data end with ``until`` where that is given.  Raises UserError where it is too early for
    it, Unreadable where what it takes from other files cannot be read.
    """
    window = report_window(session, period, part, until)
    if window.last < window.first:
        text = N_("the data of %(period)s begin on %(day)s: it is too early for a report")
        raise UserError(text, params(period=period_name(period), day=window.first))
    return build(
        session.plan,
        session.read_and_complain().records,
        period,
        session.as_of,
        keep,
        window=window,
        earlier=session.last_year() if window.first.year < session.plan.year else None,
    )


def filled_forms(session: Session, period: Period, window: Period) -> FilledForms | None:
    """Return the statistical forms that go with a report on ``period``, None where none do."""
    path = session.workspace.forms_path(session.plan.year)
    if period.kind not in OUTLINED or not os.path.lexists(path):
        return None
    from parplan.cli.figures import open_forms  # few offices have them

    return open_forms(session).filled(period, window)
