"""``parplan show``: one task as issued, its occurrences, unit and target."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.standings import standings
from parplan.cli import candidates
from parplan.cli.options import Format, Shared
from parplan.cli.output import emit, show_lines
from parplan.cli.params import Reference
from parplan.cli.session import open_session
from parplan.plan.lookup import require_task
from parplan.problem import N_, UserError, params
from parplan.render.answers.show import show_answer
from parplan.render.terminal.task import as_issued, history, occurrences_table
from parplan.schedule.reference import Ref

EXAMPLES = ("parplan show 4",)


def show(
    task: Annotated[
        Ref,
        typer.Argument(
            parser=Reference(),
            metavar=N_("TASK"),
            help=N_("Number of the task, such as 4."),
            autocompletion=candidates.tasks,
        ),
    ],
    *,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print one row of the appendix."""
    session = open_session(shared)
    plan, as_of = session.plan, session.as_of
    about = Ref(require_task(plan, task.task).id, task.period)
    standing = next(
        standings(plan, session.progress(), as_of, lambda _section, other: other.id == about.task)
    )
    refs = {item.occurrence.ref for item in standing.items}
    if about.period is not None and str(about) not in refs:
        text = N_("no task '%(task)s' in the plan of %(year)s; 'parplan list' shows them all")
        raise UserError(text, params(task=str(task), year=plan.year))
    if format == "table":
        show_lines(as_issued(plan, standing))
    emit(
        format,
        lambda: show_answer(as_of, standing, session.units()),
        lambda: occurrences_table(standing),
    )
    if format == "table":
        show_lines(history(standing))


CALLBACKS = {"show": show}
