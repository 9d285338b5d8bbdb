"""``parplan list``: the plan's tasks, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

import typer

from parplan.agenda import Standing, standings
from parplan.commands import options
from parplan.commands.options import value_of
from parplan.commands.output import Table, emit
from parplan.commands.session import Session, open_session, task_filter
from parplan.i18n import _, date, ngettext
from parplan.problem import N_
from parplan.render import records, words
from parplan.render.table import Column, Span
from parplan.text import fold

OPTIONS = (options.FILTER, options.STATE, options.FORMAT)
EXAMPLES = ("parplan list", "parplan list bao cao quy", "parplan list --section V --state done")


def run(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[WORDS]..."), help=N_("Words of the task; accents do not matter.")
        ),
    ] = None,
) -> None:
    """Print the tasks that hold all the words."""
    session = open_session()
    keep = task_filter(session.plan)
    wanted: str | None = value_of("state")
    found = [
        one
        for one in standings(session.plan, session.progress(), session.as_of, keep)
        if wanted in (None, one.state) and _holds(one, fold(" ".join(text or ())))
    ]
    emit(lambda: _payload(session, found), lambda: _table(session, found))


def _holds(one: Standing, words_wanted: str) -> bool:
    task = one.task
    labels = [getattr(rule, "label", "") for rule in task.schedule]
    everything = [task.id, task.title, task.short, task.requirement, task.deadline_text, *labels]
    folded = fold(" ".join([*everything, *task.units]))
    return all(word in folded for word in words_wanted.split())


def _payload(session: Session, found: Sequence[Standing]) -> dict[str, Any]:
    return {
        "as_of": session.as_of.isoformat(),
        "year": session.plan.year,
        "items": [standing_record(session, one) for one in found],
    }


def standing_record(session: Session, one: Standing) -> dict[str, Any]:
    """Return a task with its state, as ``list`` prints it in JSON."""
    following = one.next_item
    return {
        **records.task_record(one.section, one.task, session.units()),
        "state": one.state,
        "timing": one.timing,
        "percent": following.progress.percent if following else one.progress.percent,
        "value": _decimal(latest_value(one)),
        "next_due": records.iso(following.occurrence.due if following else None),
    }


def latest_value(one: Standing) -> Decimal | None:
    """Return the value measured last, of the task as a whole or of its occurrences."""
    measured = [
        (record.at, record.value)
        for progress in (one.progress, *(item.progress for item in one.items))
        for record in progress.records
        if record.value is not None
    ]
    return max(measured, default=(None, None))[1]


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _table(session: Session, found: Sequence[Standing]) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("Next due")),
        Column(_("Standing"), most=24),
        Column(_("Task"), flexible=True),
        Column(_("Unit"), most=20),
    )
    heading = ngettext("%(n)s task", "%(n)s tasks", len(found))
    year = _("plan of %(year)s, as of %(day)s") % {
        "year": session.plan.year,
        "day": date(session.as_of),
    }
    return Table(f"{heading} ({year})", columns, [_row(one) for one in found])


def _row(one: Standing) -> list[Span]:
    following = one.next_item
    due = date(following.occurrence.due) if following else ""
    if following:
        how = words.standing(following)
    elif one.items:
        how = Span(words.state(one.state), "good")
    elif one.state == "not-started":
        how = Span(_("no deadline"), "dim")
    else:
        how = Span(_("no deadline, %(state)s") % {"state": words.state(one.state)})
    measured = words.measured(one.task.target, latest_value(one))
    name = f"{one.task.name} – {measured}" if measured else one.task.name
    units = ", ".join(one.task.units)
    return [Span(one.task.id), Span(due), how, Span(name), Span(units)]


CALLBACKS = {"list": run}
