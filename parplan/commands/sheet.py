"""``parplan sheet``: an Excel sheet to fill in what is new, for ``parplan record``."""

from __future__ import annotations

from typing import Annotated

import click
import msgspec
import typer

from parplan.agenda.items import Agenda, agenda
from parplan.cli.delivery import deliver, part_name
from parplan.cli.options import FilterOptions, OutputOptions, PeriodOptions, Shared
from parplan.cli.params import PeriodName
from parplan.cli.periods import open_in_period
from parplan.cli.session import Session, officer_named, task_filter
from parplan.cli.unassigned import say_left_out
from parplan.i18n import _
from parplan.journal.progress import Progress
from parplan.plan.lookup import require_officers
from parplan.plan.model import Section, Task
from parplan.problem import N_, UserError
from parplan.schedule.periods import Period, month

EXAMPLES = (
    "parplan sheet",
    "parplan sheet --month 6 --unit tu-phap",
    "parplan sheet --within 14 --each-unit",
    'parplan sheet --officer "Nguyễn Thị Lan"',
)


def sheet(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(), metavar=N_("[PERIOD]"), help=N_("Period; this month by default.")
        ),
    ] = None,
    each_unit: Annotated[
        bool, typer.Option("--each-unit", help=N_("One file for each unit that has work."))
    ] = False,
    each_officer: Annotated[
        bool, typer.Option("--each-officer", help=N_("One file for each officer who has work."))
    ] = False,
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    output: OutputOptions,
    shared: Shared,
) -> None:
    """Write the sheet, or one for each unit or officer."""
    named = filters.unit or filters.officer or filters.mine or output.output
    if each_unit + each_officer + bool(named) > 1 and (each_unit or each_officer):
        text = _("--each-unit and --each-officer go with neither --unit, --officer, --mine nor -o")
        raise click.UsageError(text)
    session, chosen = open_in_period(shared, period, period_options)
    plan, as_of = session.plan, session.as_of
    chosen = chosen or month(as_of.year, as_of.month)
    progress = session.progress()
    one_each = [filters]
    if each_unit:
        one_each = [msgspec.structs.replace(filters, unit=unit.id) for unit in plan.units]
    elif each_officer:
        one_each = [
            msgspec.structs.replace(filters, officer=name) for name in require_officers(plan)
        ]
    written = 0
    for chosen_filters in one_each:
        keep = task_filter(session, chosen_filters)
        answer = agenda(plan, progress, chosen, as_of, keep)
        written += _write(session, answer, progress, chosen_filters, output)
    is_left_out = each_unit and say_left_out(_tasks_of_no_unit(session, chosen, progress, filters))
    if not written and not is_left_out:
        raise UserError(N_("nothing is due, overdue or running: no sheet is needed"))


def _tasks_of_no_unit(
    session: Session, period: Period, progress: dict[str, Progress], filters: FilterOptions
) -> list[Task]:
    """Return the tasks that have work in ``period`` and stand in the sheet of no unit."""
    from parplan.render.export import update_sheet

    kept = task_filter(session, filters)

    def keep(section: Section, task: Task) -> bool:
        return kept(section, task) and not (task.units or task.supporting)

    answer = agenda(session.plan, progress, period, session.as_of, keep)
    return [row.task for row in update_sheet.sheet_rows(answer, progress)]


def _write(
    session: Session,
    answer: Agenda,
    progress: dict[str, Progress],
    filters: FilterOptions,
    output: OutputOptions,
) -> bool:
    """Write the sheet of ``answer``; tell whether it has rows."""
    from parplan.render.export import update_sheet  # XlsxWriter takes its time

    rows = update_sheet.sheet_rows(answer, progress)
    if not rows:
        return False
    unit = next((unit.name for unit in session.plan.units if unit.id == filters.unit), filters.unit)
    by = officer_named(session, filters) or unit or ""
    data = update_sheet.render(session.plan, rows, session.as_of, by)
    name = f"sheet-{session.as_of.isoformat()}{part_name(filters)}.xlsx"
    deliver(data, session.workspace.root, name, output)
    return True


CALLBACKS = {"sheet": sheet}
