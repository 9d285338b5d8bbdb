"""``parplan reminder``: a letter (công văn đôn đốc) to each unit with late or urgent work."""

from __future__ import annotations

import functools

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, FilterOptions, Shared
from parplan.cli.session import open_session, task_filter, unit_ids
from parplan.cli.streams import say
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.render.document import official
from parplan.report.reminders import reminders

EXAMPLES = ("parplan reminder", "parplan reminder --unit tu-phap")


def reminder(filters: FilterOptions, options: DraftOptions, shared: Shared) -> None:
    """Write the letters."""
    session = open_session(shared)
    if options.output is not None and filters.unit is None:
        raise UserError(N_("-o takes one letter: name the unit with --unit"))
    plan, as_of = session.plan, session.as_of
    letters = list(
        reminders(
            plan,
            session.progress(),
            as_of,
            task_filter(plan, filters),
            unit_ids(plan, filters.unit),
        )
    )
    if not letters:
        say(_("Nothing is overdue or due soon: no letter is needed."))
    refused: list[UserError] = []
    for unit, urgent in letters:
        name = f"reminder-{as_of.isoformat()}-{unit.id}"
        letter = functools.partial(official.reminder, plan, unit, urgent, as_of)
        try:
            write(session, name, options, letter)
        except UserError as error:  # one letter that is there must not keep back the others
            refused.append(error)
    if refused:
        raise refused[0]


CALLBACKS = {"reminder": reminder}
