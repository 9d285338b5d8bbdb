"""The options that commands share.

Each group of them is a frozen struct, declared once here: a command that has a parameter of
its type has these options, and is handed their values.  ``Shared`` is for every command.  An
option that stands alone is a type: ``format: Format = "table"``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

import click
import msgspec
import typer

from parplan.cli import candidates
from parplan.cli.params import (
    DAY_COUNT,
    PERCENT,
    YEAR,
    Date,
    OneOf,
    PeriodName,
    PeriodOf,
    Today,
    Value,
)
from parplan.i18n import LANGUAGES, Language
from parplan.problem import N_
from parplan.schedule.periods import Period

Author = Annotated[
    str | None,
    typer.Option(
        envvar="PARPLAN_AUTHOR",
        help=N_("Who records this; git's user by default."),
        metavar=N_("NAME"),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Record what may be a slip without asking."))]
NewFile = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", help=N_("File to write; '-' is the output."), metavar=N_("FILE")
    ),
]
Format = Annotated[
    Literal["table", "json", "csv", "md"],
    typer.Option(
        parser=OneOf({"table": "bảng", "json": "json", "csv": "csv", "md": "md"}),
        help=N_("Form of the output."),
        show_default=False,
    ),
]
ReportFormat = Annotated[
    Literal["table", "json"],
    typer.Option(
        parser=OneOf({"table": "bảng", "json": "json"}),
        help=N_("Form of the output."),
        show_default=False,
    ),
]


class Shared(msgspec.Struct, frozen=True):
    """Which workspace, plan, day and language: the options of every command."""

    year: Annotated[
        int | None,
        typer.Option(
            parser=YEAR,
            is_eager=True,
            help=N_("Year of the plan."),
            metavar=N_("YEAR"),
        ),
    ] = None
    folder: Annotated[
        str | None,
        typer.Option(
            "--dir",
            is_eager=True,
            parser=click.Path(file_okay=False),
            envvar="PARPLAN_DIR",
            help=N_("Folder of the plans; looked for upwards from here by default."),
            metavar=N_("FOLDER"),
        ),
    ] = None
    as_of: Annotated[
        dt.date | None,
        typer.Option(
            parser=Today(),
            is_eager=True,
            envvar="PARPLAN_TODAY",
            help=N_("Day that counts as today."),
        ),
    ] = None
    lang: Annotated[
        Language | None,
        typer.Option(parser=click.Choice(LANGUAGES), help=N_("Language of the output.")),
    ] = None


class PeriodOptions(msgspec.Struct, frozen=True):
    """The period that the command is about; at most one of them is given."""

    month: Annotated[
        Period | None,
        typer.Option(parser=PeriodOf("month", 12), help=N_("Month 1 to 12."), metavar="1-12"),
    ] = None
    quarter: Annotated[
        Period | None,
        typer.Option(parser=PeriodOf("quarter", 4), help=N_("Quarter 1 to 4."), metavar="1-4"),
    ] = None
    half: Annotated[
        Period | None,
        typer.Option(parser=PeriodOf("half", 2), help=N_("First or second half."), metavar="1-2"),
    ] = None
    nine_months: Annotated[
        bool, typer.Option("--nine-months", help=N_("January to September."))
    ] = False
    year_report: Annotated[bool, typer.Option("--year-report", help=N_("The whole year."))] = False
    week: Annotated[
        Period | None,
        typer.Option(parser=PeriodOf("week", 53), help=N_("ISO week 1 to 53."), metavar="1-53"),
    ] = None
    within: Annotated[
        int | None,
        typer.Option(
            parser=DAY_COUNT,
            help=N_("From today until so many days from now."),
            metavar=N_("DAYS"),
        ),
    ] = None


class OfficeOptions(msgspec.Struct, frozen=True):
    """Which offices the command is about, and over which period."""

    folders: Annotated[
        tuple[str, ...],
        typer.Argument(
            is_eager=True,
            parser=click.Path(),
            metavar=N_("[FOLDER]..."),
            help=N_("Folders with workspaces below them, or exports as JSON; here by default."),
        ),
    ] = ()
    period: Annotated[
        Period | None,
        typer.Option(
            "--period",
            parser=PeriodName(),
            help=N_("Period, such as T6 or Q2; the whole year by default."),
        ),
    ] = None


class PartOptions(msgspec.Struct, frozen=True):
    """Which part of a plan the command is about, of whatever office."""

    unit: Annotated[
        str | None,
        typer.Option(
            help=N_("Only tasks of this unit; accents and capitals do not matter."),
            metavar=N_("UNIT"),
            autocompletion=candidates.units,
        ),
    ] = None
    section: Annotated[
        str | None,
        typer.Option(
            help=N_("Only tasks of this section: its number, or words of its title."),
            metavar=N_("SECTION"),
            autocompletion=candidates.sections,
        ),
    ] = None


class FilterOptions(PartOptions, frozen=True):
    """Which tasks of the plan the command is about."""

    officer: Annotated[
        str | None,
        typer.Option(
            help=N_("Only tasks of this officer; accents and capitals do not matter."),
            metavar=N_("NAME"),
            autocompletion=candidates.officers,
        ),
    ] = None
    mine: Annotated[
        bool,
        typer.Option("--mine", help=N_("Only your own, by the name of the settings or of git.")),
    ] = False


class RecordOptions(msgspec.Struct, frozen=True):
    """What is recorded with every step."""

    on: Annotated[
        dt.date | None,
        typer.Option(parser=Date("past"), help=N_("Day on which it happened; today by default.")),
    ] = None
    evidence: Annotated[
        tuple[str, ...],
        typer.Option(
            help=N_("Number of a document that proves it; may be repeated."),
            metavar=N_("NUMBER"),
        ),
    ] = ()
    files: Annotated[
        tuple[str, ...],
        typer.Option(
            "--file",
            parser=click.Path(),
            help=N_("File of the workspace that proves it; may be repeated."),
            metavar=N_("PATH"),
        ),
    ] = ()
    author: Author = None


class ProgressOptions(msgspec.Struct, frozen=True):
    """How far an occurrence has come, and why no further."""

    percent: Annotated[
        int | None,
        typer.Option(parser=PERCENT, help=N_("How much is done, 0 to 100."), metavar="0-100"),
    ] = None
    value: Annotated[
        Decimal | None,
        typer.Option(
            parser=Value(), help=N_("Measured value, against the target."), metavar=N_("VALUE")
        ),
    ] = None
    reason: Annotated[str | None, typer.Option(help=N_("Why it is late."), metavar=N_("TEXT"))] = (
        None
    )
    proposal: Annotated[
        str | None,
        typer.Option(help=N_("What is proposed to the superior body."), metavar=N_("TEXT")),
    ] = None


class DraftOptions(msgspec.Struct, frozen=True):
    """Which files a draft is written to, and how."""

    forms: Annotated[
        tuple[str, ...],
        typer.Option(
            "--format",
            parser=click.Choice(("md", "docx", "html", "pdf")),
            help=N_("Form to write; may be repeated; md and docx by default."),
        ),
    ] = ()
    output: NewFile = None
    new: Annotated[
        bool, typer.Option("--new", help=N_("Write beside a draft that is there already."))
    ] = False
    force: Annotated[
        bool, typer.Option("--force", help=N_("Write in place of it, and keep the old one."))
    ] = False
    docx_only: Annotated[
        bool, typer.Option("--docx-only", help=N_("Make the docx from the draft as it is now."))
    ] = False
    template: Annotated[
        str | None, typer.Option(help=N_("Template to use instead."), metavar=N_("NAME"))
    ] = None
    base: Annotated[
        str | None,
        typer.Option(
            parser=click.Path(exists=True, dir_okay=False),
            help=N_("A docx whose styles to use."),
            metavar=N_("FILE"),
        ),
    ] = None


class OutputOptions(msgspec.Struct, frozen=True):
    """Where a made file goes."""

    output: NewFile = None
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace the file if it is there already."))
    ] = False
