"""``parplan reminder``: letters (công văn đôn đốc) about late or urgent work."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

from parplan.cli.drafts import write
from parplan.cli.options import DraftOptions, FilterOptions, Shared
from parplan.cli.session import officer_named, open_session, task_filter, unit_ids
from parplan.cli.streams import say
from parplan.cli.unassigned import say_left_out
from parplan.i18n import _
from parplan.problem import N_, UserError
from parplan.render.document import official
from parplan.report.reminders import officer_reminders, reminders, without_unit

EXAMPLES = (
    "parplan reminder",
    "parplan reminder --unit tu-phap",
    'parplan reminder --officer "Nguyễn Thị Lan"',
)


def reminder(
    each_officer: Annotated[
        bool, typer.Option("--each-officer", help=N_("One letter to each officer."))
    ] = False,
    *,
    filters: FilterOptions,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write the letters; to an officer where one is named."""
    session = open_session(shared)
    officer = officer_named(session, filters)
    if options.output is not None and filters.unit is None and officer is None:
        raise UserError(N_("-o takes one letter: name the unit with --unit, or --officer"))
    plan, as_of = session.plan, session.as_of
    keep, progress = task_filter(session, filters), session.progress()
    to_officers = each_officer or officer is not None
    letters = list(
        officer_reminders(plan, progress, as_of, keep, officer)
        if to_officers
        else reminders(plan, progress, as_of, keep, unit_ids(plan, filters.unit))
    )
    to_all = not to_officers and filters.unit is None
    is_left_out = to_all and say_left_out(without_unit(plan, progress, as_of, keep))
    if not letters and not is_left_out:
        say(_("Nothing is overdue or due soon: no letter is needed."))
    refused: list[UserError] = []
    for unit, urgent in letters:
        name = f"reminder-{as_of.isoformat()}-{unit.id}"
        letter = functools.partial(official.reminder, plan, unit, urgent, as_of)
        try:
            write(session.workspace.root, name, options, letter)
        except UserError as error:  # one letter that is there must not keep back the others
            refused.append(error)
    if refused:
        raise refused[0]


CALLBACKS = {"reminder": reminder}
