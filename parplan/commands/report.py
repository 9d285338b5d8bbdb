"""``parplan report``: the draft of a periodic or thematic report."""

from __future__ import annotations

from typing import Annotated

import typer

from parplan.agenda.items import Keep
from parplan.cli import candidates
from parplan.cli.delivery import part_name
from parplan.cli.drafts import write
from parplan.cli.options import (
    DraftOptions,
    FilterOptions,
    PeriodOptions,
    Shared,
    chosen_period,
    named_year,
)
from parplan.cli.params import PeriodName
from parplan.cli.session import Session, open_session, task_filter
from parplan.cli.shell import quote
from parplan.cli.streams import say
from parplan.i18n import _, date, period_name
from parplan.plan.lookup import require_task
from parplan.problem import N_, UserError, params
from parplan.render.document import official
from parplan.render.document.official import Official
from parplan.report.build import build, reporting_for, window_of
from parplan.report.model import Report
from parplan.schedule.period import Period

EXAMPLES = (
    "parplan report --month 6",
    "parplan report --quarter 2 --format md --format docx",
    "parplan report 2025-03-18..2025-06-30 --section V",
    "parplan report --month 6 --docx-only",
)


def report(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(),
            autocompletion=candidates.periods_of_year,
            metavar=N_("[PERIOD]"),
            help=N_("Period to report on."),
        ),
    ] = None,
    task: Annotated[
        tuple[str, ...],
        typer.Option(
            metavar=N_("TASK"),
            help=N_("Only this task; may be repeated."),
            autocompletion=candidates.tasks,
        ),
    ] = (),
    *,
    period_options: PeriodOptions,
    filters: FilterOptions,
    options: DraftOptions,
    shared: Shared,
) -> None:
    """Write a draft."""
    session = open_session(shared, named_year(period, period_options))
    chosen = _period(session, period, period_options)
    keep, name = _part(session, filters, task)
    built: list[Report] = []

    def document() -> Official:
        built.append(_build(session, chosen, keep))
        return official.report(built[0], thematic=bool(name))

    write(session, chosen.name.replace("..", "_") + name, options, document)
    if built and not name and options.output is None:
        _tell_served(built[0])


def _period(session: Session, argument: Period | None, options: PeriodOptions) -> Period:
    chosen = chosen_period(argument, options, session.plan.year, session.as_of)
    if chosen is None:
        text = N_(
            "name the period: --month 6, --quarter 2, 2025-H1, or two days 2025-03-18..2025-06-30"
        )
        raise UserError(text)
    return chosen


def _part(session: Session, filters: FilterOptions, tasks: tuple[str, ...]) -> tuple[Keep, str]:
    """Return the filter of a thematic report, and what it adds to the file's name."""
    numbers = [require_task(session.plan, words).id for words in tasks]
    chosen = set(numbers)
    keep = task_filter(session.plan, filters)
    return (
        lambda section, task: keep(section, task) and (not chosen or task.id in chosen),
        part_name(filters, numbers),
    )


def _build(session: Session, period: Period, keep: Keep) -> Report:
    window = window_of(reporting_for(session.plan, period), period, session.as_of)
    if window.last < window.first:
        text = N_("the data of %(period)s begin on %(day)s: it is too early for a report")
        raise UserError(text, params(period=period_name(period), day=window.first))
    return build(session.plan, session.read_and_complain().records, period, session.as_of, keep)


def _tell_served(report: Report) -> None:
    """Offer the command that closes the occurrences which the report settles.

    The number is the office's to fill: ``BC …/BC-UBND``.
    """
    if not report.serves:
        return
    symbol = official.issuer_symbol(report.plan)
    say(_("When it is sent:"))
    for served in report.serves:
        due = _("due %(day)s") % {"day": date(served.due)}
        number = quote(f"BC …/BC-{symbol}")
        say(f"  parplan done {quote(served.ref)} --evidence {number}  # {due}")


CALLBACKS = {"report": report}
