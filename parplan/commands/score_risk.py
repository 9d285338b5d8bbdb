"""``parplan score risk``: which open tasks carry the most points."""

from __future__ import annotations

from typing import Any

from parplan.agenda.items import Standing
from parplan.cli.options import Format, Shared
from parplan.cli.output import Table, emit
from parplan.cli.scores import Scored, scored
from parplan.cli.session import Session, open_session
from parplan.i18n import _, date, ngettext
from parplan.render import scores, words
from parplan.render.terminal.table import Column, Span
from parplan.score.model import Risk
from parplan.score.total import risks

EXAMPLES = ("parplan score risk", "parplan score risk --format csv")


def risk(*, format: Format = "table", shared: Shared) -> None:
    """Print what the best total loses if one task alone stays undone."""
    session = open_session(shared)
    found = scored(session)
    listed = risks(found.base, found.score)
    emit(format, lambda: _payload(session, found, listed), lambda: _table(found, listed))


def _payload(session: Session, found: Scored, listed: list[Risk]) -> dict[str, Any]:
    return {
        "as_of": session.as_of,
        "year": session.plan.year,
        "items": [_record(found, one) for one in listed],
    }


def _record(found: Scored, one: Risk) -> dict[str, Any]:
    standing = found.base.tasks[one.task]
    following = standing.next_item
    return {
        **scores.risk_record(one),
        "short": standing.task.name,
        "units": standing.task.units,
        "next_due": following.due if following else None,
    }


def _table(found: Scored, listed: list[Risk]) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("At risk"), right=True),
        Column(_("Next due")),
        Column(_("Standing"), most=16),
        Column(_("Task"), flexible=True),
        Column(_("Criteria"), most=12),
    )
    text = ngettext(
        "%(n)s open task with points at risk", "%(n)s open tasks with points at risk", len(listed)
    )
    rows = [_row(found.base.tasks[one.task], one) for one in listed]
    note = _("At risk: what the best total loses if this task alone stays undone.")
    return Table(text, columns, rows, [note, *scores.notes(found.score)])


def _row(standing: Standing, one: Risk) -> list[Span]:
    following = standing.next_item
    how = words.standing(following) if following else Span(_("no deadline"), "dim")
    return [
        Span(one.task),
        Span(words.points(one.points), "head"),
        Span(date(following.due) if following else ""),
        how,
        Span(standing.task.name),
        Span(", ".join(one.criteria)),
    ]


CALLBACKS = {"score risk": risk}
