"""``parplan report``: the draft of a periodic or thematic report."""

from __future__ import annotations

import datetime as dt
import functools
import os
from typing import TYPE_CHECKING, Annotated

import typer

from parplan.agenda.items import Keep
from parplan.cli import candidates
from parplan.cli.delivery import part_name
from parplan.cli.draft_notes import refuse_other_files, take_notes
from parplan.cli.drafts import write
from parplan.cli.options import Author, DraftOptions, FilterOptions, PeriodOptions, Shared
from parplan.cli.params import Date, PeriodName
from parplan.cli.periods import open_in_period
from parplan.cli.session import Session, task_filter
from parplan.cli.shell import quote
from parplan.cli.streams import say
from parplan.cli.windows import report_window
from parplan.i18n import _, date, ngettext, period_name
from parplan.plan.lookup import require_task
from parplan.problem import N_, UserError, params
from parplan.render.document import official
from parplan.render.document.answers import gap_of
from parplan.render.document.official import OUTLINED, Official
from parplan.report.build import build
from parplan.report.model import Report
from parplan.schedule.periods import Period
from parplan.schedule.reference import Ref

if TYPE_CHECKING:
    from parplan.forms.figures import FilledForms

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
    session, chosen = open_in_period(shared, period, period_options)
    if chosen is None:
        text = N_(
            "name the period: --month 6, --quarter 2, 2025-H1, or two days 2025-03-18..2025-06-30"
        )
        raise UserError(text)
    keep, name = _part(session, filters, task)
    file_name = chosen.name.replace("..", "_") + name
    built: list[Report] = []
    build_report = functools.partial(_build, session, chosen, keep, name, data_until)
    if from_draft:
        refuse_other_files(options)
        take_notes(session, file_name, build_report(), author, yes=yes)

    def document() -> Official:
        built.append(build_report())
        forms = None if name else _filled_forms(session, chosen, built[0].window)
        return official.report(built[0], thematic=bool(name), forms=forms)

    write(session.workspace.root, file_name, options, document, lambda place: _why(built, place))
    if built:
        _tell_later(built[0])
    if built and not name and options.output is None:
        _tell_served(built[0])


def _part(session: Session, filters: FilterOptions, tasks: tuple[str, ...]) -> tuple[Keep, str]:
    """Return the filter of a thematic report, and what it adds to the file's name."""
    numbers = [require_task(session.plan, words).id for words in tasks]
    chosen = set(numbers)
    keep = task_filter(session, filters)
    return (
        lambda section, task: keep(section, task) and (not chosen or task.id in chosen),
        part_name(filters, numbers),
    )


def _build(
    session: Session, period: Period, keep: Keep, part: str, until: dt.date | None
) -> Report:
    """Return the report on ``period``, or on the ``part`` of the plan that ``keep`` has.

    Its data end with ``until`` where that is given.  Raises UserError where it is too early for
    it, Unreadable where what it takes from other files cannot be read.
    """
    window = report_window(session, period, part, until)
    if window.last < window.first:
        text = N_("the data of %(period)s begin on %(day)s: it is too early for a report")
        raise UserError(text, params(period=period_name(period), day=window.first))
    return build(
        session.plan,
        session.read_and_complain().records,
        period,
        session.as_of,
        keep,
        window=window,
        earlier=session.last_year() if window.first.year < session.plan.year else None,
    )


def _filled_forms(session: Session, period: Period, window: Period) -> FilledForms | None:
    """Return the statistical forms that go with a report on ``period``, None where none do."""
    path = session.workspace.forms_path(session.plan.year)
    if period.kind not in OUTLINED or not os.path.lexists(path):
        return None
    from parplan.cli.form_figures import open_forms  # few offices have them

    return open_forms(session).filled(period, window)


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
