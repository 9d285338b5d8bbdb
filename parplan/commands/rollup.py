"""``parplan rollup``: how many offices stand together, a row an office and a total."""

from __future__ import annotations

from typing import Annotated

import click
import typer
from msgspec.structs import astuple

from parplan.cli.delivery import named_file
from parplan.cli.options import Format, OfficeOptions, PartOptions, PeriodOptions, Shared
from parplan.cli.output import emit
from parplan.cli.params import OneOf
from parplan.cli.rollups import ask, fill_database
from parplan.i18n import _
from parplan.problem import N_
from parplan.render.answers.rollup import RollupAnswer, RollupByAnswer
from parplan.render.terminal.paint import screen_width
from parplan.render.terminal.rollup import joined_table, offices_table
from parplan.rollup.tally import By

EXAMPLES = (
    "parplan rollup .",
    "parplan rollup phuong-a phuong-b --period Q2",
    "parplan rollup . --by task",
    "parplan rollup . --unit tu-phap --format csv",
    "parplan rollup . --sqlite thanh-pho.db",
    "parplan rollup due .",
    "parplan rollup xlsx .",
    "parplan rollup board .",
    "parplan rollup report .",
)


def rollup(
    by: Annotated[
        By | None,
        typer.Option(
            parser=OneOf({"unit": "bộ-phận", "section": "lĩnh-vực", "task": "nhiệm-vụ"}),
            help=N_("A row for what offices have in common, instead of one for each office."),
        ),
    ] = None,
    sqlite: Annotated[
        str | None,
        typer.Option(
            "--sqlite",
            parser=click.Path(dir_okay=False),
            help=N_("Write all into this SQLite database, or update it."),
            metavar=N_("FILE"),
        ),
    ] = None,
    *,
    offices: OfficeOptions,
    period_options: PeriodOptions,
    filters: PartOptions,
    format: Format = "table",
    shared: Shared,
) -> None:
    """Print the figures of the offices, or write all that they have into a database."""
    if sqlite is not None:
        if any((by, offices.period, *astuple(period_options), *astuple(filters))):
            raise click.UsageError(_("--sqlite takes whole plans: it goes with no other choice"))
        fill_database(named_file(sqlite), offices, shared)
        return
    asked = ask(offices, period_options, filters, shared, by)
    answer, request = asked.rollup, asked.request
    screen = screen_width() if format == "table" else None
    emit(
        format,
        lambda: RollupByAnswer.of(answer, request, by) if by else RollupAnswer.of(answer, request),
        lambda: joined_table(answer, request, by) if by else offices_table(answer, request, screen),
    )
    asked.end()


CALLBACKS = {"rollup": rollup}
