"""``parplan report``: the draft of a periodic or thematic report."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Annotated

import typer

from parplan.agenda.items import Keep
from parplan.cli import candidates
from parplan.cli.delivery import part_name
from parplan.cli.draft_notes import refuse_other_files, take_notes
from parplan.cli.drafts import write
from parplan.cli.options import (
    Author,
    DraftOptions,
    FilterOptions,
    PeriodOptions,
    Shared,
    chosen_period,
    named_year,
)
from parplan.cli.params import Date, PeriodName
from parplan.cli.reports import build_report, filled_forms
from parplan.cli.session import Session, open_session, task_filter
from parplan.cli.shell import quote
from parplan.cli.streams import say
from parplan.i18n import _, date, ngettext
from parplan.plan.lookup import require_task
from parplan.problem import N_, UserError
from parplan.render.document import official
from parplan.render.document.answers import gap_of
from parplan.render.document.official import Official
from parplan.report.model import Report
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref

_MOST_REFS = 5

EXAMPLES = (
    "parplan report --month 6",
    "parplan report --quarter 2 --format md --format docx",
    "parplan report 2025-03-18..2025-06-30 --section V",
    "parplan report --month 6 --data-until 18/6/2025",
    "parplan report --month 6 --take-notes",
    "parplan report --month 6 --docx-only",
)


def report(
    period: Annotated[
        Period | None,
        typer.Argument(
            parser=PeriodName(),
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
    data_until: Annotated[
        dt.date | None,
        typer.Option(
            parser=Date("past"),
            help=N_("Last day whose records are taken in; as the plan says by default."),
        ),
    ] = None,
    from_draft: Annotated[
        bool,
        typer.Option(
            "--take-notes",
            help=N_("First record what the draft has in place of gaps, once you agree to each."),
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Record without asking."))] = False,
    author: Author = None,
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
    file_name = chosen.name.replace("..", "_") + name
    built: list[Report] = []
    build = functools.partial(build_report, session, chosen, keep, name, data_until)
    if from_draft:
        refuse_other_files(options)
        take_notes(session, file_name, build(), author, yes=yes)

    def document() -> Official:
        built.append(build())
        forms = None if name else filled_forms(session, chosen, built[0].window)
        return official.report(built[0], thematic=bool(name), forms=forms)

    write(session.workspace.root, file_name, options, document, lambda place: _why(built, place))
    if built:
        _tell_later(built[0])
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
    keep = task_filter(session, filters)
    return (
        lambda section, task: keep(section, task) and (not chosen or task.id in chosen),
        part_name(filters, numbers),
    )


def _why(built: list[Report], place: str) -> str:
    """Return why the ``place`` of a draft just ``built`` is to fill though something was recorded.

    Empty where nothing was.
    """
    asked = gap_of(place)
    days = [
        later.day
        for report in built
        for later in report.after_window
        if asked and Ref.parse(later.ref).task == asked[1].task
    ]
    return _("recorded on %(day)s, after the data end") % {"day": date(days[0])} if days else ""


def _tell_later(report: Report) -> None:
    """Say which records are of days after the data, and how to take them in."""
    later = report.after_window
    if not later:
        return
    refs = ", ".join(dict.fromkeys(record.ref for record in later[:_MOST_REFS]))
    more = " …" if len(later) > _MOST_REFS else ""
    text = ngettext(
        "%(n)s record of a day after %%(day)s is not in it: %%(refs)s",
        "%(n)s records of days after %%(day)s are not in it: %%(refs)s",
        len(later),
    )
    say(text % {"day": date(report.window.last), "refs": refs + more})
    say(_("  --data-until %(day)s takes them in") % {"day": date(later[-1].day)})


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
