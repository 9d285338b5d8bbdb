"""``parplan log``: what was recorded, newest first."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from parplan.cli import candidates
from parplan.cli.options import FilterOptions, Format, PeriodOptions, Shared
from parplan.cli.output import emit
from parplan.cli.params import Number, Reference
from parplan.cli.periods import open_in_period
from parplan.cli.session import Session, task_filter
from parplan.journal.active import active, retracted
from parplan.journal.search import RecordFilter
from parplan.plan.lookup import require_task
from parplan.problem import N_
from parplan.render.answers.changes import RevisionsAnswer
from parplan.render.answers.tasks import LogAnswer
from parplan.render.terminal.journal import records_table, revisions_table
from parplan.schedule.reference import Ref
from parplan.workspace import git

EXAMPLES = (
    "parplan log",
    "parplan log 4",
    "parplan log --month 6 --author An",
    "parplan log --revisions",
)


def log(
    ref: Annotated[
        Ref | None,
        typer.Argument(
            parser=Reference(),
            metavar=N_("[TASK[@PERIOD]]"),
            help=N_("Only this task, or this occurrence."),
            autocompletion=candidates.references,
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--number",
            "-n",
            parser=Number(1, 10**9),
            metavar=N_("N"),
            help=N_("Only so many of the newest."),
        ),
    ] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help=N_("List instead who changed the plan when."))
    ] = False,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    author: Annotated[
        str | None, typer.Option(help=N_("Only records of this author."), metavar=N_("NAME"))
    ] = None,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the records that fit all filters."""
    session, period = open_in_period(shared, None, period_options)
    if revisions:
        _print_revisions(session, format)
        return
    every = session.read_and_complain().records
    about = RecordFilter(str(ref) if ref else None, _tasks(session, filters), period, author or "")
    if ref is not None and not any(map(about.has, every)):  # words of a task, or nothing yet
        meant = Ref(require_task(session.plan, ref.task).id, ref.period)
        about = msgspec.structs.replace(about, ref=str(meant))
    records = [record for record in reversed(every) if about.has(record)][:number]
    valid = {record.id for record in active(every)}
    emit(
        format,
        lambda: LogAnswer.of(session.as_of, session.plan.year, records, valid),
        lambda: records_table(records, valid, retracted(every)),
    )


def _print_revisions(session: Session, form: Format) -> None:
    """Print the commits that changed the plan, newest first, in the form ``form``."""
    root, year = session.workspace.root, session.plan.year
    git.require_work_tree(root)
    revisions = git.revisions(root, session.workspace.shown(session.workspace.plan_path(year)))
    emit(
        form,
        lambda: RevisionsAnswer.of(year, revisions),
        lambda: revisions_table(revisions),
    )


def _tasks(session: Session, filters: FilterOptions) -> set[str] | None:
    """Return the numbers of the tasks of the filters, None where there is none.

    So a record of a task that is gone is listed without filters alone.
    """
    if filters == FilterOptions():
        return None
    keep = task_filter(session, filters)
    return {task.id for section, task in session.plan.tasks() if keep(section, task)}


CALLBACKS = {"log": log}
