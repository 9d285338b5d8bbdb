"""``parplan directive``: a superior gives a deadline, moves one, or asks for a report."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from parplan.agenda.directive import deadline, new_period
from parplan.agenda.doubts import distant_deadline
from parplan.cli import candidates
from parplan.cli.confirm import settle
from parplan.cli.options import RecordOptions, Shared, Yes
from parplan.cli.params import Date, Reference
from parplan.cli.positionals import refuse_slips
from parplan.cli.recording import MEANWHILE, announce, clean, given_fields, write
from parplan.cli.session import open_for
from parplan.cli.streams import say
from parplan.cli.targets import find_target
from parplan.journal.file import Journal
from parplan.journal.progress import add
from parplan.journal.record import Directive
from parplan.plan.lookup import require_task
from parplan.problem import N_, UserError
from parplan.render.words import without_calendar
from parplan.schedule.reference import Ref

EXAMPLES = (
    'parplan directive 12 --due 2025-11-15 --by "CV 123/UBND-NV"',
    'parplan directive 6@2025-08 --due 15/9/2025 "Quận lùi lớp học"',
    'parplan directive 1 --due 2025-07-10 "Báo cáo chuyên đề"',
)


def directive(
    ref: Annotated[
        Ref,
        typer.Argument(
            parser=Reference(),
            metavar=N_("TASK[@PERIOD]"),
            help=N_("Task that gets a date, or the occurrence whose date moves."),
            autocompletion=candidates.references,
        ),
    ],
    text: Annotated[
        str, typer.Argument(metavar=N_("[TEXT]"), help=N_("What the directive says."))
    ] = "",
    due: Annotated[
        dt.datetime | None,
        typer.Option(parser=Date("deadline"), help=N_("The deadline: last day in time.")),
    ] = None,
    event: Annotated[
        dt.datetime | None,
        typer.Option(
            parser=Date("deadline", says=True),
            help=N_("Day of the event, where the plan says 'within … days'."),
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Number of the directive."))
    ] = "",
    yes: Yes = False,
    *,
    options: RecordOptions,
    shared: Shared,
) -> None:
    """Record a deadline."""
    refuse_slips([text])
    session = open_for(shared, [ref])
    task = require_task(session.plan, ref.task)
    ref = Ref(task.id, ref.period)
    progress = session.progress()
    day = deadline(session.plan, task, due, event)
    doubt = distant_deadline(session.plan, day)
    settle([doubt] if doubt else [], yes=yes)
    added = new_period(session.plan, progress, session.as_of, ref, day)
    # A continuous task has nothing to move: it gets an occurrence for the day.
    period = added or find_target(session, ref, "directive", progress).period or day.isoformat()
    fields = given_fields(session, options)
    fields |= {"task": task.id, "period": period, "text": clean(text)}
    fields |= {"due": day, "authority": clean(by)}

    def check(recorded: Journal) -> None:
        now = session.progress_after(recorded.records)
        if new_period(session.plan, now, session.as_of, ref, day) != added:
            raise UserError(MEANWHILE)

    written = write(session, options.author, Directive, fields, check)
    add(progress, written)
    announce(session, written, progress)
    if event is not None:
        for note in without_calendar(session.plan, [task]):
            say(note)


CALLBACKS = {"directive": directive}
