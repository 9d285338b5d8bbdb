"""Which options do commands share?

An option means the same wherever it stands, so each is made here once and added
to a command by its group: ``WORKSPACE`` to every command, ``PERIOD``, ``FILTER``
and ``FORMAT`` to those that name them in ``OPTIONS``.  Their values are kept on
Click's context, where ``commands.session`` picks them up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from parplan.cli.params import FIRST_YEAR, LAST_YEAR, Date, Number, Value
from parplan.i18n import LANGUAGES, _, optional
from parplan.journal.progress import STATES
from parplan.problem import N_
from parplan.schedule import period as periods
from parplan.schedule.period import Period

_KEY = "parplan."


def value_of(name: str) -> Any:
    """Return what the user gave for the shared option ``name``, or None."""
    return click.get_current_context().meta.get(_KEY + name)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    key = _KEY + str(param.name)
    if value is not None or key not in ctx.meta:  # what stands before the command holds too
        ctx.meta[key] = value
    return value


def _option(*names: str, help: str, **rest: Any) -> Callable[[], click.Option]:
    def make() -> click.Option:
        return click.Option(names, help=_(help), expose_value=False, callback=_keep, **rest)

    return make


def _units(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    from parplan.cli import candidates as complete

    return complete.units(ctx, start)


def _sections(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    from parplan.cli import candidates as complete

    return complete.sections(ctx, start)


LANGUAGE = (_option("--lang", type=click.Choice(LANGUAGES), help=N_("Language of the output.")),)
WORKSPACE = (
    _option(
        "--year",
        type=Number(FIRST_YEAR, LAST_YEAR),
        help=N_("Year of the plan."),
        metavar=N_("YEAR"),
    ),
    _option(
        "--dir",
        "folder",
        type=click.Path(file_okay=False),
        envvar="PARPLAN_DIR",
        help=N_("Folder of the plans; looked for upwards from here by default."),
        metavar=N_("FOLDER"),
    ),
    _option(
        "--as-of",
        type=Date(),
        envvar="PARPLAN_TODAY",
        help=N_("Day that counts as today."),
    ),
    *LANGUAGE,
)
PERIOD = (
    _option("--month", type=Number(1, 12), help=N_("Month 1 to 12."), metavar="1-12"),
    _option("--quarter", type=Number(1, 4), help=N_("Quarter 1 to 4."), metavar="1-4"),
    _option("--half", type=Number(1, 2), help=N_("First or second half."), metavar="1-2"),
    _option("--nine-months", is_flag=True, help=N_("January to September.")),
    _option("--year-report", is_flag=True, help=N_("The whole year.")),
    _option("--week", type=Number(1, 53), help=N_("ISO week 1 to 53."), metavar="1-53"),
    _option(
        "--within",
        type=Number(0, 3660),
        help=N_("From today until so many days from now."),
        metavar=N_("DAYS"),
    ),
)
FILTER = (
    _option(
        "--unit",
        help=N_("Only tasks of this unit; accents and capitals do not matter."),
        metavar=N_("UNIT"),
        shell_complete=_units,
    ),
    _option(
        "--section",
        help=N_("Only tasks of this section: its number, or words of its title."),
        metavar=N_("SECTION"),
        shell_complete=_sections,
    ),
)
STATE = (_option("--state", type=click.Choice(STATES), help=N_("Only tasks in this state.")),)
FORMAT = (
    _option(
        "--format",
        type=click.Choice(("table", "json", "csv", "md")),
        default="table",
        help=N_("Form of the output."),
    ),
)
AUTHOR = (
    _option(
        "--author",
        envvar="PARPLAN_AUTHOR",
        help=N_("Who records this; git's user by default."),
        metavar=N_("NAME"),
    ),
)
AUTHOR_FILTER = (_option("--author", help=N_("Only records of this author."), metavar=N_("NAME")),)
RECORD = (
    _option("--on", type=Date(), help=N_("Day on which it happened; today by default.")),
    _option(
        "--evidence",
        multiple=True,
        help=N_("Number of a document that proves it; may be repeated."),
        metavar=N_("NUMBER"),
    ),
    _option(
        "--file",
        "files",
        multiple=True,
        type=click.Path(),
        help=N_("File of the workspace that proves it; may be repeated."),
        metavar=N_("PATH"),
    ),
    *AUTHOR,
)
PROGRESS = (
    _option(
        "--percent", type=Number(0, 100), help=N_("How much is done, 0 to 100."), metavar="0-100"
    ),
    _option(
        "--value", type=Value(), help=N_("Measured value, against the target."), metavar=N_("VALUE")
    ),
    _option("--reason", help=N_("Why it is late."), metavar=N_("TEXT")),
    _option("--proposal", help=N_("What is proposed to the superior body."), metavar=N_("TEXT")),
)
NEW_FILE = (
    _option("--output", "-o", help=N_("File to write; '-' is the output."), metavar=N_("FILE")),
)
DRAFT = (
    _option(
        "--format",
        "forms",
        multiple=True,
        type=click.Choice(("md", "docx", "html", "pdf")),
        help=N_("Form to write; may be repeated; md and docx by default."),
    ),
    *NEW_FILE,
    _option("--new", is_flag=True, help=N_("Write beside a draft that is there already.")),
    _option("--force", is_flag=True, help=N_("Write in place of it, and keep the old one.")),
    _option("--docx-only", is_flag=True, help=N_("Make the docx from the draft as it is now.")),
    _option("--template", help=N_("Template to use instead."), metavar=N_("NAME")),
    _option(
        "--base",
        type=click.Path(exists=True, dir_okay=False),
        help=N_("A docx whose styles to use."),
        metavar=N_("FILE"),
    ),
)
OUTPUT = (
    *NEW_FILE,
    _option("--force", is_flag=True, help=N_("Replace the file if it is there already.")),
)
AMENDMENT = (
    _option("--from", "start", type=Date(), help=N_("First day on which the change holds.")),
    _option(
        "--to",
        "successors",
        multiple=True,
        help=N_("Who takes over; may be repeated for a task."),
        metavar=N_("NAME"),
    ),
    _option("--drop", is_flag=True, help=N_("The task ends.")),
    _option(
        "--deadline",
        help=N_("Deadline of a task that replaces this one."),
        metavar=N_("PHRASE"),
    ),
    _option(
        "--number",
        help=N_("Number of the task that replaces it; the next free one by default."),
        metavar=N_("NUMBER"),
    ),
    _option("--by", help=N_("Document that decides it."), metavar=N_("NUMBER")),
)
SUCCESSION = (
    _option(
        "--from",
        "old_year",
        type=Number(FIRST_YEAR, LAST_YEAR),
        help=N_("Year of the plan to begin from; the newest by default."),
        metavar=N_("YEAR"),
    ),
    _option("--superior", help=N_("Superior body of the new year."), metavar=N_("NAME")),
    _option(
        "--map-unit",
        "unit_map",
        multiple=True,
        help=N_("A unit and who follows it; may be repeated."),
        metavar=N_("OLD=NEW"),
    ),
)
REPORT_FORMAT = (
    _option(
        "--format",
        type=click.Choice(("table", "json")),
        default="table",
        help=N_("Form of the output."),
    ),
)

Group = tuple[Callable[[], click.Option], ...]


def make(groups: tuple[Group, ...]) -> list[click.Parameter]:
    """Return fresh options of all ``groups``, in order, their placeholders translated."""
    options: list[click.Parameter] = []
    for factory in (factory for group in groups for factory in group):
        option = factory()
        option.metavar = optional(option.metavar)
        options.append(option)
    return options


def chosen_period(given: Period | None, year: int, as_of: dt.date) -> Period | None:
    """Return the one period that the command line names, or None where it names none.

    ``given`` is the period argument.  Raises click.UsageError when there are two,
    or when the year has no such week.
    """
    named: Mapping[str, Callable[[Any], Period]] = {
        "month": lambda number: periods.month(year, number),
        "quarter": lambda number: periods.quarter(year, number),
        "half": lambda number: periods.half(year, number),
        "nine_months": lambda _flag: periods.nine_months(year),
        "year_report": lambda _flag: periods.year(year),
        "week": lambda number: periods.week(year, number),
        "within": lambda days: _days_from(as_of, days),
    }
    chosen = [name for name in named if value_of(name) is not None and value_of(name) is not False]
    if len(chosen) + (given is not None) > 1:
        raise click.UsageError(_("name one period only"))
    try:
        return named[chosen[0]](value_of(chosen[0])) if chosen else given
    except ValueError as error:
        raise click.UsageError(_("the year %(year)s has no such week") % {"year": year}) from error


def _days_from(as_of: dt.date, days: int) -> Period:
    last = as_of + dt.timedelta(days=days)
    return periods.days(as_of, last)
