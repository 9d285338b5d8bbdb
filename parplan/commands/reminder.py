"""``parplan reminder``: a letter (công văn đôn đốc) to each unit with late or urgent work."""

from __future__ import annotations

import click
import msgspec

from parplan.agenda.items import Item, items
from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, FilterOptions, Shared
from parplan.cli.session import Session, open_session, task_filter, unit_ids
from parplan.i18n import _
from parplan.plan.assignments import Amended
from parplan.plan.model import Unit
from parplan.problem import N_, UserError
from parplan.render.document import official

EXAMPLES = ("parplan reminder", "parplan reminder --unit tu-phap")


def reminder(filters: FilterOptions, options: DraftOptions, shared: Shared) -> None:
    """Write the letters."""
    session = open_session(shared)
    if options.output is not None and filters.unit is None:
        raise UserError(N_("-o takes one letter: name the unit with --unit"))
    urgent = _urgent(session, filters)
    wanted = unit_ids(session.plan, filters.unit)
    found = [
        unit
        for unit in session.plan.units
        if (wanted is None or unit.id in wanted)
        and any(set(unit.names()) & set(item.task.units) for item in urgent)
    ]
    if not found:
        click.echo(_("Nothing is overdue or due soon: no letter is needed."))
    refused: list[UserError] = []
    for unit in found:
        names = set(unit.names())
        try:
            its = [item for item in urgent if names & set(item.task.units)]
            _write(session, unit, its, options)
        except UserError as refusal:  # one letter that is there must not keep back the others
            refused.append(refusal)
    if refused:
        raise refused[0]


def _urgent(session: Session, filters: FilterOptions) -> list[Item]:
    """Return what is overdue or due soon, each with the units that are there to be written to."""
    amended, keep = Amended(session.plan), task_filter(session.plan, filters)
    found = []
    for item in items(session.plan, session.progress(), session.as_of):
        its = amended.inherited(item.task, session.as_of)
        if item.timing in ("overdue", "due-soon") and keep(item.section, its):
            found.append(msgspec.structs.replace(item, task=its))
    return found


def _write(session: Session, unit: Unit, urgent: list[Item], options: DraftOptions) -> None:
    plan, as_of = session.plan, session.as_of
    name = f"reminder-{as_of.isoformat()}-{unit.id}"
    write(session, name, options, lambda: official.reminder(plan, unit, urgent, as_of))


CALLBACKS = {"reminder": reminder}
