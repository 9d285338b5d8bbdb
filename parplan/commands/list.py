"""``parplan list``: the plan's tasks, filtered."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.standings import standings
from parplan.cli.options import FilterOptions, Format, Shared
from parplan.cli.output import emit
from parplan.cli.params import StateName
from parplan.cli.session import open_session, task_filter
from parplan.journal.progress import State
from parplan.problem import N_
from parplan.render.answers.tasks import ListAnswer
from parplan.render.terminal.task import tasks_table

EXAMPLES = ("parplan list", "parplan list bao cao quy", "parplan list --section V --state done")


def run(
    text: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar=N_("[WORDS]..."), help=N_("Words of the task; accents do not matter.")
        ),
    ] = (),
    *,
    filters: FilterOptions,
    state: Annotated[
        State | None,
        typer.Option(
            parser=StateName(),
            help=N_("Only tasks in this state."),
        ),
    ] = None,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the tasks that hold all the words."""
    session = open_session(shared)
    plan, as_of = session.plan, session.as_of
    tasks = [
        standing
        for standing in standings(plan, session.progress(), as_of, task_filter(session, filters))
        if state in (None, standing.state) and standing.mentions(" ".join(text))
    ]
    emit(
        format,
        lambda: ListAnswer.of(as_of, plan.year, tasks, session.units()),
        lambda: tasks_table(tasks, plan, as_of),
    )


CALLBACKS = {"list": run}
